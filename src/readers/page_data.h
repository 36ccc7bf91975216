/* SPDX-License-Identifier: MIT */
/* What a page says of its trial in data for machines: an API v2 record in a script of JSON (`__NEXT_DATA__` and the like),
 * schema.org in JSON-LD, and the registry's number in the page's address or <meta>.
 *
 * Whose they are. A page about one trial can carry data of others (related trials). The page's own number is that of its
 * text, unless its address or <meta> names another one of the same registry and neither <title> nor the data side
 * with the text. Data with another number are never taken. Data without a number are taken when they are the only study
 * that the page describes at the top of its data, as mainEntity or about of the page.
 *
 * What wins. Data win over text, a registry's record over schema.org. Both are read apart and then joined
 * (tn_trial_join): where both state a value and differ, that is a `conflict`. */
#ifndef TN_READERS_PAGE_DATA_H
#define TN_READERS_PAGE_DATA_H

#include <cjson/cJSON.h>

#include "normal/identifier.h"
#include "readers/join.h"
#include "readers/worker.h"
#include "syntax/blocks.h"

enum tn_data_form { TN_DATA_V2, TN_DATA_SCHEMA_ORG };

enum { TN_DATA_IDS = 4 };

/* A trial in the data of a page. */
struct tn_data_trial {
    enum tn_data_form form;
    cJSON *tree;
    cJSON *const *nodes;  /* of schema.org: what stands beside it; `node_count` of them */
    size_t node_count;
    struct tn_str bytes;  /* where its JSON begins, as far as it stands in the document; {NULL, 0}: not there as it is */
    struct tn_str path;   /* ... from the beginning of the script's JSON; empty: they begin with it */
    unsigned line;        /* of the document */
    bool listed;          /* one of several, or said of something else than the page */
    size_t repaired;      /* escapes that stand for no character */
    char ids[TN_DATA_IDS][TN_IDENTIFIER_MAX]; /* empty: none */
};

struct tn_page_data {
    const struct tn_page *page;
    struct tn_data_trial *trials; /* `count` of them, in the order of the page */
    size_t count, room;
    struct tn_identifier address; /* the number in the page's address or <meta>; value empty: none, or several */
    bool fetched;                 /* it is that of the address from which the page was fetched: anything may stand there */
};

/* Everything that the page has. Scripts that hold no study are not parsed. Broken ones are left out, with a `bad-value` warning
 * to `reading` (NULL: nobody is told). All in the arena. False when memory is short. */
bool tn_page_data_find(struct tn_arena *arena, const struct tn_page *page, const struct tn_raw *raw,
                       struct tn_reading *reading, struct tn_page_data *data);

/* True when the page's data are of one trial that can be its own, or its <meta> hold a number and a title: enough for a
 * claim without a single label. */
bool tn_page_data_claims(const struct tn_page *page);

/* Once the text of a page has been read into reading->trial (with reading->noted): joins it with the page's data, which
 * come first. False when memory is short. */
bool tn_page_data_join(struct tn_reading *reading, struct tn_worker *worker, const struct tn_page *page);

/* Makes reading->noted; for HTML only. False when memory is short. */
bool tn_page_data_start(struct tn_reading *reading, const struct tn_page *page);

/* Finds out where in its script a trial stands: `bytes` and `line` are its own then. */
void tn_page_data_locate(struct tn_data_trial *trial);

/* True for the name of a <meta> that holds the number of what the page is about. */
bool tn_page_data_is_number(struct tn_str name);

/* A title without the site's name behind it (og:site_name). */
struct tn_str tn_page_data_bare_title(const struct tn_page *page, struct tn_str title);

#endif
