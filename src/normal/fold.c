/* SPDX-License-Identifier: MIT */
#include "normal/fold.h"

#include <utf8proc.h>

#include "core/utf8.h"

struct fold {
    char *out;
    size_t len;
    bool gap; /* a space is due before the next letter */
    bool full;
};

static void put(struct fold *fold, const char *s, size_t len)
{
    size_t gap = fold->gap && fold->len > 0;
    if (fold->len + gap + len >= TN_FOLD_MAX) {
        fold->full = true;
        return;
    }
    if (gap)
        fold->out[fold->len++] = ' ';
    memcpy(fold->out + fold->len, s, len);
    fold->len += len;
    fold->gap = false;
}

static void put_ascii(struct fold *fold, char c)
{
    if (tn_is_alnum(c)) {
        c = tn_lower(c);
        put(fold, &c, 1);
    } else if (c == '&') {
        fold->gap = true;
        put(fold, "and", 3);
        fold->gap = true;
    } else if (c != '.' && c != '\'' && c != '`') {
        fold->gap = true;
    }
}

/* Letters that Unicode does not take apart into a letter and a mark. */
static char plain_letter(int32_t character)
{
    switch (character) {
    case 0x00F8: return 'o'; /* o with stroke */
    case 0x0111: return 'd'; /* d with stroke */
    case 0x0131: return 'i'; /* dotless i */
    case 0x0142: return 'l'; /* l with stroke */
    default: return '\0';
    }
}

static bool is_apostrophe(uint32_t character)
{
    return character == 0x2018 || character == 0x2019 || character == 0x02BC || character == 0x00B4;
}

static bool is_gap(utf8proc_category_t category)
{
    return (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO) ||
           (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_CF);
}

static void put_part(struct fold *fold, int32_t character)
{
    char plain = plain_letter(character);
    char bytes[4];
    if (character < 0x80)
        put_ascii(fold, (char)character);
    else if (plain)
        put(fold, &plain, 1);
    else if (is_gap(utf8proc_category(character)))
        fold->gap = true;
    else
        put(fold, bytes, tn_utf8_encode((uint32_t)character, bytes));
}

static void put_unicode(struct fold *fold, uint32_t character)
{
    enum { PARTS = 24 };
    utf8proc_int32_t parts[PARTS];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)character, parts, PARTS,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundary);
    if (is_apostrophe(character) || count < 0 || count > PARTS)
        return;
    for (utf8proc_ssize_t i = 0; i < count; i++)
        put_part(fold, parts[i]);
}

/* Takes ASCII letters and digits off *raw as long as nothing is to be thought about. */
static void put_plain(struct fold *fold, struct tn_str *raw)
{
    size_t room = TN_FOLD_MAX - 1 - fold->len, i = 0;
    while (i < raw->len && i < room && tn_is_alnum(raw->s[i])) {
        fold->out[fold->len + i] = tn_lower(raw->s[i]);
        i++;
    }
    fold->len += i;
    *raw = tn_str_from(*raw, i);
}

size_t tn_fold(struct tn_str raw, char *out)
{
    struct fold fold = {.out = out};
    while (raw.len && !fold.full) {
        size_t size = 1;
        if ((unsigned char)raw.s[0] < 0x80)
            put_ascii(&fold, raw.s[0]);
        else
            put_unicode(&fold, tn_utf8_next(raw, &size));
        raw = tn_str_from(raw, size);
        if (!fold.gap)
            put_plain(&fold, &raw);
    }
    if (fold.full)
        fold.len = 0;
    out[fold.len] = '\0';
    return fold.len;
}

size_t tn_fold_find(const void *rows, size_t count, size_t size, const char *key)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *name;
        memcpy(&name, (const char *)rows + middle * size, sizeof(name));
        int order = strcmp(key, name);
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return TN_NO_OFFSET;
}

char *tn_fold_next_word(char **rest)
{
    char *word = *rest;
    size_t len = strcspn(word, " ");
    if (len == 0)
        return NULL;
    *rest = word + len + (word[len] == ' ');
    word[len] = '\0';
    return word;
}

bool tn_fold_absent(struct tn_str raw)
{
    static const char *const words[] = {
        "n a",           "na",          "nd",           "nil",          "none",         "not applicable",
        "not available", "not entered", "not provided", "not reported", "not selected", "not specified",
        "not stated",    "null",
    };
    char key[TN_FOLD_MAX];
    for (size_t i = 0; i < raw.len; i++) {
        char c = tn_lower(raw.s[i]);
        if ((unsigned char)c >= 0x80 || tn_is_alnum(c)) /* all words begin with n: most texts are told by that alone */
            return c == 'n' && tn_fold(raw, key) &&
                   tn_fold_find(words, sizeof(words) / sizeof(words[0]), sizeof(words[0]), key) != TN_NO_OFFSET;
    }
    return true;
}
