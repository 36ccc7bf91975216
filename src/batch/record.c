/* SPDX-License-Identifier: MIT */
/* One record: read, its warnings told, its trials handed on. */
#include "batch/batch.h"

struct delivery {
    struct tn_batch *batch;
    const struct tn_raw *raw;
};

/* The reader wrote the warning into the trial; here it becomes a message again. */
static void report_warning(struct tn_batch *batch, const struct tn_record *warning)
{
    struct tn_error error;
    enum tn_code code = tn_code_from_name(tn_text(warning, TN_warning_code).s);
    struct tn_str message = tn_text(warning, TN_warning_message);
    tn_error_set(&error, TN_WARN, code, tn_text(warning, TN_warning_field).s, "%.*s", (int)message.len,
                 message.s ? message.s : "");
    error.line = (unsigned)tn_int(warning, TN_warning_line);
    tn_batch_report(batch, &error);
}

/* Holds a page against what was asked of it. */
static void check_coverage(struct tn_batch *batch)
{
    const struct tn_coverage *coverage = tn_worker_coverage(batch->worker);
    double share = coverage ? tn_coverage_share(coverage) : 100.0;
    if (coverage && batch->visitor->coverage)
        batch->visitor->coverage(batch->visitor->context, coverage);
    if (share >= batch->options->min_coverage)
        return;
    struct tn_error error;
    tn_error_set(&error, TN_WARN, TN_UNMAPPED, NULL, "less than %u %% of the page's text is accounted for",
                 batch->options->min_coverage);
    batch->counts->uncovered++;
    tn_batch_report(batch, &error);
}

static bool deliver(void *context, const tn_trial *trial)
{
    const struct delivery *delivery = context;
    struct tn_batch *batch = delivery->batch;
    const struct tn_visitor *visitor = batch->visitor;
    for (size_t i = 0; i < tn_count(trial, TN_trial_warnings); i++)
        report_warning(batch, tn_record_at(trial, TN_trial_warnings, i));
    check_coverage(batch);
    struct tn_error error;
    bool more = !visitor->trial || visitor->trial(visitor->context, trial, delivery->raw, &error);
    batch->counts->written += more || error.code == TN_CODE_NONE;
    if (!more)
        tn_batch_stop(batch, &error);
    return more;
}

/* A record without a line of its own error is at least known by where it starts. */
static void report_lost(struct tn_batch *batch, const struct tn_raw *raw, struct tn_error *error)
{
    if (error->line == 0)
        error->line = raw->line;
    tn_batch_lose(batch, error);
}

static enum tn_severity read_with(struct tn_batch *batch, const struct tn_reader *reader, const struct tn_raw *raw,
                                  struct tn_error *error)
{
    struct delivery delivery = {batch, raw};
    const struct tn_visitor *visitor = batch->visitor;
    size_t trials = 0, left_out, merged;
    enum tn_severity severity;
    if (visitor->record) {
        severity = visitor->record(visitor->context, batch->worker, raw, error);
        batch->counts->records += severity <= TN_WARN;
        batch->counts->written += severity <= TN_WARN;
        return severity;
    }
    severity = tn_read(batch->worker, reader, raw, deliver, &delivery, &trials, error);
    left_out = tn_worker_left_out(batch->worker);
    merged = severity <= TN_WARN ? tn_worker_merged(batch->worker) : 0;
    batch->counts->records += trials + left_out + merged;
    batch->counts->left_out += left_out;
    batch->counts->merged += merged;
    if (severity > TN_WARN || trials || left_out)
        return severity;
    tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL, "%s finds no trial in it", reader->name);
    return TN_FAILED;
}

/* Who reads this record, if not `reader`; NULL: nobody else. */
static const struct tn_reader *other_reader(struct tn_batch *batch, const struct tn_reader *reader,
                                            const struct tn_raw *raw)
{
    struct tn_verdict verdict;
    struct tn_error error;
    if (batch->options->reader || batch->stopped || raw->syntax == TN_SYNTAX_DELIMITED) /* a row is no document */
        return NULL;
    tn_detect_at(batch->worker, raw->url);
    enum tn_severity told = tn_detect(batch->worker, tn_str_slice(raw->bytes, raw->len), &verdict, &error);
    return told <= TN_WARN && verdict.reader != reader ? verdict.reader : NULL;
}

void tn_batch_record(struct tn_batch *batch, const struct tn_reader *reader, const struct tn_raw *raw)
{
    struct tn_error error;
    enum tn_severity severity = read_with(batch, reader, raw, &error);
    if (severity == TN_FAILED && error.code == TN_UNRECOGNISED) {
        const struct tn_reader *other = other_reader(batch, reader, raw);
        if (other)
            severity = read_with(batch, other, raw, &error);
    }
    bool page = !reader->record_paths;
    if (severity > TN_WARN && !batch->stopped && !(page && tn_batch_pass(batch, &error)))
        report_lost(batch, raw, &error);
}
