/* SPDX-License-Identifier: MIT */
#include "batch/convert.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/progress.h"
#include "cli/session.h"
#include "cli/summary.h"

static int report_end(struct cli_shown *conversion, const struct tn_output *output, enum tn_severity outcome,
                      const struct tn_counts *counts, const struct tn_error *error)
{
    const struct cli_settings *settings = conversion->settings;
    cli_progress_end(&conversion->progress, counts);
    if (outcome > TN_WARN || tn_output_closed(output))
        return cli_output_failed(output, error);
    if (!cli_ends_quietly(settings, counts))
        cli_print_summary(counts, cli_progress_time(&conversion->progress));
    return cli_exit_of(settings, counts);
}

static int convert_to(struct cli_shown *conversion, const struct tn_writer *writer, struct tn_output *output)
{
    const struct cli_settings *settings = conversion->settings;
    struct tn_convert_options options = {
        .run = cli_run_options(settings),
        .writer = writer,
        .write = {.selection = settings->selection,
                  .excel = settings->excel,
                  .provenance = settings->read.provenance},
        .limited = settings->limited,
        .limit = settings->limit,
        .unique = settings->unique,
        .temporary = getenv("TMPDIR"),
    };
    cli_progress_begin(&conversion->progress, settings);
    const struct tn_visitor visitor = cli_visitor(conversion);
    options.run.threads = cli_threads(settings);
    struct tn_counts counts;
    struct tn_error error;
    cli_guard(output, &conversion->progress);
    enum tn_severity outcome = tn_convert(&options, output, &visitor, &counts, &error);
    return report_end(conversion, output, outcome, &counts, &error);
}

int cli_convert(const struct cli_settings *settings)
{
    int code;
    const struct tn_writer *writer = cli_writer(settings);
    struct tn_output *output = cli_output_new(settings, writer, &code);
    if (!output)
        return code;
    struct cli_shown conversion = {.settings = settings};
    code = convert_to(&conversion, writer, output);
    cli_output_end(output);
    return code;
}
