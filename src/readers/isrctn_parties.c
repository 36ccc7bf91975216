/* SPDX-License-Identifier: MIT */
/* Contacts, sponsors and funders of the ISRCTN registry, which stand beside the trial: <parties> of the trial names
 * their ids, in the registry's order. */
#include "readers/isrctn.h"

#include "normal/fold.h"
#include "readers/put_parts.h"

enum { MOST_PARTIES = 1000 };

/* The first of a member's values: of an array its elements follow, of a single one nothing does. */
static const cJSON *first_of(const cJSON *member)
{
    return cJSON_IsArray(member) ? member->child : member;
}

static const cJSON *next_of(const cJSON *member, const cJSON *value)
{
    return cJSON_IsArray(member) ? value->next : NULL;
}

/* An id is an element's text, or the text of one that has attributes. */
static struct tn_str id_text(const cJSON *id)
{
    return cJSON_IsString(id) ? tn_str_trim(tn_str_of(id->valuestring)) : tn_tree_text(id, "#");
}

/* The element of that id among those of a kind; NULL where there is none. */
static const cJSON *with_id(const cJSON *parties, struct tn_str id)
{
    const cJSON *party = first_of(parties);
    for (int i = 0; party && i < MOST_PARTIES; party = next_of(parties, party), i++)
        if (tn_str_eq(tn_tree_text(party, "@id"), id))
            return party;
    return NULL;
}

/* The trial's references of a kind: `sponsorId`. */
static const cJSON *references(const cJSON *root, const char *kind)
{
    return tn_tree_member(tn_tree_member(tn_tree_member(root, "trial"), "parties"), kind);
}

static bool is_referenced(const cJSON *ids, struct tn_str id)
{
    const cJSON *reference = first_of(ids);
    for (int i = 0; reference && i < MOST_PARTIES; reference = next_of(ids, reference), i++)
        if (tn_str_eq(id_text(reference), id))
            return true;
    return false;
}

/* The sponsor that the trial names first, else the first one. */
static const cJSON *find_lead(const cJSON *root)
{
    const cJSON *sponsors = tn_tree_member(root, "sponsor"), *ids = references(root, "sponsorId"), *id = first_of(ids);
    for (int i = 0; id && i < MOST_PARTIES; id = next_of(ids, id), i++) {
        const cJSON *sponsor = with_id(sponsors, id_text(id));
        if (sponsor)
            return sponsor;
    }
    return first_of(sponsors);
}

/* Looked for once in a record. */
static bool is_lead(struct tn_reading *reading, const cJSON *sponsor)
{
    const cJSON **lead = reading->own;
    if (!lead) {
        lead = tn_arena_alloc(reading->arena, sizeof(const cJSON *));
        if (!lead)
            return false;
        *lead = find_lead(tn_isrctn_root(reading));
        reading->own = lead;
    }
    return *lead == sponsor;
}

void tn_isrctn_put_sponsor(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    if (tn_isrctn_says_nothing(value->text) || tn_str_trim(value->text).len == 0)
        tn_put_extra_here(reading, value);
    else if (is_lead(reading, tn_tree_at(reading, 1)))
        tn_isrctn_put(reading, record, field, value);
    else
        tn_isrctn_put(reading, tn_add_record(record, TN_trial_collaborators), TN_collaborator_name, value);
}

/* Industry and Commercial are the class INDUSTRY; the registry's other words are of another kind than the classes. */
void tn_isrctn_put_sponsor_type(struct tn_reading *reading, struct tn_record *record, int field,
                                const struct tn_stated *value)
{
    struct tn_str text = tn_str_trim(value->text);
    bool industry = tn_str_eq_fold(text, TN_LIT("Industry")) || tn_str_eq_fold(text, TN_LIT("Commercial"));
    bool xml = reading->raw->syntax == TN_SYNTAX_XML;
    bool lead = !xml || is_lead(reading, tn_tree_at(reading, 1));
    if (industry && lead)
        tn_put_clean(reading, record, field, TN_LIT("INDUSTRY"), value->text);
    tn_put_extra_here(reading, value);
}

