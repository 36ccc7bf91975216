/* SPDX-License-Identifier: MIT */
/* detect and read for every source that is JSON records and a table of rows. */
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

static bool has_member(struct tn_str bytes, struct tn_str key)
{
    for (size_t from = 0; from < bytes.len;) {
        size_t at = tn_str_find(tn_str_from(bytes, from), key);
        if (at == TN_NO_OFFSET)
            return false;
        at += from;
        if (at > 0 && bytes.s[at - 1] == '"' && member_at(bytes, at - 1, key))
            return true;
        from = at + key.len;
    }
    return false;
}

void tn_tree_detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    const struct tn_tree_source *source = self->table;
    for (const char *const *key = source->signature; *key; key++) {
        if (has_member(peek->bytes, tn_str_of(*key)))
            tn_evidence_add(evidence, tn_str_of(*key));
        else if (key == source->signature)
            return;
    }
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
    struct tn_str bytes = tn_str_slice(raw->bytes, raw->len);
    const cJSON *tree = tn_json_parse(&worker->arena, raw->bytes, raw->len, error);
    if (!tree) {
        place_error(raw, error);
        return TN_FAILED;
    }
    if (!cJSON_GetObjectItemCaseSensitive(tree, source->signature[0])) {
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL, "no \"%s\" in this record: not what %s reads",
                     source->signature[0], self->name);
        return TN_FAILED;
    }
    struct tn_reading reading = tn_reading_start(self, worker, raw);
    const struct tn_tree_map *map = tn_worker_map(worker, self, source);
    if (!reading.trial || !map) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FAILED;
    }
    reading.tree = bytes;
    tn_tree_walk(&reading, map, tree);
    if (source->after)
        source->after(&reading);
    return tn_reading_end(&reading, emit, context, error);
}
