/* SPDX-License-Identifier: MIT */
/* WHO's form for registers' records (ICTRP's XML 1.1): <trials><trial><main>...; ReBEC, ChiCTR (<Triall>), RPCEC, IRCT
 * and others give their records in it. The same members come as JSON too, in objects as they are in the XML or side by
 * side. ICTRP's own copies descend from this form, so their functions read most of the values. */
#include "readers/who_xml.h"

#include "readers/put_parts.h"

#define BY(path, F, put) TN_VALUE_BY(path, trial, F, put)
#define TEXT(path, R, F) TN_VALUE_BY(path, R, F, tn_ictrp_put)
#define REST(path) BY(path, extra, tn_ictrp_put_rest)

#define NUMBER(path)                                                                                                   \
    TN_OPENS_AS(path, trial, identifiers, "type=UTN"), TN_VALUE_BY(path, identifier, value, tn_who_put_utn)

/* What stands in <main>, or without it. */
#define MAIN(P)                                                                                                        \
    BY(P "trial_id", trial_id, tn_ictrp_put_trial_id), NUMBER(P "utrn"), NUMBER(P "UTRN"), NUMBER(P "utn"),            \
        TN_EXTRA(P "reg_name"), BY(P "date_registration", registered_date, tn_who_put_registered),                     \
        TEXT(P "primary_sponsor", trial, lead_sponsor), TEXT(P "public_title", trial, title),                          \
        TEXT(P "acronym", trial, acronym), TEXT(P "scientific_title", trial, official_title),                          \
        BY(P "scientific_acronym", acronym, tn_who_put_acronym),                                                       \
        BY(P "Scientific_acronym", acronym, tn_who_put_acronym),                                                       \
        BY(P "date_enrolment", recruitment_start_date, tn_who_put_enrolled),                                           \
        BY(P "date_enrollment", recruitment_start_date, tn_who_put_enrolled),                                          \
        BY(P "type_enrolment", recruitment_start_date_type, tn_ictrp_put_enrolled_type),                               \
        BY(P "target_size", enrollment, tn_ictrp_put_size), BY(P "recruitment_status", status, tn_ictrp_put_status),   \
        BY(P "url", url, tn_ictrp_put_url), BY(P "study_type", study_type, tn_ictrp_put_study_type),                     \
        BY(P "study_design", design_text, tn_ictrp_put_design), BY(P "phase", phases, tn_who_put_phase),               \
        BY(P "hc_freetext", conditions, tn_who_put_conditions),                                                        \
        BY(P "i_freetext", interventions, tn_ictrp_put_interventions),                                                 \
        BY(P "results_actual_enrolment", enrollment, tn_ictrp_put_actual_size),                                        \
        BY(P "results_actual_enrollment", enrollment, tn_ictrp_put_actual_size),                                       \
        BY(P "results_date_completed", results_completed_date, tn_who_put_date),                                       \
        TEXT(P "results_url_link", trial, results_url), TEXT(P "results_summary", trial, results_summary),             \
        TEXT(P "results_yes_no", trial, has_results),                                                                  \
        BY(P "results_date_posted", results_first_posted_date, tn_who_put_date),                                       \
        REST(P "results_date_first_publication"), REST(P "results_baseline_char"),                                     \
        REST(P "results_participant_flow"), REST(P "results_adverse_events"), REST(P "results_outcome_measures"),      \
        BY(P "results_url_protocol", documents, tn_ictrp_put_protocol),                                                \
        TEXT(P "results_IPD_plan", trial, ipd_sharing), TEXT(P "results_IPD_description", trial, ipd_description)

#define CONTACT(P)                                                                                                     \
    TN_OPENS(P, trial, contacts), TEXT(P ".type", contact, kind),                                                      \
        TN_VALUE_BY(P ".firstname", contact, name, tn_ictrp_put_name),                                                 \
        TN_VALUE_BY(P ".middlename", contact, name, tn_ictrp_put_name),                                                \
        TN_VALUE_BY(P ".lastname", contact, name, tn_ictrp_put_name), TEXT(P ".address", contact, address),            \
        TEXT(P ".city", contact, city), TEXT(P ".country1", contact, country), TEXT(P ".country", contact, country),   \
        TN_VALUE_BY(P ".zip", contact, address, tn_who_put_zip), TEXT(P ".telephone", contact, phone),                  \
        TEXT(P ".email", contact, email), TEXT(P ".affiliation", contact, affiliation)

#define CRITERIA(P)                                                                                                    \
    BY(P "inclusion_criteria", inclusion_criteria, tn_ictrp_put_criteria),                                             \
        BY(P "agemin", minimum_age, tn_who_put_age), BY(P "agemax", maximum_age, tn_who_put_age),                      \
        BY(P "gender", sex, tn_who_put_sex),                                                                           \
        BY(P "exclusion_criteria", exclusion_criteria, tn_ictrp_put_criteria)

#define CODE(path) TN_OPENS(path, trial, condition_codes), TN_VALUE_BY(path, condition_code, code, tn_who_put_code)

#define SECONDARY(P)                                                                                                   \
    TN_OPENS(P, trial, identifiers), TN_VALUE_BY(P ".sec_id", identifier, value, tn_put_secondary_id),                 \
        TEXT(P ".issuing_authority", identifier, issuer)

