/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

#include "core/str.h"
#include "dataset/link_index.h"
#include "dataset/link_terms.h"
#include "dataset/link_words.h"

/* How many of the page's rarest words are asked for; and how many documents they may have together, from the ninth word
 * on: common words tell little and cost most. */
enum { ASKED_MAX = 32, ASKED_ALWAYS = 8, DOCUMENTS_MAX = 40000 };

struct term {
    struct tn_str word;
    sqlite3_int64 documents;
};

/* Weight by document: a hash table. */
struct hit {
    sqlite3_int64 document; /* 0: free */
    double weight;
};

struct hits {
    struct hit *at; /* `room`, a power of two */
    size_t room, count;
    struct tn_arena *arena;
};

static struct hit *hit_of(const struct hits *hits, sqlite3_int64 document)
{
    size_t at = ((size_t)document * 0x9E3779B97F4A7C15u >> 20) & (hits->room - 1);
    while (hits->at[at].document && hits->at[at].document != document)
        at = (at + 1) & (hits->room - 1);
    return &hits->at[at];
}

static bool hits_grow(struct hits *hits)
{
    enum { FIRST_ROOM = 4096 };
    struct hits larger = {.room = hits->room ? hits->room * 2 : FIRST_ROOM, .count = hits->count, .arena = hits->arena};
    larger.at = tn_arena_zero(hits->arena, larger.room * sizeof *larger.at);
    for (size_t i = 0; larger.at && i < hits->room; i++)
        if (hits->at[i].document)
            *hit_of(&larger, hits->at[i].document) = hits->at[i];
    if (larger.at)
        *hits = larger;
    return larger.at != NULL;
}

static bool hits_add(struct hits *hits, sqlite3_int64 document, double weight)
{
    if (hits->count >= hits->room / 2 && !hits_grow(hits))
        return false;
    struct hit *hit = hit_of(hits, document);
    hits->count += hit->document == 0;
    hit->document = document;
    hit->weight += weight;
    return true;
}

/* -- which words -- */

static int by_documents(const void *a, const void *b)
{
    const struct term *x = a, *y = b;
    if (x->documents != y->documents)
        return x->documents < y->documents ? -1 : 1;
    return tn_str_cmp(x->word, y->word);
}

enum { KNOWN_MAX = 1 << 20 }; /* words: a table of 32 MiB */

void tn_link_known_init(struct tn_link_known *known)
{
    *known = (struct tn_link_known){.words = {.count = 0}};
    tn_arena_init(&known->arena, (size_t)1 << 28);
}

void tn_link_known_release(struct tn_link_known *known)
{
    tn_arena_release(&known->arena);
}

/* Documents that have a word. False with *error. */
static bool count_documents(struct tn_dataset *dataset, struct tn_link_known *known, struct tn_str word,
                            sqlite3_int64 *documents, struct tn_error *error)
{
    uint64_t hash = tn_link_hash(word);
    const struct tn_link_shingle *slot = tn_link_table_find(&known->words, hash);
    if (slot) {
        *documents = slot->marks - 1;
        return true;
    }
    sqlite3_stmt *row = NULL;
    int code = tn_query_one(dataset, error, &row, "SELECT doc FROM link_term WHERE term = ?", "t", word);
    *documents = code == SQLITE_ROW ? sqlite3_column_int64(row, 0) : 0;
    tn_query_end(row);
    struct tn_link_shingle *put =
        known->words.count < KNOWN_MAX ? tn_link_table_put(&known->words, &known->arena, hash) : NULL;
    if (put)
        put->marks = (uint32_t)*documents + 1;
    return code != SQLITE_ERROR;
}

/* The page's words that the index has, the rarest first; *unknown: how many it has not. */
static bool rare_terms(struct tn_dataset *dataset, struct tn_link_known *known, const struct tn_link_terms *words,
                       struct term *terms, size_t *count, size_t *unknown, struct tn_error *error)
{
    *count = 0;
    *unknown = 0;
    for (size_t i = 0; i < words->count; i++) {
        struct term *term = &terms[*count];
        term->word = words->at[i];
        if (!count_documents(dataset, known, term->word, &term->documents, error))
            return false;
        *count += term->documents > 0;
        *unknown += term->documents == 0;
    }
    qsort(terms, *count, sizeof *terms, by_documents);
    return true;
}

/* The documents that have a word. It is letters and digits only, and stands in quotes: nothing in it is syntax. */
static bool ask(struct tn_dataset *dataset, const struct term *term, sqlite3_int64 after, double weight, struct hits *hits,
                struct tn_error *error)
{
    struct tn_str quoted = tn_str_format(hits->arena, "\"%.*s\"", (int)term->word.len, term->word.s);
    sqlite3_stmt *rows = tn_query(dataset, error, "SELECT rowid FROM link_index WHERE link_index MATCH ? AND rowid > ?", "ti",
                                  quoted, after);
    int code = rows ? SQLITE_ROW : SQLITE_ERROR;
    while (code == SQLITE_ROW && (code = tn_dataset_step(dataset, rows, error)) == SQLITE_ROW)
        if (!hits_add(hits, sqlite3_column_int64(rows, 0), weight))
            code = SQLITE_DONE;
    tn_query_end(rows);
    return code == SQLITE_DONE;
}

