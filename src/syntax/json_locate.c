/* SPDX-License-Identifier: MIT */
#include "syntax/json_locate.h"

#include "syntax/python_string.h"

static bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* Behind the string whose first quote is at `at`. JSON's rules are Python's here, but that JSON has no triple quotes:
 * there `""` is followed by a comma, a colon or a bracket, never by a third quote. */
static size_t skip_string(struct tn_str text, size_t at)
{
    char mark = text.s[at];
    size_t width = at + 2 < text.len && text.s[at + 1] == mark && text.s[at + 2] == mark ? 3 : 1;
    at += width;
    while (at < text.len) {
        if (text.s[at] == '\\')
            at++;
        else if (text.s[at] == mark &&
                 (width == 1 || (at + 2 < text.len && text.s[at + 1] == mark && text.s[at + 2] == mark)))
            return at + width;
        at++;
    }
    return text.len;
}

/* Behind the value at `at`: at the comma, colon or bracket that ends it, or at the end of the text. Adjacent strings
 * and everything between are one value. */
static size_t skip_value(struct tn_str text, size_t at)
{
    size_t depth = 0;
    while (at < text.len) {
        char c = text.s[at];
        bool closes = c == '}' || c == ']' || c == ')';
        if (depth == 0 && (closes || c == ',' || c == ':'))
            return at;
        if (is_quote(c)) {
            at = skip_string(text, at);
            continue;
        }
        if (c == '{' || c == '[' || c == '(')
            depth++;
        else if (closes)
            depth--;
        at++;
    }
    return text.len;
}

static bool next_is(struct tn_str text, size_t at, char c)
{
    return at < text.len && text.s[at] == c;
}

/* The key between at and end, without its prefix and quotes. */
static struct tn_str bare_key(struct tn_str text, size_t at, size_t end)
{
    struct tn_str key = tn_str_trim(tn_str_slice(text.s + at, end - at));
    while (key.len && !is_quote(key.s[0]) && tn_python_string_starts(key, 0))
        key = tn_str_from(key, 1);
    if (key.len >= 2 && is_quote(key.s[0]))
        key = tn_str_slice(key.s + 1, key.len - 2);
    return key;
}

/* The value of member `name` of the object that begins at *at. */
static bool enter_member(struct tn_str text, struct tn_str name, size_t *at)
{
    if (!next_is(text, *at, '{'))
        return false;
    size_t here = *at + 1;
    while (here < text.len) {
        here = tn_python_skip_blanks(text, here);
        size_t end = skip_value(text, here);
        if (!next_is(text, end, ':'))
            return false;
        size_t value = tn_python_skip_blanks(text, end + 1);
        if (tn_str_eq(bare_key(text, here, end), name)) {
            *at = value;
            return true;
        }
        end = skip_value(text, value);
        if (!next_is(text, end, ','))
            return false;
        here = end + 1;
    }
    return false;
}

/* From the item at *at to the one that is `count` items behind it. */
static bool skip_items(struct tn_str text, unsigned long count, size_t *at)
{
    size_t here = *at;
    for (; count > 0; count--) {
        size_t end = skip_value(text, here);
        if (!next_is(text, end, ','))
            return false;
        here = tn_python_skip_blanks(text, end + 1);
    }
    if (here >= text.len || memchr("])}", text.s[here], 3))
        return false;
    *at = here;
    return true;
}

/* Item `index` of the array that begins at *at. */
static bool enter_item(struct tn_str text, unsigned long index, size_t *at)
{
    if (*at >= text.len || !strchr("[({", text.s[*at]) || text.s[*at] == '\0')
        return false;
    size_t first = tn_python_skip_blanks(text, *at + 1);
    bool found = skip_items(text, index, &first);
    if (found)
        *at = first;
    return found;
}

/* Cuts the next step off *path: a name, or an index in brackets (then name is {NULL, 0}). False where it is malformed. */
static bool next_step(struct tn_str *path, struct tn_str *name, unsigned long *index)
{
    *name = (struct tn_str){NULL, 0};
    if (path->s[0] == '[') {
        size_t end = tn_str_find_char(*path, ']');
        if (end == TN_NO_OFFSET || !tn_str_uint(tn_str_slice(path->s + 1, end - 1), (unsigned long)-1, index))
            return false;
        *path = tn_str_from(*path, end + 1);
    } else {
        size_t end = 0;
        while (end < path->len && path->s[end] != '.' && path->s[end] != '[')
            end++;
        *name = tn_str_slice(path->s, end);
        *path = tn_str_from(*path, end);
    }
    if (path->len && path->s[0] == '.')
        *path = tn_str_from(*path, 1);
    return true;
}

/* One step of a path. */
struct step {
    struct tn_str name; /* {NULL, 0}: the item `index` */
    unsigned long index;
};

static bool same_step(const struct step *a, const struct step *b)
{
    return a->name.s && b->name.s ? tn_str_eq(a->name, b->name) : !a->name.s && !b->name.s && a->index == b->index;
}

/* Takes a step from *at. `before` is the step that was taken from there the last time, to finger->at[depth]; NULL where
 * there was none: an item is looked for from the one that was found then. */
static bool take_step(struct tn_str bytes, const struct step *step, const struct step *before, size_t before_at,
                      size_t *at)
{
    if (step->name.s)
        return enter_member(bytes, step->name, at);
    if (!before || before->name.s || before->index > step->index)
        return enter_item(bytes, step->index, at);
    size_t item = before_at;
    bool found = skip_items(bytes, step->index - before->index, &item);
    if (found)
        *at = item;
    return found;
}

static unsigned count_lines(struct tn_str bytes, size_t at, struct tn_json_finger *finger)
{
    bool behind = at >= finger->lines_at;
    size_t from = behind ? finger->lines_at : 0;
    finger->lines = (behind ? finger->lines : 0) + tn_str_line_ends(tn_str_slice(bytes.s + from, at - from));
    finger->lines_at = at;
    return finger->lines;
}

bool tn_json_locate_near(struct tn_str bytes, struct tn_str path, struct tn_json_finger *finger, size_t *offset,
                         unsigned *lines)
{
    struct tn_str last = finger->path, rest = path;
    size_t at = tn_python_skip_blanks(bytes, 0), depth = 0, known = finger->depth;
    bool found = true, same = true;
    for (; found && rest.len; depth++) {
        struct step step, before;
        bool has_before = same && depth < known && last.len && next_step(&last, &before.name, &before.index);
        found = next_step(&rest, &step.name, &step.index);
        if (found && has_before && same_step(&step, &before))
            at = finger->at[depth];
        else if (found)
            found = take_step(bytes, &step, has_before ? &before : NULL, has_before ? finger->at[depth] : 0, &at);
        same = has_before && same_step(&step, &before);
        if (found && depth < TN_FINGER_STEPS)
            finger->at[depth] = at;
        if (!found)
            break;
    }
    finger->path = path;
    finger->depth = depth < TN_FINGER_STEPS ? depth : TN_FINGER_STEPS;
    found = found && rest.len == 0;
    *offset = at;
    if (lines)
        *lines = count_lines(bytes, at, finger);
    return found;
}
