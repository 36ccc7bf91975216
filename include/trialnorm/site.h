/* SPDX-License-Identifier: MIT */
/* Sites described by their users: a page layout in JSON, in the same terms as the built-in sites (docs/ADDING_A_SITE.md).
 * What comes of it is a reader like any other; it takes part in detection when it stands in the list of readers that
 * the options of a worker name. */
#ifndef TRIALNORM_SITE_H
#define TRIALNORM_SITE_H

#include "trialnorm/reader.h"
#include "trialnorm/writer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A description may have so many bytes. */
enum { TN_SITE_MAX_BYTES = 1 << 20 };

/* The reader that a description in JSON makes, to be freed by tn_site_free. It never changes: threads may share it.
 * NULL with *error: TN_USAGE for what is no description, with the place and the member in the message
 * (`rows[3].mode: unknown mode 'valu'; did you mean 'value'?`); TN_SYNTAX, TN_TRUNCATED, TN_TOO_DEEP or TN_BINARY for
 * what is no JSON, with its line; TN_TOO_LARGE; TN_NO_MEMORY. Nothing in a description is passed over: a member that
 * is unknown, or says nothing in its place, is an error. Its name may be that of a built-in site, which it is then
 * meant to stand in for (tn_site_join), and of no other reader. tn_init must have been called. */
struct tn_reader *tn_site_parse(const char *bytes, size_t len, struct tn_error *error);

/* The same from a file; `-` is standard input. Besides TN_IO. */
struct tn_reader *tn_site_load(const char *path, struct tn_error *error);

void tn_site_free(struct tn_reader *site); /* NULL allowed */

/* The built-in readers and `count` sites, as one list ended by NULL; a site with the name of a built-in one stands in
 * its place. The list borrows the sites; freed by tn_site_join_free. NULL with *error: TN_USAGE when two of the sites
 * have one name, TN_NO_MEMORY. */
const struct tn_reader *const *tn_site_join(struct tn_reader *const *sites, size_t count, struct tn_error *error);
void tn_site_join_free(const struct tn_reader *const *readers); /* NULL allowed */

/* The host of the site that a reader reads, and the number of the rows that describe it; NULL and 0 for a reader that is
 * no site. */
const char *tn_site_host(const struct tn_reader *reader);
size_t tn_site_rows(const struct tn_reader *reader);

/* Writes a site, built in or not, as the JSON that tn_site_parse reads. TN_OK, or TN_FAILED with *error (TN_USAGE for a
 * reader that is no site). */
enum tn_severity tn_site_write(const struct tn_reader *reader, const struct tn_sink *sink, struct tn_error *error);

/* Writes a first description of a page's site: a row for every label that is found on it, with the mode and field that
 * the label promises where it is a common one (`Recruitment status`, `Who can take part`), else kept in `extra`. It can be
 * read at once, and reads this page without losing a value; names, signatures and fields are guesses. To be called in
 * place of tn_read. TN_OK, or TN_FAILED with *error (TN_UNRECOGNISED: no page, or one without labels). */
enum tn_severity tn_site_draft(struct tn_worker *worker, const struct tn_raw *raw, const struct tn_sink *sink,
                               struct tn_error *error);

/* The JSON Schema (draft 2020-12) of a description. It does not hold rows against each other, tn_site_parse does. */
enum tn_severity tn_site_write_schema(const struct tn_sink *sink, struct tn_error *error);

#ifdef __cplusplus
}
#endif
#endif
