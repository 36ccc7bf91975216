/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "batch/output.h"
#include "cli/cli.h"

int cli_write(enum tn_severity (*write)(const void *context, const struct tn_sink *sink, struct tn_error *error),
              const void *context)
{
    struct tn_error error;
    struct tn_output *output = tn_output_new(NULL, false);
    if (!output) {
        cli_say("out of memory");
        return CLI_IO;
    }
    bool written = write(context, tn_output_sink(output), &error) <= TN_WARN && tn_output_commit(output, &error);
    bool closed = tn_output_closed(output);
    tn_output_free(output);
    if (!written && !closed)
        cli_say("standard output: %s", error.message);
    return written || closed ? CLI_DONE : CLI_IO;
}

static enum tn_severity write_schema(const void *context, const struct tn_sink *sink, struct tn_error *error)
{
    (void)context;
    return tn_write_schema(sink, error);
}

static enum tn_severity write_page(const void *context, const struct tn_sink *sink, struct tn_error *error)
{
    (void)context;
    return tn_write_schema_page(sink, error);
}

static enum tn_severity write_site(const void *context, const struct tn_sink *sink, struct tn_error *error)
{
    (void)context;
    return tn_site_write_schema(sink, error);
}

static int unknown_schema(const char *name)
{
    static const char *const names[] = {"record", "site"};
    const char *nearest = tn_nearest(name, names, sizeof names / sizeof names[0]);
    cli_say(nearest ? "there is no schema of '%s'; did you mean '%s'?" : "there is no schema of '%s'; there are record and site",
            name, nearest);
    return CLI_USAGE;
}

int cli_schema(const struct cli_settings *settings)
{
    const char *name = settings->operand_count ? settings->operands[0] : "record";
    bool site = strcmp(name, "site") == 0;
    if (settings->operand_count > 1) {
        cli_say("'schema' takes one operand: '%s'", settings->operands[1]);
        return CLI_USAGE;
    }
    if (!site && strcmp(name, "record") != 0)
        return unknown_schema(name);
    if (site && settings->markdown) {
        cli_say("--markdown is for the schema of the record");
        return CLI_USAGE;
    }
    return cli_write(site ? write_site : settings->markdown ? write_page : write_schema, NULL);
}
