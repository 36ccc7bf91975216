/* SPDX-License-Identifier: MIT */
#include "readers/page_shape.h"

#include "normal/age.h"
#include "normal/date.h"
#include "normal/identifier.h"
#include "normal/phase.h"
#include "normal/word.h"

enum { LONGEST_VALUE = 200 }; /* bytes: longer lines are text, whatever they start with */

/* Cuts digits (with commas between them) off *text. */
static struct tn_str take_digits(struct tn_str *text)
{
    size_t len = 0;
    while (len < text->len && (tn_is_digit(text->s[len]) || (len && text->s[len] == ',')))
        len++;
    struct tn_str digits = tn_str_slice(text->s, len);
    *text = tn_str_trim(tn_str_from(*text, len));
    return digits;
}

/* Cuts the first of some words off *text, where a word ends there. */
static bool take_word(struct tn_str *text, const char *const *words)
{
    for (; *words; words++) {
        struct tn_str word = tn_str_of(*words);
        bool sign = !tn_is_alnum(word.s[word.len - 1]);
        if (!tn_str_starts_fold(*text, word) || (!sign && text->len > word.len && tn_is_alnum(text->s[word.len])))
            continue;
        *text = tn_str_trim(tn_str_from(*text, word.len));
        return true;
    }
    return false;
}

static const char *const people[] = {"participants", "participant", "patients", "patient", "subjects", "people", NULL};

static bool is_participants(struct tn_str text)
{
    return take_digits(&text).len && take_word(&text, people) && text.len == 0;
}

struct groups {
    struct tn_str participants, groups, rest;
};

/* N participants in K patient groups[, including a placebo group] */
static bool read_groups(struct tn_str text, struct groups *groups)
{
    static const char *const in[] = {"in", NULL};
    static const char *const kinds[] = {"patient", "participant", "treatment", "study", NULL};
    static const char *const nouns[] = {"groups", "group", "arms", "arm", NULL};
    groups->participants = take_digits(&text);
    if (groups->participants.len == 0 || !take_word(&text, people) || !take_word(&text, in))
        return false;
    groups->groups = take_digits(&text);
    take_word(&text, kinds);
    if (groups->groups.len == 0 || !take_word(&text, nouns) || (text.len && text.s[0] != ','))
        return false;
    groups->rest = tn_str_trim(tn_str_from(text, 1));
    return true;
}

struct tn_str tn_shape_participants(struct tn_str text)
{
    return take_digits(&text);
}

struct tn_str tn_shape_groups(struct tn_str text)
{
    struct groups groups;
    return read_groups(text, &groups) ? groups.groups : (struct tn_str){NULL, 0};
}

struct tn_str tn_shape_groups_rest(struct tn_str text)
{
    struct groups groups;
    return read_groups(text, &groups) ? groups.rest : (struct tn_str){NULL, 0};
}

static const char *const age_units[] = {"years", "year", "months", "month", "weeks", "week", "days", "day", NULL};

/* Cuts a number off *text, and its unit where it has one. */
static struct tn_str take_age(struct tn_str *text, struct tn_str *unit)
{
    struct tn_str number = take_digits(text), before = *text;
    bool has_unit = take_word(text, age_units);
    size_t len = 0;
    while (has_unit && len < before.len && tn_is_alpha(before.s[len]))
        len++;
    *unit = tn_str_slice(before.s, len);
    return number;
}

bool tn_shape_ages(struct tn_str text, struct tn_ages *ages)
{
    static const char *const below[] = {"under", "up to", "younger than", "less than", "below", NULL};
    static const char *const above[] = {"over", "from", "at least", "older than", NULL};
    static const char *const to[] = {"to", "-", "~", "\xE2\x80\x93", NULL};
    static const char *const open_end[] = {"+", "and older", "and over", "and above", "and up", "or older", NULL};
    static const char *const old[] = {"old", "of age", NULL};
    struct tn_str first, first_unit, second = {NULL, 0}, second_unit = {NULL, 0};
    bool is_below = take_word(&text, below), is_above = !is_below && take_word(&text, above), is_open = false;
    first = take_age(&text, &first_unit);
    bool range = !is_below && take_word(&text, to);
    if (range)
        second = take_age(&text, &second_unit);
    else if (!is_below)
        is_open = take_word(&text, open_end);
    if (is_open && first_unit.len == 0)
        take_age(&text, &first_unit);
    take_word(&text, old);
    is_open = (!is_below && !range && take_word(&text, open_end)) || is_open;
    if (text.len || first.len == 0 || (range && second.len == 0) || !(is_below || is_above || range || is_open))
        return false;
    struct tn_str stated = second_unit.len ? second_unit : first_unit;
    struct tn_str unit = stated.len ? stated : TN_LIT("years");
    *ages = (struct tn_ages){.coarser = stated.len == 0 || is_below || is_above};
    if (!is_below)
        *ages = (struct tn_ages){.minimum = first, .minimum_unit = first_unit.len ? first_unit : unit,
                                 .maximum = second, .maximum_unit = unit, .coarser = ages->coarser};
    else {
        ages->maximum = first;
        ages->maximum_unit = unit;
    }
    return true;
}

/* Only digits and hyphens, as dates are written by these sites, though no calendar may have the day. */
static bool is_iso_date(struct tn_str text)
{
    static const char form[] = "dddd-dd-dd";
    for (size_t i = 0; i < text.len; i++)
        if (i >= sizeof form - 1 || (form[i] == 'd' ? !tn_is_digit(text.s[i]) : text.s[i] != form[i]))
            return false;
    return text.len == 7 || text.len == 10;
}

