/* SPDX-License-Identifier: MIT */
/* What the names of columns, members and elements say. */
#include "core/delimited.h"
#include "normal/fold.h"
#include "normal/identifier.h"
#include "readers/generic_names.h"

enum { LONGEST_NAME = 100 };

/* Names that say this in an export only: on a page they stand for many things. Sorted. */
static const struct own_name {
    const char *text, *word;
} own_names[] = {
    {"basic design", "intervention_model"},
    {"countries concerned", "countries"},
    {"criteria ex", "exclusion"},
    {"criteria in", "inclusion"},
    {"date end", "completion_date"},
    {"date of disclosure of the study information", "first_posted_date"},
    {"date of registration in drks", "registered_date"},
    {"date start", "start_date"},
    {"date stop", "completion_date"},
    {"developmental phase", "phases"},
    {"exclusive criteria", "exclusion"},
    {"final sample size", "enrollment_actual"},
    {"geplante fallzahl", "enrollment_target"},
    {"geschlecht", "sex"},
    {"grouping", "intervention_model"},
    {"hochstalter", "maximum_age"},
    {"id", "trial_id"},
    {"id full", "trial_id"},
    {"id source", "other_id"},
    {"identifier", "trial_id"},
    {"inclusive criteria", "inclusion"},
    {"inclusive gender", "sex"},
    {"inclusive maximum age", "maximum_age"},
    {"inclusive minimum age", "minimum_age"},
    {"key exclusion criteria", "exclusion"},
    {"key inclusion criteria", "inclusion"},
    {"mindestalter", "minimum_age"},
    {"name of primary person or sponsor", "lead_sponsor"},
    {"protocol code", "own_id"},
    {"registration no", "trial_id"},
    {"registrierungsdatum", "registered_date"},
    {"registry id", "trial_id"},
    {"registry no", "trial_id"},
    {"registry number", "trial_id"},
    {"sponsor", "lead_sponsor"},
    {"sponsor co sponsors", "lead_sponsor"},
    {"sponsors", "lead_sponsor"},
    {"start date in eu", "start_date"},
    {"studientyp", "study_type"},
    {"titel", "title"},
};

/* "dateRegistered" as "date Registered", "NCTNumber" as "NCT Number". */
static struct tn_str apart(struct tn_str name, char *out, size_t room)
{
    size_t used = 0;
    for (size_t i = 0; i < name.len && used + 2 < room; i++) {
        bool upper = tn_is_upper(name.s[i]), lower_next = i + 1 < name.len && tn_is_lower(name.s[i + 1]);
        bool begins = i > 0 && upper && (tn_is_lower(name.s[i - 1]) || tn_is_digit(name.s[i - 1]) ||
                                         (lower_next && tn_is_upper(name.s[i - 1])));
        if (begins)
            out[used++] = ' ';
        out[used++] = name.s[i] == '_' || name.s[i] == '-' || name.s[i] == '.' ? ' ' : name.s[i];
    }
    return tn_str_trim(tn_str_slice(out, used));
}

static const struct tn_label_word *word_of(const char *name)
{
    const struct tn_label_word *word;
    for (size_t i = 0; (word = tn_label_word(i)) != NULL; i++)
        if (strcmp(word->name, name) == 0)
            return word;
    return NULL;
}

static const struct tn_label_word *own_word(struct tn_str name)
{
    char key[TN_FOLD_MAX];
    size_t at = tn_fold(name, key) ? tn_fold_find(own_names, sizeof own_names / sizeof own_names[0], sizeof own_names[0], key)
                                   : TN_NO_OFFSET;
    return at == TN_NO_OFFSET ? NULL : word_of(own_names[at].word);
}

/* "IDFULL", "datestop" */
static const struct tn_label_word *own_word_squeezed(struct tn_str name)
{
    for (size_t i = 0; i < sizeof own_names / sizeof own_names[0]; i++)
        if (tn_column_cmp(name, tn_str_of(own_names[i].text)) == 0)
            return word_of(own_names[i].word);
    return NULL;
}

