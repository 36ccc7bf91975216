/* SPDX-License-Identifier: MIT */
#include "normal/date.h"

#include "normal/fold.h"

enum { YEAR_MIN = 1850, YEAR_MAX = 2200 };

/* A date of the precision that it has: month and day are 0 where they are not stated. */
struct parts {
    unsigned year, month, day;
};

/* What is left to read. */
struct scan {
    const char *s;
    const char *end;
};

static bool at_end(const struct scan *scan)
{
    return scan->s == scan->end;
}

static bool take_char(struct scan *scan, char c)
{
    if (at_end(scan) || *scan->s != c)
        return false;
    scan->s++;
    return true;
}

/* Takes blanks, also no-break ones, and says whether there were any. */
static bool take_blanks(struct scan *scan)
{
    const char *from = scan->s;
    while (!at_end(scan)) {
        if (tn_is_space(*scan->s))
            scan->s++;
        else if (scan->end - scan->s >= 2 && memcmp(scan->s, "\xC2\xA0", 2) == 0)
            scan->s += 2;
        else
            break;
    }
    return scan->s > from;
}

/* Takes 1 to 8 digits; returns how many, 0 also where there are more. */
static unsigned take_digits(struct scan *scan, unsigned *value)
{
    unsigned digits = 0;
    *value = 0;
    for (; scan->s + digits < scan->end && tn_is_digit(scan->s[digits]); digits++) {
        if (digits == 8)
            return 0;
        *value = *value * 10 + (unsigned)(scan->s[digits] - '0');
    }
    scan->s += digits;
    return digits;
}

static struct tn_str take_letters(struct scan *scan)
{
    const char *from = scan->s;
    while (!at_end(scan) && tn_is_alpha(*scan->s))
        scan->s++;
    return tn_str_slice(from, (size_t)(scan->s - from));
}

/* Takes the word where it comes next, in any case; nothing of a longer one. */
static bool take_word(struct scan *scan, const char *word)
{
    struct scan ahead = *scan;
    if (!tn_str_eq_fold(take_letters(&ahead), tn_str_of(word)))
        return false;
    *scan = ahead;
    return true;
}

/* 1 and more for the place of `word` among full names and their first three letters, 0 where it is none. */
static unsigned name_number(struct tn_str word, const char *const *names, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (tn_str_eq_fold(word, tn_str_of(names[i])) || tn_str_eq_fold(word, tn_str_slice(names[i], 3)))
            return i + 1;
    return 0;
}

static bool take_month_name(struct scan *scan, unsigned *month)
{
    static const char *const names[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};
    struct tn_str word = take_letters(scan);
    *month = tn_str_eq_fold(word, TN_LIT("sept")) ? 9 : name_number(word, names, 12);
    return *month > 0;
}

/* `Monday, ` in front of a date says nothing that the date does not say. */
static void skip_weekday(struct scan *scan)
{
    static const char *const names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    struct scan ahead = *scan;
    if (name_number(take_letters(&ahead), names, 7) == 0)
        return;
    take_char(&ahead, '.');
    take_char(&ahead, ',');
    if (take_blanks(&ahead))
        *scan = ahead;
}

/* Takes what may stand between the parts of `17 May 2024`, `May 17, 2024`, `17-May-2024`, `Sept. 2024`. */
static void skip_between(struct scan *scan)
{
    take_char(scan, '.');
    take_blanks(scan);
    if (!take_char(scan, ',') && !take_char(scan, '-'))
        take_char(scan, '/');
    take_blanks(scan);
}

static void skip_ordinal(struct scan *scan)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < 4; i++)
        if (take_word(scan, endings[i]))
            return;
}

static bool take_year(struct scan *scan, struct parts *parts)
{
    return take_digits(scan, &parts->year) == 4;
}

/* `May 17, 2024`, `May 2024`, `Apr  1 2007`. */
static bool read_name_first(struct scan *scan, struct parts *parts)
{
    unsigned number;
    if (!take_month_name(scan, &parts->month))
        return false;
    skip_between(scan);
    unsigned digits = take_digits(scan, &number);
    if (digits == 4) {
        parts->year = number;
        return true;
    }
    if (digits != 1 && digits != 2)
        return false;
    parts->day = number;
    skip_ordinal(scan);
    skip_between(scan);
    return number > 0 && take_year(scan, parts);
}

/* What follows the day in `17 May 2024`, `17th of May, 2024`, `17-MAY-2024`. */
static bool read_day_first(struct scan *scan, unsigned day, struct parts *parts)
{
    parts->day = day;
    skip_ordinal(scan);
    skip_between(scan);
    if (take_word(scan, "of"))
        take_blanks(scan);
    if (day == 0 || !take_month_name(scan, &parts->month))
        return false;
    skip_between(scan);
    return take_year(scan, parts);
}

/* What follows the year in UMIN's `2013 Year 12 Month 01 Day` and `2015 Year 06 Month`; false, and nothing taken, where that
 * is not there. */
