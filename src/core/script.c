/* SPDX-License-Identifier: MIT */
#include "core/script.h"

#include "core/utf8.h"

struct form {
    char plain;
    unsigned short raised, lowered; /* 0: stays as it is, and so does what it stands in */
};

/* Few letters: of those that Unicode has as subscripts, more would turn `C<sub>max</sub>`, which everybody writes and
 * searches as `Cmax`, into another word. */
static const struct form forms[] = {
    {'0', 0x2070, 0x2080}, {'1', 0x00B9, 0x2081}, {'2', 0x00B2, 0x2082}, {'3', 0x00B3, 0x2083}, {'4', 0x2074, 0x2084},
    {'5', 0x2075, 0x2085}, {'6', 0x2076, 0x2086}, {'7', 0x2077, 0x2087}, {'8', 0x2078, 0x2088}, {'9', 0x2079, 0x2089},
    {'+', 0x207A, 0x208A}, {'-', 0x207B, 0x208B}, {'=', 0x207C, 0x208C}, {'(', 0x207D, 0x208D}, {')', 0x207E, 0x208E},
    {'n', 0x207F, 0x2099}, {'a', 0, 0x2090},      {'e', 0, 0x2091},      {'i', 0, 0x1D62},      {'o', 0, 0x2092},
    {'x', 0, 0x2093},
};

uint32_t tn_script_form(uint32_t character, bool raised)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if ((uint32_t)forms[i].plain == character)
            return raised ? forms[i].raised : forms[i].lowered;
    return 0;
}

size_t tn_script_text(struct tn_str text, bool raised, char *out)
{
    enum { MINUS = 0x2212 };
    size_t len = 0, count = 0;
    for (size_t at = 0, size; at < text.len; at += size) {
        uint32_t character = tn_utf8_next(tn_str_from(text, at), &size);
        uint32_t form = tn_script_form(character == MINUS ? '-' : character, raised);
        if (form == 0 || ++count > TN_SCRIPT_MAX)
            return 0;
        len += tn_utf8_encode(form, out + len);
    }
    return len;
}
