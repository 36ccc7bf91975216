/* SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "writers/schema_sql.h"

#define POSTGRES_YEAR "left(%n, 4)::int"
#define FILLED "%n || substr('0000-01-01', length(%n) + 1)" /* 2024-02 becomes 2024-02-01 */

const struct tn_sql_dialect tn_sql_dialect_table[] = {
    {
        .name = "sqlite",
        .types = {{"INTEGER NOT NULL", "%n"},
                  {"TEXT", "nullif(%n, '')"},
                  {"INTEGER", "nullif(%n, '')"},
                  {"REAL", "nullif(%n, '')"},
                  {"BOOLEAN", "nullif(%n, '') = 'true'"},
                  {"DATE", NULL}},
        .generated = "%d %y GENERATED ALWAYS AS (%e) VIRTUAL",
        .first = "date(substr(%n || '-01-01', 1, 10))",
        .last = "CASE length(%n) WHEN 4 THEN %n || '-12-31' WHEN 7 THEN date(%n || '-01', '+1 month', '-1 day') ELSE date(%n) END",
        .quotes = true,
        .comments = TN_SQL_COMMENT_LINES,
        .key = "PRIMARY KEY (%k)",
        .foreign_key = "FOREIGN KEY (%o) REFERENCES %p (%q)",
        .close = "\n);\n",
        .how = "-- To load, in the folder of the tables, in sqlite3. Its .import knows no NULL and no true, so that each file goes\n"
               "-- through a table of texts.\n",
        .load = "--> .import --csv --schema temp %f load_%t\n"
                "--> INSERT INTO %t (%c) SELECT %v FROM temp.load_%t;\n"
                "--> DROP TABLE temp.load_%t;\n",
    },
    {
        .name = "postgres",
        .types = {{"bigint NOT NULL", NULL}, {"text", NULL}, {"bigint", NULL}, {"double precision", NULL}, {"boolean", NULL},
                  {"date", NULL}},
        .generated = "%d %y GENERATED ALWAYS AS (%e) STORED",
        /* A generated column takes only what depends on nothing but its columns; a cast from text to date would not. */
        .first = "make_date(" POSTGRES_YEAR ", substr(%n || '-01', 6, 2)::int, substr(%n || '-01-01', 9, 2)::int)",
        .last = "CASE length(%n) WHEN 10 THEN make_date(" POSTGRES_YEAR ", substr(%n, 6, 2)::int, substr(%n, 9, 2)::int) "
                "ELSE (make_date(" POSTGRES_YEAR ", substr(%n || '-12', 6, 2)::int, 1) + interval '1 month')::date - 1 END",
        .quotes = true,
        .comments = TN_SQL_COMMENT_STATEMENTS,
        .key = "PRIMARY KEY (%k)",
        .foreign_key = "FOREIGN KEY (%o) REFERENCES %p (%q)",
        .close = "\n);\n",
        /* Up to version 17, psql takes a line that is only a backslash and a point for the end of the data, inside quotation marks, too:
         * https://www.postgresql.org/message-id/E1TdNVQ-0001ju-GO@wrigleys.postgresql.org */
        .how = "-- To load, in the folder of the tables, in psql. A line of a text that is only \\. would end psql's \\copy, so sed puts such a\n"
               "-- line into quotation marks of its own, which say the same: \"\\.\"\n",
        .load = "--> \\copy %t (%c) FROM PROGRAM 'sed ''s/^\\\\[.]$/\"&\"/'' %f' WITH (FORMAT csv, HEADER, ENCODING 'UTF8')\n",
    },
    {
        .name = "duckdb",
        .types = {{"BIGINT NOT NULL", NULL}, {"VARCHAR", NULL}, {"BIGINT", NULL}, {"DOUBLE", NULL}, {"BOOLEAN", NULL},
                  {"DATE", NULL}},
        .generated = "%d %y GENERATED ALWAYS AS (%e) VIRTUAL",
        .first = "try_cast(" FILLED " AS DATE)",
        .last = "CASE length(%n) WHEN 7 THEN last_day(try_cast(%n || '-01' AS DATE)) "
                "ELSE try_cast(%n || substr('0000-12-31', length(%n) + 1) AS DATE) END",
        .quotes = true,
        .comments = TN_SQL_COMMENT_STATEMENTS,
        .key = "PRIMARY KEY (%k)",
        .foreign_key = "FOREIGN KEY (%o) REFERENCES %p (%q)",
        .close = "\n);\n",
        .how = "-- To load, in the folder of the tables, in DuckDB:\n",
        .load = "--> COPY %t (%c) FROM '%f' (FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '', MAX_LINE_SIZE 16777216, BUFFER_SIZE 33554432);\n",
    },
    {
        .name = "clickhouse",
        .types = {{"Int64", "toInt64(%n)"},
                  {"Nullable(String)", "nullIf(%n, '')"},
                  {"Nullable(Int64)", "toInt64OrNull(%n)"},
                  {"Nullable(Float64)", "toFloat64OrNull(%n)"},
                  {"Nullable(UInt8)", "if(%n = '', NULL, %n = 'true')"},
                  {"Nullable(Date)", NULL}},
        .generated = "%d %y MATERIALIZED %e",
        /* Its dates begin with 1970, and what is no date it takes for 1970-01-01. */
        .first = "if(%n >= '1970' AND %n < '2100', toDateOrNull(concat(%n, substring('0000-01-01', length(%n) + 1))), NULL)",
        .last = "if(%n >= '1970' AND %n < '2100', if(length(%n) = 7, addDays(addMonths(toDateOrNull(concat(%n, '-01')), 1), -1), "
                "toDateOrNull(concat(%n, substring('0000-12-31', length(%n) + 1)))), NULL)",
        .comments = TN_SQL_COMMENT_CLAUSES,
        .close = "\n) ENGINE = MergeTree ORDER BY (%k);\n",
        .staged = "%n String",
        .how = "-- To load, in the folder of the tables, in a shell. Not all versions take an empty cell as NULL and true as 1, so that\n"
               "-- each file goes through a table of texts.\n",
        .load = "--> clickhouse-client --query \"CREATE TABLE load_%t (%s) ENGINE = Log\"\n"
                "--> clickhouse-client --format_csv_allow_single_quotes 0 --query \"INSERT INTO load_%t FORMAT CSVWithNames\" < %f\n"
                "--> clickhouse-client --query \"INSERT INTO %t (%c) SELECT %v FROM load_%t\"\n"
                "--> clickhouse-client --query \"DROP TABLE load_%t\"\n",
    },
    {.name = NULL},
};
