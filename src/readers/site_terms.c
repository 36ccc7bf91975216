/* SPDX-License-Identifier: MIT */
#include "readers/site_terms.h"

#include <stddef.h>

#define WORDS(what, table) {what, table, sizeof table / sizeof table[0]}

static const struct tn_site_word modes[] = {
    {"section", TN_MODE_SECTION, "holds further labels; a line of its own is kept and reported"},
    {"note", TN_MODE_NOTE, "the site's own sentence about the section `within`: left out wherever it stands"},
    {"ignore", TN_MODE_IGNORE, "page furniture, left out; lines behind it belong to the label before"},
    {"end", TN_MODE_END, "here the trial ends: left out with all behind it"},
    {"keep", TN_MODE_KEEP, "text, kept in `extra` under its label"},
    {"value", TN_MODE_VALUE, "one value, on the label's line or the line under it; without a field kept in `extra`"},
    {"flag", TN_MODE_FLAG, "yes or no: yes means `preset`; anything else is kept in `extra`"},
    {"range", TN_MODE_RANGE, "two dates apart by `separator`, into `field` and `also`"},
    {"shapes", TN_MODE_SHAPES, "values told by their shape, each shape once, in the order of the list"},
    {"ages", TN_MODE_AGES, "both limits of age in one line"},
    {"paragraphs", TN_MODE_PARAGRAPHS, "running text"},
    {"list", TN_MODE_LIST, "one entry a line; without a field kept in `extra`"},
    {"entries", TN_MODE_ENTRIES, "records of one line or several, told apart by the shapes of their parts"},
    {"items", TN_MODE_ITEMS, "records of several lines that begin with a list item, or stand in the rows of a table"},
    {"arms", TN_MODE_ARMS, "arms and interventions that say what they are: `Experimental: A`, `Drug: B`"},
    {"sponsors", TN_MODE_SPONSORS, "entries of collaborators of which one is the lead"},
    {"pairs", TN_MODE_PAIRS, "names, each with a description"},
    {"groups", TN_MODE_GROUPS, "arms with their descriptions, and the interventions of each, known by name"},
    {"criteria", TN_MODE_CRITERIA, "criteria, and behind them values told by their shape"},
};
const struct tn_site_words tn_site_modes = WORDS("mode", modes);

static const struct tn_site_word shapes[] = {
    {"text", TN_SHAPE_TEXT, "anything"},
    {"word", TN_SHAPE_WORD, "a word of the field's vocabulary, in any spelling"},
    {"exact", TN_SHAPE_EXACT, "a word of the field's vocabulary to the letter"},
    {"phase", TN_SHAPE_PHASE, "PHASE1/PHASE2, Phase 2, NA"},
    {"participants", TN_SHAPE_PARTICIPANTS, "30 participants"},
    {"groups", TN_SHAPE_GROUPS, "120 participants in 2 patient groups, including a placebo group"},
    {"date", TN_SHAPE_DATE, "2024-09-01, Jul 3, 2025"},
    {"age", TN_SHAPE_AGE, "18 Years"},
    {"truth", TN_SHAPE_TRUTH, "Yes, No"},
    {"id", TN_SHAPE_ID, "a registry identifier and nothing else"},
    {"place", TN_SHAPE_PLACE, "City, State, Country"},
    {"site", TN_SHAPE_SITE, "Facility, City, State, Country"},
    {"clinic", TN_SHAPE_CLINIC, "Clinic | City, ST"},
    {"url", TN_SHAPE_URL, "https://..."},
    {"place-down", TN_SHAPE_PLACE_DOWN, "Country, State, City, postal code"},
    {"typed", TN_SHAPE_TYPED, "Experimental: Name; a word of the member `type` before the colon, or none"},
    {"arms", TN_SHAPE_ARMS, "labels of arms, apart by commas"},
    {"party", TN_SHAPE_PARTY, "Person, degrees, Organization; or the sponsor"},
    {"number", TN_SHAPE_NUMBER, "Multi-center (Number of center : 15): a text with one number"},
    {"masked", TN_SHAPE_MASKED, "Double Blind (Subject, Investigator)"},
    {"given", TN_SHAPE_GIVEN, "drug: Ramipril; what an arm gets, one a line"},
};
const struct tn_site_words tn_site_shapes = WORDS("shape", shapes);

