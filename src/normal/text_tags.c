/* SPDX-License-Identifier: MIT */
/* Backslash escapes and HTML tags. They are undone together, so that an escaped `<` can be told from one that opens a
 * tag. */
#include <stdlib.h>

#include "core/str.h"
#include "normal/text_stages.h"

/* What a tag is to the text. */
enum tag_kind { INLINE, LINE, BLOCK, PARAGRAPH, ITEM, CELL };

struct tag_name {
    const char *name;
    enum tag_kind kind;
};

static const struct tag_name tag_names[] = {
#define TN_TAG(name, kind) {name, kind},
#include "normal/tags.inc"
#undef TN_TAG
};

enum { NAME_MAX = 12 };

struct tag {
    enum tag_kind kind;
    size_t size; /* bytes from `<` to `>` */
};

/* The text while it is worked on: what is written never catches up with what is still to be read. */
struct edit {
    char *s;
    size_t len, read, written;
    size_t marker_end; /* what `written` was right behind the last "* " of an <li>; 0 where there was none */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_ascii_punctuation(char c)
{
    return c > ' ' && c < 0x7F && !tn_is_alnum(c);
}

static int by_name(const void *key, const void *row)
{
    return strcmp(key, ((const struct tag_name *)row)->name);
}

/* Reads the name at text.s[0]; its length, 0 where it is no name of a tag. */
static size_t read_name(struct tn_str text, enum tag_kind *kind)
{
    char name[NAME_MAX + 1];
    size_t len = 0;
    while (len < text.len && (tn_is_alnum(text.s[len]) || text.s[len] == ':')) {
        if (len == NAME_MAX)
            return 0;
        name[len] = tn_lower(text.s[len]);
        len++;
    }
    name[len] = '\0';
    const struct tag_name *row =
        bsearch(name, tag_names, sizeof tag_names / sizeof *tag_names, sizeof *tag_names, by_name);
    if (!row)
        return 0;
    *kind = row->kind;
    return len;
}

static bool in_bare_value(char c)
{
    return tn_is_alnum(c) || c == '#' || c == '%' || c == '.' || c == '_' || c == '-' || c == ':';
}

static bool in_attribute_name(char c)
{
    return tn_is_alnum(c) || c == ':' || c == '_' || c == '-';
}

static size_t run_length(struct tn_str text, size_t at, bool (*belongs)(char))
{
    size_t end = at;
    while (end < text.len && belongs(text.s[end]))
        end++;
    return end - at;
}

/* Length of `="value"`, `='value'` or `=value` at `at`; 0 where there is none. */
static size_t value_length(struct tn_str text, size_t at)
{
    if (at + 1 >= text.len || text.s[at] != '=')
        return 0;
    char quote = text.s[at + 1];
    if (quote != '"' && quote != '\'') {
        size_t bare = run_length(text, at + 1, in_bare_value);
        return bare ? bare + 1 : 0;
    }
    size_t end = tn_str_find_char(tn_str_from(text, at + 2), quote);
    return end == TN_NO_OFFSET ? 0 : end + 3;
}

/* The end of the tag whose name ends at `at`: one past `>`, or 0. Attributes must have a value, so that
 * `a <b and c> d` stays text. */
static size_t read_attributes(struct tn_str text, size_t at)
{
    for (;;) {
        size_t space = run_length(text, at, tn_is_space);
        at += space;
        if (at < text.len && text.s[at] == '>')
            return at + 1;
        if (at + 1 < text.len && text.s[at] == '/' && text.s[at + 1] == '>')
            return at + 2;
        size_t name = run_length(text, at, in_attribute_name);
        size_t value = value_length(text, at + name);
        if (space == 0 || name == 0 || value == 0)
            return 0;
        at += name + value;
    }
}

/* A tag longer than this is none: keeps the time linear whatever the text holds. */
enum { TAG_MAX = 2048 };

/* The tag that starts at text.s[0], a `<`. */
static bool read_tag(struct tn_str text, struct tag *tag)
{
    if (text.len > TAG_MAX)
        text.len = TAG_MAX;
    bool closing = text.len > 1 && text.s[1] == '/';
    size_t at = closing ? 2 : 1;
    size_t name = read_name(tn_str_from(text, at), &tag->kind);
    if (name == 0)
        return false;
    at += name;
    if (closing) {
        at += run_length(text, at, tn_is_space);
        tag->size = at < text.len && text.s[at] == '>' ? at + 1 : 0;
        tag->kind = tag->kind == ITEM ? BLOCK : tag->kind == CELL ? INLINE : tag->kind;
    } else {
        tag->size = read_attributes(text, at);
    }
    return tag->size != 0;
}

static void write_char(struct edit *edit, char c)
{
    edit->s[edit->written++] = c;
}

static void drop_blanks(struct edit *edit)
{
    while (edit->written && is_blank(edit->s[edit->written - 1]))
        edit->written--;
    if (edit->written < edit->marker_end)
        edit->marker_end = 0;
}

/* Line ends (\n, \r\n, \r) that the text written so far ends with, at most 2. */
static unsigned line_ends(const struct edit *edit)
{
    unsigned count = 0;
    size_t at = edit->written;
    while (count < 2 && at && (edit->s[at - 1] == '\n' || edit->s[at - 1] == '\r')) {
        at -= at > 1 && edit->s[at - 1] == '\n' && edit->s[at - 2] == '\r' ? 2 : 1;
        count++;
    }
    return count;
}

/* Makes the text so far end with `count` line ends, unless it is empty. */
static void break_line(struct edit *edit, unsigned count)
{
    drop_blanks(edit);
    for (unsigned have = line_ends(edit); edit->written && have < count; have++)
        write_char(edit, '\n');
}

static void skip_blanks(struct edit *edit)
{
    while (edit->read < edit->len && is_blank(edit->s[edit->read]))
        edit->read++;
}

/* White space behind a break is layout of the HTML: blanks and one line end. Empty lines are left alone. */
static void skip_layout(struct edit *edit)
{
    skip_blanks(edit);
    size_t at = edit->read;
    if (at < edit->len && edit->s[at] == '\r')
        at++;
    if (at < edit->len && edit->s[at] == '\n')
        at++;
    edit->read = at;
    skip_blanks(edit);
}

static void start_item(struct edit *edit)
{
    break_line(edit, 1);
    write_char(edit, '*');
    write_char(edit, ' ');
    edit->marker_end = edit->written;
}

/* What an item starts with belongs on the line of its marker: `<li>\n  <p>Adults`. */
static bool at_marker(const struct edit *edit)
{
    return edit->marker_end && edit->written == edit->marker_end;
}

static void skip_white(struct edit *edit)
{
    while (edit->read < edit->len && tn_is_space(edit->s[edit->read]))
        edit->read++;
}

static void make_break(struct edit *edit, enum tag_kind kind)
{
    switch (kind) {
    case INLINE:
        break;
    case CELL:
        drop_blanks(edit);
        if (edit->written && line_ends(edit) == 0)
            write_char(edit, ' ');
        break;
    case LINE:
        drop_blanks(edit);
        write_char(edit, '\n');
        break;
    case BLOCK:
        break_line(edit, 1);
        break;
    case PARAGRAPH:
        break_line(edit, 2);
        break;
    case ITEM:
        start_item(edit);
        break;
    }
}

static void apply(struct edit *edit, enum tag_kind kind)
{
    if (kind == INLINE)
        return;
    if (!at_marker(edit))
        make_break(edit, kind);
    if (at_marker(edit))
        skip_white(edit);
    else if (kind != CELL)
        skip_layout(edit);
}

static void undo_backslash(struct edit *edit)
{
    bool escapes = edit->read + 1 < edit->len && is_ascii_punctuation(edit->s[edit->read + 1]);
    edit->read += escapes ? 1 : 0;
    write_char(edit, edit->s[edit->read++]);
}

static void undo_tag(struct edit *edit)
{
    struct tag tag;
    if (read_tag(tn_str_slice(edit->s + edit->read, edit->len - edit->read), &tag)) {
        edit->read += tag.size;
        apply(edit, tag.kind);
    } else {
        write_char(edit, edit->s[edit->read++]);
    }
}

static void copy_plain_run(struct edit *edit)
{
    size_t end = edit->read;
    while (end < edit->len && edit->s[end] != '\\' && edit->s[end] != '<')
        end++;
    if (edit->written != edit->read)
        memmove(edit->s + edit->written, edit->s + edit->read, end - edit->read);
    edit->written += end - edit->read;
    edit->read = end;
}

size_t tn_text_undo_tags(char *s, size_t len)
{
    struct edit edit = {.s = s, .len = len};
    for (;;) {
        copy_plain_run(&edit);
        if (edit.read == len)
            return edit.written;
        if (s[edit.read] == '\\')
            undo_backslash(&edit);
        else
            undo_tag(&edit);
    }
}
