/* SPDX-License-Identifier: MIT */
/* Arms, interventions and outcomes in whatever layout: a table, headings with text below, bold names, list items, one
 * line for each, or all on one line. */
#include "normal/fold.h"
#include "normal/word.h"
#include "readers/generic.h"

/* What the records of a section are made of. */
struct kind {
    enum tn_label_within within;
    const struct tn_record_type *type;
    int list; /* of the trial */
    int name, description, sort;
    const struct tn_vocabulary *sorts;
};

enum { KIND_ARMS, KIND_INTERVENTIONS, MOST_TOLD = 64 };

static const struct kind kinds[] = {
    {TN_WITHIN_ARMS, &tn_type_arm, TN_trial_arms, TN_arm_label, TN_arm_description, TN_arm_type, &tn_vocabulary_arm_type},
    {TN_WITHIN_INTERVENTIONS, &tn_type_intervention, TN_trial_interventions, TN_intervention_name,
     TN_intervention_description, TN_intervention_type, &tn_vocabulary_intervention_type},
    {TN_WITHIN_OUTCOMES, &tn_type_outcome, TN_trial_outcomes, TN_outcome_measure, TN_outcome_description, TN_outcome_kind,
     NULL},
};

static const struct kind *kind_of(const struct tn_label_word *word)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].within == word->opens)
            return &kinds[i];
    return NULL;
}

/* Tables. */

enum tn_label_within tn_generic_columns(const struct tn_block *header)
{
    static const struct {
        enum tn_label_within within;
        const char *keys; /* one of these columns must be there */
    } tables[] = {
        {TN_WITHIN_SITES, "site_facility|site_city|site_country"},
        {TN_WITHIN_OUTCOMES, "outcome_time"},
        {TN_WITHIN_ARMS, "arm_label"},
        {TN_WITHIN_INTERVENTIONS, "intervention_name"},
        {TN_WITHIN_CONTACT, "contact_phone|contact_email"},
    };
    enum tn_label_within best = TN_WITHIN_ANY;
    size_t most = 1;
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
        size_t found = 0;
        bool key = false;
        for (size_t c = 0; c < header->cell_count; c++) {
            struct tn_label label = tn_generic_find(header->cells[c], tables[t].within);
            bool part = label.word && label.word->how >= TN_HOW_PART && label.word->how <= TN_HOW_SITE_CONTACT;
            found += part;
            key = key || (part && tn_str_find(tn_str_of(tables[t].keys), tn_str_of(label.word->name)) != TN_NO_OFFSET);
        }
        if (key && found > most && found * 2 > header->cell_count) {
            most = found;
            best = tables[t].within;
        }
    }
    return best;
}

/* "Drug: Aspirin", "Experimental: Cohort 1": puts the word before the colon, and returns what stands behind it. */
static struct tn_str take_sort(struct tn_page_reading *page, const struct kind *kind, struct tn_record *record,
                               struct tn_str text)
{
    struct tn_word word;
    size_t colon = tn_str_find_char(text, ':');
    if (!kind->sorts || colon == TN_NO_OFFSET || tn_normal_word(kind->sorts, tn_str_slice(text.s, colon), &word))
        return text;
    tn_page_put(page, record, kind->sort, tn_str_slice(text.s, colon));
    return tn_str_trim(tn_str_from(text, colon + 1));
}

static bool lists_interventions(const struct tn_page_reading *page)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct tn_label_word *word = tn_generic_word(&page->spans[i]);
        if (word && word->how == TN_HOW_INTERVENTIONS)
            return true;
    }
    return tn_count(page->reading.trial, TN_trial_interventions) >= MOST_TOLD;
}

/* "Drug: Aspirin" in an arm's cell tells the kind of an intervention that the page lists nowhere else. */
static void tell_intervention(struct tn_page_reading *page, struct tn_str entry)
{
    const struct kind *kind = &kinds[KIND_INTERVENTIONS];
    struct tn_word word;
    size_t colon = tn_str_find_char(entry, ':');
    if (colon == TN_NO_OFFSET || tn_normal_word(kind->sorts, tn_str_slice(entry.s, colon), &word) || lists_interventions(page))
        return;
    struct tn_str name = tn_str_trim(tn_str_from(entry, colon + 1));
    for (size_t i = 0; i < tn_count(page->reading.trial, kind->list); i++)
        if (tn_str_eq_fold(tn_text(tn_record_at(page->reading.trial, kind->list, i), kind->name), name))
            return;
    struct tn_record *record = tn_add_record(page->reading.trial, kind->list);
    if (record)
        tn_page_put(page, record, kind->name, take_sort(page, kind, record, entry));
}