static bool read_units(struct scan *scan, struct parts *parts)
{
    struct scan ahead = *scan;
    struct parts read = *parts;
    bool month = take_blanks(&ahead) && take_word(&ahead, "year") && take_blanks(&ahead) && take_digits(&ahead, &read.month) &&
                 take_blanks(&ahead) && take_word(&ahead, "month");
    if (!month || read.month == 0)
        return false;
    *scan = ahead;
    bool day = take_blanks(&ahead) && take_digits(&ahead, &read.day) && take_blanks(&ahead) && take_word(&ahead, "day");
    if (day && read.day > 0)
        *scan = ahead;
    parts->month = read.month;
    parts->day = day ? read.day : 0;
    return true;
}

/* What follows the year in `2024-05-17`, `2024/5`, `2024 May 17`. Ends early, without an error, at anything else. */
static bool read_year_first(struct scan *scan, unsigned year, struct parts *parts)
{
    struct scan ahead = *scan;
    char mark = at_end(scan) ? '\0' : *scan->s;
    parts->year = year;
    if (read_units(scan, parts))
        return true;
    if (mark != '-' && mark != '/' && mark != '.' && mark != ' ')
        return true;
    ahead.s++;
    unsigned digits = take_digits(&ahead, &parts->month);
    if (digits == 0 && take_month_name(&ahead, &parts->month)) {
        *scan = ahead;
        skip_between(scan);
        digits = take_digits(scan, &parts->day);
        return digits == 0 ? at_end(scan) : digits <= 2 && parts->day > 0;
    }
    if (mark == ' ') { /* a time of day, or the like */
        parts->month = 0;
        return true;
    }
    if (digits < 1 || digits > 2 || parts->month == 0)
        return false;
    *scan = ahead;
    if (!take_char(scan, mark))
        return true;
    digits = take_digits(scan, &parts->day);
    return digits >= 1 && digits <= 2 && parts->day > 0;
}

/* `08/04/2024`: day and month, whichever comes first. Sets *ambiguous where that cannot be told. */
static bool order_parts(unsigned first, unsigned second, enum tn_date_order order, struct parts *parts, bool *ambiguous)
{
    bool day_first = first > 12 || (second <= 12 && order == TN_DATE_DAY_FIRST);
    *ambiguous = order == TN_DATE_ORDER_UNKNOWN && first != second && first <= 12 && second <= 12;
    parts->day = day_first ? first : second;
    parts->month = day_first ? second : first;
    return first > 0 && second > 0;
}

/* What follows the first number in `17/05/2024`, `17.5.2024`, `05/2024`. */
static bool read_numbers(struct scan *scan, unsigned first, enum tn_date_order order, struct parts *parts,
                         bool *ambiguous)
{
    unsigned second;
    char mark = *scan->s++;
    unsigned digits = take_digits(scan, &second);
    if (digits == 4) {
        parts->month = first;
        parts->year = second;
        return first > 0;
    }
    if (digits < 1 || digits > 2 || !take_char(scan, mark))
        return false;
    return order_parts(first, second, order, parts, ambiguous) && take_year(scan, parts);
}

static bool read_date(struct scan *scan, enum tn_date_order order, struct parts *parts, bool *ambiguous)
{
    unsigned number;
    skip_weekday(scan);
    unsigned digits = take_digits(scan, &number);
    bool numeric = scan->end - scan->s >= 2 && memchr("/-.", *scan->s, 3) && tn_is_digit(scan->s[1]);
    switch (digits) {
    case 0: return read_name_first(scan, parts);
    case 1:
    case 2: return numeric ? read_numbers(scan, number, order, parts, ambiguous) : read_day_first(scan, number, parts);
    case 4: return read_year_first(scan, number, parts);
    case 6: *parts = (struct parts){number / 100, number % 100, 0}; return parts->month > 0;
    case 8:
        *parts = (struct parts){number / 10000, number / 100 % 100, number % 100};
        return parts->month > 0 && parts->day > 0;
    default: return false;
    }
}

/* Takes `:53`, a number of two digits up to 60. */
static bool take_sixty(struct scan *scan)
{
    unsigned value;
    return take_char(scan, ':') && take_digits(scan, &value) == 2 && value <= 60;
}

/* `Z`, `UTC`, `+02:00`, `-0500`, or nothing. */
static bool take_zone(struct scan *scan)
{
    unsigned value;
    if (take_word(scan, "z") || take_word(scan, "utc") || take_word(scan, "gmt") || at_end(scan))
        return true;
    if (!take_char(scan, '+') && !take_char(scan, '-'))
        return false;
    unsigned digits = take_digits(scan, &value);
    return digits == 4 || (digits == 2 && (at_end(scan) || take_sixty(scan)));
}

/* A time of day up to the end: `T10:19:48.068934Z`, ` @ 3:20 PM`, ` 12:00AM`. */
static bool read_time(struct scan *scan)
{
    unsigned value;
    take_char(scan, ',');
    bool apart = take_blanks(scan);
    if (take_char(scan, '@') || take_word(scan, "at") || take_word(scan, "T"))
        apart = take_blanks(scan) || true;
    unsigned digits = apart ? take_digits(scan, &value) : 0;
    if (digits < 1 || digits > 2 || value > 24 || !take_sixty(scan))
        return false;
    if (!at_end(scan) && *scan->s == ':' && !take_sixty(scan))
        return false;
    if (take_char(scan, '.') || take_char(scan, ','))
        while (!at_end(scan) && tn_is_digit(*scan->s))
            scan->s++;
    take_blanks(scan);
    if (take_word(scan, "am") || take_word(scan, "pm"))
        take_blanks(scan);
    return take_zone(scan) && at_end(scan);
}

