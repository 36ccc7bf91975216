/* SPDX-License-Identifier: MIT */
/* explain --draft-site: a first description of a site. Its page comes by the way of all inputs, so that it is unpacked
 * and decoded as any other. */
#include "cli/session.h"

struct drafting {
    const struct cli_settings *settings;
    const struct tn_sink *sink;
    bool done;
};

static enum tn_severity draft_page(void *context, struct tn_worker *worker, const struct tn_raw *raw,
                                   struct tn_error *error)
{
    struct drafting *drafting = context;
    if (drafting->done) {
        tn_error_set(error, TN_FAILED, TN_USAGE, NULL, "a description is drafted from one page, and this is another");
        return TN_FAILED;
    }
    drafting->done = true;
    return tn_site_draft(worker, raw, drafting->sink, error);
}

static void report(void *context, const struct tn_problem *problem)
{
    const struct drafting *drafting = context;
    cli_report((void *)(uintptr_t)drafting->settings, problem);
}

static int check(const struct cli_settings *settings)
{
    if (settings->operand_count > 1)
        cli_say("--draft-site takes one page: '%s'", settings->operands[1]);
    else if (settings->reader_name)
        cli_say("--draft-site and --from do not go together");
    else
        return CLI_DONE;
    return CLI_USAGE;
}

static int run_drafting(struct drafting *drafting, struct tn_output *output)
{
    const struct tn_reader nobody = {.name = "draft", .syntaxes = TN_READS_PAGE}; /* every input is a page */
    const struct tn_visitor visitor = {.context = drafting, .report = report, .record = draft_page};
    struct cli_settings settings = *drafting->settings;
    struct tn_counts counts;
    struct tn_error error;
    settings.reader = &nobody;
    const struct tn_run_options options = cli_run_options(&settings);
    if (tn_run(&options, &visitor, &counts, &error) > TN_WARN) {
        cli_say("%s", error.message);
        return CLI_IO;
    }
    int code = cli_exit_of(&settings, &counts);
    if (tn_output_commit(output, &error) || tn_output_closed(output))
        return code;
    cli_say("standard output: %s", error.message);
    return CLI_IO;
}

int cli_draft(const struct cli_settings *settings)
{
    int code = check(settings);
    struct tn_output *output = code == CLI_DONE ? tn_output_new(NULL, false) : NULL;
    if (code != CLI_DONE)
        return code;
    if (!output) {
        cli_say("out of memory");
        return CLI_IO;
    }
    struct drafting drafting = {.settings = settings, .sink = tn_output_sink(output)};
    code = run_drafting(&drafting, output);
    tn_output_free(output);
    return code;
}
