/* SPDX-License-Identifier: MIT */
#include "readers/put_parts.h"

#include "normal/text.h"

void tn_put_joined(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str before = record ? tn_text(record, field) : (struct tn_str){NULL, 0};
    struct tn_str more = tn_text_plain(reading->arena, value->text, value->stable, &reading->text_flags);
    if (before.len == 0 || more.len == 0) {
        tn_put(reading, record, field, value);
        return;
    }
    if (before.len + more.len > TN_LONGEST_JOINED) {
        tn_put_extra_here(reading, value);
        return;
    }
    tn_set_text(record, field,
                tn_str_format(reading->arena, "%.*s, %.*s", (int)before.len, before.s, (int)more.len, more.s));
    tn_note_origin(reading, record, field, value->text);
}

void tn_put_eudamed(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    tn_put_secondary_id(reading, record, field, value);
    if (tn_has(record, field) && !tn_has(record, TN_identifier_issuer))
        tn_set_text(record, TN_identifier_issuer, TN_LIT("EUDAMED"));
}

/* The field of the type stands behind that of the date. */
void tn_put_date_as(struct tn_reading *reading, struct tn_record *trial, int field, const struct tn_stated *value,
                    const char *type)
{
    bool first = !tn_has(trial, field);
    tn_put(reading, trial, field, value);
    if (first && tn_has(trial, field))
        tn_set_text(trial, field + 1, tn_str_of(type));
}

static size_t length_of(const struct tn_str *texts, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += texts[i].len + 2;
    return length;
}

static size_t write_text(char *to, size_t at, struct tn_str text)
{
    memcpy(to + at, text.s, text.len);
    return at + text.len;
}

static size_t write_side(char *to, size_t at, struct tn_str heading, const struct tn_str *texts, size_t count)
{
    if (count == 0)
        return at;
    if (at)
        at = write_text(to, at, TN_LIT("\n\n"));
    at = write_text(to, at, heading);
    for (size_t i = 0; i < count; i++) {
        at = write_text(to, at, TN_LIT("\n\n"));
        if (texts[i].len)
            at = write_text(to, at, texts[i]);
    }
    return at;
}

void tn_put_criteria_sides(struct tn_reading *reading, const struct tn_str *inclusion, size_t inclusion_count,
                           const struct tn_str *exclusion, size_t exclusion_count)
{
    static const struct tn_str headings[] = {{"Inclusion Criteria:", 19}, {"Exclusion Criteria:", 19}};
    if (tn_has(reading->trial, TN_trial_eligibility_text))
        return;
    size_t room = length_of(inclusion, inclusion_count) + length_of(exclusion, exclusion_count) + headings[0].len +
                  headings[1].len + 4;
    char *text = tn_arena_alloc(reading->arena, room);
    if (!text)
        return;
    size_t len = write_side(text, 0, headings[0], inclusion, inclusion_count);
    len = write_side(text, len, headings[1], exclusion, exclusion_count);
    struct tn_stated whole = tn_stated_of(tn_str_slice(text, len));
    tn_put_markup(reading, reading->trial, TN_trial_eligibility_text, &whole);
}

void tn_put_actual_size(struct tn_reading *reading, struct tn_record *trial, int field, const struct tn_stated *value, bool stated)
{
    if (!stated) {
        tn_put_extra_here(reading, value);
        return;
    }
    tn_put(reading, trial, field, value);
    if (tn_has(trial, field))
        tn_set_text(trial, TN_trial_enrollment_type, TN_LIT("ACTUAL"));
}
