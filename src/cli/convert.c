/* SPDX-License-Identifier: MIT */
#include "batch/convert.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/progress.h"
#include "cli/session.h"

/* What the functions are given that a run calls. */
struct conversion {
    const struct cli_settings *settings;
    struct cli_progress progress;
};

static bool ends_quietly(const struct cli_settings *settings, const struct tn_counts *counts)
{
    bool something = counts->failed || counts->unread || counts->damaged;
    for (int code = 1; code <= TN_LAST_WARNING; code++)
        something = something || counts->warned[code];
    bool asked = settings->verbose || (settings->progress != CLI_PROGRESS_AUTO && settings->progress != CLI_PROGRESS_NONE);
    return settings->quiet || (!something && !asked && !isatty(STDERR_FILENO));
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* The most frequent code that is left, 0 for none; it is left no more. */
static int take_most_frequent(size_t *warned)
{
    int most = 0;
    for (int code = 1; code <= TN_LAST_WARNING; code++)
        if (warned[code] && (!most || warned[code] > warned[most]))
            most = code;
    return most;
}

static void write_warnings(FILE *out, const struct tn_counts *counts)
{
    size_t left[TN_LAST_WARNING + 1], all = 0;
    memcpy(left, counts->warned, sizeof left);
    for (int code = 1; code <= TN_LAST_WARNING; code++)
        all += left[code];
    if (!all)
        return;
    fprintf(out, "; %zu warning%s", all, plural(all));
    const char *before = " (";
    for (int code = take_most_frequent(left); code; code = take_most_frequent(left)) {
        fprintf(out, "%s%zu %s", before, left[code], tn_code_name((enum tn_code)code));
        left[code] = 0;
        before = ", ";
    }
    fputc(')', out);
}

/* "; 12.5 s, 165 MB/s"; how fast a short run was says little. */
static void write_time(FILE *out, const struct tn_counts *counts, uint64_t milliseconds)
{
    char time[TN_AMOUNT_ROOM], rate[TN_AMOUNT_ROOM] = "";
    tn_seconds_text(milliseconds, time);
    if (milliseconds >= 1000 && counts->taken)
        tn_rate_text(counts->taken, milliseconds, rate);
    fprintf(out, "; %s%s%s", time, *rate ? ", " : "", rate);
}

/* "trialnorm: 12 records: 11 written, 1 failed; 3 warnings (2 lost-value, 1 bad-value); 0.04 s" */
static void write_summary(FILE *out, const struct tn_counts *counts, uint64_t milliseconds)
{
    fprintf(out, "trialnorm: %zu record%s: %zu written, %zu failed", counts->records, plural(counts->records),
            counts->written, counts->failed);
    if (counts->merged)
        fprintf(out, ", %zu merged", counts->merged);
    if (counts->left_out)
        fprintf(out, ", %zu left out", counts->left_out);
    if (counts->older)
        fprintf(out, ", %zu older", counts->older);
    write_warnings(out, counts);
    if (counts->passed)
        fprintf(out, "; %zu page%s passed over", counts->passed, plural(counts->passed));
    if (counts->beside)
        fprintf(out, "; %zu other file%s passed over", counts->beside, plural(counts->beside));
    if (counts->damaged)
        fprintf(out, "; %zu damaged place%s", counts->damaged, plural(counts->damaged));
    if (counts->unread)
        fprintf(out, "; %zu input%s not read", counts->unread, plural(counts->unread));
    write_time(out, counts, milliseconds);
    fputc('\n', out);
}

/* At once, so that two programs that share a log do not mix. */
static void print_summary(const struct tn_counts *counts, uint64_t milliseconds)
{
    char *text = NULL;
    size_t size;
    FILE *memory = open_memstream(&text, &size);
    write_summary(memory ? memory : stderr, counts, milliseconds);
    if (memory && fclose(memory) == 0)
        fputs(text, stderr);
    free(text);
}

/* Messages, and the line that shows how far it is, never mix. */

static void show_problem(void *context, const struct tn_problem *problem)
{
    struct conversion *conversion = context;
    cli_progress_clear(&conversion->progress);
    cli_report((void *)(uintptr_t)conversion->settings, problem);
}

static bool show_document(void *context, const struct tn_document *document)
{
    struct conversion *conversion = context;
    if (!conversion->settings->verbose)
        return true;
    cli_progress_clear(&conversion->progress);
    cli_print_document(stderr, document);
    return true;
}

static void show_passed(void *context, const struct tn_passed *passed)
{
    struct conversion *conversion = context;
    if (!conversion->settings->verbose)
        return;
    cli_progress_clear(&conversion->progress);
    cli_show_passed((void *)(uintptr_t)conversion->settings, passed);
}

static void show_progress(void *context, const struct tn_progress *now)
{
    struct conversion *conversion = context;
    cli_progress_show(&conversion->progress, now);
}

static int report_end(struct conversion *conversion, const struct tn_output *output, enum tn_severity outcome,
                      const struct tn_counts *counts, const struct tn_error *error)
{
    const struct cli_settings *settings = conversion->settings;
    cli_progress_end(&conversion->progress, counts);
    if (outcome > TN_WARN || tn_output_closed(output))
        return cli_output_failed(output, error);
    if (!ends_quietly(settings, counts))
        print_summary(counts, cli_progress_time(&conversion->progress));
    return cli_exit_of(settings, counts);
}

/* Those that this process may use: a batch system gives it fewer than the machine has. */
static unsigned processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
    return count > 0 ? (unsigned)count : 1;
}

static int convert_to(struct conversion *conversion, const struct tn_writer *writer, struct tn_output *output)
{
    const struct cli_settings *settings = conversion->settings;
    struct tn_convert_options options = {
        .run = cli_run_options(settings),
        .writer = writer,
        .write = {.selection = settings->selection,
                  .excel = settings->excel,
                  .provenance = settings->read.provenance},
        .limited = settings->limited,
        .limit = settings->limit,
        .unique = settings->unique,
        .temporary = getenv("TMPDIR"),
    };
    cli_progress_begin(&conversion->progress, settings);
    const struct tn_visitor visitor = {.context = conversion, .report = show_problem, .document = show_document,
                                       .passed = show_passed,
                                       .progress = cli_progress_wanted(&conversion->progress) ? show_progress : NULL};
    options.run.threads = settings->threads ? settings->threads : processors();
    struct tn_counts counts;
    struct tn_error error;
    cli_guard(output, &conversion->progress);
    enum tn_severity outcome = tn_convert(&options, output, &visitor, &counts, &error);
    return report_end(conversion, output, outcome, &counts, &error);
}

int cli_convert(const struct cli_settings *settings)
{
    int code;
    const struct tn_writer *writer = cli_writer(settings);
    struct tn_output *output = cli_output_new(settings, writer, &code);
    if (!output)
        return code;
    struct conversion conversion = {.settings = settings};
    code = convert_to(&conversion, writer, output);
    cli_output_end(output);
    return code;
}
