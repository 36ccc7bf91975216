/* SPDX-License-Identifier: MIT */
/* The days that a date of any precision can mean. */
#include "trial/where.h"

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool read_digits(struct tn_str text, size_t at, size_t count, int *number)
{
    *number = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= text.len || !tn_is_digit(text.s[i]))
            return false;
        *number = *number * 10 + (text.s[i] - '0');
    }
    return true;
}

bool tn_date_days(struct tn_str text, int *first, int *last)
{
    enum { YEAR = 4, MONTH = 7, DAY = 10 };
    int year, month = 0, day = 0;
    if ((text.len != YEAR && text.len != MONTH && text.len != DAY) || !read_digits(text, 0, 4, &year) || year == 0)
        return false;
    if (text.len >= MONTH && (text.s[YEAR] != '-' || !read_digits(text, YEAR + 1, 2, &month) || month < 1 || month > 12))
        return false;
    if (text.len == DAY &&
        (text.s[MONTH] != '-' || !read_digits(text, MONTH + 1, 2, &day) || day < 1 || day > days_of(year, month)))
        return false;
    int last_month = month ? month : 12;
    *first = year * 10000 + (month ? month : 1) * 100 + (day ? day : 1);
    *last = year * 10000 + last_month * 100 + (day ? day : days_of(year, last_month));
    return true;
}
