/* SPDX-License-Identifier: MIT */
#include "cli/change_line.h"
#include "cli/dataset.h"
#include "dataset/find.h"
#include "dataset/packed.h"
#include "readers/normalized.h"
#include "trial/compare.h"
#include "writers/json_text.h"

enum { TRIAL_ID, VERSION, RUN, AT, FIELD, OP, OLD, NEW, SOURCE, DATED, COLUMNS };

static const char *const columns[] = {
    [TRIAL_ID] = "trial_id", [VERSION] = "version", [RUN] = "run", [AT] = "at",         [FIELD] = "field",
    [OP] = "op",             [OLD] = "old",         [NEW] = "new", [SOURCE] = "source", [DATED] = "dated",
};

enum { JSON_MAX = 1 << 30 };

/* The queries, all about one trial. */
enum { VERSIONS, FIRST, PRESENT_RUN, EVENTS, WHENCE, QUERIES };

static const char *const sql[QUERIES] = {
    [VERSIONS] = "SELECT run, json FROM version WHERE trial = ?1 ORDER BY run",
    [FIRST] = "SELECT first_run FROM trial WHERE trial = ?1",
    [PRESENT_RUN] = "SELECT at FROM run WHERE run = ?1",
    /* What befell the whole trial, from one run up to another. */
    [EVENTS] = "SELECT change.run, run.at, change.op, change.old, change.new, change.source, change.dated"
               " FROM change LEFT JOIN run ON run.run = change.run WHERE change.trial = ?1 AND change.field IS NULL"
               " AND change.op <> 'added' AND change.run >= ?2 AND change.run < ?3 ORDER BY change.run, change.change",
    /* Where the change of a field in a run, or else any of that run, comes from. */
    [WHENCE] = ("SELECT * FROM (SELECT source, dated FROM change WHERE trial = ?1 AND run = ?2 AND field IS ?3 LIMIT 1)"
                " UNION ALL SELECT * FROM (SELECT source, dated FROM change WHERE trial = ?1 AND run = ?2 LIMIT 1) LIMIT 1"),
};

struct history {
    const struct cli_settings *settings;
    const struct tn_dataset *dataset;
    sqlite3_stmt *queries[QUERIES];
    sqlite3_int64 trial;
    char name[TN_FOUND_NAME];
    struct cli_rows rows;
    struct cli_change_lines lines;
    struct tn_arena arenas[2];   /* of one version and the next, in turns */
    tn_trial *before, *now;
    struct tn_buf json, old, new; /* a version, and a difference */
    int64_t version, run, headed; /* the present ones, and the run whose heading was printed */
    struct tn_str at;             /* when the run began: borrowed from its query */
    struct tn_error *error;
};

static bool no_memory(struct tn_error *error)
{
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return false;
}

/* `version 2, run 3, 2026-11-22T02:00:00Z`, or `run 3, ...` where what befell the trial made no version of it */
static void print_heading(struct history *history, FILE *out, const struct cli_cell *cells)
{
    if (history->headed == cells[RUN].integer)
        return;
    history->headed = cells[RUN].integer;
    if (cells[VERSION].kind != CLI_CELL_ABSENT)
        fprintf(out, "version %lld, ", (long long)cells[VERSION].integer);
    fprintf(out, "run %lld, ", (long long)history->headed);
    cli_print(out, cells[AT].text, 0);
    if (cells[VERSION].integer == 1 && cells[SOURCE].text.len) {
        fputs(": ", out);
        cli_print(out, cells[SOURCE].text, 0);
    }
    fputc('\n', out);
}

