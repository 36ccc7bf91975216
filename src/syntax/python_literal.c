/* SPDX-License-Identifier: MIT */
#include "syntax/python_literal.h"

#include <stdint.h>

#include "syntax/json.h"
#include "syntax/python_string.h"

/* The parse: a cursor and the containers that are open, without recursion. */
struct open_container {
    cJSON *item;
    cJSON *last; /* newest member */
    char close;
    bool is_dict;
    bool brace;  /* `{`: dict or set, told by the first `:` */
    bool comma;  /* a tuple of one needs it, `(1)` is a value in brackets */
    const char *key;
};

struct parser {
    struct tn_arena *arena;
    struct tn_str text;
    size_t at;
    size_t repaired;
    struct tn_error *error;
    struct open_container *open; /* depth of them */
    int depth;
};

static bool fail(struct parser *p, enum tn_code code, const char *what)
{
    struct tn_str rest = tn_str_from(p->text, p->at);
    if (p->arena->failed)
        tn_error_set(p->error, TN_FAILED, TN_NO_MEMORY, NULL, "the record takes more memory than a record may");
    else if (rest.len == 0)
        tn_error_set(p->error, TN_FAILED, TN_TRUNCATED, NULL, "the literal ends too early: %s", what);
    else
        tn_error_set(p->error, TN_FAILED, code, NULL, "not a Python literal: %s at '%.*s'", what,
                     (int)tn_str_cut(rest, 20), rest.s);
    if (p->error)
        p->error->offset = p->at;
    return false;
}

static void skip_space(struct parser *p)
{
    while (p->at < p->text.len && (tn_is_space(p->text.s[p->at]) ||
                                   (p->text.s[p->at] == '\\' && p->at + 1 < p->text.len &&
                                    (p->text.s[p->at + 1] == '\n' || p->text.s[p->at + 1] == '\r'))))
        p->at++;
}

static char peek(const struct parser *p)
{
    return p->at < p->text.len ? p->text.s[p->at] : '\0';
}

static cJSON *new_item(struct parser *p, int type)
{
    cJSON *item = tn_arena_zero(p->arena, sizeof *item);
    if (item)
        item->type = type;
    return item;
}

/* Names that stand for values. */
static const struct {
    const char *name;
    int type;
} names[] = {
    {"True", cJSON_True}, {"False", cJSON_False}, {"None", cJSON_NULL},     {"nan", cJSON_NULL},
    {"inf", cJSON_NULL},  {"set()", cJSON_Array}, {"Ellipsis", cJSON_NULL},
};

static cJSON *parse_name(struct parser *p)
{
    struct tn_str rest = tn_str_from(p->text, p->at);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct tn_str name = tn_str_of(names[i].name);
        if (!tn_str_starts(rest, name))
            continue;
        char behind = rest.len > name.len ? rest.s[name.len] : ' ';
        if (tn_is_alnum(behind) || behind == '_')
            continue;
        p->at += name.len;
        return new_item(p, names[i].type);
    }
    fail(p, TN_SYNTAX, "unknown name");
    return NULL;
}

/* `text` without the `_` that Python allows between digits, NUL-terminated. */
static struct tn_str digits_only(struct parser *p, struct tn_str text)
{
    char *copy = tn_arena_alloc(p->arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; copy && i < text.len; i++)
        if (text.s[i] != '_')
            copy[len++] = text.s[i];
    if (copy)
        copy[len] = '\0';
    return tn_str_slice(copy, copy ? len : 0);
}

/* A number goes through cJSON's own parser, so that both syntaxes give the same doubles. */
static cJSON *parse_number(struct parser *p)
{
    size_t start = p->at;
    bool whole = true;
    bool negative = peek(p) == '-';
    if (negative || peek(p) == '+')
        p->at++;
    if (tn_is_alpha(peek(p)))
        return parse_name(p); /* -inf */
    while (tn_is_alnum(peek(p)) || peek(p) == '.' || peek(p) == '_' ||
           ((peek(p) == '-' || peek(p) == '+') && tn_lower(p->text.s[p->at - 1]) == 'e')) {
        whole = whole && (tn_is_digit(peek(p)) || peek(p) == '_');
        p->at++;
    }
    struct tn_str digits = digits_only(p, tn_str_slice(p->text.s + start, p->at - start));
    struct tn_str plain = digits.len && digits.s[0] == '+' ? tn_str_from(digits, 1) : digits;
    enum { SAFE_DIGITS = 15 };
    if (whole && plain.len > SAFE_DIGITS + (size_t)negative) {
        cJSON *text = new_item(p, cJSON_String);
        if (text)
            text->valuestring = (char *)(uintptr_t)plain.s;
        return text;
    }
    /* `.5` and `5.` are numbers here, in JSON they are not. */
    bool bare_point = plain.len && (plain.s[0] == '.' || plain.s[plain.len - 1] == '.');
    struct tn_str json = bare_point ? tn_str_format(p->arena, "%s%s%s", plain.s[0] == '.' ? "0" : "", plain.s,
                                                    plain.s[plain.len - 1] == '.' ? "0" : "")
                                    : plain;
    cJSON *number = (cJSON *)(uintptr_t)tn_json_parse(p->arena, json, NULL);
    if (!number || !cJSON_IsNumber(number)) {
        p->at = start;
        fail(p, TN_SYNTAX, "not a number");
        return NULL;
    }
    return number;
}

