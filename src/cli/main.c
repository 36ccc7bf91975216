/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/options.h"

/* A program that is started with a closed standard stream would open its own files there, and print its messages into
 * them. The stand-ins cannot be used in the direction of the stream, so that using it stays an error. */
static void occupy_standard_streams(void)
{
    static const int modes[] = {O_WRONLY, O_RDONLY, O_RDWR};
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", modes[fd]) != fd)
            _exit(CLI_IO);
}

/* What was taken for a large record goes back to the system with it: else glibc takes ever larger pieces from its heap,
 * which does not shrink. */
static void give_back_large_memory(void)
{
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 512 * 1024);
#endif
}

static int version(void)
{
    printf("trialnorm %s\n"
           "License MIT: <https://opensource.org/license/mit>\n"
           "This is free software: you are free to change and redistribute it.\n"
           "There is NO WARRANTY, to the extent permitted by law.\n",
           tn_version());
    return cli_finish(CLI_DONE);
}

static int run(struct cli_settings *settings)
{
    if (settings->help) {
        cli_help(settings->named ? settings->command : NULL);
        return cli_finish(CLI_DONE);
    }
    if (settings->version)
        return version();
    int code = cli_prepare(settings);
    if (code == CLI_DONE)
        code = settings->command->run(settings);
    cli_unprepare(settings);
    return code;
}

int main(int argc, char **argv)
{
    occupy_standard_streams();
    give_back_large_memory();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of writing, */
    signal(SIGXFSZ, SIG_IGN); /* and so is a file that may not become larger */
    tn_init();
    struct cli_settings settings = {0};
    struct tn_error error;
    int code = CLI_USAGE;
    if (!cli_parse(argc, argv, &settings, &error))
        cli_say("%s", error.message);
    else
        code = run(&settings);
    if (code == CLI_USAGE)
        fputs("Try 'trialnorm --help' for more information.\n", stderr);
    cli_settings_release(&settings);
    return code;
}