static const struct tn_site_word sides[] = {
    {"inclusion", TN_CRITERIA_INCLUSION, "who is taken in"},
    {"exclusion", TN_CRITERIA_EXCLUSION, "who is left out"},
};
static const struct tn_site_words site_sides = WORDS("side", sides);

static const struct tn_site_word orders[] = {
    {"day-first", TN_DATE_DAY_FIRST, "08/04/2024 is 8 April"},
    {"month-first", TN_DATE_MONTH_FIRST, "08/04/2024 is 4 August"},
};
static const struct tn_site_words site_orders = WORDS("order of dates", orders);

static const struct tn_site_word flags[] = {
    {"passing", TN_ROW_PASSING, "of value: lines behind the value belong to the label before"},
    {"lines", TN_ROW_LINES, "of criteria: every line is an item, though it has no marker"},
    {"people", TN_ROW_PEOPLE, "of keep and value: says who a person is, left out by --redact"},
    {"not-lost", TN_ROW_NOT_LOST, "may stand empty"},
    {"literal", TN_ROW_LITERAL, "`*`, `#`, `@` and `%` in the labels stand for themselves"},
    {"opens", TN_ROW_OPENS, "begins a record of its own; the labels of its members behind it fill it"},
    {"leads", TN_ROW_LEADS, "of opens, of collaborators: the first of them is the lead sponsor"},
    {"first", TN_ROW_FIRST, "only the first such label fills the field, further ones are kept in `extra`"},
    {"spare", TN_ROW_SPARE, "fills the field only where it is absent, else it is kept in `extra`"},
    {"cut", TN_ROW_CUT, "of value: what stands behind the first `separator` is kept under `rest`, whatever it is"},
    {"sum", TN_ROW_SUM, "of a number: the values of all such labels, one for each record that is open, added up"},
    {"twins", TN_ROW_TWINS, "the value stands there in Chinese and in English: the English is read, the other kept"},
    {"grouped", TN_ROW_GROUPED, "of entries: places stand in groups under the name of their country"},
    {"menu", TN_ROW_MENU, "of what stands before the first label: the site's menu stands before the title, left out"},
};
const struct tn_site_words tn_site_flags = WORDS("flag", flags);

#define SITE(member) offsetof(struct tn_described, member)
const struct tn_site_member tn_site_members[] = {
    {"reader", SITE(reader.name), TN_SITE_TEXT, NULL, true, "name of the reader: small letters, digits and hyphens"},
    {"description", SITE(reader.description), TN_SITE_TEXT, NULL, true, "one line for `trialnorm list`"},
    {"host", SITE(site.host), TN_SITE_TEXT, NULL, true, "host name of the site, as in its address"},
    {"signatures", SITE(site.signatures), TN_SITE_TEXTS, NULL, false,
     "labels, as they stand in the rows, that hardly another site's pages have: one of them is enough for a claim; of the "
     "first eight, several apart by `|` are one, of pages that have them all"},
    {"few_labels", SITE(site.few_labels), TN_SITE_NUMBER, NULL, false,
     "without a signature so many labels must be there for a claim (default: 4)"},
    {"date_order", SITE(site.date_order), TN_SITE_WORD, &site_orders, false, "how the site writes 08/04/2024"},
    {"absent", SITE(site.absent), TN_SITE_TEXT, NULL, false, "alone under a label, this stands for no value; several apart by `|`"},
    {"form", SITE(site.form), TN_SITE_SWITCH, NULL, false,
     "every label stands in a cell or before a tab and may be empty; all up to the next one belongs to it"},
    {"colons", SITE(site.colons), TN_SITE_SWITCH, NULL, false, "of a form: labels stand before a colon too"},
    {"common_labels", SITE(site.common_labels), TN_SITE_SWITCH, NULL, false,
     "true where its labels are everyone's: a page needs a signature or the site's address"},
    {"acronym_behind_title", SITE(site.acronym_behind_title), TN_SITE_SWITCH, NULL, false,
     "the heading is `Title (ACRONYM)` where <title> is `Title - ...`"},
    {"wide_gaps", SITE(site.wide_gaps), TN_SITE_SWITCH, NULL, false,
     "several blanks stand between a label and its value as a tab does"},
    {"zero_is_default", SITE(site.zero_is_default), TN_SITE_SWITCH, NULL, false,
     "prints 0 participants where it does not know their number"},
    {"rows", SITE(site.rows), TN_SITE_ROW_LIST, NULL, true,
     "what labels hold; worked off in this order: a row that another one needs stands above it"},
    {NULL, 0, TN_SITE_TEXT, NULL, false, NULL},
};

