/* SPDX-License-Identifier: MIT */
/* How values of the ISRCTN registry get into their fields. */
#include "core/delimited.h"
#include "normal/count.h"
#include "normal/country.h"
#include "normal/fold.h"
#include "normal/identifier.h"
#include "normal/phase.h"
#include "normal/word.h"
#include "readers/isrctn.h"
#include "readers/put_parts.h"

static bool is_one_of(struct tn_str text, const char *const *words)
{
    char key[TN_FOLD_MAX];
    if (tn_fold(text, key) == 0)
        return false;
    for (; *words; words++)
        if (strcmp(key, *words) == 0)
            return true;
    return false;
}

bool tn_isrctn_says_nothing(struct tn_str text)
{
    static const char *const words[] = {"nil known", "not provided", "not provided at registration",
                                        "not provided at time of registration", "not specified", NULL};
    return is_one_of(text, words);
}

const cJSON *tn_isrctn_root(const struct tn_reading *reading)
{
    const struct tn_within *place = reading->place;
    while (place && place->up)
        place = place->up;
    return place ? place->item : NULL;
}

struct tn_str tn_isrctn_column(const struct tn_reading *reading, const char *const *names)
{
    const cJSON *root = tn_isrctn_root(reading);
    for (const cJSON *cell = root ? root->child : NULL; cell; cell = cell->next)
        for (const char *const *name = names; *name; name++)
            if (cJSON_IsString(cell) && tn_column_cmp(tn_str_of(cell->string), tn_str_of(*name)) == 0)
                return tn_str_trim(tn_str_of(cell->valuestring));
    return (struct tn_str){NULL, 0};
}

/* The same of both forms: what stands at the path of the XML, or in one of the columns. */
static struct tn_str stated_at(const struct tn_reading *reading, const char *path, const char *const *columns)
{
    if (reading->raw->syntax != TN_SYNTAX_XML)
        return tn_isrctn_column(reading, columns);
    const cJSON *item = tn_tree_find(reading, path);
    if (cJSON_IsObject(item))
        return tn_tree_text(item, "#");
    return cJSON_IsString(item) ? tn_str_trim(tn_str_of(item->valuestring)) : (struct tn_str){NULL, 0};
}

/* Words of the registry's lists that no vocabulary has: `Blinded (masking used)` leaves open how many are. */
static bool is_no_word(const struct tn_record *record, int field, struct tn_str text)
{
    static const char *const words[] = {"other", "mixed", "blinded masking used", NULL};
    const struct tn_vocabulary *vocabulary = record->type->fields[field].vocabulary;
    struct tn_word word;
    return vocabulary && is_one_of(text, words) && tn_normal_word(vocabulary, text, &word) != TN_CODE_NONE;
}

void tn_isrctn_put(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    enum tn_kind kind = record ? record->type->fields[field].kind : TN_TEXT;
    bool text = kind == TN_TEXT || kind == TN_TEXT_LIST;
    bool nothing = tn_isrctn_says_nothing(value->text) || (text && tn_fold_absent(value->text));
    if (!record || nothing || is_no_word(record, field, value->text))
        tn_put_extra_here(reading, value);
    else if (text)
        tn_put_markup(reading, record, field, value);
    else if (tn_str_trim(value->text).len)
        tn_put(reading, record, field, value);
}

/* <isrctn>41823570</isrctn> */
void tn_isrctn_put_id(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str text = tn_str_trim(value->text);
    bool bare = text.len > 0;
    for (size_t i = 0; i < text.len; i++)
        bare = bare && tn_is_digit(text.s[i]);
    const struct tn_stated whole =
        tn_stated_of(bare ? tn_str_format(reading->arena, "ISRCTN%.*s", (int)text.len, text.s) : text);
    tn_put_trial_id(reading, record, field, &whole);
}

/* 2029-08-01T00:00:00.000Z is a day; 01/10/2021 is the first of October. */
void tn_isrctn_put_date(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str text = tn_str_trim(value->text), midnight = TN_LIT("T00:00:00.000Z");
    struct tn_stated date = *value;
    reading->date_order = TN_DATE_DAY_FIRST;
    if (text.len > midnight.len && tn_str_eq(tn_str_from(text, text.len - midnight.len), midnight))
        date = tn_stated_of(tn_str_slice(text.s, text.len - midnight.len));
    tn_isrctn_put(reading, record, field, &date);
}

