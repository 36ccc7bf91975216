/* SPDX-License-Identifier: MIT */
#include "syntax/python_literal.h"

#include <stdint.h>

#include "syntax/python_string.h"

/* A bracket that is open. */
struct open_bracket {
    cJSON *item;
    cJSON *last; /* newest member */
    const char *key;
    char close;
    bool dict;  /* told by the first colon: until then `{` may begin a set */
    bool comma; /* there was one: `(1,)` is a tuple, `(1)` is 1 */
    bool any;   /* there was a member, even one that was left out (None) */
};

struct parser {
    struct tn_arena *arena;
    struct tn_str text;
    size_t at;
    size_t token; /* where the newest scalar begins */
    size_t token_end;
    size_t repaired;
    struct tn_error *error;
    struct open_bracket *open;
    int depth;
};

static bool fail(struct parser *p, enum tn_code code, const char *what)
{
    struct tn_str rest = tn_str_from(p->text, p->at);
    if (p->arena->failed)
        tn_error_set(p->error, TN_FAILED, TN_NO_MEMORY, NULL, "the record takes more memory than a record may");
    else if (rest.len == 0)
        tn_error_set(p->error, TN_FAILED, TN_TRUNCATED, NULL, "the Python literal ends too early");
    else
        tn_error_set(p->error, TN_FAILED, code, NULL, "not a Python literal: %s, at '%.*s'", what,
                     (int)tn_str_cut(rest, 20), rest.s);
    if (p->error)
        p->error->offset = p->at;
    return false;
}

static cJSON *refuse(struct parser *p, const char *what)
{
    fail(p, TN_SYNTAX, what);
    return NULL;
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
    else
        fail(p, TN_NO_MEMORY, "");
    return item;
}

static cJSON *text_item(struct parser *p, struct tn_str text)
{
    cJSON *item = text.s ? new_item(p, cJSON_String) : refuse(p, "memory is short");
    if (item)
        item->valuestring = (char *)(uintptr_t)text.s;
    return item;
}

/* Words that stand for values. */
static const struct {
    struct tn_str word;
    int type;
} words[] = {
    {{"True", 4}, cJSON_True}, {{"False", 5}, cJSON_False}, {{"None", 4}, cJSON_NULL},
    {{"nan", 3}, cJSON_NULL},  {{"inf", 3}, cJSON_NULL},    {{"set()", 5}, cJSON_Array},
};

static cJSON *parse_word(struct parser *p)
{
    struct tn_str rest = tn_str_from(p->text, p->at);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct tn_str word = words[i].word;
        char behind = rest.len > word.len ? rest.s[word.len] : ' ';
        if (rest.len < word.len || memcmp(rest.s, word.s, word.len) != 0 || tn_is_alnum(behind) || behind == '_')
            continue;
        p->at += word.len;
        cJSON *item = new_item(p, words[i].type);
        if (item && word.s[0] == 't')
            item->valueint = 1;
        return item;
    }
    return refuse(p, "a name");
}

/* Digits with single `_` between them; false where there is none. */
static bool skip_digits(struct parser *p)
{
    size_t start = p->at;
    while (tn_is_digit(peek(p)) || (peek(p) == '_' && p->at > start && p->text.s[p->at - 1] != '_'))
        p->at++;
    return p->at > start && p->text.s[p->at - 1] != '_';
}

/* Moves behind the number. *whole: it has neither point nor exponent. */
static bool skip_number(struct parser *p, bool *whole)
{
    bool digits = skip_digits(p);
    *whole = true;
    if (peek(p) == '.') {
        *whole = false;
        p->at++;
        if (tn_is_digit(peek(p)))
            digits = skip_digits(p);
    }
    if (digits && tn_lower(peek(p)) == 'e') {
        *whole = false;
        p->at++;
        if (peek(p) == '-' || peek(p) == '+')
            p->at++;
        digits = skip_digits(p);
    }
    return digits && !tn_is_alnum(peek(p)) && peek(p) != '_' && peek(p) != '.';
}

/* The number as JSON writes it: without `_` and plus sign, with digits on both sides of the point. */
static struct tn_str json_number(struct parser *p, struct tn_str text)
{
    char *copy = tn_arena_alloc(p->arena, text.len + 3);
    size_t len = 0;
    for (size_t i = 0; copy && i < text.len; i++) {
        char c = text.s[i];
        bool bare = c == '.' && (len == 0 || !tn_is_digit(copy[len - 1]));
        if (bare)
            copy[len++] = '0';
        if (c != '_' && !(c == '+' && i == 0))
            copy[len++] = c;
        if (c == '.' && (i + 1 == text.len || !tn_is_digit(text.s[i + 1])))
            copy[len++] = '0';
    }
    if (copy)
        copy[len] = '\0';
    return tn_str_slice(copy, len);
}

/* True for whole numbers that a double may round. */
static bool too_long(struct tn_str number)
{
    static const struct tn_str limit = {"9007199254740992", 16};
    if (number.s[0] == '-')
        number = tn_str_from(number, 1);
    while (number.len > 1 && number.s[0] == '0')
        number = tn_str_from(number, 1);
    return number.len > limit.len || (number.len == limit.len && memcmp(number.s, limit.s, limit.len) > 0);
}

/* cJSON reads numbers of this many characters at most. */
enum { CJSON_NUMBER = 60 };

/* The number goes through cJSON's own parser, so that both syntaxes give the same doubles in every locale. */
static cJSON *number_item(struct parser *p, struct tn_str text, bool whole)
{
    if (text.len > CJSON_NUMBER || (whole && too_long(text)))
        return text_item(p, text);
    cJSON *parsed = cJSON_ParseWithLength(text.s, text.len);
    if (!parsed)
        return refuse(p, "memory is short");
    double value = parsed->valuedouble;
    int rounded = parsed->valueint;
    cJSON_Delete(parsed);
    bool finite = value - value == 0;
    cJSON *item = new_item(p, finite ? cJSON_Number : cJSON_NULL);
    if (item && finite) {
        item->valuedouble = value;
        item->valueint = rounded;
    }
    return item;
}

