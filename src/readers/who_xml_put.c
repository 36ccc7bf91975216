/* SPDX-License-Identifier: MIT */
/* How values of records in WHO's form get into their fields, where ICTRP's functions do not fit. */
#include "readers/who_xml.h"

#include "normal/fold.h"
#include "normal/identifier.h"
#include "normal/phase.h"
#include "normal/word.h"
#include "readers/put_parts.h"

/* The record's register; of one that nobody knows dates are as the form wants them, days first. */
static const struct tn_ictrp *register_of(struct tn_reading *reading)
{
    const struct tn_ictrp *own = tn_ictrp_of(reading);
    if (own && !own->of.prefix)
        reading->date_order = TN_DATE_DAY_FIRST;
    return own;
}

void tn_who_put_date(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (register_of(reading))
        tn_ictrp_put_date(reading, record, field, value);
}

void tn_who_put_registered(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    if (register_of(reading))
        tn_ictrp_put_registered(reading, record, field, value);
}

void tn_who_put_enrolled(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (register_of(reading))
        tn_ictrp_put_enrolled(reading, record, field, value);
}

/* utrn and UTRN say the same; `None` is none. */
void tn_who_put_utn(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    enum { COMPARED = 100 };
    struct tn_str text = tn_str_trim(value->text);
    for (size_t i = 0; i < tn_count(reading->trial, TN_trial_identifiers) && i < COMPARED; i++) {
        const struct tn_record *other = tn_record_at(reading->trial, TN_trial_identifiers, i);
        if (other != record && tn_str_eq_fold(tn_text(other, TN_identifier_value), text))
            return;
    }
    if (text.len)
        tn_put_secondary_id(reading, record, field, value);
}

void tn_who_put_acronym(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str text = tn_ictrp_text(reading, value->text);
    if (!tn_has(record, field))
        tn_put_clean(reading, record, field, text, value->text);
    else if (text.len && !tn_str_eq(tn_text(record, field), text))
        tn_put_extra_here(reading, value);
}

/* ChiCTR has `Retrospective study` and the like among its phases. */
void tn_who_put_phase(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_phases phases;
    struct tn_word word;
    const struct tn_stated text = {.text = tn_ictrp_text(reading, value->text), .stable = true};
    if (tn_normal_phases(text.text, &phases) != TN_CODE_NONE &&
        tn_normal_word(&tn_vocabulary_time_perspective, text.text, &word) == TN_CODE_NONE && word.word)
        tn_put_extra_here(reading, &text);
    else
        tn_ictrp_put_phase(reading, record, field, value);
}

/* Each line is a condition, and ICTRP's function knows the lists of a line. */
void tn_who_put_conditions(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    struct tn_str rest = value->text, line;
    while (tn_str_next_line(&rest, &line)) {
        const struct tn_stated condition = tn_stated_of(tn_str_trim(line));
        if (condition.text.len)
            tn_ictrp_put_conditions(reading, record, field, &condition);
    }
}

/* Behind the street; alone it is no address. */
void tn_who_put_zip(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (tn_tree_text(tn_tree_at(reading, 1), "address").len)
        tn_put_joined(reading, record, field, value);
    else
        tn_put_extra_here(reading, value);
}

static bool is_secondary(const struct tn_reading *reading)
{
    for (const struct tn_trail *at = reading->trail; at; at = at->up)
        if (at->key && tn_str_starts_fold(tn_str_of(at->key), TN_LIT("sec")))
            return true;
    return false;
}

void tn_who_put_outcome(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    const struct tn_ictrp *own = register_of(reading);
    const struct tn_stated text = {.text = tn_ictrp_text(reading, value->text), .stable = true};
    if (!own || text.text.len == 0)
        return;
    if (own->of.habit == TN_ICTRP_GROUPS) {
        tn_ictrp_put_outcomes(reading, record, field, value);
        return;
    }
    struct tn_record *outcome = tn_add_record(record, field);
    tn_put(reading, outcome, TN_outcome_measure, &text);
    tn_set_text(outcome, TN_outcome_kind, is_secondary(reading) ? TN_LIT("SECONDARY") : TN_LIT("PRIMARY"));
}

void tn_who_put_sex(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (tn_str_eq(tn_str_trim(value->text), TN_LIT("-")))
        tn_put_clean(reading, record, field, TN_LIT("ALL"), value->text);
    else
        tn_ictrp_put(reading, record, field, value);
}

/* `0` is no limit, of both ages. */
void tn_who_put_age(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (tn_str_eq(tn_str_trim(value->text), TN_LIT("0")))
        tn_put_extra_here(reading, value);
    else
        tn_ictrp_put_age(reading, record, field, value);
}

/* `C20`, `G08.686.785.760.769`, `10012345`: signs without a blank, one of them a digit. */
static bool is_code(struct tn_str text)
{
    bool digit = false;
    for (size_t i = 0; i < text.len; i++) {
        if (!tn_is_alnum(text.s[i]) && (text.s[i] == '\0' || !strchr(".-/+*", text.s[i])))
            return false;
        digit = digit || tn_is_digit(text.s[i]);
    }
    return digit;
}

/* ChiCTR's `;;` is an empty list. */
static bool is_empty(struct tn_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (tn_is_alnum(text.s[i]) || (unsigned char)text.s[i] >= 0x80)
            return false;
    return true;
}

/* Which system a code is of the form does not say. */
void tn_who_put_code(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    const struct tn_stated text = {.text = tn_ictrp_text(reading, value->text), .stable = true};
    if (is_code(text.text))
        tn_put(reading, record, field, &text);
    else if (is_empty(text.text))
        tn_put_extra_here(reading, value);
    else
        tn_put(reading, reading->trial, TN_trial_keywords, &text);
}

void tn_who_put_keyword(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    const struct tn_stated text = {.text = tn_ictrp_text(reading, value->text), .stable = true};
    if (is_code(text.text) || is_empty(text.text))
        tn_put_extra_here(reading, value);
    else
        tn_put(reading, record, field, &text);
}

/* Of several types or interventions nobody knows which belong together. */
void tn_who_put_intervention_code(struct tn_reading *reading, struct tn_record *record, int field,
                                  const struct tn_stated *value)
{
    struct tn_word word;
    struct tn_record *only = tn_count(record, field) == 1 ? tn_record_edit(record, field, 0) : NULL;
    bool one = only && !cJSON_IsArray(tn_tree_at(reading, 1)) && !tn_has(only, TN_intervention_type) &&
               tn_normal_word(&tn_vocabulary_intervention_type, value->text, &word) == TN_CODE_NONE && word.word;
    if (one)
        tn_put(reading, only, TN_intervention_type, value);
    else
        tn_put_extra_here(reading, value);
}

void tn_who_put_committee(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    struct tn_str text = tn_ictrp_text(reading, value->text), before = record ? tn_text(record, field) : text;
    if (before.len && before.len + text.len > TN_LONGEST_JOINED)
        tn_put_extra_here(reading, value);
    else if (text.len && before.len)
        tn_set_text(record, field,
                    tn_str_format(reading->arena, "%.*s\n%.*s", (int)before.len, before.s, (int)text.len, text.s));
    else
        tn_put_clean(reading, record, field, text, value->text);
}
