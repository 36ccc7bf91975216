/* SPDX-License-Identifier: MIT */
/* The readers `delimited`, `json` and `xml`: exports of any other registry. A record becomes a list of names and values;
 * each is read as the reader `page` reads a label and what stands under it. */
#include "readers/generic_data.h"

#include "core/delimited.h"
#include "normal/fold.h"
#include "normal/identifier.h"
#include "normal/text.h"
#include "normal/word.h"
#include "readers/generic_members.h"
#include "readers/put_parts.h"
#include "readers/register_habits.h"

static bool json_path(struct tn_str head, char *path, size_t room)
{
    struct tn_data_names names;
    return tn_data_json_path(head, path, room, &names) && path[0];
}

static bool xml_path(struct tn_str head, char *path, size_t room)
{
    struct tn_data_names names;
    return tn_data_xml_path(head, path, room, &names) && path[0];
}

/* Values. */

static void put_extra(struct tn_data_reading *data, const struct tn_data_item *item)
{
    struct tn_stated value = tn_stated_of(item->raw);
    tn_put_extra(&data->generic.page.reading, item->path, &value);
}

static bool is_address(struct tn_str name)
{
    static const char *const words[] = {"link", "trial url", "study url", "url", "web address"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (tn_column_cmp(name, tn_str_of(words[i])) == 0)
            return true;
    return false;
}

static bool has_digit(struct tn_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (tn_is_digit(text.s[i]))
            return true;
    return false;
}

/* The first number that a registry knows is the trial's; all others are further ones. */
static void put_id(struct tn_data_reading *data, const struct tn_data_item *item)
{
    struct tn_reading *reading = &data->generic.page.reading;
    struct tn_identifier id;
    struct tn_stated value = tn_stated_of(item->text);
    bool known = tn_identifier_is(item->text, NULL, &id) && id.registry, main = item->label.word->how == TN_HOW_ID;
    if (main && known && !tn_has(reading->trial, TN_trial_trial_id)) {
        tn_put_trial_id(reading, reading->trial, TN_trial_trial_id, &value);
        return;
    }
    if (known && tn_str_eq(tn_text(reading->trial, TN_trial_trial_id), tn_str_of(id.value)))
        return;
    if (!main && !has_digit(item->text)) { /* "In preparation" */
        put_extra(data, item);
        return;
    }
    struct tn_record *number = tn_add_record(reading->trial, TN_trial_identifiers);
    tn_put_secondary_id(reading, number, TN_identifier_value, &value);
    if (number && tn_has(number, TN_identifier_value) && item->label.word->preset)
        tn_page_preset(&data->generic.page, number, item->label.word->preset);
    if (number && tn_record_empty(number))
        tn_remove_at(reading->trial, TN_trial_identifiers, tn_count(reading->trial, TN_trial_identifiers) - 1);
}

/* `"randomised": true` */
static struct tn_str word_of_truth(const struct tn_data_item *item)
{
    bool truth, allocation = item->label.word->type == &tn_type_trial && item->label.word->field == TN_trial_allocation;
    if (!allocation || tn_normal_truth(item->text, &truth) != TN_CODE_NONE ||
        tn_str_find_fold(item->path, TN_LIT("randomi")) == TN_NO_OFFSET)
        return (struct tn_str){NULL, 0};
    return truth ? TN_LIT("Randomized") : TN_LIT("Non-Randomized");
}

/* A text of several sentences names nothing: it describes. */
static void put_described(struct tn_data_reading *data, const struct tn_data_item *item, const struct tn_span *span)
{
    struct tn_page_reading *page = &data->generic.page;
    bool outcome = item->label.word->how == TN_HOW_OUTCOMES;
    bool longer = tn_str_find_char(item->text, '\n') != TN_NO_OFFSET || tn_generic_is_sentence(item->text) || item->text.len > 250;
    if (tn_fold_absent(item->text))
        return;
    if (!outcome && !longer) {
        tn_generic_read_span(page, span);
        return;
    }
    struct tn_record *record = tn_add_record(page->reading.trial, outcome ? TN_trial_outcomes : TN_trial_interventions);
    if (!record)
        return;
    tn_page_put(page, record, outcome ? (int)TN_outcome_measure : (int)TN_intervention_description, item->text);
    tn_page_preset(page, record, item->label.word->preset);
}

static void put_criteria(struct tn_data_reading *data, const struct tn_data_item *item)
{
    struct tn_reading *reading = &data->generic.page.reading;
    struct tn_stated value = tn_stated_of(item->text);
    enum tn_label_how how = item->label.word->how;
    if (how == TN_HOW_ELIGIBILITY) {
        if (tn_has(reading->trial, TN_trial_eligibility_text))
            put_extra(data, item);
        else
            tn_put_criteria(reading, reading->trial, TN_trial_eligibility_text, &value);
        return;
    }
    bool out = how == TN_HOW_EXCLUSION;
    if (!data->sides[out])
        data->sides[out] = tn_arena_alloc(reading->arena, (data->count + 1) * sizeof *data->sides[out]);
    if (!data->sides[out])
        return;
    data->sides[out][data->side_count[out]++] = item->text;
    struct tn_str clean = tn_text_markup(reading->arena, item->text, false, NULL);
    if (clean.len && !tn_fold_absent(clean) && !tn_str_eq_fold(clean, TN_LIT("none")))
        tn_put_criteria_items(reading, reading->trial, item->text, out ? TN_CRITERIA_EXCLUSION : TN_CRITERIA_INCLUSION);
}

/* The planned date goes to `extra` where the actual one is stated too. */
static bool is_outdated(const struct tn_data_reading *data, const struct tn_data_item *item)
{
    enum { MOST = 1000 };
    const char *type = item->label.date_type;
    for (size_t i = 0; type && strcmp(type, "ESTIMATED") == 0 && i < data->count && data->count < MOST; i++) {
        const struct tn_data_item *other = &data->items[i];
        if (other->label.word == item->label.word && other->label.date_type && strcmp(other->label.date_type, "ACTUAL") == 0 &&
            tn_generic_fits(other->label.word, other->text))
            return true;
    }
    return false;
}

/* The name of a column has no steps: "Secondary.ID". */
static struct tn_str last_step(const struct tn_data_reading *data, struct tn_str path)
{
    bool column = data->generic.page.reading.raw->syntax == TN_SYNTAX_DELIMITED;
    size_t start = column ? 0 : path.len;
    while (start > 0 && path.s[start - 1] != '.')
        start--;
    return tn_str_from(path, start);
}

/* "MINIMUM AGE: 40, MINIMUM AGE TYPE: Years" */
static struct tn_str with_unit(const struct tn_data_reading *data, const struct tn_data_item *item)
{
    static const char *const kinds[] = {"type", "unit", "units"};
    struct tn_arena *arena = data->generic.page.reading.arena;
    const struct tn_label_word *word = item->label.word;
    size_t at = (size_t)(item - data->items);
    bool age = word->type == &tn_type_trial && (word->field == TN_trial_minimum_age || word->field == TN_trial_maximum_age);
    bool bare = age && item->text.len <= 3;
    for (size_t i = 0; bare && i < item->text.len; i++)
        bare = tn_is_digit(item->text.s[i]);
    if (bare && (data->generic.page.reading.bare_age_is_years || tn_data_before_years(item->path).len))
        return tn_str_format(arena, "%.*s Years", (int)item->text.len, item->text.s);
    const struct tn_data_item *next = bare && at + 1 < data->count ? item + 1 : NULL;
    for (size_t i = 0; next && i < sizeof kinds / sizeof kinds[0]; i++)
        if (next->text.len < 20 && tn_column_cmp(next->path, tn_str_format(arena, "%.*s %s", (int)item->path.len, item->path.s, kinds[i])) == 0)
            return tn_str_format(arena, "%.*s %.*s", (int)item->text.len, item->text.s, (int)next->text.len, next->text.s);
    return item->text;
}

/* "Fred Foundation ; Noaber Foundation": the first leads, the others are with it. */
static bool put_sponsors(struct tn_data_reading *data, const struct tn_data_item *item)
{
    struct tn_record *trial = data->generic.page.reading.trial;
    struct tn_str rest = item->text, entry;
    const struct tn_label_word *word = item->label.word;
    if (word->type != &tn_type_trial || word->field != TN_trial_lead_sponsor || tn_str_find(rest, TN_LIT(";")) == TN_NO_OFFSET ||
        tn_has(trial, TN_trial_lead_sponsor))
        return false;
    while (tn_generic_next(&rest, false, &entry)) {
        if (tn_fold_absent(entry))
            continue;
        if (!tn_has(trial, TN_trial_lead_sponsor))
            tn_page_put(&data->generic.page, trial, TN_trial_lead_sponsor, entry);
        else
            tn_page_put(&data->generic.page, tn_add_record(trial, TN_trial_collaborators), TN_collaborator_name, entry);
    }
    return true;
}

/* "Blinded (masking used)": understood, but no word for who was. */
static bool says_nothing(const struct tn_label_word *word, struct tn_str text)
{
    const struct tn_field *field = &word->type->fields[word->field];
    struct tn_word found;
    return tn_str_eq_fold(text, TN_LIT("unknown")) ||
           (field->kind == TN_ENUM && tn_normal_word(field->vocabulary, text, &found) == TN_BAD_VALUE);
}

static void put_value(struct tn_data_reading *data, const struct tn_data_item *item)
{
    struct tn_page_reading *page = &data->generic.page;
    const struct tn_label_word *word = item->label.word;
    bool title = word->type == &tn_type_trial && (word->field == TN_trial_title || word->field == TN_trial_official_title);
    struct tn_record *record = word->type == &tn_type_source ? tn_add_record(page->reading.trial, TN_trial_source)
                                                             : page->reading.trial;
    struct tn_str randomised = word_of_truth(item), text = with_unit(data, item);
    if (put_sponsors(data, item))
        return;
    if (is_outdated(data, item)) {
        put_extra(data, item);
    } else if (randomised.len) {
        tn_page_put(page, record, word->field, randomised);
    } else if (tn_generic_fits(word, text) || title) {
        tn_generic_put(page, record, &item->label, text);
    } else if (says_nothing(word, item->text)) {
        put_extra(data, item);
    } else if (!tn_fold_absent(item->text)) {
        tn_warn(&page->reading, TN_UNMAPPED, page->reading.trial,
                word->type == &tn_type_trial ? word->field : TN_trial_extra, "'%.*s' does not suit its name '%.*s'; kept in extra",
                (int)tn_str_cut(item->text, 80), item->text.s, (int)tn_str_cut(item->path, 60), item->path.s);
        put_extra(data, item);
    }
}

/* Contact details that stand each in a column of its own are one contact's. */
static void put_part(struct tn_data_reading *data, const struct tn_data_item *item)
{
    struct tn_record *trial = data->generic.page.reading.trial;
    const struct tn_label_word *word = item->label.word;
    if (word->type != &tn_type_contact || word->how != TN_HOW_PART) {
        put_extra(data, item);
        return;
    }
    if (!data->contact || tn_has(data->contact, word->field))
        data->contact = tn_add_record(trial, TN_trial_contacts);
    if (data->contact)
        tn_page_put(&data->generic.page, data->contact, word->field, item->text);
}

static void put_item(struct tn_data_reading *data, const struct tn_data_item *item, const struct tn_span *span)
{
    struct tn_page_reading *page = &data->generic.page;
    tn_page_at(page, span->label);
    page->reading.label = item->path;
    page->reading.unmarked = !tn_data_is_criteria(item->label.word);
    if (!item->label.word && is_address(item->path)) {
        struct tn_stated value = tn_stated_of(item->text);
        tn_put_url(&page->reading, page->reading.trial, TN_trial_url, &value);
        return;
    }
    switch (item->label.word ? item->label.word->how : TN_HOW_KEEP) {
    case TN_HOW_ID:
    case TN_HOW_NUMBER: put_id(data, item); break;
    case TN_HOW_VALUE: put_value(data, item); break;
    case TN_HOW_PART:
    case TN_HOW_PLACE:
    case TN_HOW_SITE_CONTACT: put_part(data, item); break;
    case TN_HOW_KEEP:
    case TN_HOW_SECTION:
    case TN_HOW_PEOPLE:
    case TN_HOW_RELATED: put_extra(data, item); break;
    case TN_HOW_ELIGIBILITY:
    case TN_HOW_INCLUSION:
    case TN_HOW_EXCLUSION: put_criteria(data, item); break;
    case TN_HOW_INTERVENTIONS:
    case TN_HOW_OUTCOMES: put_described(data, item, span); break;
    case TN_HOW_LIST:
        if (!tn_data_put_coded(data, item))
            tn_generic_read_span(page, span);
        break;
    case TN_HOW_AGES:
    case TN_HOW_DESIGN:
    case TN_HOW_TEXT:
    case TN_HOW_ARMS:
    case TN_HOW_SITES:
    case TN_HOW_CONTACT:
    case TN_HOW_COUNTRIES:
    case TN_HOW_OFFICIAL:
    case TN_HOW_RESULTS:
    case TN_HOW_CITATIONS:
    case TN_HOW_IPD: tn_generic_read_span(page, span); break;
    }
}

/* Spans. */

static bool wants_lines(const struct tn_data_item *item)
{
    enum tn_label_how how = item->label.word ? item->label.word->how : TN_HOW_KEEP;
    return how == TN_HOW_TEXT || tn_str_find_char(item->text, '\n') != TN_NO_OFFSET;
}

/* The lines of a text; they all stand where the record does. */
static bool add_lines(struct tn_arena *arena, struct tn_span *span, struct tn_str text, size_t number)
{
    const struct tn_page *lines = tn_text_blocks(arena, text);
    struct tn_block *copies = lines ? tn_arena_alloc(arena, (lines->count + 1) * sizeof *copies) : NULL;
    span->lines = copies ? tn_arena_alloc(arena, (lines->count + 1) * sizeof *span->lines) : NULL;
    if (!span->lines)
        return false;
    for (size_t i = 0; i < lines->count; i++) {
        copies[i] = lines->blocks[i];
        copies[i].number = number;
        copies[i].line = 1;
        copies[i].offset = 0;
        span->lines[i] = &copies[i];
    }
    span->count = lines->count;
    return true;
}

static bool make_spans(struct tn_data_reading *data, struct tn_block *blocks)
{
    struct tn_page_reading *page = &data->generic.page;
    page->spans = tn_arena_zero(page->reading.arena, (data->count + 1) * sizeof *page->spans);
    for (size_t i = 0; page->spans && i < data->count; i++) {
        const struct tn_data_item *item = &data->items[i];
        struct tn_span *span = &page->spans[i];
        size_t word = item->label.word ? (size_t)(item->label.word - tn_label_word(0)) : 0;
        blocks[i] = (struct tn_block){.kind = TN_BLOCK_PAIR, .whole = item->text, .label = item->path, .text = item->text,
                                      .line = 1, .number = i};
        *span = (struct tn_span){.row = item->label.word ? &data->generic.rows[word].row : NULL, .label = &blocks[i],
                                 .name = item->path};
        if (!wants_lines(item))
            span->value = item->text;
        else if (!add_lines(page->reading.arena, span, item->text, i))
            return false;
    }
    page->count = data->count;
    return page->spans != NULL;
}

/* How dates and ages are written: told by the record's own dates, else by the register that its identifier names. Tables of
 * trials of ClinicalTrials.gov are made by everybody, in any order. */
static void learn_habits(struct tn_data_reading *data, const struct tn_page *made)
{
    struct tn_reading *reading = &data->generic.page.reading;
    struct tn_identifier id;
    reading->date_order = tn_generic_date_order(made);
    for (size_t i = 0; i < data->count; i++) {
        const struct tn_data_item *item = &data->items[i];
        if (!item->label.word || item->label.word->how != TN_HOW_ID || !tn_identifier_is(item->text, NULL, &id) || !id.registry ||
            strcmp(id.registry, "ClinicalTrials.gov") == 0)
            continue;
        struct tn_register_habits habits = tn_register_habits(item->text);
        reading->bare_age_is_years = habits.years;
        if (reading->date_order == TN_DATE_ORDER_UNKNOWN)
            reading->date_order = habits.order;
        return;
    }
}

/* Labels that the values change: the trial's number under a name that nobody knows, and `"purpose": "Treatment"`. */
static void mend_labels(struct tn_data_reading *data)
{
    const struct tn_label_word *id = tn_data_label(TN_LIT("trial id"), TN_WITHIN_ANY).word;
    const struct tn_label_word *purpose = tn_data_label(TN_LIT("primary purpose"), TN_WITHIN_ANY).word;
    bool numbered = false;
    struct tn_word word;
    for (size_t i = 0; i < data->count; i++) {
        struct tn_data_item *item = &data->items[i];
        const struct tn_label_word *label = item->label.word;
        if (label && label->how == TN_HOW_ID) {
            numbered = true;
            tn_data_part_number(data, item);
        }
        if (label && label->type == &tn_type_trial && label->field == TN_trial_brief_summary && item->text.len < 40 &&
            tn_normal_word(&tn_vocabulary_primary_purpose, item->text, &word) == TN_CODE_NONE && word.word)
            item->label.word = purpose;
    }
    for (size_t i = 0; i < data->count && !numbered; i++) {
        struct tn_data_item *item = &data->items[i];
        numbered = !item->label.word && tn_data_is_number(last_step(data, item->path), item->text);
        if (numbered)
            item->label.word = id;
    }
}

static bool read_items(struct tn_data_reading *data)
{
    mend_labels(data);
    struct tn_page_reading *page = &data->generic.page;
    struct tn_block *blocks = tn_arena_zero(page->reading.arena, (data->count + 1) * sizeof *blocks);
    struct tn_page *made = tn_arena_zero(page->reading.arena, sizeof *made);
    if (!blocks || !made)
        return false;
    *made = (struct tn_page){.blocks = blocks, .count = data->count};
    data->generic.blocks = made;
    page->data = true;
    if (!tn_generic_start(&data->generic, page->reading.arena) || !make_spans(data, blocks) ||
        !tn_page_cover_start(page, made))
        return false;
    learn_habits(data, made);
    for (size_t i = 0; i < data->count; i++)
        put_item(data, &data->items[i], &page->spans[i]);
    tn_data_put_remark(data);
    page->reading.unmarked = false;
    tn_data_members_put(data);
    tn_put_criteria_sides(&page->reading, data->sides[0], data->side_count[0], data->sides[1], data->side_count[1]);
    page->reading.label = (struct tn_str){NULL, 0};
    page->reading.fate = NULL;
    return !page->reading.arena->failed;
}

/* Records. */

static enum tn_severity refuse(const struct tn_raw *raw, struct tn_error *error)
{
    tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL,
                 "the record has neither an identifier nor a title under a name that is known");
    error->line = raw->line;
    error->offset = raw->offset;
    return TN_FAILED;
}

