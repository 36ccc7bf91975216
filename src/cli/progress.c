/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"
#include "cli/session.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* Milliseconds: before a line is drawn for the first time, between two drawings, between two lines of a log. */
enum { PATIENCE = 1000, REDRAW = 100, LOG = 10000 };
enum { WIDTH_MAX = 256, NO_WIDTH = 80 };

/* To the beginning of the line, and away with all of it. */
static const char erase[] = "\r\033[K";

static uint64_t clock_now(void)
{
    struct timespec time;
    if (clock_gettime(CLOCK_MONOTONIC, &time) != 0)
        return 0;
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

/* Neither what is written nor what is typed stands on the terminal. */
static bool line_has_room(const struct cli_settings *settings)
{
    bool to_stdout = !settings->output || strcmp(settings->output, "-") == 0;
    return !(to_stdout && isatty(STDOUT_FILENO)) && !(cli_reads_stdin(settings) && isatty(STDIN_FILENO));
}

/* Standard error is a terminal that can go back in its line. */
static bool is_screen(void)
{
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && (!terminal || strcmp(terminal, "dumb") != 0);
}

static enum cli_progress_style choose_style(const struct cli_settings *settings)
{
    bool room = line_has_room(settings), screen = room && is_screen();
    if (settings->quiet)
        return CLI_PROGRESS_NONE;
    switch (settings->progress) {
    case CLI_PROGRESS_AUTO: return screen ? CLI_PROGRESS_LINE : CLI_PROGRESS_NONE;
    case CLI_PROGRESS_ANY: return screen ? CLI_PROGRESS_LINE : CLI_PROGRESS_PLAIN;
    case CLI_PROGRESS_LINE: return room ? CLI_PROGRESS_LINE : CLI_PROGRESS_NONE;
    case CLI_PROGRESS_PLAIN:
    case CLI_PROGRESS_NONE: break;
    }
    return settings->progress;
}

void cli_progress_begin(struct cli_progress *progress, const struct cli_settings *settings)
{
    *progress = (struct cli_progress){.style = choose_style(settings), .settings = settings, .began = clock_now()};
    progress->next = progress->began + (progress->style == CLI_PROGRESS_LINE ? PATIENCE : LOG);
    if (cli_progress_wanted(progress))
        progress->of_stdin = tn_extent_of_stdin();
}

bool cli_progress_wanted(const struct cli_progress *progress)
{
    return progress->style != CLI_PROGRESS_NONE;
}

uint64_t cli_progress_time(const struct cli_progress *progress)
{
    return clock_now() - progress->began;
}

/* A program in the background of a terminal draws nothing on it. */
static bool in_foreground(void)
{
    pid_t group = tcgetpgrp(STDERR_FILENO);
    return group < 0 || group == getpgrp();
}

/* Columns of the terminal but the last, behind which some begin a new line. */
static size_t width(void)
{
    struct winsize size;
    size_t columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : NO_WIDTH;
    return columns < WIDTH_MAX ? columns - 1 : WIDTH_MAX - 1;
}

/* One write for all, so that nobody sees half of it. What cannot be shown is not missed. */
static void put(const char *text, size_t len)
{
    ssize_t ignored = write(STDERR_FILENO, text, len);
    (void)ignored;
}

static size_t describe(struct cli_progress *progress, const struct tn_progress *now, char *out, size_t room)
{
    const struct cli_settings *settings = progress->settings;
    if (!progress->measured)
        progress->extent = tn_extent_of(settings->operands, (size_t)settings->operand_count, progress->of_stdin);
    progress->measured = true;
    const struct tn_pace pace = {
        .counts = now->counts,
        .taken = now->taken,
        .extent = progress->extent,
        .limit = settings->limited ? settings->limit : 0,
        .milliseconds = cli_progress_time(progress),
    };
    return tn_progress_text(&pace, out, room);
}

static void draw_line(struct cli_progress *progress, const struct tn_progress *now)
{
    char line[sizeof erase + WIDTH_MAX];
    size_t start = sizeof erase - 1;
    if (!in_foreground())
        return;
    memcpy(line, erase, start);
    size_t len = describe(progress, now, line + start, width() + 1);
    progress->drawn = 1; /* before it is: a signal in between clears a line that is not there */
    put(line, start + len);
}

/* "trialnorm: 0:10 gone, 43 %, 0:13 left, ..." */
static void print_line(struct cli_progress *progress, const struct tn_progress *now)
{
    char text[WIDTH_MAX], gone[TN_AMOUNT_ROOM];
    tn_clock_text(cli_progress_time(progress), gone);
    describe(progress, now, text, sizeof text);
    cli_say("%s gone, %s", gone, text);
}

void cli_progress_show(struct cli_progress *progress, const struct tn_progress *now)
{
    uint64_t time = clock_now();
    if (time < progress->next)
        return;
    bool line = progress->style == CLI_PROGRESS_LINE;
    (line ? draw_line : print_line)(progress, now);
    progress->next = clock_now() + (line ? REDRAW : LOG);
}

void cli_progress_clear(struct cli_progress *progress)
{
    if (!progress->drawn)
        return;
    put(erase, sizeof erase - 1);
    progress->drawn = 0;
}

void cli_progress_end(struct cli_progress *progress, const struct tn_counts *counts)
{
    const struct tn_progress end = {counts, counts->taken};
    cli_progress_clear(progress);
    if (progress->style == CLI_PROGRESS_PLAIN)
        print_line(progress, &end);
}

bool cli_set_progress(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    static const char *const names[] = {
        [CLI_PROGRESS_AUTO] = "auto", [CLI_PROGRESS_LINE] = "line",
        [CLI_PROGRESS_PLAIN] = "plain", [CLI_PROGRESS_NONE] = "none",
    };
    settings->progress = CLI_PROGRESS_ANY;
    if (!value)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(value, names[i]) == 0) {
            settings->progress = (enum cli_progress_style)i;
            return true;
        }
    tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "progress is shown as auto, line, plain or none, not '%s'", value);
    return false;
}
