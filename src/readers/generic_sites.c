/* SPDX-License-Identifier: MIT */
/* Sites: tables, cards, `City, Country` lines, facilities under their country. */
#include "normal/country.h"
#include "normal/place.h"
#include "readers/generic.h"

struct telling {
    struct tn_page_reading *page;
    const struct tn_span *span;
    struct tn_record *open;   /* the site that lines belong to; NULL: none */
    struct tn_str country;    /* the country that the sites below are in */
    unsigned country_level;   /* of its list item or heading */
    const struct tn_block *country_line, *city_line; /* the headings above; NULL: none */
    const struct tn_block *at; /* the line that is read */
    bool country_used;
};

/* A site under its country's heading is in that country. */
static void close_site(struct telling *tell)
{
    struct tn_record *site = tell->open;
    tell->open = NULL;
    if (!site || !tell->country_line || tn_has(site, TN_location_country) ||
        !(tn_has(site, TN_location_facility) || tn_has(site, TN_location_city)))
        return;
    tn_page_at(tell->page, tell->country_line);
    tn_page_put(tell->page, site, TN_location_country, tell->country);
    tn_page_at(tell->page, tell->at);
    tell->country_used = true;
}

/* A country that no site has taken is one where the trial runs. */
static void leave_country(struct telling *tell)
{
    close_site(tell);
    if (tell->country_line && !tell->country_used) {
        tn_page_at(tell->page, tell->country_line);
        tn_page_put(tell->page, tn_add_record(tell->page->reading.trial, TN_trial_countries), TN_country_name, tell->country);
        tn_page_at(tell->page, tell->at);
    } else if (tell->country_line) {
        tn_page_boilerplate(tell->page, tell->country_line);
    }
    tell->country.len = 0;
    tell->country_line = tell->city_line = NULL;
    tell->country_used = false;
}

static struct tn_record *new_site(struct telling *tell)
{
    close_site(tell);
    return tell->open = tn_add_record(tell->page->reading.trial, TN_trial_locations);
}

static bool is_country(struct tn_str text)
{
    struct tn_place place;
    return text.len > 3 && tn_place_split(text, &place) && place.city.len == 0 && place.state.len == 0;
}

static bool has_place(const struct tn_record *site)
{
    return tn_has(site, TN_location_city) || tn_has(site, TN_location_country);
}

static void put_place(struct telling *tell, const struct tn_place *place)
{
    struct tn_page_reading *page = tell->page;
    tell->country_used = tell->country_used || (place->country.len && tn_str_eq_fold(place->country, tell->country));
    tn_page_put(page, tell->open, TN_location_facility, place->facility);
    tn_page_put(page, tell->open, TN_location_city, place->city);
    tn_page_put(page, tell->open, TN_location_state, place->state);
    tn_page_put(page, tell->open, TN_location_zip, place->zip);
    tn_page_put(page, tell->open, TN_location_country, place->country);
}

/* "Coral Bay Clinic, Cairns, Queensland" under its country. */
static bool take_in_country(struct telling *tell, struct tn_str text)
{
    struct tn_place place;
    if (tell->country.len == 0 || text.len > 200)
        return false;
    struct tn_str whole = tn_str_format(tell->page->reading.arena, "%.*s, %.*s", (int)text.len, text.s,
                                        (int)tell->country.len, tell->country.s);
    bool one_part = tn_str_find_char(text, ',') == TN_NO_OFFSET;
    if (one_part || !tn_place_split_facility(whole, &place))
        return false;
    new_site(tell);
    put_place(tell, &place);
    return true;
}

