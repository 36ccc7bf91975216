/* SPDX-License-Identifier: MIT */
#include "readers/ctgov_fields.h"

#include "readers/ctgov_v2.h"

enum { MOST_MEMBERS = 6 };

/* Lists of the same length, whose entries belong together: the first is the one that an entry is known by. */
struct group {
    const char *name;
    const char *members[MOST_MEMBERS + 1];
};

static const struct group groups[] = {
    {"SecondaryIdInfo", {"SecondaryId", "SecondaryIdType", "SecondaryIdDomain", "SecondaryIdLink"}},
    {"ResponsibleParty", {"ResponsiblePartyType", "ResponsiblePartyInvestigatorFullName",
                      "ResponsiblePartyInvestigatorTitle", "ResponsiblePartyInvestigatorAffiliation",
                      "ResponsiblePartyOldNameTitle", "ResponsiblePartyOldOrganization"}},
    {"Collaborator", {"CollaboratorName", "CollaboratorClass"}},
    {"ArmGroup", {"ArmGroupLabel", "ArmGroupType", "ArmGroupDescription"}},
    {"Intervention", {"InterventionName", "InterventionType", "InterventionDescription"}},
    {"PrimaryOutcome", {"PrimaryOutcomeMeasure", "PrimaryOutcomeDescription", "PrimaryOutcomeTimeFrame"}},
    {"SecondaryOutcome", {"SecondaryOutcomeMeasure", "SecondaryOutcomeDescription", "SecondaryOutcomeTimeFrame"}},
    {"OtherOutcome", {"OtherOutcomeMeasure", "OtherOutcomeDescription", "OtherOutcomeTimeFrame"}},
    {"CentralContact", {"CentralContactName", "CentralContactRole", "CentralContactPhone", "CentralContactPhoneExt",
                    "CentralContactEMail"}},
    {"OverallOfficial", {"OverallOfficialName", "OverallOfficialAffiliation", "OverallOfficialRole"}},
    {"Location", {"LocationFacility", "LocationCity", "LocationState", "LocationZip", "LocationCountry",
              "LocationStatus"}},
    {"Reference", {"ReferenceCitation", "ReferencePMID", "ReferenceType"}},
    {"SeeAlsoLink", {"SeeAlsoLinkURL", "SeeAlsoLinkLabel"}},
    {"AvailIPD", {"AvailIPDId", "AvailIPDType", "AvailIPDURL", "AvailIPDComment"}},
    {"ConditionMesh", {"ConditionMeshTerm", "ConditionMeshId"}},
    {"ConditionAncestor", {"ConditionAncestorTerm", "ConditionAncestorId"}},
    {"InterventionMesh", {"InterventionMeshTerm", "InterventionMeshId"}},
    {"InterventionAncestor", {"InterventionAncestorTerm", "InterventionAncestorId"}},
};

static cJSON *new_item(struct tn_arena *arena, int type, const char *key)
{
    cJSON *item = tn_arena_zero(arena, sizeof *item);
    if (item) {
        item->type = type;
        item->string = (char *)(uintptr_t)key;
    }
    return item;
}

static cJSON **append(cJSON **last, cJSON *item)
{
    if (!item)
        return last;
    *last = item;
    return &item->next;
}

static cJSON *copy_item(struct tn_arena *arena, const cJSON *from, const char *key)
{
    cJSON *item = new_item(arena, from->type, key);
    if (item) {
        *item = *from;
        item->string = (char *)(uintptr_t)key;
        item->next = item->prev = NULL;
    }
    return item;
}

/* Adds the entries of one text: `a|b` holds two. Empty ones keep their place. */
static cJSON **add_entries(struct tn_arena *arena, cJSON **last, const cJSON *from)
{
    if ((from->type & 0xFF) != cJSON_String || !strchr(from->valuestring, '|'))
        return append(last, copy_item(arena, from, NULL));
    struct tn_str rest = tn_str_of(from->valuestring);
    for (;;) {
        size_t bar = tn_str_find_char(rest, '|');
        cJSON *item = new_item(arena, cJSON_String, NULL);
        struct tn_str part = tn_str_trim(tn_str_slice(rest.s, bar == TN_NO_OFFSET ? rest.len : bar));
        if (item)
            item->valuestring = (char *)(uintptr_t)tn_str_copy(arena, part).s;
        if (item && !item->valuestring)
            return last;
        last = append(last, item);
        if (bar == TN_NO_OFFSET)
            return last;
        rest = tn_str_from(rest, bar + 1);
    }
}

