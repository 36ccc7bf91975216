/* SPDX-License-Identifier: MIT */
#include "unit/support_tsv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static int hex(char c)
{
    return tn_is_digit(c) ? c - '0' : tn_lower(c) >= 'a' && tn_lower(c) <= 'f' ? tn_lower(c) - 'a' + 10 : -1;
}

/* The character that the escape at text.s[0] (behind the backslash) means; its length in *size. */
static char unescaped(struct tn_str text, size_t *size)
{
    static const char letters[] = "tnr0\\", meanings[] = "\t\n\r\0\\";
    *size = 1;
    if (text.len >= 3 && text.s[0] == 'x' && hex(text.s[1]) >= 0 && hex(text.s[2]) >= 0) {
        *size = 3;
        return (char)(hex(text.s[1]) * 16 + hex(text.s[2]));
    }
    const char *letter = text.len ? memchr(letters, text.s[0], sizeof(letters) - 1) : NULL;
    if (!letter)
        fail_msg("unknown escape: \\%.*s", (int)text.len, text.s);
    return letter ? meanings[letter - letters] : '?';
}

static struct tn_str cell_of(struct tn_str raw)
{
    char *text = malloc(raw.len + 1);
    size_t len = 0, size = 1;
    assert_non_null(text);
    for (size_t i = 0; i < raw.len; i += size) {
        size = 1;
        text[len] = raw.s[i];
        if (raw.s[i] == '\\') {
            text[len] = unescaped(tn_str_from(raw, i + 1), &size);
            size++;
        }
        len++;
    }
    char *exact = realloc(text, len ? len : 1);
    assert_non_null(exact);
    return tn_str_slice(exact, len);
}

static void run_line(struct tn_str line, size_t columns, const char *where, tn_tsv_case *each, void *data)
{
    struct tn_str cells[TN_TSV_COLUMNS_MAX];
    size_t count = 0;
    for (size_t end; count < columns; count++) {
        end = tn_str_find_char(line, '\t');
        cells[count] = cell_of(end == TN_NO_OFFSET ? line : tn_str_slice(line.s, end));
        line = end == TN_NO_OFFSET ? tn_str_slice("", 0) : tn_str_from(line, end + 1);
    }
    if (line.len)
        fail_msg("%s: more than %zu cells", where, columns);
    each(cells, where, data);
    while (count)
        free((char *)(uintptr_t)cells[--count].s);
}

static struct tn_str read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s", path);
    enum { MOST = 4 << 20 };
    char *text = malloc(MOST);
    assert_non_null(text);
    size_t len = fread(text, 1, MOST, file);
    fclose(file);
    assert_true(len < MOST);
    return tn_str_slice(text, len);
}

size_t tn_tsv_each(const char *path, size_t columns, tn_tsv_case *each, void *data)
{
    char full[1024], where[256];
    snprintf(full, sizeof(full), "%s/%s", TN_FIXTURES, path);
    struct tn_str file = read_file(full), rest = file, line;
    size_t cases = 0;
    assert_true(columns <= TN_TSV_COLUMNS_MAX);
    for (unsigned number = 1; tn_str_next_line(&rest, &line); number++) {
        if (line.len == 0 || line.s[0] == '#')
            continue;
        snprintf(where, sizeof(where), "%s:%u", path, number);
        run_line(line, columns, where, each, data);
        cases++;
    }
    free((char *)(uintptr_t)file.s);
    if (cases == 0)
        fail_msg("%s: no case", path);
    return cases;
}

void tn_tsv_same(const char *where, const char *what, struct tn_str got, struct tn_str want)
{
    if (!tn_str_eq(got, want))
        fail_msg("%s: %s: got '%.*s', want '%.*s'", where, what, (int)got.len, got.len ? got.s : "", (int)want.len,
                 want.len ? want.s : "");
}

enum tn_code tn_tsv_code(struct tn_str cell)
{
    char name[64];
    if (cell.len < 2 || cell.s[0] != '!' || cell.len >= sizeof(name))
        return TN_CODE_NONE;
    memcpy(name, cell.s + 1, cell.len - 1);
    name[cell.len - 1] = '\0';
    return tn_code_from_name(name);
}
