/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "dataset/link_score.h"

static const char *const part_names[TN_LINK_PARTS] = {
    [TN_LINK_SUMMARY] = "summary",   [TN_LINK_DESCRIPTION] = "description", [TN_LINK_CRITERIA] = "criteria",
    [TN_LINK_OUTCOMES] = "outcomes", [TN_LINK_ARMS] = "arms",
};

static void add(struct tn_buf *out, const char *text)
{
    tn_buf_str(out, tn_str_of(text));
}

/* A value from 0 to 1 with two digits, whatever the locale; never rounded up to 1. */
static void add_share(struct tn_buf *out, double share)
{
    char text[8];
    unsigned hundredths = (unsigned)(share * 100 + 0.000001);
    snprintf(text, sizeof text, "%u.%02u", hundredths / 100 % 10, hundredths % 100);
    add(out, text);
}

static void add_count(struct tn_buf *out, size_t count)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", count);
    add(out, text);
}

static void add_texts(struct tn_buf *out, const struct tn_link_page *page, const struct tn_link_candidate *best)
{
    const char *comma = "";
    if (best->seen.title_words) {
        add(out, "title ");
        add_share(out, best->seen.title);
        comma = ", ";
    }
    for (int part = 0; part < TN_LINK_PARTS; part++) {
        size_t count = tn_link_page_count(page, (enum tn_link_part)part);
        if (count == 0)
            continue;
        add(out, comma);
        add(out, part_names[part]);
        add(out, " ");
        add_share(out, (double)best->seen.found[part] / (double)count);
        add(out, " (");
        add_count(out, best->seen.found[part]);
        add(out, " of ");
        add_count(out, count);
        add(out, ")");
        comma = ", ";
    }
}

/* "sponsor, sex and sites agree" */
static void add_agreeing(struct tn_buf *out, const struct tn_link_facts *facts)
{
    size_t count = 0, done = 0;
    for (int i = 0; i < TN_LINK_FACTS; i++)
        count += facts->verdicts[i] == TN_LINK_AGREES;
    for (int i = 0; i < TN_LINK_FACTS; i++) {
        if (facts->verdicts[i] != TN_LINK_AGREES)
            continue;
        add(out, done == 0 || done + 1 < count ? ", " : " and ");
        add(out, tn_link_fact_name(i));
        done++;
    }
    if (count)
        add(out, count == 1 ? " agrees" : " agree");
}

static void add_differing(struct tn_buf *out, const tn_trial *trial, const struct tn_link_facts *facts)
{
    const char *comma = "; ";
    for (int i = 0; i < TN_LINK_FACTS; i++) {
        char buffer[TN_VALUE_MAX];
        if (facts->verdicts[i] < TN_LINK_DIFFERS)
            continue;
        struct tn_str value = tn_link_fact_value(trial, i, buffer);
        add(out, comma);
        add(out, tn_link_fact_name(i));
        add(out, " ");
        if (value.len && facts->others[i].len) {
            tn_buf_str(out, value);
            add(out, " against ");
            tn_buf_str(out, facts->others[i]);
        } else {
            add(out, "differs");
        }
        comma = ", ";
    }
}

static void add_second(struct tn_buf *out, const struct tn_link_page *page, const struct tn_link_candidate *best,
                       const struct tn_link_candidate *second)
{
    add(out, "; next ");
    tn_buf_str(out, second->name);
    add(out, " ");
    add_share(out, second->score);
    add(out, ", shingles of the page only here ");
    add_count(out, tn_link_only(page, &best->seen, &second->seen));
    add(out, ", only there ");
    add_count(out, tn_link_only(page, &second->seen, &best->seen));
}

void tn_link_evidence(struct tn_buf *out, const struct tn_link_page *page, const tn_trial *trial,
                      const struct tn_link_candidate *best, const struct tn_link_candidate *second, const char *why)
{
    if (why) {
        add(out, why);
        add(out, ": ");
    }
    add_texts(out, page, best);
    add_agreeing(out, &best->facts);
    if (best->seen.title_differs)
        add(out, "; titles differ");
    if (best->seen.numbers > best->seen.numbers_found) {
        add(out, "; numbers of the page that the trial lacks: ");
        add_count(out, best->seen.numbers - best->seen.numbers_found);
    }
    add_differing(out, trial, &best->facts);
    if (second)
        add_second(out, page, best, second);
}
