/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

/* Room for a path of any length that the system allows, each byte escaped, and the message behind it. */
enum { LINE_MAX_BYTES = 4 * 4096 + 2048 };

void cli_say(const char *format, ...)
{
    char message[4096], line[LINE_MAX_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    tn_escape((struct tn_str){message, strlen(message)}, line, sizeof line, NULL);
    fprintf(stderr, "trialnorm: %s\n", line);
}

void cli_report(void *context, const struct tn_problem *problem)
{
    const struct cli_settings *settings = context;
    if (settings->quiet && problem->error->severity == TN_WARN)
        return;
    char line[LINE_MAX_BYTES];
    tn_problem_text(problem, line, sizeof line);
    fflush(stdout); /* both may go to one place: what was printed before stands before */
    fprintf(stderr, "%s\n", line);
}

void cli_print(FILE *out, struct tn_str text, size_t limit)
{
    char line[4096];
    size_t printed = 0;
    while (text.len) {
        size_t room = limit && limit - printed < sizeof line - 1 ? limit - printed + 1 : sizeof line, used;
        size_t len = tn_escape(text, line, room, &used);
        if (used == 0)
            break;
        fwrite(line, 1, len, out);
        printed += len;
        text = (struct tn_str){text.s + used, text.len - used};
    }
    if (text.len)
        fputs("…", out);
}

/* Asked of the pipe: what the write that failed said is long forgotten. */
static bool reader_went_away(void)
{
    struct pollfd pipe_end = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&pipe_end, 1, 0) > 0 && (pipe_end.revents & POLLERR);
}

int cli_finish(int code)
{
    errno = 0;
    bool written = fflush(stdout) == 0 && !ferror(stdout);
    if (written)
        return code;
    if (errno == EPIPE || reader_went_away())
        return CLI_DONE;
    cli_say("cannot write to standard output%s%s", errno ? ": " : "", errno ? strerror(errno) : "");
    return CLI_IO;
}
