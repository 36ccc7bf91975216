/* SPDX-License-Identifier: MIT */
/* Reading JSON values byte by byte, without a tree. */
#ifndef TN_INPUT_SPLIT_SCAN_H
#define TN_INPUT_SPLIT_SCAN_H

#include "input/split.h"

enum {
    TN_SCAN_SLACK = 16 /* so many zero bytes must stand behind the bytes that are scanned */
};

enum tn_scan_result {
    TN_SCAN_MORE, /* the bytes are used up */
    TN_SCAN_DONE, /* the value ends before `at` */
    TN_SCAN_BAD,  /* the byte at `at` cannot stand there: tn_scan_expected says what could */
    TN_SCAN_DEEP  /* the bracket at `at` is nested too deep */
};

/* Ready for the value that begins at the next byte that is no blank; `outer` brackets are around it. What was repaired
 * is kept. */
void tn_scan_start(struct tn_scan *scan, unsigned outer);

/* Forgets what was repaired. */
void tn_scan_forget(struct tn_scan *scan);

/* Goes on at bytes[*at]; up to bytes[end] they are there, and `last` says that no more will come. Escapes and NULs that
 * the parser could not take are replaced in place. */
enum tn_scan_result tn_scan_run(struct tn_scan *scan, char *bytes, size_t *at, size_t end, bool last);

/* What was expected where tn_scan_run gave TN_SCAN_BAD. Static. */
const char *tn_scan_expected(const struct tn_scan *scan);

/* A value that is broken: from here on only quotes and brackets count, and `depth` brackets are open. */
void tn_scan_recover(struct tn_scan *scan, unsigned depth);

/* Goes on behind the break. TN_SCAN_DONE: at *at the broken value is over: behind its last bracket, or, when no bracket
 * was open, at a comma or bracket. TN_SCAN_BAD: a line that begins with `{` begins at *at. TN_SCAN_MORE. */
enum tn_scan_result tn_scan_broken(struct tn_scan *scan, const char *bytes, size_t *at, size_t end, bool last);

#endif