/* "Prairie General, Fargo, North Dakota": a state that only one country has stands for it; the country is not put. */
static bool take_in_state(struct telling *tell, struct tn_str text)
{
    struct tn_place place;
    size_t comma = text.len;
    while (comma > 0 && text.s[comma - 1] != ',')
        comma--;
    if (comma == 0 || text.len > 200 || !tn_place_is_state(tn_str_trim(tn_str_from(text, comma))))
        return false;
    struct tn_str whole = tn_str_format(tell->page->reading.arena, "%.*s, United States", (int)text.len, text.s);
    if (!tn_place_split_facility(whole, &place) || place.city.len == 0 || place.state.len == 0 || is_country(place.city))
        return false; /* "United States, Massachusetts" names no city */
    place.country.len = 0;
    if (place.facility.len || !tell->open || has_place(tell->open))
        new_site(tell);
    put_place(tell, &place);
    return true;
}

/* A name of three words is hardly a city's. */
static bool is_facility(struct tn_str text)
{
    enum { WORDS = 3 };
    size_t words = 1;
    for (size_t i = 0; i < text.len; i++)
        words += text.s[i] == ' ';
    return words >= WORDS || tn_place_is_facility(text);
}

static bool is_hospital(struct tn_str text)
{
    enum { LONGEST = 120 };
    return text.len <= LONGEST && tn_str_find_char(text, ':') == TN_NO_OFFSET && tn_str_find_char(text, ',') == TN_NO_OFFSET &&
           tn_place_is_facility(text) && !tn_generic_is_sentence(text);
}

/* A short name without signs or figures. */
static bool is_bare_name(struct tn_str text)
{
    enum { LONGEST = 40 };
    for (size_t i = 0; i < text.len; i++)
        if (strchr(",:;()0123456789", text.s[i]))
            return false;
    return text.len <= LONGEST && !is_facility(text);
}

static bool take_place(struct telling *tell, struct tn_str text)
{
    struct tn_place place;
    if (tell->open && !has_place(tell->open) && tn_shape_fits(TN_SHAPE_PLACE, NULL, text)) {
        tn_page_put_shape(tell->page, tell->open, TN_location_city, TN_SHAPE_PLACE, text);
        return true;
    }
    if (take_in_state(tell, text))
        return true;
    if (!tn_shape_fits(TN_SHAPE_SITE, NULL, text) || !tn_place_split_facility(text, &place))
        return false;
    if (!is_facility(place.facility) && place.facility.len && tn_shape_fits(TN_SHAPE_PLACE, NULL, text)) {
        if (tn_str_find_char(place.facility, ' ') != TN_NO_OFFSET)
            return false; /* city or facility: nothing says which */
        tn_place_split(text, &place); /* "Essen, NRW, Germany" */
    }
    new_site(tell);
    put_place(tell, &place);
    return true;
}

static struct tn_str joined(struct telling *tell, struct tn_str a, struct tn_str b)
{
    return tn_str_format(tell->page->reading.arena, "%.*s, %.*s", (int)a.len, a.s, (int)b.len, b.s);
}

/* Facility, city and country on three lines, or city and country on two: how many lines were taken. */
static size_t take_lines(struct telling *tell, size_t i)
{
    const struct tn_span *span = tell->span;
    struct tn_place place;
    for (size_t lines = 2; lines <= 3 && i + lines <= span->count; lines++) {
        struct tn_str country = tn_page_line(span->lines[i + lines - 1]), city = tn_page_line(span->lines[i + lines - 2]);
        struct tn_str first = tn_page_line(span->lines[i]);
        bool joins = is_country(country) && !is_country(city) && city.len < 80 && tn_str_find_char(city, ':') == TN_NO_OFFSET &&
                     !tn_shape_fits(TN_SHAPE_PLACE, NULL, city) && !tn_shape_fits(TN_SHAPE_SITE, NULL, city) &&
                     !span->lines[i + lines - 1]->blank_before && !span->lines[i + lines - 2]->emphatic;
        if (!joins || !tn_place_split(joined(tell, city, country), &place) || place.city.len == 0 ||
            (lines == 3 && (first.len > 120 || tn_generic_is_sentence(first))))
            continue;
        new_site(tell);
        tn_page_at(tell->page, span->lines[i + 1]);
        put_place(tell, &place);
        tn_page_at(tell->page, span->lines[i + lines - 1]);
        tn_page_put(tell->page, tell->open, TN_location_country, place.country);
        tn_page_at(tell->page, span->lines[i]);
        if (lines == 3)
            tn_page_put(tell->page, tell->open, TN_location_facility, first);
        tn_page_boilerplate(tell->page, span->lines[i]);
        return lines;
    }
    return 0;
}

