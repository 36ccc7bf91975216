/* SPDX-License-Identifier: MIT */
/* From the lines of an entry into a record. */
#include "readers/listing_entry.h"

#include "normal/country.h"
#include "normal/fold.h"
#include "normal/word.h"
#include "readers/address.h"
#include "readers/labels.h"

struct filling {
    struct tn_page_reading *page;
    const struct tn_listing *listing;
    const struct tn_listing_texts *texts;
    struct tn_listing_line *lines;
    size_t count;
    struct tn_record *trial;
    struct tn_str address; /* of the entry's own page */
};

static void stand_at(struct filling *filling, const struct tn_listing_line *line)
{
    struct tn_reading *reading = &filling->page->reading;
    reading->line = reading->raw->line + line->line - 1;
    reading->offset = reading->raw->offset + line->offset;
    reading->label = line->label;
    reading->fate = &filling->page->fates[line->block->number];
}

/* "View details", "Compare": a link that every entry has in the same words; or the name of its column. */
static bool is_furniture(const struct filling *filling, const struct tn_listing_line *line)
{
    bool every = filling->listing->count > 1 && tn_listing_text_count(filling->texts, line->text) == filling->listing->count;
    return line->link.len && tn_listing_speaks(line->text) == 0 && (every || tn_str_eq(line->label, line->text));
}

static bool is_field(const struct tn_listing_line *line, int field)
{
    return line->column && line->column->field == field;
}

/* How surely the line says which trial the entry is. */
static unsigned names_trial(const struct tn_listing_line *line, struct tn_identifier *id, struct tn_str *rest)
{
    enum tn_own own = tn_listing_own_id(line->text, line->link, id, rest);
    bool labelled = is_field(line, TN_trial_trial_id), other = line->label.len && !labelled && !is_field(line, TN_trial_title);
    return labelled && own >= TN_OWN_BESIDE ? TN_OWN_ALONE + 1U : other && own != TN_OWN_ADDRESS ? 0 : own;
}

static void put_trial_id(struct filling *filling)
{
    struct tn_identifier id, best_id;
    unsigned best = 0;
    size_t at = 0;
    for (size_t i = 0; i < filling->count; i++) {
        unsigned own = filling->lines[i].used ? 0 : names_trial(&filling->lines[i], &id, NULL);
        if (own <= best)
            continue;
        best = own;
        best_id = id;
        at = i;
    }
    if (best == 0)
        return;
    stand_at(filling, &filling->lines[at]);
    tn_page_put(filling->page, filling->trial, TN_trial_trial_id,
                tn_str_copy(filling->page->reading.arena, tn_str_of(best_id.value)));
}

/* Lines that are identifiers and nothing else: that of the trial, or further ones. */
static void put_identifiers(struct filling *filling)
{
    struct tn_str own = tn_text(filling->trial, TN_trial_trial_id);
    for (size_t i = 0; i < filling->count; i++) {
        struct tn_listing_line *line = &filling->lines[i];
        struct tn_identifier id;
        bool may = !line->used && (line->label.len == 0 || is_field(line, TN_trial_trial_id) || is_field(line, TN_trial_title));
        if (!may || tn_listing_own_id(line->text, TN_LIT(""), &id, NULL) != TN_OWN_ALONE)
            continue;
        line->used = true;
        stand_at(filling, line);
        tn_page_boilerplate(filling->page, line->block);
        if (!tn_str_eq(own, tn_str_of(id.value)))
            tn_page_put(filling->page, tn_add_record(filling->trial, TN_trial_identifiers), TN_identifier_value, line->text);
    }
}

/* More than a word. */
static bool is_phrase(struct tn_str text)
{
    enum { SHORT = 12, FOREIGN = 15 };
    size_t blanks = 0, foreign = 0;
    for (size_t i = 0; i < text.len; i++) {
        blanks += text.s[i] == ' ';
        foreign += (unsigned char)text.s[i] >= 0xE0;
    }
    return (blanks && text.len >= SHORT) || foreign * 3 >= FOREIGN;
}

