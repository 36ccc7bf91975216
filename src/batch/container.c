/* SPDX-License-Identifier: MIT */
/* What containers say of themselves. */
#include "batch/batch.h"

/* The members by which a page of an interface says how much there is. The last step of the member's path counts:
 * ClinicalTrials.gov's older interface wraps everything in `FullStudiesResponse`. */
static const struct {
    struct tn_str name;
    bool more; /* the member names a next page; otherwise it is the number of records */
} statements[] = {
    {{"totalCount", 10}, false},
    {{"@totalCount", 11}, false}, /* ISRCTN: <allTrials totalCount="31"> */
    {{"search_results.@count", 21}, false}, /* ClinicalTrials.gov until 2024 */
    {{"NStudiesFound", 13}, false},
    {{"nextPageToken", 13}, true},
    {{"totalRecords", 12}, false}, /* CTIS */
    {{"nextPage", 8}, true},
};

static struct tn_str last_step(struct tn_str path)
{
    for (size_t i = path.len; i > 0; i--)
        if (path.s[i - 1] == '.')
            return tn_str_from(path, i);
    return path;
}

/* A token, or true. */
static bool says_more(struct tn_str text)
{
    return text.len && !tn_str_eq(text, TN_LIT("null")) && !tn_str_eq(text, TN_LIT("false"));
}

static void hold_against(const struct tn_split_member *member, const struct tn_container *container, size_t *total,
                         bool *more)
{
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        unsigned long count;
        if (!tn_str_eq(last_step(member->name), statements[i].name) && !tn_str_eq(member->name, statements[i].name))
            continue;
        if (statements[i].more)
            *more = *more || says_more(member->text);
        else if (tn_str_uint(member->text, 1000000000000, &count) && count > container->records)
            *total = count;
    }
}

void tn_batch_container(struct tn_batch *batch, const struct tn_container *container)
{
    size_t total = 0;
    bool more = false;
    for (size_t i = 0; i < container->count; i++)
        hold_against(&container->members[i], container, &total, &more);
    struct tn_error error;
    if (total)
        tn_error_set(&error, TN_WARN, TN_TRUNCATED_LIST, NULL, "the source says that there are %zu records, here %s %zu",
                     total, container->records == 1 ? "is" : "are", container->records);
    else if (more)
        tn_error_set(&error, TN_WARN, TN_TRUNCATED_LIST, NULL, "the source says that there is a next page");
    else
        return;
    error.line = container->line;
    tn_batch_report(batch, &error);
}
