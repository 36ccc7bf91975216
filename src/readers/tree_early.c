/* SPDX-License-Identifier: MIT */
#include "readers/tree_early.h"

#include "readers/pick.h"
#include "syntax/json.h"
#include "syntax/json_project.h"

/* Made once for each reader of a worker. */
struct tn_early {
    bool asks;                   /* there is something that can be told early */
    bool all;                    /* ... all of the expression */
    const bool *known;           /* of each test of the expression: whether it can be asked; NULL without an expression */
    struct tn_json_paths *paths; /* where these rows read */
    const struct tn_tree_map *map;
};

static const struct tn_early nothing_early = {.asks = false};

static const struct tn_test trial_id = {
    .kind = TN_TEST_THERE, .path = {TN_trial_trial_id}, .depth = 1};

/* The chosen rows, and the paths that lead to their values. */
static bool choose_rows(struct tn_early *early, struct tn_arena *arena, const struct tn_tree_source *source,
                        const bool *wanted)
{
    struct tn_row *rows = tn_arena_alloc(arena, source->count * sizeof *rows);
    size_t count = 0;
    early->paths = tn_json_paths_new(arena);
    bool enough = rows && early->paths && tn_json_paths_add(early->paths, arena, source->signature[0], true);
    for (size_t i = 0; enough && i < source->count; i++) {
        if (!wanted[i])
            continue;
        rows[count++] = source->rows[i];
        if (rows[count - 1].kind == TN_ROW_VALUE || rows[count - 1].kind == TN_ROW_FLAG)
            enough = tn_json_paths_add(early->paths, arena, rows[count - 1].path, false);
    }
    early->map = enough ? tn_tree_compile(arena, rows, count) : NULL;
    return early->map != NULL;
}

static const struct tn_early *prepare(struct tn_arena *arena, const struct tn_tree_source *source,
                                      const struct tn_read_options *options)
{
    const struct tn_where *where = options->where;
    size_t tests = where ? where->test_count : 0;
    struct tn_early *early = tn_arena_zero(arena, sizeof *early);
    bool *known = tn_arena_zero(arena, tests + 1), *wanted = tn_arena_zero(arena, source->count + 1);
    if (!early || !known || !wanted)
        return &nothing_early;
    early->all = true;
    early->known = known;
    for (size_t i = 0; i < tests; i++) {
        known[i] = tn_test_is_early(&where->tests[i], source, options);
        early->asks = early->asks || known[i];
        early->all = early->all && known[i];
        if (known[i])
            tn_test_rows(&where->tests[i], source, wanted);
    }
    bool by_key = options->shards && !options->redact && (!source->after || source->only_orders);
    early->asks = early->asks || by_key;
    tn_test_rows(&trial_id, source, wanted);
    return early->asks && choose_rows(early, arena, source, wanted) ? early : &nothing_early;
}

static const struct tn_early *early_of(const struct tn_reading *reading, struct tn_worker *worker,
                                       const struct tn_tree_source *source)
{
    size_t most = sizeof worker->maps / sizeof worker->maps[0], i = 0;
    while (i < most - 1 && worker->maps[i].reader != reading->reader)
        i++;
    if (worker->maps[i].reader != reading->reader)
        return &nothing_early;
    if (!worker->maps[i].early)
        worker->maps[i].early = prepare(&worker->kept, source, reading->options);
    return worker->maps[i].early;
}

/* The fields that are asked for, and trial_id; NULL where the reader may have something against the record. */
static const struct tn_record *read_early(const struct tn_reading *reading, const struct tn_early *early,
                                          const struct tn_tree_source *source)
{
    struct tn_read_options options = *reading->options;
    struct tn_reading first = *reading;
    options.provenance = false;
    first.options = &options;
    first.tree = (struct tn_str){NULL, 0}; /* what it warns of is not told: nobody looks for lines */
    first.trial = tn_record_new(reading->arena, &tn_type_trial);
    struct tn_str bytes = tn_json_project(reading->arena, early->paths, tn_str_slice(reading->raw->bytes, reading->raw->len),
                                          reading->raw->large);
    const cJSON *tree = bytes.s ? tn_json_parse(reading->arena, bytes.s, bytes.len, NULL) : NULL;
    if (!tree || !first.trial || !cJSON_GetObjectItemCaseSensitive(tree, source->signature[0]))
        return NULL;
    tn_tree_walk(&first, early->map, tree);
    return tn_has(first.trial, TN_trial_trial_id) && !reading->arena->failed ? first.trial : NULL;
}

bool tn_tree_left_out(const struct tn_reading *reading, struct tn_worker *worker, const struct tn_tree_source *source)
{
    const struct tn_read_options *options = reading->options;
    if ((!options->where && !options->shards) || reading->raw->syntax != TN_SYNTAX_JSON)
        return false;
    const struct tn_early *early = early_of(reading, worker, source);
    const struct tn_record *trial = early->asks ? read_early(reading, early, source) : NULL;
    if (!trial)
        return false;
    bool key_stays = !options->redact && (!source->after || source->only_orders);
    if (key_stays && !tn_in_shard(options, tn_text(trial, TN_trial_trial_id)))
        return true;
    enum tn_truth truth = options->where ? tn_where_truth(options->where, trial, early->known) : TN_TRUE;
    return truth == TN_FALSE || (truth == TN_OPEN && early->all && options->where->certain);
}