/* "Status: Recruiting", in a pair or in one line. */
static bool take_part(struct telling *tell, struct tn_str name, struct tn_str value)
{
    struct tn_label label = tn_generic_find(name, TN_WITHIN_SITES);
    const struct tn_label_word *word = label.word;
    if (!word || value.len == 0 || word->how < TN_HOW_PART || word->how > TN_HOW_SITE_CONTACT)
        return false;
    if (word->how == TN_HOW_PART && !tn_generic_fits(word, value))
        return false;
    bool starts = word->how == TN_HOW_PART && tell->open && tn_has(tell->open, word->field) &&
                  (word->field == TN_location_facility || word->field == TN_location_city);
    if (!tell->open || starts)
        new_site(tell);
    if (!tell->open)
        return true;
    struct tn_record *record = tell->open;
    if (word->type == &tn_type_contact) {
        size_t count = tn_count(record, TN_location_contacts);
        record = count ? tn_record_edit(record, TN_location_contacts, count - 1) : tn_add_record(record, TN_location_contacts);
    }
    if (word->how == TN_HOW_PLACE && !tn_shape_fits(TN_SHAPE_PLACE, NULL, value))
        return false;
    if (word->how == TN_HOW_PLACE)
        tn_page_put_shape(tell->page, record, word->field, TN_SHAPE_PLACE, value);
    else
        tn_page_put(tell->page, record, word->field, value);
    return true;
}

static bool take_labelled(struct telling *tell, const struct tn_block *line, struct tn_str text)
{
    size_t colon = line->kind == TN_BLOCK_PAIR ? 0 : tn_str_find_char(text, ':');
    if (line->kind == TN_BLOCK_PAIR)
        return take_part(tell, line->label, line->text);
    return colon != TN_NO_OFFSET && take_part(tell, tn_str_slice(text.s, colon), tn_str_trim(tn_str_from(text, colon + 1)));
}

/* What follows says that this line is the name of a site. */
static bool names_site(const struct telling *tell, size_t i)
{
    enum { LONGEST_NAME = 160 };
    const struct tn_block *line = tell->span->lines[i], *next = i + 1 < tell->span->count ? tell->span->lines[i + 1] : NULL;
    if (line->whole.len > LONGEST_NAME || tn_generic_is_sentence(line->whole) || tn_generic_is_furniture(line->whole) ||
        tn_generic_is_menu(line->whole))
        return false;
    if (!next)
        return false;
    struct tn_str text = tn_page_line(next);
    if (tn_shape_fits(TN_SHAPE_SITE, NULL, line->whole) && !tn_str_ends_fold(line->whole, text))
        return false;
    size_t colon = tn_str_find_char(text, ':');
    struct tn_label label = tn_generic_find(next->kind == TN_BLOCK_PAIR    ? next->label
                                          : colon == TN_NO_OFFSET ? TN_LIT("")
                                                                  : tn_str_slice(text.s, colon),
                                          TN_WITHIN_SITES);
    bool part = label.word && label.word->how >= TN_HOW_PART && label.word->how <= TN_HOW_SITE_CONTACT &&
                label.word->field != TN_location_facility;
    return part || tn_shape_fits(TN_SHAPE_PLACE, NULL, text) ||
           tn_shape_fits(TN_SHAPE_WORD, &tn_type_location.fields[TN_location_status], text);
}