#define ROW(member) offsetof(struct tn_site_row, member)
const struct tn_site_member tn_site_row_members[] = {
    {"labels", ROW(labels), TN_SITE_LABELS, NULL, false,
     "spellings of the label: `Gender`; `NCT ID: *` with the value behind it on the line; `Locations (# total)` with a "
     "number inside; `About @lead_sponsor` with the text of a field behind it; `A.3.1 %` with any words behind it. Without labels the row is for what "
     "stands before the first label or, with `shape`, for every line of that shape"},
    {"within", ROW(within), TN_SITE_TEXT, NULL, false,
     "first spelling of the section in which alone it is a label; of a note the section that it is about"},
    {"mode", ROW(mode), TN_SITE_WORD, &tn_site_modes, true, "how the lines under the label are read"},
    {"shape", ROW(shape), TN_SITE_WORD, &tn_site_shapes, false, "of a row without labels: the shape of its lines"},
    {"field", ROW(field), TN_SITE_ROW_FIELD, NULL, false,
     "the field of the trial, or a member of one of its records: `title`, `source.page_updated`"},
    {"shapes", ROW(shapes), TN_SITE_SHAPE_LIST, NULL, false, "values told by their shape; of criteria: behind them"},
    {"parts", ROW(parts), TN_SITE_PART_LIST, NULL, false, "the parts of an entry, at most 4"},
    {"separator", ROW(separator), TN_SITE_MARK, NULL, false,
     "between entries on one line; of a value: between it and a date that is kept in `extra` under `rest`; of a range: "
     "between its dates"},
    {"rest", ROW(rest), TN_SITE_TEXT, NULL, false,
     "label in `extra` of what stands behind the separator; of a row that opens records: how `extra` calls them"},
    {"words", ROW(words), TN_SITE_TEXT, NULL, false,
     "what the site's words mean: `Both=ALL|NA=|*`; `x=` says nothing, `*` lets every other word stand"},
    {"also", ROW(also), TN_SITE_OTHER_FIELD, NULL, false,
     "a field of the trial that takes the value too where it is absent; of a range: that of the second date"},
    {"tail", ROW(tail), TN_SITE_TEXT, NULL, false,
     "what the site writes behind a value, apart by `|`: left out; `by *`: with all behind it"},
    {"preset", ROW(preset), TN_SITE_TEXT, NULL, false,
     "`kind=CENTRAL`: set beside, in each record or in the trial, where the field is absent"},
    {"declared", ROW(declared), TN_SITE_COUNT_FIELD, NULL, false,
     "the field that takes the number that the label states"},
    {"side", ROW(side), TN_SITE_WORD, &site_sides, false, "of criteria; without it their own headings say"},
    {"flags", ROW(flags), TN_SITE_BITS, &tn_site_flags, false, "what is special"},
    {NULL, 0, TN_SITE_TEXT, NULL, false, NULL},
};

#define SHAPE(member) offsetof(struct tn_site_shape, member)
const struct tn_site_member tn_site_shape_members[] = {
    {"shape", SHAPE(shape), TN_SITE_WORD, &tn_site_shapes, true, "by what the value is told"},
    {"field", SHAPE(field), TN_SITE_TRIAL_FIELD, NULL, true, "the field of the trial that takes it"},
    {"when", SHAPE(when), TN_SITE_TEXT, NULL, false,
     "`study_type=OBSERVATIONAL`: not used when the trial's field says otherwise"},
    {"alone", SHAPE(alone), TN_SITE_SWITCH, NULL, false, "takes the only line under its label, whatever it says"},
    {"spare", SHAPE(spare), TN_SITE_SWITCH, NULL, false, "only there when the next, of the same shape, is there too"},
    {NULL, 0, TN_SITE_TEXT, NULL, false, NULL},
};

#define PART(member) offsetof(struct tn_site_part, member)
const struct tn_site_member tn_site_part_members[] = {
    {"shape", PART(shape), TN_SITE_WORD, &tn_site_shapes, true, "by what the part is told"},
    {"field", PART(field), TN_SITE_PART_FIELD, NULL, true, "the member of the entry's record; of a place the first"},
    {"label", PART(label), TN_SITE_TEXT, NULL, false, "`Role` of `Role: ...`"},
    {"column", PART(column), TN_SITE_TEXT, NULL, false, "name of the table's column that holds it"},
    {"kept", PART(kept), TN_SITE_SWITCH, NULL, false, "goes to `extra` under its label, not to the member"},
    {"words", PART(words), TN_SITE_TEXT, NULL, false,
     "what the site's words mean: `org_study_id=ORG_STUDY_ID|secondary_id=|*`; `x=` says nothing, `*` lets every other "
     "word stand"},
    {"optional", PART(optional), TN_SITE_SWITCH, NULL, false, "may be missing"},
    {NULL, 0, TN_SITE_TEXT, NULL, false, NULL},
};