static void put_list(struct tn_page_reading *page, struct tn_record *record, int field, struct tn_str text)
{
    struct tn_str entry;
    bool commas = tn_generic_commas(text);
    while (tn_generic_next(&text, commas, &entry)) {
        tn_page_put(page, record, field, entry);
        if (record->type == &tn_type_arm && field == TN_arm_intervention_names)
            tell_intervention(page, entry);
    }
}

static void put_cell(struct tn_page_reading *page, struct tn_record *record, const struct tn_label *label,
                     struct tn_str text)
{
    const struct tn_label_word *word = label->word;
    if (word->type == &tn_type_contact && record->type == &tn_type_location) {
        size_t count = tn_count(record, TN_location_contacts);
        record = count ? tn_record_edit(record, TN_location_contacts, count - 1) : tn_add_record(record, TN_location_contacts);
    }
    if (word->how == TN_HOW_PLACE && tn_shape_fits(TN_SHAPE_PLACE, NULL, text))
        tn_page_put_shape(page, record, word->field, TN_SHAPE_PLACE, text);
    else if (record->type->fields[word->field].kind == TN_TEXT_LIST)
        put_list(page, record, word->field, text);
    else if (word->type == &tn_type_arm && word->field == TN_arm_label && !tn_has(record, TN_arm_type))
        tn_page_put(page, record, word->field, take_sort(page, &kinds[KIND_ARMS], record, text));
    else
        tn_page_put(page, record, word->field, text);
}

void tn_generic_row(struct tn_page_reading *page, const struct tn_span *span, const struct tn_block *row,
                    struct tn_record *record, enum tn_label_within within)
{
    (void)span;
    tn_page_at(page, row);
    for (size_t c = 0; c < row->cell_count; c++) {
        struct tn_str name = c < row->header->cell_count ? row->header->cells[c] : TN_LIT("table");
        struct tn_label label = tn_generic_find(name, within);
        struct tn_stated value = tn_stated_of(row->cells[c]);
        bool part = label.word && label.word->how >= TN_HOW_PART && label.word->how <= TN_HOW_SITE_CONTACT &&
                    (label.word->type == record->type || record->type == &tn_type_location);
        if (tn_fold_absent(row->cells[c]))
            continue;
        if (part && (label.word->how != TN_HOW_PART || tn_generic_fits(label.word, row->cells[c])))
            put_cell(page, record, &label, row->cells[c]);
        else
            tn_put_extra(&page->reading, name, &value);
    }
}

/* Lines. */

/* "Pain at rest [Time Frame: 12 weeks]" and "Pain at rest (time frame: 12 weeks)". */
static struct tn_str take_time(struct tn_page_reading *page, struct tn_record *record, struct tn_str text)
{
    size_t at = tn_str_find_fold(text, TN_LIT("time frame:")), size = 11;
    if (at == TN_NO_OFFSET) {
        at = tn_str_find_fold(text, TN_LIT("timeframe:"));
        size = 10;
    }
    if (at == TN_NO_OFFSET || at == 0 || !strchr("[( ", text.s[at - 1]))
        return text;
    struct tn_str time = tn_str_from(text, at + size);
    size_t end = 0;
    while (end < time.len && !strchr("])", time.s[end]))
        end++;
    if (end + 1 < time.len && tn_str_trim(tn_str_from(time, end + 1)).len)
        return text;
    tn_page_put(page, record, TN_outcome_time_frame, tn_str_trim(tn_str_slice(time.s, end)));
    struct tn_str rest = tn_str_trim(tn_str_slice(text.s, at));
    while (rest.len && strchr("[(;, ", rest.s[rest.len - 1]))
        rest.len--;
    return rest;
}

