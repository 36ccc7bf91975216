/* SPDX-License-Identifier: MIT */
#include "core/number_parse.h"

/* 10^22 is the largest power of ten that a double holds exactly: one division then rounds only once. */
static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

bool tn_number_parse(struct tn_str text, double *number)
{
    enum { MOST_DIGITS = 15 }; /* so many digits a double holds exactly */
    bool negative = text.len && text.s[0] == '-';
    size_t digits = 0, decimals = 0;
    bool point = false;
    double value = 0;
    for (size_t i = negative || (text.len && text.s[0] == '+') ? 1 : 0; i < text.len; i++) {
        if (text.s[i] == '.' && !point && digits) {
            point = true;
            continue;
        }
        if (!tn_is_digit(text.s[i]) || ++digits > MOST_DIGITS)
            return false;
        value = value * 10 + (text.s[i] - '0');
        decimals += point;
    }
    if (digits == 0 || (point && decimals == 0))
        return false;
    value /= powers[decimals];
    *number = negative ? -value : value;
    return true;
}