/* What the first version says needs no date on every line: its heading has it. */
static void print_line(void *context, struct cli_rows *rows, FILE *out, const struct cli_cell *cells)
{
    static const struct tn_str none = {NULL, 0};
    struct history *history = context;
    bool first = cells[VERSION].integer == 1;
    const struct cli_difference difference = {
        .trial_id = cells[TRIAL_ID].text,
        .op = cells[OP].text,
        .field = cells[FIELD].text,
        .old = cells[OLD].text,
        .now = cells[NEW].text,
        .dated = first ? none : cells[DATED].text,
    };
    print_heading(history, out, cells);
    cli_change_line(&history->lines, rows, out, difference, first ? none : cells[AT].text, first ? none : cells[SOURCE].text);
}

/* A file that has another name now changes its record in place: no version begins with that, and no run is known for it. */
static bool is_place(const struct history *history, const struct tn_difference *difference)
{
    return difference->field == TN_trial_source && difference->kind == TN_FIELD_CHANGED &&
           tn_str_eq(tn_text(tn_record_at(history->before, TN_trial_source, 0), TN_source_reader),
                     tn_text(tn_record_at(history->now, TN_trial_source, 0), TN_source_reader));
}

static bool is_wanted(const struct history *history, int field)
{
    return !history->settings->field_name || strcmp(history->settings->field_name, tn_type_trial.fields[field].name) == 0;
}

static struct cli_cell json_of(const struct tn_buf *buf)
{
    return buf->len ? cli_json(tn_str_slice(buf->data, buf->len)) : cli_absent();
}

/* One row about a field; its old and new values stand in the buffers. False when the list ends. */
static bool list_field(struct history *history, int field, const char *op)
{
    struct tn_str name = cli_str(tn_type_trial.fields[field].name);
    sqlite3_stmt *whence = history->queries[WHENCE];
    sqlite3_bind_int64(whence, 2, history->run);
    if (history->version > 1)
        tn_bind_text(whence, 3, name);
    int result = tn_dataset_step(history->dataset, whence, history->error);
    bool good = result != SQLITE_ERROR && !history->old.failed && !history->new.failed;
    if (result != SQLITE_ERROR && !good)
        no_memory(history->error);
    struct cli_cell cells[COLUMNS] = {
        [TRIAL_ID] = cli_text(cli_str(history->name)), [VERSION] = cli_integer(history->version),
        [RUN] = cli_integer(history->run),             [AT] = cli_text(history->at),
        [FIELD] = cli_text(name),                      [OP] = cli_text(cli_str(op)),
        [OLD] = json_of(&history->old),                [NEW] = json_of(&history->new),
    };
    if (result == SQLITE_ROW) {
        cells[SOURCE] = cli_column_cell(whence, 0, CLI_COLUMN_VALUE);
        cells[DATED] = cli_column_cell(whence, 1, CLI_COLUMN_VALUE);
    }
    good = good && cli_row(&history->rows, cells);
    sqlite3_reset(whence);
    return good;
}

static bool list_difference(void *context, const struct tn_difference *difference)
{
    struct history *history = context;
    if (!is_wanted(history, difference->field) || is_place(history, difference))
        return true;
    tn_buf_reset(&history->old);
    tn_buf_reset(&history->new);
    tn_json_difference(&history->old, &history->new, history->before, history->now, difference);
    return list_field(history, difference->field, tn_difference_name(difference->kind));
}

/* The first version, whole. */
static bool list_all(struct history *history)
{
    for (int i = tn_next_field(history->now, 0); i >= 0; i = tn_next_field(history->now, i + 1)) {
        tn_buf_reset(&history->old);
        tn_buf_reset(&history->new);
        if (!is_wanted(history, i))
            continue;
        tn_json_value(&history->new, history->now, i, TN_ALL_MEMBERS);
        if (!list_field(history, i, tn_difference_name(TN_FIELD_ADDED)))
            return false;
    }
    return true;
}