static struct tn_record *add(struct tn_page_reading *page, const struct tn_span *span, const struct kind *kind,
                             struct tn_str text)
{
    const struct tn_label_word *word = tn_generic_word(span);
    struct tn_record *record = tn_add_record(page->reading.trial, kind->list);
    if (!record)
        return NULL;
    text = take_sort(page, kind, record, text);
    if (kind->type == &tn_type_outcome)
        text = take_time(page, record, text);
    tn_page_put(page, record, kind->name, text);
    tn_page_preset(page, record, word->preset);
    return record;
}

/* The lines that name an entry: headings where there are any, else bold lines, else items of the upper level, else
 * lines that read like a name. */
enum style { BY_HEADING, BY_BOLD, BY_ITEM, BY_LINE };

static enum style style_of(const struct tn_span *span, unsigned *level)
{
    bool bold = false, item = false, plain = false;
    *level = 1000;
    for (size_t i = 0; i < span->count; i++) {
        const struct tn_block *line = span->lines[i];
        if (line->kind == TN_BLOCK_HEADING)
            return BY_HEADING;
        bold = bold || (line->kind == TN_BLOCK_PARAGRAPH && line->emphatic);
        bool leads = line->whole.len && line->whole.s[line->whole.len - 1] == ':';
        plain = plain || (line->kind == TN_BLOCK_PARAGRAPH && !line->emphatic && !leads);
        item = item || line->kind == TN_BLOCK_ITEM;
        if (line->kind == TN_BLOCK_ITEM && line->level < *level)
            *level = line->level;
    }
    return bold && plain ? BY_BOLD : item && !plain ? BY_ITEM : BY_LINE;
}

/* Lines that nothing tells apart are names only where each says so ("Drug: Aspirin"), or in the cell of a label. */
static bool may_be_names(const struct tn_span *span, const struct kind *kind)
{
    struct tn_word word;
    bool cell = span->label && span->label->kind == TN_BLOCK_PAIR, all = true;
    for (size_t i = 0; i < span->count && all; i++) {
        struct tn_str text = span->lines[i]->whole;
        size_t colon = tn_str_find_char(text, ':');
        all = span->lines[i]->kind != TN_BLOCK_PARAGRAPH ||
              (kind->sorts && colon != TN_NO_OFFSET && !tn_normal_word(kind->sorts, tn_str_slice(text.s, colon), &word)) ||
              (!kind->sorts && tn_str_find_fold(text, TN_LIT("time frame:")) != TN_NO_OFFSET);
    }
    return all || cell || span->count == 1;
}

static bool names_entry(enum style style, const struct tn_block *line, unsigned level)
{
    enum { LONGEST_NAME = 160 };
    switch (style) {
    case BY_HEADING: return line->kind == TN_BLOCK_HEADING;
    case BY_BOLD: return line->emphatic && line->kind == TN_BLOCK_PARAGRAPH;
    case BY_ITEM: return line->kind == TN_BLOCK_ITEM && line->level == level;
    case BY_LINE: break;
    }
    return line->whole.len <= LONGEST_NAME && !tn_generic_is_sentence(line->whole);
}

/* A pair among the entries: a part of the open one, or a name with its description. */
static struct tn_record *take_pair(struct tn_page_reading *page, const struct tn_span *span, const struct kind *kind,
                                   const struct tn_block *line, struct tn_record *open)
{
    struct tn_label label = tn_generic_find(line->label, kind->within);
    struct tn_word word;
    bool sorted = kind->sorts && !tn_normal_word(kind->sorts, line->label, &word);
    if (label.word && label.word->how == TN_HOW_PART && label.word->type == kind->type && !sorted) {
        if (!open || (label.word->field == kind->name && tn_has(open, kind->name))) {
            open = tn_add_record(page->reading.trial, kind->list);
            tn_page_preset(page, open, tn_generic_word(span)->preset);
        }
        if (open && line->text.len)
            put_cell(page, open, &label, line->text);
        return open;
    }
    struct tn_record *record = add(page, span, kind, sorted ? line->whole : line->label);
    if (record && sorted) {
        tn_clear(record, kind->name);
        tn_page_put(page, record, kind->sort, line->label);
        tn_page_put(page, record, kind->name, line->text);
    } else if (record) {
        tn_page_put(page, record, kind->description, line->text);
    }
    return record;
}

