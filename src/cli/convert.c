/* SPDX-License-Identifier: MIT */
#include "batch/convert.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/session.h"

/* Ends `path` as "OUT.CSV" ends in ".csv"? `ending` is small letters. */
static bool ends_in(const char *path, const char *ending)
{
    size_t len = strlen(path), ending_len = strlen(ending);
    if (len <= ending_len)
        return false;
    for (size_t i = 0; i < ending_len; i++) {
        char c = path[len - ending_len + i];
        if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != ending[i])
            return false;
    }
    return true;
}

/* The writer whose files end as `path` does, or NULL. */
static const struct tn_writer *writer_by_ending(const char *path)
{
    for (const struct tn_writer *const *writer = tn_writers(); *writer; writer++)
        for (const char *const *ending = (*writer)->extensions; ending && *ending; ending++)
            if (ends_in(path, *ending))
                return *writer;
    return NULL;
}

static const struct tn_writer *choose_writer(const struct cli_settings *settings)
{
    const struct tn_writer *by_ending = settings->output ? writer_by_ending(settings->output) : NULL;
    return settings->writer ? settings->writer : by_ending ? by_ending : tn_writers()[0];
}

static bool ends_quietly(const struct cli_settings *settings, const struct tn_counts *counts)
{
    bool something = counts->failed || counts->unread || counts->damaged;
    for (int code = 1; code <= TN_LAST_WARNING; code++)
        something = something || counts->warned[code];
    return settings->quiet || (!something && !settings->verbose && !isatty(STDERR_FILENO));
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

static void print_warnings(const struct tn_counts *counts)
{
    size_t left[TN_LAST_WARNING + 1], all = 0;
    memcpy(left, counts->warned, sizeof left);
    for (int code = 1; code <= TN_LAST_WARNING; code++)
        all += left[code];
    if (!all)
        return;
    fprintf(stderr, "; %zu warning%s", all, plural(all));
    const char *before = " (";
    for (int code = take_most_frequent(left); code; code = take_most_frequent(left)) {
        fprintf(stderr, "%s%zu %s", before, left[code], tn_code_name((enum tn_code)code));
        left[code] = 0;
        before = ", ";
    }
    fputc(')', stderr);
}

/* "trialnorm: 12 records: 11 written, 1 failed; 3 warnings (2 lost-value, 1 bad-value)" */
static void print_summary(const struct tn_counts *counts)
{
    fprintf(stderr, "trialnorm: %zu record%s: %zu written, %zu failed", counts->records, plural(counts->records),
            counts->written, counts->failed);
    if (counts->merged)
        fprintf(stderr, ", %zu merged", counts->merged);
    if (counts->left_out)
        fprintf(stderr, ", %zu left out", counts->left_out);
    if (counts->older)
        fprintf(stderr, ", %zu older", counts->older);
    print_warnings(counts);
    if (counts->passed)
        fprintf(stderr, "; %zu page%s passed over", counts->passed, plural(counts->passed));
    if (counts->damaged)
        fprintf(stderr, "; %zu damaged place%s", counts->damaged, plural(counts->damaged));
    if (counts->unread)
        fprintf(stderr, "; %zu input%s not read", counts->unread, plural(counts->unread));
    fputc('\n', stderr);
}

static bool show_document(void *context, const struct tn_document *document)
{
    const struct cli_settings *settings = context;
    if (settings->verbose)
        cli_print_document(stderr, document);
    return true;
}

static int report_end(const struct cli_settings *settings, const struct tn_output *output, enum tn_severity outcome,
                      const struct tn_counts *counts, const struct tn_error *error)
{
    if (tn_output_closed(output))
        return CLI_DONE;
    if (outcome > TN_WARN && error->code == TN_IO)
        cli_say("%s: %s", tn_output_name(output), error->message);
    else if (outcome > TN_WARN)
        cli_say("%s", error->message);
    if (outcome > TN_WARN)
        return error->code == TN_USAGE ? CLI_USAGE : CLI_IO;
    if (!ends_quietly(settings, counts))
        print_summary(counts);
    return cli_exit_of(settings, counts);
}

/* Those that this process may use: a batch system gives it fewer than the machine has. */
static unsigned processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
    return count > 0 ? (unsigned)count : 1;
}

static int convert_to(const struct cli_settings *settings, const struct tn_writer *writer, struct tn_output *output)
{
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
    void *context = (void *)(uintptr_t)settings;
    const struct tn_visitor visitor = {.context = context, .report = cli_report, .document = show_document,
                                       .passed = cli_show_passed};
    options.run.threads = settings->threads ? settings->threads : processors();
    struct tn_counts counts;
    struct tn_error error;
    cli_guard(output);
    enum tn_severity outcome = tn_convert(&options, output, &visitor, &counts, &error);
    return report_end(settings, output, outcome, &counts, &error);
}

int cli_convert(const struct cli_settings *settings)
{
    const struct tn_writer *writer = choose_writer(settings);
    bool to_stdout = !settings->output || strcmp(settings->output, "-") == 0;
    if (writer->parts && to_stdout) {
        cli_say("--to %s writes several files: name a directory with --output", writer->name);
        return CLI_USAGE;
    }
    struct tn_output *output = tn_output_new(settings->output, writer->parts);
    if (!output) {
        cli_say("out of memory");
        return CLI_IO;
    }
    int code = convert_to(settings, writer, output);
    /* In this order a signal finds nothing, or something that it may remove. */
    tn_output_abandon(output);
    cli_guard(NULL);
    tn_output_free(output);
    return code;
}
