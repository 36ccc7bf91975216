/* SPDX-License-Identifier: MIT */
/* Is what looks like a marker one? A number needs its place in a list, or a line that nothing runs over into. */
#include "normal/criteria_parts.h"

enum { GAP = 3 }; /* numbers that may be missing */

/* Nothing of the line before runs over into this one. */
static bool fresh(const struct tn_crit_drafter *d, const struct tn_crit_row *row)
{
    return row->apart || d->first || tn_crit_finished(d->end);
}

const struct tn_crit_row *tn_crit_row_after(const struct tn_crit_drafter *d)
{
    return d->at + 1 < d->count ? &d->rows[d->at + 1] : NULL;
}

/* The marker that a row starts with by its looks: a bullet, a number or both. */
bool tn_crit_looks_marked(struct tn_str text, struct tn_crit_marker *marker)
{
    struct tn_crit_marker number;
    if (!tn_crit_bullet(text, marker))
        return tn_crit_ordinal(text, marker);
    if (tn_crit_ordinal(tn_str_from(text, marker->len), &number)) {
        number.bullet = marker->bullet;
        number.len += marker->len;
        *marker = number;
    }
    return true;
}

/* Does a later line, or this one, go on with the number after `marker`? */
static bool has_successor(const struct tn_crit_drafter *d, const struct tn_crit_marker *marker, struct tn_str body)
{
    struct tn_crit_marker next = *marker, found;
    next.value++;
    size_t far = 2000;
    if (tn_crit_number_inside(body, 1, far, next, d->count == 1, &found) != TN_NO_OFFSET && found.value == next.value)
        return true;
    for (size_t i = d->at + 1; i < d->count && i <= d->at + TN_CRIT_AHEAD; i++) {
        if (!tn_crit_looks_marked(d->rows[i].text, &found) || !found.style)
            continue;
        if (found.style != next.style && found.roman)
            tn_crit_as_roman(&found);
        if (found.style == next.style && found.value == next.value && found.prefix == next.prefix)
            return true;
    }
    return false;
}

static bool after_last(const struct tn_crit_drafter *d, const struct tn_crit_marker *marker)
{
    return d->last[marker->style] && d->last[marker->style] + 1 == marker->value &&
           d->prefix[marker->style] == marker->prefix;
}

static bool follows_list(struct tn_crit_drafter *d, const struct tn_crit_marker *marker, unsigned indent)
{
    return tn_crit_level_successor(&d->levels, marker, indent) || after_last(d, marker);
}

/* ---- is it a marker? ---- */

/* `i.` is the ninth letter where `h.` came before, else the roman one. */
static void letter_or_roman(struct tn_crit_drafter *d, struct tn_crit_marker *marker, unsigned indent)
{
    struct tn_crit_marker roman = *marker;
    enum tn_crit_number number = tn_crit_number_of(marker->style);
    if (!marker->roman || number == TN_CRIT_ROMAN_LOWER || number == TN_CRIT_ROMAN_UPPER)
        return;
    tn_crit_as_roman(&roman);
    if (tn_crit_level_successor(&d->levels, marker, indent))
        return;
    if (tn_crit_level_successor(&d->levels, &roman, indent) || roman.value == 1 || after_last(d, &roman))
        *marker = roman;
}

/* 1.1 opens the list below 1. */
static bool dewey_fits(struct tn_crit_drafter *d, const struct tn_crit_marker *marker, struct tn_str body,
                       bool is_fresh, bool follows)
{
    if (follows)
        return is_fresh || !tn_crit_broken_off(d) || has_successor(d, marker, body);
    bool below = false;
    for (size_t i = 0; i < d->levels.count && !below; i++)
        below = d->levels.open[i].style && d->levels.open[i].last + 1 == marker->prefix;
    return is_fresh && ((marker->value == 1 && below) || has_successor(d, marker, body));
}

