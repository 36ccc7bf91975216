/* SPDX-License-Identifier: MIT */
#include "dataset/link_compare.h"

#include <math.h>

#include "dataset/link_words.h"
#include "normal/date.h"

/* -- one value -- */

static enum tn_link_verdict verdict_of(bool same)
{
    return same ? TN_LINK_AGREES : TN_LINK_DIFFERS;
}

static bool both(const tn_trial *page, const tn_trial *record, int field)
{
    return tn_has(page, field) && tn_has(record, field);
}

enum tn_link_verdict tn_link_word(const tn_trial *page, const tn_trial *record, int field)
{
    char a[TN_VALUE_MAX], b[TN_VALUE_MAX];
    if (!both(page, record, field))
        return TN_LINK_UNSTATED;
    return verdict_of(tn_str_eq(tn_value_text(page, field, a), tn_value_text(record, field, b)));
}

enum tn_link_verdict tn_link_number(const tn_trial *page, const tn_trial *record, int field)
{
    const double near_enough = 0.01; /* 6 months and 0.5 years */
    if (!both(page, record, field))
        return TN_LINK_UNSTATED;
    return verdict_of(fabs(tn_number(page, field) - tn_number(record, field)) < near_enough);
}

enum tn_link_verdict tn_link_sex(const tn_trial *page, const tn_trial *record, int field)
{
    enum tn_link_verdict verdict = tn_link_word(page, record, field);
    bool open = tn_str_eq(tn_text(page, field), TN_LIT("ALL")) || tn_str_eq(tn_text(record, field), TN_LIT("ALL"));
    return verdict == TN_LINK_DIFFERS && !open ? TN_LINK_EXCLUDES : verdict;
}

enum tn_link_verdict tn_link_study_type(const tn_trial *page, const tn_trial *record, int field)
{
    return tn_link_word(page, record, field) == TN_LINK_DIFFERS ? TN_LINK_EXCLUDES : tn_link_word(page, record, field);
}

static unsigned phases_of(const tn_trial *trial)
{
    static const char *const words[] = {"EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4"};
    unsigned set = 0;
    for (size_t i = 0; i < tn_count(trial, TN_trial_phases); i++)
        for (unsigned w = 0; w < sizeof words / sizeof *words; w++)
            set |= (unsigned)tn_str_eq(tn_text_at(trial, TN_trial_phases, i), tn_str_of(words[w])) << w;
    return set;
}

enum tn_link_verdict tn_link_phases(const tn_trial *page, const tn_trial *record, int field)
{
    (void)field;
    unsigned a = phases_of(page), b = phases_of(record);
    return a && b ? verdict_of(a == b) : TN_LINK_UNSTATED;
}

/* -- counts -- */

static bool either_is(const tn_trial *trial, int field, int other, int64_t count)
{
    return (tn_has(trial, field) && tn_int(trial, field) == count) || (tn_has(trial, other) && tn_int(trial, other) == count);
}

enum tn_link_verdict tn_link_enrollment(const tn_trial *page, const tn_trial *record, int field)
{
    if (!both(page, record, field))
        return TN_LINK_UNSTATED;
    return verdict_of(either_is(record, field, TN_trial_target_enrollment, tn_int(page, field)) ||
                      either_is(page, field, TN_trial_target_enrollment, tn_int(record, field)));
}

static int64_t groups_of(const tn_trial *trial, int field)
{
    return tn_has(trial, field) ? tn_int(trial, field) : (int64_t)tn_count(trial, TN_trial_arms);
}

enum tn_link_verdict tn_link_groups(const tn_trial *page, const tn_trial *record, int field)
{
    int64_t a = groups_of(page, field), b = groups_of(record, field);
    return a > 0 && b > 0 ? verdict_of(a == b) : TN_LINK_UNSTATED;
}

/* -- dates -- */

/* `digits`: 10 to the day, 7 to the month; unstated where one of them is less exact. */
static enum tn_link_verdict same_date(struct tn_str a, struct tn_str b, size_t digits)
{
    if (a.len < digits || b.len < digits)
        return TN_LINK_UNSTATED;
    return verdict_of(memcmp(a.s, b.s, digits) == 0);
}

enum { MONTH = 7, DAY = 10 };

enum tn_link_verdict tn_link_day(const tn_trial *page, const tn_trial *record, int field)
{
    return same_date(tn_text(page, field), tn_text(record, field), DAY);
}

