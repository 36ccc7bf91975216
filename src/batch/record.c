/* SPDX-License-Identifier: MIT */
/* One record: read, its warnings told, its trials handed on. */
#include "batch/batch.h"
#include "batch/kinds.h"

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
    for (size_t i = tn_worker_warned_before(batch->worker); i < tn_count(trial, TN_trial_warnings); i++)
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

/* True when somebody else than `reader` reads this record. */
static bool tell_alone(struct tn_batch *batch, const struct tn_reader *reader, const struct tn_raw *raw,
                       struct tn_verdict *verdict)
{
    struct tn_error error;
    if (batch->options->reader || batch->stopped || raw->syntax == TN_SYNTAX_DELIMITED) /* a row is no document */
        return false;
    tn_detect_at(batch->worker, raw->url);
    enum tn_severity told = tn_detect(batch->worker, tn_str_slice(raw->bytes, raw->len), verdict, &error);
    return told <= TN_WARN && verdict->reader != reader;
}

static bool is_page(const struct tn_reader *reader)
{
    return !reader->record_paths;
}

static void read_or_lose(struct tn_batch *batch, const struct tn_reader *reader, const struct tn_raw *raw)
{
    struct tn_error error;
    enum tn_severity severity = read_with(batch, reader, raw, &error);
    if (severity > TN_WARN && !batch->stopped && !(is_page(reader) && tn_batch_pass(batch, &error)))
        report_lost(batch, raw, &error);
}

static void read_inner(struct tn_batch *batch, const struct tn_verdict *verdict, const struct tn_raw *outer,
                       const struct tn_piece *piece)
{
    struct tn_raw raw = *outer;
    raw.syntax = verdict->syntax;
    raw.bytes = piece->bytes;
    raw.len = piece->len;
    raw.index += piece->index;
    raw.offset += piece->offset;
    raw.line += piece->line - 1;
    memcpy(raw.large, piece->large, sizeof raw.large);
    read_or_lose(batch, verdict->reader, &raw);
}

static void tell_inner(struct tn_batch *batch, const struct tn_raw *outer, enum tn_split_result result,
                       struct tn_error *error)
{
    if (error->line)
        error->line += outer->line - 1;
    if (error->offset != TN_NO_OFFSET)
        error->offset += outer->offset;
    (result == TN_SPLIT_FAILED ? tn_batch_lose : tn_batch_note_damage)(batch, error);
}

/* The record is a document of another kind than its reader reads, and may hold many records of its own. */
static void read_as_document(struct tn_batch *batch, const struct tn_raw *raw, const struct tn_verdict *verdict)
{
    struct tn_source source;
    struct tn_split split;
    struct tn_piece piece;
    struct tn_error error;
    struct tn_kinds kinds;
    enum tn_split_result result;
    tn_source_memory(&source, tn_str_slice(raw->bytes, raw->len), 0);
    tn_split_init(&split, &source, tn_batch_limit(batch));
    tn_kinds_begin(&kinds, &split, tn_str_slice(raw->bytes, raw->len), verdict);
    while (!batch->stopped && (result = tn_split_next(&split, &piece, &error)) != TN_SPLIT_END) {
        if (result == TN_SPLIT_RECORD)
            read_inner(batch, verdict, raw, &piece);
        else if (result == TN_SPLIT_CONTAINER)
            tn_batch_container(batch, tn_split_container(&split));
        else
            tell_inner(batch, raw, result, &error);
    }
    tn_split_release(&split);
}

void tn_batch_record(struct tn_batch *batch, const struct tn_reader *reader, const struct tn_raw *raw)
{
    struct tn_error error;
    enum tn_severity severity = read_with(batch, reader, raw, &error);
    if (severity == TN_FAILED && error.code == TN_UNRECOGNISED) {
        struct tn_verdict verdict;
        if (tell_alone(batch, reader, raw, &verdict)) {
            bool page = tn_syntax_is_page(verdict.syntax);
            if (page)
                read_or_lose(batch, verdict.reader, raw);
            else
                read_as_document(batch, raw, &verdict);
            return;
        }
    }
    if (severity > TN_WARN && !batch->stopped && !(is_page(reader) && tn_batch_pass(batch, &error)))
        report_lost(batch, raw, &error);
}