/* The first of a list. `A. fumigatus` is none, nor is the end of `a score of 0 to⏎1. Patients`. */
static bool start_fits(struct tn_crit_drafter *d, const struct tn_crit_marker *marker, struct tn_str body,
                       bool is_fresh)
{
    enum tn_crit_number number = tn_crit_number_of(marker->style);
    enum tn_crit_sign sign = tn_crit_sign_of(marker->style);
    bool capital = number == TN_CRIT_UPPER || number == TN_CRIT_ROMAN_UPPER;
    if (is_fresh && !(capital && sign == TN_CRIT_DOT && tn_crit_starts_small(body)))
        return true;
    return has_successor(d, marker, body);
}

/* `i.` or `a)` below an item, further in than it: a list of one. */
static bool nested_alone(const struct tn_crit_drafter *d, const struct tn_crit_marker *marker, unsigned indent)
{
    enum tn_crit_number number = tn_crit_number_of(marker->style);
    enum tn_crit_sign sign = tn_crit_sign_of(marker->style);
    return d->marked && indent > d->indent + 1 && !marker->glued && sign != TN_CRIT_PARENS &&
           (number == TN_CRIT_LOWER || number == TN_CRIT_ROMAN_LOWER) && !tn_crit_broken_off(d);
}

/* `3.5 mg daily` before `4.`: an item whose number was taken for a decimal. */
static bool starts_with_number(struct tn_str text, unsigned value)
{
    unsigned read = 0;
    size_t at = 0;
    for (; at < text.len && at < 3 && tn_is_digit(text.s[at]); at++)
        read = read * 10 + (unsigned)(text.s[at] - '0');
    return at && read == value && at < text.len && text.s[at] == '.';
}

/* The line before has the number that is missed: it was taken for a decimal, or stands inside: `1. adult 2. asthma`. */
static bool missed_before(const struct tn_crit_drafter *d, const struct tn_crit_marker *marker)
{
    struct tn_crit_marker like = *marker, found;
    like.value--;
    struct tn_str text = d->before.text;
    return starts_with_number(text, like.value) ||
           (tn_crit_number_inside(text, 1, text.len, like, true, &found) != TN_NO_OFFSET && found.value == like.value);
}

/* A number out of the blue, or with some missing before it. */
static bool stray_fits(struct tn_crit_drafter *d, const struct tn_crit_marker *marker, struct tn_str body,
                       unsigned indent, bool is_fresh)
{
    enum { HIGHEST = 199 };
    enum tn_crit_number number = tn_crit_number_of(marker->style);
    unsigned last = d->last[marker->style];
    bool gap = last && marker->value > last && marker->value <= last + GAP;
    if (gap && number == TN_CRIT_DIGIT && missed_before(d, marker))
        return true;
    if (gap && number == TN_CRIT_DIGIT && d->marked && indent == d->indent && !tn_crit_starts_small(body))
        return true;
    if (!is_fresh || marker->value > HIGHEST)
        return false;
    if (number == TN_CRIT_LOWER || number == TN_CRIT_UPPER)
        return has_successor(d, marker, body);
    if ((number == TN_CRIT_ROMAN_LOWER || number == TN_CRIT_ROMAN_UPPER) && marker->value > 1)
        return true;
    return gap || !tn_crit_starts_small(body) || has_successor(d, marker, body);
}

static bool number_fits(struct tn_crit_drafter *d, struct tn_crit_marker *marker, struct tn_str body, unsigned indent,
                        bool is_fresh)
{
    letter_or_roman(d, marker, indent);
    enum tn_crit_number number = tn_crit_number_of(marker->style);
    enum tn_crit_sign sign = tn_crit_sign_of(marker->style);
    bool follows = follows_list(d, marker, indent);
    if (number == TN_CRIT_DEWEY)
        return dewey_fits(d, marker, body, is_fresh, follows);
    if (sign == TN_CRIT_DASH || sign == TN_CRIT_SPACED_DOT)
        return follows || (marker->value == 1 && has_successor(d, marker, body));
    if (follows) {
        if (is_fresh)
            return true;
        bool species = number == TN_CRIT_UPPER && sign == TN_CRIT_DOT && tn_crit_starts_small(body);
        return !(d->end && strchr("<>=-/", d->end)) && (!species || has_successor(d, marker, body));
    }
    if (marker->value == 1)
        return start_fits(d, marker, body, is_fresh) || nested_alone(d, marker, indent);
    return stray_fits(d, marker, body, indent, is_fresh);
}

