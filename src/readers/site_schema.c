/* SPDX-License-Identifier: MIT */
/* The JSON Schema of a description, from the tables of site_terms.h. */
#include "readers/site_terms.h"

struct writing {
    struct tn_buf out;
    struct tn_arena arena;
    int depth;
    bool first; /* of the object or array that is open */
};

static void put(struct writing *writing, const char *text)
{
    tn_buf_str(&writing->out, tn_str_of(text));
}

/* Begins the next member or element, on a line of its own; `name` NULL: an element. */
static void next(struct writing *writing, const char *name)
{
    put(writing, writing->first ? "\n" : ",\n");
    writing->first = false;
    for (int i = 0; i < writing->depth; i++)
        put(writing, "  ");
    if (!name)
        return;
    tn_site_put_string(&writing->out, tn_str_of(name));
    put(writing, ": ");
}

static void open_bracket(struct writing *writing, const char *bracket)
{
    put(writing, bracket);
    writing->depth++;
    writing->first = true;
}

static void close_bracket(struct writing *writing, const char *bracket)
{
    writing->depth--;
    put(writing, "\n");
    for (int i = 0; i < writing->depth; i++)
        put(writing, "  ");
    put(writing, bracket);
    writing->first = false;
}

static void say(struct writing *writing, const char *name, const char *text)
{
    next(writing, name);
    tn_site_put_string(&writing->out, tn_str_of(text));
}

/* A member whose value is written as it stands. */
static void say_json(struct writing *writing, const char *name, const char *json)
{
    next(writing, name);
    put(writing, json);
}

static void say_words(struct writing *writing, const struct tn_site_words *words)
{
    next(writing, "oneOf");
    open_bracket(writing, "[");
    for (size_t i = 0; i < words->count; i++) {
        next(writing, NULL);
        put(writing, "{\"const\": ");
        tn_site_put_string(&writing->out, tn_str_of(words->all[i].word));
        put(writing, ", \"description\": ");
        tn_site_put_string(&writing->out, tn_str_of(words->all[i].meaning));
        put(writing, "}");
    }
    close_bracket(writing, "]");
}

static void say_value(struct writing *writing, const struct tn_site_member *member)
{
    static const char text[] = "{\"type\": \"string\", \"minLength\": 1}";
    static const char *const lists[] = {
        [TN_SITE_ROW_LIST] = "{\"$ref\": \"#/$defs/row\"}",
        [TN_SITE_SHAPE_LIST] = "{\"$ref\": \"#/$defs/shape\"}",
        [TN_SITE_PART_LIST] = "{\"$ref\": \"#/$defs/part\"}",
        [TN_SITE_TEXTS] = text,
        [TN_SITE_LABELS] = "{\"type\": \"string\", \"pattern\": \"^[^|]+$\"}",
    };
    switch (member->kind) {
    case TN_SITE_TEXT:
    case TN_SITE_MARK:
    case TN_SITE_PART_FIELD:
        say(writing, "type", "string");
        say_json(writing, "minLength", "1");
        break;
    case TN_SITE_SWITCH: say(writing, "type", "boolean"); break;
    case TN_SITE_NUMBER:
        say(writing, "type", "integer");
        say_json(writing, "minimum", "1");
        say_json(writing, "maximum", "1000");
        break;
    case TN_SITE_WORD: say_words(writing, member->words); break;
    case TN_SITE_BITS:
        say(writing, "type", "array");
        say_json(writing, "minItems", "1");
        say_json(writing, "uniqueItems", "true");
        next(writing, "items");
        open_bracket(writing, "{");
        say_words(writing, member->words);
        close_bracket(writing, "}");
        break;
    case TN_SITE_ROW_FIELD: say(writing, "$ref", "#/$defs/field"); break;
    case TN_SITE_TRIAL_FIELD:
    case TN_SITE_COUNT_FIELD:
    case TN_SITE_OTHER_FIELD: say(writing, "$ref", "#/$defs/trial_field"); break;
    case TN_SITE_TEXTS:
    case TN_SITE_LABELS:
    case TN_SITE_ROW_LIST:
    case TN_SITE_SHAPE_LIST:
    case TN_SITE_PART_LIST:
        say(writing, "type", "array");
        say_json(writing, "minItems", "1");
        if (member->kind == TN_SITE_PART_LIST)
            say_json(writing, "maxItems", "4");
        if (member->kind == TN_SITE_SHAPE_LIST)
            say_json(writing, "maxItems", "16");
        say_json(writing, "items", lists[member->kind]);
        break;
    }
}

