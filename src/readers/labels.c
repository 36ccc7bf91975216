/* SPDX-License-Identifier: MIT */
/* From what a common label says (generic_labels.inc) to the row of a site that reads it. */
#include "readers/labels.h"

#include "readers/generic_labels.h"
#include "readers/site_terms.h"

/* Records that a page shows as lines: the member that names each. */
#define NAMED(type, member) {{.shape = TN_SHAPE_TEXT, .field = TN_##type##_##member}, {.shape = TN_SHAPE_NONE}}
static const struct tn_site_part identifiers[] = NAMED(identifier, value);
static const struct tn_site_part interventions[] = NAMED(intervention, name);
static const struct tn_site_part outcomes[] = NAMED(outcome, measure);
static const struct tn_site_part publications[] = NAMED(publication, citation);
static const struct tn_site_part officials[] = NAMED(official, name);

#define KEEP {.mode = TN_MODE_KEEP}
#define PEOPLE {.mode = TN_MODE_KEEP, .flags = TN_ROW_PEOPLE}
#define ENTRIES(F, list) {.mode = TN_MODE_ENTRIES, TN_INTO(F), .parts = list}
#define CRITERIA(F, SIDE) {.mode = TN_MODE_CRITERIA, TN_INTO(F), .side = TN_CRITERIA_##SIDE}

/* The modes of those whose field is the label's own have none here. */
static const struct tn_site_row rows[] = {
    [TN_HOW_ID] = {.mode = TN_MODE_VALUE},
    [TN_HOW_NUMBER] = ENTRIES(identifiers, identifiers),
    [TN_HOW_VALUE] = {.mode = TN_MODE_VALUE},
    [TN_HOW_AGES] = {.mode = TN_MODE_AGES},
    [TN_HOW_DESIGN] = {.mode = TN_MODE_PARAGRAPHS},
    [TN_HOW_TEXT] = {.mode = TN_MODE_PARAGRAPHS},
    [TN_HOW_LIST] = {.mode = TN_MODE_LIST},
    [TN_HOW_ELIGIBILITY] = CRITERIA(eligibility_text, OTHER),
    [TN_HOW_INCLUSION] = CRITERIA(inclusion_criteria, INCLUSION),
    [TN_HOW_EXCLUSION] = CRITERIA(exclusion_criteria, EXCLUSION),
    [TN_HOW_INTERVENTIONS] = ENTRIES(interventions, interventions),
    [TN_HOW_ARMS] = {.mode = TN_MODE_LIST},
    [TN_HOW_OUTCOMES] = ENTRIES(outcomes, outcomes),
    [TN_HOW_SITES] = {.mode = TN_MODE_LIST},
    [TN_HOW_CONTACT] = PEOPLE,
    [TN_HOW_PEOPLE] = ENTRIES(officials, officials),
    [TN_HOW_COUNTRIES] = {.mode = TN_MODE_LIST},
    [TN_HOW_OFFICIAL] = ENTRIES(officials, officials),
    [TN_HOW_PART] = KEEP,
    [TN_HOW_PLACE] = KEEP,
    [TN_HOW_SITE_CONTACT] = PEOPLE,
    [TN_HOW_RESULTS] = KEEP,
    [TN_HOW_CITATIONS] = ENTRIES(publications, publications),
    [TN_HOW_IPD] = {.mode = TN_MODE_VALUE},
    [TN_HOW_KEEP] = KEEP,
    [TN_HOW_SECTION] = KEEP,
    [TN_HOW_RELATED] = KEEP,
};

/* What is set beside a date or number that has come, or is expected. */
static const struct {
    int field;
    const char *actual, *estimated;
} typed[] = {
#define TYPED(F) {TN_trial_##F, #F "_type=ACTUAL", #F "_type=ESTIMATED"}
    TYPED(start_date),           TYPED(primary_completion_date), TYPED(completion_date), TYPED(recruitment_start_date),
    TYPED(recruitment_end_date), TYPED(enrollment),
};

static const char *type_of(const struct tn_label *label)
{
    for (size_t i = 0; label->date_type && i < sizeof typed / sizeof typed[0]; i++)
        if (label->word->type == &tn_type_trial && typed[i].field == label->word->field)
            return strcmp(label->date_type, "ACTUAL") == 0 ? typed[i].actual : typed[i].estimated;
    return label->word->preset;
}

/* `E.3`, `B.5.4`: letters and numbers with a point between them. */
static struct tn_str without_code(struct tn_str label)
{
    size_t end = 0, points = 0, digits = 0;
    while (end < label.len && (tn_is_alnum(label.s[end]) || label.s[end] == '.')) {
        points += label.s[end] == '.';
        digits += tn_is_digit(label.s[end]);
        end++;
    }
    bool code = points && digits && end < label.len && label.s[end] == ' ' && end <= 12;
    return code ? tn_str_trim(tn_str_from(label, end)) : label;
}

/* `Information provided by (Responsible Party)`. */
static struct tn_str without_bracket(struct tn_str label)
{
    size_t open = tn_str_find_char(label, '(');
    return open != TN_NO_OFFSET && open > 0 ? tn_str_trim(tn_str_slice(label.s, open)) : (struct tn_str){NULL, 0};
}

bool tn_label_find(struct tn_str text, struct tn_site_row *row)
{
    struct tn_label label = tn_generic_find(without_code(tn_str_trim(text)), TN_WITHIN_TOP);
    if (!label.word)
        label = tn_generic_find(without_bracket(without_code(tn_str_trim(text))), TN_WITHIN_TOP);
    if (!label.word)
        return false;
    *row = rows[label.word->how];
    bool own = !row->type && row->mode != TN_MODE_KEEP;
    if (own && !tn_site_may_fill(label.word->type, label.word->field)) {
        *row = (struct tn_site_row){.mode = TN_MODE_KEEP};
        return true;
    }
    if (own) {
        row->type = label.word->type;
        row->field = label.word->field;
    }
    if (row->mode == TN_MODE_VALUE || row->mode == TN_MODE_ENTRIES)
        row->preset = type_of(&label);
    return true;
}
