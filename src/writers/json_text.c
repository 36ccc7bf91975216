/* SPDX-License-Identifier: MIT */
/* Trees are cJSON's business everywhere in this project. Here no tree is wanted: the records are walked and written in
 * one go, which costs a small part of what building and printing a tree would. */
#include "writers/json_text.h"

#include "core/bytes.h"
#include "core/number.h"
#include "trial/compare.h"

/* How a byte stands in a string: 0 as it is, 'u' as \u00XX, else behind a backslash. */
static const char escapes[256] = {
    'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b', 't', 'n', 'u', 'f', 'r', 'u', 'u', 'u', 'u',
    'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', ['"'] = '"', ['\\'] = '\\',
};

static void put_escape(struct tn_buf *out, unsigned char byte)
{
    static const char hex[] = "0123456789abcdef";
    char kind = escapes[byte];
    tn_buf_char(out, '\\');
    tn_buf_char(out, kind);
    if (kind != 'u')
        return;
    char digits[4] = {'0', '0', hex[byte >> 4], hex[byte & 15]};
    tn_buf_add(out, digits, sizeof digits);
}

/* Which of sixteen bytes must be escaped: below 0x20, `"` or `\`. */
static tn_bytes must_escape(tn_bytes bytes)
{
    return (tn_bytes)(bytes == tn_bytes_each('"')) | (tn_bytes)(bytes == tn_bytes_each('\\')) |
           (tn_bytes)(bytes < tn_bytes_each(0x20));
}

/* Copies `text` from `done` up to the first byte that must be escaped; out has room for all of it and a vector more.
 * Returns how far it came. */
static size_t copy_plain(struct tn_buf *out, struct tn_str text, size_t done)
{
    char *to = out->data + out->len - done;
    size_t at = done;
    for (; at + TN_BYTES <= text.len; at += TN_BYTES) {
        tn_bytes bytes = tn_bytes_load(text.s + at);
        size_t first = tn_bytes_first(must_escape(bytes));
        memcpy(to + at, &bytes, TN_BYTES);
        if (first < TN_BYTES) {
            at += first;
            out->len += at - done;
            return at;
        }
    }
    /* The last bytes once more with those before them, where there are enough. */
    if (at < text.len && text.len - done >= TN_BYTES) {
        tn_bytes bytes = tn_bytes_load(text.s + text.len - TN_BYTES);
        if (tn_bytes_first(must_escape(bytes)) == TN_BYTES) {
            memcpy(to + text.len - TN_BYTES, &bytes, TN_BYTES);
            at = text.len;
        }
    }
    size_t left = text.len - at;
    if (left >= 4 && left < TN_BYTES && tn_bytes_first(must_escape(tn_bytes_load_short(text.s + at, left))) == TN_BYTES) {
        tn_bytes_copy_short(to + at, text.s + at, left);
        at = text.len;
    }
    for (; at < text.len && escapes[(unsigned char)text.s[at]] == 0; at++)
        to[at] = text.s[at];
    out->len += at - done;
    return at;
}

/* Most texts need no escape: they cost one look, and are copied while it is taken. */
void tn_json_string(struct tn_buf *out, struct tn_str text)
{
    size_t done = 0;
    if (!tn_buf_reserve(out, text.len + TN_BYTES + 2))
        return;
    out->data[out->len++] = '"';
    while ((done = copy_plain(out, text, done)) < text.len) {
        put_escape(out, (unsigned char)text.s[done++]);
        if (!tn_buf_reserve(out, text.len - done + TN_BYTES + 2))
            return;
    }
    tn_buf_char(out, '"');
}

/* `before` and "name": in one go. Names of fields need no escape. */
static void put_key(struct tn_buf *out, char before, const struct tn_field *field)
{
    size_t len = field->name_len;
    if (!tn_buf_reserve(out, len + 4))
        return;
    char *at = out->data + out->len;
    at[0] = before;
    at[1] = '"';
    memcpy(at + 2, field->name, len);
    memcpy(at + 2 + len, "\":", 2);
    out->len += len + 4;
}

static void put_double(struct tn_buf *out, double value)
{
    char text[TN_NUMBER_MAX];
    size_t len = tn_number_format(value, text);
    tn_buf_str(out, len ? tn_str_slice(text, len) : TN_LIT("null"));
}

static void put_texts(struct tn_buf *out, const struct tn_record *record, int field)
{
    size_t count = tn_count(record, field);
    tn_buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i)
            tn_buf_char(out, ',');
        tn_json_string(out, tn_text_at(record, field, i));
    }
    tn_buf_char(out, ']');
}

/* A field with its key, where it states something of its chosen members. `before` is what stands in front of it; returns
 * what stands in front of the next. */
static char put_field(struct tn_buf *out, char before, const struct tn_record *record, int field, tn_members members)
{
    if (members == 0 || !tn_states(record, field, members))
        return before;
    put_key(out, before, &tn_record_type_of(record)->fields[field]);
    tn_json_value(out, record, field, members);
    return ',';
}

