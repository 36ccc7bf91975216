/* SPDX-License-Identifier: MIT */
/* A block of text -> its lines. */
#include "core/buf.h"
#include "normal/criteria_parts.h"

size_t tn_crit_blank(struct tn_str s)
{
    if (s.len && tn_is_space(s.s[0]))
        return 1;
    if (s.len >= 2 && memcmp(s.s, "\xC2\xA0", 2) == 0)
        return 2;
    return s.len >= 3 && memcmp(s.s, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
}

struct tn_str tn_crit_trim(struct tn_str s)
{
    for (size_t n; (n = tn_crit_blank(s)) != 0;)
        s = tn_str_from(s, n);
    for (;;) {
        if (s.len && tn_is_space(s.s[s.len - 1]))
            s.len--;
        else if (s.len >= 2 && memcmp(s.s + s.len - 2, "\xC2\xA0", 2) == 0)
            s.len -= 2;
        else
            return s;
    }
}

size_t tn_crit_columns(struct tn_str text)
{
    size_t columns = 0;
    for (size_t i = 0; i < text.len; i++)
        columns += ((unsigned char)text.s[i] & 0xC0) != 0x80;
    return columns;
}

/* ---- markup that ends lines ---- */

enum breaks { BREAK_NONE, BREAK_LINE, BREAK_PARAGRAPH, BREAK_ITEM, BREAK_LIST, BREAK_LIST_END };

static const struct {
    const char *name;
    enum breaks breaks;
} break_tags[] = {
    {"br", BREAK_LINE},        {"p", BREAK_PARAGRAPH},  {"/p", BREAK_PARAGRAPH},  {"li", BREAK_ITEM},
    {"/li", BREAK_LINE},       {"ul", BREAK_LIST},      {"ol", BREAK_LIST},       {"/ul", BREAK_LIST_END},
    {"/ol", BREAK_LIST_END},   {"div", BREAK_LINE},     {"/div", BREAK_LINE},     {"tr", BREAK_LINE},
    {"/tr", BREAK_LINE},       {"h1", BREAK_PARAGRAPH}, {"h2", BREAK_PARAGRAPH},  {"h3", BREAK_PARAGRAPH},
    {"h4", BREAK_PARAGRAPH},   {"/h1", BREAK_LINE},     {"/h2", BREAK_LINE},      {"/h3", BREAK_LINE},
    {"/h4", BREAK_LINE},
};

/* What the tag at text.s[0] == '<' breaks, and its length. */
static enum breaks break_at(struct tn_str text, size_t *len)
{
    size_t end = 1;
    while (end < text.len && end < 6 && (tn_is_alnum(text.s[end]) || (end == 1 && text.s[end] == '/')))
        end++;
    struct tn_str name = tn_str_slice(text.s + 1, end - 1);
    struct tn_str inside = tn_str_slice(text.s, text.len < 200 ? text.len : 200); /* attributes are short */
    size_t close = tn_str_find_char(inside, '>');
    if (close == TN_NO_OFFSET || (text.s[end] != '>' && text.s[end] != '/' && !tn_is_space(text.s[end])))
        return BREAK_NONE;
    *len = close + 1;
    for (size_t i = 0; i < sizeof break_tags / sizeof *break_tags; i++)
        if (tn_str_eq_fold(name, tn_str_of(break_tags[i].name)))
            return break_tags[i].breaks;
    return BREAK_NONE;
}

/* The next tag that breaks, from byte `from`; TN_NO_OFFSET. A `\<` is no tag. */
static size_t next_break(struct tn_str text, size_t from, enum breaks *breaks, size_t *len)
{
    while (from < text.len) {
        const char *at = memchr(text.s + from, '<', text.len - from);
        if (!at)
            break;
        from = (size_t)(at - text.s);
        *breaks = from && text.s[from - 1] == '\\' ? BREAK_NONE : break_at(tn_str_from(text, from), len);
        if (*breaks != BREAK_NONE)
            return from;
        from++;
    }
    return TN_NO_OFFSET;
}

struct breaker {
    struct tn_buf out;
    int depth;    /* of lists */
    bool ended;   /* the line has just been ended, by a \n of the text; a <br> beside it says the same */
    bool by_tag;  /* or by a tag */
};

/* Text between two tags. ICTRP writes `\n<br>`, others `<br>\n`: both are one line end. */
static void breaker_text(struct breaker *b, struct tn_str text)
{
    struct tn_str left = text;
    while (left.len && (left.s[0] == ' ' || left.s[0] == '\t'))
        left = tn_str_from(left, 1);
    if (b->by_tag && left.len && (left.s[0] == '\n' || left.s[0] == '\r')) {
        size_t skip = left.len > 1 && left.s[0] == '\r' && left.s[1] == '\n' ? 2 : 1;
        text = tn_str_from(left, skip);
    }
    tn_buf_str(&b->out, text);
    struct tn_str tail = text;
    while (tail.len && (tail.s[tail.len - 1] == ' ' || tail.s[tail.len - 1] == '\t'))
        tail.len--;
    b->ended = tail.len && (tail.s[tail.len - 1] == '\n' || tail.s[tail.len - 1] == '\r');
    b->by_tag = b->by_tag && left.len == 0;
}

static void breaker_tag(struct breaker *b, enum breaks breaks)
{
    if (breaks == BREAK_LIST)
        b->depth++;
    else if (breaks == BREAK_LIST_END && b->depth)
        b->depth--;
    if (!b->ended || breaks != BREAK_LINE)
        tn_buf_char(&b->out, '\n');
    if (breaks == BREAK_PARAGRAPH)
        tn_buf_char(&b->out, '\n');
    if (breaks == BREAK_ITEM) {
        for (int i = 1; i < b->depth && i < TN_CRIT_DEEPEST; i++)
            tn_buf_add(&b->out, "  ", 2);
        tn_buf_add(&b->out, "* ", 2);
    }
    b->by_tag = !b->ended && breaks == BREAK_LINE;
    b->ended = false;
}

static bool break_lines(struct tn_arena *arena, struct tn_str *text)
{
    enum breaks breaks = BREAK_NONE;
    size_t len = 0, from = 0, at = next_break(*text, 0, &breaks, &len);
    if (at == TN_NO_OFFSET)
        return true;
    struct breaker b = {.depth = 0};
    tn_buf_init(&b.out, text->len * 5 + 16);
    for (; at != TN_NO_OFFSET; at = next_break(*text, from, &breaks, &len)) {
        breaker_text(&b, tn_str_slice(text->s + from, at - from));
        breaker_tag(&b, breaks);
        from = at + len;
    }
    breaker_text(&b, tn_str_from(*text, from));
    *text = b.out.failed ? (struct tn_str){NULL, 0} : tn_str_copy(arena, tn_str_slice(b.out.data, b.out.len));
    tn_buf_release(&b.out);
    return text->s != NULL;
}

/* ---- rows ---- */

/* A line without a word: a rule such as `-----`, a lone full stop. A bullet on a line of its own is none: the text may
 * stand on the next line. */
static bool is_rule(struct tn_str line)
{
    size_t signs = 0;
    bool bullets = true;
    for (size_t i = 0; i < line.len; i++) {
        if (tn_is_alnum(line.s[i]) || (unsigned char)line.s[i] >= 0x80)
            return false;
        signs += line.s[i] != '\\';
        bullets = bullets && strchr("*-+\\ ", line.s[i] ? line.s[i] : '.');
    }
    return !bullets || signs > 2;
}

struct cutter {
    struct tn_str rest;
    const char *newline; /* the next \n, looked for once: a text of many \r stays cheap */
};

static const char *newline_in(struct tn_str text)
{
    return text.len ? memchr(text.s, '\n', text.len) : NULL;
}

/* The next line, ended by \n, \r\n or a lone \r. */
static bool next_line(struct cutter *cutter, struct tn_str *line)
{
    struct tn_str rest = cutter->rest;
    if (rest.len == 0)
        return false;
    if (cutter->newline && cutter->newline < rest.s)
        cutter->newline = newline_in(rest);
    size_t len = cutter->newline ? (size_t)(cutter->newline - rest.s) : rest.len;
    const char *lone = len ? memchr(rest.s, '\r', len) : NULL;
    if (lone)
        len = (size_t)(lone - rest.s);
    *line = tn_str_slice(rest.s, len);
    cutter->rest = tn_str_from(rest, len + (lone && lone + 1 == cutter->newline ? 2 : 1));
    return true;
}

static unsigned indent_of(struct tn_str *line)
{
    unsigned columns = 0;
    for (size_t n; (n = tn_crit_blank(*line)) != 0; *line = tn_str_from(*line, n))
        if (columns < 1000)
            columns = line->s[0] == '\t' ? (columns | 3) + 1 : columns + 1;
    return columns;
}

static bool add_row(struct tn_arena *arena, struct tn_crit_rows *rows, size_t *room, struct tn_crit_row row)
{
    if (rows->count == *room) {
        size_t more = *room ? *room * 2 : 64;
        rows->row = tn_arena_grow(arena, rows->row, *room * sizeof row, more * sizeof row);
        *room = more;
    }
    if (!rows->row)
        return false;
    rows->row[rows->count++] = row;
    return true;
}

bool tn_crit_cut(struct tn_arena *arena, struct tn_str *text, bool markup, struct tn_crit_rows *rows)
{
    *rows = (struct tn_crit_rows){NULL, 0};
    if (markup && !break_lines(arena, text))
        return false;
    struct cutter cutter = {*text, newline_in(*text)};
    struct tn_str line;
    size_t room = 0;
    bool apart = true;
    while (next_line(&cutter, &line)) {
        unsigned indent = indent_of(&line);
        line = tn_crit_trim(line);
        bool empty = line.len == 0 || is_rule(line);
        if (!empty && !add_row(arena, rows, &room, (struct tn_crit_row){line, indent, apart}))
            return false;
        apart = empty;
    }
    return true;
}