static size_t count_items(const cJSON *item)
{
    size_t count = 0;
    for (; item; item = item->next)
        count++;
    return count;
}

/* The entries of a member, as a chain; NULL where there are none. */
static cJSON *entries_of(struct tn_arena *arena, const cJSON *member)
{
    cJSON *entries = NULL, **last = &entries;
    if (!member)
        return NULL;
    if ((member->type & 0xFF) != cJSON_Array)
        add_entries(arena, last, member);
    else
        for (const cJSON *item = member->child; item; item = item->next)
            last = add_entries(arena, last, item);
    return entries;
}

/* The entries of a group as an array of objects, under the group's name; `taken` gets the members that are in it. */
static cJSON *join(struct tn_reading *reading, const struct group *group, const cJSON *tree, const cJSON **taken)
{
    struct tn_arena *arena = reading->arena;
    cJSON *chains[MOST_MEMBERS] = {NULL};
    size_t entries = 0;
    const char *first = group->members[0];
    for (size_t i = 0; group->members[i]; i++) {
        taken[i] = cJSON_GetObjectItemCaseSensitive(tree, group->members[i]);
        chains[i] = entries_of(arena, taken[i]);
        size_t count = count_items(chains[i]);
        if (count && !entries) {
            entries = count;
            first = group->members[i];
        }
        if (count && count != entries) {
            tn_warn(reading, TN_INCONSISTENT, NULL, 0, "%s has another number of entries than %s: nobody knows which belong "
                    "together", group->members[i], first);
            chains[i] = NULL;
        }
        taken[i] = chains[i] ? taken[i] : NULL;
    }
    cJSON *array = entries ? new_item(arena, cJSON_Array, group->name) : NULL, **last = array ? &array->child : NULL;
    for (size_t n = 0; array && n < entries; n++) {
        cJSON *entry = new_item(arena, cJSON_Object, NULL), **end = entry ? &entry->child : NULL;
        for (size_t i = 0; entry && group->members[i]; i++) {
            cJSON *next = chains[i] ? chains[i]->next : NULL;
            if (chains[i])
                end = append(end, copy_item(arena, chains[i], group->members[i]));
            chains[i] = next;
        }
        last = append(last, entry);
    }
    return array;
}

static bool is_among(const cJSON *item, const cJSON *const *taken, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (taken[i] == item)
            return true;
    return false;
}

const cJSON *tn_fields_prepare(struct tn_reading *reading, const cJSON *tree)
{
    enum { GROUPS = sizeof groups / sizeof groups[0] };
    const cJSON *taken[GROUPS * MOST_MEMBERS] = {NULL};
    if (cJSON_GetObjectItemCaseSensitive(tree, "ProtocolSection")) /* not flat */
        return tree;
    cJSON *joined = new_item(reading->arena, cJSON_Object, NULL), **last = joined ? &joined->child : NULL;
    if (!joined)
        return tree;
    cJSON *arrays = NULL, **end = &arrays;
    for (size_t i = 0; i < GROUPS; i++)
        end = append(end, join(reading, &groups[i], tree, taken + i * MOST_MEMBERS));
    for (const cJSON *item = tree->child; item; item = item->next)
        if (!is_among(item, taken, GROUPS * MOST_MEMBERS))
            last = append(last, copy_item(reading->arena, item, item->string));
    *last = arrays;
    return joined;
}

static void put_typed(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value,
                      const char *type)
{
    struct tn_str rest = value->text, entry;
    while (tn_next_bar(&rest, &entry)) {
        struct tn_record *number = tn_add_record(record, field);
        struct tn_stated one = tn_stated_of(entry);
        tn_put_identifier(reading, number, TN_identifier_value, &one);
        if (number && !tn_has(number, TN_identifier_type))
            tn_set_text(number, TN_identifier_type, tn_str_of(type));
    }
}

void tn_put_bar_aliases(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    put_typed(reading, record, field, value, "NCT_ALIAS");
}

void tn_put_bar_org_ids(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    put_typed(reading, record, field, value, "ORG_STUDY_ID");
}

/* "D000001008" of version 1 is the term's D001008, which version 2 writes. */
void tn_put_mesh_id(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str id = value->text;
    struct tn_stated proper = *value;
    if (id.len == 10 && tn_str_starts(tn_str_from(id, 1), TN_LIT("000")))
        proper = tn_stated_of(tn_str_format(reading->arena, "%c%s", id.s[0], id.s + 4));
    tn_put(reading, record, field, &proper);
}
