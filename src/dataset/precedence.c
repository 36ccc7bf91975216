/* SPDX-License-Identifier: MIT */
#include "dataset/precedence.h"

#include "trialnorm/reader.h"

static const struct tn_precedence rows[] = {
    {"ctgov-v2", TN_SOURCE_REGISTRY, "ClinicalTrials.gov", false},
    {"ctgov-xml", TN_SOURCE_REGISTRY, "ClinicalTrials.gov", false},
    {"ctgov-v1", TN_SOURCE_REGISTRY, "ClinicalTrials.gov", false},
    {"ctgov-csv", TN_SOURCE_REGISTRY, "ClinicalTrials.gov", false},
    {"ctgov-json-fields", TN_SOURCE_REGISTRY, "ClinicalTrials.gov", false},
    {"ctgov-page", TN_SOURCE_REGISTRY, "ClinicalTrials.gov", false},
    {"ctis", TN_SOURCE_REGISTRY, "CTIS", false},
    {"euctr", TN_SOURCE_REGISTRY, "EUCTR", true},
    {"euctr-page", TN_SOURCE_REGISTRY, "EUCTR", true},
    {"isrctn", TN_SOURCE_REGISTRY, "ISRCTN", false},
    {"anzctr", TN_SOURCE_REGISTRY, "ANZCTR", false},
    {"drks", TN_SOURCE_REGISTRY, "DRKS", false},
    {"cris-page", TN_SOURCE_REGISTRY, "CRiS", false},
    {"chictr-page", TN_SOURCE_REGISTRY, "ChiCTR", false},
    {"who-xml", TN_SOURCE_COPY, NULL, false}, /* registers' own exports, but also WHO's */
    {"aact", TN_SOURCE_COPY, NULL, false},
    {"ictrp", TN_SOURCE_COPY, NULL, false},
    {"gsk-studyregister", TN_SOURCE_SPONSOR, NULL, false},
    {"takeda", TN_SOURCE_SPONSOR, NULL, false},
    {"ctv-veeva", TN_SOURCE_AGGREGATOR, NULL, false},
    {"clinconnect", TN_SOURCE_AGGREGATOR, NULL, false},
    {"clinicaltrialsfinder", TN_SOURCE_AGGREGATOR, NULL, false},
    {"ignite-sd", TN_SOURCE_AGGREGATOR, NULL, false},
    {"meddatax", TN_SOURCE_AGGREGATOR, NULL, false},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static const struct tn_precedence other = {"", TN_SOURCE_OTHER, NULL, false};

/* Registries that take trials from everywhere first, then those of regions and countries by their names. */
static const char *const registries[] = {"ClinicalTrials.gov", "CTIS", "EUCTR", "ISRCTN", "ANZCTR"};

enum { REGISTRIES = sizeof registries / sizeof registries[0], RANKS_BEHIND = 1000 };

const struct tn_precedence *tn_precedence_of(struct tn_str reader)
{
    for (size_t i = 0; i < ROWS; i++)
        if (tn_str_eq(reader, tn_str_of(rows[i].reader)))
            return &rows[i];
    return &other;
}

const struct tn_precedence *tn_precedences(size_t *count)
{
    *count = ROWS;
    return rows;
}

const char *tn_source_kind_name(enum tn_source_kind kind)
{
    static const char *const names[] = {"registry", "copy", "sponsor", "aggregator", "other"};
    return names[kind];
}

/* Cuts the next name off "a,b,c". */
static bool next_name(struct tn_str *rest, struct tn_str *name)
{
    if (!rest->s)
        return false;
    size_t comma = tn_str_find_char(*rest, ',');
    *name = tn_str_trim(tn_str_slice(rest->s, comma == TN_NO_OFFSET ? rest->len : comma));
    *rest = comma == TN_NO_OFFSET ? (struct tn_str){NULL, 0} : tn_str_from(*rest, comma + 1);
    return true;
}

unsigned tn_precedence_rank(struct tn_str prefer, struct tn_str reader, struct tn_str registry)
{
    struct tn_str name;
    for (unsigned rank = 0; next_name(&prefer, &name); rank++)
        if (tn_str_eq(name, reader))
            return rank;
    const struct tn_precedence *row = tn_precedence_of(reader);
    bool of_another = row->registry && !tn_str_eq(registry, tn_str_of(row->registry));
    return RANKS_BEHIND + (unsigned)(of_another ? TN_SOURCE_COPY : row->kind);
}

unsigned tn_registry_rank(struct tn_str registry)
{
    unsigned rank = 0;
    while (rank < REGISTRIES && !tn_str_eq(registry, tn_str_of(registries[rank])))
        rank++;
    return rank;
}

struct tn_str tn_precedence_unknown(struct tn_str prefer)
{
    struct tn_str name;
    while (next_name(&prefer, &name)) {
        const struct tn_reader *const *reader = tn_readers();
        while (*reader && !tn_str_eq(name, tn_str_of((*reader)->name)))
            reader++;
        if (!*reader && name.len > 0)
            return name;
    }
    return (struct tn_str){NULL, 0};
}