const struct tn_site_word *tn_site_word_of(const struct tn_site_words *words, unsigned value)
{
    for (size_t i = 0; i < words->count; i++)
        if (words->all[i].value == value)
            return &words->all[i];
    return NULL;
}

/* Members of each mode, besides `mode` and `labels`. */
static const struct tn_site_rule rules[] = {
    {TN_MODE_SECTION, "labels", "within field rest preset flags"},
    {TN_MODE_NOTE, "labels", "within preset"},
    {TN_MODE_IGNORE, "", "within"},
    {TN_MODE_END, "labels", "within"},
    {TN_MODE_KEEP, "", "within field rest flags"},
    {TN_MODE_VALUE, "", "within shape field separator rest tail words also preset flags"},
    {TN_MODE_FLAG, "labels field preset", "within flags"},
    {TN_MODE_RANGE, "labels field separator also", "within flags"},
    {TN_MODE_SHAPES, "shapes", "within flags"},
    {TN_MODE_AGES, "labels", "within field flags"},
    {TN_MODE_PARAGRAPHS, "field", "within rest also preset flags"},
    {TN_MODE_LIST, "", "within field separator rest preset flags"},
    {TN_MODE_ENTRIES, "field parts", "within separator declared preset flags"},
    {TN_MODE_ITEMS, "field parts", "within preset flags"},
    {TN_MODE_ARMS, "field", "within flags"},
    {TN_MODE_SPONSORS, "field parts", "within separator flags"},
    {TN_MODE_PAIRS, "field parts", "within flags"},
    {TN_MODE_GROUPS, "field", "within flags"},
    {TN_MODE_CRITERIA, "", "within field shapes side flags"},
};

const struct tn_site_rule *tn_site_rule_of(enum tn_mode mode)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].mode == mode)
            return &rules[i];
    return NULL;
}

bool tn_site_lists(const char *list, const char *name)
{
    struct tn_str rest = tn_str_of(list), wanted = tn_str_of(name);
    while (rest.len) {
        size_t blank = tn_str_find_char(rest, ' ');
        if (tn_str_eq(tn_str_slice(rest.s, blank == TN_NO_OFFSET ? rest.len : blank), wanted))
            return true;
        rest = tn_str_from(rest, blank == TN_NO_OFFSET ? rest.len : blank + 1);
    }
    return false;
}

const struct tn_record_type *tn_site_entry_type(const struct tn_site_row *row)
{
    return row->type == &tn_type_trial ? tn_type_trial.fields[row->field].record : NULL;
}

bool tn_site_may_fill(const struct tn_record_type *type, int field)
{
    static const int own[] = {TN_trial_schema, TN_trial_record_key, TN_trial_warnings, TN_trial_extra,
                              TN_trial_provenance};
    if (type == &tn_type_source)
        return field == TN_source_url || field == TN_source_fetched || field == TN_source_page_updated ||
               field == TN_source_exported;
    bool may = type != &tn_type_warning && type != &tn_type_extra_value && type != &tn_type_origin;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        may = may && !(type == &tn_type_trial && field == own[i]);
    return may;
}

int tn_site_holder(const struct tn_record_type *type)
{
    for (int i = 0; i < tn_type_trial.count; i++)
        if (tn_type_trial.fields[i].record == type)
            return i;
    return -1;
}

bool tn_site_described(const struct tn_reader *reader, struct tn_described *described)
{
    if (reader->read != tn_page_read)
        return false;
    const struct tn_site *site = reader->table;
    *described = (struct tn_described){*reader, *site};
    return true;
}

const char *tn_site_host(const struct tn_reader *reader)
{
    struct tn_described described;
    return tn_site_described(reader, &described) ? described.site.host : NULL;
}

size_t tn_site_rows(const struct tn_reader *reader)
{
    struct tn_described described;
    return tn_site_described(reader, &described) ? described.site.count : 0;
}
