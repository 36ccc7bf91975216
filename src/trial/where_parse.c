/* SPDX-License-Identifier: MIT */
/* Reading an expression: or of and of not of comparisons. Only parentheses go deeper. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "trial/where_inside.h"

/* The character of the text that byte `at` is or belongs to, from 1. */
static size_t column_of(const struct tn_where_parse *parse, size_t at)
{
    size_t column = 1;
    for (size_t i = 0; i < at && i < parse->text.len; i++)
        column += ((unsigned char)parse->text.s[i] & 0xC0) != 0x80;
    return column;
}

bool tn_where_refuse(struct tn_where_parse *parse, size_t at, const char *format, ...)
{
    char message[224];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    tn_error_set(parse->error, TN_FATAL, TN_USAGE, NULL, "column %zu: %s", column_of(parse, at), message);
    return false;
}

bool tn_where_no_memory(struct tn_where_parse *parse)
{
    tn_error_set(parse->error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return false;
}

static struct tn_str rest_of(const struct tn_where_parse *parse)
{
    return tn_str_from(parse->text, parse->at);
}

static void skip_blanks(struct tn_where_parse *parse)
{
    while (parse->at < parse->text.len && tn_is_space(parse->text.s[parse->at]))
        parse->at++;
}

/* The word that begins here: what stands up to a blank, bracket, quote or sign of comparison. */
static struct tn_str word_here(const struct tn_where_parse *parse)
{
    struct tn_str rest = rest_of(parse);
    size_t len = 0;
    while (len < rest.len && !tn_is_space(rest.s[len]) && !strchr("()'\"=!<>~", rest.s[len]))
        len++;
    return tn_str_slice(rest.s, len);
}

/* Goes behind `word` when it stands here as a word of its own. */
static bool take_word(struct tn_where_parse *parse, const char *word)
{
    skip_blanks(parse);
    struct tn_str here = word_here(parse);
    if (!tn_str_eq_fold(here, tn_str_of(word)))
        return false;
    parse->at += here.len;
    return true;
}

static bool take_char(struct tn_where_parse *parse, char c)
{
    skip_blanks(parse);
    bool here = parse->at < parse->text.len && parse->text.s[parse->at] == c;
    parse->at += here;
    return here;
}

static bool is_keyword(struct tn_str word)
{
    return tn_str_eq_fold(word, TN_LIT("and")) || tn_str_eq_fold(word, TN_LIT("or")) ||
           tn_str_eq_fold(word, TN_LIT("not"));
}

/* Doubles the room of an array when it is full. */
static void *with_room(struct tn_arena *arena, void *old, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return old;
    size_t more = *room ? *room * 2 : 16;
    void *grown = tn_arena_grow(arena, old, *room * size, more * size);
    if (grown)
        *room = more;
    return grown;
}

static bool add_step(struct tn_where_parse *parse, enum tn_step_kind kind, size_t index)
{
    struct tn_where *where = parse->where;
    struct tn_step *steps =
        with_room(&where->arena, where->steps, where->step_count, &where->step_room, sizeof *steps);
    if (!steps)
        return tn_where_no_memory(parse);
    where->steps = steps;
    steps[where->step_count++] = (struct tn_step){kind, index};
    return true;
}

static bool add_test(struct tn_where_parse *parse, const struct tn_test *test)
{
    struct tn_where *where = parse->where;
    struct tn_test *tests =
        with_room(&where->arena, where->tests, where->test_count, &where->test_room, sizeof *tests);
    if (!tests)
        return tn_where_no_memory(parse);
    where->tests = tests;
    tests[where->test_count] = *test;
    return add_step(parse, TN_STEP_TEST, where->test_count++);
}

/* A field's name here, found in the table. */
static bool read_field(struct tn_where_parse *parse, struct tn_test *test)
{
    skip_blanks(parse);
    struct tn_str name = word_here(parse);
    if (name.len == 0 && parse->at == parse->text.len)
        return tn_where_refuse(parse, parse->at, "the expression ends where a comparison is expected");
    if (name.len == 0 || is_keyword(name))
        return tn_where_refuse(parse, parse->at, "the name of a field is expected here");
    if (!tn_where_field(parse, name, test))
        return false;
    parse->at += name.len;
    return true;
}

/* The sign of comparison here; false where there is none. */
static bool read_sign(struct tn_where_parse *parse, enum tn_test_kind *kind)
{
    static const struct {
        const char *sign;
        enum tn_test_kind kind;
    } signs[] = {{"!=", TN_TEST_NE}, {"<=", TN_TEST_LE}, {">=", TN_TEST_GE},      {"=", TN_TEST_EQ},
                 {"<", TN_TEST_LT},  {">", TN_TEST_GT},  {"~", TN_TEST_CONTAINS}};
    skip_blanks(parse);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (tn_str_starts(rest_of(parse), tn_str_of(signs[i].sign))) {
            parse->at += strlen(signs[i].sign);
            *kind = signs[i].kind;
            return true;
        }
    return false;
}

/* What stands behind a backslash; NUL for what may not. */
static char escaped(char c)
{
    return c == 'n' ? '\n' : c == 't' ? '\t' : c == '\\' || c == '\'' || c == '"' ? c : '\0';
}

static bool read_quoted(struct tn_where_parse *parse, struct tn_str *value)
{
    size_t start = parse->at, len = 0, end = parse->at + 1;
    char quote = parse->text.s[parse->at++];
    while (end < parse->text.len && parse->text.s[end] != quote)
        end += parse->text.s[end] == '\\' ? 2 : 1;
    char *out = tn_arena_alloc(&parse->where->arena, end - start);
    if (!out)
        return tn_where_no_memory(parse);
    while (parse->at < parse->text.len && parse->text.s[parse->at] != quote) {
        char c = parse->text.s[parse->at++];
        if (c == '\\') {
            c = parse->at < parse->text.len ? escaped(parse->text.s[parse->at]) : '\0';
            if (c == '\0')
                return tn_where_refuse(parse, parse->at - 1, "a backslash stands only before \\ ' \" n or t");
            parse->at++;
        }
        out[len++] = c;
    }
    if (parse->at == parse->text.len)
        return tn_where_refuse(parse, start, "this quote is not closed");
    parse->at++;
    *value = tn_str_slice(out, len);
    return true;
}

static bool read_value(struct tn_where_parse *parse, struct tn_str *value)
{
    skip_blanks(parse);
    parse->value_at = parse->at;
    char c = parse->at < parse->text.len ? parse->text.s[parse->at] : '\0';
    if (c == '"' || c == '\'') {
        if (!read_quoted(parse, value))
            return false;
    } else {
        *value = word_here(parse);
        if (value->len == 0 || is_keyword(*value))
            return tn_where_refuse(parse, parse->at, value->len ? "a value is missing; '%.*s' as a value is put in quotes"
                                                                : "a value is missing",
                                   (int)value->len, value->s);
        parse->at += value->len;
    }
    if (value->len == 0)
        return tn_where_refuse(parse, parse->value_at,
                               "no value is empty; 'not has(FIELD)' is true where a field is absent");
    return true;
}

/* has(FIELD), FIELD, or FIELD SIGN VALUE */
static bool read_comparison(struct tn_where_parse *parse)
{
    struct tn_test test = {.kind = TN_TEST_THERE};
    struct tn_str value;
    size_t start = parse->at;
    if (take_word(parse, "has") && take_char(parse, '(')) {
        if (!read_field(parse, &test))
            return false;
        if (!take_char(parse, ')'))
            return tn_where_refuse(parse, parse->at, "')' is expected behind the name of the field");
        return add_test(parse, &test);
    }
    parse->at = start;
    if (!read_field(parse, &test))
        return false;
    if (!read_sign(parse, &test.kind)) {
        if (test.field->kind == TN_BOOL) {
            test.kind = TN_TEST_EQ;
            test.truth = true;
        }
        return add_test(parse, &test);
    }
    return read_value(parse, &value) && tn_where_value(parse, value, &test) && add_test(parse, &test);
}

static bool read_any(struct tn_where_parse *parse);

static bool read_not(struct tn_where_parse *parse)
{
    bool negated = false;
    while (take_word(parse, "not"))
        negated = !negated;
    size_t start = parse->at;
    if (take_char(parse, '(')) {
        if (++parse->depth > TN_WHERE_DEPTH)
            return tn_where_refuse(parse, parse->at - 1, "parentheses are nested more than %d deep", TN_WHERE_DEPTH);
        if (!read_any(parse))
            return false;
        if (!take_char(parse, ')'))
            return parse->at == parse->text.len
                       ? tn_where_refuse(parse, start, "this parenthesis is not closed")
                       : tn_where_refuse(parse, parse->at, "'and', 'or' or ')' is expected here");
        parse->depth--;
    } else if (!read_comparison(parse)) {
        return false;
    }
    return !negated || add_step(parse, TN_STEP_NOT, 0);
}

/* A chain of what `part` reads with `word` between. Where the first already decides, the others are jumped over. */
static bool read_chain(struct tn_where_parse *parse, bool (*part)(struct tn_where_parse *parse), const char *word,
                       enum tn_step_kind joint, enum tn_step_kind jump)
{
    if (!part(parse))
        return false;
    while (take_word(parse, word)) {
        size_t at = parse->where->step_count;
        if (!add_step(parse, jump, 0) || !part(parse) || !add_step(parse, joint, 0))
            return false;
        parse->where->steps[at].index = parse->where->step_count;
    }
    return true;
}

static bool read_all(struct tn_where_parse *parse)
{
    return read_chain(parse, read_not, "and", TN_STEP_AND, TN_STEP_IF_FALSE);
}

static bool read_any(struct tn_where_parse *parse)
{
    return read_chain(parse, read_all, "or", TN_STEP_OR, TN_STEP_IF_TRUE);
}

static bool read_expression(struct tn_where_parse *parse)
{
    if (parse->text.len > TN_WHERE_MAX)
        return tn_where_refuse(parse, TN_WHERE_MAX, "the expression is longer than %d bytes", TN_WHERE_MAX);
    size_t valid = tn_utf8_valid(parse->text);
    if (valid < parse->text.len)
        return tn_where_refuse(parse, valid, "this is no UTF-8");
    if (!read_any(parse))
        return false;
    skip_blanks(parse);
    if (parse->at == parse->text.len)
        return true;
    bool value_before = parse->value_at && !strchr("()'\"=!<>~", parse->text.s[parse->at]);
    return tn_where_refuse(parse, parse->at, value_before
                                                 ? "'and' or 'or' is expected here; a value with blanks is put in quotes"
                                                 : "'and' or 'or' is expected here");
}

struct tn_where *tn_where_new(const char *text, bool certain, struct tn_error *error)
{
    struct tn_where *where = calloc(1, sizeof *where);
    struct tn_where_parse parse = {.where = where, .text = tn_str_of(text), .error = error};
    if (!where) {
        tn_where_no_memory(&parse);
        return NULL;
    }
    tn_arena_init(&where->arena, SIZE_MAX / 2);
    where->certain = certain;
    if (read_expression(&parse))
        return where;
    tn_where_free(where);
    return NULL;
}

void tn_where_free(struct tn_where *where)
{
    if (where)
        tn_arena_release(&where->arena);
    free(where);
}
