/* SPDX-License-Identifier: MIT */
#include "cli/options.h"
#include "cli/progress.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static bool refuse(struct tn_error *error, const char *what, const char *value, const char *nearest)
{
    tn_error_set(error, TN_FATAL, TN_USAGE, NULL, nearest ? "%s '%s'; did you mean '%s'?" : "%s '%s'", what, value,
                 nearest);
    return false;
}

enum { NAMES_MAX = 64 };

static bool set_reader(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    (void)error;
    settings->reader_name = value;
    return true;
}

static bool add_site(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    (void)error;
    settings->site_paths[settings->site_count++] = value;
    return true;
}

static bool set_export(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    (void)error;
    settings->export_site = value;
    return true;
}

/* Of an option that takes any text: the offset of the member that keeps it. */
#define KEEP(function, member)                                                                                         \
    static bool function(struct cli_settings *settings, const char *value, struct tn_error *error)                     \
    {                                                                                                                  \
        (void)error;                                                                                                   \
        settings->member = value;                                                                                      \
        return true;                                                                                                   \
    }
KEEP(set_form, to)
KEEP(set_prefer, prefer)
KEEP(set_since, since)
KEEP(set_field, field_name)
KEEP(set_as_of, as_of)
KEEP(set_sql, sql)

static bool set_database(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    settings->database = value;
    return *value || refuse(error, "not a dataset", value, NULL);
}

static bool set_output(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    (void)error;
    settings->output = value;
    return true;
}

static bool select_fields(struct cli_settings *settings, const char *value, bool keep, struct tn_error *error)
{
    if (!settings->selection)
        settings->selection = tn_selection_new();
    if (settings->selection)
        return tn_selection_apply(settings->selection, value, keep, error);
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return false;
}

static bool set_columns(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    return select_fields(settings, value, true, error);
}

static bool set_drop(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    return select_fields(settings, value, false, error);
}

/* One code of --strict=CODE,... */
static bool set_strict_code(struct cli_settings *settings, const char *word, size_t len, struct tn_error *error)
{
    const char *names[TN_LAST_WARNING];
    char name[32] = "";
    if (len < sizeof name)
        memcpy(name, word, len);
    for (int code = 1; code <= TN_LAST_WARNING; code++) {
        names[code - 1] = tn_code_name((enum tn_code)code);
        if (strcmp(name, names[code - 1]) == 0)
            return settings->strict_code[code] = true;
    }
    return refuse(error, "unknown warning code", name, tn_nearest(name, names, TN_LAST_WARNING));
}

static bool set_strict(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    settings->strict = true;
    for (int code = 1; !value && code <= TN_LAST_WARNING; code++)
        settings->strict_code[code] = true;
    for (const char *at = value; at;) {
        size_t len = strcspn(at, ",");
        if (!set_strict_code(settings, at, len, error))
            return false;
        at = at[len] ? at + len + 1 : NULL;
    }
    return true;
}

static bool set_min_coverage(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    unsigned share = 0;
    const char *at = value;
    for (; *at >= '0' && *at <= '9' && share <= 100; at++)
        share = share * 10 + (unsigned)(*at - '0');
    if (at == value || *at || share > 100) {
        tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "not a share: '%s' (per cent, 0 to 100)", value);
        return false;
    }
    settings->min_coverage = share;
    return true;
}

/* Bits by which a unit shifts, -1 for none. */
static int unit_bits(const char *unit)
{
    static const char letters[] = "kKmMgG";
    const char *at = *unit ? strchr(letters, *unit) : NULL;
    return !*unit ? 0 : !at || unit[1] ? -1 : 10 * (1 + (int)(at - letters) / 2);
}

static bool set_max_record(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    size_t size = 0;
    const char *at = value;
    bool fits = true;
    for (; *at >= '0' && *at <= '9'; at++) {
        fits = fits && size < SIZE_MAX / 10 - 1;
        size = fits ? size * 10 + (size_t)(*at - '0') : size;
    }
    int bits = unit_bits(at);
    if (at == value || bits < 0 || !fits || size == 0 || size > SIZE_MAX >> bits) {
        tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "not a size: '%s' (a number of bytes, or one such as 64M)", value);
        return false;
    }
    settings->read.max_record = size << bits;
    return true;
}

