/* SPDX-License-Identifier: MIT */
#include "trial/check.h"

#include "cli/dataset.h"
#include "cli/session.h"
#include "readers/normalized.h"
#include "trial/where.h"

#define TRIAL_MAX ((size_t)1 << 30) /* bytes that a trial of a dataset may take */

enum { FIELDS_MAX = 4096 };

enum { TRIAL_ID, FILE_NAME, CODE, SEVERITY, FIELDS, MESSAGE, COLUMNS };

static const char *const columns[] = {"trial_id", "file", "code", "severity", "fields", "message"};

struct checking {
    const struct cli_settings *settings;
    struct cli_rows rows;
    const tn_trial *trial;
    struct tn_arena arena; /* of a trial of the dataset */
    struct tn_buf fields;
    bool ended;            /* nothing more can be written */
};

/* `downloads/a.json: NCT07003269: warning: completion_date 2019-01 is before start_date 2020-03 [completion-before-start]` */
static void print_line(void *context, struct cli_rows *rows, FILE *out, const struct cli_cell *cells)
{
    static const int order[] = {FILE_NAME, TRIAL_ID, SEVERITY};
    (void)context;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        if (cells[order[i]].kind == CLI_CELL_ABSENT)
            continue;
        cli_rows_print(rows, out, &cells[order[i]], 0);
        fputs(": ", out);
    }
    cli_rows_print(rows, out, &cells[MESSAGE], 0);
    fputs(" [", out);
    cli_rows_print(rows, out, &cells[CODE], 0);
    fputs("]\n", out);
}

static struct tn_str file_of(const tn_trial *trial)
{
    return tn_has(trial, TN_trial_source) ? tn_text(tn_record_at(trial, TN_trial_source, 0), TN_source_file)
                                          : (struct tn_str){NULL, 0};
}

/* "a,b" as a list: ["a","b"], and as everywhere in CSV a|b. */
static struct cli_cell fields_cell(struct checking *checking, const char *fields)
{
    bool json = checking->settings->form == CLI_NDJSON;
    struct tn_buf *list = &checking->fields;
    tn_buf_reset(list);
    tn_buf_str(list, json ? cli_str("[\"") : cli_str(""));
    for (const char *c = fields; *c; c++) {
        if (*c != ',')
            tn_buf_char(list, *c);
        else
            tn_buf_str(list, json ? cli_str("\",\"") : cli_str("|"));
    }
    tn_buf_str(list, json ? cli_str("\"]") : cli_str(""));
    struct tn_str text = {list->data, list->len};
    return list->failed ? cli_absent() : json ? cli_json(text) : cli_text(text);
}

static bool tell(void *context, const struct tn_finding *finding)
{
    struct checking *checking = context;
    struct tn_str id = tn_text(checking->trial, TN_trial_trial_id);
    const struct cli_cell cells[COLUMNS] = {
        [TRIAL_ID] = cli_text(id.s ? id : tn_text(checking->trial, TN_trial_record_key)),
        [FILE_NAME] = cli_text(file_of(checking->trial)),
        [CODE] = cli_text(cli_str(finding->code)),
        [SEVERITY] = cli_text(cli_str(tn_finding_severity_name(finding->severity))),
        [FIELDS] = fields_cell(checking, finding->fields),
        [MESSAGE] = cli_text(cli_str(finding->message)),
    };
    checking->ended = !cli_row(&checking->rows, cells);
    return !checking->ended;
}

/* False, with *error, when memory is short or nobody reads on. */
static bool check(struct checking *checking, const tn_trial *trial, struct tn_error *error)
{
    *error = (struct tn_error){0};
    checking->trial = trial;
    if (tn_check_trial(trial, checking->settings->as_of, tell, checking))
        return !checking->ended;
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return false;
}

static bool check_read(void *context, const tn_trial *trial, const struct tn_raw *raw, struct tn_error *error)
{
    (void)raw;
    return check(context, trial, error);
}

static bool check_stored(void *context, sqlite3_int64 id, struct tn_str json, struct tn_error *error)
{
    struct checking *checking = context;
    (void)id;
    tn_arena_reset(&checking->arena);
    const tn_trial *trial = tn_normalized_parse(&checking->arena, json, error);
    return trial && check(checking, trial, error);
}

static int check_dataset(struct checking *checking)
{
    int code;
    struct tn_error error = {0};
    struct tn_dataset *dataset = cli_dataset_open(checking->settings, 0, &code);
    if (dataset && !tn_dataset_each(dataset, false, check_stored, checking, &error))
        code = cli_dataset_failed(dataset, &error);
    tn_dataset_close(dataset);
    return code;
}

static void report(void *context, const struct tn_problem *problem)
{
    const struct checking *checking = context;
    cli_report((void *)(uintptr_t)checking->settings, problem);
}

static void show_passed(void *context, const struct tn_passed *passed)
{
    const struct checking *checking = context;
    cli_show_passed((void *)(uintptr_t)checking->settings, passed);
}

static int check_inputs(struct checking *checking)
{
    const struct tn_visitor visitor = {.context = checking, .report = report, .trial = check_read, .passed = show_passed};
    int code = cli_visit(checking->settings, &visitor);
    clearerr(stdout); /* what became of it has been said */
    return code;
}

/* Whether --as-of is a day. */
static bool is_day(const char *as_of)
{
    int first, last;
    return tn_date_days(cli_str(as_of), &first, &last) && first == last && strlen(as_of) == 10;
}

static int usage(const struct cli_settings *settings)
{
    if (settings->as_of && !is_day(settings->as_of)) {
        cli_say("--as-of is a day, YYYY-MM-DD, not '%s'", settings->as_of);
        return CLI_USAGE;
    }
    if (settings->database && (settings->reader_name || settings->site_count)) {
        cli_say("--from and --site are for inputs: a dataset has read its own");
        return CLI_USAGE;
    }
    if (settings->database && settings->operand_count) {
        cli_say("check reads either inputs or the dataset of --db");
        return CLI_USAGE;
    }
    return CLI_DONE;
}

int cli_check(const struct cli_settings *settings)
{
    struct checking checking = {.settings = settings};
    if (usage(settings) != CLI_DONE)
        return CLI_USAGE;
    tn_arena_init(&checking.arena, TRIAL_MAX);
    tn_buf_init(&checking.fields, FIELDS_MAX);
    cli_rows_begin(&checking.rows, settings, columns, COLUMNS, print_line, NULL);
    int code = settings->database ? check_dataset(&checking) : check_inputs(&checking);
    tn_arena_release(&checking.arena);
    tn_buf_release(&checking.fields);
    return cli_rows_end(&checking.rows, code);
}