/* The overall status decides; of a trial that is Ongoing the recruitment status says more. */
static bool overall_decides(const struct tn_reading *reading)
{
    static const char *const overalls[] = {"Overall trial status", "Overall study status", "Overall status", NULL};
    static const char *const recruitments[] = {"Recruitment status", NULL};
    struct tn_str overall = stated_at(reading, "trial.trialDesign.overallStatusOverride", overalls);
    struct tn_str recruitment = stated_at(reading, "trial.participants.recruitmentStatusOverride", recruitments);
    return overall.len && !(recruitment.len && tn_str_eq_fold(overall, TN_LIT("Ongoing")));
}

void tn_isrctn_put_overall(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    if (overall_decides(reading))
        tn_put_status(reading, record, field, value);
    else
        tn_put_extra_here(reading, value);
}

void tn_isrctn_put_recruitment(struct tn_reading *reading, struct tn_record *record, int field,
                               const struct tn_stated *value)
{
    if (overall_decides(reading))
        tn_put_extra_here(reading, value);
    else
        tn_put_status(reading, record, field, value);
}

/* The number is there already, from an element of its own. */
static bool is_number_there(const struct tn_reading *reading, const struct tn_record *but, struct tn_str text)
{
    enum { COMPARED = 100 };
    struct tn_identifier id;
    struct tn_str canonical = tn_identifier_is(text, NULL, &id) ? tn_str_of(id.value) : text;
    for (size_t i = 0; i < tn_count(reading->trial, TN_trial_identifiers) && i < COMPARED; i++) {
        const struct tn_record *entry = tn_record_at(reading->trial, TN_trial_identifiers, i);
        if (entry != but && tn_str_eq(tn_text(entry, TN_identifier_value), canonical))
            return true;
    }
    return false;
}

/* <secondaryNumber numberType="iras">: the kind is the issuer. */
void tn_isrctn_put_number(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    struct tn_stated kind = tn_stated_of(tn_tree_text(tn_tree_at(reading, 1), "@numberType"));
    if (kind.text.len && is_number_there(reading, record, tn_str_trim(value->text)))
        return;
    if (tn_isrctn_says_nothing(value->text))
        tn_put_extra_here(reading, value);
    else
        tn_put_secondary_id(reading, record, field, value);
    if (kind.text.len && tn_has(record, field))
        tn_put(reading, record, TN_identifier_issuer, &kind);
    else if (kind.text.len)
        tn_put_extra(reading, TN_LIT("trial.externalRefs.secondaryNumbers.secondaryNumber.@numberType"), &kind);
}

void tn_isrctn_put_age(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    reading->bare_age_is_years = true;
    if (tn_isrctn_says_nothing(value->text))
        tn_put_extra_here(reading, value);
    else if (tn_str_trim(value->text).len)
        tn_put_age(reading, record, field, value);
}

/* unit="years" value="40.0" */
void tn_isrctn_put_age_value(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    struct tn_str unit = tn_tree_text(tn_tree_at(reading, 1), "@unit");
    const struct tn_stated whole = tn_stated_of(tn_str_format(reading->arena, "%.*s %.*s", (int)value->text.len,
                                                              value->text.s, (int)unit.len, unit.s ? unit.s : ""));
    tn_isrctn_put_age(reading, record, field, &whole);
}

void tn_isrctn_put_age_unit(struct tn_reading *reading, struct tn_record *record, int field,
                            const struct tn_stated *value)
{
    (void)record;
    (void)field;
    if (tn_tree_text(tn_tree_at(reading, 1), "@value").len == 0)
        tn_put_extra_here(reading, value);
}

/* Mixed and All say not which groups there are, Neonate says more than a group. */
void tn_isrctn_put_age_group(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    static const struct {
        const char *raw, *word;
    } groups[] = {{"Adult", "ADULT"}, {"Child", "CHILD"}, {"Senior", "OLDER_ADULT"}};
    struct tn_str text = tn_str_trim(value->text);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (tn_str_eq_fold(text, tn_str_of(groups[i].raw))) {
            tn_put_clean(reading, record, field, tn_str_of(groups[i].word), value->text);
            return;
        }
    tn_put_extra_here(reading, value);
}

/* The final size, where the source states one. */
static bool has_final(const struct tn_reading *reading)
{
    static const char *const columns[] = {"Total final enrolment", NULL};
    int64_t count = 0;
    bool summed;
    return tn_normal_count(stated_at(reading, "trial.participants.totalFinalEnrolment", columns), &count, &summed) ==
               TN_CODE_NONE &&
           count > 0;
}