static bool is_date(struct tn_str text)
{
    struct tn_date date;
    if (is_iso_date(text))
        return true;
    bool digit = false;
    for (size_t i = 0; i < text.len; i++)
        digit |= tn_is_digit(text.s[i]);
    return digit && tn_normal_date(text, TN_DATE_ORDER_UNKNOWN, &date) != TN_BAD_VALUE;
}

/* A number and one word. A bare number is no age, nor is what stands for "no limit" or says more than a limit. */
static bool is_age(struct tn_str text)
{
    struct tn_age age;
    size_t at = 0;
    while (at < text.len && (tn_is_digit(text.s[at]) || text.s[at] == '.'))
        at++;
    struct tn_str unit = tn_str_trim(tn_str_from(text, at));
    for (size_t i = 0; i < unit.len; i++)
        if (!tn_is_alpha(unit.s[i]))
            return false;
    return at && unit.len && tn_normal_age(text, TN_AGE_MINIMUM, false, &age) == TN_CODE_NONE &&
           age.text[0] != '\0';
}

static bool is_phase(struct tn_str text)
{
    struct tn_phases phases;
    return tn_normal_phases(text, &phases) == TN_CODE_NONE && phases.count;
}

static bool is_word(const struct tn_field *field, struct tn_str text, bool exact)
{
    struct tn_word word;
    return field->vocabulary && tn_normal_word(field->vocabulary, text, &word) == TN_CODE_NONE &&
           (word.exact || !exact);
}

static bool is_truth(struct tn_str text)
{
    bool truth;
    return tn_normal_truth(text, &truth) == TN_CODE_NONE;
}

/* A country's letters alone (NA, NO) are taken for what they rather are. */
static bool is_place(struct tn_str text, bool facility)
{
    enum { COUNTRY_LETTERS = 3 };
    struct tn_place place;
    if (text.len <= COUNTRY_LETTERS)
        return false;
    return facility ? tn_place_split_facility(text, &place) : tn_place_split(text, &place);
}

/* Two capitals behind the last comma: a state of the United States or a province of Canada. */
bool tn_shape_clinic(struct tn_str text, struct tn_place *place)
{
    size_t bar = tn_str_find_char(text, '|'), len = text.len;
    if (bar == TN_NO_OFFSET || tn_str_find_char(tn_str_from(text, bar + 1), '|') != TN_NO_OFFSET)
        return false;
    *place = (struct tn_place){.facility = tn_str_trim(tn_str_slice(text.s, bar))};
    if (len < 4 || !tn_is_upper(text.s[len - 1]) || !tn_is_upper(text.s[len - 2]) || text.s[len - 3] != ' ' ||
        text.s[len - 4] != ',')
        return false;
    place->state = tn_str_from(text, len - 2);
    if (bar + 1 > len - 4)
        return false;
    place->city = tn_str_trim(tn_str_slice(text.s + bar + 1, len - 4 - (bar + 1)));
    return place->facility.len && place->city.len;
}

struct tn_str tn_shape_url(struct tn_str text)
{
    if (text.len > 2 && text.s[0] == '<' && text.s[text.len - 1] == '>')
        text = tn_str_slice(text.s + 1, text.len - 2);
    bool url = tn_str_starts_fold(text, TN_LIT("https://")) || tn_str_starts_fold(text, TN_LIT("http://"));
    for (size_t i = 0; url && i < text.len; i++)
        url = !tn_is_space(text.s[i]);
    return url ? text : (struct tn_str){NULL, 0};
}

bool tn_shape_fits(enum tn_shape shape, const struct tn_field *field, struct tn_str text)
{
    struct groups groups;
    struct tn_place place;
    struct tn_identifier id;
    if (shape == TN_SHAPE_TEXT)
        return text.len > 0;
    if (text.len == 0 || text.len > (shape == TN_SHAPE_URL || shape == TN_SHAPE_SITE ? 10 : 1) * LONGEST_VALUE)
        return false;
    switch (shape) {
    case TN_SHAPE_WORD: return is_word(field, text, false);
    case TN_SHAPE_EXACT: return is_word(field, text, true);
    case TN_SHAPE_PHASE: return is_phase(text);
    case TN_SHAPE_PARTICIPANTS: return is_participants(text);
    case TN_SHAPE_GROUPS: return read_groups(text, &groups);
    case TN_SHAPE_DATE: return is_date(text);
    case TN_SHAPE_AGE: return is_age(text);
    case TN_SHAPE_TRUTH: return is_truth(text);
    case TN_SHAPE_ID: return tn_identifier_is(text, NULL, &id) && id.registry;
    case TN_SHAPE_PLACE: return is_place(text, false);
    case TN_SHAPE_SITE: return is_place(text, true);
    case TN_SHAPE_CLINIC: return tn_shape_clinic(text, &place);
    case TN_SHAPE_URL: return tn_shape_url(text).len > 0;
    case TN_SHAPE_PLACE_DOWN: return tn_place_split_down(text, &place);
    case TN_SHAPE_NUMBER: return tn_shape_number(text).len > 0;
    case TN_SHAPE_MASKED:
    case TN_SHAPE_GIVEN:
    case TN_SHAPE_TYPED:
    case TN_SHAPE_ARMS:
    case TN_SHAPE_PARTY: return true;
    case TN_SHAPE_NONE:
    case TN_SHAPE_TEXT: break;
    }
    return false;
}
