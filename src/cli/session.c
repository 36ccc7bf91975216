/* SPDX-License-Identifier: MIT */
#include "cli/session.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static bool reads_standard_input(const struct cli_settings *settings)
{
    for (int i = 0; i < settings->operand_count; i++)
        if (strcmp(settings->operands[i], "-") == 0)
            return true;
    return settings->operand_count == 0;
}

struct tn_run_options cli_run_options(const struct cli_settings *settings)
{
    if (!settings->quiet && reads_standard_input(settings) && isatty(STDIN_FILENO))
        cli_say("reading standard input; end it with Ctrl-D");
    return (struct tn_run_options){
        .inputs = settings->operands,
        .input_count = (size_t)settings->operand_count,
        .reader = settings->reader,
        .read = settings->read,
        .min_coverage = settings->min_coverage,
    };
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
    const struct tn_run_options options = cli_run_options(settings);
    struct tn_counts counts;
    struct tn_error error;
    cli_guard(NULL);
    if (tn_run(&options, visitor, &counts, &error) <= TN_WARN)
        return cli_finish(cli_exit_of(settings, &counts));
    if (!ferror(stdout))
        cli_say("%s", error.message);
    return cli_finish(error.code == TN_USAGE ? CLI_USAGE : CLI_IO);
}
