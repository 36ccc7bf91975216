/* SPDX-License-Identifier: MIT */
/* `trials-summary.txt` of the EU Clinical Trials Register: `Label:    value`, cut at some 200 characters. */
#include "readers/sites/euctr.h"

static const struct tn_site_row rows[] = {
    {.labels = "This file contains %", .mode = TN_MODE_IGNORE},
    {.labels = "EudraCT Number", .mode = TN_MODE_VALUE, TN_INTO(trial_id)},
    {.labels = "Sponsor Protocol Number", .mode = TN_MODE_LIST, TN_INTO(identifiers), .preset = "type=ORG_STUDY_ID"},
    {.labels = "Sponsor Name", .mode = TN_MODE_VALUE, TN_INTO(lead_sponsor)},
    {.labels = "Full Title", .mode = TN_MODE_VALUE, TN_INTO(official_title), .also = TN_trial_title},
    {.labels = "Start Date|Start Date*", .mode = TN_MODE_VALUE, TN_INTO(start_date), .flags = TN_ROW_LITERAL},
    {.labels = "Medical condition", .mode = TN_MODE_LIST, TN_INTO(conditions), .flags = TN_ROW_SPARE},
    {.labels = "Disease", .mode = TN_MODE_KEEP},
    {.labels = "Population Age", .mode = TN_MODE_LIST, TN_INTO(std_ages), .separator = ", "},
    {.labels = "Gender", .mode = TN_MODE_VALUE, TN_INTO(sex)},
    {.labels = "Trial protocol", .mode = TN_MODE_KEEP},
    {.labels = "Trial results",
     .mode = TN_MODE_VALUE,
     TN_INTO(has_results),
     .words = "View results=true|(No results available)="},
    {.labels = "Link", .mode = TN_MODE_VALUE, TN_INTO(url), .shape = TN_SHAPE_URL},
};

static const char *const signatures[] = {"Sponsor Protocol Number", "Trial protocol", NULL};

const struct tn_site tn_euctr_summary = {
    .host = "www.clinicaltrialsregister.eu",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .signatures = signatures,
    .few_labels = 5,
    .form = true,
    .colons = true,
};

/* `Version: 20.0, SOC Term: 100000004853, Classification Code: 10037118, Term: Glaucoma, Level: LLT` */

static const struct {
    struct tn_str label;
    int field; /* -1: none holds it, and `extra` has it all */
} parts[] = {
    {{"Version:", 8}, TN_condition_code_version},
    {{", SOC Term:", 11}, -1},
    {{", Classification Code:", 22}, TN_condition_code_code},
    {{", Term:", 7}, TN_condition_code_term},
    {{", Level:", 8}, -1},
};

enum { PARTS = sizeof parts / sizeof parts[0] };

/* The places of the labels, which stand in this order; false of another text. */
static bool find_parts(struct tn_str text, size_t *at)
{
    size_t from = 0;
    for (size_t i = 0; i < PARTS; i++) {
        size_t found = tn_str_find(tn_str_from(text, from), parts[i].label);
        if (found == TN_NO_OFFSET || (i == 0 && found > 0))
            return false;
        at[i] = from + found;
        from = at[i] + parts[i].label.len;
    }
    return true;
}

static void read_disease(struct tn_page_reading *page, struct tn_str text)
{
    size_t at[PARTS + 1];
    text = tn_str_trim(text);
    if (!find_parts(text, at))
        return;
    at[PARTS] = text.len;
    struct tn_record *code = tn_add_record(page->reading.trial, TN_trial_condition_codes);
    tn_set_text(code, TN_condition_code_system, TN_LIT("MedDRA"));
    for (size_t i = 0; i < PARTS; i++) {
        size_t start = at[i] + parts[i].label.len;
        struct tn_str value = tn_str_trim(tn_str_slice(text.s + start, at[i + 1] - start));
        if (parts[i].field >= 0 && value.len)
            tn_page_put(page, code, parts[i].field, value);
    }
}

/* `DE(Completed) GB(GB - no longer in EU/EEA) Outside EU/EEA` */

struct protocols {
    struct tn_str status; /* of the first country */
    size_t countries;
    bool agree;           /* all countries have it */
};

