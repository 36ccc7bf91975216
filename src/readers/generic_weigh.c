/* SPDX-License-Identifier: MIT */
/* Whether the names and values of a record are those of a trial. Tables of all kinds have titles, states, dates, people and
 * places: what counts is what others do not have. */
#include "core/delimited.h"
#include "normal/fold.h"
#include "normal/identifier.h"
#include "readers/generic.h"
#include "readers/generic_names.h"

/* Points: two names that speak of trials make one. */
enum {
    ENOUGH = 7,
    OF_TELLING = 4,
    OF_TRIALS = 5,     /* in a list of that name; there are those of courts, of software and of crops */
    OF_REGISTERED = 6,
    FEWEST = 3,        /* known names, beside identifier and title */
    MOST_WEAK = 2,     /* points of weak words: a camp too has a sponsor, a gender and ages */
    MOST_WEAK_OF_TRIALS = 4
};

/* What a word says for a trial; those that are not here say nothing. Sorted. */
static const struct {
    const char *word;
    unsigned points;
} weights[] = {
    {"ages", 1},
    {"allocation", 4},
    {"arms", 3},
    {"conditions", 3},
    {"contacts_scientific", 3},
    {"enrollment", 4},
    {"enrollment_actual", 4},
    {"enrollment_target", 4},
    {"exclusion", 4},
    {"funders", 1},
    {"healthy_volunteers", 4},
    {"inclusion", 4},
    {"intervention_model", 4},
    {"interventions", 3},
    {"lead_sponsor", 1},
    {"masking", 4},
    {"maximum_age", 1},
    {"minimum_age", 1},
    {"official_title", 4},
    {"outcome_primary", 4},
    {"outcome_secondary", 4},
    {"outcomes", 1},
    {"phases", 4},
    {"primary_completion_date", 4},
    {"recruitment_end_date", 4},
    {"recruitment_start_date", 4},
    {"registered_date", 1},
    {"sex", 1},
    {"study_type", 4},
};

/* Names of identifiers, titles and states that say more than their word. */
static const char *const telling[] = {
    "brief title",       "clinical trial id", "clinical trial number", "clinical trial title", "lay title",
    "nct id",            "nct number",        "overall recruitment status", "overall status",  "overall trial status",
    "public title",      "recruiting status", "recruitment status",    "study title",          "trial acronym",
    "trial id",          "trial number",      "trial registration number", "trial title",
};

/* Names of identifiers that anything may have. */
static const char *const bare[] = {"code", "id", "id full", "identifier", "number"};

/* Where `name` stands among these, whatever its case and however its words are set apart; TN_NO_OFFSET. */
static size_t find(const char *const *names, size_t count, struct tn_str name)
{
    for (size_t i = 0; i < count; i++)
        if (tn_column_cmp(name, tn_str_of(names[i])) == 0)
            return i;
    return TN_NO_OFFSET;
}

static bool has(const uint64_t *bits, size_t number)
{
    return bits[number / 64] >> (number % 64) & 1;
}

static void set(uint64_t *bits, size_t number)
{
    bits[number / 64] |= (uint64_t)1 << (number % 64);
}

bool tn_data_is_trials(struct tn_str name)
{
    static const char *const names[] = {"clinical studies", "clinical trials", "trials"};
    return find(names, sizeof names / sizeof names[0], name) != TN_NO_OFFSET;
}

bool tn_data_is_trial(struct tn_str name)
{
    static const char *const names[] = {"clinical study", "clinical trial", "trial"};
    return find(names, sizeof names / sizeof names[0], name) != TN_NO_OFFSET;
}

static bool is_stated(struct tn_str value)
{
    return value.len && !tn_fold_absent(value);
}

static void add_identifier(struct tn_data_names *names, struct tn_str name, struct tn_str value)
{
    struct tn_identifier id;
    names->numbered = names->numbered || ((value.len || !names->valued) && find(bare, sizeof bare / sizeof bare[0], name) == TN_NO_OFFSET);
    names->registered = names->registered || (tn_identifier_is(value, NULL, &id) && id.registry);
}

