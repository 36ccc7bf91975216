/* SPDX-License-Identifier: MIT */
/* Both inputs are read and laid down (batch/unique.h); then the old trials are gone through, each with the new one of its key,
 * and the new ones for which there is no old one. */
#include <stdlib.h>

#include "batch/unique.h"
#include "cli/change_line.h"
#include "cli/session.h"
#include "readers/normalized.h"
#include "trial/compare.h"
#include "writers/json_patch.h"
#include "writers/json_text.h"

enum { OLD, NEW, SIDES };

enum { TRIAL_ID, OP, FIELD, BEFORE, NOW, COLUMNS };

static const char *const columns[] = {"trial_id", "op", "field", "old", "new"};

/* One of the inputs. */
struct side {
    struct tn_unique *records;
    size_t trials; /* of which there are newest records */
    struct tn_arena arena;
};

struct comparison {
    const struct cli_settings *settings;
    struct side sides[SIDES];
    struct side *reading;     /* the one that is being read */
    struct tn_buf before, now; /* JSON of what differs, or of a record */
    struct cli_rows rows;
    struct cli_change_lines lines;
    const tn_trial *old_trial, *new_trial; /* which are compared; NULL where there is none */
    size_t compared, changed, added, removed;
    bool bare;  /* one trial on both sides: a patch and nothing around it */
    bool ended; /* nothing more can be written */
    bool full;  /* memory is short */
};

static bool no_memory(struct tn_error *error)
{
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return false;
}

/* Reading. */

/* What is odd in an input is convert's business, and stands in both mostly: warnings are shown with --verbose. */
static void report(void *context, const struct tn_problem *problem)
{
    const struct comparison *comparison = context;
    if (problem->error->severity > TN_WARN || comparison->settings->verbose)
        cli_report((void *)(uintptr_t)comparison->settings, problem);
}

static void show_passed(void *context, const struct tn_passed *passed)
{
    const struct comparison *comparison = context;
    cli_show_passed((void *)(uintptr_t)comparison->settings, passed);
}

static bool lay_down(void *context, const tn_trial *trial, const struct tn_raw *raw, struct tn_error *error)
{
    struct comparison *comparison = context;
    char stamp[TN_STAMP_LEN];
    (void)raw;
    tn_buf_reset(&comparison->now);
    tn_json_trial(&comparison->now, trial, NULL);
    tn_unique_stamp(trial, stamp);
    if (comparison->now.failed)
        return no_memory(error);
    return tn_unique_add(comparison->reading->records, tn_text(trial, TN_trial_record_key), stamp,
                         tn_str_slice(comparison->now.data, comparison->now.len), error);
}

static bool take_none(void *context, struct tn_str bytes, struct tn_error *error)
{
    (void)context;
    (void)bytes;
    (void)error;
    return true;
}

static int fail(const struct tn_error *error)
{
    cli_say("%s", error->message);
    return error->code == TN_USAGE ? CLI_USAGE : CLI_IO;
}

/* Reads one input whole. CLI_DONE, CLI_FAILED when something in it could not be read; else the command ends with it. */
static int read_side(struct comparison *comparison, int side)
{
    const struct cli_settings *settings = comparison->settings;
    const struct tn_visitor visitor = {.context = comparison, .report = report, .trial = lay_down, .passed = show_passed};
    struct tn_run_options options = cli_run_options(settings);
    struct side *reading = comparison->reading = &comparison->sides[side];
    struct tn_counts counts;
    struct tn_error error;
    options.inputs = &settings->operands[side];
    options.input_count = 1;
    reading->records = tn_unique_new(getenv("TMPDIR"), &error);
    if (!reading->records || tn_run(&options, &visitor, &counts, &error) > TN_WARN ||
        !tn_unique_each(reading->records, 0, take_none, NULL, &reading->trials, &error))
        return fail(&error);
    size_t older = counts.written - reading->trials;
    if (older && !settings->quiet)
        cli_say("%s: of trials with several records only the newest is compared: %zu older", settings->operands[side], older);
    int code = cli_exit_of(settings, &counts);
    if (code == CLI_FAILED && reading->trials == 0) {
        cli_say("%s: nothing to compare with", settings->operands[side]);
        comparison->ended = true;
    }
    return code;
}

/* Telling. */

static void print_line(void *context, struct cli_rows *rows, FILE *out, const struct cli_cell *cells)
{
    struct comparison *comparison = context;
    const tn_trial *now = comparison->new_trial;
    int dated = now && tn_has(now, TN_trial_last_update_posted_date) ? TN_trial_last_update_posted_date
                                                                     : TN_trial_last_update_submitted_date;
    const struct cli_difference difference = {
        .trial_id = cells[TRIAL_ID].text,
        .op = cells[OP].text,
        .field = cells[FIELD].text,
        .old = cells[BEFORE].text,
        .now = cells[NOW].text,
        .dated = tn_text(now, dated),
    };
    cli_change_line(&comparison->lines, rows, out, difference, (struct tn_str){NULL, 0}, (struct tn_str){NULL, 0});
}