static bool set_jobs(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    enum { MOST = 256 };
    unsigned count = 0;
    const char *at = value;
    for (; *at >= '0' && *at <= '9' && count <= MOST; at++)
        count = count * 10 + (unsigned)(*at - '0');
    if (at == value || *at || count < 1 || count > MOST) {
        tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "not a number of threads: '%s' (1 to %d)", value, MOST);
        return false;
    }
    settings->threads = count;
    return true;
}

/* Of a switch: the member that it turns on. */
#define SWITCH(member) NULL, offsetof(struct cli_settings, member)
enum {
    WRITES = CLI_CONVERT | CLI_EXPORT,
    LISTS = CLI_CHANGES | CLI_HISTORY | CLI_CONFLICTS | CLI_LINKS | CLI_CHECK | CLI_DIFF,
    READS = CLI_CONVERT | CLI_DETECT | CLI_EXPLAIN | CLI_SYNC | CLI_CHECK | CLI_DIFF,
    DATASET = CLI_SYNC | CLI_CHANGES | CLI_HISTORY | CLI_EXPORT | CLI_CONFLICTS | CLI_LINKS | CLI_CHECK
};

const struct cli_option cli_options[] = {
    {'f', "from", CLI_ARGUMENT, "READER", READS & ~(unsigned)CLI_DETECT, set_reader, 0,
     "read every input as READER instead of telling by evidence"},
    {0, "site", CLI_ARGUMENT, "FILE", READS | CLI_LIST, add_site, 0,
     "read the pages of the site that FILE describes, too; may be\ngiven again"},
    {'t', "to", CLI_ARGUMENT, "FORM", WRITES | LISTS, set_form, 0,
     "write trials as ndjson, json, csv or tables (without it the\nending of the output decides, otherwise ndjson); lists as\ntext, ndjson or csv"},
    {'o', "output", CLI_ARGUMENT, "PATH", WRITES, set_output, 0,
     "write to PATH, put into place when all is written; for\ntables a directory (default: standard output)"},
    {0, "where", CLI_ARGUMENT, "EXPRESSION", WRITES, cli_set_where, 0,
     "write only trials for which it holds: 'status=RECRUITING\nand phases~PHASE3 and start_date>=2024'"},
    {0, "certain", CLI_NO_ARGUMENT, NULL, WRITES, SWITCH(certain),
     "... whatever day a date such as 2024-05 means (without it:\nsome day that it can mean)"},
    {0, "shard", CLI_ARGUMENT, "K/N", CLI_CONVERT, cli_set_shard, 0,
     "write only part K of N parts of all trials"},
    {0, "unique", CLI_NO_ARGUMENT, NULL, CLI_CONVERT, SWITCH(unique),
     "write only the newest record of each trial, by its own\nlast update"},
    {0, "limit", CLI_ARGUMENT, "N", WRITES, cli_set_limit, 0,
     "end when N trials are written"},
    {0, "columns", CLI_ARGUMENT, "FIELD,...", WRITES | CLI_SCHEMA, set_columns, 0,
     "write only these fields (or members: locations_city);\ngiven again, these too"},
    {0, "drop", CLI_ARGUMENT, "FIELD,...", WRITES | CLI_SCHEMA, set_drop, 0,
     "leave these fields or members out"},
    {0, "excel", CLI_NO_ARGUMENT, NULL, WRITES, SWITCH(excel),
     "CSV for spreadsheets: byte-order mark, CRLF, no cell that\nwould run as a formula"},
    {0, "provenance", CLI_NO_ARGUMENT, NULL, WRITES | CLI_SCHEMA, SWITCH(read.provenance),
     "say of every value what the source has, and where; of\ntrials merged in a dataset, which record it comes from"},
    {0, "redact", CLI_NO_ARGUMENT, NULL, CLI_CONVERT | CLI_SYNC, SWITCH(read.redact),
     "leave out names, telephone numbers, e-mail and postal\naddresses of people, also inside of texts"},
    {0, "strict", CLI_OPTIONAL_ARGUMENT, "CODE,...", CLI_CONVERT, set_strict, 0,
     "end with exit code 4 when there was a warning (of these\ncodes)"},
    {0, "min-coverage", CLI_ARGUMENT, "PERCENT", CLI_CONVERT | CLI_EXPLAIN, set_min_coverage, 0,
     "end with exit code 4 when less of a page's text is\naccounted for"},
    {0, "max-record", CLI_ARGUMENT, "SIZE", READS, set_max_record, 0,
     "refuse records of more bytes: 512k, 64M, 1G (default: 64M)"},
    {0, "db", CLI_ARGUMENT, "FILE", DATASET, set_database, 0, "the dataset"},
    {0, "complete", CLI_NO_ARGUMENT, NULL, CLI_SYNC, SWITCH(complete),
     "the inputs are all that there is: trials that are in none of\nthem any more are marked gone"},
    {0, "wait", CLI_ARGUMENT, "SECONDS", CLI_SYNC, cli_set_wait, 0,
     "wait so long for another sync of the dataset to end\n(default: 10)"},
    {0, "alarm", CLI_ARGUMENT, "PERCENT", CLI_SYNC, cli_set_alarm, 0,
     "end with exit code 5 when a source gives so much less than\nthe run before: records, or values of a field"},
    {0, "prefer", CLI_ARGUMENT, "READER,...", CLI_SYNC, set_prefer, 0,
     "where sources of a trial disagree, these come first (kept in\nthe dataset; '' for the usual order)"},
    {0, "since", CLI_ARGUMENT, "RUN|DATE", CLI_CHANGES, set_since, 0, "only from that run, or that day on"},
    {0, "field", CLI_ARGUMENT, "FIELD", CLI_CHANGES | CLI_HISTORY, set_field, 0, "only changes of that field"},
    {0, "gone", CLI_NO_ARGUMENT, NULL, CLI_EXPORT, SWITCH(gone), "trials that are gone, too"},
    {0, "as-of", CLI_ARGUMENT, "DATE", CLI_CHECK, set_as_of, 0,
     "the day, YYYY-MM-DD, for rules that need one: still\nrecruiting long past completion"},
    {0, "sql", CLI_ARGUMENT, "DIALECT", CLI_SCHEMA, set_sql, 0,
     "print CREATE TABLE statements for what -t tables writes, and\nhow to load it, for sqlite, postgres, duckdb or clickhouse"},
    {0, "draft-site", CLI_NO_ARGUMENT, NULL, CLI_EXPLAIN, SWITCH(draft_site),
     "print a first description of the page's site, for --site"},
    {0, "export", CLI_ARGUMENT, "NAME", CLI_LIST, set_export, 0, "print the description of the site NAME, for --site"},
    {0, "markdown", CLI_NO_ARGUMENT, NULL, CLI_SCHEMA, SWITCH(markdown), "print the fields as a page to read"},
    {'j', "jobs", CLI_ARGUMENT, "N", CLI_CONVERT | CLI_SYNC, set_jobs, 0,
     "work with N threads (default: as many as there are\nprocessors); the output is the same for any N"},
    {0, "progress", CLI_OPTIONAL_ARGUMENT, "STYLE", CLI_CONVERT | CLI_SYNC, cli_set_progress, 0,
     "say how far it is, as a line that is redrawn, plain lines for\na log, or none (default: auto, a line on a terminal)"},
    {'q', "quiet", CLI_NO_ARGUMENT, NULL, READS, SWITCH(quiet), "no warnings, no progress and no summary; errors stay"},
    {'v', "verbose", CLI_NO_ARGUMENT, NULL, READS | CLI_CHANGES | CLI_HISTORY, SWITCH(verbose), "say more"},
    {'h', "help", CLI_NO_ARGUMENT, NULL, CLI_ALL, SWITCH(help), "print this help"},
    {'V', "version", CLI_NO_ARGUMENT, NULL, CLI_ALL, SWITCH(version), "print the version"},
    {0, NULL, CLI_NO_ARGUMENT, NULL, 0, NULL, 0, NULL},
};
