/* SPDX-License-Identifier: MIT */
#include "dataset/link_score.h"

/* How much a part counts for where it is long. A text of `half` shingles counts half. */
static const struct {
    double weight, half;
} parts[TN_LINK_PARTS] = {
    [TN_LINK_SUMMARY] = {1.0, 10},
    [TN_LINK_DESCRIPTION] = {1.0, 20},
    [TN_LINK_CRITERIA] = {1.5, 10}, /* on every page, rarely rewritten; but copied from trial to trial */
    [TN_LINK_OUTCOMES] = {0.5, 10}, /* sites leave out what stands around the measure */
    [TN_LINK_ARMS] = {0.5, 10},
};

static const double title_weight = 1.0, title_half = 2;

/* The scale. Measured on pages of known trials, with their trial in the dataset and without (tests/dataset/link_*.py):
 * pages of the same record score 0.95 to 1, of an older one 0.85 and more, of a sister trial of the same sponsor up to 0.84
 * where a title or a fact tells them apart. */
static const double joined_from = 0.85;
static const double joined_untitled_from = 0.92; /* without a title nothing but small print tells sisters apart */
static const double texts_from = 0.60;           /* of the long texts alone, whatever title and facts say */
static const double word_from = 0.50;            /* under this, and the long texts under theirs, they are strangers */
static const double title_against = 0.20;        /* a title that has another word: 10 mg, extension, children */
static const double number_against = 0.03;       /* each number of the page that the trial does not have... */
static const double numbers_against_max = 0.12;  /* ... up to this */
static const double lead_score = 0.05;
enum {
    SHINGLES_MIN = 12,   /* long text that must be there... */
    SHINGLES_A_FACT = 3, /* ... or so much less for every fact of weight that agrees: sponsor, sites, first submission; and
                          * one less for two words of a title that is the same */
    LEAD_SHINGLES = 4,   /* shingles that only the best has, beside LEAD_TIMES those that only the second has */
    LEAD_TIMES = 4,
    LEAD_BEYOND = 8,     /* the same for what a trial's texts have beyond the page's */
    LEAD_TIED = 3        /* ... where neither has more than these of the page alone */
};

static double saturated(double count, double half)
{
    return count / (count + half);
}

/* How much of the page's long texts was found, and what that counts for. */
static double long_texts(const struct tn_link_candidate *candidate, const struct tn_link_page *page, double *weights)
{
    double sum = 0;
    *weights = 0;
    for (int part = 0; part < TN_LINK_PARTS; part++) {
        double count = (double)tn_link_page_count(page, (enum tn_link_part)part);
        double weight = parts[part].weight * saturated(count, parts[part].half);
        if (count <= 0)
            continue;
        sum += weight * (double)candidate->seen.found[part] / count;
        *weights += weight;
    }
    return sum;
}

static double text_score(const struct tn_link_candidate *candidate, const struct tn_link_page *page)
{
    double weights = 0, sum = long_texts(candidate, page, &weights);
    double title = candidate->seen.title_words ? title_weight * saturated((double)candidate->seen.title_words, title_half) : 0;
    weights += title;
    return weights > 0 ? (sum + title * candidate->seen.title) / weights : 0;
}

static double words_against(const struct tn_link_seen *seen)
{
    double numbers = number_against * (double)(seen->numbers - seen->numbers_found);
    return (numbers < numbers_against_max ? numbers : numbers_against_max) + (seen->title_differs ? title_against : 0);
}

static double between_0_and_1(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

void tn_link_score(struct tn_link_candidate *candidate, const struct tn_link_page *page)
{
    struct tn_link_weight weight = tn_link_facts_weigh(&candidate->facts);
    candidate->text = text_score(candidate, page);
    candidate->excluded = weight.excluded;
    candidate->score = between_0_and_1(between_0_and_1(candidate->text + weight.favour) + weight.proof - weight.against -
                                       words_against(&candidate->seen));
}

/* -- the decision -- */

static size_t beyond_of(const struct tn_link_candidate *candidate, const struct tn_link_page *page)
{
    size_t beyond = 0;
    for (int part = 0; part < TN_LINK_PARTS; part++)
        beyond += tn_link_page_count(page, (enum tn_link_part)part) ? candidate->seen.beyond[part] : 0;
    return beyond;
}

/* Clear is a lead by the score, with twice as much of the page's text that only the best has as there is that only the second
 * has; or, of trials that score alike, by texts: only the best has some, or only the second goes on where the page ends. */
static bool leads(const struct tn_link_page *page, const struct tn_link_candidate *best,
                  const struct tn_link_candidate *second)
{
    size_t ours = tn_link_only(page, &best->seen, &second->seen), theirs = tn_link_only(page, &second->seen, &best->seen);
    if (best->score - second->score >= lead_score)
        return ours >= theirs * 2;
    if (ours >= LEAD_SHINGLES + theirs * LEAD_TIMES)
        return true;
    return ours <= LEAD_TIED && theirs <= LEAD_TIED &&
           beyond_of(second, page) >= LEAD_BEYOND + beyond_of(best, page) * LEAD_TIMES;
}

static bool same_texts(const struct tn_link_page *page, const struct tn_link_candidate *best)
{
    double weights = 0, sum = long_texts(best, page, &weights);
    return sum >= texts_from * weights;
}

static bool worth_a_word(const struct tn_link_page *page, const struct tn_link_candidate *best)
{
    return best->score >= word_from || (tn_link_page_total(page) >= SHINGLES_MIN && same_texts(page, best));
}

/* What else there is to tell by where the texts are short, in shingles. */
static size_t made_up_for(const struct tn_link_candidate *best)
{
    return tn_link_facts_telling(&best->facts) * SHINGLES_A_FACT +
           (best->seen.title_differs == 0 ? best->seen.title_words / 2 : 0);
}

static const char *too_little(const struct tn_link_page *page, const struct tn_link_candidate *best)
{
    if (tn_link_page_total(page) + made_up_for(best) < SHINGLES_MIN)
        return "too little text to tell";
    if (best->excluded)
        return "a fact excludes it";
    if (!same_texts(page, best))
        return "the long texts are others";
    return best->score < (best->seen.title_words ? joined_from : joined_untitled_from) ? "not alike enough" : NULL;
}

enum tn_link_decision tn_link_decide(const struct tn_link_page *page, const struct tn_link_candidate *best,
                                     const struct tn_link_candidate *second, const char **why)
{
    *why = too_little(page, best);
    if (*why)
        return worth_a_word(page, best) ? TN_LINK_UNDECIDED : TN_LINK_APART;
    if (second && !leads(page, best, second))
        *why = "no clear lead";
    return *why ? TN_LINK_UNDECIDED : TN_LINK_JOINED;
}
