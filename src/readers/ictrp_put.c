/* SPDX-License-Identifier: MIT */
/* Fields that one column of ICTRP fills alone. */
#include "normal/count.h"
#include "normal/identifier.h"
#include "normal/text.h"
#include "normal/word.h"
#include "readers/ictrp.h"
#include "readers/put_design.h"

/* The value as clean text, ready to be put. False where it says nothing. */
static bool clean(struct tn_reading *reading, const struct tn_stated *value, struct tn_stated *text)
{
    *text = (struct tn_stated){.text = tn_ictrp_text(reading, value->text), .stable = true};
    return tn_ictrp_of(reading) && text->text.len > 0;
}

void tn_ictrp_put(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated text;
    if (!clean(reading, value, &text))
        return;
    if (record && record->type->fields[field].kind == TN_TEXT)
        tn_put_clean(reading, record, field, text.text, value->text);
    else
        tn_put(reading, record, field, &text);
}

/* The canonical number is the trial's; what ICTRP's says beyond (`EUCTR...-DE`, `CTIS...-00`) is a number of this record, and
 * a prefix of its own (`JPRN-`) stays in `extra`. */
void tn_ictrp_put_trial_id(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated text;
    struct tn_identifier id;
    if (!clean(reading, value, &text))
        return;
    bool umin = tn_str_starts_fold(text.text, TN_LIT("JPRN-C"));
    if (umin && tn_identifier_is(tn_str_from(text.text, 5), "UMIN", &id))
        tn_put_clean(reading, record, field, tn_str_copy(reading->arena, tn_str_of(id.value)), value->text);
    else
        tn_put_trial_id(reading, record, field, &text);
    if (!tn_has(record, field) || tn_str_eq(tn_text(record, field), text.text))
        return;
    bool more = tn_identifier_is(text.text, NULL, &id) && id.at + id.len > 0 &&
                (id.country[0] || (id.registry && tn_str_eq(tn_str_of(id.registry), TN_LIT("CTIS"))));
    if (!more) {
        tn_put_extra_here(reading, &text);
        return;
    }
    struct tn_record *number = tn_add_record(record, TN_trial_identifiers);
    if (id.country[0])
        tn_put_identifier(reading, number, TN_identifier_value, &text);
    else
        tn_put_clean(reading, number, TN_identifier_value, text.text, value->text);
    tn_set_text(number, TN_identifier_registry, tn_str_of(id.registry));
}

/* What has no field. */
void tn_ictrp_put_rest(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated text;
    (void)record;
    (void)field;
    if (clean(reading, value, &text))
        tn_put_extra_here(reading, &text);
}

void tn_ictrp_put_date(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    tn_ictrp_put(reading, record, field, value);
}

/* A stamp of ICTRP's own: its order is no register's, and changed (`3/18/2020 6:53:35 PM`, `06/09/2024 16:01:13`). */
void tn_ictrp_put_stamp(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated text;
    if (!clean(reading, value, &text))
        return;
    enum tn_date_order order = reading->date_order;
    reading->date_order = TN_DATE_ORDER_UNKNOWN;
    tn_put(reading, record, field, &text);
    reading->date_order = order;
}

/* True where a date in ISO form is no other than the one that is known: `2019-04-01` beside `April 2019`. */
static bool is_same_date(struct tn_str iso, const char *known)
{
    struct tn_date date;
    return known[0] && tn_normal_date(iso, TN_DATE_ORDER_UNKNOWN, &date) == TN_CODE_NONE &&
           tn_str_starts(tn_str_of(date.text), tn_str_of(known));
}

/* A date that several columns state. The plain one comes first whatever the order of the columns, the others settle what it
 * leaves open. */
static void put_stated(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *text,
                       struct tn_str raw, const char *known, bool plain)
{
    struct tn_date date;
    if (plain && known[0] && tn_normal_date(text->text, reading->date_order, &date) != TN_BAD_VALUE && !date.time_cut) {
        tn_put_clean(reading, record, field, tn_str_copy(reading->arena, tn_str_of(known)), raw);
    } else if (plain || !known[0]) {
        tn_put(reading, record, field, text);
    } else if (!is_same_date(text->text, known)) {
        tn_warn(reading, TN_CONFLICT, record, field, "the source states '%s' and '%.*s'; the first is kept", known,
                (int)tn_str_cut(text->text, 40), text->text.s);
        tn_put_extra_here(reading, text);
    }
}

static bool here_is(const struct tn_reading *reading, const char *name)
{
    return reading->trail && reading->trail->key && tn_ictrp_is_key(reading->trail->key, name);
}

