/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <unistd.h>

#include "cli/progress.h"
#include "cli/session.h"

/* What a signal handler has to know. */
static const struct tn_output *volatile guarded;
static struct cli_progress *volatile shown;
static const char *const *volatile leftovers;
static volatile sig_atomic_t over;

static void stop(int number)
{
    const struct tn_output *output = guarded;
    if (over || (output && tn_output_in_place(output)))
        return; /* the run is done, and its exit code is not to say that it isn't */
    if (output)
        tn_output_abandon(output);
    for (const char *const *path = leftovers; path && *path; path++)
        unlink(*path);
    if (shown)
        cli_progress_clear(shown);
    _exit(128 + number);
}

void cli_guard(const struct tn_output *output, struct cli_progress *progress)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct sigaction action = {.sa_handler = stop};
    sigfillset(&action.sa_mask);
    guarded = output;
    shown = progress;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction old;
        /* What was ignored before us (nohup, a job in the background) stays ignored. */
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
}

void cli_guard_paths(const char *const *paths)
{
    leftovers = paths;
}

void cli_guard_end(void)
{
    over = 1;
    guarded = NULL;
    shown = NULL;
}
