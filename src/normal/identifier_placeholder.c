/* SPDX-License-Identifier: MIT */
#include "normal/identifier.h"

#include "core/utf8.h"

/* Folded: small letters and digits, one blank between words. */
static const char *const placeholders[] = {
    "n a",           "na",           "nil known",      "nill known",      "no id",
    "no number",     "no other id",  "no secondary id", "no secondary ids", "no secondary id s",
    "non applicable", "none",        "none known",     "not applicable",  "not assigned",
    "not available", "not known",    "not provided",   "not reported",    "not specified",
    "not yet",       "not yet assigned", "nothing",    "pending",         "to be assigned",
    "to be confirmed", "to be determined", "unknown",  "not stated",      "no secondary identifying number",
    "no secondary identifier",
};

enum { LONGEST = 40, SHORTEST_IDENTIFIER = 5, ZEROS = 3 };

/* Folds into `out` (LONGEST + 1 bytes); false where it is longer, which no placeholder is. */
static bool fold(struct tn_str text, char *out)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool joined = tn_is_alnum(text.s[i]) || (unsigned char)text.s[i] >= 0x80;
        if (len + 2 > LONGEST)
            return false;
        if (joined)
            out[len++] = tn_lower(text.s[i]);
        else if (len && out[len - 1] != ' ')
            out[len++] = ' ';
    }
    while (len && out[len - 1] == ' ')
        len--;
    out[len] = '\0';
    return true;
}

static size_t characters(struct tn_str text)
{
    size_t count = 0, size;
    for (; text.len; text = tn_str_from(text, size), count++)
        tn_utf8_next(text, &size);
    return count;
}

/* `000-00`, `NCT00000000`: digits, but none other than 0. A long word beside them says something. */
static bool is_all_zero(struct tn_str text)
{
    size_t zeros = 0, letters = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (tn_is_digit(text.s[i]) && text.s[i] != '0')
            return false;
        zeros += text.s[i] == '0';
        letters += tn_is_alpha(text.s[i]);
    }
    return zeros >= ZEROS && letters <= zeros;
}

/* `version 2`, `Version 1.0`: of a protocol. */
static bool is_version(const char *folded)
{
    static const char word[] = "version";
    if (strncmp(folded, word, sizeof word - 1) != 0)
        return false;
    for (const char *p = folded + sizeof word - 1; *p; p++)
        if (!tn_is_digit(*p) && *p != ' ')
            return false;
    return true;
}

bool tn_identifier_placeholder(struct tn_str text)
{
    char folded[LONGEST + 1];
    text = tn_str_trim(text);
    if (text.len < SHORTEST_IDENTIFIER * 4 && characters(text) < SHORTEST_IDENTIFIER)
        return true;
    if (is_all_zero(text))
        return true;
    if (!fold(text, folded))
        return false;
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        if (strcmp(folded, placeholders[i]) == 0)
            return true;
    return is_version(folded) || strlen(folded) < SHORTEST_IDENTIFIER;
}
