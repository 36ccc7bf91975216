/* SPDX-License-Identifier: MIT */
#include "readers/aact.h"

#include <stdlib.h>

static bool is_word(const struct tn_stated *value, const char *word)
{
    return tn_str_eq_fold(tn_str_trim(value->text), tn_str_of(word));
}

void tn_put_aact_truth(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated word = *value;
    if (is_word(value, "t"))
        word = tn_stated_of(TN_LIT("true"));
    else if (is_word(value, "f"))
        word = tn_stated_of(TN_LIT("false"));
    tn_put(reading, record, field, &word);
}

static bool says_true(struct tn_str text)
{
    text = tn_str_trim(text);
    return tn_str_eq_fold(text, TN_LIT("t")) || tn_str_eq_fold(text, TN_LIT("true"));
}

static const struct {
    const char *column, *word;
} flags[] = {
    {"subject_masked", "PARTICIPANT"}, {"caregiver_masked", "CARE_PROVIDER"}, {"investigator_masked", "INVESTIGATOR"},
    {"outcomes_assessor_masked", "OUTCOMES_ASSESSOR"}, {"child", "CHILD"}, {"adult", "ADULT"},
    {"older_adult", "OLDER_ADULT"}, {"has_protocol", "STUDY_PROTOCOL"}, {"has_sap", "SAP"}, {"has_icf", "ICF"},
};

void tn_put_aact_flag(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    static const struct tn_stated child_word = {.text = {"CHILD", 5}};
    const char *key = tn_tree_key(reading);
    bool truth = says_true(value->text);
    const cJSON *row = tn_tree_at(reading, 1);
    bool child = row && says_true(tn_tree_text(row, "child")), adult = row && says_true(tn_tree_text(row, "adult"));
    if (child && adult && strcmp(key, "child") == 0) /* columns: adult, child; the vocabulary's order: CHILD, ADULT */
        return;
    if (child && truth && strcmp(key, "adult") == 0)
        tn_put(reading, record, field, &child_word);
    if (!truth && !is_word(value, "f") && !is_word(value, "false"))
        tn_put_extra_here(reading, value);
    for (size_t i = 0; truth && i < sizeof flags / sizeof flags[0]; i++)
        if (strcmp(flags[i].column, key) == 0) {
            struct tn_stated word = tn_stated_of(tn_str_of(flags[i].word));
            tn_put(reading, record, field, &word);
        }
}

/* True of "2020-02-29" and "2020-02-01": a day that may have been made of a month. */
static bool is_edge(struct tn_str day)
{
    static const char *const last[] = {"31", "28", "31", "30", "31", "30", "31", "31", "30", "31", "30", "31"};
    if (day.len != 10 || day.s[4] != '-' || day.s[7] != '-')
        return false;
    unsigned month = (unsigned)(day.s[5] - '0') * 10 + (unsigned)(day.s[6] - '0');
    struct tn_str number = tn_str_from(day, 8);
    return tn_str_eq(number, TN_LIT("01")) || (month == 2 && tn_str_eq(number, TN_LIT("29"))) ||
           (month - 1 < 12 && tn_str_eq(number, tn_str_of(last[month - 1])));
}

void tn_put_aact_date(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    static const struct tn_str month_year = {"month_year", 10}, date = {"date", 4};
    struct tn_str key = tn_str_of(tn_tree_key(reading));
    bool month = tn_str_ends_fold(key, month_year);
    struct tn_str stem = tn_str_slice(key.s, key.len - (month ? month_year : date).len);
    const char *other = tn_str_format(reading->arena, "%.*s%s", (int)stem.len, stem.s, (month ? date : month_year).s).s;
    const cJSON *row = tn_tree_at(reading, 1);
    struct tn_str beside = other && row ? tn_tree_text(row, other) : TN_LIT("");
    struct tn_str day = month ? beside : tn_str_trim(value->text);
    bool day_counts = day.len && (month || beside.len) ? !is_edge(day) : !month;
    if (day_counts != month)
        tn_put(reading, record, field, value);
}

