/* SPDX-License-Identifier: MIT */
#include "normal/age.h"

#include <stdint.h>

#include "normal/fold.h"

/* Ten thousandths of a unit; the decimals behind the fourth of a stated age mean nothing. */
enum { DECIMALS = 4, SCALE = 10000 };

static const struct unit {
    const char *name; /* of one */
    double per_year;
} units[] = {
    {"Year", 1}, {"Month", 12}, {"Week", 365.25 / 7}, {"Day", 365.25}, {"Hour", 8766}, {"Minute", 525960},
};

/* What a word around the number means: a unit; FILLER nothing; AGE that a number without a unit is years; BOUND more
 * than the canonical text says. */
enum { YEAR, MONTH, WEEK, DAY, HOUR, MINUTE, NO_UNIT, FILLER, AGE, BOUND };

static const struct term {
    const char *word;
    unsigned char means;
} terms[] = {
    {"above", BOUND},
    {"age", AGE},
    {"aged", AGE},
    {"and", BOUND},
    {"at", BOUND},
    {"below", BOUND},
    {"d", DAY},
    {"day", DAY},
    {"days", DAY},
    {"from", BOUND},
    {"greater", BOUND},
    {"h", HOUR},
    {"hour", HOUR},
    {"hours", HOUR},
    {"hr", HOUR},
    {"hrs", HOUR},
    {"jahr", YEAR},
    {"jahre", YEAR},
    {"jahren", YEAR},
    {"least", BOUND},
    {"less", BOUND},
    {"m", MONTH},
    {"min", MINUTE},
    {"mins", MINUTE},
    {"minute", MINUTE},
    {"minutes", MINUTE},
    {"mo", MONTH},
    {"monat", MONTH},
    {"monate", MONTH},
    {"monaten", MONTH},
    {"month", MONTH},
    {"months", MONTH},
    {"more", BOUND},
    {"mos", MONTH},
    {"most", BOUND},
    {"of", FILLER},
    {"old", AGE},
    {"older", BOUND},
    {"or", BOUND},
    {"over", BOUND},
    {"s", FILLER}, /* 18.00 Year(s) */
    {"tag", DAY},
    {"tage", DAY},
    {"tagen", DAY},
    {"than", BOUND},
    {"to", BOUND},
    {"under", BOUND},
    {"up", BOUND},
    {"w", WEEK},
    {"week", WEEK},
    {"weeks", WEEK},
    {"wk", WEEK},
    {"wks", WEEK},
    {"woche", WEEK},
    {"wochen", WEEK},
    {"y", YEAR},
    {"year", YEAR},
    {"years", YEAR},
    {"yo", YEAR},
    {"younger", BOUND},
    {"yr", YEAR},
    {"yrs", YEAR},
};

struct reading {
    int64_t scaled;
    unsigned unit;
    bool number, age, bound;
};

/* Takes `18`, `2.5`, `430.0` off *text. False where it is too large. */
static bool take_number(struct tn_str *text, int64_t *scaled)
{
    int64_t value = 0;
    size_t i = 0;
    unsigned decimals = 0;
    for (; i < text->len && tn_is_digit(text->s[i]); i++)
        if (value <= UINT32_MAX)
            value = value * 10 + (text->s[i] - '0');
    bool fits = value <= UINT32_MAX;
    if (i + 1 < text->len && text->s[i] == '.' && tn_is_digit(text->s[i + 1]))
        for (i++; i < text->len && tn_is_digit(text->s[i]); i++)
            if (fits && decimals < DECIMALS) {
                value = value * 10 + (text->s[i] - '0');
                decimals++;
            }
    for (; fits && decimals < DECIMALS; decimals++)
        value *= 10;
    *text = tn_str_from(*text, i);
    *scaled = value;
    return fits;
}

/* Takes a word, with the points in it (`y.o.`), off *text. */
static struct tn_str take_word(struct tn_str *text)
{
    size_t len = 0;
    while (len < text->len && (tn_is_alpha(text->s[len]) || text->s[len] == '.'))
        len++;
    struct tn_str word = tn_str_slice(text->s, len);
    *text = tn_str_from(*text, len);
    return word;
}

/* A second unit, or a word that is none of ours, is no age. */
static bool read_word(struct tn_str word, struct reading *reading)
{
    char key[TN_FOLD_MAX];
    size_t row = tn_fold(word, key) ? tn_fold_find(terms, sizeof(terms) / sizeof(terms[0]), sizeof(terms[0]), key)
                                    : TN_NO_OFFSET;
    if (row == TN_NO_OFFSET)
        return false;
    unsigned means = terms[row].means;
    reading->bound = reading->bound || means == BOUND;
    reading->age = reading->age || means == AGE;
    if (means >= NO_UNIT)
        return true;
    bool first = reading->number && reading->unit == NO_UNIT;
    reading->unit = means;
    return first;
}

