/* SPDX-License-Identifier: MIT */
#include "cli/session.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

bool cli_reads_stdin(const struct cli_settings *settings)
{
    for (int i = 0; i < settings->operand_count; i++)
        if (strcmp(settings->operands[i], "-") == 0)
            return true;
    return settings->operand_count == 0;
}

struct tn_run_options cli_run_options(const struct cli_settings *settings)
{
    if (!settings->quiet && cli_reads_stdin(settings) && isatty(STDIN_FILENO))
        cli_say("reading standard input; end it with Ctrl-D");
    struct tn_read_options read = settings->read;
    read.runner_up = settings->verbose;
    return (struct tn_run_options){
        .inputs = settings->operands,
        .input_count = (size_t)settings->operand_count,
        .reader = settings->reader,
        .read = read,
        .min_coverage = settings->min_coverage,
    };
}

/* `crawl.warc:urn:uuid:...: passed over: https://example.org/: HTTP status 404` */
void cli_show_passed(void *context, const struct tn_passed *passed)
{
    const struct cli_settings *settings = context;
    if (!settings->verbose)
        return;
    const char *const before[] = {passed->path, passed->member};
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        if (!before[i])
            continue;
        cli_print(stderr, cli_str(before[i]), 0);
        fputc(':', stderr);
    }
    fputs(" passed over: ", stderr);
    if (passed->url) {
        cli_print(stderr, cli_str(passed->url), 0);
        fputs(": ", stderr);
    }
    cli_print(stderr, cli_str(passed->why), 0);
    fputc('\n', stderr);
}

int cli_exit_of(const struct cli_settings *settings, const struct tn_counts *counts)
{
    if (counts->unread)
        return CLI_IO;
    if (counts->failed || counts->damaged)
        return CLI_FAILED;
    if (counts->uncovered)
        return CLI_STRICT;
    for (int code = 1; code <= TN_LAST_WARNING; code++)
        if (settings->strict_code[code] && counts->warned[code])
            return CLI_STRICT;
    return CLI_DONE;
}

int cli_visit(const struct cli_settings *settings, const struct tn_visitor *visitor)
{
    struct tn_run_options options = cli_run_options(settings);
    options.read.runner_up = true;
    struct tn_counts counts;
    struct tn_error error;
    cli_guard(NULL, NULL);
    if (tn_run(&options, visitor, &counts, &error) <= TN_WARN)
        return cli_finish(cli_exit_of(settings, &counts));
    if (!ferror(stdout))
        cli_say("%s", error.message);
    return cli_finish(error.code == TN_USAGE ? CLI_USAGE : CLI_IO);
}
