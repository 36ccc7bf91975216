/* SPDX-License-Identifier: MIT */
/* XML of the Australian New Zealand Clinical Trials Registry ("download all to XML"): an `ANZCTR_Trial` for each trial, one in a file.
 * Not seen on real files: elements and their meaning are those of public programs that read the download, and of the register's
 * https://www.anzctr.org.au/docs/ANZCTR%20Data%20field%20explanation.pdf. */
#include "readers/anzctr.h"

#define BY(path, F, put) TN_VALUE_BY(path, trial, F, put)
#define TEXT(path, R, F) TN_VALUE_BY(path, R, F, tn_anzctr_put)

#define ID "trial_identification."
#define DESIGN "trial_design."
#define RECRUIT "recruitment."
#define SPONSOR "sponsorship."
#define SUMMARY "ethicsAndSummary."
#define COMMITTEE SUMMARY "ethicscommitee[]."
#define CONTACT "contacts.contact[]."

#define OUTCOMES(path, kind)                                                                                           \
    TN_OPENS_AS(path, trial, outcomes, kind), TEXT(path ".outcome", outcome, measure),                                 \
        TEXT(path ".timepoint", outcome, time_frame), TEXT(path ".assessmentmethod", outcome, description)

#define AGE(path, F) BY(path, F, tn_anzctr_put_age), BY(path "type", F, tn_anzctr_put_age_unit)

