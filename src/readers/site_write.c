/* SPDX-License-Identifier: MIT */
/* struct tn_site -> its description in JSON: a row on a line, so that it can be read, edited and compared. */
#include <stdio.h>

#include "core/buf.h"
#include "readers/site_terms.h"

struct writing {
    struct tn_buf out;
    const struct tn_site_row *row; /* the one at hand */
};

typedef void write_fn(struct writing *writing, const struct tn_site_member *member, const void *from);

void tn_site_put_string(struct tn_buf *out, struct tn_str text)
{
    tn_buf_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char escape[8];
        unsigned char byte = (unsigned char)text.s[i];
        if (byte == '"' || byte == '\\')
            tn_buf_char(out, '\\');
        if (byte >= ' ')
            tn_buf_char(out, text.s[i]);
        else
            tn_buf_add(out, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04x", byte));
    }
    tn_buf_char(out, '"');
}

static void put(struct tn_buf *out, const char *text)
{
    tn_buf_str(out, tn_str_of(text));
}

static void break_line(struct writing *writing, int depth)
{
    tn_buf_char(&writing->out, '\n');
    for (int i = 0; i < depth; i++)
        put(&writing->out, "  ");
}

static const void *at(const void *from, const struct tn_site_member *member)
{
    return (const char *)from + member->offset;
}

static const char *text_at(const void *from, const struct tn_site_member *member)
{
    const char *text;
    memcpy(&text, at(from, member), sizeof text);
    return text;
}

static unsigned number_at(const void *from, const struct tn_site_member *member)
{
    unsigned number;
    memcpy(&number, at(from, member), sizeof number);
    return number;
}

static void write_text(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    tn_site_put_string(&writing->out, tn_str_of(text_at(from, member)));
}

static void write_texts(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    const char *const *texts = *(const char *const *const *)at(from, member);
    for (size_t i = 0; texts[i]; i++) {
        put(&writing->out, i ? ", " : "[");
        tn_site_put_string(&writing->out, tn_str_of(texts[i]));
    }
    put(&writing->out, "]");
}

static void write_labels(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    struct tn_str rest = tn_str_of(text_at(from, member));
    const char *before = "[";
    while (rest.len) {
        size_t bar = tn_str_find_char(rest, '|');
        put(&writing->out, before);
        tn_site_put_string(&writing->out, tn_str_slice(rest.s, bar == TN_NO_OFFSET ? rest.len : bar));
        rest = tn_str_from(rest, bar == TN_NO_OFFSET ? rest.len : bar + 1);
        before = ", ";
    }
    put(&writing->out, "]");
}

static void write_true(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    (void)member;
    (void)from;
    put(&writing->out, "true");
}

static void write_number(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", number_at(from, member));
    put(&writing->out, digits);
}

static void write_word(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    const struct tn_site_word *word = tn_site_word_of(member->words, number_at(from, member));
    tn_site_put_string(&writing->out, tn_str_of(word ? word->word : ""));
}

static void write_bits(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    unsigned bits = number_at(from, member);
    const char *before = "[";
    for (size_t i = 0; i < member->words->count; i++) {
        if (!(bits & member->words->all[i].value))
            continue;
        put(&writing->out, before);
        tn_site_put_string(&writing->out, tn_str_of(member->words->all[i].word));
        before = ", ";
    }
    put(&writing->out, "]");
}

static void write_row_field(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    const struct tn_site_row *row = from;
    char name[128];
    (void)member;
    if (row->type == &tn_type_trial)
        snprintf(name, sizeof name, "%s", row->type->fields[row->field].name);
    else
        snprintf(name, sizeof name, "%s.%s", tn_type_trial.fields[tn_site_holder(row->type)].name,
                 row->type->fields[row->field].name);
    tn_site_put_string(&writing->out, tn_str_of(name));
}

static void write_trial_field(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    tn_site_put_string(&writing->out, tn_str_of(tn_type_trial.fields[number_at(from, member)].name));
}

static void write_part_field(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    const struct tn_record_type *type = tn_site_entry_type(writing->row);
    tn_site_put_string(&writing->out, tn_str_of(type->fields[number_at(from, member)].name));
}

static void write_object(struct writing *writing, const struct tn_site_member *members, const void *from);

/* Objects, each on a line of its own. */
static void write_objects(struct writing *writing, const struct tn_site_member *members, const void *from, size_t size,
                          size_t count)
{
    bool rows = members == tn_site_row_members;
    int depth = rows ? 2 : 3;
    put(&writing->out, "[");
    for (size_t i = 0; i < count; i++) {
        const void *one = (const char *)from + i * size;
        put(&writing->out, i ? "," : "");
        break_line(writing, depth);
        if (rows)
            writing->row = one;
        write_object(writing, members, one);
    }
    break_line(writing, depth - 1);
    put(&writing->out, "]");
}

