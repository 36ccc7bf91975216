/* SPDX-License-Identifier: MIT */
/* schema.org's MedicalTrial, MedicalStudy and MedicalObservationalStudy, as pages carry them in JSON-LD:
 * https://schema.org/MedicalStudy, https://schema.org/MedicalTrial, https://schema.org/MedicalObservationalStudy */
#ifndef TN_READERS_SCHEMA_ORG_H
#define TN_READERS_SCHEMA_ORG_H

#include "readers/tree.h"

/* The rows, for tn_worker_map. `signature` is empty: schema.org data are found in pages, never claimed as a file. */
extern const struct tn_tree_source tn_schema_org_source;

/* Makes the rows' reader known to tn_worker_map; never asked to detect or read. */
extern const struct tn_reader tn_schema_org_reader;

/* True for an object of one of the three types, however the type is written (alone or in a list, with `schema:` or
 * schema.org's address before it). */
bool tn_schema_org_is_study(const cJSON *item);

/* The member `name` of an object, with or without the same before it; NULL where there is none. */
const cJSON *tn_schema_org_member(const cJSON *item, const char *name);

/* The last part of a schema.org word: "MedicalTrial" of "https://schema.org/MedicalTrial" and "schema:MedicalTrial". */
struct tn_str tn_schema_org_word(struct tn_str text);

/* Prepares a study for the walk, changing its tree: members without a prefix, {"@value": x} as x, `@type` of what is
 * inside said by the names of its members, references ({"@id": "#sponsor"}) to the `count` nodes beside it as what they
 * stand for. Depth is bound by that of the tree (TN_MAX_DEPTH). */
void tn_schema_org_prepare(cJSON *study, cJSON *const *nodes, size_t count);

/* Fills reading->trial from a prepared study. */
void tn_schema_org_walk(struct tn_reading *reading, const struct tn_tree_map *map, const cJSON *study);

#endif