/* Takes what may stand between words off *text; a sign that says "or more" or "or less" is a bound. */
static bool take_mark(struct tn_str *text, bool *bound)
{
    static const char *const signs[] = {"\xE2\x89\xA4", "\xE2\x89\xA5", "\xE2\xA9\xBD", "\xE2\xA9\xBE"};
    size_t size = 0;
    bool sign = text->s[0] != '\0' && strchr("<>=+", text->s[0]);
    for (size_t i = 0; i < 4; i++)
        if (tn_str_starts(*text, tn_str_slice(signs[i], 3)))
            size = 3;
    *bound = *bound || sign || size;
    if (sign || tn_is_space(text->s[0]) || (text->s[0] != '\0' && strchr("()[]|_,;:", text->s[0])))
        size = 1;
    else if (tn_str_starts(*text, TN_LIT("\xC2\xA0")))
        size = 2;
    else if (text->s[0] == '-' && text->len > 1 && tn_is_alpha(text->s[1])) /* years-old, but neither 18-65 nor -18 */
        size = 1;
    *text = tn_str_from(*text, size);
    return size > 0;
}

static bool read_age(struct tn_str text, struct reading *reading)
{
    while (text.len) {
        bool read;
        if (tn_is_digit(text.s[0])) {
            read = !reading->number && take_number(&text, &reading->scaled);
            reading->number = true;
        } else if (tn_is_alpha(text.s[0])) {
            read = read_word(take_word(&text), reading);
        } else {
            read = take_mark(&text, &reading->bound);
        }
        if (!read)
            return false;
    }
    return reading->number;
}

static bool is_no_limit(struct tn_str raw)
{
    static const char *const words[] = {
        "2147483648", /* -2147483648, the smallest number that a program could hold */
        "any",
        "any age",
        "n a no limit",
        "no age limit",
        "no age limits",
        "no age restriction",
        "no limit",
        "no limits",
        "no lower limit",
        "no max age",
        "no maximum",
        "no maximum age",
        "no min age",
        "no minimum",
        "no minimum age",
        "no restriction",
        "no upper limit",
        "unlimited",
        "without limit",
    };
    char key[TN_FOLD_MAX];
    return tn_fold_absent(raw) ||
           (tn_fold(raw, key) &&
            tn_fold_find(words, sizeof(words) / sizeof(words[0]), sizeof(words[0]), key) != TN_NO_OFFSET);
}

static char *put_digits(char *out, int64_t value, unsigned digits)
{
    char reversed[24];
    unsigned count = 0;
    for (; value > 0 || count < digits; value /= 10)
        reversed[count++] = (char)('0' + value % 10);
    while (count)
        *out++ = reversed[--count];
    return out;
}

static void write_age(const struct reading *reading, struct tn_age *age)
{
    const struct unit *unit = &units[reading->unit];
    int64_t rest = reading->scaled % SCALE;
    char *out = put_digits(age->text, reading->scaled / SCALE, 1);
    if (rest) {
        unsigned digits = DECIMALS;
        for (; rest % 10 == 0; rest /= 10)
            digits--;
        *out++ = '.';
        out = put_digits(out, rest, digits);
    }
    *out++ = ' ';
    size_t len = strlen(unit->name);
    memcpy(out, unit->name, len);
    memcpy(out + len, reading->scaled == SCALE ? "" : "s", reading->scaled == SCALE ? 1 : 2);
    double years = (double)reading->scaled / SCALE / unit->per_year;
    age->years = (double)(int64_t)(years * SCALE + 0.5) / SCALE;
    age->coarser = reading->bound;
}

enum tn_code tn_normal_age(struct tn_str raw, enum tn_age_bound bound, bool bare_is_years, struct tn_age *age)
{
    struct reading reading = {.unit = NO_UNIT};
    *age = (struct tn_age){.years = 0};
    if (!read_age(raw, &reading))
        return is_no_limit(raw) ? TN_CODE_NONE : TN_BAD_VALUE;
    bool no_maximum = bound == TN_AGE_MAXIMUM && reading.scaled == 0 && reading.unit == NO_UNIT;
    if (no_maximum || reading.scaled == (int64_t)INT32_MAX * SCALE)
        return TN_CODE_NONE;
    if (reading.unit == NO_UNIT && !reading.age && !bare_is_years)
        return TN_BAD_VALUE;
    if (reading.unit == NO_UNIT)
        reading.unit = YEAR;
    write_age(&reading, age);
    return TN_CODE_NONE;
}