void tn_isrctn_put_sponsor_country(struct tn_reading *reading, struct tn_record *record, int field,
                                   const struct tn_stated *value)
{
    if (is_lead(reading, tn_tree_at(reading, 2)) && !tn_fold_absent(value->text))
        tn_put(reading, record, field, value);
    else
        tn_put_extra_here(reading, value);
}

void tn_isrctn_put_part(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (tn_fold_absent(value->text) || tn_isrctn_says_nothing(value->text))
        tn_put_extra_here(reading, value);
    else if (record->type == &tn_type_ethics || (record->type == &tn_type_contact && field == TN_contact_address))
        tn_put_joined(reading, record, field, value);
    else
        tn_put(reading, record, field, value);
}

static struct tn_str name_part(const cJSON *contact, const char *key)
{
    struct tn_str text = tn_tree_text(contact, key);
    return tn_fold_absent(text) ? TN_LIT("") : text;
}

/* Both names are put when the last one, or the only one, comes. */
static struct tn_str full_name(struct tn_reading *reading, const cJSON *contact)
{
    struct tn_str first = name_part(contact, "forename"), last = name_part(contact, "surname");
    if (first.len == 0 || last.len == 0)
        return first.len ? first : last;
    return tn_str_format(reading->arena, "%.*s %.*s", (int)first.len, first.s, (int)last.len, last.s);
}

void tn_isrctn_put_name(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated name = tn_stated_of(full_name(reading, tn_tree_at(reading, 1)));
    (void)value;
    if (name.text.len && !tn_has(record, field))
        tn_put_person(reading, record, field, &name);
}

/* A contact is public or scientific; one that is both is told by the first, and the other word stays in `extra`. */
void tn_isrctn_put_contact_type(struct tn_reading *reading, struct tn_record *record, int field,
                                const struct tn_stated *value)
{
    struct tn_str text = tn_str_trim(value->text);
    bool kind = tn_str_eq_fold(text, TN_LIT("Public")) || tn_str_eq_fold(text, TN_LIT("Scientific"));
    bool principal = tn_str_eq_fold(text, TN_LIT("Principal investigator"));
    if (kind && !tn_has(record, field)) {
        tn_put(reading, record, field, value);
    } else if (principal && !tn_has(record, TN_contact_role)) {
        tn_put(reading, record, TN_contact_role, value);
        struct tn_stated name = tn_stated_of(tn_text(record, TN_contact_name));
        struct tn_record *official = name.text.len ? tn_add_record(reading->trial, TN_trial_officials) : NULL;
        tn_put(reading, official, TN_official_name, &name);
        tn_put(reading, official, TN_official_role, value);
    } else {
        tn_put_extra_here(reading, value);
    }
}

static void check(struct tn_reading *reading, const cJSON *root, const char *kind, const char *reference)
{
    const cJSON *parties = tn_tree_member(root, kind), *ids = references(root, reference), *id = first_of(ids);
    for (int i = 0; id && i < MOST_PARTIES; id = next_of(ids, id), i++)
        if (id_text(id).len && !with_id(parties, id_text(id)))
            tn_warn(reading, TN_LOST_VALUE, NULL, 0, "the trial names a %s that is not there: %.60s", kind,
                    id_text(id).s);
    const cJSON *party = first_of(parties);
    for (int i = 0; ids && party && i < MOST_PARTIES; party = next_of(parties, party), i++)
        if (!is_referenced(ids, tn_tree_text(party, "@id")))
            tn_warn(reading, TN_INCONSISTENT, NULL, 0, "a %s stands beside the trial, which does not name it", kind);
}

void tn_isrctn_put_parties(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    const cJSON *root = tn_isrctn_root(reading);
    (void)record;
    (void)field;
    (void)value;
    check(reading, root, "contact", "contactId");
    check(reading, root, "sponsor", "sponsorId");
    check(reading, root, "funder", "funderId");
}
