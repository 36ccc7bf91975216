/* SPDX-License-Identifier: MIT */
/* What the files that read an expression share. */
#ifndef TN_TRIAL_WHERE_INSIDE_H
#define TN_TRIAL_WHERE_INSIDE_H

#include "trial/where.h"

/* The reading of one expression. */
struct tn_where_parse {
    struct tn_where *where;
    struct tn_str text;
    size_t at;       /* the next byte of it */
    size_t value_at; /* where the last value began; 0: there was none */
    int depth;       /* open parentheses */
    struct tn_error *error;
};

/* Says what is wrong at byte `at`; always false. */
bool tn_where_refuse(struct tn_where_parse *parse, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool tn_where_no_memory(struct tn_where_parse *parse);

/* Finds the field of that name, which stands at parse->at: path, depth and field of *test. False with the error. */
bool tn_where_field(struct tn_where_parse *parse, struct tn_str name, struct tn_test *test);

/* Reads a value, which stands at parse->value_at, as test->kind and test->field need it. False with the error. */
bool tn_where_value(struct tn_where_parse *parse, struct tn_str value, struct tn_test *test);

#endif