static cJSON *parse_string(struct parser *p)
{
    struct tn_python_string string;
    if (!tn_python_string_parse(p->arena, p->text, p->at, &string)) {
        p->at = string.at;
        fail(p, TN_SYNTAX, string.problem);
        return NULL;
    }
    p->at = string.at;
    p->repaired += string.repaired;
    cJSON *item = new_item(p, cJSON_String);
    if (item)
        item->valuestring = (char *)(uintptr_t)string.value.s;
    return item;
}

static bool starts_string(const struct parser *p)
{
    size_t at = p->at;
    while (at < p->text.len && at - p->at < 3 && tn_is_alpha(p->text.s[at]))
        at++;
    return at < p->text.len && (p->text.s[at] == '\'' || p->text.s[at] == '"');
}

static cJSON *parse_scalar(struct parser *p)
{
    char c = peek(p);
    if (starts_string(p))
        return parse_string(p);
    if (tn_is_digit(c) || c == '-' || c == '+' || c == '.')
        return parse_number(p);
    if (tn_is_alpha(c))
        return parse_name(p);
    fail(p, TN_SYNTAX, "unexpected character");
    return NULL;
}

static bool open_one(struct parser *p)
{
    char c = peek(p);
    if (p->depth == TN_MAX_DEPTH)
        return fail(p, TN_TOO_DEEP, "nested too deep");
    cJSON *item = new_item(p, c == '{' ? cJSON_Object : cJSON_Array);
    if (!item)
        return fail(p, TN_NO_MEMORY, "");
    p->open[p->depth++] = (struct open_container){
        .item = item, .close = c == '{' ? '}' : c == '[' ? ']' : ')', .brace = c == '{'};
    p->at++;
    return true;
}

static void unlink_key(struct open_container *open, const char *key)
{
    for (cJSON *child = open->item->child; child; child = child->next) {
        if (strcmp(child->string, key) != 0)
            continue;
        if (open->last == child)
            open->last = child == open->item->child ? NULL : child->prev;
        cJSON_DetachItemViaPointer(open->item, child);
        return;
    }
}

/* Dicts of a record have some tens of keys; beyond that repeated keys are not looked for. */
static bool small(const struct open_container *open)
{
    size_t count = 0;
    for (const cJSON *child = open->item->child; child && count <= 64; child = child->next)
        count++;
    return count <= 64;
}

static void add_member(struct open_container *open, cJSON *value)
{
    if (open->is_dict) {
        if (small(open))
            unlink_key(open, open->key);
        value->string = (char *)(uintptr_t)open->key;
        open->key = NULL;
    }
    if (open->last) {
        open->last->next = value;
        value->prev = open->last;
    } else {
        open->item->child = value;
    }
    open->last = value;
    open->item->child->prev = value;
}

/* The text of a dict's key. */
static bool take_key(struct parser *p, struct open_container *open, cJSON *key)
{
    if (cJSON_IsString(key))
        open->key = key->valuestring;
    else if (cJSON_IsNumber(key))
        open->key = tn_str_format(p->arena, "%d", key->valueint).s;
    else
        return fail(p, TN_SYNTAX, "a key that is no text");
    p->at++; /* the colon */
    return open->key ? true : fail(p, TN_NO_MEMORY, "");
}

/* Puts a finished value where it belongs. *done is set to the value when nothing is open any more. */
static bool place(struct parser *p, cJSON *value, cJSON **done)
{
    if (p->depth == 0) {
        *done = value;
        return true;
    }
    struct open_container *open = &p->open[p->depth - 1];
    skip_space(p);
    if (open->brace && !open->key && peek(p) == ':') {
        if (!open->is_dict && open->item->child)
            return fail(p, TN_SYNTAX, "a key in a set");
        open->is_dict = true;
        return take_key(p, open, value);
    }
    if (open->is_dict && !open->key)
        return fail(p, TN_SYNTAX, "a key without a value");
    if (open->brace && !open->is_dict)
        open->item->type = cJSON_Array; /* a set */
    add_member(open, value);
    if (peek(p) == ',') {
        open->comma = true;
        p->at++;
        return true;
    }
    return peek(p) == open->close ? true : fail(p, TN_SYNTAX, "expected a comma or the end");
}

/* The container that ends here, as a value; a value in round brackets without a comma is itself. */
static cJSON *close_one(struct parser *p)
{
    struct open_container *open = &p->open[--p->depth];
    p->at++;
    bool wrapped = open->close == ')' && open->item->child && open->item->child == open->last && !open->comma;
    if (!wrapped)
        return open->item;
    open->last->prev = open->last->next = NULL;
    return open->last;
}

static cJSON *parse(struct parser *p)
{
    cJSON *done = NULL;
    while (!done) {
        skip_space(p);
        char c = peek(p);
        cJSON *value = NULL;
        struct open_container *open = p->depth ? &p->open[p->depth - 1] : NULL;
        if (c == '{' || c == '[' || c == '(') {
            if (!open_one(p))
                return NULL;
            continue;
        }
        if (open && c == open->close && !open->key)
            value = close_one(p);
        else
            value = parse_scalar(p);
        if (!value || !place(p, value, &done))
            return NULL;
    }
    return done;
}

const cJSON *tn_python_literal_parse(struct tn_arena *arena, struct tn_str text, struct tn_python_literal_info *info,
                                     struct tn_error *error)
{
    struct parser p = {.arena = arena, .text = text, .error = error};
    p.open = tn_arena_alloc(arena, TN_MAX_DEPTH * sizeof *p.open);
    const cJSON *tree = p.open ? parse(&p) : NULL;
    if (!tree && !p.open)
        fail(&p, TN_NO_MEMORY, "");
    if (info)
        *info = (struct tn_python_literal_info){.used = p.at, .repaired = p.repaired};
    return tree;
}