static void write_rows(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    const struct tn_site *site = &((const struct tn_described *)from)->site;
    (void)member;
    write_objects(writing, tn_site_row_members, site->rows, sizeof *site->rows, site->count);
}

static void write_shapes(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    const struct tn_site_shape *shapes = ((const struct tn_site_row *)from)->shapes;
    size_t count = 0;
    (void)member;
    while (shapes[count].shape != TN_SHAPE_NONE)
        count++;
    write_objects(writing, tn_site_shape_members, shapes, sizeof *shapes, count);
}

static void write_parts(struct writing *writing, const struct tn_site_member *member, const void *from)
{
    const struct tn_site_part *parts = ((const struct tn_site_row *)from)->parts;
    size_t count = 0;
    (void)member;
    while (count < TN_PARTS_MAX && parts[count].shape != TN_SHAPE_NONE)
        count++;
    write_objects(writing, tn_site_part_members, parts, sizeof *parts, count);
}

static write_fn *const writers[] = {
    [TN_SITE_TEXT] = write_text,
    [TN_SITE_MARK] = write_text,
    [TN_SITE_TEXTS] = write_texts,
    [TN_SITE_LABELS] = write_labels,
    [TN_SITE_SWITCH] = write_true,
    [TN_SITE_NUMBER] = write_number,
    [TN_SITE_WORD] = write_word,
    [TN_SITE_BITS] = write_bits,
    [TN_SITE_ROW_FIELD] = write_row_field,
    [TN_SITE_TRIAL_FIELD] = write_trial_field,
    [TN_SITE_COUNT_FIELD] = write_trial_field,
    [TN_SITE_OTHER_FIELD] = write_trial_field,
    [TN_SITE_PART_FIELD] = write_part_field,
    [TN_SITE_ROW_LIST] = write_rows,
    [TN_SITE_SHAPE_LIST] = write_shapes,
    [TN_SITE_PART_LIST] = write_parts,
};

/* What is left out: what says nothing, and could not be told from a member that is not there. */
static bool is_written(const struct tn_site_member *member, const void *from)
{
    switch (member->kind) {
    case TN_SITE_ROW_FIELD: return ((const struct tn_site_row *)from)->type != NULL;
    case TN_SITE_SWITCH: return *(const bool *)at(from, member);
    case TN_SITE_TEXTS: return text_at(from, member) && **(const char *const *const *)at(from, member);
    case TN_SITE_NUMBER:
    case TN_SITE_WORD:
    case TN_SITE_BITS:
    case TN_SITE_COUNT_FIELD:
    case TN_SITE_OTHER_FIELD: return member->needed || number_at(from, member) != 0;
    case TN_SITE_TRIAL_FIELD:
    case TN_SITE_PART_FIELD: return true;
    case TN_SITE_TEXT:
    case TN_SITE_MARK:
    case TN_SITE_LABELS:
    case TN_SITE_ROW_LIST:
    case TN_SITE_SHAPE_LIST:
    case TN_SITE_PART_LIST: break;
    }
    return text_at(from, member) != NULL;
}

static void write_object(struct writing *writing, const struct tn_site_member *members, const void *from)
{
    bool whole = members == tn_site_members;
    const char *before = "";
    put(&writing->out, "{");
    for (const struct tn_site_member *member = members; member->name; member++) {
        if (!is_written(member, from))
            continue;
        put(&writing->out, before);
        if (whole)
            break_line(writing, 1);
        tn_site_put_string(&writing->out, tn_str_of(member->name));
        put(&writing->out, ": ");
        writers[member->kind](writing, member, from);
        before = whole ? "," : ", ";
    }
    if (whole)
        break_line(writing, 0);
    put(&writing->out, "}");
}

enum tn_severity tn_site_hand_over(struct tn_buf *out, const struct tn_sink *sink, struct tn_error *error)
{
    tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
    int part = out->failed ? -1 : sink->open(sink->context, NULL, error);
    bool written = part >= 0 && sink->write(sink->context, part, out->data, out->len, error);
    tn_buf_release(out);
    return written ? TN_OK : TN_FAILED;
}

enum tn_severity tn_site_write_described(const struct tn_described *described, const struct tn_sink *sink,
                                         struct tn_error *error)
{
    struct writing writing = {.row = NULL};
    tn_buf_init(&writing.out, 16 * TN_SITE_MAX_BYTES);
    write_object(&writing, tn_site_members, described);
    tn_buf_char(&writing.out, '\n');
    return tn_site_hand_over(&writing.out, sink, error);
}

enum tn_severity tn_site_write(const struct tn_reader *reader, const struct tn_sink *sink, struct tn_error *error)
{
    struct tn_described described;
    if (tn_site_described(reader, &described))
        return tn_site_write_described(&described, sink, error);
    tn_error_set(error, TN_FAILED, TN_USAGE, NULL, "the reader '%s' is no site", reader->name);
    return TN_FAILED;
}
