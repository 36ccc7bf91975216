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

static enum tn_severity write_sql(const void *context, const struct tn_sink *sink, struct tn_error *error)
{
    const struct cli_settings *settings = context;
    const struct tn_write_options options = {.selection = settings->selection, .provenance = settings->read.provenance};
    return tn_write_schema_sql(settings->sql, &options, sink, error);
}

enum { DIALECTS_MAX = 16 };

static int schema_sql(const struct cli_settings *settings)
{
    const char *names[DIALECTS_MAX];
    size_t count = 0;
    while (count < DIALECTS_MAX && (names[count] = tn_sql_dialect(count))) {
        if (strcmp(settings->sql, names[count++]) == 0)
            return cli_write(write_sql, settings);
    }
    const char *nearest = tn_nearest(settings->sql, names, count);
    cli_say(nearest ? "unknown dialect of SQL '%s'; did you mean '%s'?"
                    : "unknown dialect of SQL '%s'; there are sqlite, postgres, duckdb and clickhouse", settings->sql, nearest);
    return CLI_USAGE;
}

/* What goes together; CLI_DONE, or the exit code once a message has been printed. */
static int check_schema(const struct cli_settings *settings, bool site)
{
    const struct {
        bool wrong;
        const char *why;
    } faults[] = {
        {site && settings->markdown, "--markdown is for the schema of the record"},
        {site && settings->sql, "--sql is for the schema of the record"},
        {settings->sql && settings->markdown, "choose one of --sql and --markdown"},
        {!settings->sql && settings->selection, "--columns and --drop are for --sql"},
        {!settings->sql && settings->read.provenance, "--provenance is for --sql"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        if (faults[i].wrong) {
            cli_say("%s", faults[i].why);
            return CLI_USAGE;
        }
    return CLI_DONE;
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
    int checked = check_schema(settings, site);
    if (checked != CLI_DONE || settings->sql)
        return checked != CLI_DONE ? checked : schema_sql(settings);
    return cli_write(site ? write_site : settings->markdown ? write_page : write_schema, NULL);
}