static enum tn_severity read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                             tn_emit_fn *emit, void *context, struct tn_error *error)
{
    struct tn_data_reading data = {.count = 0};
    struct tn_page_reading *page = &data.generic.page;
    page->worker = worker;
    page->reading = tn_reading_start(self, worker, raw);
    const cJSON *tree = page->reading.trial ? tn_data_tree(&page->reading, worker, error) : NULL;
    if (page->reading.trial && !tree)
        return TN_FAILED;
    if (!tree || !tn_data_members(&data, tree) || !read_items(&data)) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FAILED;
    }
    const struct tn_record *trial = page->reading.trial;
    if (!tn_has(trial, TN_trial_trial_id) && !tn_has(trial, TN_trial_title) && !tn_has(trial, TN_trial_official_title) &&
        tn_count(trial, TN_trial_identifiers) == 0)
        return refuse(raw, error);
    tn_page_sort_warnings(page);
    return tn_reading_end(&page->reading, emit, context, error);
}

static const char *const record_paths[] = {NULL};

const struct tn_reader tn_reader_delimited = {
    .name = "delimited",
    .description = "tables of any other registry, by the names of their columns",
    .syntaxes = TN_READS_DELIMITED,
    .record_paths = record_paths,
    .most_bits = TN_GENERIC_BITS,
    .generic = true,
    .detect = tn_data_detect,
    .read = read,
};

const struct tn_reader tn_reader_json = {
    .name = "json",
    .description = "JSON of any other registry, by the names of its members",
    .syntaxes = TN_READS_JSON,
    .record_paths = record_paths,
    .most_bits = TN_GENERIC_BITS,
    .generic = true,
    .tell_path = json_path,
    .detect = tn_data_detect,
    .read = read,
};

const struct tn_reader tn_reader_xml = {
    .name = "xml",
    .description = "XML of any other registry, by the names of its elements",
    .syntaxes = TN_READS_XML,
    .record_paths = record_paths,
    .most_bits = TN_GENERIC_BITS,
    .generic = true,
    .tell_path = xml_path,
    .detect = tn_data_detect,
    .read = read,
};
