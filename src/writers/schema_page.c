/* SPDX-License-Identifier: MIT */
/* docs/SCHEMA.md: what the field table says, and the rules that stand above it. */
#include "writers/out.h"
#include "writers/schema_page.h"
#include "writers/selection.h"

static void put(struct tn_buf *out, const char *text)
{
    tn_buf_str(out, tn_str_of(text));
}

static void put_lines(struct tn_buf *out, const char *const *lines)
{
    for (; *lines; lines++) {
        put(out, *lines);
        tn_buf_char(out, '\n');
    }
}

/* A cell of a Markdown table: a bar would end it. */
static void put_cell(struct tn_buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            tn_buf_char(out, '\\');
        tn_buf_char(out, *text);
    }
}

static void put_record_link(struct tn_buf *out, const struct tn_record_type *type)
{
    put(out, " [");
    put(out, type->name);
    put(out, "](#");
    put(out, type->name);
    put(out, ")");
}

static void put_words_link(struct tn_buf *out, const struct tn_vocabulary *vocabulary)
{
    put(out, ", words of [");
    put(out, vocabulary->name);
    put(out, "](#vocabularies)");
}

static void put_type(struct tn_buf *out, const struct tn_field *field)
{
    static const char *const names[] = {
        [TN_TEXT] = "text",        [TN_ENUM] = "enum",        [TN_DATE] = "date",         [TN_INT] = "int",
        [TN_NUMBER] = "number",    [TN_BOOL] = "bool",        [TN_TEXT_LIST] = "text[]",  [TN_ENUM_LIST] = "text[]",
        [TN_RECORD_ONE] = "record", [TN_RECORD_LIST] = "record[]", [TN_MAP] = "record",
    };
    put(out, names[field->kind]);
    if (field->record)
        put_record_link(out, field->record);
    if (field->vocabulary)
        put_words_link(out, field->vocabulary);
}

static void put_field(struct tn_buf *out, const struct tn_field *field)
{
    put(out, "| `");
    put(out, field->name);
    put(out, "` | ");
    put_type(out, field);
    put(out, " | ");
    put_cell(out, field->meaning);
    put(out, field->flags & TN_PERSON ? "; left out by `--redact` |\n" : " |\n");
}

static void put_fields(struct tn_buf *out, const struct tn_record_type *type, int from, int to)
{
    put(out, "\n| field | type | meaning |\n|---|---|---|\n");
    for (int i = from; i < to; i++)
        put_field(out, &type->fields[i]);
}

static void put_trial(struct tn_buf *out)
{
    for (const struct tn_page_section *section = tn_page_sections; section->heading; section++) {
        int end = section[1].heading ? section[1].first : tn_type_trial.count;
        put(out, "\n### ");
        put(out, section->heading);
        put(out, "\n");
        put_fields(out, &tn_type_trial, section->first, end);
        if (section->note) {
            put(out, "\n");
            put(out, section->note);
            put(out, "\n");
        }
    }
}

static void put_records(struct tn_buf *out)
{
    put(out, "\n## Records\n");
    for (const struct tn_record_type *const *type = tn_record_types(); *type; type++) {
        if (*type == &tn_type_trial)
            continue;
        put(out, "\n### ");
        put(out, (*type)->name);
        put(out, "\n\n");
        put(out, (*type)->meaning);
        put(out, ".\n");
        put_fields(out, *type, 0, (*type)->count);
    }
}

static void put_vocabularies(struct tn_buf *out)
{
    put(out, "\n## Vocabularies\n\nA word that is in no vocabulary stays as the source has it, with the warning "
             "`unknown-value`.\n\n| vocabulary | words |\n|---|---|\n");
    for (const struct tn_vocabulary *const *vocabulary = tn_vocabularies(); *vocabulary; vocabulary++) {
        put(out, "| ");
        put(out, (*vocabulary)->name);
        put(out, " |");
        for (size_t i = 0; i < (*vocabulary)->count; i++) {
            put(out, i ? ", `" : " `");
            put(out, (*vocabulary)->words[i]);
            put(out, "`");
        }
        put(out, " |\n");
    }
}

enum tn_severity tn_write_schema_page(const struct tn_sink *sink, struct tn_error *error)
{
    struct tn_out out;
    enum tn_severity severity = tn_out_open(&out, sink, NULL, error);
    put_lines(&out.buf, tn_page_rules);
    put_trial(&out.buf);
    put_records(&out.buf);
    put_vocabularies(&out.buf);
    put_lines(&out.buf, tn_page_forms);
    enum tn_severity closed = tn_out_close(&out, severity != TN_OK, error);
    return closed > severity ? closed : severity;
}