void tn_ictrp_put_registered(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    struct tn_stated text;
    if (clean(reading, value, &text))
        put_stated(reading, record, field, &text, value->text, tn_ictrp_of(reading)->registered,
                   here_is(reading, "Date_registration"));
}

static bool is_ctgov(const struct tn_reading *reading)
{
    const struct tn_ictrp *own = reading->own;
    return own && own->of.habit == TN_ICTRP_CTGOV;
}

/* The registry's start date in copies of its records, the first enrolment in all others. */
void tn_ictrp_put_enrolled(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated text;
    bool plain = !here_is(reading, "Date_enrollment_format");
    if (!clean(reading, value, &text))
        return;
    if (!plain && tn_ictrp_of(reading)->day_inferred)
        text.text = tn_str_copy(reading->arena, tn_ictrp_month(text.text));
    put_stated(reading, record, is_ctgov(reading) ? (int)TN_trial_start_date : field, &text, value->text,
               tn_ictrp_of(reading)->enrolled, plain);
}

void tn_ictrp_put_enrolled_type(struct tn_reading *reading, struct tn_record *record, int field,
                                const struct tn_stated *value)
{
    struct tn_stated text;
    if (clean(reading, value, &text))
        tn_put(reading, record, is_ctgov(reading) ? (int)TN_trial_start_date_type : field, &text);
}

void tn_ictrp_put_status(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated text;
    if (clean(reading, value, &text))
        tn_put_status(reading, record, field, &text);
}

/* ReBEC's `-` is both. */
void tn_ictrp_put_sex(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (tn_str_eq(tn_str_trim(value->text), TN_LIT("-")))
        tn_put_clean(reading, record, field, TN_LIT("ALL"), value->text);
    else
        tn_ictrp_put(reading, record, field, value);
}

/* CTIS's `65+` as a maximum is its last band, which has no end. */
void tn_ictrp_put_age(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated text;
    if (!clean(reading, value, &text))
        return;
    if (field == TN_trial_maximum_age && text.text.s[text.text.len - 1] == '+')
        tn_put_extra_here(reading, &text);
    else
        tn_put_age(reading, record, field, &text);
}

void tn_ictrp_put_phase(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated text;
    if (clean(reading, value, &text))
        tn_put_phases(reading, record, field, &text);
}

/* ChiCTR has `Health services reaserch`, `Prevention`, `Diagnostic test`, ... there. */
void tn_ictrp_put_study_type(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    struct tn_stated text;
    struct tn_word word;
    if (!clean(reading, value, &text))
        return;
    bool type = tn_normal_word(&tn_vocabulary_study_type, text.text, &word) == TN_CODE_NONE;
    bool purpose = tn_normal_word(&tn_vocabulary_primary_purpose, text.text, &word) == TN_CODE_NONE && word.word;
    if (type || !purpose) {
        tn_put_study_type(reading, record, field, &text);
        return;
    }
    tn_put(reading, record, TN_trial_primary_purpose, &text);
    tn_put_extra_here(reading, &text);
}

/* "Allocation: Randomized. Intervention model: Parallel Assignment." with semicolons between the parts, as older exports have
 * commas. */
static struct tn_str join_parts(struct tn_reading *reading, struct tn_str text)
{
    char *out = tn_arena_alloc(reading->arena, text.len + 1);
    int open = 0;
    for (size_t i = 0; out && i < text.len; i++) {
        open += (text.s[i] == '(') - (text.s[i] == ')' && open > 0);
        bool end = text.s[i] == '.' && open == 0 && (i + 1 == text.len || text.s[i + 1] == ' ');
        out[i] = end ? ';' : text.s[i];
        out[i + 1] = '\0';
    }
    return tn_str_slice(out, out ? text.len : 0);
}

/* Kept whole, and what it says in known words put into the fields of the design. */
void tn_ictrp_put_design(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated text;
    if (!clean(reading, value, &text))
        return;
    tn_put_clean(reading, record, field, text.text, value->text);
    const struct tn_stated parts = tn_stated_of(join_parts(reading, text.text));
    bool labelled = tn_str_find_char(parts.text, ':') != TN_NO_OFFSET;
    if (is_ctgov(reading) && labelled)
        tn_put_design(reading, record, field, &parts);
    else
        tn_ictrp_take_design(reading, record, text.text, tn_ictrp_of(reading)->kind);
}

void tn_ictrp_put_url(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated text;
    if (clean(reading, value, &text))
        tn_put_url(reading, record, field, &text);
}