enum tn_link_verdict tn_link_month(const tn_trial *page, const tn_trial *record, int field)
{
    return same_date(tn_text(page, field), tn_text(record, field), MONTH);
}

/* `Launched by ... · Oct 22, 2012` of ClinConnect is the day on which the record was first submitted: so it was on every
 * page whose record we have. */
static bool launch_date(const tn_trial *page, struct tn_date *date)
{
    for (size_t i = 0; i < tn_count(page, TN_trial_extra); i++) {
        const struct tn_record *extra = tn_record_at(page, TN_trial_extra, i);
        if (tn_str_eq(tn_text(extra, TN_extra_value_label), TN_LIT("Launched")) &&
            tn_count(extra, TN_extra_value_values) > 0)
            return tn_normal_date(tn_text_at(extra, TN_extra_value_values, 0), TN_DATE_MONTH_FIRST, date) == TN_CODE_NONE;
    }
    return false;
}

enum tn_link_verdict tn_link_first_submitted(const tn_trial *page, const tn_trial *record, int field)
{
    struct tn_date date;
    if (!tn_has(page, field) && launch_date(page, &date))
        return same_date(tn_str_of(date.text), tn_text(record, field), DAY);
    return tn_link_day(page, record, field);
}

/* -- names -- */

/* Words, or whole names, of one side. Beyond so many they say nothing more. */
struct names {
    uint64_t at[192];
    size_t count;
};

static bool names_have(const struct names *names, uint64_t hash)
{
    for (size_t i = 0; i < names->count; i++)
        if (names->at[i] == hash)
            return true;
    return false;
}

static void names_add(struct names *names, uint64_t hash)
{
    if (names->count < sizeof names->at / sizeof *names->at && !names_have(names, hash))
        names->at[names->count++] = hash;
}

static void hash_word(void *context, struct tn_str word)
{
    uint64_t *hash = context;
    *hash = *hash * 0x9E3779B97F4A7C15u + tn_link_hash(word);
}

/* One number for a name, however it is written; 0: it has no words. */
static uint64_t name_hash(struct tn_str name)
{
    uint64_t hash = 0;
    tn_link_each_word(name, hash_word, &hash);
    return hash;
}

/* A list's names: `member` of each record, or -1 where the list is of texts. */
struct list {
    int field, member;
};

static struct tn_str list_at(const tn_trial *trial, const struct list *list, size_t i)
{
    return list->member < 0 ? tn_text_at(trial, list->field, i) : tn_text(tn_record_at(trial, list->field, i), list->member);
}

static void list_names(struct names *names, const tn_trial *trial, const struct list *list)
{
    for (size_t i = 0; i < tn_count(trial, list->field); i++) {
        uint64_t hash = name_hash(list_at(trial, list, i));
        if (hash)
            names_add(names, hash);
    }
}

/* How many of the page's names the record has. */
static size_t shared_names(const struct names *names, const tn_trial *record, const struct list *list)
{
    struct names shared = {.count = 0};
    for (size_t i = 0; i < tn_count(record, list->field); i++) {
        uint64_t hash = name_hash(list_at(record, list, i));
        if (hash && names_have(names, hash))
            names_add(&shared, hash);
    }
    return shared.count;
}

static bool share_one(const tn_trial *page, const tn_trial *record, const struct list *list)
{
    struct names names = {.count = 0};
    list_names(&names, page, list);
    return shared_names(&names, record, list) > 0;
}

enum tn_link_verdict tn_link_sites(const tn_trial *page, const tn_trial *record, int field)
{
    static const struct list cities = {TN_trial_locations, TN_location_city};
    (void)field;
    struct names names = {.count = 0}, others = {.count = 0};
    list_names(&names, page, &cities);
    list_names(&others, record, &cities);
    if (names.count == 0 || others.count == 0)
        return TN_LINK_UNSTATED;
    size_t shared = shared_names(&names, record, &cities);
    if (shared > 0 && shared * 2 < names.count)
        return TN_LINK_UNSTATED;
    return verdict_of(shared > 0);
}