/* Asks for documents with a number over `after`; *asked: what one would weigh that had all of the words, those too that no
 * document has. */
static bool ask_all(struct tn_dataset *dataset, const struct term *terms, size_t count, size_t unknown, sqlite3_int64 after,
                    double *asked, struct hits *hits, struct tn_error *error)
{
    sqlite3_stmt *row = NULL;
    int code = tn_query_one(dataset, error, &row, "SELECT seq FROM sqlite_sequence WHERE name = 'link_document'", "");
    double all = code == SQLITE_ROW ? (double)sqlite3_column_int64(row, 0) : 0;
    tn_query_end(row);
    *asked = (double)(unknown < ASKED_MAX ? unknown : ASKED_MAX) * log(1 + all);
    sqlite3_int64 documents = 0;
    for (size_t i = 0; code == SQLITE_ROW && i < count && i < ASKED_MAX; i++) {
        documents += terms[i].documents;
        if (i >= ASKED_ALWAYS && documents > DOCUMENTS_MAX)
            break;
        double weight = log(1 + all / (double)terms[i].documents);
        *asked += weight;
        if (!ask(dataset, &terms[i], after, weight, hits, error))
            return false;
    }
    return code == SQLITE_ROW;
}

/* -- from documents to trials -- */

enum { BEST_MAX = 100 };

/* The heaviest documents, the heaviest first. */
static size_t best_of(const struct hits *hits, struct hit *best)
{
    size_t count = 0;
    for (size_t i = 0; i < hits->room; i++) {
        struct hit hit = hits->at[i];
        if (!hit.document || (count == BEST_MAX && hit.weight <= best[count - 1].weight))
            continue;
        size_t at = count < BEST_MAX ? count++ : count - 1;
        for (; at > 0 && (best[at - 1].weight < hit.weight ||
                          (best[at - 1].weight <= hit.weight && best[at - 1].document > hit.document));
             at--)
            best[at] = best[at - 1];
        best[at] = hit;
    }
    return count;
}

static void add_candidate(struct tn_link_candidates *candidates, sqlite3_int64 trial)
{
    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->trials[i] == trial)
            return;
    candidates->trials[candidates->count++] = trial;
}

static bool trials_of(struct tn_dataset *dataset, const struct hit *best, size_t count,
                      struct tn_link_candidates *candidates, struct tn_error *error)
{
    for (size_t i = 0; i < count && candidates->count < TN_LINK_CANDIDATES; i++) {
        sqlite3_stmt *row = NULL;
        int code = tn_query_one(dataset, error, &row,
                                "SELECT record.trial FROM link_document JOIN record USING (record) JOIN trial USING (trial)"
                                " WHERE document = ? AND record.gone_run IS NULL AND trial.joined IS NULL",
                                "i", best[i].document);
        if (code == SQLITE_ROW)
            add_candidate(candidates, sqlite3_column_int64(row, 0));
        tn_query_end(row);
        if (code == SQLITE_ERROR)
            return false;
    }
    return true;
}

/* Weighs the documents over `after` that share the page's rarest words. Memory that is short gives none. */
static bool weigh_documents(struct tn_dataset *dataset, struct tn_link_known *known, const tn_trial *page,
                            sqlite3_int64 after, double *asked, struct hits *hits, struct tn_error *error)
{
    struct tn_link_terms words;
    size_t count = 0, unknown = 0;
    *asked = 0;
    struct term *terms = tn_arena_alloc(hits->arena, TN_LINK_TERMS_MAX * sizeof *terms);
    if (!terms || !tn_link_terms_of(hits->arena, page, &words))
        return true;
    return rare_terms(dataset, known, &words, terms, &count, &unknown, error) &&
           (count == 0 || ask_all(dataset, terms, count, unknown, after, asked, hits, error));
}

bool tn_link_index_search(struct tn_dataset *dataset, struct tn_link_known *known, struct tn_arena *arena,
                          const tn_trial *page, struct tn_link_candidates *candidates, struct tn_error *error)
{
    struct hits hits = {.arena = arena};
    struct hit best[BEST_MAX];
    double asked;
    candidates->count = 0;
    return weigh_documents(dataset, known, page, 0, &asked, &hits, error) &&
           trials_of(dataset, best, best_of(&hits, best), candidates, error);
}

bool tn_link_index_news(struct tn_dataset *dataset, struct tn_link_known *known, struct tn_arena *arena, const tn_trial *page,
                        sqlite3_int64 before, bool *near, struct tn_error *error)
{
    const double near_share = 0.25; /* the page's own trial, even amended, shares most */
    struct hits hits = {.arena = arena};
    struct hit best[BEST_MAX];
    double asked;
    if (!weigh_documents(dataset, known, page, before, &asked, &hits, error))
        return false;
    *near = best_of(&hits, best) > 0 && best[0].weight >= near_share * asked;
    return true;
}
