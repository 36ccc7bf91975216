/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch/progress.h"

static void bytes_are_in_thousands(void **state)
{
    static const struct {
        uint64_t bytes;
        const char *text;
    } cases[] = {
        {0, "0 B"}, {999, "999 B"}, {1000, "1.0 kB"}, {1049, "1.0 kB"}, {9999, "9.9 kB"}, {10000, "10 kB"},
        {999999, "999 kB"}, {1000000, "1.0 MB"}, {164400000, "164 MB"}, {1300000000, "1.3 GB"},
        {12000000000, "12 GB"}, {4500000000000, "4.5 TB"}, {UINT64_MAX, "18 EB"},
    };
    char text[TN_AMOUNT_ROOM];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tn_bytes_text(cases[i].bytes, text);
        assert_string_equal(text, cases[i].text);
    }
}

static void rates(void **state)
{
    char text[TN_AMOUNT_ROOM];
    (void)state;
    tn_rate_text(330000000, 2000, text);
    assert_string_equal(text, "165 MB/s");
    tn_rate_text(500, 1000, text);
    assert_string_equal(text, "500 B/s");
    tn_rate_text(500, 0, text);
    assert_string_equal(text, "");
    tn_rate_text(UINT64_MAX, 1, text);
    assert_string_equal(text, "1.0 EB/s");
}

static void times(void **state)
{
    static const struct {
        uint64_t milliseconds;
        const char *clock, *seconds;
    } cases[] = {
        {0, "0:00", "0.00 s"}, {49, "0:00", "0.04 s"}, {7999, "0:07", "7.99 s"}, {10000, "0:10", "10.0 s"},
        {90500, "1:30", "90.5 s"}, {3599999, "59:59", "3599.9 s"}, {3600000, "1:00:00", "3600.0 s"},
        {99999000, "27:46:39", "99999.0 s"},
    };
    char text[TN_AMOUNT_ROOM];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tn_clock_text(cases[i].milliseconds, text);
        assert_string_equal(text, cases[i].clock);
        tn_seconds_text(cases[i].milliseconds, text);
        assert_string_equal(text, cases[i].seconds);
    }
    tn_clock_text(UINT64_MAX, text);
    assert_true(strlen(text) < TN_AMOUNT_ROOM);
    tn_seconds_text(UINT64_MAX, text);
    assert_true(strlen(text) < TN_AMOUNT_ROOM);
}

static void expect_text(const struct tn_pace *pace, const char *expected)
{
    char text[256], cut[256];
    assert_int_equal(tn_progress_text(pace, text, sizeof text), strlen(expected));
    assert_string_equal(text, expected);
    for (size_t room = 1; room <= strlen(expected) + 1; room++) { /* as much as fits, and not a byte more */
        memset(cut, '#', sizeof cut);
        assert_true(tn_progress_text(pace, cut, room) < room);
        assert_true(strlen(cut) < room);
        assert_memory_equal(cut, expected, strlen(cut));
        assert_int_equal(cut[room], '#');
    }
}

static void lines(void **state)
{
    struct tn_counts counts = {.records = 15000, .written = 14999, .failed = 1, .warned = {[TN_CONFLICT] = 12}};
    struct tn_pace pace = {.counts = &counts, .taken = 430000000, .extent = {true, 1000000000}, .milliseconds = 60000};
    (void)state;
    expect_text(&pace, "43 %, 1:19 left, 7.1 MB/s, 15000 records, 1 failed, 12 warnings");
    pace.extent.known = false;
    expect_text(&pace, "430 MB, 7.1 MB/s, 15000 records, 1 failed, 12 warnings");
    counts = (struct tn_counts){.records = 1, .written = 1, .left_out = 3};
    expect_text(&pace, "430 MB, 7.1 MB/s, 1 record, 3 left out");
    pace.limit = 4; /* trials that are wanted say more than bytes */
    pace.extent.known = true;
    pace.taken = 1000000;
    expect_text(&pace, "25 %, 3:00 left, 16 kB/s, 1 record, 3 left out");
}

/* An input may grow, be read twice, or be empty. */
static void odd_sizes(void **state)
{
    struct tn_counts counts = {0};
    struct tn_pace pace = {.counts = &counts, .taken = 300, .extent = {true, 200}, .milliseconds = 1000};
    (void)state;
    expect_text(&pace, "100 %, 300 B/s, 0 records");
    pace.extent.bytes = 0;
    expect_text(&pace, "300 B, 300 B/s, 0 records");
    pace.taken = 0;
    pace.extent.bytes = UINT64_MAX;
    expect_text(&pace, "0 %, 0 B/s, 0 records");
    pace.taken = UINT64_MAX / 2;
    pace.milliseconds = UINT64_MAX;
    char text[256];
    assert_true(tn_progress_text(&pace, text, sizeof text) < sizeof text);
}

static void write_file(const char *path, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, (off_t)size), 0);
    close(fd);
}

static void inputs_are_added_up(void **state)
{
    char folder[] = "/tmp/trialnorm-extent-XXXXXX";
    const struct tn_extent of_stdin = {true, 5}, unknown = {false, 0};
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    write_file("a", 100);
    assert_int_equal(mkdir("d", 0777), 0);
    write_file("d/b", 20);
    write_file("d/.hidden", 3000);
    const char *const files[] = {"a", "d", "missing", "-", "-"};
    struct tn_extent all = tn_extent_of(files, 5, of_stdin);
    assert_true(all.known);
    assert_int_equal(all.bytes, 125);
    assert_false(tn_extent_of(files, 5, unknown).known);
    assert_true(tn_extent_of(files, 3, unknown).known);
    assert_int_equal(tn_extent_of(NULL, 0, of_stdin).bytes, 5);
    assert_int_equal(mkfifo("pipe", 0666), 0);
    const char *const pipes[] = {"a", "pipe"};
    assert_false(tn_extent_of(pipes, 2, of_stdin).known);
    assert_int_equal(unlink("pipe") | unlink("d/.hidden") | unlink("d/b") | rmdir("d") | unlink("a"), 0);
    assert_int_equal(chdir("/") | rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_in_thousands), cmocka_unit_test(rates),     cmocka_unit_test(times),
        cmocka_unit_test(lines),                  cmocka_unit_test(odd_sizes), cmocka_unit_test(inputs_are_added_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