static const struct tn_row rows[] = {
    TN_IGNORED("@requestNumber", "number in the registry's database"),
    TN_EXTRA("stage"),
    BY("submitdate", first_submitted_date, tn_anzctr_put_date),
    BY("approvaldate", registered_date, tn_anzctr_put_date),
    BY("dateLastUpdated", last_update_posted_date, tn_anzctr_put_date),
    TN_VALUE_BY("actrnumber", trial, trial_id, tn_put_trial_id),
    TN_VALUE_BY("nctid", trial, trial_id, tn_put_trial_id), /* of trials that the register copies */

    TN_OPENS_AS(ID "utrn", trial, identifiers, "type=UTN"),
    TN_VALUE_BY(ID "utrn", identifier, value, tn_anzctr_put_number),
    TEXT(ID "studytitle", trial, title),
    TEXT(ID "scientifictitle", trial, official_title),
    TEXT(ID "trialacronym", trial, acronym),
    TN_OPENS(ID "secondaryid[]", trial, identifiers),
    TN_VALUE_BY(ID "secondaryid[]", identifier, value, tn_anzctr_put_number),

    TEXT("conditions.healthcondition[]", trial, conditions),
    TN_EXTRA("conditions.conditioncode"),

    TN_OPENS("interventions.interventions", trial, interventions),
    TEXT("interventions.interventions", intervention, description),
    TN_EXTRA("interventions.comparator"),
    TN_EXTRA("interventions.control"),
    TN_EXTRA("interventions.interventioncode"),

    OUTCOMES("outcomes.primaryOutcome[]", "kind=PRIMARY"),
    OUTCOMES("outcomes.secondaryOutcome[]", "kind=SECONDARY"),

    BY("eligibility.inclusivecriteria", inclusion_criteria, tn_anzctr_put_criteria),
    AGE("eligibility.inclusiveminage", minimum_age),
    AGE("eligibility.inclusivemaxage", maximum_age),
    TEXT("eligibility.inclusivegender", trial, sex),
    TEXT("eligibility.healthyvolunteer", trial, healthy_volunteers),
    BY("eligibility.exclusivecriteria", exclusion_criteria, tn_anzctr_put_criteria),

    TEXT(DESIGN "studytype", trial, study_type),
    TEXT(DESIGN "purpose", trial, primary_purpose),
    TEXT(DESIGN "allocation", trial, allocation),
    TN_EXTRA(DESIGN "concealment"),
    TN_EXTRA(DESIGN "sequence"),
    TEXT(DESIGN "masking", trial, masking),
    TEXT(DESIGN "assignment", trial, intervention_model),
    TN_EXTRA(DESIGN "designfeatures"),
    TN_EXTRA(DESIGN "endpoint"),
    TN_EXTRA(DESIGN "statisticalmethods"),
    TEXT(DESIGN "masking1", trial, who_masked),
    TEXT(DESIGN "masking2", trial, who_masked),
    TEXT(DESIGN "masking3", trial, who_masked),
    TEXT(DESIGN "masking4", trial, who_masked),
    TEXT(DESIGN "patientregistry", trial, patient_registry),
    TN_EXTRA(DESIGN "followup"),
    TN_EXTRA(DESIGN "followuptype"),
    TN_EXTRA(DESIGN "purposeobs"),
    TN_EXTRA(DESIGN "duration"),
    TN_EXTRA(DESIGN "selection"),
    TEXT(DESIGN "timing", trial, time_perspective),

    BY(RECRUIT "phase", phases, tn_put_phases),
    BY(RECRUIT "anticipatedstartdate", recruitment_start_date, tn_anzctr_put_planned_date),
    BY(RECRUIT "actualstartdate", recruitment_start_date, tn_anzctr_put_actual_date),
    BY(RECRUIT "anticipatedenddate", recruitment_end_date, tn_anzctr_put_planned_date),
    BY(RECRUIT "actualenddate", recruitment_end_date, tn_anzctr_put_actual_date),
    BY(RECRUIT "anticipatedlastvisitdate", completion_date, tn_anzctr_put_planned_date),
    BY(RECRUIT "actuallastvisitdate", completion_date, tn_anzctr_put_actual_date),
    BY(RECRUIT "samplesize", enrollment, tn_anzctr_put_target),
    BY(RECRUIT "actualsamplesize", enrollment, tn_anzctr_put_actual),
    BY(RECRUIT "recruitmentstatus", status, tn_put_status),
    TN_EXTRA(RECRUIT "dataanalysis"),
    BY(RECRUIT "withdrawnreason", why_stopped, tn_anzctr_put_reason),
    BY(RECRUIT "withdrawnreasonother", why_stopped, tn_anzctr_put_reason),
    BY(RECRUIT "recruitmentcountry[]", countries, tn_anzctr_put_country),
    TN_EXTRA(RECRUIT "recruitmentstate"),
    BY(RECRUIT "countryoutsideaustralia[].country", countries, tn_anzctr_put_country),
    TN_EXTRA(RECRUIT "countryoutsideaustralia[].state"),
    TN_OPENS(RECRUIT "hospital[]", trial, locations),
    TEXT(RECRUIT "hospital[]", location, facility),
    TN_EXTRA(RECRUIT "postcode"),

    BY(SPONSOR "primarysponsortype", lead_sponsor_class, tn_anzctr_put_sponsor_type),
    TEXT(SPONSOR "primarysponsorname", trial, lead_sponsor),
    TN_EXTRA(SPONSOR "primarysponsoraddress"),
    TEXT(SPONSOR "primarysponsorcountry", trial, lead_sponsor_country),
    TN_EXTRA(SPONSOR "fundingsource[].fundingtype"),
    TEXT(SPONSOR "fundingsource[].fundingname", trial, funders),
    TN_EXTRA(SPONSOR "fundingsource[].fundingaddress"),
    TN_EXTRA(SPONSOR "fundingsource[].fundingcountry"),
    TN_OPENS(SPONSOR "secondarysponsor[]", trial, collaborators),
    TN_EXTRA(SPONSOR "secondarysponsor[].sponsortype"),
    TEXT(SPONSOR "secondarysponsor[].sponsorname", collaborator, name),
    TN_EXTRA(SPONSOR "secondarysponsor[].sponsoraddress"),
    TN_EXTRA(SPONSOR "secondarysponsor[].sponsorcountry"),
    TN_OPENS(SPONSOR "othercollaborator[]", trial, collaborators),
    TN_EXTRA(SPONSOR "othercollaborator[].othercollaboratortype"),
    TEXT(SPONSOR "othercollaborator[].othercollaboratorname", collaborator, name),
    TN_EXTRA(SPONSOR "othercollaborator[].othercollaboratoraddress"),
    TN_EXTRA(SPONSOR "othercollaborator[].othercollaboratorcountry"),

    TEXT(SUMMARY "summary", trial, brief_summary),
    TN_OPENS(SUMMARY "trialwebsite", trial, links),
    TEXT(SUMMARY "trialwebsite", link, url),
    TN_OPENS(SUMMARY "publication[]", trial, publications),
    TEXT(SUMMARY "publication[]", publication, citation),
    TN_EXTRA(SUMMARY "ethicsreview"),
    TN_EXTRA(SUMMARY "publicnotes"),
    TN_OPENS(SUMMARY "ethicscommitee[]", trial, ethics),
    TEXT(COMMITTEE "ethicname", ethics, body),
    TEXT(COMMITTEE "ethicaddress", ethics, contact),
    TN_VALUE_BY(COMMITTEE "ethicapprovaldate", ethics, date, tn_anzctr_put_date),
    TEXT(COMMITTEE "hrec", ethics, reference),
    TN_EXTRA(COMMITTEE "ethicsubmitdate"),
    TN_EXTRA(COMMITTEE "ethiccountry"),

    TN_OPENS("attachment[]", trial, documents),
    TEXT("attachment[].filepath", document, filename),

    TN_OPENS("contacts.contact[]", trial, contacts),
    TN_EXTRA(CONTACT "title"),
    TN_VALUE_BY(CONTACT "name", contact, name, tn_put_person),
    TEXT(CONTACT "address", contact, address),
    TEXT(CONTACT "phone", contact, phone),
    TN_EXTRA(CONTACT "fax"),
    TEXT(CONTACT "email", contact, email),
    TEXT(CONTACT "country", contact, country),
    TN_VALUE_BY(CONTACT "type", contact, kind, tn_anzctr_put_contact_type),
};

static const char *const signature[] = {"ANZCTR_Trial",      "actrnumber",         "trial_identification", "studytitle",
                                        "healthcondition",   "inclusivecriteria",  "inclusivegender",      "recruitmentstatus",
                                        "primarysponsorname", "ethicsAndSummary",  NULL};

static const struct tn_tree_source source = {rows, sizeof rows / sizeof rows[0], signature, NULL, false};

static const char *const record_paths[] = {"<ANZCTR_Trial>", NULL};

const struct tn_reader tn_reader_anzctr = {
    .name = "anzctr",
    .description = "XML of the Australian New Zealand Clinical Trials Registry",
    .syntaxes = TN_READS_XML,
    .record_paths = record_paths,
    .table = &source,
    .detect = tn_tree_detect,
    .read = tn_tree_read,
};
