/* SPDX-License-Identifier: MIT */
/* detect and read for every source that is JSON records and a table of rows. */
#include <stdint.h>

#include "readers/tree.h"
#include "syntax/json.h"

/* True where a JSON member of that name begins: `"key"` behind `{` or `,` and before `:`. A key that is quoted inside
 * a text stands behind a backslash and before one, and does not count. */
static bool member_at(struct tn_str bytes, size_t quote, struct tn_str key)
{
    struct tn_str rest = tn_str_from(bytes, quote + 1);
    if (!tn_str_starts(rest, key) || rest.len <= key.len || rest.s[key.len] != '"')
        return false;
    rest = tn_str_from(rest, key.len + 1);
    while (rest.len && tn_is_space(rest.s[0]))
        rest = tn_str_from(rest, 1);
    if (rest.len && rest.s[0] != ':')
        return false;
    while (quote > 0 && tn_is_space(bytes.s[quote - 1]))
        quote--;
    return quote > 0 && (bytes.s[quote - 1] == '{' || bytes.s[quote - 1] == ',');
}

/* Where the first member of that name begins (its quotation mark), or TN_NO_OFFSET. */
static size_t find_member(struct tn_str bytes, struct tn_str key)
{
    for (size_t from = 0; from < bytes.len;) {
        size_t at = tn_str_find(tn_str_from(bytes, from), key);
        if (at == TN_NO_OFFSET)
            break;
        at += from;
        if (at > 0 && bytes.s[at - 1] == '"' && member_at(bytes, at - 1, key))
            return at - 1;
        from = at + key.len;
    }
    return TN_NO_OFFSET;
}

void tn_tree_detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    enum { FEWEST = 2 };
    const struct tn_tree_source *source = self->table;
    struct tn_evidence found = {.bits = 0};
    int keys = 0;
    bool first = false;
    for (const char *const *key = source->signature; *key; key++) {
        if (find_member(peek->bytes, tn_str_of(*key)) == TN_NO_OFFSET)
            continue;
        tn_evidence_add(&found, tn_str_of(*key));
        first = first || key == source->signature;
        keys++;
    }
    if (first || keys >= FEWEST)
        *evidence = found;
}

/* Behind the value that begins at `at`: brackets are counted, strings skipped. The record's length when it has no end. */
static size_t behind_value(struct tn_str bytes, size_t at)
{
    size_t depth = 0;
    while (at < bytes.len) {
        char c = bytes.s[at++];
        if (c == '"') {
            size_t start = at;
            const char *quote;
            while ((quote = memchr(bytes.s + at, '"', bytes.len - at)) != NULL) {
                at = (size_t)(quote - bytes.s) + 1;
                size_t back = at - 1;
                while (back > start && bytes.s[back - 1] == '\\')
                    back--;
                if ((at - 1 - back) % 2 == 0)
                    break;
            }
            if (!quote)
                return bytes.len;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return at;
        }
    }
    return bytes.len;
}

/* What was cut out of a record before it was parsed. */
struct cut {
    const char *key;
    size_t at, len; /* where it stood, behind `{`, and how long it was */
    char *saved;
};

/* A subtree that no row reads, and that is large in many records (results: a third of the registry's bytes), is cut out
 * before the parser sees it: {"resultsSection":{...}} becomes {"resultsSection":{}}. */
static struct cut cut_out(struct tn_arena *arena, const char *key, struct tn_str *bytes)
{
    enum { WORTH_LOOKING = 24 * 1024 };
    struct cut cut = {.key = key};
    size_t quote = bytes->len < WORTH_LOOKING ? TN_NO_OFFSET : find_member(*bytes, tn_str_of(key));
    if (quote == TN_NO_OFFSET)
        return cut;
    size_t at = quote + strlen(key) + 2;
    while (at < bytes->len && (tn_is_space(bytes->s[at]) || bytes->s[at] == ':'))
        at++;
    size_t end = at < bytes->len && bytes->s[at] == '{' ? behind_value(*bytes, at) : bytes->len;
    if (end == bytes->len || end < at + 3 || !(cut.saved = tn_arena_alloc(arena, end - at)))
        return cut;
    cut.at = at + 1;
    cut.len = end - 1 - cut.at;
    char *place = (char *)(uintptr_t)bytes->s + cut.at;
    memcpy(cut.saved, place, cut.len);
    memmove(place, place + cut.len, bytes->len - cut.at - cut.len);
    bytes->len -= cut.len;
    return cut;
}

static void put_back(const struct cut *cut, struct tn_str *bytes)
{
    char *place = (char *)(uintptr_t)bytes->s + cut->at;
    memmove(place + cut->len, place, bytes->len - cut->at);
    memcpy(place, cut->saved, cut->len);
    bytes->len += cut->len;
}

static const char *ignored_at_top(const struct tn_tree_source *source)
{
    for (size_t i = 0; i < source->count; i++)
        if (source->rows[i].kind == TN_ROW_IGNORED && !strchr(source->rows[i].path, '.'))
            return source->rows[i].path;
    return NULL;
}

/* Parses a record without what nobody reads. A key that stood deeper than at the top was not the one that is ignored:
 * then everything is put back. */
static const cJSON *parse(struct tn_reading *reading, const struct tn_tree_source *source, struct tn_error *error)
{
    const char *key = ignored_at_top(source);
    struct cut cut = key ? cut_out(reading->arena, key, &reading->tree) : (struct cut){NULL, 0, 0, NULL};
    const cJSON *tree = tn_json_parse(reading->arena, reading->tree.s, reading->tree.len, error);
    const cJSON *stump = tree && cut.len ? cJSON_GetObjectItemCaseSensitive(tree, key) : NULL;
    if (cut.len && (!stump || stump->child)) {
        put_back(&cut, &reading->tree);
        return tn_json_parse(reading->arena, reading->tree.s, reading->tree.len, error);
    }
    reading->cut_offset = cut.at;
    reading->cut_length = cut.len;
    reading->cut_lines = tn_str_line_ends(tn_str_slice(cut.saved, cut.len));
    return tree;
}

/* From a place in the record to one in the document. */
static void place_error(const struct tn_raw *raw, struct tn_error *error)
{
    struct tn_str before = tn_str_slice(raw->bytes, error->offset < raw->len ? error->offset : 0);
    error->severity = TN_FAILED;
    error->line = raw->line + tn_str_line_ends(before);
    if (error->offset != TN_NO_OFFSET)
        error->offset += raw->offset;
}

enum tn_severity tn_tree_read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                              tn_emit_fn *emit, void *context, struct tn_error *error)
{
    const struct tn_tree_source *source = self->table;
    struct tn_reading reading = tn_reading_start(self, worker, raw);
    const struct tn_tree_map *map = tn_worker_map(worker, self, source);
    if (!reading.trial || !map) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FAILED;
    }
    reading.tree = tn_str_slice(raw->bytes, raw->len);
    const cJSON *tree = parse(&reading, source, error);
    if (!tree) {
        place_error(raw, error);
        return TN_FAILED;
    }
    if (!cJSON_GetObjectItemCaseSensitive(tree, source->signature[0])) {
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL, "no \"%s\" in this record: not what %s reads",
                     source->signature[0], self->name);
        error->line = raw->line;
        error->offset = raw->offset;
        return TN_FAILED;
    }
    tn_tree_walk(&reading, map, tree);
    if (tn_record_empty(reading.trial)) {
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL, "the record says nothing that %s reads", self->name);
        error->line = raw->line;
        error->offset = raw->offset;
        return TN_FAILED;
    }
    if (source->after)
        source->after(&reading);
    return tn_reading_end(&reading, emit, context, error);
}
