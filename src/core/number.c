/* SPDX-License-Identifier: MIT */
#include "core/number.h"

#include <math.h>
#include <stdio.h>

/* Powers of ten that a double holds exactly: a whole number below 2^53 divided or multiplied by one of them is rounded
 * once, which is what reading the decimal text gives. */
static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
enum { POWERS = sizeof powers / sizeof powers[0] };

static const double exact_below = 9007199254740992.0; /* 2^53 */

static size_t digits_of(uint64_t value, char *out)
{
    char reversed[24];
    size_t len = 0;
    do
        reversed[len++] = (char)('0' + value % 10);
    while ((value /= 10) != 0);
    for (size_t i = 0; i < len; i++)
        out[i] = reversed[len - 1 - i];
    return len;
}

size_t tn_integer_format(int64_t value, char *out)
{
    if (value >= 0)
        return digits_of((uint64_t)value, out);
    out[0] = '-';
    return 1 + digits_of(-(uint64_t)value, out + 1);
}

/* `digits` with the point behind the first, and the exponent: 15, -6 -> 1.5e-6. */
static size_t put_scientific(const char *digits, size_t count, int64_t exponent, char *out)
{
    size_t len = 0;
    out[len++] = digits[0];
    if (count > 1) {
        out[len++] = '.';
        memcpy(out + len, digits + 1, count - 1);
        len += count - 1;
    }
    out[len++] = 'e';
    return len + tn_integer_format(exponent, out + len);
}

/* whole / 10^places, where `places` is the smallest possible. */
static size_t put_decimal(uint64_t whole, int places, char *out)
{
    enum { MOST_ZEROS = 5 }; /* behind the point: 0.000001 but 1e-7 */
    char digits[24];
    size_t count = digits_of(whole, digits);
    int before = (int)count - places; /* digits before the point */
    if (before < -MOST_ZEROS)
        return put_scientific(digits, count, before - 1, out);
    size_t head = before > 0 ? (size_t)before : 0, len = head;
    memcpy(out, digits, head);
    if (head == 0)
        out[len++] = '0';
    if (places == 0)
        return len;
    out[len++] = '.';
    for (; before < 0; before++)
        out[len++] = '0';
    memcpy(out + len, digits + head, count - head);
    return len + count - head;
}

/* Numbers that are a whole one below 2^53 divided by a power of ten; 0 where it is none. */
static size_t put_divided(double value, char *out)
{
    for (int k = 0; k < POWERS && value * powers[k] < exact_below; k++) {
        uint64_t whole = (uint64_t)(value * powers[k] + 0.5);
        if ((double)whole / powers[k] == value && (whole != 0 || k == 0))
            return put_decimal(whole, k, out);
    }
    return 0;
}

/* Numbers that are a whole one below 2^53 multiplied by a power of ten; 0 where it is none. */
static size_t put_multiplied(double value, char *out)
{
    for (int k = 1; k < POWERS; k++) {
        if (value / powers[k] >= exact_below)
            continue;
        uint64_t whole = (uint64_t)(value / powers[k] + 0.5);
        if (whole == 0 || (double)whole * powers[k] != value)
            continue;
        int zeros = k;
        for (; whole % 10 == 0; whole /= 10)
            zeros++;
        char digits[24];
        size_t count = digits_of(whole, digits);
        return put_scientific(digits, count, (int64_t)count - 1 + zeros, out);
    }
    return 0;
}

/* What is left is rare: all 17 digits. The locale's own point, which may have several bytes, becomes one. */
static size_t put_17_digits(double value, char *out)
{
    char text[TN_NUMBER_MAX];
    size_t len = 0;
    bool in_point = false;
    snprintf(text, sizeof text, "%.17g", value);
    for (const char *s = text; *s; s++) {
        bool point = !tn_is_digit(*s) && *s != 'e' && *s != '+' && *s != '-';
        if (!point)
            out[len++] = *s;
        else if (!in_point)
            out[len++] = '.';
        in_point = point;
    }
    return len;
}

size_t tn_number_format(double value, char *out)
{
    if (!isfinite(value))
        return 0;
    size_t sign = value < 0;
    double size = sign ? -value : value;
    out[0] = '-';
    size_t len = size < exact_below ? put_divided(size, out + sign) : put_multiplied(size, out + sign);
    return sign + (len ? len : put_17_digits(size, out + sign));
}

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