static bool exists(const struct parts *parts)
{
    static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (parts->year % 4 == 0 && parts->year % 100 != 0) || parts->year % 400 == 0;
    if (parts->year < YEAR_MIN || parts->year > YEAR_MAX || parts->month > 12)
        return false;
    if (parts->day == 0)
        return true;
    return parts->month > 0 && parts->day <= days[parts->month - 1] - (parts->month == 2 && !leap ? 1U : 0U);
}

/* Days that programs write for "no date": the first days of ICTRP's and spreadsheets' calendars, of .NET and SQL
 * Server, and the last one of all. */
static bool is_sentinel(const struct parts *parts)
{
    static const struct parts sentinels[] = {{1900, 1, 1}, {1899, 12, 30}, {1899, 12, 31},
                                             {1753, 1, 1}, {1, 1, 1},      {9999, 12, 31}};
    for (size_t i = 0; i < sizeof(sentinels) / sizeof(sentinels[0]); i++)
        if (memcmp(&sentinels[i], parts, sizeof(*parts)) == 0)
            return true;
    return false;
}

static void put_number(char *out, unsigned value, unsigned digits)
{
    while (digits--) {
        out[digits] = (char)('0' + value % 10);
        value /= 10;
    }
}

static void write_date(const struct parts *parts, struct tn_date *date)
{
    put_number(date->text, parts->year, 4);
    if (parts->month) {
        date->text[4] = '-';
        put_number(date->text + 5, parts->month, 2);
    }
    if (parts->day) {
        date->text[7] = '-';
        put_number(date->text + 8, parts->day, 2);
    }
}

/* 2024-05-17 and nothing else: what nearly every date of a structured source is. */
static bool is_plain(struct tn_str raw, struct parts *parts)
{
    struct scan scan = {raw.s, raw.len ? raw.s + raw.len : raw.s}; /* no arithmetic on an absent text's NULL */
    return raw.len == 10 && take_digits(&scan, &parts->year) == 4 && take_char(&scan, '-') &&
           take_digits(&scan, &parts->month) == 2 && take_char(&scan, '-') && take_digits(&scan, &parts->day) == 2 &&
           parts->month > 0 && parts->day > 0;
}

/* The same day in the Persian calendar: `2020-06-22, 1399/04/02`, as IRCT writes it. */
static bool read_persian(struct scan *scan)
{
    unsigned year, month, day;
    if (!take_char(scan, ','))
        return false;
    take_blanks(scan);
    return take_digits(scan, &year) == 4 && year >= 1300 && year < 1500 && take_char(scan, '/') && take_digits(scan, &month) == 2 &&
           take_char(scan, '/') && take_digits(scan, &day) == 2 && at_end(scan);
}

/* What may stand behind a date: nothing, a time zone (2024-05-17Z), or a time of day. */
static bool read_tail(struct scan *scan, const struct parts *parts, bool *time_cut)
{
    struct scan ahead = *scan;
    take_char(scan, '.');
    if (at_end(scan))
        return true;
    if (parts->day == 0)
        return false;
    if (take_zone(&ahead) && at_end(&ahead))
        return true;
    ahead = *scan;
    *time_cut = read_persian(&ahead) || read_time(scan);
    return *time_cut;
}

static enum tn_code read_text(struct tn_str raw, enum tn_date_order order, struct parts *parts, bool *time_cut)
{
    struct scan scan = {raw.s, raw.s + raw.len};
    bool ambiguous = false;
    if (!read_date(&scan, order, parts, &ambiguous) || !read_tail(&scan, parts, time_cut))
        return TN_BAD_VALUE;
    if (!ambiguous)
        return TN_CODE_NONE;
    return exists(parts) ? TN_AMBIGUOUS_DATE : TN_BAD_VALUE;
}

enum tn_code tn_normal_date(struct tn_str raw, enum tn_date_order order, struct tn_date *date)
{
    struct parts parts = {0, 0, 0};
    enum tn_code code = TN_CODE_NONE;
    *date = (struct tn_date){.time_cut = false};
    raw = tn_str_trim(raw);
    if (!is_plain(raw, &parts)) {
        date->sentinel = tn_str_starts(raw, TN_LIT("0000-00-00"));
        if (date->sentinel || tn_fold_absent(raw))
            return TN_CODE_NONE;
        parts = (struct parts){0, 0, 0};
        code = read_text(raw, order, &parts, &date->time_cut);
    }
    date->sentinel = code == TN_CODE_NONE && is_sentinel(&parts);
    if (code != TN_CODE_NONE || date->sentinel)
        return code;
    if (!exists(&parts))
        return TN_BAD_VALUE;
    write_date(&parts, date);
    return TN_CODE_NONE;
}
