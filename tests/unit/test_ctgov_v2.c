/* SPDX-License-Identifier: MIT */
/* The map of API v2: every leaf that the API's metadata lists is mapped, kept in `extra`, or ignored with a reason; and
 * every row fills a record that is open where it stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/str.h"
#include "readers/ctgov_v2.h"

static bool covers(const struct tn_row *row, const char *leaf)
{
    size_t len = strlen(row->path);
    if (strcmp(row->path, leaf) == 0)
        return true;
    bool whole = row->kind == TN_ROW_EXTRA || row->kind == TN_ROW_IGNORED;
    return whole && strncmp(row->path, leaf, len) == 0 && (leaf[len] == '.' || leaf[len] == '[');
}

static const struct tn_row *row_for(const char *leaf)
{
    for (size_t i = 0; i < tn_ctgov_v2_source.count; i++)
        if (tn_ctgov_v2_source.rows[i].kind != TN_ROW_OPENS && covers(&tn_ctgov_v2_source.rows[i], leaf))
            return &tn_ctgov_v2_source.rows[i];
    return NULL;
}

static void every_leaf_has_a_row(void **state)
{
    (void)state;
    char line[512];
    int leaves = 0, missing = 0;
    FILE *file = fopen(TN_FIXTURES "/ctgov-v2/leaves.txt", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        leaves++;
        if (!row_for(line)) {
            print_error("no row for %s\n", line);
            missing++;
        }
    }
    fclose(file);
    assert_true(leaves > 150);
    assert_int_equal(missing, 0);
}

static void ignored_rows_say_why(void **state)
{
    (void)state;
    for (size_t i = 0; i < tn_ctgov_v2_source.count; i++)
        if (tn_ctgov_v2_source.rows[i].kind == TN_ROW_IGNORED)
            assert_true(strlen(tn_ctgov_v2_source.rows[i].word) > 20);
}

/* The type of the record that the nearest OPENS row at or above `path` opens, or the trial's. */
static bool is_open(const char *path, const struct tn_record_type *type)
{
    if (type == &tn_type_trial)
        return true;
    for (size_t i = 0; i < tn_ctgov_v2_source.count; i++) {
        const struct tn_row *row = &tn_ctgov_v2_source.rows[i];
        size_t len = strlen(row->path);
        if (row->kind == TN_ROW_OPENS && strncmp(row->path, path, len) == 0 &&
            (path[len] == '\0' || path[len] == '.') && row->type->fields[row->field].record == type)
            return true;
    }
    return false;
}

static void rows_fill_open_records(void **state)
{
    (void)state;
    for (size_t i = 0; i < tn_ctgov_v2_source.count; i++) {
        const struct tn_row *row = &tn_ctgov_v2_source.rows[i];
        if (row->kind == TN_ROW_VALUE || row->kind == TN_ROW_FLAG)
            assert_true(is_open(row->path, row->type));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_leaf_has_a_row),
        cmocka_unit_test(ignored_rows_say_why),
        cmocka_unit_test(rows_fill_open_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