static void put_description(struct tn_page_reading *page, const struct tn_span *span, const struct kind *kind,
                            struct tn_record *record, size_t first, size_t end)
{
    if (first >= end)
        return;
    tn_page_at(page, span->lines[first]);
    if (record && !tn_has(record, kind->description) && kind->type == &tn_type_outcome && end == first + 1) {
        struct tn_str text = tn_page_line(span->lines[first]);
        bool timed = tn_str_starts_fold(text, TN_LIT("time frame:")) || tn_str_starts_fold(text, TN_LIT("timeframe:"));
        if (timed) {
            tn_page_put(page, record, TN_outcome_time_frame, tn_str_trim(tn_str_from(text, tn_str_find_char(text, ':') + 1)));
            return;
        }
    }
    if (record && !tn_has(record, kind->description))
        tn_page_put(page, record, kind->description, tn_page_join(page, span->lines + first, end - first, true));
    else
        for (size_t i = first; i < end; i++)
            tn_page_unmapped(page, span, span->lines[i]);
}

/* An arm whose cell stands in several rows, one for each of its interventions: the arm of the row above. */
static struct tn_record *same_arm(struct tn_page_reading *page, const struct tn_block *row)
{
    size_t count = tn_count(page->reading.trial, TN_trial_arms);
    struct tn_record *last = count ? tn_record_edit(page->reading.trial, TN_trial_arms, count - 1) : NULL;
    for (size_t c = 0; last && c < row->cell_count && c < row->header->cell_count; c++) {
        struct tn_label label = tn_generic_find(row->header->cells[c], TN_WITHIN_ARMS);
        if (label.word && label.word->type == &tn_type_arm && label.word->field == TN_arm_label)
            return row->cells[c].len && tn_str_eq(tn_text(last, TN_arm_label), row->cells[c]) ? last : NULL;
    }
    return NULL;
}

static void read_lines(struct tn_page_reading *page, const struct tn_span *span, const struct kind *kind)
{
    unsigned level;
    enum style style = style_of(span, &level);
    struct tn_record *open = NULL;
    size_t described = 0;
    bool told = style != BY_LINE || may_be_names(span, kind);
    for (size_t i = 0; i < span->count; i++) {
        const struct tn_block *line = span->lines[i];
        bool row = line->kind == TN_BLOCK_ROW, pair = line->kind == TN_BLOCK_PAIR;
        if (!row && !pair && !(told && names_entry(style, line, level)))
            continue;
        put_description(page, span, kind, open, described, i);
        described = i + 1;
        tn_page_at(page, line);
        if (row && line->header && !tn_generic_is_header(line)) {
            open = kind->type == &tn_type_arm ? same_arm(page, line) : NULL;
            if (!open)
                open = tn_add_record(page->reading.trial, kind->list);
            if (open)
                tn_generic_row(page, span, line, open, kind->within);
            tn_page_preset(page, open, tn_generic_word(span)->preset);
            if (open && tn_record_empty(open))
                tn_remove_at(page->reading.trial, kind->list, tn_count(page->reading.trial, kind->list) - 1);
            open = NULL;
        } else if (row && tn_generic_is_header(line)) {
            tn_page_boilerplate(page, line);
        } else if (row) {
            tn_page_unmapped(page, span, line);
        } else if (pair) {
            open = take_pair(page, span, kind, line, open);
        } else {
            open = add(page, span, kind, tn_page_line(line));
        }
    }
    put_description(page, span, kind, open, described, span->count);
}

void tn_generic_named(struct tn_page_reading *page, const struct tn_span *span)
{
    const struct kind *kind = kind_of(tn_generic_word(span));
    struct tn_str rest = span->value, entry;
    bool one = kind->type == &tn_type_outcome, commas = !one && tn_generic_commas(rest);
    tn_page_at(page, span->label);
    while (one ? rest.len > 0 : tn_generic_next(&rest, commas, &entry)) {
        add(page, span, kind, one ? rest : entry);
        if (one)
            break;
    }
    read_lines(page, span, kind);
}
