/* SPDX-License-Identifier: MIT */
#include "cli/summary.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/session.h"

const char *cli_plural(size_t count)
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
    fprintf(out, "; %zu warning%s", all, cli_plural(all));
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

void cli_write_besides(FILE *out, const struct tn_counts *counts, uint64_t milliseconds)
{
    write_warnings(out, counts);
    if (counts->passed)
        fprintf(out, "; %zu page%s passed over", counts->passed, cli_plural(counts->passed));
    if (counts->beside)
        fprintf(out, "; %zu other file%s passed over", counts->beside, cli_plural(counts->beside));
    if (counts->damaged)
        fprintf(out, "; %zu damaged place%s", counts->damaged, cli_plural(counts->damaged));
    if (counts->unread)
        fprintf(out, "; %zu input%s not read", counts->unread, cli_plural(counts->unread));
    write_time(out, counts, milliseconds);
    fputc('\n', out);
}

struct ended {
    const struct tn_counts *counts;
    uint64_t milliseconds;
};

static void write_summary(FILE *out, const void *context)
{
    const struct ended *ended = context;
    const struct tn_counts *counts = ended->counts;
    fprintf(out, "trialnorm: %zu record%s: %zu written, %zu failed", counts->records, cli_plural(counts->records),
            counts->written, counts->failed);
    if (counts->merged)
        fprintf(out, ", %zu merged", counts->merged);
    if (counts->left_out)
        fprintf(out, ", %zu left out", counts->left_out);
    if (counts->older)
        fprintf(out, ", %zu older", counts->older);
    cli_write_besides(out, counts, ended->milliseconds);
}

void cli_at_once(void (*write)(FILE *out, const void *context), const void *context)
{
    char *text = NULL;
    size_t size;
    FILE *memory = open_memstream(&text, &size);
    write(memory ? memory : stderr, context);
    if (memory && fclose(memory) == 0)
        fputs(text, stderr);
    free(text);
}

void cli_print_summary(const struct tn_counts *counts, uint64_t milliseconds)
{
    const struct ended ended = {counts, milliseconds};
    cli_at_once(write_summary, &ended);
}

bool cli_ends_quietly(const struct cli_settings *settings, const struct tn_counts *counts)
{
    bool something = counts->failed || counts->unread || counts->damaged;
    for (int code = 1; code <= TN_LAST_WARNING; code++)
        something = something || counts->warned[code];
    bool asked = settings->verbose || (settings->progress != CLI_PROGRESS_AUTO && settings->progress != CLI_PROGRESS_NONE);
    return settings->quiet || (!something && !asked && !isatty(STDERR_FILENO));
}

/* Messages, and the line that shows how far it is, never mix. */

static void show_problem(void *context, const struct tn_problem *problem)
{
    struct cli_shown *shown = context;
    cli_progress_clear(&shown->progress);
    cli_report((void *)(uintptr_t)shown->settings, problem);
}

static bool show_document(void *context, const struct tn_document *document)
{
    struct cli_shown *shown = context;
    if (!shown->settings->verbose)
        return true;
    cli_progress_clear(&shown->progress);
    cli_print_document(stderr, document);
    return true;
}

static void show_passed(void *context, const struct tn_passed *passed)
{
    struct cli_shown *shown = context;
    if (!shown->settings->verbose)
        return;
    cli_progress_clear(&shown->progress);
    cli_show_passed((void *)(uintptr_t)shown->settings, passed);
}

static void show_progress(void *context, const struct tn_progress *now)
{
    struct cli_shown *shown = context;
    cli_progress_show(&shown->progress, now);
}

struct tn_visitor cli_visitor(struct cli_shown *shown)
{
    return (struct tn_visitor){.context = shown, .report = show_problem, .document = show_document, .passed = show_passed,
                               .progress = cli_progress_wanted(&shown->progress) ? show_progress : NULL};
}

/* Those that this process may use: a batch system gives it fewer than the machine has. */
static unsigned processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
    return count > 0 ? (unsigned)count : 1;
}

unsigned cli_threads(const struct cli_settings *settings)
{
    return settings->threads ? settings->threads : processors();
}
