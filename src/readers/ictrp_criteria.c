/* SPDX-License-Identifier: MIT */
/* Criteria: two columns that together are the text, or, in copies of ClinicalTrials.gov's records, one. */
#include "normal/unwrap.h"
#include "readers/ictrp.h"

void tn_ictrp_put_criteria(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_ictrp *own = tn_ictrp_of(reading);
    struct tn_str text = tn_ictrp_lines(reading, value->text);
    (void)record;
    if (!own || tn_ictrp_text(reading, text).len == 0)
        return;
    struct tn_ictrp_part *part = field == TN_trial_exclusion_criteria ? &own->exclusion_text : &own->inclusion_text;
    if (part->text.s)
        tn_put_extra_here(reading, value);
    else
        *part = tn_ictrp_part_here(reading, text);
}

/* EudraCT's questions about age groups, which ICTRP puts behind the inclusion criteria. */
static size_t questions_at(struct tn_str text)
{
    size_t at = tn_str_find(text, TN_LIT("Are the trial subjects under 18?"));
    return at == TN_NO_OFFSET ? text.len : at;
}

static void put_age_groups(struct tn_reading *reading, struct tn_str text)
{
    static const struct {
        const char *yes, *word;
    } groups[] = {{"Are the trial subjects under 18? yes", "CHILD"},
                  {"F.1.2 Adults (18-64 years) yes", "ADULT"},
                  {"F.1.3 Elderly (>=65 years) yes", "OLDER_ADULT"}};
    const struct tn_stated whole = tn_stated_of(tn_ictrp_text(reading, text));
    if (tn_str_trim(text).len == 0)
        return;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (tn_str_find_fold(whole.text, tn_str_of(groups[i].yes)) != TN_NO_OFFSET)
            tn_add_text(reading->trial, TN_trial_std_ages, tn_str_of(groups[i].word));
    tn_put_extra_here(reading, &whole);
}

/* The text of a side as it goes into eligibility_text. */
static struct tn_str end_side(struct tn_reading *reading, const struct tn_ictrp_part *part, enum tn_criteria_side side)
{
    struct tn_trail trail;
    if (!part->text.s)
        return TN_LIT("");
    tn_ictrp_stand(reading, part, &trail);
    size_t end = questions_at(part->text);
    struct tn_str text = tn_str_slice(part->text.s, end);
    if (tn_ictrp_of(reading)->of.habit == TN_ICTRP_CTGOV)
        text = tn_text_unwrap(reading->arena, text);
    tn_put_criteria_items(reading, reading->trial, text, side);
    put_age_groups(reading, tn_str_from(part->text, end));
    return tn_ictrp_text(reading, text);
}

/* `Inclusion criteria: ...`, `Key inclusion criteria:`: the register's own heading stands before the text. */
static bool is_headed(struct tn_str text, struct tn_str side)
{
    enum { LONGEST = 80 };
    size_t end = 0;
    if (tn_str_starts_fold(text, side) && tn_str_starts_fold(tn_str_from(text, side.len), TN_LIT(" criteria")))
        return true;
    while (end < text.len && end < LONGEST && text.s[end] != ':' && text.s[end] != '\n')
        end++;
    return end < text.len && text.s[end] == ':' && tn_str_find_fold(tn_str_slice(text.s, end), side) != TN_NO_OFFSET;
}

/* The text of a side under a heading. */
static struct tn_str under_heading(struct tn_reading *reading, struct tn_str text, enum tn_criteria_side side)
{
    struct tn_str word = side == TN_CRITERIA_EXCLUSION ? TN_LIT("Exclusion") : TN_LIT("Inclusion");
    if (text.len == 0 || side == TN_CRITERIA_OTHER || is_headed(text, word))
        return text;
    return tn_str_format(reading->arena, "%.*s Criteria:\n\n%.*s", (int)word.len, word.s, (int)text.len, text.s);
}

void tn_ictrp_end_criteria(struct tn_reading *reading)
{
    const struct tn_ictrp *own = reading->own;
    struct tn_trail trail;
    if (!own || (!own->inclusion_text.text.s && !own->exclusion_text.text.s))
        return;
    bool whole = own->of.habit == TN_ICTRP_CTGOV && !own->exclusion;
    enum tn_criteria_side first = whole ? TN_CRITERIA_OTHER : TN_CRITERIA_INCLUSION;
    struct tn_str in = under_heading(reading, end_side(reading, &own->inclusion_text, first), first);
    struct tn_str out = under_heading(reading, end_side(reading, &own->exclusion_text, TN_CRITERIA_EXCLUSION),
                                      TN_CRITERIA_EXCLUSION);
    struct tn_str both = in.len && out.len ? tn_str_format(reading->arena, "%.*s\n\n%.*s", (int)in.len, in.s, (int)out.len,
                                                           out.s)
                         : in.len          ? in
                                           : out;
    tn_ictrp_stand(reading, in.len ? &own->inclusion_text : &own->exclusion_text, &trail);
    tn_put_clean(reading, reading->trial, TN_trial_eligibility_text, both, both);
    reading->trail = NULL;
    reading->item = NULL;
}
