/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "batch/output.h"
#include "cli/cli.h"

int cli_schema(const struct cli_settings *settings)
{
    if (settings->operand_count) {
        cli_say("'schema' takes no operand: '%s'", settings->operands[0]);
        return CLI_USAGE;
    }
    struct tn_error error;
    struct tn_output *output = tn_output_new(NULL, false);
    if (!output) {
        cli_say("out of memory");
        return CLI_IO;
    }
    const struct tn_sink *sink = tn_output_sink(output);
    bool written = (settings->markdown ? tn_write_schema_page : tn_write_schema)(sink, &error) <= TN_WARN &&
                   tn_output_commit(output, &error);
    bool closed = tn_output_closed(output);
    tn_output_free(output);
    if (!written && !closed)
        cli_say("standard output: %s", error.message);
    return written || closed ? CLI_DONE : CLI_IO;
}
