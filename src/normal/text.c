/* SPDX-License-Identifier: MIT */
#include "normal/text.h"

#include "core/bytes.h"
#include "core/utf8.h"
#include "normal/text_stages.h"

/* Most texts are clean as they come. So one look over the bytes comes first (`survey`), sixteen at a time, and only what
 * it asks for is done, on a copy. */
enum need { NEEDS_REPAIR = 1, NEEDS_MARKUP = 2, NEEDS_LINES = 4, NEEDS_NFC = 8, NEEDS_ROOM = 16 };

struct survey {
    unsigned needs;
    size_t growth; /* bytes that U+FFFD takes more than what it replaces */
};

/* What a character asks for. */
enum kind { CALM, LINE_END, CONTROL, MARK, WIDE, BREAK, INVALID };

/* \n is judged by its neighbours. */
static const unsigned char ascii_kinds[128] = {
    [0] = CONTROL,     [1] = CONTROL,  [2] = CONTROL,  [3] = CONTROL,  [4] = CONTROL,  [5] = CONTROL,
    [6] = CONTROL,     [7] = CONTROL,  [8] = CONTROL,  [10] = LINE_END, [11] = CONTROL, [12] = CONTROL,
    [13] = BREAK,      [14] = CONTROL, [15] = CONTROL, [16] = CONTROL, [17] = CONTROL, [18] = CONTROL,
    [19] = CONTROL,    [20] = CONTROL, [21] = CONTROL, [22] = CONTROL, [23] = CONTROL, [24] = CONTROL,
    [25] = CONTROL,    [26] = CONTROL, [27] = CONTROL, [28] = CONTROL, [29] = CONTROL, [30] = CONTROL,
    [31] = CONTROL,    ['\\'] = MARK,  ['&'] = MARK,   ['<'] = MARK,   [127] = CONTROL,
};

/* Which of sixteen bytes may be more than a calm character: under 0x20, over 0x7E, or a mark. */
static inline tn_bytes stirs(tn_bytes bytes, bool markup)
{
    tn_bytes found = (tn_bytes)(bytes < tn_bytes_each(0x20)) | (tn_bytes)(bytes > tn_bytes_each(0x7E));
    if (markup)
        found |= (tn_bytes)(bytes == tn_bytes_each('\\')) | (tn_bytes)(bytes == tn_bytes_each('&')) |
                 (tn_bytes)(bytes == tn_bytes_each('<'));
    return found;
}

static inline bool is_calm(unsigned char byte, bool markup)
{
    return byte < 0x80 && (ascii_kinds[byte] == CALM || (!markup && ascii_kinds[byte] == MARK));
}

static inline size_t skip_calm(struct tn_str text, size_t at, bool markup)
{
    for (; at + TN_BYTES <= text.len; at += TN_BYTES) {
        size_t first = tn_bytes_first(stirs(tn_bytes_load(text.s + at), markup));
        if (first < TN_BYTES) {
            at += first;
            break;
        }
    }
    /* The last bytes once more with those before them, where there are enough. */
    if (at < text.len && at + TN_BYTES > text.len && text.len >= TN_BYTES &&
        tn_bytes_first(stirs(tn_bytes_load(text.s + text.len - TN_BYTES), markup)) == TN_BYTES)
        return text.len;
    if (at == 0 && text.len >= 4 && text.len < TN_BYTES &&
        tn_bytes_first(stirs(tn_bytes_load_short(text.s, text.len), markup)) == TN_BYTES)
        return text.len;
    while (at < text.len && is_calm((unsigned char)text.s[at], markup))
        at++;
    return at;
}

/* An encoded surrogate is three bytes of one lost character. */
static bool is_surrogate(const unsigned char *p, size_t left)
{
    return left >= 3 && p[0] == 0xED && p[1] >= 0xA0 && p[1] <= 0xBF && (p[2] & 0xC0) == 0x80;
}