enum tn_link_verdict tn_link_countries(const tn_trial *page, const tn_trial *record, int field)
{
    static const struct list codes = {TN_trial_countries, TN_country_code};
    (void)field;
    struct names names = {.count = 0}, others = {.count = 0};
    list_names(&names, page, &codes);
    list_names(&others, record, &codes);
    if (names.count == 0 || others.count == 0)
        return TN_LINK_UNSTATED;
    return verdict_of(shared_names(&names, record, &codes) > 0);
}

enum tn_link_verdict tn_link_conditions(const tn_trial *page, const tn_trial *record, int field)
{
    static const struct list conditions = {TN_trial_conditions, -1};
    (void)field;
    return share_one(page, record, &conditions) ? TN_LINK_AGREES : TN_LINK_UNSTATED;
}

enum tn_link_verdict tn_link_officials(const tn_trial *page, const tn_trial *record, int field)
{
    static const struct list officials = {TN_trial_officials, TN_official_name};
    (void)field;
    return share_one(page, record, &officials) ? TN_LINK_AGREES : TN_LINK_UNSTATED;
}

static bool has_code(const tn_trial *trial)
{
    for (size_t i = 0; i < tn_count(trial, TN_trial_identifiers); i++)
        if (tn_str_eq(tn_text(tn_record_at(trial, TN_trial_identifiers, i), TN_identifier_type), TN_LIT("ORG_STUDY_ID")))
            return true;
    return false;
}

/* A number without a digit, or of three letters, is none that a sponsor tells its trials by. */
static void code_names(struct names *names, const tn_trial *trial)
{
    enum { CODE_MIN = 4 };
    for (size_t i = 0; i < tn_count(trial, TN_trial_identifiers); i++) {
        struct tn_str value = tn_text(tn_record_at(trial, TN_trial_identifiers, i), TN_identifier_value);
        if (value.len >= CODE_MIN && tn_link_has_digit(value))
            names_add(names, name_hash(value));
    }
}

enum tn_link_verdict tn_link_code(const tn_trial *page, const tn_trial *record, int field)
{
    static const struct list values = {TN_trial_identifiers, TN_identifier_value};
    (void)field;
    struct names names = {.count = 0};
    code_names(&names, page);
    if (names.count && shared_names(&names, record, &values) > 0)
        return TN_LINK_AGREES;
    return has_code(page) && has_code(record) ? TN_LINK_DIFFERS : TN_LINK_UNSTATED;
}

enum tn_link_verdict tn_link_acronym(const tn_trial *page, const tn_trial *record, int field)
{
    uint64_t a = name_hash(tn_text(page, field)), b = name_hash(tn_text(record, field));
    return a && b ? verdict_of(a == b) : TN_LINK_UNSTATED;
}

/* -- sponsors -- */

static void organization_word(void *context, struct tn_str word)
{
    static const char *const forms[] = {"ab", "ag", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "kg",
                                        "limited", "llc", "ltd", "nv", "plc", "sa", "sas", "spa", "srl"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (tn_str_eq(word, tn_str_of(forms[i])))
            return;
    if (!tn_link_is_small_word(word))
        names_add(context, tn_link_hash(word));
}

/* True where nearly all words of the shorter name are in the longer: `Lille Catholic University` and `GHICL, Lille Catholic
 * University`. */
static bool same_organization(const struct names *a, struct tn_str name)
{
    struct names b = {.count = 0};
    tn_link_each_word(name, organization_word, &b);
    size_t shared = 0, shorter = a->count < b.count ? a->count : b.count;
    for (size_t i = 0; i < b.count; i++)
        shared += names_have(a, b.at[i]);
    return shorter > 0 && shared * 5 >= shorter * 4;
}

enum tn_link_verdict tn_link_sponsor(const tn_trial *page, const tn_trial *record, int field)
{
    (void)field;
    struct names names = {.count = 0};
    tn_link_each_word(tn_text(page, TN_trial_lead_sponsor), organization_word, &names);
    if (names.count == 0 || !tn_has(record, TN_trial_lead_sponsor))
        return TN_LINK_UNSTATED;
    bool same = same_organization(&names, tn_text(record, TN_trial_lead_sponsor)) ||
                same_organization(&names, tn_text(record, TN_trial_organization));
    for (size_t i = 0; i < tn_count(record, TN_trial_collaborators) && !same; i++)
        same = same_organization(&names, tn_text(tn_record_at(record, TN_trial_collaborators, i), TN_collaborator_name));
    return verdict_of(same);
}
