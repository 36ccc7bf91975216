/* SPDX-License-Identifier: MIT */
#include "batch/convert.h"

#include <stdlib.h>
#include <string.h>

#include "batch/newest.h"

struct converting {
    const struct tn_convert_options *options;
    const struct tn_visitor *visitor;
    struct tn_output *output;
    void *state; /* the writer's */
    size_t written; /* trials */
    struct tn_newest *newest; /* NULL: all are written */
};

static void pass_report(void *context, const struct tn_problem *problem)
{
    const struct converting *converting = context;
    converting->visitor->report(converting->visitor->context, problem);
}

static bool pass_document(void *context, const struct tn_document *document)
{
    const struct tn_visitor *visitor = ((const struct converting *)context)->visitor;
    return !visitor->document || visitor->document(visitor->context, document);
}

static void pass_passed(void *context, const struct tn_passed *passed)
{
    const struct tn_visitor *visitor = ((const struct converting *)context)->visitor;
    if (visitor->passed)
        visitor->passed(visitor->context, passed);
}

static void pass_progress(void *context, const struct tn_progress *progress)
{
    const struct tn_visitor *visitor = ((const struct converting *)context)->visitor;
    visitor->progress(visitor->context, progress);
}

/* The output must not be read: it would be replaced, or grow for ever. */
static bool refuse_own_output(void *context, const char *path, struct tn_error *error)
{
    const struct converting *converting = context;
    if (!tn_output_is(converting->output, path))
        return true;
    tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "the output '%s' is also an input", path);
    return false;
}

/* After a trial was written. */
static bool wants_more(struct converting *converting, struct tn_error *error)
{
    const struct tn_convert_options *options = converting->options;
    bool more = !options->limited || ++converting->written < options->limit;
    if (!more)
        tn_error_set(error, TN_OK, TN_CODE_NONE, NULL, "no more are wanted");
    return more;
}

static bool write_trial(void *context, const tn_trial *trial, const struct tn_raw *raw, struct tn_error *error)
{
    struct converting *converting = context;
    const struct tn_writer *writer = converting->options->writer;
    (void)raw;
    if (converting->newest)
        return tn_newest_take(converting->newest, trial, error);
    return writer->record(writer, converting->state, trial, error) <= TN_WARN && wants_more(converting, error);
}

static enum tn_severity read_all(struct converting *converting, const struct tn_visitor *visitor,
                                 struct tn_counts *counts, struct tn_error *error)
{
    const struct tn_convert_options *options = converting->options;
    if (options->limited && options->limit == 0)
        return TN_OK;
    if (options->unique && !(converting->newest = tn_newest_new(options, error)))
        return TN_FATAL;
    struct tn_run_options run = options->run;
    if (options->unique)
        run.read.where = NULL; /* the newest is told among all, and then whether it is wanted */
    enum tn_severity outcome = tn_run(&run, visitor, counts, error);
    if (outcome > TN_WARN && error->code == TN_CODE_NONE)
        outcome = TN_OK;
    if (converting->newest && outcome <= TN_WARN && !tn_newest_write(converting->newest, converting->state, counts, error))
        outcome = TN_FATAL;
    tn_newest_free(converting->newest);
    return outcome;
}

static void *open_format(void *context)
{
    const struct tn_convert_options *options = ((const struct converting *)context)->options;
    void *format = calloc(1, options->writer->format_size);
    if (!format || options->writer->format_begin(options->writer, format, &options->write))
        return format;
    options->writer->format_end(options->writer, format);
    free(format);
    return NULL;
}

static void close_format(void *context, void *format)
{
    const struct tn_writer *writer = ((const struct converting *)context)->options->writer;
    writer->format_end(writer, format);
    free(format);
}

static void format_trial(void *context, void *format, const tn_trial *trial, const struct tn_raw *raw, struct tn_buf *bytes)
{
    (void)raw;
    const struct tn_convert_options *options = ((const struct converting *)context)->options;
    if (options->unique)
        tn_newest_format(options, format, trial, bytes);
    else
        options->writer->format(options->writer, format, trial, bytes);
}

static bool put_trial(void *context, struct tn_str bytes, struct tn_error *error)
{
    struct converting *converting = context;
    const struct tn_writer *writer = converting->options->writer;
    if (converting->newest)
        return tn_newest_put(converting->newest, bytes, error);
    return writer->put(writer, converting->state, bytes, error) <= TN_WARN && wants_more(converting, error);
}

static enum tn_severity check_inputs(struct converting *converting, struct tn_error *error)
{
    const struct tn_run_options *run = &converting->options->run;
    for (size_t i = 0; i < run->input_count; i++)
        if (strcmp(run->inputs[i], "-") != 0 && !refuse_own_output(converting, run->inputs[i], error))
            return TN_FATAL;
    return TN_OK;
}

static enum tn_severity write_all(struct converting *converting, struct tn_counts *counts, struct tn_error *error)
{
    const struct tn_convert_options *options = converting->options;
    const struct tn_writer *writer = options->writer;
    const struct tn_formatting formatting = {open_format, close_format, format_trial, put_trial,
                                             .runs = writer->runs && !options->limited && !options->unique};
    const struct tn_visitor inner = {.context = converting, .report = pass_report, .file = refuse_own_output,
                                      .document = pass_document, .passed = pass_passed, .trial = write_trial,
                                     .progress = converting->visitor->progress ? pass_progress : NULL,
                                     .formatting = &formatting};
    enum tn_severity outcome =
        writer->begin(writer, converting->state, &options->write, tn_output_sink(converting->output), error);
    if (outcome <= TN_WARN)
        outcome = check_inputs(converting, error);
    if (outcome <= TN_WARN)
        outcome = read_all(converting, &inner, counts, error);
    /* The writer is told of the end in any case; its word counts only where nothing went wrong before. */
    bool failed = outcome > TN_WARN;
    struct tn_error late;
    enum tn_severity ended = writer->end(writer, converting->state, failed, failed ? &late : error);
    return failed ? outcome : ended;
}

/* All inputs were missing, refused or damaged: nothing came that could take an older file's place. */
static bool came_to_nothing(const struct tn_counts *counts)
{
    return counts->written == 0 && (counts->failed || counts->unread || counts->damaged);
}

enum tn_severity tn_convert(const struct tn_convert_options *options, struct tn_output *output,
                            const struct tn_visitor *visitor, struct tn_counts *counts, struct tn_error *error)
{
    size_t size = options->writer->state_size;
    struct converting converting = {options, visitor, output, calloc(1, size ? size : 1), 0, NULL};
    *counts = (struct tn_counts){0};
    if (!converting.state) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FATAL;
    }
    enum tn_severity outcome = write_all(&converting, counts, error);
    free(converting.state);
    if (outcome <= TN_WARN && (came_to_nothing(counts) || tn_output_commit(output, error)))
        return TN_OK;
    return tn_output_closed(output) ? TN_OK : TN_FATAL;
}