void tn_put_aact_expanded(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_record *other = tn_record_edit(record, field, 0);
    bool status = tn_str_ends_fold(tn_str_of(tn_tree_key(reading)), TN_LIT("for_nctid"));
    if (!other)
        other = tn_add_record(record, field);
    if (!other)
        return;
    tn_set_text(other, TN_related_trial_relation, TN_LIT("EXPANDED_ACCESS"));
    tn_put(reading, other, status ? TN_related_trial_status : TN_related_trial_trial_id, value);
}

void tn_put_aact_id_source(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    bool typed = strcmp(tn_tree_key(reading), "id_type") != 0 && tn_tree_text(tn_tree_at(reading, 1), "id_type").len;
    bool alias = is_word(value, "nct_alias"), own = is_word(value, "org_study_id");
    if (is_word(value, "secondary_id"))
        return;
    if (typed) { /* an organization's own number that is a grant number, say */
        tn_put_extra_here(reading, value);
        return;
    }
    struct tn_stated word = alias ? tn_stated_of(TN_LIT("NCT_ALIAS")) : own ? tn_stated_of(TN_LIT("ORG_STUDY_ID")) : *value;
    tn_put(reading, record, field, &word);
}

void tn_put_aact_reference_type(struct tn_reading *reading, struct tn_record *record, int field,
                                const struct tn_stated *value)
{
    bool background = is_word(value, "reference"), result = is_word(value, "results_reference");
    struct tn_stated word = background ? tn_stated_of(TN_LIT("BACKGROUND")) : result ? tn_stated_of(TN_LIT("RESULT")) : *value;
    tn_put(reading, record, field, &word);
}

void tn_put_aact_ancestor(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (is_word(value, "mesh-ancestor"))
        tn_set_bool(record, field, true);
    else if (!is_word(value, "mesh-list"))
        tn_put_extra_here(reading, value);
}

/* --- The tables of one study. --- */

/* The rows of a table by their number, sorted. */
struct by_id {
    cJSON **rows;
    size_t count;
};

static int compare_ids(const void *a, const void *b)
{
    return strcmp(tn_tree_text(*(cJSON *const *)a, "id").s, tn_tree_text(*(cJSON *const *)b, "id").s);
}

static cJSON *table_of(const cJSON *study, const char *name)
{
    cJSON *table = cJSON_GetObjectItemCaseSensitive(study, name);
    return cJSON_IsArray(table) ? table : NULL;
}

static bool has_id(const cJSON *row)
{
    return cJSON_IsString(cJSON_GetObjectItemCaseSensitive(row, "id"));
}

static struct by_id sorted(struct tn_reading *reading, const cJSON *study, const char *name)
{
    struct by_id index = {NULL, 0};
    cJSON *table = table_of(study, name);
    size_t count = table ? (size_t)cJSON_GetArraySize(table) : 0;
    index.rows = count ? tn_arena_alloc(reading->arena, count * sizeof(cJSON *)) : NULL;
    for (cJSON *row = index.rows ? table->child : NULL; row; row = row->next)
        if (has_id(row))
            index.rows[index.count++] = row;
    if (index.count)
        qsort(index.rows, index.count, sizeof(cJSON *), compare_ids);
    return index;
}

