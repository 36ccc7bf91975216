/* SPDX-License-Identifier: MIT */
/* Views of a dataset: when they are made. What they show is held by tests/sql/views.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dataset/schema.h"
#include "dataset/views.h"
#include "trialnorm/trial.h"

static void run(sqlite3 *database, const char *sql)
{
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(database));
}

static int64_t number(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK || sqlite3_step(statement) != SQLITE_ROW)
        fail_msg("%s: %s", sql, sqlite3_errmsg(database));
    int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static sqlite3 *new_dataset(void)
{
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
    for (const char *const *table = tn_dataset_tables; *table; table++)
        run(database, *table);
    run(database, "INSERT INTO trial (trial, key, first_run, last_run, json) VALUES "
                  "(7, 'a', 1, 1, '{\"title\":\"A\",\"start_date\":\"2024-02\",\"has_results\":true,\"conditions\":[\"x\",\"y\"]}')");
    return database;
}

static void make(sqlite3 *database)
{
    struct tn_error error = {.message = ""};
    if (!tn_dataset_make_views(database, &error))
        fail_msg("%s", error.message);
}

static int64_t version(sqlite3 *database)
{
    return number(database, "PRAGMA schema_version");
}

static void a_trial_is_shown(void **state)
{
    sqlite3 *database = new_dataset();
    (void)state;
    make(database);
    assert_int_equal(number(database, "SELECT record_no FROM trials WHERE title = 'A' AND has_results = 1 AND start_date = '2024-02'"
                                      " AND start_date_from = '2024-02-01' AND start_date_to = '2024-02-29' AND enrollment IS NULL"), 7);
    assert_int_equal(number(database, "SELECT position FROM conditions WHERE record_no = 7 AND value = 'y'"), 1);
    run(database, "UPDATE trial SET gone_run = 2");
    assert_int_equal(number(database, "SELECT count(*) FROM conditions"), 0);
    sqlite3_close(database);
}

/* Every view is a name that no table of the dataset has: else it would not be made. */
static void every_table_has_its_view(void **state)
{
    sqlite3 *database = new_dataset();
    (void)state;
    make(database);
    assert_int_equal(number(database, "SELECT count(*) FROM sqlite_schema WHERE type = 'view' AND name = 'trial_json'"), 1);
    for (int i = 0; i < tn_type_trial.count; i++) {
        const struct tn_field *field = &tn_type_trial.fields[i];
        if (field->kind < TN_TEXT_LIST || field->kind == TN_RECORD_ONE || field->record == &tn_type_origin)
            continue;
        char *sql = sqlite3_mprintf("SELECT count(*) FROM sqlite_schema WHERE type = 'view' AND name = '%q'", field->name);
        if (number(database, sql) != 1)
            fail_msg("%s has no view", field->name);
        sqlite3_free(sql);
    }
    sqlite3_close(database);
}

static void nothing_is_made_twice(void **state)
{
    sqlite3 *database = new_dataset();
    (void)state;
    make(database);
    int64_t before = version(database);
    make(database);
    assert_int_equal(version(database), before);
    sqlite3_close(database);
}

static void what_another_version_made_is_made_anew(void **state)
{
    sqlite3 *database = new_dataset();
    (void)state;
    make(database);
    run(database, "DROP VIEW conditions; CREATE VIEW conditions /* made by trialnorm */ AS SELECT 5 AS value");
    run(database, "CREATE VIEW \"old; \"\"one\" /* made by trialnorm */ AS SELECT 6");
    make(database);
    assert_int_equal(number(database, "SELECT count(*) FROM conditions"), 2);
    assert_int_equal(number(database, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'old%'"), 0);
    sqlite3_close(database);
}

static void what_is_the_users_own_stays(void **state)
{
    sqlite3 *database = new_dataset();
    (void)state;
    run(database, "CREATE TABLE Keywords (word TEXT)");
    run(database, "CREATE VIEW arms AS SELECT 5 AS five");
    run(database, "CREATE VIEW mine AS SELECT 'made by trialnorm' AS six");
    make(database);
    int64_t before = version(database);
    make(database);
    assert_int_equal(version(database), before);
    assert_int_equal(number(database, "SELECT count(word) FROM keywords"), 0);
    assert_int_equal(number(database, "SELECT five FROM arms"), 5);
    assert_int_equal(number(database, "SELECT count(*) FROM mine"), 1);
    assert_int_equal(number(database, "SELECT count(*) FROM conditions"), 2);
    sqlite3_close(database);
}

static void a_failure_is_told(void **state)
{
    struct tn_error error = {.message = ""};
    sqlite3 *database = new_dataset();
    (void)state;
    run(database, "PRAGMA query_only = 1");
    assert_false(tn_dataset_make_views(database, &error));
    assert_int_equal(error.code, TN_IO);
    assert_string_not_equal(error.message, "");
    sqlite3_close(database);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trial_is_shown),
        cmocka_unit_test(every_table_has_its_view),
        cmocka_unit_test(nothing_is_made_twice),
        cmocka_unit_test(what_another_version_made_is_made_anew),
        cmocka_unit_test(what_is_the_users_own_stays),
        cmocka_unit_test(a_failure_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
