/* SPDX-License-Identifier: MIT */
/* detect and read for every source that is records of JSON or XML and a table of rows. */
#include "readers/tree.h"
#include "readers/columns.h"
#include "readers/member_names.h"
#include "readers/tree_early.h"
#include "syntax/json.h"
#include "syntax/xml.h"
#include "core/xml_lexer.h"

/* Where the first tag of that name begins, or TN_NO_OFFSET. */
static size_t find_tag(struct tn_str bytes, struct tn_str name)
{
    for (size_t from = 0; from < bytes.len;) {
        size_t at = tn_str_find(tn_str_from(bytes, from), name);
        if (at == TN_NO_OFFSET)
            break;
        at += from;
        char behind = at + name.len < bytes.len ? bytes.s[at + name.len] : '\0';
        if ((tn_is_space(behind) || behind == '>' || behind == '/') && at > 0) {
            size_t open = at - 1;
            while (open > 0 && bytes.s[at - 1] == ':' && bytes.s[open] != '<' && !tn_is_space(bytes.s[open]))
                open--;
            if (bytes.s[open] == '<')
                return open;
        }
        from = at + name.len;
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
    if (peek->syntax == TN_SYNTAX_DELIMITED) {
        tn_columns_detect(source, peek, false, evidence);
        return;
    }
    for (const char *const *key = source->signature; *key; key++) {
        bool in_vain = !key[1] && keys == 0 && key > source->signature; /* one, and not the first: too few in any case */
        if (in_vain)
            break;
        struct tn_str name = tn_str_of(*key);
        bool xml = peek->syntax == TN_SYNTAX_XML;
        if (xml ? find_tag(peek->bytes, name) == TN_NO_OFFSET : !tn_member_names_have(peek->names, name))
            continue;
        tn_evidence_add(&found, tn_str_of(*key));
        first = first || key == source->signature;
        keys++;
    }
    if (first || keys >= FEWEST)
        *evidence = found;
}

static const char *ignored_at_top(const struct tn_tree_source *source)
{
    for (size_t i = 0; i < source->count; i++)
        if (source->rows[i].kind == TN_ROW_IGNORED && !strchr(source->rows[i].path, '.'))
            return source->rows[i].path;
    return NULL;
}

/* The long member of that name, an object; NULL where none was noted. */
static const struct tn_raw_member *large_member(const struct tn_raw *raw, struct tn_str key)
{
    struct tn_str bytes = tn_str_slice(raw->bytes, raw->len);
    for (size_t i = 0; i < TN_RAW_MEMBERS && raw->large[i].len; i++) {
        size_t at = raw->large[i].at;
        if (bytes.s[at] != '{')
            continue;
        while (at > 0 && (tn_is_space(bytes.s[at - 1]) || bytes.s[at - 1] == ':'))
            at--;
        if (at > key.len + 1 && tn_str_eq(tn_member_name_at(bytes, at - key.len - 2), key))
            return &raw->large[i];
    }
    return NULL;
}

/* The same of XML: the whole element. */
static const struct tn_raw_member *large_element(const struct tn_raw *raw, struct tn_str name)
{
    for (size_t i = 0; i < TN_RAW_MEMBERS && raw->large[i].len; i++)
        if (tn_str_eq(tn_xml_name(tn_str_slice(raw->bytes + raw->large[i].at, raw->large[i].len)), name))
            return &raw->large[i];
    return NULL;
}

/* Takes out what stands there in the record's bytes; `instead` is put in its place. */
static void cut(struct tn_reading *reading, size_t at, size_t len, struct tn_str instead)
{
    const struct tn_raw *raw = reading->raw;
    size_t behind = at + len, rest = raw->len - behind;
    char *copy = tn_arena_alloc(reading->arena, at + instead.len + rest + 1);
    if (!copy)
        return;
    memcpy(copy, raw->bytes, at);
    memcpy(copy + at, instead.s, instead.len);
    memcpy(copy + at + instead.len, raw->bytes + behind, rest + 1);
    reading->tree = tn_str_slice(copy, at + instead.len + rest);
    reading->cut_offset = at + instead.len;
    reading->cut_length = len - instead.len;
    reading->cut_lines = tn_str_line_ends(tn_str_slice(raw->bytes + at, len));
}

/* Subtrees that no row reads, and that are large in many records (results: a third of the registry's bytes), are cut out
 * before the parser sees them: {"resultsSection":{...}} becomes {"resultsSection":{}}, in a copy. */
static void cut_out(struct tn_reading *reading, const struct tn_tree_source *source)
{
    const struct tn_raw *raw = reading->raw;
    const char *key = ignored_at_top(source);
    bool xml = raw->syntax == TN_SYNTAX_XML;
    const struct tn_raw_member *member = !key ? NULL : xml ? large_element(raw, tn_str_of(key)) : large_member(raw, tn_str_of(key));
    if (member && xml)
        cut(reading, member->at, member->len, tn_str_format(reading->arena, "<%s/>", key));
    else if (member)
        cut(reading, member->at + 1, member->len - 2, TN_LIT(""));
}

/* What was put right in the bytes before they were XML. */
static void tell_repairs(struct tn_reading *reading, const struct tn_xml_repairs *repairs)
{
    if (repairs->signs)
        tn_warn(reading, TN_REPAIRED_TEXT, NULL, 0, "bare `&`, `<` or `]]>`, which XML does not allow, read as text: %zu",
                repairs->signs);
    if (repairs->entities)
        tn_warn(reading, TN_REPAIRED_TEXT, NULL, 0, "entities of HTML, which XML does not have, read as their characters: %zu",
                repairs->entities);
    if (repairs->unknown)
        tn_warn(reading, TN_REPAIRED_TEXT, NULL, 0, "unknown entities, kept as they are written: %zu", repairs->unknown);
    if (repairs->controls)
        tn_warn(reading, TN_REPAIRED_TEXT, NULL, 0, "characters that XML forbids, replaced by U+FFFD: %zu",
                repairs->controls);
}

/* The tree of reading->tree. */
static const cJSON *parse_tree(struct tn_reading *reading, const struct tn_tree_source *source, struct tn_error *error)
{
    if (reading->raw->syntax != TN_SYNTAX_XML)
        return tn_json_parse(reading->arena, reading->tree.s, reading->tree.len, error);
    struct tn_xml_repairs repairs;
    struct tn_str root = {NULL, 0};
    cJSON *tree = tn_xml_parse(reading->arena, reading->tree.s, reading->tree.len, &root, &repairs, error);
    reading->placed = true;
    tell_repairs(reading, &repairs);
    if (tree && tn_str_eq(root, tn_str_of(source->signature[0])))
        reading->named = true;
    return tree;
}

/* Parses a record without what nobody reads. What is wrong is told by its place in the whole. */
static const cJSON *parse(struct tn_reading *reading, const struct tn_tree_source *source, struct tn_error *error)
{
    reading->tree = tn_str_slice(reading->raw->bytes, reading->raw->len);
    cut_out(reading, source);
    const cJSON *tree = parse_tree(reading, source, error);
    if (tree || reading->cut_length == 0)
        return tree;
    reading->cut_length = reading->cut_lines = 0;
    reading->tree = tn_str_slice(reading->raw->bytes, reading->raw->len);
    return parse_tree(reading, source, error);
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

static bool has_key(const cJSON *tree, const char *key)
{
    return key && cJSON_GetObjectItemCaseSensitive(tree, key);
}

enum tn_severity tn_tree_read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                              tn_emit_fn *emit, void *context, struct tn_error *error)
{
    return tn_tree_read_prepared(self, worker, raw, NULL, NULL, emit, context, error);
}

enum tn_severity tn_tree_read_prepared(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                                       tn_prepare_fn *prepare, const char *other, tn_emit_fn *emit, void *context,
                                       struct tn_error *error)
{
    const struct tn_tree_source *source = self->table;
    struct tn_reading reading = tn_reading_start(self, worker, raw);
    const struct tn_tree_map *map = tn_worker_map(worker, self, source);
    if (!reading.trial || !map) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FAILED;
    }
    bool named = raw->syntax == TN_SYNTAX_JSON && tn_reader_reads(self, TN_SYNTAX_DELIMITED); /* by columns */
    if (!prepare && !named && tn_tree_left_out(&reading, worker, source)) {
        worker->left_out++;
        return TN_OK;
    }
    bool row = raw->syntax == TN_SYNTAX_DELIMITED;
    const cJSON *tree = row ? tn_columns_tree(&reading, worker, error) : parse(&reading, source, error);
    if (!tree) {
        place_error(raw, error);
        return TN_FAILED;
    }
    const cJSON *own = prepare ? prepare(&reading, tree) : named ? tn_columns_of_json(&reading, source, tree) : tree;
    if (!row && !reading.named && !has_key(own, source->signature[0]) && !has_key(tree, source->signature[0]) &&
        !has_key(tree, other)) {
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL, "no \"%s\" in this record: not what %s reads",
                     source->signature[0], self->name);
        error->line = raw->line;
        error->offset = raw->offset;
        return TN_FAILED;
    }
    reading.root = named ? own : tree;
    if (row)
        tn_columns_walk(&reading, worker, map, tree);
    else
        tn_tree_walk(&reading, map, own);
    if (tn_record_empty(reading.trial) && !reading.arena->failed) {
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL, "the record says nothing that %s reads", self->name);
        error->line = raw->line;
        error->offset = raw->offset;
        return TN_FAILED;
    }
    if (source->after)
        source->after(&reading);
    return tn_reading_end(&reading, emit, context, error);
}
