/* SPDX-License-Identifier: MIT */
/* Prints docs/MAPS.md: of each structured source, from which part of it each field comes and what reads it there; made from
 * the readers' own rows. */
#include <stdio.h>
#include <string.h>

#include "readers/ctgov_xml.h"
#include "readers/ictrp.h"
#include "readers/isrctn.h"
#include "readers/tree.h"
#include "trialnorm/reader.h"

extern const struct tn_reader tn_reader_aact, tn_reader_anzctr, tn_reader_ctgov_v2, tn_reader_ctgov_v1, tn_reader_ctgov_xml,
    tn_reader_ctgov_csv, tn_reader_ctgov_json_fields, tn_reader_ctis, tn_reader_drks, tn_reader_ictrp, tn_reader_isrctn,
    tn_reader_who_xml;

/* A reader with one table of rows, or one table more of a reader. */
struct map {
    const struct tn_reader *reader;
    const char *of; /* what the table is of, where the reader has several */
    const struct tn_tree_source *source;
};

static const struct map maps[] = {
    {&tn_reader_ctgov_v2, NULL, NULL},
    {&tn_reader_ctgov_v1, NULL, NULL},
    {&tn_reader_ctgov_xml, "studies", NULL},
    {&tn_reader_ctgov_xml, "search results", &tn_ctgov_xml_search},
    {&tn_reader_ctgov_csv, NULL, NULL},
    {&tn_reader_ctgov_json_fields, NULL, NULL},
    {&tn_reader_aact, NULL, NULL},
    {&tn_reader_anzctr, NULL, NULL},
    {&tn_reader_ctis, NULL, NULL},
    {&tn_reader_drks, NULL, NULL},
    {&tn_reader_ictrp, "XML and CSV since 2012, the full export", NULL},
    {&tn_reader_ictrp, "XML of 2009", &tn_ictrp_2009},
    {&tn_reader_isrctn, "XML", NULL},
    {&tn_reader_isrctn, "CSV", &tn_isrctn_csv},
    {&tn_reader_who_xml, NULL, NULL},
};

/* A bar would end the cell. */
static void put_cell(const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            putchar('\\');
        putchar(*text);
    }
}

/* The normaliser of a field that has no reading of its own: what tn_put does with its kind. */
static void put_kind(const struct tn_field *field)
{
    static const char *const kinds[] = {
        [TN_TEXT] = "text",      [TN_ENUM] = "word of ", [TN_DATE] = "date",        [TN_INT] = "count",
        [TN_NUMBER] = "number",  [TN_BOOL] = "yes or no", [TN_TEXT_LIST] = "text",   [TN_ENUM_LIST] = "word of ",
        [TN_RECORD_ONE] = "record", [TN_MAP] = "record", [TN_RECORD_LIST] = "record",
    };
    printf("%s", kinds[field->kind]);
    if (field->vocabulary && (field->kind == TN_ENUM || field->kind == TN_ENUM_LIST))
        printf("`%s`", field->vocabulary->name);
}

/* tn_put_trial_id -> trial_id */
static const char *short_name(const char *by)
{
    static const char *const before[] = {"tn_put_", "put_", "tn_", NULL};
    for (const char *const *some = before; *some; some++)
        if (strncmp(by, *some, strlen(*some)) == 0)
            return by + strlen(*some);
    return by;
}

static void put_field(const struct tn_row *row)
{
    if (row->type != &tn_type_trial)
        printf("%s: ", row->type->name);
    printf("`%s`", row->type->fields[row->field].name);
}

static void put_opened(const struct tn_row *row)
{
    put_field(row);
    printf(" | a record of its own");
    if (row->word)
        printf(", `%s`", row->word);
}

static void put_value(const struct tn_row *row)
{
    put_field(row);
    printf(" | ");
    if (row->by)
        printf("`%s`", short_name(row->by));
    else
        put_kind(&row->type->fields[row->field]);
}

static void put_row(const struct tn_row *row)
{
    printf("| `");
    put_cell(row->path);
    printf("` | ");
    switch (row->kind) {
    case TN_ROW_VALUE:
        put_value(row);
        break;
    case TN_ROW_FLAG:
        put_field(row);
        printf(" | `%s` where it is true", row->word);
        break;
    case TN_ROW_OPENS:
        put_opened(row);
        break;
    case TN_ROW_EXTRA:
        printf("`extra` | as it stands");
        break;
    case TN_ROW_IGNORED:
        printf("left out | ");
        put_cell(row->word);
        break;
    case TN_ROW_COPY:
        printf("`extra` | what `%s` does not say too", row->word);
        break;
    case TN_ROW_SAME:
        printf("as `%s` | where that is not there", row->word);
        break;
    }
    printf(" |\n");
}

static void put_map(const struct map *map)
{
    const struct tn_tree_source *source = map->source ? map->source : map->reader->table;
    printf("\n## `%s`%s%s\n\n", map->reader->name, map->of ? ": " : "", map->of ? map->of : "");
    printf("| source | field | normaliser |\n|---|---|---|\n");
    for (size_t i = 0; i < source->count; i++)
        put_row(&source->rows[i]);
}

int main(void)
{
    printf("# Maps\n\nGenerated from the readers' tables; do not edit. Of each structured source: what stands where, the field that it fills and how it is\n"
           "read. `a.b[]` is every element of a list, `.@name` an attribute of XML, a plain name a column. A field of another record than the trial\n"
           "stands behind that record's name. A normaliser written as `code` is a function of that name, `tn_put_...`, beside the reader or in\n"
           "`src/readers/put*.h`; any other is what the field's kind asks for. Words of vocabularies, kinds of fields and their meaning: [SCHEMA.md](SCHEMA.md); the sources:\n"
           "[FORMATS.md](FORMATS.md). What no row names is kept in `extra`, with the warning `unmapped`. The maps of sites and of registers' pages\n"
           "are printed by `trialnorm list sites --export NAME`.\n");
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++)
        put_map(&maps[i]);
    return ferror(stdout) ? 1 : 0;
}