static enum kind wide_kind(struct tn_str rest, size_t *size)
{
    uint32_t character = tn_utf8_next(rest, size);
    if (character == 0xFFFD && *size == 1) {
        *size = is_surrogate((const unsigned char *)rest.s, rest.len) ? 3 : 1;
        return INVALID;
    }
    if (character == 0x85 || character == 0x2028 || character == 0x2029)
        return BREAK;
    if (character < 0xA0)
        return CONTROL;
    return character < 0x300 ? CALM : WIDE;
}

/* Kind and size of the character at `at`. */
static inline enum kind kind_at(struct tn_str text, size_t at, size_t *size)
{
    const unsigned char *p = (const unsigned char *)text.s + at;
    *size = 1;
    if (p[0] < 0x80)
        return (enum kind)ascii_kinds[p[0]];
    /* U+00A0 to U+02FF: valid, and never changed by NFC on their own. */
    if (p[0] >= 0xC2 && p[0] <= 0xCB && at + 1 < text.len && (p[1] & 0xC0) == 0x80 && (p[0] > 0xC2 || p[1] >= 0xA0)) {
        *size = 2;
        return CALM;
    }
    return wide_kind(tn_str_from(text, at), size);
}

/* A line end is fine unless blanks stand before it or two more follow. 0xA0 ends a no-break space (and an `à`, which
 * costs that text a second look and nothing else). */
static bool line_end_is_fine(struct tn_str text, size_t at)
{
    unsigned char before = at ? (unsigned char)text.s[at - 1] : 'x';
    bool third = at + 2 < text.len && text.s[at + 1] == '\n' && text.s[at + 2] == '\n';
    return before != ' ' && before != '\t' && before != 0xA0 && !third;
}

/* True where <sup> or <sub>, which may become longer, can start. */
static bool may_open_script(struct tn_str rest)
{
    return rest.len > 3 && rest.s[0] == '<' && tn_lower(rest.s[1]) == 's' && tn_lower(rest.s[2]) == 'u';
}

static inline void judge(struct survey *survey, struct tn_str text, size_t at, enum kind kind, size_t size)
{
    switch (kind) {
    case CALM:
        break;
    case LINE_END:
        if (!line_end_is_fine(text, at))
            survey->needs |= NEEDS_LINES;
        break;
    case BREAK:
        survey->needs |= NEEDS_LINES;
        break;
    case MARK:
        survey->needs |= may_open_script(tn_str_from(text, at)) ? NEEDS_MARKUP | NEEDS_ROOM : NEEDS_MARKUP;
        break;
    case WIDE:
        survey->needs |= NEEDS_NFC;
        break;
    case CONTROL:
    case INVALID:
        survey->needs |= NEEDS_REPAIR;
        survey->growth += 3 - size;
        break;
    }
}

static inline struct survey survey_text(struct tn_str text, bool markup)
{
    struct survey survey = {0, 0};
    size_t at = 0, size;
    while ((at = skip_calm(text, at, markup)) < text.len) {
        enum kind kind = kind_at(text, at, &size);
        judge(&survey, text, at, kind, size);
        at += size;
    }
    return survey;
}

/* A copy that can be written to, with room for a NUL behind it, and U+FFFD for what is no text. */
static char *repaired_copy(struct tn_arena *arena, struct tn_str text, struct survey survey, size_t *len)
{
    char *copy = tn_arena_alloc(arena, text.len + survey.growth + 1);
    bool repair = (survey.needs & NEEDS_REPAIR) != 0;
    size_t done = 0, size;
    *len = 0;
    if (!copy)
        return NULL;
    for (size_t at = 0; repair && (at = skip_calm(text, at, false)) < text.len; at += size) {
        enum kind kind = kind_at(text, at, &size);
        if (kind != CONTROL && kind != INVALID)
            continue;
        memcpy(copy + *len, text.s + done, at - done);
        *len += at - done;
        memcpy(copy + *len, TN_REPLACEMENT, 3);
        *len += 3;
        done = at + size;
    }
    memcpy(copy + *len, text.s + done, text.len - done);
    *len += text.len - done;
    return copy;
}