/* A country on a line of its own: that of the sites below it, or one where the trial runs. */
static void take_country(struct telling *tell, size_t i, struct tn_str text)
{
    const struct tn_block *line = tell->span->lines[i], *next = i + 1 < tell->span->count ? tell->span->lines[i + 1] : NULL;
    if (!tell->country_line && tell->open && tn_has(tell->open, TN_location_city) && !tn_has(tell->open, TN_location_country) &&
        line->kind == TN_BLOCK_PARAGRAPH) {
        tn_page_put(tell->page, tell->open, TN_location_country, text);
        return;
    }
    bool holds = next && (line->kind == TN_BLOCK_HEADING || line->emphatic || (next->kind == TN_BLOCK_ITEM && next->level > line->level) ||
                          (next->kind == TN_BLOCK_ITEM && line->kind != TN_BLOCK_ITEM));
    if (!holds) {
        tn_page_put(tell->page, tn_add_record(tell->page->reading.trial, TN_trial_countries), TN_country_name, text);
        return;
    }
    leave_country(tell);
    tell->country = text;
    tell->country_level = line->level;
    tell->country_line = line;
}

/* "Lyon" above "CHU Lyon", both under "France". */
static bool take_city(struct telling *tell, size_t i, struct tn_str text)
{
    const struct tn_block *line = tell->span->lines[i], *next = i + 1 < tell->span->count ? tell->span->lines[i + 1] : NULL;
    bool heads = line->kind == TN_BLOCK_HEADING && tell->country_line && tell->country_line->kind == TN_BLOCK_HEADING &&
                 line->level > tell->country_level;
    if (!heads || !next || next->kind == TN_BLOCK_HEADING || next->kind == TN_BLOCK_ROW || next->kind == TN_BLOCK_PAIR ||
        !is_bare_name(text) || !is_hospital(tn_page_line(next)))
        return false;
    close_site(tell);
    tell->city_line = line;
    return true;
}

/* A site under the heading of its city. */
static bool take_in_city(struct telling *tell, struct tn_str text)
{
    if (!tell->city_line || !is_hospital(text))
        return false;
    new_site(tell);
    tn_page_put(tell->page, tell->open, TN_location_facility, text);
    tn_page_at(tell->page, tell->city_line);
    tn_page_put(tell->page, tell->open, TN_location_city, tn_page_line(tell->city_line));
    tn_page_at(tell->page, tell->at);
    return true;
}

/* True when line `i` is none of what stands under the country. */
static bool ends_country(const struct telling *tell, size_t i)
{
    const struct tn_block *line = tell->span->lines[i], *next = i + 1 < tell->span->count ? tell->span->lines[i + 1] : NULL;
    enum tn_block_kind above = tell->country_line->kind;
    if (line->kind == TN_BLOCK_HEADING)
        return above != TN_BLOCK_HEADING || line->level <= tell->country_level;
    if (above == TN_BLOCK_ITEM)
        return line->kind == TN_BLOCK_ITEM ? line->level <= tell->country_level : line->kind == TN_BLOCK_PARAGRAPH;
    return above != TN_BLOCK_HEADING && line->kind == TN_BLOCK_PARAGRAPH && line->emphatic && next && next->kind == TN_BLOCK_ITEM;
}

static void leave_headings(struct telling *tell, size_t i)
{
    const struct tn_block *line = tell->span->lines[i];
    if (line->kind == TN_BLOCK_HEADING && tell->city_line && line->level <= tell->city_line->level)
        tell->city_line = NULL;
    if (tell->country_line && ends_country(tell, i))
        leave_country(tell);
}

