/* SPDX-License-Identifier: MIT */
/* Backslash escapes and HTML tags. They are undone together, so that an escaped `<` can be told from one that opens a
 * tag. */
#include <utf8proc.h>

#include "core/bytes.h"
#include "core/utf8.h"
#include "normal/text_stages.h"
#include "normal/text_tag.h"

/* The text while it is worked on. What is written is never longer than what was read, but for superscripts. */
struct edit {
    struct tn_str text;
    size_t read;
    char *out;
    size_t written;
    size_t marker_end;     /* what `written` was right behind the last "* " of an <li>; 0 where there was none */
    struct tn_str address; /* of the link that is open, as it stands in the tag; empty where none is */
    size_t link_start;     /* what `written` was at its tag */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void write_char(struct edit *edit, char c)
{
    edit->out[edit->written++] = c;
}

static void drop_blanks(struct edit *edit)
{
    while (edit->written && is_blank(edit->out[edit->written - 1]))
        edit->written--;
    if (edit->written < edit->marker_end)
        edit->marker_end = 0;
    if (edit->written < edit->link_start)
        edit->link_start = edit->written;
}

/* Line ends (\n, \r\n, \r) that the text written so far ends with, at most 2. */
static unsigned line_ends(const struct edit *edit)
{
    unsigned count = 0;
    size_t at = edit->written;
    while (count < 2 && at && (edit->out[at - 1] == '\n' || edit->out[at - 1] == '\r')) {
        at -= at > 1 && edit->out[at - 1] == '\n' && edit->out[at - 2] == '\r' ? 2 : 1;
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
    while (edit->read < edit->text.len && is_blank(edit->text.s[edit->read]))
        edit->read++;
}

/* White space behind a break is layout of the HTML: blanks and one line end. Empty lines are left alone. */
static void skip_layout(struct edit *edit)
{
    skip_blanks(edit);
    size_t at = edit->read;
    if (at < edit->text.len && edit->text.s[at] == '\r')
        at++;
    if (at < edit->text.len && edit->text.s[at] == '\n')
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
    while (edit->read < edit->text.len && tn_is_space(edit->text.s[edit->read]))
        edit->read++;
}

static void make_break(struct edit *edit, enum tn_tag_kind kind)
{
    switch (kind) {
    case TN_TAG_INLINE:
    case TN_TAG_LINK:
    case TN_TAG_IMAGE:
    case TN_TAG_SUP:
    case TN_TAG_SUB:
        break;
    case TN_TAG_CELL:
        drop_blanks(edit);
        if (edit->written && line_ends(edit) == 0)
            write_char(edit, ' ');
        break;
    case TN_TAG_LINE:
        drop_blanks(edit);
        write_char(edit, '\n');
        break;
    case TN_TAG_BLOCK:
        break_line(edit, 1);
        break;
    case TN_TAG_PARAGRAPH:
        break_line(edit, 2);
        break;
    case TN_TAG_ITEM:
        start_item(edit);
        break;
    }
}

static void apply_break(struct edit *edit, enum tn_tag_kind kind)
{
    if (!at_marker(edit))
        make_break(edit, kind);
    if (at_marker(edit))
        skip_white(edit);
    else if (kind != TN_TAG_CELL)
        skip_layout(edit);
}

static struct tn_str rest_of(const struct edit *edit)
{
    return tn_str_from(edit->text, edit->read);
}

/* Writes the value of an attribute. */
static void write_value(struct edit *edit, struct tn_str value)
{
    for (size_t at = 0; at < value.len; at++) {
        if (value.s[at] == '\\' && at + 1 < value.len && tn_is_punctuation(value.s[at + 1]))
            at++;
        write_char(edit, value.s[at]);
    }
}

/* What is worth telling of an href: no place on the same page, no script; of a mail address the bare address. */
static struct tn_str address_of(struct tn_str href)
{
    href = tn_str_trim(href);
    if (tn_str_starts(href, TN_LIT("#")) || tn_str_starts_fold(href, TN_LIT("javascript:")))
        return TN_LIT("");
    if (!tn_str_starts_fold(href, TN_LIT("mailto:")))
        return href;
    href = tn_str_from(href, strlen("mailto:"));
    size_t end = tn_str_find_char(href, '?');
    return end == TN_NO_OFFSET ? href : tn_str_slice(href.s, end);
}

/* Equal, `&amp;` being `&`: entities are not undone yet. */
static bool same_address(struct tn_str a, struct tn_str b)
{
    while (a.len && b.len && a.s[0] == b.s[0]) {
        bool entity_a = tn_str_starts(a, TN_LIT("&amp;")), entity_b = tn_str_starts(b, TN_LIT("&amp;"));
        a = tn_str_from(a, entity_a ? strlen("&amp;") : 1);
        b = tn_str_from(b, entity_b ? strlen("&amp;") : 1);
    }
    return a.len == 0 && b.len == 0;
}

/* `https://x` without `https://`; `x?u=https://y` as it is. */
static struct tn_str without_scheme(struct tn_str address)
{
    size_t end = 0;
    while (end < address.len && tn_is_alnum(address.s[end]))
        end++;
    struct tn_str rest = tn_str_from(address, end);
    return tn_str_starts(rest, TN_LIT("://")) ? tn_str_from(rest, 3) : address;
}

static bool tells_address(struct tn_str text, struct tn_str address)
{
    if (tn_str_starts_fold(text, TN_LIT("mailto:")))
        text = tn_str_from(text, strlen("mailto:"));
    return same_address(text, address) || same_address(text, without_scheme(address));
}

/* Writes ` (address)` behind the text of the link, unless that text tells it. */
static void write_address(struct edit *edit, struct tn_str address)
{
    size_t end = edit->written;
    struct tn_str text = tn_str_trim(tn_str_slice(edit->out + edit->link_start, end - edit->link_start));
    if (end && !tn_is_space(edit->out[end - 1]))
        write_char(edit, ' ');
    write_char(edit, '(');
    size_t start = edit->written;
    write_value(edit, address);
    if (tells_address(text, tn_str_slice(edit->out + start, edit->written - start)))
        edit->written = end;
    else
        write_char(edit, ')');
}

/* The address comes before the white space that the link ends with, which waits behind the room for it. */
static void close_link(struct edit *edit)
{
    struct tn_str address = edit->address;
    edit->address.len = 0;
    if (address.len == 0)
        return;
    size_t end = edit->written;
    while (end > edit->link_start && tn_is_space(edit->out[end - 1]))
        end--;
    size_t white = edit->written - end;
    char *waiting = edit->out + end + address.len + strlen(" ()");
    memmove(waiting, edit->out + end, white);
    edit->written = end;
    write_address(edit, address);
    memmove(edit->out + edit->written, waiting, white);
    edit->written += white;
}

static void open_link(struct edit *edit, struct tn_str href)
{
    close_link(edit);
    edit->address = address_of(href);
    edit->link_start = edit->written;
}

static bool ends_with_letter_or_digit(const struct edit *edit)
{
    size_t at = edit->written, size;
    if (at == 0)
        return false;
    for (at--; at && edit->written - at < 4 && (edit->out[at] & 0xC0) == 0x80;)
        at--;
    uint32_t character = tn_utf8_next(tn_str_slice(edit->out + at, edit->written - at), &size);
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

/* What cannot be raised as a whole must not run into the number or word before it: `10<sup>9 a</sup>` is `10^9 a`. */
static void open_script(struct edit *edit, enum tn_tag_kind kind)
{
    struct tn_script script = tn_script_read(rest_of(edit), kind);
    if (script.size) {
        memcpy(edit->out + edit->written, script.forms, script.len);
        edit->written += script.len;
        edit->read += script.size;
    } else if (kind == TN_TAG_SUP && script.has_digit && ends_with_letter_or_digit(edit)) {
        write_char(edit, '^');
    }
}

static void open_tag(struct edit *edit, const struct tn_tag *tag)
{
    if (tag->kind == TN_TAG_LINK)
        open_link(edit, tag->value);
    else if (tag->kind == TN_TAG_IMAGE)
        write_value(edit, tag->value);
    else if (tag->kind == TN_TAG_SUP || tag->kind == TN_TAG_SUB)
        open_script(edit, tag->kind);
    else if (tag->kind != TN_TAG_INLINE)
        apply_break(edit, tag->kind);
}

static void close_tag(struct edit *edit, enum tn_tag_kind kind)
{
    if (kind == TN_TAG_LINK)
        close_link(edit);
    else if (kind == TN_TAG_ITEM)
        apply_break(edit, TN_TAG_BLOCK);
    else if (kind == TN_TAG_LINE || kind == TN_TAG_BLOCK || kind == TN_TAG_PARAGRAPH)
        apply_break(edit, kind);
}

static void undo_tag(struct edit *edit)
{
    struct tn_tag tag;
    if (!tn_tag_read(rest_of(edit), &tag)) {
        write_char(edit, edit->text.s[edit->read++]);
        return;
    }
    edit->read += tag.size;
    if (tag.closing)
        close_tag(edit, tag.kind);
    else
        open_tag(edit, &tag);
}

static void undo_backslash(struct edit *edit)
{
    bool escapes = edit->read + 1 < edit->text.len && tn_is_punctuation(edit->text.s[edit->read + 1]);
    edit->read += escapes ? 1 : 0;
    write_char(edit, edit->text.s[edit->read++]);
}

static void copy_plain_run(struct edit *edit)
{
    size_t end = tn_bytes_find_either(edit->text.s, edit->read, edit->text.len, '\\', '<');
    memcpy(edit->out + edit->written, edit->text.s + edit->read, end - edit->read);
    edit->written += end - edit->read;
    edit->read = end;
}

size_t tn_text_undo_tags(struct tn_str text, char *out)
{
    struct edit edit = {.text = text, .out = out};
    for (;;) {
        copy_plain_run(&edit);
        if (edit.read == text.len)
            break;
        if (text.s[edit.read] == '\\')
            undo_backslash(&edit);
        else
            undo_tag(&edit);
    }
    close_link(&edit);
    return edit.written;
}
