/* SPDX-License-Identifier: MIT */
/* Header fields as WARC, HTTP and mail have them: `Name: value`, one a line, ended by an empty line; a line that begins
 * with a blank goes on with the value before. */
#ifndef TN_INPUT_FIELDS_H
#define TN_INPUT_FIELDS_H

#include "core/str.h"

/* Length of the header at the start of `text`, its empty line with it; 0 where it has no end in `text`. */
size_t tn_fields_end(struct tn_str text);

/* Cuts the next field off *rest. The value has no blanks at its ends; folded lines stand in it as they are. Lines that
 * are no field are passed over. False at the end. */
bool tn_fields_next(struct tn_str *rest, struct tn_str *name, struct tn_str *value);

/* The value of the first field of that name, in any case; {NULL, 0} where there is none. */
struct tn_str tn_fields_get(struct tn_str fields, struct tn_str name);

/* `text/html` of `text/html; charset="x"`. */
struct tn_str tn_field_word(struct tn_str value);

/* `x` of it, for the name "charset"; {NULL, 0} where there is none. */
struct tn_str tn_field_parameter(struct tn_str value, struct tn_str name);

#endif
