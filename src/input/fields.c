/* SPDX-License-Identifier: MIT */
#include "input/fields.h"

size_t tn_fields_end(struct tn_str text)
{
    for (size_t at = 0, end; (end = tn_str_find_char(tn_str_from(text, at), '\n')) != TN_NO_OFFSET; at += end + 1)
        if (end == 0 || (end == 1 && text.s[at] == '\r'))
            return at + end + 1;
    return 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The line at the start of *rest and all that go on with it. */
static bool next_folded(struct tn_str *rest, struct tn_str *line)
{
    struct tn_str first = *rest, next;
    if (!tn_str_next_line(rest, line))
        return false;
    while (rest->len && is_blank(rest->s[0]) && tn_str_next_line(rest, &next))
        *line = tn_str_slice(first.s, (size_t)(next.s + next.len - first.s));
    return true;
}

bool tn_fields_next(struct tn_str *rest, struct tn_str *name, struct tn_str *value)
{
    struct tn_str line;
    while (next_folded(rest, &line)) {
        size_t colon = tn_str_find_char(line, ':');
        if (colon == TN_NO_OFFSET || colon == 0 || is_blank(line.s[0]))
            continue;
        *name = tn_str_trim(tn_str_slice(line.s, colon));
        *value = tn_str_trim(tn_str_from(line, colon + 1));
        return true;
    }
    return false;
}

struct tn_str tn_fields_get(struct tn_str fields, struct tn_str name)
{
    struct tn_str found, value;
    while (tn_fields_next(&fields, &found, &value))
        if (tn_str_eq_fold(found, name))
            return value;
    return (struct tn_str){NULL, 0};
}

struct tn_str tn_field_word(struct tn_str value)
{
    size_t end = tn_str_find_char(value, ';');
    return tn_str_trim(tn_str_slice(value.s, end == TN_NO_OFFSET ? value.len : end));
}

/* Cuts `name=value` or `name="value"` off *rest, which stands behind a `;`. */
static bool next_parameter(struct tn_str *rest, struct tn_str *name, struct tn_str *value)
{
    size_t equals = tn_str_find_char(*rest, '='), end;
    if (equals == TN_NO_OFFSET)
        return false;
    *name = tn_str_slice(rest->s, equals);
    for (size_t word; (word = tn_str_find_char(*name, ';')) != TN_NO_OFFSET;)
        *name = tn_str_from(*name, word + 1); /* a word without a value stood before */
    *name = tn_str_trim(*name);
    *rest = tn_str_from(*rest, equals + 1);
    while (rest->len && tn_is_space(rest->s[0]))
        *rest = tn_str_from(*rest, 1);
    bool quoted = rest->len && rest->s[0] == '"';
    *rest = tn_str_from(*rest, quoted);
    end = tn_str_find_char(*rest, quoted ? '"' : ';');
    *value = tn_str_slice(rest->s, end == TN_NO_OFFSET ? rest->len : end);
    *rest = tn_str_from(*rest, value->len);
    if (!quoted)
        *value = tn_str_trim(*value);
    end = tn_str_find_char(*rest, ';');
    *rest = end == TN_NO_OFFSET ? tn_str_slice(NULL, 0) : tn_str_from(*rest, end + 1);
    return true;
}

struct tn_str tn_field_parameter(struct tn_str value, struct tn_str name)
{
    size_t from = tn_str_find_char(value, ';');
    struct tn_str rest = from == TN_NO_OFFSET ? tn_str_slice(NULL, 0) : tn_str_from(value, from + 1), found, text;
    while (next_parameter(&rest, &found, &text))
        if (tn_str_eq_fold(found, name))
            return text;
    return (struct tn_str){NULL, 0};
}
