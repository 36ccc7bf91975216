/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "dataset/precedence.h"
#include "trial/check.h"

/* The width of the first columns; what is wider pushes the rest of its line. */
enum { NAME_WIDTH = 22, HOST_WIDTH = 24, FIELD_WIDTH = 36, KIND_WIDTH = 10, SEVERITY_WIDTH = 7 };

static void list_readers(const struct cli_settings *settings)
{
    for (const struct tn_reader *const *reader = cli_readers(settings); *reader; reader++) {
        char names[64];
        tn_reader_syntax_names(*reader, names, sizeof names);
        printf("%-*s  %-10s  %s\n", NAME_WIDTH, (*reader)->name, names, (*reader)->description);
    }
}

static void list_sites(const struct cli_settings *settings)
{
    for (const struct tn_reader *const *reader = cli_readers(settings); *reader; reader++)
        if (tn_site_host(*reader))
            printf("%-*s  %-*s  %3zu rows  %s\n", NAME_WIDTH, (*reader)->name, HOST_WIDTH, tn_site_host(*reader),
                   tn_site_rows(*reader), (*reader)->description);
}

static void list_writers(const struct cli_settings *settings)
{
    (void)settings;
    for (const struct tn_writer *const *writer = tn_writers(); *writer; writer++)
        printf("%-*s  %s\n", NAME_WIDTH, (*writer)->name, (*writer)->description);
}

static void list_fields_of(const struct tn_record_type *type, const char *prefix)
{
    static const char *const kinds[] = {
        [TN_TEXT] = "text",        [TN_ENUM] = "enum",          [TN_DATE] = "date",
        [TN_INT] = "int",          [TN_NUMBER] = "number",      [TN_BOOL] = "bool",
        [TN_TEXT_LIST] = "text[]", [TN_ENUM_LIST] = "enum[]",   [TN_RECORD_ONE] = "record",
        [TN_MAP] = "map",          [TN_RECORD_LIST] = "record[]",
    };
    for (int i = 0; i < type->count; i++) {
        const struct tn_field *field = &type->fields[i];
        char name[128];
        snprintf(name, sizeof name, "%s%s", prefix, field->name);
        printf("%-*s  %-*s  %s", FIELD_WIDTH, name, KIND_WIDTH, kinds[field->kind], field->meaning);
        if (field->vocabulary)
            printf(" (%s)", field->vocabulary->name);
        putchar('\n');
        if (!field->record || field->kind == TN_MAP)
            continue;
        strncat(name, "_", sizeof name - strlen(name) - 1);
        list_fields_of(field->record, name);
    }
}

static void list_fields(const struct cli_settings *settings)
{
    (void)settings;
    list_fields_of(&tn_type_trial, "");
}

static void list_vocabularies(const struct cli_settings *settings)
{
    (void)settings;
    for (const struct tn_vocabulary *const *vocabulary = tn_vocabularies(); *vocabulary; vocabulary++) {
        printf("%-*s ", NAME_WIDTH, (*vocabulary)->name);
        for (size_t i = 0; i < (*vocabulary)->count; i++)
            printf(" %s", (*vocabulary)->words[i]);
        putchar('\n');
    }
}

static void list_checks(const struct cli_settings *settings)
{
    const struct tn_check_rule *rule;
    (void)settings;
    for (size_t i = 0; (rule = tn_check_rule_at(i)) != NULL; i++)
        printf("%-*s  %-*s  %s%s\n", FIELD_WIDTH, rule->code, SEVERITY_WIDTH, tn_finding_severity_name(rule->severity),
               rule->meaning, rule->dated ? " (with --as-of)" : "");
}

static void list_sources(const struct cli_settings *settings)
{
    size_t count;
    const struct tn_precedence *rows = tn_precedences(&count);
    (void)settings;
    for (size_t i = 0; i < count; i++)
        printf(rows[i].registry ? "%-*s  %-*s  %s\n" : "%-*s  %-*s%s\n", NAME_WIDTH, rows[i].reader,
               rows[i].registry ? KIND_WIDTH : 0, tn_source_kind_name(rows[i].kind), rows[i].registry ? rows[i].registry : "");
}

static const struct {
    const char *name, *heading;
    void (*list)(const struct cli_settings *settings);
} lists[] = {
    {"readers", "Readers", list_readers},
    {"sites", "Sites", list_sites},
    {"writers", "Writers", list_writers},
    {"fields", "Fields", list_fields},
    {"vocabularies", "Vocabularies", list_vocabularies},
    {"checks", "Checks", list_checks},
    {"sources", "Sources", list_sources},
};

enum { LISTS = sizeof lists / sizeof lists[0] };

static int find_list(const char *name)
{
    for (int i = 0; i < LISTS; i++)
        if (strcmp(lists[i].name, name) == 0)
            return i;
    return -1;
}

static void print_list(const struct cli_settings *settings, int i, bool heading)
{
    if (heading)
        printf("%s\n", lists[i].heading);
    lists[i].list(settings);
}

static int unknown_list(const char *name)
{
    const char *names[LISTS];
    for (int i = 0; i < LISTS; i++)
        names[i] = lists[i].name;
    const char *nearest = tn_nearest(name, names, LISTS);
    cli_say("there is no list of '%s'%s%s%s", name, nearest ? "; did you mean '" : "", nearest ? nearest : "",
            nearest ? "'?" : "; there are readers, sites, writers, fields, vocabularies, checks and sources");
    return CLI_USAGE;
}

static enum tn_severity write_site(const void *context, const struct tn_sink *sink, struct tn_error *error)
{
    return tn_site_write(context, sink, error);
}

/* The description of one site; `sites` may stand before it, another list may not. */
static int export_site(const struct cli_settings *settings)
{
    enum { NAMES_MAX = 256 };
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (int i = 0; i < settings->operand_count; i++)
        if (strcmp(settings->operands[i], "sites") != 0) {
            cli_say("--export is for the list 'sites', not '%s'", settings->operands[i]);
            return CLI_USAGE;
        }
    const struct tn_reader *site = tn_reader_among(cli_readers(settings), settings->export_site);
    if (site && tn_site_host(site))
        return cli_write(write_site, site);
    for (const struct tn_reader *const *reader = cli_readers(settings); *reader && count < NAMES_MAX; reader++)
        if (tn_site_host(*reader))
            names[count++] = (*reader)->name;
    const char *nearest = site ? NULL : tn_nearest(settings->export_site, names, count);
    if (site)
        cli_say("the reader '%s' is no site", site->name);
    else
        cli_say(nearest ? "unknown site '%s'; did you mean '%s'?" : "unknown site '%s'", settings->export_site, nearest);
    return CLI_USAGE;
}

int cli_list(const struct cli_settings *settings)
{
    if (settings->export_site)
        return export_site(settings);
    for (int i = 0; i < settings->operand_count; i++)
        if (find_list(settings->operands[i]) < 0)
            return unknown_list(settings->operands[i]);
    int count = settings->operand_count ? settings->operand_count : LISTS;
    for (int i = 0; i < count; i++) {
        if (i)
            putchar('\n');
        print_list(settings, settings->operand_count ? find_list(settings->operands[i]) : i, count > 1);
    }
    return cli_finish(CLI_DONE);
}