static struct tn_str name_of(const tn_trial *trial)
{
    return tn_text(trial, tn_has(trial, TN_trial_trial_id) ? TN_trial_trial_id : TN_trial_record_key);
}

/* What was put into a buffer; {NULL, 0} where nothing was. */
static struct tn_str stated(const struct tn_buf *json)
{
    return json->len ? tn_str_slice(json->data, json->len) : (struct tn_str){NULL, 0};
}

static bool tell_difference(void *context, const struct tn_difference *difference)
{
    struct comparison *comparison = context;
    const struct tn_field *field = &tn_type_trial.fields[difference->field];
    tn_buf_reset(&comparison->before);
    tn_buf_reset(&comparison->now);
    tn_json_difference(&comparison->before, &comparison->now, comparison->old_trial, comparison->new_trial, difference);
    comparison->full = comparison->before.failed || comparison->now.failed;
    const struct cli_cell cells[COLUMNS] = {
        [TRIAL_ID] = cli_text(name_of(comparison->new_trial)),
        [OP] = cli_text(cli_str(tn_difference_name(difference->kind))),
        [FIELD] = cli_text(tn_str_slice(field->name, field->name_len)),
        [BEFORE] = cli_json(stated(&comparison->before)),
        [NOW] = cli_json(stated(&comparison->now)),
    };
    comparison->ended = comparison->full || !cli_row(&comparison->rows, cells);
    return !comparison->ended;
}

/* A trial that only one side has. */
static void tell_trial(struct comparison *comparison, const tn_trial *trial, const char *op)
{
    const struct cli_cell cells[COLUMNS] = {[TRIAL_ID] = cli_text(name_of(trial)), [OP] = cli_text(cli_str(op))};
    comparison->ended = !cli_row(&comparison->rows, cells);
}

static void put_named(struct tn_buf *out, const char *before, const tn_trial *trial, int field)
{
    if (!tn_has(trial, field))
        return;
    tn_buf_str(out, cli_str(before));
    tn_json_string(out, tn_text(trial, field));
}

/* The whole record comes or goes: an operation on the document itself. */
static void put_whole(struct tn_buf *out, const tn_trial *now)
{
    tn_buf_str(out, now ? TN_LIT("[{\"op\":\"add\",\"path\":\"\",\"value\":")
                        : TN_LIT("[{\"op\":\"replace\",\"path\":\"\",\"value\":null"));
    if (now)
        tn_json_trial(out, now, NULL);
    tn_buf_str(out, TN_LIT("}]"));
}

static void put_patch(struct comparison *comparison, struct tn_buf *out)
{
    const tn_trial *before = comparison->old_trial, *now = comparison->new_trial;
    if (!before || !now)
        put_whole(out, now);
    else if (!tn_json_patch(out, &comparison->sides[OLD].arena, before, now))
        comparison->full = true;
}

static void tell_patch(struct comparison *comparison)
{
    struct tn_buf *out = &comparison->now;
    const tn_trial *named = comparison->new_trial ? comparison->new_trial : comparison->old_trial;
    tn_buf_reset(out);
    if (!comparison->bare) {
        put_named(out, "{\"trial_id\":", named, TN_trial_trial_id);
        put_named(out, out->len ? ",\"record_key\":" : "{\"record_key\":", named, TN_trial_record_key);
        tn_buf_str(out, out->len ? TN_LIT(",\"patch\":") : TN_LIT("{\"patch\":"));
    }
    size_t head = out->len;
    put_patch(comparison, out);
    bool nothing = out->len - head == 2;
    tn_buf_str(out, comparison->bare ? TN_LIT("\n") : TN_LIT("}\n"));
    comparison->changed += !nothing && comparison->old_trial && comparison->new_trial;
    comparison->full = comparison->full || out->failed;
    comparison->ended = comparison->full || ((comparison->bare || !nothing) && fwrite(out->data, 1, out->len, stdout) != out->len);
}

static void tell_both(struct comparison *comparison)
{
    size_t before = comparison->rows.written;
    if (!tn_compare(comparison->old_trial, comparison->new_trial, TN_COMPARE_SAID, tell_difference, comparison))
        comparison->full = comparison->ended = true;
    comparison->changed += comparison->rows.written > before;
}

static void tell(struct comparison *comparison)
{
    const tn_trial *before = comparison->old_trial, *now = comparison->new_trial;
    comparison->compared += before && now;
    comparison->added += !before;
    comparison->removed += !now;
    if (comparison->settings->form == CLI_JSON_PATCH)
        tell_patch(comparison);
    else if (before && now)
        tell_both(comparison);
    else
        tell_trial(comparison, now ? now : before, now ? "added" : "removed");
}

