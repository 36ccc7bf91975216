/* SPDX-License-Identifier: MIT */
/* Walking inputs and opening them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "input/source.h"
#include "input/walk.h"

struct visited {
    struct tn_buf list; /* "path\n" or "path: message\n" */
    size_t most;        /* more are not wanted */
    size_t count;
    const char *const *inputs;
    size_t input_count;
};

static char folder[] = "/tmp/tn_walk_XXXXXX";

static void make_file(const char *name)
{
    int fd = open(name, O_CREAT | O_WRONLY, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "{}\n", 3), 3);
    close(fd);
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    assert_int_equal(mkdir("in", 0700), 0);
    assert_int_equal(mkdir("in/b", 0700), 0);
    assert_int_equal(mkdir("in/b/empty", 0700), 0);
    assert_int_equal(mkdir("in/.git", 0700), 0);
    static const char *const files[] = {"in/Z", "in/a.json", "in/.hidden", "in/b/2", "in/b/10", "in/c", "in/.git/x", "one"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        make_file(files[i]);
    assert_int_equal(symlink("..", "in/b/up"), 0);
    assert_int_equal(symlink("gone", "in/dangling"), 0);
    assert_int_equal(symlink("../one", "in/link"), 0);
    assert_int_equal(mkfifo("in/pipe", 0600), 0);
    return 0;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about, (void)kind, (void)place;
    return remove(path);
}

static int tear_down(void **state)
{
    (void)state;
    return chdir("/") != 0 || nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0;
}

static bool visit(void *data, const char *path, bool found, const struct tn_error *error)
{
    struct visited *visited = data;
    bool named = visited->input_count == 0;
    for (size_t i = 0; i < visited->input_count; i++)
        named = named || strcmp(path, visited->inputs[i]) == 0;
    assert_int_equal(found, !named);
    tn_buf_str(&visited->list, tn_str_of(path));
    if (error) {
        assert_int_equal(error->code, TN_IO);
        tn_buf_str(&visited->list, TN_LIT(": "));
        tn_buf_str(&visited->list, tn_str_of(error->message));
    }
    tn_buf_char(&visited->list, '\n');
    return ++visited->count < visited->most;
}

static void check(const char *const *inputs, size_t count, size_t most, const char *expected)
{
    struct visited visited = {.most = most, .inputs = inputs, .input_count = count};
    tn_buf_init(&visited.list, 1 << 20);
    bool whole = tn_walk(inputs, count, visit, &visited);
    assert_int_equal(whole, visited.count < most);
    assert_true(tn_buf_terminate(&visited.list));
    assert_string_equal(visited.list.data, expected);
    tn_buf_release(&visited.list);
}

static void test_directory(void **state)
{
    (void)state;
    static const char *const inputs[] = {"in"};
    check(inputs, 1, 100,
          "in/Z\nin/a.json\nin/b/10\nin/b/2\nin/c\nin/dangling: cannot open: No such file or directory\nin/link\n");
    static const char *const slash[] = {"in/b/"};
    check(slash, 1, 100, "in/b/10\nin/b/2\nin/b/up/Z\nin/b/up/a.json\nin/b/up/c\n"
                         "in/b/up/dangling: cannot open: No such file or directory\nin/b/up/link\n");
}

static void test_inputs(void **state)
{
    (void)state;
    static const char *const inputs[] = {"one", "missing", "-", "in/.hidden", "in/pipe", "in/.git", "one"};
    check(inputs, 7, 100, "one\nmissing: cannot open: No such file or directory\n-\nin/.hidden\nin/pipe\nin/.git/x\none\n");
    check(NULL, 0, 100, "-\n");
}

static void test_stopped(void **state)
{
    (void)state;
    static const char *const inputs[] = {"in", "one"};
    check(inputs, 2, 3, "in/Z\nin/a.json\nin/b/10\n");
}

static void test_unreadable_directory(void **state)
{
    (void)state;
    static const char *const inputs[] = {"shut", "one"};
    if (geteuid() == 0)
        skip();
    assert_int_equal(mkdir("shut", 0), 0);
    check(inputs, 2, 100, "shut: cannot list: Permission denied\none\n");
}

/* Deeper than the walk goes: said, and the rest is walked. */
static void test_deep(void **state)
{
    (void)state;
    struct tn_buf path;
    tn_buf_init(&path, 1024);
    tn_buf_str(&path, TN_LIT("deep"));
    for (int i = 0; i < 140; i++) {
        assert_true(tn_buf_terminate(&path));
        assert_int_equal(mkdir(path.data, 0700), 0);
        tn_buf_str(&path, TN_LIT("/d"));
    }
    tn_buf_release(&path);
    make_file("deep/z");
    static const char *const inputs[] = {"deep"};
    struct visited visited = {.most = 100, .inputs = inputs, .input_count = 1};
    tn_buf_init(&visited.list, 1 << 20);
    assert_true(tn_walk(inputs, 1, visit, &visited));
    assert_int_equal(visited.count, 2);
    assert_true(tn_buf_terminate(&visited.list));
    assert_non_null(strstr(visited.list.data, "nested too deep\ndeep/z\n"));
    tn_buf_release(&visited.list);
}

static void check_refused(const char *path, const char *message)
{
    struct tn_source source;
    struct tn_error error;
    assert_false(tn_source_open(&source, path, &error));
    assert_int_equal(error.code, TN_IO);
    assert_string_equal(error.message, message);
}

static void test_open(void **state)
{
    (void)state;
    struct tn_source source;
    struct tn_error error;
    char bytes[8];
    size_t got;
    check_refused("missing", "cannot open: No such file or directory");
    check_refused("in", "is a directory");
    check_refused("one/x", "cannot open: Not a directory");
    assert_true(tn_source_open(&source, "one", &error));
    assert_true(tn_source_read(&source, bytes, 2, &got, &error));
    assert_int_equal(got, 2);
    assert_true(tn_source_read(&source, bytes, sizeof bytes, &got, &error));
    assert_int_equal(got, 1);
    assert_true(tn_source_read(&source, bytes, sizeof bytes, &got, &error));
    assert_int_equal(got, 0);
    tn_source_close(&source);
}

static void test_memory(void **state)
{
    (void)state;
    struct tn_source source;
    struct tn_error error;
    char bytes[8];
    size_t got;
    tn_source_memory(&source, TN_LIT("hello"), 3);
    assert_true(tn_source_read(&source, bytes, 2, &got, &error));
    assert_int_equal(got, 2);
    assert_true(tn_source_read(&source, bytes, sizeof bytes, &got, &error));
    assert_int_equal(got, 3);
    assert_memory_equal(bytes, "llo", 3);
    assert_true(tn_source_read(&source, bytes, sizeof bytes, &got, &error));
    assert_int_equal(got, 0);
    tn_source_close(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_directory), cmocka_unit_test(test_inputs), cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_unreadable_directory), cmocka_unit_test(test_deep), cmocka_unit_test(test_open),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