/* What Unicode calls white space, no-break spaces too. */
static bool is_white(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Size of the white character that ends `text`, 0 where none does. */
static size_t white_at_end(struct tn_str text)
{
    for (size_t size = 2, used; size <= 3 && size <= text.len; size++)
        if (is_white(tn_utf8_next(tn_str_from(text, text.len - size), &used)) && used == size)
            return size;
    return 0;
}

static bool is_wide(char c)
{
    return (unsigned char)c >= 0x80;
}

/* Without white space at both ends, and without a byte-order mark at the start. */
static struct tn_str trim(struct tn_str text)
{
    size_t size;
    text = tn_str_trim(text);
    while (text.len && is_wide(text.s[0])) {
        uint32_t character = tn_utf8_next(text, &size);
        if (!is_white(character) && character != 0xFEFF)
            break;
        text = tn_str_trim(tn_str_from(text, size));
    }
    while (text.len && is_wide(text.s[text.len - 1]) && (size = white_at_end(text)) > 0)
        text = tn_str_trim(tn_str_slice(text.s, text.len - size));
    return text;
}

/* A copy that can be written to, without tags and entities. */
static char *copy_without_markup(struct tn_arena *arena, struct tn_str text, struct survey survey, size_t *len,
                                 bool *repaired)
{
    if (survey.needs & NEEDS_REPAIR) {
        text.s = repaired_copy(arena, text, survey, len);
        text.len = *len;
    }
    char *copy = tn_arena_alloc(arena, (survey.needs & NEEDS_ROOM ? TN_TAGS_ROOM(text.len) : text.len) + 1);
    if (!text.s || !copy)
        return NULL;
    *len = tn_text_undo_tags(text, copy);
    *len = tn_text_undo_entities(copy, *len, repaired);
    return copy;
}

/* The stages that `survey` asks for, on a copy. */
static struct tn_str worked_over(struct tn_arena *arena, struct tn_str text, struct survey survey, bool *repaired)
{
    size_t len;
    char *copy = survey.needs & NEEDS_MARKUP ? copy_without_markup(arena, text, survey, &len, repaired)
                                             : repaired_copy(arena, text, survey, &len);
    if (!copy)
        return (struct tn_str){NULL, 0};
    if (survey.needs & (NEEDS_MARKUP | NEEDS_LINES))
        len = tn_text_even_lines(copy, len);
    struct tn_str trimmed = trim(tn_str_slice(copy, len));
    copy[(size_t)(trimmed.s - copy) + trimmed.len] = '\0';
    return survey.needs & (NEEDS_MARKUP | NEEDS_NFC) ? tn_utf8_nfc(arena, trimmed) : trimmed;
}

static inline struct tn_str clean(struct tn_arena *arena, struct tn_str raw, bool stable, bool markup, unsigned *flags)
{
    if (!raw.s)
        return (struct tn_str){NULL, 0};
    struct tn_str text = trim(raw);
    if (text.len == 0)
        return TN_LIT("");
    struct survey survey = survey_text(text, markup);
    bool repaired = (survey.needs & NEEDS_REPAIR) != 0;
    if (survey.needs == NEEDS_NFC && tn_utf8_is_nfc(text))
        survey.needs = 0;
    if (survey.needs)
        text = worked_over(arena, text, survey, &repaired);
    else if (!stable || text.s + text.len != raw.s + raw.len)
        text = tn_str_copy(arena, text);
    if (flags)
        *flags |= tn_text_flags(text) | (repaired ? TN_TEXT_REPAIRED : 0U);
    return text;
}

struct tn_str tn_text_calm(struct tn_arena *arena, struct tn_str raw, bool raw_is_stable, unsigned *flags)
{
    struct tn_str text = tn_str_trim(raw);
    if (text.len == 0)
        return TN_LIT("");
    if (flags)
        *flags |= tn_text_flags(text);
    return raw_is_stable && text.s + text.len == raw.s + raw.len ? text : tn_str_copy(arena, text);
}

struct tn_str tn_text_plain(struct tn_arena *arena, struct tn_str raw, bool raw_is_stable, unsigned *flags)
{
    return clean(arena, raw, raw_is_stable, false, flags);
}

struct tn_str tn_text_markup(struct tn_arena *arena, struct tn_str raw, bool raw_is_stable, unsigned *flags)
{
    return clean(arena, raw, raw_is_stable, true, flags);
}