static bool may_be_title(const struct tn_listing_line *line, unsigned way, struct tn_str rest)
{
    if (line->used || rest.len == 0)
        return false;
    if (way == 0)
        return is_field(line, TN_trial_title) && !line->beside;
    if (line->label.len || tn_listing_speaks(rest))
        return false;
    switch (way) {
    case 1: return line->heading;
    case 2: return tn_listing_is_address(line->link) && is_phrase(rest);
    case 3: return line->emphatic && is_phrase(rest);
    default: return is_phrase(rest) && !tn_shape_fits(TN_SHAPE_DATE, NULL, rest) &&
                    !tn_shape_fits(TN_SHAPE_PARTICIPANTS, NULL, rest);
    }
}

/* By its column or label; a heading; the words of the link; what is bold; the first line that is a phrase. */
static struct tn_listing_line *find_title(struct filling *filling, struct tn_str *title)
{
    enum { WAYS = 5 };
    struct tn_identifier id;
    for (unsigned way = 0; way < WAYS; way++)
        for (size_t i = 0; i < filling->count; i++) {
            struct tn_listing_line *line = &filling->lines[i];
            if (line->used)
                continue;
            tn_listing_own_id(line->text, TN_LIT(""), &id, title);
            if (may_be_title(line, way, *title))
                return line;
        }
    return NULL;
}

static void put_title(struct filling *filling)
{
    struct tn_str title;
    struct tn_listing_line *line = find_title(filling, &title);
    if (!line)
        return;
    line->used = true;
    filling->address = tn_listing_is_address(line->link) ? line->link : filling->address;
    stand_at(filling, line);
    tn_page_put(filling->page, filling->trial, TN_trial_title, title);
}

/* Values. */

static void keep(struct filling *filling, const struct tn_listing_line *line)
{
    struct tn_stated value = tn_stated_of(line->text);
    tn_put_extra_here(&filling->page->reading, &value);
}

/* Cuts the next entry of a list off *rest. */
static bool next_part(struct tn_str *rest, const char *separators, struct tn_str *part)
{
    while (rest->len) {
        size_t end = 0;
        while (end < rest->len && strchr(separators, rest->s[end]) == NULL)
            end++;
        *part = tn_str_trim(tn_str_slice(rest->s, end));
        *rest = tn_str_from(*rest, end + 1);
        if (part->len)
            return true;
    }
    return false;
}

static void put_list(struct filling *filling, const struct tn_listing_line *line)
{
    struct tn_str rest = line->text, part;
    while (next_part(&rest, ";|", &part))
        tn_page_put(filling->page, filling->trial, line->column->field, part);
}

static void put_interventions(struct filling *filling, const struct tn_listing_line *line)
{
    struct tn_str rest = line->text, part;
    while (next_part(&rest, ";|", &part))
        tn_page_put(filling->page, tn_add_record(filling->trial, TN_trial_interventions), TN_intervention_name, part);
}

static void put_countries(struct filling *filling, const struct tn_listing_line *line)
{
    struct tn_str rest = line->text, part;
    struct tn_country country;
    bool all = true;
    while (next_part(&rest, ",;|", &part))
        all = all && tn_normal_country(part, &country);
    if (!all) {
        keep(filling, line);
        return;
    }
    for (rest = line->text; next_part(&rest, ",;|", &part);)
        tn_page_put(filling->page, tn_add_record(filling->trial, TN_trial_countries), TN_country_name, part);
}

static void put_locations(struct filling *filling, const struct tn_listing_line *line)
{
    struct tn_str rest = line->text, part;
    while (next_part(&rest, ";|", &part)) {
        struct tn_stated kept = tn_stated_of(part);
        enum tn_shape shape = tn_shape_fits(TN_SHAPE_PLACE, NULL, part) ? TN_SHAPE_PLACE : TN_SHAPE_SITE;
        if (tn_shape_fits(shape, NULL, part))
            tn_page_put_shape(filling->page, tn_add_record(filling->trial, TN_trial_locations), TN_location_facility, shape,
                              part);
        else
            tn_put_extra_here(&filling->page->reading, &kept);
    }
}

