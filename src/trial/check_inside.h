/* SPDX-License-Identifier: MIT */
/* What the files of the rules share. A rule is a row of the table in check.c: what it is called, the function that looks, and
 * what that function looks at. */
#ifndef TN_TRIAL_CHECK_INSIDE_H
#define TN_TRIAL_CHECK_INSIDE_H

#include "core/str.h"
#include "trial/check.h"

/* For messages: a text, at most so much of it that the rest of the message has room. */
#define TN_SHOWN(text) (int)tn_str_cut((text), TN_SHOWN_MAX), (text).s ? (text).s : ""
enum { TN_SHOWN_MAX = 90 };

/* One trial that is looked at. */
struct tn_check {
    const tn_trial *trial;
    int today; /* as 20240517; 0: not said */
    tn_finding_fn *tell;
    void *context;
    bool ended;  /* nobody wants more */
    bool failed; /* memory is short */
};

struct tn_rule;
typedef void tn_rule_fn(struct tn_check *check, const struct tn_rule *rule);

struct tn_rule {
    struct tn_check_rule about;
    tn_rule_fn *look;
    int a, b;           /* fields of the trial; or b a member of list a */
    const char *words;  /* words of a vocabulary, separated by blanks */
    const char *value;  /* one of another */
    int number;
    const char *const *phrases; /* ended by NULL */
    const int *table;           /* members */
};

/* Tells a finding of the rule; `fields` NULL: all of the rule's. The message is cut between characters, and control characters
 * in it are blanks. */
void tn_found(struct tn_check *check, const struct tn_rule *rule, const char *fields, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* True when `text` is one of `words`. */
bool tn_check_among(struct tn_str text, const char *words);

/* True when the trial's status is one of `words`. */
bool tn_check_status(const struct tn_check *check, const char *words);

/* The first place in `text` where one of `phrases` (in small letters, ended by NULL) stands as whole words; {NULL, 0} where none
 * does, or `phrases` is NULL. */
struct tn_str tn_check_says(struct tn_str text, const char *const *phrases);

/* The length of `phrase`, in small letters, where it stands at byte `at` of the text, whose word ends with it; 0 where it
 * does not. */
size_t tn_check_stands(struct tn_str text, size_t at, const char *phrase);

/* The first criterion of a list that says one of `phrases` (*said), and none of `unless` and `nor` (may be NULL); {NULL, 0}:
 * none. */
struct tn_str tn_check_criterion(const tn_trial *trial, int list, const char *const *phrases, const char *const *unless,
                                 const char *const *nor, struct tn_str *said);

/* The name of a field of the trial. */
const char *tn_check_name(int field);

/* What a country is called: by its name, else its code. */
struct tn_str tn_check_country(const struct tn_record *country);

/* True for a record in a registry's own form that states nearly all of what a full record has (title, sponsor, status,
 * description, conditions, outcomes, criteria, interventions, places, dates, type): what such a one does not state is missing. */
bool tn_check_whole(const struct tn_check *check);

/* True for a trial of ClinicalTrials.gov; and for its full record, which is told by what other sources do not carry on. */
bool tn_check_is_ctgov(const struct tn_check *check);
bool tn_check_ctgov_whole(const struct tn_check *check);

/* True when one of the fields is stated; ended by -1. */
bool tn_check_any(const struct tn_check *check, const int *fields);

/* Entries of a list, by the text of some member, sorted; `count` of them. */
struct tn_check_texts {
    struct tn_str *at;
    size_t count;
};

/* The member of all entries that state it. False (check->failed) when memory is short. Released with free(texts->at). */
bool tn_check_gather(struct tn_check *check, int list, int member, struct tn_check_texts *texts);
bool tn_check_holds(const struct tn_check_texts *texts, struct tn_str text);

/* How many of them are `text`. */
size_t tn_check_times(const struct tn_check_texts *texts, struct tn_str text);

/* All rules, in the order of the findings, ended by a row without a code. Static. */
extern const struct tn_rule tn_rules[];

/* check_date.c */
extern tn_rule_fn tn_look_before, tn_look_type, tn_look_future_record, tn_look_future_actual, tn_look_past_estimated,
    tn_look_long_past, tn_look_still_ahead, tn_look_timing, tn_look_unlikely_date, tn_look_country_dates;
/* check_count.c */
extern tn_rule_fn tn_look_no_one_enrolled, tn_look_enrolled, tn_look_enrollment_size, tn_look_country_enrollment,
    tn_look_criteria_count, tn_look_list_count, tn_look_duplicates, tn_look_arm_count, tn_look_masked_parties;
/* check_age.c */
extern tn_rule_fn tn_look_age_order, tn_look_age_size, tn_look_std_ages;
/* check_words.c */
extern tn_rule_fn tn_look_sex_criteria, tn_look_sex_exclusion, tn_look_sex_conditions, tn_look_healthy;
/* check_place.c */
extern tn_rule_fn tn_look_country_without_site, tn_look_country_sites, tn_look_site_without_country, tn_look_removed_country,
    tn_look_coordinates, tn_look_null_island, tn_look_no_place, tn_look_no_open_site, tn_look_open_site;
/* check_state.c */
extern tn_rule_fn tn_look_missing, tn_look_stated, tn_look_value, tn_look_phase_of_type, tn_look_phase_mixed,
    tn_look_no_reason, tn_look_results_flag, tn_look_results_date, tn_look_no_interventions, tn_look_no_primary_outcome;
/* check_entry.c */
extern tn_rule_fn tn_look_related_self, tn_look_second_id, tn_look_id_type, tn_look_id_year, tn_look_reference,
    tn_look_pmid, tn_look_retracted, tn_look_own_collaborator, tn_look_names, tn_look_both_sides, tn_look_expanded_flag;

#endif