static void end_object(struct tn_buf *out, char before)
{
    if (before == '{')
        tn_buf_char(out, '{');
    tn_buf_char(out, '}');
}

static void put_record(struct tn_buf *out, const struct tn_record *record, tn_members members)
{
    char before = '{';
    for (int i = tn_next_field(record, 0); i >= 0; i = tn_next_field(record, i + 1))
        before = put_field(out, before, record, i, tn_members_have(members, i) ? TN_ALL_MEMBERS : 0);
    end_object(out, before);
}

static void put_records(struct tn_buf *out, const struct tn_record *record, int field, tn_members members)
{
    size_t count = tn_count(record, field);
    tn_buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i)
            tn_buf_char(out, ',');
        put_record(out, tn_record_at(record, field, i), members);
    }
    tn_buf_char(out, ']');
}

/* Of the entries of a map. */
static const tn_members all_but_label = TN_ALL_MEMBERS & ~(tn_members)1;

void tn_json_labelled(struct tn_buf *out, const struct tn_record *record, int field, size_t i)
{
    int texts = tn_map_texts(&tn_record_type_of(record)->fields[field]);
    const struct tn_record *entry = tn_record_at(record, field, i);
    if (texts < 0)
        put_record(out, entry, all_but_label);
    else if (tn_count(entry, texts) == 1)
        tn_json_string(out, tn_text_at(entry, texts, 0));
    else
        put_texts(out, entry, texts);
}

/* An entry of a map with its label; what stands in front of the next. */
static char put_map_entry(struct tn_buf *out, char before, const struct tn_record *record, int field, size_t i)
{
    const struct tn_record *entry = tn_record_at(record, field, i);
    if (!tn_states_any(entry, all_but_label))
        return before;
    tn_buf_char(out, before);
    tn_json_string(out, tn_text(entry, 0));
    tn_buf_char(out, ':');
    tn_json_labelled(out, record, field, i);
    return ',';
}

static void put_map(struct tn_buf *out, const struct tn_record *record, int field)
{
    size_t count = tn_count(record, field);
    char before = '{';
    for (size_t i = 0; i < count; i++)
        before = put_map_entry(out, before, record, field, i);
    end_object(out, before);
}

void tn_json_entry(struct tn_buf *out, const struct tn_record *record, int field, size_t i)
{
    enum tn_kind kind = tn_record_type_of(record)->fields[field].kind;
    if (kind == TN_MAP)
        end_object(out, put_map_entry(out, '{', record, field, i));
    else if (kind == TN_TEXT_LIST || kind == TN_ENUM_LIST)
        tn_json_string(out, tn_text_at(record, field, i));
    else
        put_record(out, tn_record_at(record, field, i), TN_ALL_MEMBERS);
}

static void put_side(struct tn_buf *out, const tn_trial *trial, const struct tn_difference *difference, size_t at)
{
    if (difference->entry)
        tn_json_entry(out, trial, difference->field, at);
    else
        tn_json_value(out, trial, difference->field, TN_ALL_MEMBERS);
}

void tn_json_difference(struct tn_buf *old, struct tn_buf *now, const tn_trial *before, const tn_trial *after,
                        const struct tn_difference *difference)
{
    if (difference->kind == TN_FIELD_REORDERED)
        return;
    if (difference->kind != TN_FIELD_ADDED)
        put_side(old, before, difference, difference->old_at);
    if (difference->kind != TN_FIELD_REMOVED)
        put_side(now, after, difference, difference->new_at);
}

/* Calls itself through put_record as deep as record types are nested, whatever the record holds. */
void tn_json_value(struct tn_buf *out, const struct tn_record *record, int field, tn_members members)
{
    char digits[TN_NUMBER_MAX];
    switch (tn_record_type_of(record)->fields[field].kind) {
    case TN_TEXT:
    case TN_ENUM:
    case TN_DATE: tn_json_string(out, tn_text(record, field)); break;
    case TN_INT: tn_buf_add(out, digits, tn_integer_format(tn_int(record, field), digits)); break;
    case TN_NUMBER: put_double(out, tn_number(record, field)); break;
    case TN_BOOL: tn_buf_str(out, tn_bool(record, field) ? TN_LIT("true") : TN_LIT("false")); break;
    case TN_TEXT_LIST:
    case TN_ENUM_LIST: put_texts(out, record, field); break;
    case TN_RECORD_ONE: put_record(out, tn_record_at(record, field, 0), members); break;
    case TN_RECORD_LIST: put_records(out, record, field, members); break;
    case TN_MAP: put_map(out, record, field); break;
    }
}

void tn_json_trial(struct tn_buf *out, const tn_trial *trial, const struct tn_selection *selection)
{
    char before = '{';
    for (int i = tn_next_field(trial, 0); i >= 0; i = tn_next_field(trial, i + 1))
        before = put_field(out, before, trial, i, tn_selection_members(selection, i));
    end_object(out, before);
}
