/* SPDX-License-Identifier: MIT */
/* Which entry of a list is which of its older version. */
#include <stdlib.h>

#include "core/str.h"
#include "trial/compare_inside.h"

enum { MOST_NAMES = 3, MOST_PARTS = 3 };

/* What names an entry of a type: fields that must all be the same, of which the first must be stated; ended by -1. One name
 * after the other is tried. */
struct naming {
    const struct tn_record_type *type;
    int names[MOST_NAMES][MOST_PARTS + 1];
};

#define TYPE(R) &tn_type_##R
static const struct naming namings[] = {
    {TYPE(identifier), {{TN_identifier_value, -1}, {-1}, {-1}}},
    {TYPE(related_trial), {{TN_related_trial_trial_id, -1}, {TN_related_trial_title, -1}, {-1}}},
    {TYPE(mesh_term), {{TN_mesh_term_id, -1}, {TN_mesh_term_term, -1}, {-1}}},
    {TYPE(condition_code), {{TN_condition_code_code, TN_condition_code_system, -1}, {TN_condition_code_term, -1}, {-1}}},
    {TYPE(arm), {{TN_arm_label, -1}, {TN_arm_description, -1}, {-1}}},
    {TYPE(intervention), {{TN_intervention_name, TN_intervention_type, -1}, {TN_intervention_name, -1}, {TN_intervention_description, -1}}},
    {TYPE(outcome), {{TN_outcome_measure, TN_outcome_kind, -1}, {TN_outcome_measure, -1}, {TN_outcome_description, -1}}},
    {TYPE(criterion), {{TN_criterion_text, -1}, {-1}, {-1}}},
    {TYPE(collaborator), {{TN_collaborator_name, -1}, {-1}, {-1}}},
    {TYPE(official), {{TN_official_name, -1}, {-1}, {-1}}},
    {TYPE(contact), {{TN_contact_name, TN_contact_kind, -1}, {TN_contact_email, -1}, {TN_contact_name, -1}}},
    {TYPE(location), {{TN_location_facility, TN_location_city, TN_location_zip, -1},
                      {TN_location_facility, TN_location_city, -1},
                      {TN_location_city, TN_location_country, TN_location_facility, -1}}},
    {TYPE(country), {{TN_country_code, -1}, {TN_country_name, -1}, {-1}}},
    {TYPE(ethics), {{TN_ethics_body, TN_ethics_reference, -1}, {TN_ethics_body, -1}, {-1}}},
    {TYPE(ipd_link), {{TN_ipd_link_id, -1}, {TN_ipd_link_url, -1}, {-1}}},
    {TYPE(publication), {{TN_publication_pmid, -1}, {TN_publication_citation, -1}, {-1}}},
    {TYPE(link), {{TN_link_url, -1}, {TN_link_label, -1}, {-1}}},
    {TYPE(document), {{TN_document_filename, -1}, {TN_document_url, -1}, {TN_document_label, -1}}},
    {TYPE(warning), {{TN_warning_message, TN_warning_code, -1}, {TN_warning_field, TN_warning_code, -1}, {-1}}},
    {TYPE(extra_value), {{TN_extra_value_label, -1}, {-1}, {-1}}},
    {TYPE(origin), {{TN_origin_field, -1}, {-1}, {-1}}},
};

/* An entry that has no partner yet. */
struct single {
    uint64_t hash;
    size_t at;
};

static int by_hash(const void *a, const void *b)
{
    const struct single *one = a, *other = b;
    if (one->hash != other->hash)
        return one->hash < other->hash ? -1 : 1;
    return one->at < other->at ? -1 : one->at > other->at;
}

/* By what entries are paired: `name` NULL by all that they say. */
static bool same_name(const struct tn_pairing *pairing, const int *name, size_t old_at, size_t new_at)
{
    if (!name)
        return tn_same_entry(pairing->before, old_at, pairing->now, new_at, pairing->field);
    const struct tn_record *a = tn_record_at(pairing->before, pairing->field, old_at);
    const struct tn_record *b = tn_record_at(pairing->now, pairing->field, new_at);
    while (*name >= 0 && tn_same_value(a, b, *name))
        name++;
    return *name < 0;
}

/* The entries of one list that have no partner and do have that name, sorted; their number. */
static size_t gather(const tn_trial *trial, int field, const size_t *partner, size_t count, const int *name, struct single *out)
{
    size_t len = 0;
    for (size_t i = 0; i < count; i++) {
        const struct tn_record *entry = name ? tn_record_at(trial, field, i) : NULL;
        if (partner[i] != TN_UNPAIRED || (name && !tn_has(entry, *name)))
            continue;
        uint64_t hash = name ? 0 : tn_hash_entry(trial, field, i);
        for (const int *part = name; part && *part >= 0; part++)
            hash = tn_hash_value(entry, *part, hash);
        out[len++] = (struct single){hash, i};
    }
    qsort(out, len, sizeof *out, by_hash);
    return len;
}

