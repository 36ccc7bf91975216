/* SPDX-License-Identifier: MIT */
/* Text slices, and what can go wrong: the base that every other public header stands on. */
#ifndef TRIALNORM_ERROR_H
#define TRIALNORM_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A piece of UTF-8 text: `len` bytes from `s`, borrowed. A text that the library made (anything read from a
 * record) also has a NUL behind it; a slice of the input has not. An absent text is {NULL, 0}. */
struct tn_str {
    const char *s;
    size_t len;
};

/* Ordered: a run's outcome is the worst that happened in it. */
enum tn_severity {
    TN_OK,     /* nothing to say */
    TN_WARN,   /* the record is kept, and says so in its `warnings` */
    TN_FAILED, /* the record (or the input) is dropped, the run goes on */
    TN_FATAL   /* the run ends */
};

/* What is wrong. The first group are warnings, as they stand in the `warnings` field and behind every message in
 * square brackets; the second group are refusals. */
enum tn_code {
    TN_CODE_NONE,
    TN_UNKNOWN_VALUE,  /* a word that is in no vocabulary; kept as it stands */
    TN_BAD_VALUE,      /* not what the field holds: an impossible date, an age without a number */
    TN_CONFLICT,       /* the source states two different values */
    TN_LOST_VALUE,     /* a label without a value */
    TN_TRUNCATED_LIST, /* the source says that there are more than it shows */
    TN_TRUNCATED_TEXT, /* the text was cut by the source, with `...` */
    TN_AMBIGUOUS_DATE, /* day and month cannot be told apart */
    TN_REPAIRED_TEXT,  /* bytes that are no text became U+FFFD, or a page is not in the set that it declares */
    TN_UNMAPPED,       /* understood by nobody; kept in `extra` */
    TN_INCONSISTENT,   /* two values that cannot both be true; no comma between two records */
    TN_LAST_WARNING = TN_INCONSISTENT,
    TN_EMPTY_INPUT,
    TN_UNRECOGNISED,   /* no reader claims the input */
    TN_AMBIGUOUS,      /* two readers claim it with equal right */
    TN_SYNTAX,         /* the bytes are not what their syntax asks for */
    TN_TRUNCATED,      /* the input ends inside a record */
    TN_BINARY,         /* the input is not text */
    TN_TOO_DEEP,       /* nested deeper than TN_MAX_DEPTH */
    TN_TOO_LARGE,      /* a record over the limit */
    TN_NO_MEMORY,
    TN_IO,             /* the file cannot be read or written */
    TN_USAGE,          /* the caller asks for what does not exist */
    TN_CODE_COUNT
};

/* Arrays and objects nested deeper than this are refused by every parser. */
enum { TN_MAX_DEPTH = 512 };

/* An offset that is not known. */
#define TN_NO_OFFSET ((size_t)-1)

/* One thing that went wrong. Fixed size, owns nothing. */
struct tn_error {
    enum tn_code code;
    enum tn_severity severity;
    size_t offset;     /* byte in the input, from 0; TN_NO_OFFSET where it is not known */
    unsigned line;     /* line in the input, from 1; 0 where it is not known */
    const char *field; /* name of the field, static; NULL where no field is meant */
    char message[256]; /* one line of UTF-8, without a final point, NUL-terminated */
};

/* The word that stands in messages and in `warnings`: "bad-value", ... Static. */
const char *tn_code_name(enum tn_code code);

/* The code of such a word, TN_CODE_NONE where there is none. */
enum tn_code tn_code_from_name(const char *name);

/* "ok", "warning", "error", "fatal". Static. */
const char *tn_severity_name(enum tn_severity severity);

/* Fills *error; the message is formatted as by printf and cut (between characters) at its fixed size.
 * offset and line start unknown. A NULL error is allowed: then nothing happens. */
void tn_error_set(struct tn_error *error, enum tn_severity severity, enum tn_code code, const char *field,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The name in names[0..count) that `word` was probably meant to be, or NULL when none is near: for "did you mean". */
const char *tn_nearest(const char *word, const char *const *names, size_t count);

#ifdef __cplusplus
}
#endif
#endif
