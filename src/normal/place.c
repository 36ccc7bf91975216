/* SPDX-License-Identifier: MIT */
#include "normal/place.h"

#include "normal/country.h"

/* A line between its last commas. */
enum { PARTS_MAX = 8 };

struct parts {
    struct tn_str part[PARTS_MAX]; /* in the order of the line; the first holds all that stands before the others */
    size_t count;
    struct tn_str line;
};

struct state {
    const char *country, *name, *short_name;
};

static const struct state states[] = {
#define TN_STATE(country, name, short_name) {country, name, short_name},
#include "normal/states.inc"
#undef TN_STATE
};

/* What the words of a facility's name start with; a point stands for the end of the word. */
static const char *const facility_words[] = {
    "abt.", "abteilung", "ag.", "associates.", "aziend", "bolnic", "cabinet.", "cancer.", "cardiolog", "center.",
    "centre.", "centro de", "centro m", "centrum.", "chru.", "chu.", "clinic", "clinique", "corp.", "department.",
    "dept.", "dipartiment", "division.", "faculty.", "fondazione.", "foundation.", "gmbh.", "group.",
    "h\xC3\xA4matolog", "h\xC3\xB4pit", "haematolog", "hastane", "health", "hematolog", "hopit", "hospit", "inc.",
    "institu", "investigat", "irccs.", "istitut", "jugend", "klinik", "krankenhaus", "laborator", "llc.", "llp.",
    "ltd.", "medical.", "medicine.", "nemocnice.", "neurolog", "office.", "oncolog", "ospedal", "paediatr", "pediatr",
    "pharma", "poliambulator", "policlin", "poliklin", "practice.", "praxis.", "research.", "rigshospital",
    "section.", "sektion", "service", "site.", "sjukhus", "spital", "surgery.", "sygehus", "sykehus", "szpital",
    "trust.", "unit.", "univ.", "universi", "zentrum", "ziekenhuis",
};

static bool starts_word(struct tn_str text, const char *word)
{
    size_t len = strlen(word);
    bool whole = word[len - 1] == '.';
    len -= whole;
    if (!tn_str_starts_fold(text, tn_str_slice(word, len)))
        return false;
    return !whole || text.len == len || !tn_is_alpha(text.s[len]);
}

static bool is_facility_word(struct tn_str text)
{
    for (size_t i = 0; i < sizeof facility_words / sizeof *facility_words; i++)
        if (starts_word(text, facility_words[i]))
            return true;
    return false;
}

static bool reads_as_facility(struct tn_str text)
{
    for (size_t at = 0; at < text.len; at++)
        if ((at == 0 || !tn_is_alnum(text.s[at - 1])) && is_facility_word(tn_str_from(text, at)))
            return true;
    return false;
}

static bool has_states(const char *country)
{
    return strcmp(country, "US") == 0 || strcmp(country, "CA") == 0 || strcmp(country, "AU") == 0;
}

static bool is_state(const char *country, struct tn_str text)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i].country, country) == 0 && (tn_str_eq_fold(text, tn_str_of(states[i].name)) ||
                                                        tn_str_eq(text, tn_str_of(states[i].short_name))))
            return true;
    return false;
}

/* A postal code: 02115, CB2 0QQ, D-50937, 100-0001. A city's district (Praha 5) has small letters. */
static bool is_zip(struct tn_str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.s[i];
        if (!tn_is_digit(c) && !tn_is_upper(c) && c != ' ' && c != '-')
            return false;
        digits += tn_is_digit(c);
    }
    return digits >= 2 && text.len >= 3 && text.len <= 12;
}

static void split_parts(struct tn_str line, struct parts *parts)
{
    size_t end = line.len, first = PARTS_MAX;
    *parts = (struct parts){.line = line};
    while (first > 1) {
        size_t comma = end;
        while (comma && line.s[comma - 1] != ',')
            comma--;
        if (comma == 0)
            break;
        parts->part[--first] = tn_str_trim(tn_str_slice(line.s + comma, end - comma));
        end = comma - 1;
    }
    parts->part[--first] = tn_str_trim(tn_str_slice(line.s, end));
    parts->count = PARTS_MAX - first;
    memmove(parts->part, parts->part + first, parts->count * sizeof *parts->part);
}

/* From the start of part `from` to the end of part `to`. */
static struct tn_str joined(const struct parts *parts, size_t from, size_t to)
{
    const char *start = parts->part[from].s;
    return tn_str_slice(start, (size_t)(parts->part[to].s - start) + parts->part[to].len);
}

bool tn_place_is_facility(struct tn_str text)
{
    return reads_as_facility(text);
}

bool tn_place_is_state(struct tn_str text)
{
    return is_state("US", text);
}

/* `San Diego, CA` is not in Canada: letters that a state has stand for no country. */
static bool read_country(struct tn_str name, struct tn_country *country)
{
    enum { LETTERS = 3 }; /* of a state, at most */
    for (size_t i = 0; name.len <= LETTERS && i < sizeof states / sizeof *states; i++)
        if (tn_str_eq(name, tn_str_of(states[i].short_name)))
            return tn_normal_country_name(name, country);
    return tn_normal_country(name, country);
}

