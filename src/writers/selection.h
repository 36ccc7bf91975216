/* SPDX-License-Identifier: MIT */
/* What writers see of a selection. */
#ifndef TN_WRITERS_SELECTION_H
#define TN_WRITERS_SELECTION_H

#include <stdint.h>

#include "trialnorm/writer.h"

/* A set of members of a record type, by their index. */
typedef uint64_t tn_members;
#define TN_ALL_MEMBERS UINT64_MAX

static inline bool tn_members_have(tn_members members, int member)
{
    return (members >> member & 1) != 0;
}

/* The chosen members of a field of the trial. A field without members that can be chosen is either all or 0. */
tn_members tn_selection_members(const struct tn_selection *selection, int field);

/* True for a list or a single record: what holds texts or records, not one value. */
static inline bool tn_kind_nests(enum tn_kind kind)
{
    return kind >= TN_TEXT_LIST;
}

static inline bool tn_kind_is_texts(enum tn_kind kind)
{
    return kind == TN_TEXT_LIST || kind == TN_ENUM_LIST;
}

/* For a map whose entries are a label and one list of texts: that list's index in the entry's type; else -1. */
int tn_map_texts(const struct tn_field *field);

/* Whether `record` states any of the members. */
bool tn_states_any(const struct tn_record *record, tn_members members);

/* Whether `record` states `field`, and a nested one states something in it of the chosen members: records that were
 * emptied (by a selection, by --redact) are not shown. */
bool tn_states(const struct tn_record *record, int field, tn_members members);

#endif