static void put_target(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    bool final = has_final(reading);
    int to = final ? (int)TN_trial_target_enrollment : field;
    bool first = !tn_has(record, to);
    tn_put(reading, record, to, value);
    if (!final && first && tn_has(record, to))
        tn_set_text(record, TN_trial_enrollment_type, TN_LIT("ESTIMATED"));
}

/* `Planned Sample Size: 200; UK Sample Size: 80`: the second is a part of the first. */
void tn_isrctn_put_target(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    size_t semicolon = tn_str_find_char(value->text, ';');
    struct tn_stated planned = *value;
    if (tn_isrctn_says_nothing(value->text)) {
        tn_put_extra_here(reading, value);
        return;
    }
    if (semicolon != TN_NO_OFFSET && tn_str_starts_fold(tn_str_trim(value->text), TN_LIT("Planned Sample Size:"))) {
        tn_put_extra_here(reading, value);
        planned = tn_stated_of(tn_str_slice(value->text.s, semicolon));
    }
    put_target(reading, record, field, &planned);
}

void tn_isrctn_put_final(struct tn_reading *reading, struct tn_record *record, int field,
                         const struct tn_stated *value)
{
    tn_put_actual_size(reading, record, field, value, has_final(reading));
}

void tn_isrctn_put_total(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    int64_t count;
    bool summed;
    bool more = tn_tree_text(tn_tree_at(reading, 1), "targetEnrolment").len > 0 ||
                tn_normal_count(value->text, &count, &summed) != TN_CODE_NONE || summed;
    if (more)
        tn_put_extra_here(reading, value);
    else
        put_target(reading, record, field, value);
}

void tn_isrctn_put_criteria(struct tn_reading *reading, struct tn_record *record, int field,
                            const struct tn_stated *value)
{
    static const char *const ins[] = {"Participant inclusion criteria", "Key inclusion criteria",
                                      "Inclusion criteria", NULL};
    static const char *const outs[] = {"Participant exclusion criteria", "Key exclusion criteria",
                                       "Exclusion criteria", NULL};
    struct tn_str inclusion = stated_at(reading, "trial.participants.inclusion", ins);
    struct tn_str exclusion = stated_at(reading, "trial.participants.exclusion", outs);
    if (tn_isrctn_says_nothing(value->text)) {
        tn_put_extra_here(reading, value);
        return;
    }
    tn_put_criteria_sides(reading, &inclusion, inclusion.len && !tn_isrctn_says_nothing(inclusion), &exclusion,
                          exclusion.len && !tn_isrctn_says_nothing(exclusion));
    tn_put_criteria_items(reading, record, value->text,
                          field == TN_trial_exclusion_criteria ? TN_CRITERIA_EXCLUSION : TN_CRITERIA_INCLUSION);
}

/* The text is older than the list, and says the same in other words. */
void tn_isrctn_put_outcome(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    const cJSON *about = tn_tree_at(reading, 1);
    bool primary = strcmp(tn_tree_at(reading, 0)->string, "primaryOutcome") == 0;
    const cJSON *list = tn_tree_member(about, primary ? "primaryOutcomes" : "secondaryOutcomes");
    if (tn_tree_member(list, "outcomeMeasure"))
        tn_put_extra_here(reading, value);
    else
        tn_isrctn_put(reading, record, field, value);
}

/* Treatment, Quality of life, Safety, ...: several, of which some are no purpose of the vocabulary. */
void tn_isrctn_put_purpose(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    struct tn_word word;
    bool known = tn_normal_word(&tn_vocabulary_primary_purpose, value->text, &word) == TN_CODE_NONE && word.word;
    if (!known || tn_has(record, field) || tn_isrctn_says_nothing(value->text)) {
        if (!known || !tn_str_eq(tn_text(record, field), tn_str_of(word.word)))
            tn_put_extra_here(reading, value);
        return;
    }
    tn_put(reading, record, field, value);
}

/* Randomised controlled trial, Cohort study, Cross sectional study, ...; a field that says something already stays. */
void tn_isrctn_put_design(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    static const struct {
        int field;
        const struct tn_vocabulary *vocabulary;
    } parts[] = {
        {TN_trial_allocation, &tn_vocabulary_allocation},
        {TN_trial_intervention_model, &tn_vocabulary_intervention_model},
        {TN_trial_observational_model, &tn_vocabulary_observational_model},
        {TN_trial_time_perspective, &tn_vocabulary_time_perspective},
    };
    static const char *const no_designs[] = {"other", "not applicable", "n a", NULL};
    bool said = tn_isrctn_says_nothing(value->text) || is_one_of(value->text, no_designs);
    (void)field;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && !said; i++) {
        struct tn_word word;
        if (tn_normal_word(parts[i].vocabulary, value->text, &word) != TN_CODE_NONE || !word.word)
            continue;
        if (!tn_has(record, parts[i].field))
            tn_put(reading, record, parts[i].field, value);
        if (tn_str_eq(tn_text(record, parts[i].field), tn_str_of(word.word)))
            return;
    }
    tn_put_extra_here(reading, value);
}