/* What befell the trial from run `from` up to run `to`. */
static bool list_events(struct history *history, int64_t from, int64_t to)
{
    enum { EVENT_RUN, EVENT_AT, EVENT_OP, EVENT_OLD, EVENT_NEW, EVENT_SOURCE, EVENT_DATED };
    sqlite3_stmt *events = history->queries[EVENTS];
    int result = SQLITE_DONE;
    sqlite3_bind_int64(events, 2, from);
    sqlite3_bind_int64(events, 3, to);
    while (!history->settings->field_name && (result = tn_dataset_step(history->dataset, events, history->error)) == SQLITE_ROW) {
        struct cli_cell cells[COLUMNS] = {
            [TRIAL_ID] = cli_text(cli_str(history->name)),
            [RUN] = cli_column_cell(events, EVENT_RUN, CLI_COLUMN_VALUE),
            [AT] = cli_column_cell(events, EVENT_AT, CLI_COLUMN_VALUE),
            [OP] = cli_column_cell(events, EVENT_OP, CLI_COLUMN_VALUE),
            [OLD] = cli_column_cell(events, EVENT_OLD, CLI_COLUMN_JSON),
            [NEW] = cli_column_cell(events, EVENT_NEW, CLI_COLUMN_JSON),
            [SOURCE] = cli_column_cell(events, EVENT_SOURCE, CLI_COLUMN_VALUE),
            [DATED] = cli_column_cell(events, EVENT_DATED, CLI_COLUMN_VALUE),
        };
        if (!cells[SOURCE].text.len)
            cells[SOURCE] = cli_absent();
        if (!cli_event_row(&history->rows, cells, OP, NEW))
            break;
    }
    sqlite3_reset(events);
    return result == SQLITE_DONE;
}

/* The version that run `run` made. */
static bool list_version(struct history *history, struct tn_str json, int64_t run)
{
    struct tn_arena *arena = &history->arenas[history->version % 2];
    sqlite3_stmt *at = history->queries[PRESENT_RUN];
    if (history->version && !list_events(history, history->run, run))
        return false;
    history->version++;
    history->run = run;
    tn_arena_reset(arena);
    history->before = history->now;
    history->now = tn_normalized_parse(arena, json, history->error);
    if (!history->now)
        return false;
    sqlite3_reset(at);
    sqlite3_bind_int64(at, 1, run);
    int result = tn_dataset_step(history->dataset, at, history->error);
    history->at = result == SQLITE_ROW ? tn_column_text(at, 0) : (struct tn_str){NULL, 0};
    if (result == SQLITE_ERROR)
        return false;
    if (!history->before)
        return list_all(history);
    return (tn_compare(history->before, history->now, TN_COMPARE_ALL, list_difference, history) || no_memory(history->error)) &&
           history->error->code == TN_CODE_NONE;
}

/* The versions that were, then the present one. */
static bool list_versions(struct history *history)
{
    sqlite3_stmt *versions = history->queries[VERSIONS], *first = history->queries[FIRST];
    int result = tn_dataset_step(history->dataset, first, history->error);
    int64_t run = result == SQLITE_ROW ? sqlite3_column_int64(first, 0) : 0;
    while (result != SQLITE_ERROR && (result = tn_dataset_step(history->dataset, versions, history->error)) == SQLITE_ROW) {
        const void *blob = sqlite3_column_blob(versions, 1);
        tn_buf_reset(&history->json);
        if (!tn_unpack_json(tn_str_slice(blob, (size_t)sqlite3_column_bytes(versions, 1)), &history->json)) {
            tn_error_set(history->error, TN_FATAL, TN_IO, NULL, "a version of %s cannot be unpacked", history->name);
            return false;
        }
        if (!list_version(history, tn_str_slice(history->json.data, history->json.len), run))
            return false;
        run = sqlite3_column_int64(versions, 0);
    }
    struct tn_arena arena;
    struct tn_str json;
    tn_arena_init(&arena, JSON_MAX);
    bool good = result == SQLITE_DONE &&
                tn_dataset_trial_json(history->dataset, history->trial, &arena, &json, history->error) &&
                (!json.s || list_version(history, json, run)) && list_events(history, history->run, INT64_MAX);
    tn_arena_release(&arena);
    return good;
}