#define REVIEW(P)                                                                                                      \
    TN_OPENS(P, trial, ethics), TEXT(P ".status", ethics, status),                                                     \
        TN_VALUE_BY(P ".approval_date", ethics, date, tn_who_put_date),                                                \
        TN_VALUE_BY(P ".contact_name", ethics, contact, tn_who_put_committee),                                         \
        TN_VALUE_BY(P ".contact_address", ethics, contact, tn_who_put_committee),                                      \
        TN_VALUE_BY(P ".contact_phone", ethics, contact, tn_who_put_committee),                                        \
        TN_VALUE_BY(P ".contact_email", ethics, contact, tn_who_put_committee)

/* Lists stand in an element of their own, in JSON also without it. */
static const struct tn_row rows[] = {
    TEXT("@language", trial, language),
    TEXT("@lang", trial, language),
    TEXT("language", trial, language),
    MAIN("main."),
    MAIN(""),
    CONTACT("contacts.contact[]"),
    CONTACT("contacts[]"),
    BY("countries.country2[]", countries, tn_ictrp_put_countries),
    BY("countries.country[]", countries, tn_ictrp_put_countries),
    BY("countries[]", countries, tn_ictrp_put_countries),
    BY("country.country2[]", countries, tn_ictrp_put_countries),
    CRITERIA("criteria."),
    CRITERIA(""),
    CODE("health_condition_code.hc_code[]"),
    CODE("health_condition_code[]"),
    CODE("health_condition_keyword.hc_keyword[]"),
    CODE("health_condition_keyword.hc_code[]"),
    CODE("health_condition_keyword[]"),
    BY("intervention_code.i_code[]", interventions, tn_who_put_intervention_code),
    BY("intervention_code[]", interventions, tn_who_put_intervention_code),
    BY("intervention_keyword.i_keyword[]", keywords, tn_who_put_keyword),
    BY("intervention_keyword[]", keywords, tn_who_put_keyword),
    BY("primary_outcome.prim_outcome[]", outcomes, tn_who_put_outcome),
    BY("primary_outcome[]", outcomes, tn_who_put_outcome),
    BY("secondary_outcome.sec_outcome[]", outcomes, tn_who_put_outcome),
    BY("secondary_outcome[]", outcomes, tn_who_put_outcome),
    BY("secondary_sponsor.sponsor_name[]", collaborators, tn_ictrp_put_collaborators),
    BY("secondary_sponsor[]", collaborators, tn_ictrp_put_collaborators),
    SECONDARY("secondary_ids.secondary_id[]"),
    SECONDARY("secondary_ids[]"),
    BY("source_support.source_name[]", funders, tn_ictrp_put_funders),
    BY("source_support[]", funders, tn_ictrp_put_funders),
    REVIEW("ethics_reviews.ethics_review[]"),
    REVIEW("ethics_reviews[]"),
};

static bool is_not_primary(const struct tn_record *outcome)
{
    return !tn_str_eq(tn_text(outcome, TN_outcome_kind), TN_LIT("PRIMARY"));
}

static void after(struct tn_reading *reading)
{
    tn_ictrp_end_criteria(reading);
    tn_move_last(reading->trial, TN_trial_outcomes, is_not_primary);
}

/* What a record must have is first. */
static const char *const in_main[] = {"main", NULL};
static const char *const without_main[] = {"trial_id", NULL};
/* What tells the form; names that others have too are left out. */
static const char *const told[] = {"hc_freetext", "i_freetext", "prim_outcome", "sec_outcome", "hc_code",
                                   "hc_keyword", "i_code", "i_keyword", "utrn", "date_enrolment",
                                   "type_enrolment", "date_registration", "agemin", "agemax", "country2", "issuing_authority",
                                   "sec_id",        "Triall",       NULL};

static const struct tn_tree_source source = {rows, sizeof rows / sizeof rows[0], in_main, after, false};
static const struct tn_tree_source flat_source = {rows, sizeof rows / sizeof rows[0], without_main, after, false};
static const struct tn_tree_source told_source = {rows, sizeof rows / sizeof rows[0], told, after, false};

static const struct tn_reader flat = {.name = "who-xml", .table = &flat_source};
static const struct tn_reader teller = {.name = "who-xml", .table = &told_source};

static void detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    (void)self;
    tn_tree_detect(&teller, peek, evidence);
}

static enum tn_severity read_record(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                                    tn_emit_fn *emit, void *context, struct tn_error *error)
{
    struct tn_str bytes = tn_str_slice(raw->bytes, raw->len);
    bool xml = raw->syntax == TN_SYNTAX_XML;
    bool has_main = tn_str_find(bytes, xml ? TN_LIT("main>") : TN_LIT("\"main\"")) != TN_NO_OFFSET;
    return tn_tree_read(has_main ? self : &flat, worker, raw, emit, context, error);
}

static const char *const record_paths[] = {"<trial>",      "<Triall>", "trials[]", "trials.trial[]",
                                           "trials.trial", "trial[]",  "trial",    NULL};

static const char *const record_keys[] = {"main", "trial_id", NULL};

const struct tn_reader tn_reader_who_xml = {
    .name = "who-xml",
    .description = "records in WHO's form for registers, as XML or JSON: ReBEC, ChiCTR, TCTR and others",
    .syntaxes = TN_READS_XML | TN_READS_JSON,
    .record_paths = record_paths,
    .record_keys = record_keys,
    .table = &source,
    .detect = detect,
    .read = read_record,
};