void tn_data_names_add(struct tn_data_names *names, struct tn_str name, struct tn_str value)
{
    struct tn_label label = tn_data_label(name, TN_WITHIN_ANY);
    size_t number = label.word ? (size_t)(label.word - tn_label_word(0)) : 64 * TN_DATA_NAMES;
    value = tn_str_trim(value);
    if (!label.word && tn_data_is_number(name, value))
        names->numbered = names->registered = true;
    if (number >= 64 * TN_DATA_NAMES)
        return;
    size_t at = find(telling, sizeof telling / sizeof telling[0], name);
    if (at != TN_NO_OFFSET)
        names->telling |= UINT32_C(1) << at;
    set(names->words, number);
    if (is_stated(value)) {
        set(names->stated, number);
        if (tn_generic_fits(label.word, value))
            set(names->fitting, number);
    }
    if (label.word->how == TN_HOW_ID)
        add_identifier(names, name, value);
}

void tn_data_names_join(struct tn_data_names *names, const struct tn_data_names *others)
{
    for (size_t i = 0; i < TN_DATA_NAMES; i++) {
        names->words[i] |= others->words[i];
        names->stated[i] |= others->stated[i];
        names->fitting[i] |= others->fitting[i];
    }
    names->telling |= others->telling;
    names->numbered = names->numbered || others->numbered;
    names->registered = names->registered || others->registered;
    names->among_trials = names->among_trials || others->among_trials;
    names->valued = names->valued || others->valued;
}

/* "phase": "under construction" */
static bool is_contradicted(const struct tn_data_names *names, size_t number)
{
    return has(names->stated, number) ? !has(names->fitting, number) : names->valued;
}

static unsigned points_of(const char *word)
{
    size_t at = tn_fold_find(weights, sizeof weights / sizeof weights[0], sizeof weights[0], word);
    return at == TN_NO_OFFSET ? 0 : weights[at].points;
}

struct sum {
    unsigned known, stated, strong, weak;
    bool titled; /* there is a title, */
    bool worded; /* ... of some words */
};

static void add_word(struct sum *sum, const struct tn_data_names *names, size_t number)
{
    const struct tn_label_word *word = tn_label_word(number);
    bool contradicted = is_contradicted(names, number);
    unsigned points = contradicted ? 0 : points_of(word->name);
    bool official = strcmp(word->name, "official_title") == 0, title = official || strcmp(word->name, "title") == 0;
    sum->titled = sum->titled || title;
    sum->worded = sum->worded || official || (title && !contradicted);
    sum->known += word->weight > 0 && word->how != TN_HOW_ID;
    sum->stated += word->weight > 0 && word->how != TN_HOW_ID && !contradicted;
    if (points == 1)
        sum->weak++;
    else
        sum->strong += points;
}

bool tn_data_names_identified(const struct tn_data_names *names)
{
    const struct tn_label_word *word;
    for (size_t i = 0; (word = tn_label_word(i)) != NULL && i < 64 * TN_DATA_NAMES; i++)
        if (has(names->words, i) && (word->how == TN_HOW_ID || strcmp(word->name, "title") == 0 || strcmp(word->name, "official_title") == 0))
            return true;
    return names->registered;
}

static void add_words(struct sum *sum, const struct tn_data_names *names)
{
    for (size_t i = 0; tn_label_word(i) && i < 64 * TN_DATA_NAMES; i++)
        if (has(names->words, i))
            add_word(sum, names, i);
}

bool tn_data_names_add_to(const struct tn_data_names *names)
{
    enum { FEW_STATED = 2, FEW_POINTS = 2 };
    struct sum sum = {0};
    add_words(&sum, names);
    return sum.stated >= FEW_STATED || sum.strong + sum.weak >= FEW_POINTS || names->telling;
}

bool tn_data_names_claim(const struct tn_data_names *names)
{
    struct sum sum = {0};
    bool any = names->words[0] || names->words[1] || names->words[2] || names->words[3] || names->registered;
    if (!any)
        return false;
    unsigned told = 0, most = names->among_trials || names->registered ? MOST_WEAK_OF_TRIALS : MOST_WEAK;
    add_words(&sum, names);
    for (uint32_t bits = names->telling; bits; bits &= bits - 1)
        told++;
    unsigned own = sum.strong + told * OF_TELLING + names->among_trials * OF_TRIALS + names->registered * OF_REGISTERED;
    if (own == 0 || !(sum.worded || names->numbered || names->registered))
        return false;
    bool much = names->registered ? sum.known > 0 : sum.known >= FEWEST || told > 1;
    unsigned points = own + (sum.weak < most ? sum.weak : most);
    return much && (points >= ENOUGH || (names->registered && sum.titled));
}