static void say_object(struct writing *writing, const struct tn_site_member *members)
{
    say(writing, "type", "object");
    next(writing, "properties");
    open_bracket(writing, "{");
    for (const struct tn_site_member *member = members; member->name; member++) {
        next(writing, member->name);
        open_bracket(writing, "{");
        say(writing, "description", member->meaning);
        say_value(writing, member);
        close_bracket(writing, "}");
    }
    close_bracket(writing, "}");
    next(writing, "required");
    open_bracket(writing, "[");
    for (const struct tn_site_member *member = members; member->name; member++)
        if (member->needed)
            say(writing, NULL, member->name);
    close_bracket(writing, "]");
    say_json(writing, "additionalProperties", "false");
}

/* Words apart by blanks, as elements. */
static void say_list(struct writing *writing, const char *list)
{
    struct tn_str rest = tn_str_of(list);
    while (rest.len) {
        size_t blank = tn_str_find_char(rest, ' ');
        next(writing, NULL);
        tn_site_put_string(&writing->out, tn_str_slice(rest.s, blank == TN_NO_OFFSET ? rest.len : blank));
        rest = tn_str_from(rest, blank == TN_NO_OFFSET ? rest.len : blank + 1);
    }
}

/* Which members the rows of a mode have. */
static void say_rule(struct writing *writing, const struct tn_site_word *mode)
{
    const struct tn_site_rule *rule = tn_site_rule_of((enum tn_mode)mode->value);
    next(writing, NULL);
    open_bracket(writing, "{");
    next(writing, "if");
    put(writing, "{\"properties\": {\"mode\": {\"const\": ");
    tn_site_put_string(&writing->out, tn_str_of(mode->word));
    put(writing, "}}}");
    next(writing, "then");
    open_bracket(writing, "{");
    next(writing, "required");
    open_bracket(writing, "[");
    say(writing, NULL, "mode");
    say_list(writing, rule->needs);
    close_bracket(writing, "]");
    next(writing, "propertyNames");
    open_bracket(writing, "{");
    next(writing, "enum");
    open_bracket(writing, "[");
    say(writing, NULL, "mode");
    if (!tn_site_lists(rule->needs, "labels"))
        say(writing, NULL, "labels");
    say_list(writing, rule->needs);
    say_list(writing, rule->may);
    close_bracket(writing, "]");
    close_bracket(writing, "}");
    close_bracket(writing, "}");
    close_bracket(writing, "}");
}

static void say_row(struct writing *writing)
{
    next(writing, "row");
    open_bracket(writing, "{");
    say_object(writing, tn_site_row_members);
    next(writing, "allOf");
    open_bracket(writing, "[");
    for (size_t i = 0; i < tn_site_modes.count; i++)
        say_rule(writing, &tn_site_modes.all[i]);
    close_bracket(writing, "]");
    close_bracket(writing, "}");
}

static void say_fields(struct writing *writing, const char *name, bool members)
{
    size_t count = 0;
    const char *const *names = tn_site_field_names(&writing->arena, members, &count);
    next(writing, name);
    open_bracket(writing, "{");
    next(writing, "enum");
    open_bracket(writing, "[");
    for (size_t i = 0; names && i < count; i++)
        say(writing, NULL, names[i]);
    close_bracket(writing, "]");
    close_bracket(writing, "}");
}

static void say_definition(struct writing *writing, const char *name, const struct tn_site_member *members)
{
    next(writing, name);
    open_bracket(writing, "{");
    say_object(writing, members);
    close_bracket(writing, "}");
}

enum tn_severity tn_site_write_schema(const struct tn_sink *sink, struct tn_error *error)
{
    enum { LIMIT = 1 << 22 };
    struct writing writing = {.depth = 0};
    tn_buf_init(&writing.out, LIMIT);
    tn_arena_init(&writing.arena, LIMIT);
    open_bracket(&writing, "{");
    say(&writing, "$schema", "https://json-schema.org/draft/2020-12/schema");
    say(&writing, "$id", "urn:trialnorm:site:1");
    say(&writing, "title", "A site described for trialnorm --site");
    say_object(&writing, tn_site_members);
    next(&writing, "$defs");
    open_bracket(&writing, "{");
    say_row(&writing);
    say_definition(&writing, "shape", tn_site_shape_members);
    say_definition(&writing, "part", tn_site_part_members);
    say_fields(&writing, "field", true);
    say_fields(&writing, "trial_field", false);
    close_bracket(&writing, "}");
    close_bracket(&writing, "}");
    put(&writing, "\n");
    writing.out.failed = writing.out.failed || writing.arena.failed;
    tn_arena_release(&writing.arena);
    return tn_site_hand_over(&writing.out, sink, error);
}
