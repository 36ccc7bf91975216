/* SPDX-License-Identifier: MIT */
#include "normal/unwrap.h"

enum {
    MOST_LEVELS = 8,
    LINE_MORE = 2 * MOST_LEVELS * 8, /* what a line may grow by: breaks and its indentation */
    MARKER_MAX = 8,
    NARROW = 80, /* the registry wraps at 100 */
    SPARE = 12   /* columns that a line ended on purpose leaves free */
};

struct line {
    struct tn_str text; /* without blanks at both ends */
    size_t column;      /* where it begins, */
    size_t width;       /* where it ended in the source, whose wrapping counted `&lt;` as four */
};

struct level {
    size_t column;      /* of the item's marker in the source, */
    size_t text_column; /* ... and of its text */
    size_t inside;      /* indentation of what belongs to it */
};

struct unwrapping {
    char *out;
    size_t len;
    size_t longest;
    struct level levels[MOST_LEVELS];
    size_t depth;
    bool item; /* the block before was an item ... */
    size_t item_depth;
    struct line before; /* the line before; text.len 0: empty, or none */
};

static size_t written_width(struct tn_str text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.s[i];
        bool inside = (c & 0xC0) == 0x80; /* of a character */
        width += c == '<' || c == '>' ? 4 : c == '&' ? 5 : c == '"' ? 6 : inside ? 0 : 1;
    }
    return width;
}

static bool next_line(struct tn_str *rest, struct line *line)
{
    struct tn_str text;
    if (!tn_str_next_line(rest, &text))
        return false;
    *line = (struct line){.text = tn_str_trim(text)};
    while (line->column < text.len && tn_is_space(text.s[line->column]))
        line->column++;
    line->width = line->column + written_width(line->text);
    return true;
}

/* Bytes of the bullet or number that the text begins with, when a blank and more follow; 0: none. */
static size_t marker_len(struct tn_str text, bool *bullet)
{
    size_t len = 0;
    *bullet = text.len && (text.s[0] == '-' || text.s[0] == '*');
    if (*bullet)
        len = 1;
    else if ((*bullet = tn_str_starts(text, TN_LIT("\xE2\x80\xA2"))))
        len = 3;
    else {
        bool open = text.len && text.s[0] == '(';
        size_t at = open;
        while (at < text.len && at < 4 && tn_is_digit(text.s[at]))
            at++;
        if (at == (size_t)open && at < text.len && tn_is_alpha(text.s[at]))
            at++;
        bool closed = at > (size_t)open && at < text.len && (text.s[at] == ')' || (text.s[at] == '.' && !open));
        len = closed ? at + 1 : 0;
    }
    return len > 0 && len < text.len && len <= MARKER_MAX && tn_is_space(text.s[len]) ? len : 0;
}

static void put(struct unwrapping *un, struct tn_str text)
{
    memcpy(un->out + un->len, text.s, text.len);
    un->len += text.len;
}

static void put_indent(struct unwrapping *un, size_t columns)
{
    memset(un->out + un->len, ' ', columns);
    un->len += columns;
}

static size_t inside(const struct unwrapping *un)
{
    return un->depth ? un->levels[un->depth - 1].inside : 0;
}

static void leave_levels(struct unwrapping *un, size_t column)
{
    while (un->depth && un->levels[un->depth - 1].text_column > column)
        un->depth--;
}

static void put_item(struct unwrapping *un, const struct line *line, size_t marker, bool bullet)
{
    struct tn_str text = tn_str_trim(tn_str_from(line->text, marker));
    size_t column = line->column + (size_t)(text.s - line->text.s), indent;
    leave_levels(un, column ? column - 1 : 0);
    while (un->depth && un->levels[un->depth - 1].column >= line->column) /* `9.`, and `10.` right below it */
        un->depth--;
    indent = inside(un);
    bool deeper = un->item && un->depth > un->item_depth;
    if (un->len)
        put(un, un->item && !deeper ? TN_LIT("\n") : TN_LIT("\n\n"));
    put_indent(un, indent);
    put(un, bullet ? TN_LIT("*") : tn_str_slice(line->text.s, marker));
    put(un, TN_LIT(" "));
    put(un, text);
    un->item = true;
    un->item_depth = un->depth;
    if (un->depth < MOST_LEVELS)
        un->levels[un->depth++] = (struct level){line->column, column, indent + (bullet ? 2 : marker + 1)};
}

static void put_paragraph(struct unwrapping *un, const struct line *line)
{
    leave_levels(un, line->column);
    if (un->len)
        put(un, TN_LIT("\n\n"));
    put_indent(un, inside(un));
    put(un, line->text);
    un->item = false;
}

/* The line before had room for the first word of this one, and `spare` columns more. */
static bool had_room(const struct unwrapping *un, const struct line *line, size_t spare)
{
    size_t word = 0;
    while (word < line->text.len && !tn_is_space(line->text.s[word]))
        word++;
    return un->before.width + 1 + written_width(tn_str_slice(line->text.s, word)) + spare <= un->longest;
}

/* A marker behind a line of text: in a wrapped text it may be a dash or number in a sentence. */
static bool begins_item(const struct unwrapping *un, const struct line *line)
{
    return un->longest < NARROW || line->column != un->before.column || had_room(un, line, SPARE);
}

static bool ends_with_colon(struct tn_str text)
{
    return text.len > 0 && text.s[text.len - 1] == ':';
}

/* A line that was ended on purpose: a heading or what is under one, where the text is too narrow to be wrapped by the
 * registry; or there was room, well short of the longest line. */
static bool begins_line(const struct unwrapping *un, const struct line *line)
{
    bool narrow = un->longest < NARROW;
    return had_room(un, line, SPARE) || (narrow && ends_with_colon(un->before.text)) ||
           (narrow && un->item && ends_with_colon(line->text) && tn_is_upper(line->text.s[0]));
}

static void put_line(struct unwrapping *un, const struct line *line)
{
    bool bullet, first = un->before.text.len == 0;
    size_t marker = marker_len(line->text, &bullet);
    if (marker && (first || begins_item(un, line))) {
        put_item(un, line, marker, bullet);
    } else if (first) {
        put_paragraph(un, line);
    } else if (begins_line(un, line) && un->item && line->column <= un->before.column) {
        un->depth = 0;
        put_paragraph(un, line);
    } else if (begins_line(un, line)) {
        put(un, TN_LIT("\n"));
        put_indent(un, inside(un));
        put(un, line->text);
    } else {
        put(un, TN_LIT(" "));
        put(un, line->text);
    }
}

struct tn_str tn_text_unwrap(struct tn_arena *arena, struct tn_str raw)
{
    struct unwrapping un = {0};
    struct tn_str rest = raw;
    struct line line;
    size_t lines = 0;
    for (; next_line(&rest, &line); lines++)
        un.longest = line.width > un.longest && line.text.len ? line.width : un.longest;
    un.out = tn_arena_alloc(arena, raw.len + lines * LINE_MORE + 1);
    if (!un.out)
        return (struct tn_str){NULL, 0};
    for (rest = raw; next_line(&rest, &line); un.before = line)
        if (line.text.len)
            put_line(&un, &line);
    un.out[un.len] = '\0';
    return tn_str_slice(un.out, un.len);
}
