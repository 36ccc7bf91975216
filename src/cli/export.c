/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "cli/dataset.h"
#include "cli/session.h"
#include "dataset/origin.h"
#include "readers/normalized.h"

struct export {
    const struct cli_settings *settings;
    const struct tn_dataset *dataset;
    const struct tn_writer *writer;
    struct tn_output *output;
    void *state;           /* the writer's */
    bool verbatim;         /* what is written is what is kept */
    size_t written;        /* trials */
    struct tn_buf line;    /* of one trial */
    struct tn_arena arena; /* of one trial */
};

enum { TRIAL_MAX = 1 << 30 };

/* After a trial was written. */
static bool wants_more(struct export *export, struct tn_error *error)
{
    bool more = !export->settings->limited || ++export->written < export->settings->limit;
    if (!more)
        tn_error_set(error, TN_OK, TN_CODE_NONE, NULL, "no more are wanted");
    return more;
}

/* The line as it was kept. */
static bool put_json(struct export *export, struct tn_str json, struct tn_error *error)
{
    tn_buf_reset(&export->line);
    tn_buf_str(&export->line, json);
    if (export->writer->runs)
        tn_buf_char(&export->line, '\n');
    if (export->line.failed) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
        return false;
    }
    struct tn_str bytes = {export->line.data, export->line.len};
    return export->writer->put(export->writer, export->state, bytes, error) <= TN_WARN && wants_more(export, error);
}

static bool write_trial(struct export *export, sqlite3_int64 id, struct tn_str json, struct tn_error *error)
{
    struct tn_error why;
    tn_trial *trial = tn_normalized_parse(&export->arena, json, &why);
    if (!trial) {
        tn_error_set(error, TN_FATAL, why.code == TN_NO_MEMORY ? TN_NO_MEMORY : TN_SYNTAX, NULL,
                     "%s: trial %lld cannot be read: %s", export->settings->database, (long long)id, why.message);
        return false;
    }
    if (export->settings->where && !tn_where_holds(export->settings->where, trial))
        return true;
    if (export->settings->read.provenance && !tn_dataset_origins(export->dataset, id, trial, error))
        return false;
    return export->writer->record(export->writer, export->state, trial, error) <= TN_WARN && wants_more(export, error);
}

static bool take(void *context, sqlite3_int64 id, struct tn_str json, struct tn_error *error)
{
    struct export *export = context;
    if (export->verbatim)
        return put_json(export, json, error);
    bool more = write_trial(export, id, json, error);
    tn_arena_reset(&export->arena);
    return more;
}

/* The output must not take the place of a file that the dataset was made of: the next sync would read it. */
static bool is_an_input(const struct export *export, struct tn_error *error)
{
    const char *output = export->settings->output, *slash = output ? strrchr(output, '/') : NULL;
    const char *name = slash ? slash + 1 : output;
    sqlite3_stmt *row = name ? tn_dataset_prepare(export->dataset, "SELECT path FROM input WHERE substr(path, -length(?1)) = ?1", error)
                             : NULL;
    bool found = false;
    if (row)
        tn_bind_text(row, 1, cli_str(name));
    while (row && !found && sqlite3_step(row) == SQLITE_ROW)
        found = tn_output_is(export->output, tn_column_text(row, 0).s);
    sqlite3_finalize(row);
    return found;
}

/* The output must not be the dataset: it would take its place. */
static bool refuse_own_output(const struct export *export, struct tn_error *error)
{
    bool own = tn_output_is(export->output, export->settings->database);
    if (!own && !is_an_input(export, error))
        return false;
    tn_error_set(error, TN_FATAL, TN_USAGE, NULL, own ? "the output '%s' is the dataset" : "the output '%s' is an input of the dataset",
                 own ? export->settings->database : export->settings->output);
    return true;
}

static bool write_all(struct export *export, struct tn_error *error)
{
    const struct cli_settings *settings = export->settings;
    const struct tn_writer *writer = export->writer;
    const struct tn_write_options options = {
        .selection = settings->selection, .excel = settings->excel, .provenance = settings->read.provenance};
    bool good = writer->begin(writer, export->state, &options, tn_output_sink(export->output), error) <= TN_WARN &&
                !refuse_own_output(export, error) &&
                ((settings->limited && settings->limit == 0) ||
                 tn_dataset_each(export->dataset, settings->gone, take, export, error));
    /* The writer is told of the end in any case; its word counts only where nothing went wrong before. */
    struct tn_error late;
    bool ended = writer->end(writer, export->state, !good, good ? error : &late) <= TN_WARN;
    return good && ended && tn_output_commit(export->output, error);
}

/* Writers that put a trial's bytes as they are given have the form in which trials are kept, but for what is chosen. */
static bool is_verbatim(const struct cli_settings *settings, const struct tn_writer *writer)
{
    bool json = writer == tn_writer_find("ndjson") || writer == tn_writer_find("json");
    return json && !settings->selection && !settings->where && !settings->read.provenance;
}

static int export_to(const struct cli_settings *settings, const struct tn_dataset *dataset, const struct tn_writer *writer,
                     struct tn_output *output)
{
    struct tn_error error;
    struct export export = {.settings = settings, .dataset = dataset, .writer = writer, .output = output,
                            .verbatim = is_verbatim(settings, writer),
                            .state = calloc(1, writer->state_size ? writer->state_size : 1)};
    if (!export.state) {
        cli_say("out of memory");
        return CLI_IO;
    }
    tn_buf_init(&export.line, TRIAL_MAX);
    tn_arena_init(&export.arena, TRIAL_MAX);
    cli_guard(output, NULL);
    int code = write_all(&export, &error) ? CLI_DONE : cli_output_failed(output, &error);
    tn_buf_release(&export.line);
    tn_arena_release(&export.arena);
    free(export.state);
    return code;
}

int cli_export(const struct cli_settings *settings)
{
    int code;
    struct tn_dataset *dataset = cli_dataset_open(settings, 0, &code);
    if (!dataset)
        return code;
    const struct tn_writer *writer = cli_writer(settings);
    struct tn_output *output = cli_output_new(settings, writer, &code);
    if (output) {
        code = export_to(settings, dataset, writer, output);
        cli_output_end(output);
    }
    tn_dataset_close(dataset);
    return code;
}