static cJSON *parse_number(struct parser *p)
{
    size_t start = p->at;
    bool whole;
    if (peek(p) == '-' || peek(p) == '+')
        p->at++;
    if (peek(p) == 'i' || peek(p) == 'n')
        return parse_word(p); /* -inf */
    if (!skip_number(p, &whole))
        return refuse(p, "not a number");
    struct tn_str text = json_number(p, tn_str_slice(p->text.s + start, p->at - start));
    return text.s ? number_item(p, text, whole) : refuse(p, "memory is short");
}

static cJSON *parse_string(struct parser *p)
{
    struct tn_python_string string;
    bool good = tn_python_string_parse(p->arena, p->text, p->at, &string);
    p->at = string.at;
    p->repaired += string.repaired;
    return good ? text_item(p, string.value) : refuse(p, string.problem);
}

static cJSON *parse_scalar(struct parser *p)
{
    char c = peek(p);
    p->token = p->at;
    cJSON *item;
    if (tn_python_string_starts(p->text, p->at))
        item = parse_string(p);
    else if (tn_is_digit(c) || c == '-' || c == '+' || c == '.')
        item = parse_number(p);
    else if (tn_is_alpha(c) || c == '_')
        item = parse_word(p);
    else
        item = refuse(p, "expected a value");
    p->token_end = p->at;
    return item;
}

static bool open_one(struct parser *p)
{
    char c = peek(p);
    if (p->depth == TN_MAX_DEPTH)
        return fail(p, TN_TOO_DEEP, "nested too deep");
    cJSON *item = new_item(p, c == '{' ? cJSON_Object : cJSON_Array);
    if (!item)
        return false;
    p->open[p->depth++] = (struct open_bracket){.item = item, .close = c == '{' ? '}' : c == '[' ? ']' : ')'};
    p->at++;
    return true;
}

/* Appends in the way that cJSON links members: the first one's prev is the last. */
static void link_member(struct open_bracket *open, cJSON *value)
{
    if (open->last) {
        open->last->next = value;
        value->prev = open->last;
    } else {
        open->item->child = value;
    }
    open->last = value;
    open->item->child->prev = value;
}

static void add_member(struct open_bracket *open, cJSON *value)
{
    open->any = true;
    if (open->dict) {
        value->string = (char *)(uintptr_t)open->key;
        open->key = NULL;
    } else if (open->close == '}') {
        open->item->type = cJSON_Array; /* a set */
    }
    if (!open->dict || value->type != cJSON_NULL)
        link_member(open, value);
}

/* A value with a colon behind it is the key of what follows. */
static bool take_key(struct parser *p, struct open_bracket *open, const cJSON *key)
{
    if (open->any && !open->dict)
        return fail(p, TN_SYNTAX, "a key in a set");
    if (key->type == cJSON_Array || key->type == cJSON_Object)
        return fail(p, TN_SYNTAX, "a key that is no scalar");
    struct tn_str token = tn_str_slice(p->text.s + p->token, p->token_end - p->token);
    open->key = key->valuestring ? key->valuestring : tn_str_copy(p->arena, token).s;
    open->dict = true;
    p->at++;
    return open->key || fail(p, TN_NO_MEMORY, "");
}

/* Puts a finished value where it belongs, and moves behind what separates it from the next. */
static bool place(struct parser *p, cJSON *value)
{
    struct open_bracket *open = &p->open[p->depth - 1];
    p->at = tn_python_skip_blanks(p->text, p->at);
    if (open->close == '}' && !open->key && peek(p) == ':')
        return take_key(p, open, value);
    if (open->dict && !open->key)
        return fail(p, TN_SYNTAX, "a key without a value");
    add_member(open, value);
    if (peek(p) == ',') {
        open->comma = true;
        p->at++;
        return true;
    }
    return (p->at < p->text.len && peek(p) == open->close) || fail(p, TN_SYNTAX, "expected a comma");
}

/* The bracket that ends here, as a value. */
static cJSON *close_one(struct parser *p)
{
    struct open_bracket *open = &p->open[--p->depth];
    p->at++;
    bool wrapped = open->close == ')' && open->any && !open->comma;
    if (!wrapped)
        return open->item;
    open->last->prev = NULL;
    return open->last;
}

static cJSON *parse(struct parser *p)
{
    for (;;) {
        p->at = tn_python_skip_blanks(p->text, p->at);
        char c = peek(p);
        if (c == '{' || c == '[' || c == '(') {
            if (!open_one(p))
                return NULL;
            continue;
        }
        struct open_bracket *open = p->depth ? &p->open[p->depth - 1] : NULL;
        bool closing = open && p->at < p->text.len && c == open->close && !open->key;
        cJSON *value = closing ? close_one(p) : parse_scalar(p);
        if (!value || p->depth == 0)
            return value;
        if (!place(p, value))
            return NULL;
    }
}

bool tn_python_literal_parse(struct tn_arena *arena, struct tn_str text, struct tn_python_literal *result,
                             struct tn_error *error)
{
    struct parser p = {.arena = arena, .text = text, .error = error};
    cJSON *tree = NULL;
    p.open = tn_arena_alloc(arena, TN_MAX_DEPTH * sizeof *p.open);
    if (p.open)
        tree = parse(&p);
    else
        fail(&p, TN_NO_MEMORY, "");
    *result = (struct tn_python_literal){.tree = tree, .used = p.at, .repaired = p.repaired};
    return tree != NULL;
}
