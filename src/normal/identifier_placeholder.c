/* SPDX-License-Identifier: MIT */
#include "normal/identifier.h"

#include "core/utf8.h"
#include "normal/fold.h"

/* What stands for an identifier, besides what tn_fold_absent knows; as tn_fold leaves it. */
static const char *const placeholders[] = {
    "empty",
    "nil known",
    "nill known",
    "no id",
    "no number",
    "no other id",
    "no secondary id",
    "no secondary id s",
    "no secondary identifier",
    "no secondary identifying number",
    "no secondary ids",
    "non applicable",
    "none known",
    "not assigned",
    "not known",
    "not yet",
    "not yet assigned",
    "nothing",
    "pending",
    "to be assigned",
    "to be confirmed",
    "to be determined",
    "unknown",
};

enum { SHORTEST_IDENTIFIER = 5, ZEROS = 3 };

/* Fewer characters than any identifier has, the signs around it left out and several in a row taken for one. */
static bool is_short(struct tn_str text)
{
    size_t count = 0, size;
    bool sign = false;
    for (; text.len && count < SHORTEST_IDENTIFIER; text = tn_str_from(text, size)) {
        tn_utf8_next(text, &size);
        bool joined = tn_is_alnum(text.s[0]) || (unsigned char)text.s[0] >= 0x80;
        if (joined)
            count += sign && count ? 2 : 1;
        sign = !joined;
    }
    return count < SHORTEST_IDENTIFIER;
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
    char key[TN_FOLD_MAX];
    if (is_short(text) || is_all_zero(text) || tn_fold_absent(text))
        return true;
    if (tn_fold(text, key) == 0)
        return false;
    size_t count = sizeof placeholders / sizeof *placeholders;
    return is_version(key) || tn_fold_find(placeholders, count, sizeof *placeholders, key) != TN_NO_OFFSET;
}