/* `60 (30 in each arm)` and `500;` say a number first; the whole is kept. */
static struct tn_str leading_number(struct tn_str text)
{
    size_t len = 0;
    while (len < text.len && (tn_is_digit(text.s[len]) || (len && text.s[len] == ',')))
        len++;
    struct tn_str rest = tn_str_trim(tn_str_from(text, len));
    bool remark = rest.len && (rest.s[0] == '(' || tn_str_eq(rest, TN_LIT(";")));
    return tn_str_slice(text.s, len && remark ? len : 0);
}

static bool put_count(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *text)
{
    struct tn_stated number = tn_stated_of(leading_number(text->text));
    if (number.text.len == 0) {
        tn_put(reading, record, field, text);
        return tn_has(record, field);
    }
    tn_put(reading, record, field, &number);
    tn_put_extra_here(reading, text);
    return tn_has(record, field);
}

static bool is_no_size(struct tn_str text)
{
    int64_t count;
    bool summed;
    return tn_normal_count(text, &count, &summed) == TN_CODE_NONE && count == 0;
}

/* A target; whether the size of a copy of ClinicalTrials.gov's is one, ICTRP does not say. A target of no participants is
 * the form's default there (`Target condition:0;Difficult condition:0`). */
void tn_ictrp_put_size(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated text;
    if (!clean(reading, value, &text))
        return;
    if (!is_ctgov(reading) && is_no_size(text.text)) {
        tn_put_extra_here(reading, &text);
    } else if (tn_ictrp_of(reading)->actual_size) {
        put_count(reading, record, TN_trial_target_enrollment, &text);
    } else if (put_count(reading, record, field, &text) && !is_ctgov(reading)) {
        tn_set_text(record, TN_trial_enrollment_type, TN_LIT("ESTIMATED"));
    }
}

void tn_ictrp_put_actual_size(struct tn_reading *reading, struct tn_record *record, int field,
                              const struct tn_stated *value)
{
    struct tn_stated text;
    if (clean(reading, value, &text) && put_count(reading, record, field, &text))
        tn_set_text(record, TN_trial_enrollment_type, TN_LIT("ACTUAL"));
}

void tn_ictrp_put_timing(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated text;
    (void)record;
    (void)field;
    if (clean(reading, value, &text))
        tn_ictrp_of(reading)->timing = tn_ictrp_part_here(reading, text.text);
}

/* What the flag says. The portal's exports have `Yes` where a trial was registered before its first enrolment (their page
 * calls it "Prospective registration"), the full export has `1` where it was registered after. */
static const char *timing_by_flag(struct tn_str flag)
{
    static const struct {
        struct tn_str flag;
        const char *word;
    } flags[] = {{{"Yes", 3}, "PROSPECTIVE"}, {{"No", 2}, "RETROSPECTIVE"}, {{"1", 1}, "RETROSPECTIVE"}, {{"0", 1}, "PROSPECTIVE"}};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (tn_str_eq_fold(flag, flags[i].flag))
            return flags[i].word;
    return NULL;
}

/* What the dates say, as far as both go: January 2022 is after 8 October 2021, and not decided by 10 January 2022. */
static const char *timing_by_dates(const struct tn_ictrp *own)
{
    size_t registered = strlen(own->registered), enrolled = strlen(own->enrolled);
    int order = strncmp(own->registered, own->enrolled, registered < enrolled ? registered : enrolled);
    if (registered == 0 || enrolled == 0 || (order == 0 && registered + enrolled != 2 * (sizeof own->enrolled - 1)))
        return NULL;
    return order > 0 ? "RETROSPECTIVE" : "PROSPECTIVE";
}

/* Where there is a flag, the dates say what it means; where they do not, it speaks for itself. ICTRP calls a trial of
 * ClinicalTrials.gov prospective that was registered up to three weeks after its start. */
void tn_ictrp_end_timing(struct tn_reading *reading)
{
    const struct tn_ictrp *own = reading->own;
    struct tn_trail trail;
    if (!own || !own->timing.text.s)
        return;
    const struct tn_stated stated = {.text = own->timing.text, .stable = true};
    const char *flag = timing_by_flag(stated.text), *dates = timing_by_dates(own), *word = dates ? dates : flag;
    tn_ictrp_stand(reading, &own->timing, &trail);
    tn_put_extra_here(reading, &stated);
    if (word)
        tn_put_clean(reading, reading->trial, TN_trial_registration_timing, tn_str_of(word), own->timing.text);
    if (flag && dates && strcmp(flag, dates) != 0)
        tn_warn(reading, TN_CONFLICT, reading->trial, TN_trial_registration_timing,
                "the flag '%.*s' says %s, but the trial was registered on %s and began on %s: the dates count",
                (int)tn_str_cut(stated.text, 20), stated.text.s, flag, own->registered, own->enrolled);
    reading->trail = NULL;
    reading->item = NULL;
}