/* Takes the country off the end: the last part, or the last two where that alone is none ("Korea, Republic of"). In
 * this order, so that of "Hong Kong, China" and "England, United Kingdom" something is left for the city. */
static bool take_country(struct parts *parts, struct tn_place *place, struct tn_country *country)
{
    for (size_t used = 1; used <= 2 && used <= parts->count; used++) {
        struct tn_str name = joined(parts, parts->count - used, parts->count - 1);
        if (!read_country(name, country))
            continue;
        place->country = name;
        parts->count -= used;
        return true;
    }
    return false;
}

static void take_zip(struct parts *parts, struct tn_place *place)
{
    if (place->zip.len == 0 && parts->count > 1 && is_zip(parts->part[parts->count - 1]))
        place->zip = parts->part[--parts->count];
}

/* Country and postal code, on either side of each other. */
static bool take_end(struct tn_str raw, struct parts *parts, struct tn_place *place, struct tn_country *country)
{
    *place = (struct tn_place){.country = {NULL, 0}};
    split_parts(tn_str_trim(raw), parts);
    take_zip(parts, place);
    if (!take_country(parts, place, country)) {
        *place = (struct tn_place){.country = {NULL, 0}};
        return false;
    }
    take_zip(parts, place);
    return true;
}

bool tn_place_split(struct tn_str raw, struct tn_place *place)
{
    struct parts parts;
    struct tn_country country;
    if (!take_end(raw, &parts, place, &country))
        return false;
    if (parts.count > 2) {
        *place = (struct tn_place){.country = {NULL, 0}};
        return false;
    }
    if (parts.count > 0)
        place->city = parts.part[0];
    if (parts.count > 1)
        place->state = parts.part[1];
    return true;
}

/* One part before the country. */
static void split_one(const struct parts *parts, struct tn_place *place)
{
    if (reads_as_facility(parts->part[0]))
        place->facility = parts->part[0];
    else
        place->city = parts->part[0];
}

/* Two parts before the country: facility and city, or city and state. A state alone is never named, so that behind a
 * facility `New York` is the city. */
static void split_two(const struct parts *parts, const char *country, struct tn_place *place)
{
    struct tn_str first = parts->part[0], second = parts->part[1];
    if (has_states(country) && is_state(country, second) && !reads_as_facility(first)) {
        place->city = first;
        place->state = second;
    } else if (reads_as_facility(second)) {
        place->facility = joined(parts, 0, 1);
    } else {
        place->facility = first;
        place->city = second;
    }
}

/* `CMX`, `HK`: a state by its letters. */
static bool is_short_state(struct tn_str part)
{
    for (size_t i = 0; i < part.len; i++)
        if (!tn_is_upper(part.s[i]))
            return false;
    return part.len <= 3;
}

/* True when `part`, which the name `next` of a city or state follows, belongs to a facility's name: it reads so, goes
 * on with a small letter or a dash ("Dept. of Haematology, and Oncology"), or is the country ("North Hospital,
 * Denmark"). */
static bool goes_on(struct tn_str part, struct tn_str next, struct tn_str country)
{
    if (part.len && (tn_is_lower(part.s[0]) || part.s[0] == '-'))
        return true;
    return reads_as_facility(part) || (tn_str_eq_fold(part, country) && !is_short_state(next));
}

/* Three parts or more: all but the last two (city, state) or the last one (city) are the facility. */
static void split_more(const struct parts *parts, const char *country, struct tn_place *place)
{
    size_t n = parts->count;
    struct tn_str last = parts->part[n - 1], before = parts->part[n - 2];
    bool state = has_states(country) ? is_state(country, last) : !goes_on(before, last, place->country);
    place->facility = joined(parts, 0, state ? n - 3 : n - 2);
    place->city = state ? before : last;
    if (state)
        place->state = last;
}

bool tn_place_split_facility(struct tn_str raw, struct tn_place *place)
{
    struct parts parts;
    struct tn_country country;
    if (!take_end(raw, &parts, place, &country))
        return false;
    if (parts.count == 1)
        split_one(&parts, place);
    else if (parts.count == 2)
        split_two(&parts, country.code, place);
    else if (parts.count > 2)
        split_more(&parts, country.code, place);
    return true;
}

/* The country at the beginning, of one part or two ("Korea, Republic of, Seoul"); how many, 0: none. */
static size_t leading_country(const struct parts *parts, struct tn_place *place)
{
    struct tn_country country;
    for (size_t used = parts->count > 2 ? 2 : 1; used > 0; used--) {
        place->country = joined(parts, 0, used - 1);
        if (parts->count > used && read_country(place->country, &country))
            return used;
    }
    return 0;
}

bool tn_place_split_down(struct tn_str raw, struct tn_place *place)
{
    struct parts parts;
    *place = (struct tn_place){.country = {NULL, 0}};
    split_parts(tn_str_trim(raw), &parts);
    size_t first = leading_country(&parts, place);
    if (first == 0) {
        *place = (struct tn_place){.country = {NULL, 0}};
        return false;
    }
    if (parts.count > first + 1)
        take_zip(&parts, place);
    if (parts.count > first + 1)
        place->state = parts.part[first++];
    place->city = joined(&parts, first, parts.count - 1);
    return true;
}
