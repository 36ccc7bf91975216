/* SPDX-License-Identifier: MIT */
/* What the names of columns, members and elements say. */
#include "core/delimited.h"
#include "normal/fold.h"
#include "readers/generic_names.h"

enum { LONGEST_NAME = 100 };

/* Names that say this in an export only: on a page they stand for many things. Sorted. */
static const struct own_name {
    const char *text, *word;
} own_names[] = {
    {"criteria ex", "exclusion"},
    {"criteria in", "inclusion"},
    {"date end", "completion_date"},
    {"date start", "start_date"},
    {"date stop", "completion_date"},
    {"exclusive criteria", "exclusion"},
    {"final sample size", "enrollment_actual"},
    {"grouping", "intervention_model"},
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
    {"registration no", "trial_id"},
    {"registry id", "trial_id"},
    {"registry no", "trial_id"},
    {"registry number", "trial_id"},
    {"sponsor", "lead_sponsor"},
    {"sponsors", "lead_sponsor"},
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
        out[used++] = name.s[i] == '_' || name.s[i] == '-' ? ' ' : name.s[i];
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

struct tn_label tn_data_label(struct tn_str name, enum tn_label_within within)
{
    struct tn_label none = {.word = NULL};
    while (name.len && name.s[0] == '@')
        name = tn_str_from(name, 1);
    if (name.len == 0 || name.len > LONGEST_NAME)
        return none;
    struct tn_label label = find(name, within);
    struct tn_str base = without_number(name);
    if (label.word || base.len == name.len || base.len == 0)
        return label;
    label = find(base, within);
    return label.word && may_repeat(label.word) ? label : none;
}