static void add_country(struct tn_page_reading *page, struct protocols *protocols, struct tn_str code, struct tn_str status)
{
    struct tn_record *country = tn_add_record(page->reading.trial, TN_trial_countries);
    tn_page_put(page, country, TN_country_name, code);
    if (tn_str_find(status, TN_LIT("no longer in EU/EEA")) != TN_NO_OFFSET || tn_str_eq(status, TN_LIT("Outside EU/EEA")))
        status.len = 0;
    if (status.len)
        tn_page_put(page, country, TN_country_status, status);
    if (protocols->countries++ == 0)
        protocols->status = status;
    protocols->agree = status.len && tn_str_eq(status, protocols->status) && (protocols->agree || protocols->countries == 1);
}

/* The length of `GB(Completed)` at the start of the text; 0: something else stands there. */
static size_t read_protocol(struct tn_str text, struct tn_str *code, struct tn_str *status)
{
    size_t open = tn_str_find_char(text, '('), end = tn_str_find_char(text, ')'), blank = tn_str_find_char(text, ' ');
    if (open == TN_NO_OFFSET || open == 0 || end == TN_NO_OFFSET || end < open || (blank != TN_NO_OFFSET && blank < open))
        return 0;
    *code = tn_str_slice(text.s, open);
    *status = tn_str_trim(tn_str_slice(text.s + open + 1, end - open - 1));
    return end + 1;
}

static void read_protocols(struct tn_page_reading *page, struct protocols *protocols, struct tn_str text)
{
    struct tn_str outside = TN_LIT("Outside EU/EEA"), code, status;
    while ((text = tn_str_trim(text)).len) {
        size_t len = tn_str_starts(text, outside) ? outside.len : 0;
        if (!len && (len = read_protocol(text, &code, &status)) > 0)
            add_country(page, protocols, code, status);
        if (!len) {
            tn_warn(&page->reading, TN_BAD_VALUE, page->reading.trial, TN_trial_countries,
                    "no country with its status: '%.*s'", (int)tn_str_cut(text, 60), text.s);
            return;
        }
        text = tn_str_from(text, len);
    }
}

/* `Infants and toddlers, Children, Under 18` are all children. */
static void drop_double_ages(struct tn_record *trial)
{
    for (size_t i = tn_count(trial, TN_trial_std_ages); i-- > 1;)
        for (size_t k = 0; k < i; k++)
            if (tn_str_eq(tn_text_at(trial, TN_trial_std_ages, i), tn_text_at(trial, TN_trial_std_ages, k))) {
                tn_remove_at(trial, TN_trial_std_ages, i);
                break;
            }
}

/* Long conditions are cut as titles are. */
static void mind_cut_conditions(struct tn_page_reading *page)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct tn_span *span = &page->spans[i];
        struct tn_str last = span->count ? span->lines[span->count - 1]->whole : span->value;
        if (!span->row || span->row->field != TN_trial_conditions || !tn_str_ends_fold(last, TN_LIT("...")))
            continue;
        tn_page_at(page, span->label);
        tn_warn(&page->reading, TN_TRUNCATED_TEXT, page->reading.trial, TN_trial_conditions,
                "the text ends with '...': the download has cut it");
    }
}

/* Where the first line was cut away, the address has the number: `...search?query=eudract_number:2008-006649-18`. */
static void number_by_address(struct tn_page_reading *page)
{
    struct tn_record *trial = page->reading.trial;
    struct tn_str url = tn_text(trial, TN_trial_url), name = TN_LIT("eudract_number:");
    size_t at = tn_has(trial, TN_trial_trial_id) ? TN_NO_OFFSET : tn_str_find(url, name);
    if (at != TN_NO_OFFSET)
        tn_page_put(page, trial, TN_trial_trial_id, tn_str_from(url, at + name.len));
}

void tn_euctr_summarise(struct tn_page_reading *page)
{
    struct protocols protocols = {.countries = 0};
    for (size_t i = 0; i < page->count; i++) {
        const struct tn_span *span = &page->spans[i];
        bool disease = tn_str_eq_fold(span->name, TN_LIT("Disease")), protocol = tn_str_eq_fold(span->name, TN_LIT("Trial protocol"));
        if (!span->label || (!disease && !protocol))
            continue;
        tn_page_at(page, span->label);
        page->reading.label = span->name;
        for (size_t k = 0; k <= span->count; k++) {
            struct tn_str line = k ? span->lines[k - 1]->whole : span->value;
            if (disease)
                read_disease(page, line);
            else
                read_protocols(page, &protocols, line);
        }
    }
    drop_double_ages(page->reading.trial);
    mind_cut_conditions(page);
    if (protocols.agree) /* what all countries say is said of the trial */
        tn_page_put(page, page->reading.trial, TN_trial_status, protocols.status);
    number_by_address(page);
    page->reading.label = (struct tn_str){NULL, 0};
}