static void join(struct tn_pairing *pairing, size_t old_at, size_t new_at)
{
    pairing->new_of[old_at] = new_at;
    pairing->old_of[new_at] = old_at;
}

/* Pairs those of the same name, the first of several with the first. */
static void pair_named(struct tn_pairing *pairing, const int *name, struct single *olds, struct single *news)
{
    size_t old_len = gather(pairing->before, pairing->field, pairing->new_of, pairing->old_count, name, olds);
    size_t new_len = gather(pairing->now, pairing->field, pairing->old_of, pairing->new_count, name, news);
    for (size_t i = 0, k = 0; i < old_len && k < new_len;) {
        if (olds[i].hash != news[k].hash) {
            bool behind = olds[i].hash < news[k].hash;
            i += behind;
            k += !behind;
            continue;
        }
        if (same_name(pairing, name, olds[i].at, news[k].at))
            join(pairing, olds[i].at, news[k].at);
        i++;
        k++;
    }
}

/* Most lists are the same but for an entry or two: what is equal at both ends needs no hash. */
static void pair_ends(struct tn_pairing *pairing)
{
    size_t least = pairing->old_count < pairing->new_count ? pairing->old_count : pairing->new_count;
    size_t head = 0, tail = 0;
    while (head < least && same_name(pairing, NULL, head, head)) {
        join(pairing, head, head);
        head++;
    }
    while (tail < least - head && same_name(pairing, NULL, pairing->old_count - 1 - tail, pairing->new_count - 1 - tail)) {
        join(pairing, pairing->old_count - 1 - tail, pairing->new_count - 1 - tail);
        tail++;
    }
}

/* Entries without a partner that stand between the same neighbours, as many on both sides, stand for each other. */
static void pair_in_place(struct tn_pairing *pairing)
{
    for (size_t i = 0, k = 0; i < pairing->old_count && k < pairing->new_count;) {
        size_t old_len = 0, new_len = 0;
        while (i + old_len < pairing->old_count && pairing->new_of[i + old_len] == TN_UNPAIRED)
            old_len++;
        while (k + new_len < pairing->new_count && pairing->old_of[k + new_len] == TN_UNPAIRED)
            new_len++;
        size_t next = i + old_len < pairing->old_count ? pairing->new_of[i + old_len] : pairing->new_count;
        bool same_place = next == k + new_len && old_len == new_len;
        for (size_t n = 0; same_place && n < old_len; n++)
            join(pairing, i + n, k + n);
        i += old_len + 1;
        k = next + 1;
        if (next == pairing->new_count)
            break;
    }
}

static const struct naming *naming_of(const struct tn_record_type *type)
{
    for (size_t i = 0; i < sizeof namings / sizeof namings[0]; i++)
        if (namings[i].type == type)
            return &namings[i];
    return NULL;
}

static size_t *unpaired(struct tn_arena *arena, size_t count)
{
    size_t *partners = tn_arena_alloc(arena, (count + 1) * sizeof *partners);
    for (size_t i = 0; partners && i < count; i++)
        partners[i] = TN_UNPAIRED;
    return partners;
}

bool tn_pair_entries(struct tn_arena *arena, struct tn_pairing *pairing)
{
    const struct tn_record_type *type = tn_record_type_of(pairing->now)->fields[pairing->field].record;
    const struct naming *naming = type ? naming_of(type) : NULL;
    pairing->old_count = tn_count(pairing->before, pairing->field);
    pairing->new_count = tn_count(pairing->now, pairing->field);
    pairing->new_of = unpaired(arena, pairing->old_count);
    pairing->old_of = unpaired(arena, pairing->new_count);
    struct single *olds = tn_arena_alloc(arena, (pairing->old_count + 1) * sizeof *olds);
    struct single *news = tn_arena_alloc(arena, (pairing->new_count + 1) * sizeof *news);
    if (!pairing->new_of || !pairing->old_of || !olds || !news)
        return false;
    pair_ends(pairing);
    pair_named(pairing, NULL, olds, news);
    for (int i = 0; naming && i < MOST_NAMES && naming->names[i][0] >= 0; i++)
        pair_named(pairing, naming->names[i], olds, news);
    pair_in_place(pairing);
    return true;
}