/* "Age: 18 to 65 years", "Minimum age: 18 Years". */
static void put_ages(struct filling *filling, const struct tn_listing_line *line)
{
    bool limit = tn_str_find(tn_str_of(line->column->name), TN_LIT("min")) != TN_NO_OFFSET ||
                 line->column->field == TN_trial_maximum_age;
    if (limit)
        tn_page_put(filling->page, filling->trial, line->column->field, line->text);
    else if (!tn_page_put_ages(filling->page, line->text))
        keep(filling, line);
}

static void put_truth(struct filling *filling, const struct tn_listing_line *line)
{
    bool truth;
    if (tn_normal_truth(line->text, &truth) == TN_CODE_NONE)
        tn_page_put(filling->page, filling->trial, line->column->field, line->text);
    else
        keep(filling, line);
}

static void put_column(struct filling *filling, const struct tn_listing_line *line)
{
    static const struct {
        int field;
        void (*put)(struct filling *, const struct tn_listing_line *);
    } ways[] = {
        {TN_trial_trial_id, keep},          {TN_trial_conditions, put_list},     {TN_trial_keywords, put_list},
        {TN_trial_interventions, put_interventions}, {TN_trial_countries, put_countries}, {TN_trial_locations, put_locations},
        {TN_trial_minimum_age, put_ages},   {TN_trial_maximum_age, put_ages},    {TN_trial_has_results, put_truth},
    };
    if (line->column->field != TN_trial_phases && tn_fold_absent(line->text)) {
        tn_page_boilerplate(filling->page, line->block);
        return;
    }
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (ways[i].field == line->column->field) {
            ways[i].put(filling, line);
            return;
        }
    tn_page_put(filling->page, filling->trial, line->column->field, line->text);
}

/* What is certain without a label. */
static bool put_by_shape(struct filling *filling, const struct tn_listing_line *line)
{
    static const struct {
        enum tn_shape shape;
        int field;
        const char *has; /* in its words */
    } shapes[] = {
        {TN_SHAPE_PHASE, TN_trial_phases, "phase"},
        {TN_SHAPE_WORD, TN_trial_status, NULL},
        {TN_SHAPE_WORD, TN_trial_study_type, NULL},
        {TN_SHAPE_PARTICIPANTS, TN_trial_enrollment, NULL},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (shapes[i].has && tn_str_find_fold(line->text, tn_str_of(shapes[i].has)) == TN_NO_OFFSET)
            continue;
        if (!tn_shape_fits(shapes[i].shape, &tn_type_trial.fields[shapes[i].field], line->text))
            continue;
        tn_page_put(filling->page, filling->trial, shapes[i].field, line->text);
        return true;
    }
    return tn_page_put_ages(filling->page, line->text);
}

/* The number of a row in its list: `#`, `No.`, ChiCTR's `序号`. */
static bool is_row_number(const struct tn_listing_line *line)
{
    static const char *const names[] = {"line", "lfd nr", "n", "no", "nr", "num", "number", "rank", "row", "s n", "s no",
                                        "sl no", "sr no", "åºå·", "ç¼å·", "çªå·"};
    char key[TN_FOLD_MAX];
    unsigned long number;
    if (line->label.len == 0 || line->column || !tn_str_uint(line->text, 99999999, &number))
        return false;
    return tn_fold(line->label, key) == 0 || tn_fold_find(names, sizeof names / sizeof names[0], sizeof names[0], key) != TN_NO_OFFSET;
}

/* A record of a list that the label names: its first member, and what the label says of all. */
static void put_record(struct filling *filling, const struct tn_site_row *row, struct tn_str text)
{
    struct tn_record *record = tn_add_record(filling->trial, row->field);
    tn_page_put(filling->page, record, row->parts ? row->parts[0].field : 0, text);
    tn_page_preset(filling->page, record, row->preset);
}

