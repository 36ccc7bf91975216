/* SPDX-License-Identifier: MIT */
#include "readers/put_design.h"

#include "normal/word.h"
#include "trial/vocabulary.h"

enum { MOST_ROLES = 4 };

/* The next part up to a comma (bar, semicolon) outside of brackets. */
static bool next_part(struct tn_str *rest, struct tn_str *part)
{
    size_t at = 0;
    int open = 0;
    if (rest->len == 0)
        return false;
    for (; at < rest->len && (open > 0 || !strchr(",|;", rest->s[at]) || rest->s[at] == '\0'); at++)
        open += (rest->s[at] == '(') - (rest->s[at] == ')' && open > 0);
    *part = tn_str_trim(tn_str_slice(rest->s, at));
    *rest = tn_str_from(*rest, at + 1);
    return true;
}

static bool is_word(const struct tn_vocabulary *vocabulary, struct tn_str text)
{
    struct tn_word word;
    return tn_normal_word(vocabulary, text, &word) == TN_CODE_NONE && word.word;
}

/* How many roles the text lists; 0 when one of its parts is none. */
static size_t count_roles(struct tn_str text)
{
    struct tn_str part;
    size_t count = 0;
    while (next_part(&text, &part)) {
        if (!is_word(&tn_vocabulary_who_masked, part))
            return 0;
        count++;
    }
    return count;
}

static void put_roles(struct tn_reading *reading, struct tn_record *trial, struct tn_str text)
{
    struct tn_str part;
    while (next_part(&text, &part)) {
        const struct tn_stated role = tn_stated_of(part);
        tn_put(reading, trial, TN_trial_who_masked, &role);
    }
}

void tn_put_masking(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    static const char *const by_number[] = {"SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"};
    struct tn_str text = tn_str_trim(value->text), roles = {NULL, 0};
    size_t open = tn_str_find_char(text, '('), count = count_roles(text);
    if (count > 0 && count <= MOST_ROLES) {
        tn_put_clean(reading, record, field, tn_str_of(by_number[count - 1]), value->text);
        put_roles(reading, record, text);
        return;
    }
    if (open != TN_NO_OFFSET && text.s[text.len - 1] == ')') {
        roles = tn_str_slice(text.s + open + 1, text.len - open - 2);
        text = tn_str_trim(tn_str_slice(text.s, open));
    }
    bool open_label = tn_str_eq_fold(roles, TN_LIT("Open Label")) || tn_str_eq_fold(roles, TN_LIT("No masking"));
    const struct tn_stated word = tn_stated_of(text);
    if (!open_label && count_roles(roles) == 0) {
        tn_put(reading, record, field, value);
        return;
    }
    tn_put(reading, record, field, &word);
    if (!open_label)
        put_roles(reading, record, roles);
}

void tn_put_study_type(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str text = tn_str_trim(value->text), registry = TN_LIT("[Patient Registry]");
    struct tn_stated type = *value;
    if (tn_str_ends_fold(text, registry)) {
        type = tn_stated_of(tn_str_trim(tn_str_slice(text.s, text.len - registry.len)));
        tn_set_bool(record, TN_trial_patient_registry, true);
    }
    tn_put(reading, record, field, &type);
}

static const struct {
    struct tn_str label;
    int field;
    tn_put_fn *put;
    const struct tn_vocabulary *vocabulary;
} parts[] = {
    {{"Allocation", 10}, TN_trial_allocation, tn_put, &tn_vocabulary_allocation},
    {{"Intervention Model", 18}, TN_trial_intervention_model, tn_put, &tn_vocabulary_intervention_model},
    {{"Masking", 7}, TN_trial_masking, tn_put_masking, &tn_vocabulary_masking},
    {{"Primary Purpose", 15}, TN_trial_primary_purpose, tn_put, &tn_vocabulary_primary_purpose},
    {{"Observational Model", 19}, TN_trial_observational_model, tn_put, &tn_vocabulary_observational_model},
    {{"Time Perspective", 16}, TN_trial_time_perspective, tn_put, &tn_vocabulary_time_perspective},
};

enum { PARTS = sizeof parts / sizeof parts[0] };

/* `Masking: Double Blind`. False where no field is labelled so. */
static bool put_labelled(struct tn_reading *reading, struct tn_record *trial, struct tn_str label,
                         const struct tn_stated *value)
{
    for (size_t i = 0; i < PARTS; i++)
        if (tn_str_eq_fold(label, parts[i].label)) {
            parts[i].put(reading, trial, parts[i].field, value);
            return true;
        }
    return false;
}

/* A word of the only vocabulary that is open and knows it. */
static bool put_bare(struct tn_reading *reading, struct tn_record *trial, const struct tn_stated *value)
{
    for (size_t i = 0; i < PARTS; i++)
        if (!tn_has(trial, parts[i].field) && is_word(parts[i].vocabulary, value->text)) {
            parts[i].put(reading, trial, parts[i].field, value);
            return true;
        }
    return false;
}

void tn_put_design(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str rest = value->text, part;
    (void)field;
    while (next_part(&rest, &part)) {
        size_t colon = tn_str_find_char(part, ':');
        struct tn_str label = colon == TN_NO_OFFSET ? TN_LIT("") : tn_str_trim(tn_str_slice(part.s, colon));
        const struct tn_stated stated = tn_stated_of(label.len ? tn_str_trim(tn_str_from(part, colon + 1)) : part);
        bool done = label.len ? put_labelled(reading, record, label, &stated) : put_bare(reading, record, &stated);
        if (!done && label.len)
            tn_put_extra(reading, label, &stated);
        else if (!done)
            tn_put_extra_here(reading, &stated);
    }
}