static struct tn_label find(struct tn_str name, enum tn_label_within within)
{
    char words[2 * LONGEST_NAME + 4];
    struct tn_label label = {.word = NULL};
    struct tn_str spaced = apart(name, words, sizeof words);
    if (!tn_label_has_parts(within))
        label.word = own_word(spaced);
    if (!label.word)
        label = tn_generic_find(spaced, within);
    if (!label.word)
        label = tn_generic_find(name, within);
    if (!label.word && !tn_label_has_parts(within))
        label.word = own_word_squeezed(name);
    return label.word ? label : tn_generic_find_squeezed(name, within);
}

struct tn_str tn_data_before_years(struct tn_str name)
{
    static const char *const units[] = {"in years", "years", "year", "yrs"};
    while (name.len && strchr(")]. ", name.s[name.len - 1]))
        name.len--;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        struct tn_str unit = tn_str_of(units[i]);
        size_t len = unit.len < name.len ? unit.len : name.len;
        struct tn_str tail = tn_str_from(name, name.len - len);
        if (tn_column_cmp(tail, unit) != 0)
            continue;
        name.len -= len;
        while (name.len && strchr("([_-. ,", name.s[name.len - 1]))
            name.len--;
        return name;
    }
    return (struct tn_str){NULL, 0};
}

bool tn_data_is_number(struct tn_str name, struct tn_str value)
{
    static const char *const words[] = {"code", "id", "identifier", "no", "number", "registration", "registry", "trial"};
    static const char *const others[] = {"alias", "alternative", "earlier", "linked", "master", "old", "other", "parent", "previous",
                                         "related", "secondary", "sub"};
    struct tn_identifier id;
    char spaced[2 * LONGEST_NAME + 4], key[TN_FOLD_MAX];
    bool number = false, other = false;
    if (name.len == 0 || name.len > LONGEST_NAME || value.len > TN_IDENTIFIER_MAX || !tn_identifier_is(value, NULL, &id) ||
        !id.registry || tn_fold(apart(name, spaced, sizeof spaced), key) == 0)
        return false;
    for (char *rest = key, *word; (word = tn_fold_next_word(&rest)) != NULL;) {
        number = number || tn_fold_find(words, sizeof words / sizeof words[0], sizeof words[0], word) != TN_NO_OFFSET;
        other = other || tn_fold_find(others, sizeof others / sizeof others[0], sizeof others[0], word) != TN_NO_OFFSET;
    }
    return number && !other;
}

/* "PRIMARY OUTCOME 1" without the number. */
static struct tn_str without_number(struct tn_str name)
{
    while (name.len && tn_is_digit(name.s[name.len - 1]))
        name.len--;
    while (name.len && strchr(" _-", name.s[name.len - 1]))
        name.len--;
    return name;
}

static bool may_repeat(const struct tn_label_word *word)
{
    return word->how == TN_HOW_OUTCOMES || word->how == TN_HOW_INTERVENTIONS || word->how == TN_HOW_NUMBER ||
           word->how == TN_HOW_LIST || word->how == TN_HOW_COUNTRIES;
}

/* "min_age_years", "Age From (years)": the unit stands in the name. */
static struct tn_label find_age(struct tn_str name, enum tn_label_within within)
{
    struct tn_str base = tn_data_before_years(name);
    struct tn_label label = {.word = NULL};
    if (base.len)
        label = find(base, within);
    bool age = label.word && label.word->type == &tn_type_trial &&
               (label.word->field == TN_trial_minimum_age || label.word->field == TN_trial_maximum_age);
    return age ? label : (struct tn_label){.word = NULL};
}

struct tn_label tn_data_label(struct tn_str name, enum tn_label_within within)
{
    struct tn_label none = {.word = NULL};
    while (name.len && name.s[0] == '@')
        name = tn_str_from(name, 1);
    if (name.len == 0 || name.len > LONGEST_NAME)
        return none;
    struct tn_label label = find(name, within);
    if (!label.word)
        label = find_age(name, within);
    struct tn_str base = without_number(name);
    if (label.word || base.len == name.len || base.len == 0)
        return label;
    label = find(base, within);
    return label.word && may_repeat(label.word) ? label : none;
}