/* By the labels that all pages on trials have (labels.h); false where it is none of them. */
static bool put_by_label(struct filling *filling, const struct tn_listing_line *line)
{
    struct tn_site_row row;
    if (!tn_label_find(line->label, &row) || (row.type && row.type != &tn_type_trial))
        return false;
    enum tn_kind kind = row.type ? tn_type_trial.fields[row.field].kind : TN_TEXT;
    bool absent = tn_fold_absent(line->text);
    if (absent || (!row.type && (row.flags & TN_ROW_PEOPLE) && filling->page->reading.options->redact)) {
        tn_page_boilerplate(filling->page, line->block);
    } else if (!row.type) {
        keep(filling, line);
    } else if (row.mode == TN_MODE_CRITERIA) {
        keep(filling, line); /* a part of them: which, the list doesn't say */
    } else if (kind == TN_RECORD_LIST || kind == TN_RECORD_ONE) {
        put_record(filling, &row, line->text);
    } else {
        tn_page_put(filling->page, filling->trial, row.field, line->text);
        if (tn_has(filling->trial, row.field))
            tn_page_preset(filling->page, filling->trial, row.preset);
    }
    return true;
}

static void keep_unknown(struct filling *filling, const struct tn_listing_line *line)
{
    if (put_by_label(filling, line))
        return;
    keep(filling, line);
    if (tn_listing_text_told(filling->texts, line->label)) /* said once for the whole list */
        return;
    tn_warn(&filling->page->reading, TN_UNMAPPED, NULL, 0, "unknown label '%.*s'", (int)tn_str_cut(line->label, 80),
            line->label.s);
}

static void put_line(struct filling *filling, const struct tn_listing_line *line)
{
    stand_at(filling, line);
    if (is_row_number(line)) {
        tn_page_boilerplate(filling->page, line->block);
        return;
    }
    if (line->beside) {
        keep(filling, line);
    } else if (line->column) {
        put_column(filling, line);
    } else if (line->label.len) {
        keep_unknown(filling, line);
    } else if (!put_by_shape(filling, line)) {
        keep(filling, line);
    }
}

/* The entry's own page: where its title leads, else its first link. */
static void put_address(struct filling *filling)
{
    struct tn_reading *reading = &filling->page->reading;
    struct tn_str base = tn_address_of_page(filling->listing->page, tn_str_of(reading->raw->url));
    struct tn_record *source = tn_add_record(filling->trial, TN_trial_source);
    struct tn_identifier id;
    for (size_t i = 0; i < filling->count && filling->address.len == 0; i++)
        if (tn_listing_is_address(filling->lines[i].link))
            filling->address = filling->lines[i].link;
    struct tn_str address = tn_address_join(reading->arena, base, filling->address);
    bool at_registry = address.len && tn_identifier_is(tn_text(filling->trial, TN_trial_trial_id), NULL, &id) && id.registry &&
                       tn_identifier_url_is_of(id.registry, address);
    tn_set_bool(source, TN_source_listing, true);
    tn_set_text(source, TN_source_url, address);
    tn_set_text(source, TN_source_site, tn_address_host(reading->arena, base.len || at_registry ? base : address));
    if (at_registry)
        tn_page_put(filling->page, filling->trial, TN_trial_url, address);
}

void tn_listing_read_entry(struct tn_page_reading *page, const struct tn_listing *listing,
                           const struct tn_listing_texts *texts, const struct tn_listing_entry *entry)
{
    struct filling filling = {.page = page, .listing = listing, .texts = texts, .trial = page->reading.trial};
    filling.lines = tn_listing_lines(page->reading.arena, listing, texts, entry, &filling.count);
    for (size_t i = 0; i < filling.count; i++) {
        filling.lines[i].used = is_furniture(&filling, &filling.lines[i]);
        if (filling.lines[i].used)
            tn_page_boilerplate(page, filling.lines[i].block);
    }
    put_trial_id(&filling);
    put_identifiers(&filling);
    put_title(&filling);
    for (size_t i = 0; i < filling.count; i++)
        if (!filling.lines[i].used)
            put_line(&filling, &filling.lines[i]);
    put_address(&filling);
}