void tn_isrctn_put_phase(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (tn_isrctn_says_nothing(value->text))
        tn_put_extra_here(reading, value);
    else
        tn_put_phases(reading, record, field, value);
}

void tn_isrctn_put_participant(struct tn_reading *reading, struct tn_record *record, int field,
                               const struct tn_stated *value)
{
    bool xml = reading->raw->syntax == TN_SYNTAX_XML;
    const cJSON *allowed = xml ? tn_tree_find(reading, "trial.participants.healthyVolunteersAllowed") : NULL;
    bool stated = cJSON_IsString(allowed) && allowed->valuestring[0];
    if (!stated && !tn_has(record, field) && tn_str_eq_fold(tn_str_trim(value->text), TN_LIT("Healthy volunteer"))) {
        tn_set_bool(record, field, true);
        tn_note_origin(reading, record, field, value->text);
    }
    tn_put_extra_here(reading, value);
}

/* The next part of a list: between semicolons, bars or line ends. */
static bool next_part(struct tn_str *rest, struct tn_str *part)
{
    size_t at = 0;
    if (rest->len == 0)
        return false;
    while (at < rest->len && (rest->s[at] == '\0' || !strchr(";|\n", rest->s[at])))
        at++;
    *part = tn_str_trim(tn_str_slice(rest->s, at));
    *rest = tn_str_from(*rest, at + 1);
    return true;
}

/* The registry lists England beside the United Kingdom: one country. */
static bool is_there(const struct tn_record *trial, struct tn_str name)
{
    enum { COMPARED = 300 };
    struct tn_country country;
    bool known = tn_normal_country(name, &country) && country.code[0];
    for (size_t i = 0; i < tn_count(trial, TN_trial_countries) && i < COMPARED; i++) {
        const struct tn_record *entry = tn_record_at(trial, TN_trial_countries, i);
        if (known ? tn_str_eq(tn_text(entry, TN_country_code), tn_str_of(country.code))
                  : tn_str_eq(tn_text(entry, TN_country_name), name))
            return true;
    }
    return false;
}

static void put_country(struct tn_reading *reading, struct tn_record *trial, struct tn_str name)
{
    const struct tn_stated stated = tn_stated_of(name);
    if (is_there(trial, name) || tn_isrctn_says_nothing(name))
        tn_put_extra_here(reading, &stated);
    else if (name.len)
        tn_put_country(reading, tn_add_record(trial, TN_trial_countries), TN_country_name, &stated);
}

/* `England, Scotland`; `Korea, South` is one country. */
static void put_country_list(struct tn_reading *reading, struct tn_record *trial, struct tn_str text)
{
    struct tn_country country;
    size_t comma = tn_str_find_char(text, ',');
    bool list = comma != TN_NO_OFFSET && !tn_normal_country(text, &country) &&
                tn_normal_country(tn_str_trim(tn_str_slice(text.s, comma)), &country);
    while (list && comma != TN_NO_OFFSET) {
        put_country(reading, trial, tn_str_trim(tn_str_slice(text.s, comma)));
        text = tn_str_trim(tn_str_from(text, comma + 1));
        comma = tn_str_find_char(text, ',');
    }
    put_country(reading, trial, text);
}

void tn_isrctn_put_countries(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    struct tn_str rest = value->text, part;
    (void)field;
    while (next_part(&rest, &part))
        put_country_list(reading, record, part);
}

void tn_isrctn_put_funders(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    struct tn_str rest = value->text, part;
    while (next_part(&rest, &part)) {
        const struct tn_stated name = tn_stated_of(part);
        tn_isrctn_put(reading, record, field, &name);
    }
}

void tn_isrctn_put_results(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    struct tn_str text = tn_str_trim(value->text);
    bool address = tn_str_starts_fold(text, TN_LIT("http://")) || tn_str_starts_fold(text, TN_LIT("https://"));
    for (size_t i = 0; i < text.len; i++)
        address = address && !tn_is_space(text.s[i]);
    if (address)
        tn_put(reading, record, field, value);
    else
        tn_put_extra_here(reading, value);
}