/* The row whose number `row` has in its column `column`. */
static cJSON *find(const struct by_id *index, const cJSON *row, const char *column)
{
    struct tn_str id = tn_tree_text(row, column);
    size_t low = 0, high = id.len ? index->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(tn_tree_text(index->rows[middle], "id").s, id.s);
        if (order == 0)
            return index->rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Takes rows of a table to the end of `to`'s array `name`. */
static void move_to(cJSON *table, cJSON *row, cJSON *to, const char *name)
{
    cJSON *array = table_of(to, name);
    if (!array)
        array = cJSON_AddArrayToObject(to, name);
    if (array)
        cJSON_AddItemToArray(array, cJSON_DetachItemViaPointer(table, row));
}

static void hang_under(struct tn_reading *reading, cJSON *study, const char *name, const char *column, const char *under)
{
    cJSON *table = table_of(study, name), *next;
    struct by_id index = table ? sorted(reading, study, under) : (struct by_id){NULL, 0};
    for (cJSON *row = table ? table->child : NULL; row; row = next) {
        cJSON *to = find(&index, row, column);
        next = row->next;
        if (!to)
            continue;
        cJSON_DeleteItemFromObjectCaseSensitive(row, column);
        move_to(table, row, to, name);
    }
}

static void add_name(cJSON *to, const char *list, struct tn_str name)
{
    cJSON *array = table_of(to, list);
    if (!array)
        array = cJSON_AddArrayToObject(to, list);
    if (array && name.len)
        cJSON_AddItemToArray(array, cJSON_CreateString(name.s));
}

/* Which arm gets what. */
static void join_arms(struct tn_reading *reading, cJSON *study)
{
    cJSON *table = table_of(study, "design_group_interventions"), *next;
    struct by_id arms = {NULL, 0}, interventions = {NULL, 0};
    if (table) {
        arms = sorted(reading, study, "design_groups");
        interventions = sorted(reading, study, "interventions");
    }
    for (cJSON *row = table ? table->child : NULL; row; row = next) {
        cJSON *arm = find(&arms, row, "design_group_id"), *intervention = find(&interventions, row, "intervention_id");
        next = row->next;
        if (!arm || !intervention)
            continue;
        add_name(arm, "interventions", tn_tree_text(intervention, "name"));
        add_name(intervention, "design_groups", tn_tree_text(arm, "title"));
        cJSON_Delete(cJSON_DetachItemViaPointer(table, row));
    }
}

/* Rows that have the word in a column go to another table. */
static void part(cJSON *study, const char *name, const char *column, const char *const *words, const char *other)
{
    cJSON *table = table_of(study, name), *next;
    for (cJSON *row = table ? table->child : NULL; row; row = next) {
        struct tn_stated value = tn_stated_of(tn_tree_text(row, column));
        next = row->next;
        if (is_word(&value, words[0]) || is_word(&value, words[1]))
            move_to(table, row, study, other);
    }
}

static bool says_nothing(const char *column)
{
    return strcmp(column, "id") == 0 || strcmp(column, "nct_id") == 0 ||
           tn_str_starts(tn_str_of(column), TN_LIT("downcase_"));
}

static void leave_out(cJSON *table)
{
    cJSON *next;
    for (cJSON *row = table->child; row; row = row->next)
        for (cJSON *cell = row->child; cell; cell = next) {
            next = cell->next;
            if (cJSON_IsArray(cell))
                for (cJSON *inner = cell->child; inner; inner = inner->next)
                    for (cJSON *at = inner->child, *after; at; at = after) {
                        after = at->next;
                        if (says_nothing(at->string))
                            cJSON_Delete(cJSON_DetachItemViaPointer(inner, at));
                    }
            else if (says_nothing(cell->string))
                cJSON_Delete(cJSON_DetachItemViaPointer(row, cell));
        }
}

const cJSON *tn_aact_prepare(struct tn_reading *reading, const cJSON *tree)
{
    static const char *const lead[] = {"lead", "LEAD_SPONSOR"}, *const removed[] = {"t", "true"};
    cJSON *study = (cJSON *)(uintptr_t)tree; /* in the record's arena: ours to change */
    hang_under(reading, study, "intervention_other_names", "intervention_id", "interventions");
    hang_under(reading, study, "facility_contacts", "facility_id", "facilities");
    hang_under(reading, study, "facility_investigators", "facility_id", "facilities");
    hang_under(reading, study, "retractions", "reference_id", "study_references");
    join_arms(reading, study);
    part(study, "sponsors", "lead_or_collaborator", lead, "lead_sponsors");
    part(study, "countries", "removed", removed, "removed_countries");
    for (cJSON *table = study->child; table; table = table->next)
        if (cJSON_IsArray(table))
            leave_out(table);
    return tree;
}