static bool prepare(struct history *history)
{
    for (int i = 0; i < QUERIES; i++) {
        history->queries[i] = tn_dataset_prepare(history->dataset, sql[i], history->error);
        if (!history->queries[i])
            return false;
        sqlite3_bind_int64(history->queries[i], 1, history->trial);
    }
    return tn_dataset_name(history->dataset, history->trial, history->name, history->error);
}

static int list_history(struct history *history)
{
    struct tn_error error = {.code = TN_CODE_NONE};
    history->error = &error;
    tn_buf_init(&history->json, JSON_MAX);
    tn_buf_init(&history->old, JSON_MAX);
    tn_buf_init(&history->new, JSON_MAX);
    tn_arena_init(&history->arenas[0], JSON_MAX);
    tn_arena_init(&history->arenas[1], JSON_MAX);
    cli_change_lines_init(&history->lines, history->settings);
    cli_rows_begin(&history->rows, history->settings, columns, COLUMNS, print_line, history);
    bool good = prepare(history) && list_versions(history);
    /* Without an error the list has ended because nobody reads it any more. */
    int code = good || error.code == TN_CODE_NONE ? CLI_DONE : cli_dataset_failed(history->dataset, &error);
    for (int i = 0; i < QUERIES; i++)
        sqlite3_finalize(history->queries[i]);
    tn_buf_release(&history->json);
    tn_buf_release(&history->old);
    tn_buf_release(&history->new);
    tn_arena_release(&history->arenas[0]);
    tn_arena_release(&history->arenas[1]);
    cli_change_lines_release(&history->lines);
    return cli_rows_end(&history->rows, code);
}

static int refuse_several(const struct tn_dataset *dataset, const char *name, const struct tn_found *found)
{
    struct tn_error error;
    char names[TN_FOUND_MOST][TN_FOUND_NAME] = {""};
    for (size_t i = 0; i < found->count && i < TN_FOUND_MOST; i++)
        if (!tn_dataset_name(dataset, found->trials[i], names[i], &error))
            return cli_dataset_failed(dataset, &error);
    cli_say("%s: '%s' belongs to more than one trial: %s, %s%s%s%s", tn_dataset_path(dataset), name, names[0], names[1],
            found->count > 2 ? ", " : "", names[2], found->count > 3 ? ", ..." : "");
    return CLI_FAILED;
}

/* The trial that the operand names; other codes than CLI_DONE once a message has been printed. */
static int find(struct history *history, const char *name)
{
    struct tn_error error;
    struct tn_found found;
    if (!tn_dataset_find(history->dataset, name, &found, &error))
        return cli_dataset_failed(history->dataset, &error);
    if (found.count > 1)
        return refuse_several(history->dataset, name, &found);
    if (!found.count) {
        cli_say(found.nearest[0] ? "%s: there is no trial '%s'; did you mean '%s'?" : "%s: there is no trial '%s'",
                tn_dataset_path(history->dataset), name, found.nearest);
        return CLI_FAILED;
    }
    history->trial = found.trials[0];
    char joined[TN_FOUND_NAME];
    if (!found.joined)
        return CLI_DONE;
    if (!tn_dataset_name(history->dataset, history->trial, joined, &error))
        return cli_dataset_failed(history->dataset, &error);
    cli_say("'%s' was joined to %s", name, joined);
    return CLI_DONE;
}

int cli_history(const struct cli_settings *settings)
{
    int code;
    if (!cli_check_field(settings))
        return CLI_USAGE;
    struct tn_dataset *dataset = cli_dataset_open(settings, 1, &code);
    if (!dataset)
        return code;
    struct history history = {.settings = settings, .dataset = dataset};
    code = find(&history, settings->operands[0]);
    if (code == CLI_DONE)
        code = list_history(&history);
    tn_dataset_close(dataset);
    return code;
}