static void take_line(struct telling *tell, size_t i)
{
    const struct tn_block *line = tell->span->lines[i];
    struct tn_str text = tn_page_line(line);
    tn_page_at(tell->page, line);
    leave_headings(tell, i);
    if (take_labelled(tell, line, text)) {
        return;
    } else if (is_country(text)) {
        take_country(tell, i, text);
    } else if (tell->open && !tn_has(tell->open, TN_location_status) &&
               tn_shape_fits(TN_SHAPE_WORD, &tn_type_location.fields[TN_location_status], text)) {
        tn_page_put(tell->page, tell->open, TN_location_status, text);
    } else if (take_city(tell, i, text) || take_in_city(tell, text)) {
        return;
    } else if (names_site(tell, i) && !tn_shape_fits(TN_SHAPE_PLACE, NULL, text)) {
        tn_page_put(tell->page, new_site(tell), TN_location_facility, text);
    } else if (!take_in_country(tell, text) && !take_place(tell, text)) {
        tn_page_unmapped(tell->page, tell->span, line);
    }
}

/* A second row of names under the first: "City", "Hospital" under "Sites". */
static bool names_columns(const struct tn_block *row)
{
    bool all = row->header && row->cell_count > 1;
    for (size_t c = 0; all && c < row->cell_count; c++) {
        struct tn_label label = tn_generic_find(row->cells[c], TN_WITHIN_SITES);
        all = label.word && label.word->how >= TN_HOW_PART && label.word->how <= TN_HOW_SITE_CONTACT;
    }
    return all;
}

static void take_row(struct telling *tell, const struct tn_block *row)
{
    if (tn_generic_is_header(row) || names_columns(row)) {
        tn_page_boilerplate(tell->page, row);
        return;
    }
    if (row->header) {
        struct tn_record *site = new_site(tell);
        if (site)
            tn_generic_row(tell->page, tell->span, row, site, TN_WITHIN_SITES);
        if (site && tn_record_empty(site)) {
            tell->open = NULL;
            tn_remove_at(tell->page->reading.trial, TN_trial_locations, tn_count(tell->page->reading.trial, TN_trial_locations) - 1);
        }
        close_site(tell);
        return;
    }
    struct tn_str text = TN_LIT("");
    for (size_t c = 0; c < row->cell_count; c++)
        text = tn_str_format(tell->page->reading.arena, "%.*s%s%.*s", (int)text.len, text.s, text.len ? ", " : "",
                             (int)row->cells[c].len, row->cells[c].s ? row->cells[c].s : "");
    tn_page_at(tell->page, row);
    if (!take_place(tell, text))
        tn_page_unmapped(tell->page, tell->span, row);
}

/* All on the label's line: places apart by semicolons, or one. */
static void read_value(struct telling *tell)
{
    struct tn_str rest = tell->span->value, entry;
    struct tn_label label = tn_generic_find(tell->span->name, TN_WITHIN_ANY);
    tell->at = tell->span->label;
    tn_page_at(tell->page, tell->at);
    if (label.number.len)
        tn_page_put(tell->page, tell->page->reading.trial, TN_trial_location_count, label.number);
    while (tn_generic_next(&rest, false, &entry)) {
        struct tn_stated text = tn_stated_of(entry);
        if (is_country(entry))
            tn_page_put(tell->page, tn_add_record(tell->page->reading.trial, TN_trial_countries), TN_country_name, entry);
        else if (!take_place(tell, entry))
            tn_put_extra_here(&tell->page->reading, &text);
        tell->open = NULL;
    }
}

void tn_generic_sites(struct tn_page_reading *page, const struct tn_span *span)
{
    struct telling tell = {.page = page, .span = span};
    if (span->value.len || (span->label && !span->continued))
        read_value(&tell);
    for (size_t i = 0; i < span->count; i++) {
        tell.at = span->lines[i];
        size_t taken = span->lines[i]->kind == TN_BLOCK_PARAGRAPH ? take_lines(&tell, i) : 0;
        if (taken)
            i += taken - 1;
        else if (span->lines[i]->kind == TN_BLOCK_ROW)
            take_row(&tell, span->lines[i]);
        else
            take_line(&tell, i);
    }
    leave_country(&tell);
}