/* The number behind a bullet, `* 1\. Age`, `- (2) Consent`: only where the numbers are a list. */
static bool number_behind_bullet(struct tn_crit_drafter *d, struct tn_str text, unsigned indent,
                                 struct tn_crit_marker *number)
{
    if (!tn_crit_ordinal(text, number))
        return false;
    struct tn_str body = tn_str_from(text, number->len);
    letter_or_roman(d, number, indent);
    enum tn_crit_sign sign = tn_crit_sign_of(number->style);
    bool bracket = sign == TN_CRIT_PAREN || sign == TN_CRIT_PARENS;
    unsigned last = d->last[number->style];
    bool missed = last && number->value > last && number->value <= last + GAP;
    return follows_list(d, number, indent) || missed || (number->value == 1 && bracket) ||
           has_successor(d, number, body);
}

/* `- 1. Age⏎- 2. Consent`: not the minus of a number, for the next comes later. */
static bool counts(const struct tn_crit_drafter *d, struct tn_str body)
{
    struct tn_crit_marker number;
    return tn_crit_ordinal(body, &number) && !number.glued &&
           (has_successor(d, &number, body) || (number.value > 1 && d->last[number.style] + 1 == number.value));
}

static bool bullet_fits(const struct tn_crit_drafter *d, const struct tn_crit_row *row,
                        const struct tn_crit_marker *marker)
{
    struct tn_str body = tn_str_from(row->text, marker->len);
    bool is_fresh = fresh(d, row);
    switch (marker->bullet) {
    case TN_CRIT_BULLET_O:
        return body.len && (!tn_crit_starts_small(body) || d->bullet == TN_CRIT_BULLET_O || d->end == ':');
    case TN_CRIT_BULLET_PLUS: return is_fresh && body.len && !tn_is_digit(body.s[0]);
    case TN_CRIT_BULLET_DASH:
        if (body.len == 0)
            return true;
        if (marker->glued && tn_crit_starts_small(body))
            return is_fresh || d->bullet == TN_CRIT_BULLET_DASH;
        return is_fresh || !tn_is_digit(body.s[0]) || d->bullet == TN_CRIT_BULLET_DASH || counts(d, body);
    default: return true;
    }
}

/* Several markers in a row are one: `- • Age`, `* 1\. Age`, `14. 14\. Age`. */
static void more_markers(struct tn_crit_drafter *d, const struct tn_crit_row *row, struct tn_crit_marker *marker)
{
    struct tn_crit_marker more;
    for (int i = 0; i < 3; i++) {
        struct tn_str rest = tn_str_from(row->text, marker->len);
        if (tn_crit_bullet(rest, &more) && !more.glued && rest.s[0] != '+' &&
            (rest.s[0] != 'o' || !tn_crit_starts_small(tn_str_from(rest, more.len)))) {
            marker->before = marker->style ? marker->before : marker->bullet;
            marker->bullet = marker->style ? marker->bullet : more.bullet;
        } else if (marker->style && tn_crit_ordinal(rest, &more) && more.style == marker->style &&
                   more.value == marker->value) {
            more.bullet = 0;
        } else if (!marker->style && number_behind_bullet(d, rest, row->indent, &more)) {
            marker->style = more.style;
            marker->value = more.value;
            marker->prefix = more.prefix;
        } else {
            break;
        }
        marker->len += more.len;
        marker->glued = more.glued;
    }
}

bool tn_crit_read_marker(struct tn_crit_drafter *d, const struct tn_crit_row *row, struct tn_crit_marker *marker)
{
    if (tn_crit_bullet(row->text, marker)) {
        if (!bullet_fits(d, row, marker))
            return false;
    } else if (!tn_crit_ordinal(row->text, marker) ||
               !number_fits(d, marker, tn_str_from(row->text, marker->len), row->indent, fresh(d, row))) {
        return false;
    }
    more_markers(d, row, marker);
    return true;
}
