/* SPDX-License-Identifier: MIT */
/* How database engines spell the tables. Inside the library.
 *
 * Texts with % are patterns:
 *   %n  the name of a column of the file    %y  its type
 *   %d  the column that is defined: %n, or one that is worked out from it, start_date_from
 *   %e  how that is worked out              %m  the column's or table's meaning as a text of SQL
 *   %t  the table's name                    %f  the table's file
 *   %k  the columns of its key              %o  those of them that name the row of the table %p which it belongs to: there %q
 *   %c  the names of all columns of the file, %v their values (types[].value), %s the same as `staged` */
#ifndef TN_WRITERS_SCHEMA_SQL_H
#define TN_WRITERS_SCHEMA_SQL_H

#include <stdbool.h>

enum tn_sql_type { TN_SQL_KEY, TN_SQL_TEXT, TN_SQL_INTEGER, TN_SQL_NUMBER, TN_SQL_BOOLEAN, TN_SQL_DAY, TN_SQL_TYPES };

enum tn_sql_comments {
    TN_SQL_COMMENT_LINES,     /* behind the column: `-- meaning` */
    TN_SQL_COMMENT_CLAUSES,   /* in the column: COMMENT 'meaning' */
    TN_SQL_COMMENT_STATEMENTS /* behind the table: COMMENT ON COLUMN ... IS 'meaning' */
};

struct tn_sql_dialect {
    const char *name;
    struct {
        const char *name;  /* of a column */
        const char *value; /* of the text of a cell that was loaded as it stands; NULL: the engine's loader does it */
    } types[TN_SQL_TYPES];
    const char *generated;   /* a column that the engine works out */
    const char *first, *last; /* first and last day of the date %n, which is 2024, 2024-02 or 2024-02-17; NULL of NULL */
    bool quotes;             /* names that are words of SQL are quoted */
    enum tn_sql_comments comments;
    const char *key;         /* of the table; NULL: `close` says it */
    const char *foreign_key; /* NULL: the engine has none */
    const char *close;       /* behind the last column */
    const char *staged;      /* a column of a table that takes a file as it stands; NULL: none is needed */
    const char *how;         /* how to load, for the reader: lines */
    const char *load;        /* ... and the commands for one table: lines */
};

/* Ended by a NULL name. */
extern const struct tn_sql_dialect tn_sql_dialect_table[];

/* The one of that name; NULL: there is none. */
const struct tn_sql_dialect *tn_sql_dialect_find(const char *name);

#endif
