/* SPDX-License-Identifier: MIT */
/* An expression of where.h as it was read: comparisons, and the steps that put them together. */
#ifndef TN_TRIAL_WHERE_H
#define TN_TRIAL_WHERE_H

#include "core/arena.h"
#include "core/str.h"
#include "trialnorm/where.h"

/* In this order, so that `and` is the least of both, `or` the most, and `not` what is as far from the other end. */
enum tn_truth { TN_FALSE, TN_OPEN, TN_TRUE };

enum tn_test_kind { TN_TEST_THERE, TN_TEST_EQ, TN_TEST_NE, TN_TEST_CONTAINS, TN_TEST_LT, TN_TEST_LE, TN_TEST_GT, TN_TEST_GE };

enum { TN_TEST_PATH = 4 }; /* fields inside each other: location, contact, and its name */

/* One comparison. */
struct tn_test {
    enum tn_test_kind kind;
    int path[TN_TEST_PATH];       /* `depth` of them: a field of the trial, a member of it, ... */
    int depth;
    const struct tn_field *field; /* the last of them */
    struct tn_str text;           /* of a text, case-folded; of a vocabulary its word; of a date with ~ what it contains */
    size_t *borders;              /* of a text with ~: for every beginning of it, how long an end of that begins it too */
    double number;
    bool truth;
    int first, last;              /* of a date: days as 20240517 */
};

enum tn_step_kind {
    TN_STEP_TEST,     /* puts what test `index` says on top */
    TN_STEP_NOT,      /* of what is on top */
    TN_STEP_AND,      /* of the two on top */
    TN_STEP_OR,
    TN_STEP_IF_FALSE, /* false on top stays, and step `index` is next */
    TN_STEP_IF_TRUE
};

struct tn_step {
    enum tn_step_kind kind;
    size_t index;
};

struct tn_where {
    struct tn_arena arena; /* everything of it */
    struct tn_test *tests; /* `test_count` of them */
    size_t test_count, test_room;
    struct tn_step *steps;
    size_t step_count, step_room;
    bool certain;
};

/* What one comparison says of a trial. */
enum tn_truth tn_test_truth(const struct tn_test *test, const struct tn_record *trial);

/* What the expression says when only tests i with known[i] can be asked of `trial` (NULL: all): false and true are
 * final; open may be the others' doing. */
enum tn_truth tn_where_truth(const struct tn_where *where, const struct tn_record *trial, const bool *known);

/* First and last day of a date "2024", "2024-05", "2024-05-17", as 20240517; false for anything else. */
bool tn_date_days(struct tn_str text, int *first, int *last);

#endif