/* Going through. */

static const tn_trial *parse(struct side *side, struct tn_str json, struct tn_error *error)
{
    tn_arena_reset(&side->arena);
    return tn_normalized_parse(&side->arena, json, error);
}

/* A record of `from` with that of the same key on the other side. False with *error; with TN_CODE_NONE when nothing more can be
 * told. */
static bool meet(struct comparison *comparison, int from, struct tn_str json, struct tn_error *error)
{
    const tn_trial *trials[SIDES] = {NULL, NULL};
    struct tn_str other;
    trials[from] = parse(&comparison->sides[from], json, error);
    if (!trials[from] || !tn_unique_find(comparison->sides[!from].records, tn_text(trials[from], TN_trial_record_key), &other, error))
        return false;
    if (other.s && from == NEW)
        return true;
    if (other.s && !(trials[!from] = parse(&comparison->sides[!from], other, error)))
        return false;
    comparison->bare = trials[OLD] && trials[NEW] && comparison->sides[OLD].trials == 1 && comparison->sides[NEW].trials == 1;
    comparison->old_trial = trials[OLD];
    comparison->new_trial = trials[NEW];
    tell(comparison);
    if (comparison->full)
        return no_memory(error);
    error->code = TN_CODE_NONE;
    return !comparison->ended;
}

static bool meet_old(void *context, struct tn_str json, struct tn_error *error)
{
    return meet(context, OLD, json, error);
}

static bool meet_new(void *context, struct tn_str json, struct tn_error *error)
{
    return meet(context, NEW, json, error);
}

static int compare(struct comparison *comparison)
{
    struct tn_error error = {0};
    size_t kept;
    if (tn_unique_each(comparison->sides[OLD].records, SIZE_MAX, meet_old, comparison, &kept, &error) &&
        tn_unique_each(comparison->sides[NEW].records, SIZE_MAX, meet_new, comparison, &kept, &error))
        return CLI_DONE;
    return error.code == TN_CODE_NONE ? CLI_DONE : fail(&error);
}

static int compare_inputs(struct comparison *comparison)
{
    int codes[SIDES] = {CLI_DONE, CLI_DONE};
    for (int side = 0; side < SIDES; side++) {
        codes[side] = read_side(comparison, side);
        if (codes[side] != CLI_DONE && codes[side] != CLI_FAILED)
            return codes[side];
    }
    int code = comparison->ended ? CLI_DONE : compare(comparison);
    if (code == CLI_DONE && comparison->settings->verbose && !comparison->full)
        cli_say("%zu trials: %zu changed, %zu added, %zu removed", comparison->compared + comparison->added + comparison->removed,
                comparison->changed, comparison->added, comparison->removed);
    return code != CLI_DONE ? code : codes[OLD] != CLI_DONE ? codes[OLD] : codes[NEW];
}

static void init(struct comparison *comparison)
{
    tn_buf_init(&comparison->before, SIZE_MAX / 2);
    tn_buf_init(&comparison->now, SIZE_MAX / 2);
    for (int side = 0; side < SIDES; side++)
        tn_arena_init(&comparison->sides[side].arena, SIZE_MAX / 2);
    cli_change_lines_init(&comparison->lines, comparison->settings);
}

static void release(struct comparison *comparison)
{
    cli_change_lines_release(&comparison->lines);
    for (int side = 0; side < SIDES; side++) {
        tn_arena_release(&comparison->sides[side].arena);
        tn_unique_free(comparison->sides[side].records);
    }
    tn_buf_release(&comparison->before);
    tn_buf_release(&comparison->now);
}

static int usage(const struct cli_settings *settings)
{
    bool two = settings->operand_count == 2;
    if (!two)
        cli_say("diff compares two inputs: OLD and NEW");
    else if (strcmp(settings->operands[OLD], "-") == 0 && strcmp(settings->operands[NEW], "-") == 0)
        cli_say("only one of the inputs can be standard input");
    else
        return CLI_DONE;
    return CLI_USAGE;
}

int cli_diff(const struct cli_settings *settings)
{
    struct comparison comparison = {.settings = settings};
    bool patch = settings->form == CLI_JSON_PATCH;
    if (usage(settings) != CLI_DONE)
        return CLI_USAGE;
    init(&comparison);
    cli_guard(NULL, NULL);
    if (!patch)
        cli_rows_begin(&comparison.rows, settings, columns, COLUMNS, print_line, &comparison);
    int code = compare_inputs(&comparison);
    code = patch ? cli_finish(code) : cli_rows_end(&comparison.rows, code);
    release(&comparison);
    return code;
}
