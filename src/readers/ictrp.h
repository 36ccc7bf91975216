/* SPDX-License-Identifier: MIT */
/* WHO ICTRP's exports: what their functions share. ICTRP copies the records of some twenty registers as these write them,
 * so that most values are read by what the register writes. */
#ifndef TN_READERS_ICTRP_H
#define TN_READERS_ICTRP_H

#include "normal/date.h"
#include "readers/ictrp_design.h"
#include "readers/tree.h"

/* What a register writes into the columns. */
struct tn_ictrp_register {
    const char *prefix;           /* of its TrialID */
    const char *registry;         /* its name, as identifiers have it */
    enum tn_date_order order;     /* of its dates; UNKNOWN: it writes ISO dates, so that 08/04/2024 is not its own */
    bool years;                   /* it writes ages as bare numbers, which are years */
    enum {
        TN_ICTRP_PLAIN,           /* one text */
        TN_ICTRP_CTGOV,           /* "Drug: A;Drug: B", texts wrapped at a column */
        TN_ICTRP_GROUPS,          /* "Control group:A;Experimental group:B;" */
        TN_ICTRP_EUDRACT          /* labels of EudraCT's form: "Main Objective: ...;Primary end point(s): ..." */
    } habit;
};

/* Entries of a list with which a new one is compared, and bytes of sizes in which a group is looked for: no trial has more. */
enum { TN_ICTRP_COMPARED = 1000, TN_ICTRP_SIZES = 4000 };

/* A value that is put with others of the record, when all are there. */
struct tn_ictrp_part {
    struct tn_str text; /* clean; text.s NULL: not stated */
    const char *key;
    const struct cJSON *item;
};

enum tn_ictrp_group { TN_ICTRP_CONTACT, TN_ICTRP_PUBLIC, TN_ICTRP_SCIENTIFIC, TN_ICTRP_ETHICS, TN_ICTRP_GROUP_COUNT };
enum tn_ictrp_member {
    TN_ICTRP_FIRST_NAME, TN_ICTRP_LAST_NAME, TN_ICTRP_ADDRESS, TN_ICTRP_EMAIL, TN_ICTRP_PHONE, TN_ICTRP_AFFILIATION,
    TN_ICTRP_STATUS, TN_ICTRP_DATE, TN_ICTRP_MEMBER_COUNT
};

/* What is known of the record, whatever the order of its elements or columns. */
struct tn_ictrp {
    struct tn_ictrp_register of;
    char registered[11], enrolled[11]; /* what Date_registration and Date_enrollement say for sure; "" nothing */
    struct tn_str sizes;               /* Target_size */
    bool actual_size;                  /* results_actual_enrollment is a number */
    bool day_inferred;                 /* Date_enrollment_format has a day that nobody stated */
    enum tn_ictrp_kind kind;           /* Study_type */
    bool exclusion;                    /* the exclusion criteria have a text of their own */
    struct tn_ictrp_part parts[TN_ICTRP_GROUP_COUNT][TN_ICTRP_MEMBER_COUNT];
    struct tn_ictrp_part inclusion_text, exclusion_text, timing;
};

/* The register of a TrialID; one of which nothing is known where the prefix is new. */
struct tn_ictrp_register tn_ictrp_register_of(struct tn_str trial_id);

/* Of the record that is read; made at the first call, NULL when memory is short. */
struct tn_ictrp *tn_ictrp_of(struct tn_reading *reading);

/* The value as clean text: `<br>` is a line end, and one that a carriage return stands before is the same; "" for a cell that
 * is empty by another name (`NULL` of a database, in delimited text also `NA`). */
struct tn_str tn_ictrp_text(struct tn_reading *reading, struct tn_str raw);

/* The same before markup is undone: only its line ends are made. */
struct tn_str tn_ictrp_lines(struct tn_reading *reading, struct tn_str raw);

/* The next part up to a semicolon outside of brackets; `tight`: only one with no blank behind it, which is how ICTRP joins
 * what the register has as a list. False at the end. Parts may be empty. */
bool tn_ictrp_next(struct tn_str *rest, struct tn_str *part, bool tight);

/* `2019-06` of `2019-06-01`; any other text as it is. */
struct tn_str tn_ictrp_month(struct tn_str iso);

/* Keys are compared as names of columns are. */
bool tn_ictrp_is_key(const char *key, const char *name);

/* Fields that one column fills alone (ictrp_put.c). */
tn_put_fn tn_ictrp_put, tn_ictrp_put_trial_id, tn_ictrp_put_registered, tn_ictrp_put_enrolled, tn_ictrp_put_enrolled_type,
    tn_ictrp_put_date, tn_ictrp_put_stamp, tn_ictrp_put_status, tn_ictrp_put_age, tn_ictrp_put_phase, tn_ictrp_put_size,
    tn_ictrp_put_actual_size, tn_ictrp_put_study_type, tn_ictrp_put_design, tn_ictrp_put_url, tn_ictrp_put_sex, tn_ictrp_put_timing,
    tn_ictrp_put_rest;

/* Lists in one column (ictrp_lists.c, ictrp_outcomes.c). */
tn_put_fn tn_ictrp_put_countries, tn_ictrp_put_ids, tn_ictrp_put_bridged, tn_ictrp_put_collaborators, tn_ictrp_put_funders,
    tn_ictrp_put_conditions, tn_ictrp_put_interventions, tn_ictrp_put_outcomes, tn_ictrp_put_protocol;

/* What several columns fill (ictrp_people.c, ictrp_criteria.c); put at the end. */
tn_put_fn tn_ictrp_put_part, tn_ictrp_put_criteria, tn_ictrp_put_name, tn_ictrp_keep;
void tn_ictrp_end_people(struct tn_reading *reading);
void tn_ictrp_end_criteria(struct tn_reading *reading);
void tn_ictrp_end_timing(struct tn_reading *reading);

/* Takes the last entry of a list of records out again, where nothing was put into it. */
void tn_ictrp_drop_empty(struct tn_record *trial, int field);

/* Makes a part what the reading stands at, for messages and `extra`; `trail` must live as long. */
void tn_ictrp_stand(struct tn_reading *reading, const struct tn_ictrp_part *part, struct tn_trail *trail);
struct tn_ictrp_part tn_ictrp_part_here(const struct tn_reading *reading, struct tn_str text);

extern const struct tn_tree_source tn_ictrp_2009; /* the map of the XML of 2009 */

#endif
