/* SPDX-License-Identifier: MIT */
/* Values that carry no label are known by their shape. Shared by all sites. */
#ifndef TN_READERS_PAGE_SHAPE_H
#define TN_READERS_PAGE_SHAPE_H

#include "normal/place.h"
#include "trialnorm/trial.h"

enum tn_shape {
    TN_SHAPE_NONE,
    TN_SHAPE_TEXT,         /* anything */
    TN_SHAPE_WORD,         /* a word of the field's vocabulary, in any spelling: RECRUITING, Active, not recruiting */
    TN_SHAPE_EXACT,        /* a word of the field's vocabulary to the byte */
    TN_SHAPE_PHASE,        /* PHASE1/PHASE2, Phase 2, NA */
    TN_SHAPE_PARTICIPANTS, /* 30 participants */
    TN_SHAPE_GROUPS,       /* 120 participants in 2 patient groups, including a placebo group */
    TN_SHAPE_DATE,         /* 2024-09-01, Jul 3, 2025; also one that no calendar has */
    TN_SHAPE_AGE,          /* 18 Years */
    TN_SHAPE_TRUTH,        /* Yes, No */
    TN_SHAPE_ID,           /* a registry identifier and nothing else */
    TN_SHAPE_PLACE,        /* City, State, Country */
    TN_SHAPE_SITE,         /* Facility, City, State, Country */
    TN_SHAPE_CLINIC,       /* Clinic | City, ST */
    TN_SHAPE_URL,          /* <https://…> or https://… */
    TN_SHAPE_PLACE_DOWN,   /* Country, State, City, postal code */
    TN_SHAPE_TYPED,        /* Experimental: Name; a word of the record's field `type` before the colon, or none */
    TN_SHAPE_ARMS,         /* labels of arms, apart by commas */
    TN_SHAPE_PARTY,        /* Person, degrees, Organization; or the sponsor */
    TN_SHAPE_NUMBER,       /* Multi-center (Number of center : 15): a text with one number */
    TN_SHAPE_MASKED,       /* Double Blind (Subject, Investigator) */
    TN_SHAPE_GIVEN         /* drug: Ramipril; what an arm gets, one a line */
};

/* True when `text` has the shape; `field` says which vocabulary is meant (only WORD and EXACT look at it). */
bool tn_shape_fits(enum tn_shape shape, const struct tn_field *field, struct tn_str text);

/* What is inside a text that fits; all slices of it. */
struct tn_str tn_shape_participants(struct tn_str text); /* the digits of PARTICIPANTS and GROUPS */
struct tn_str tn_shape_groups(struct tn_str text);       /* the digits of the number of groups */
struct tn_str tn_shape_groups_rest(struct tn_str text);  /* what stands behind the comma: "including a placebo group" */
struct tn_str tn_shape_number(struct tn_str text);       /* the digits of NUMBER; empty: none, or several */
struct tn_str tn_shape_url(struct tn_str text);          /* without < and > */

/* Both limits of age in one line: "18 to 65 years old", "18+ years old", "Under 18". Slices of it; empty: no limit. */
struct tn_ages {
    struct tn_str minimum, minimum_unit, maximum, maximum_unit; /* digits, and what they count */
    bool coarser;                                               /* the line says more, or less clearly */
};
bool tn_shape_ages(struct tn_str text, struct tn_ages *ages);

bool tn_shape_clinic(struct tn_str text, struct tn_place *place);

#endif
