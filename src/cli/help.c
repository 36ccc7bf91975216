/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "cli/options.h"

enum { HELP_COLUMN = 26 };

static const char exit_codes[] = "Exit codes: 0 all converted, 1 some records failed, 2 wrong usage, 3 an input or the\n"
                                 "output failed, 4 warnings under --strict or too little of a page under --min-coverage,\n"
                                 "5 a source of sync gave much less than before, under --alarm.\n";

static void print_option(const struct cli_option *option)
{
    char left[80];
    const char *equals = option->argument == CLI_NO_ARGUMENT         ? ""
                         : option->argument == CLI_OPTIONAL_ARGUMENT ? "[="
                                                                     : "=";
    snprintf(left, sizeof left, option->letter ? "  -%c, --%s%s%s%s" : "  %c   --%s%s%s%s",
             option->letter ? option->letter : ' ', option->name, equals, option->metavar ? option->metavar : "",
             option->argument == CLI_OPTIONAL_ARGUMENT ? "]" : "");
    printf("%-*s", HELP_COLUMN - 1, left);
    for (const char *line = option->help; line;) {
        size_t len = strcspn(line, "\n");
        printf(" %.*s\n", (int)len, line);
        line = line[len] ? line + len + 1 : NULL;
        if (line)
            printf("%-*s", HELP_COLUMN - 1, "");
    }
}

static void print_options(unsigned commands)
{
    puts("\nOptions:");
    for (const struct cli_option *option = cli_options; option->name; option++)
        if (option->commands & commands)
            print_option(option);
}

static void help_on_all(void)
{
    for (const struct cli_command *command = cli_commands; command->name; command++)
        printf("%s trialnorm %s\n", command == cli_commands ? "Usage:" : "      ", command->usage);
    puts("\nReads clinical-trial records from any registry or site and writes them in one clean form.\n\nCommands:");
    for (const struct cli_command *command = cli_commands; command->name; command++)
        printf("  %-10s %s\n", command->name, command->summary);
    print_options(CLI_ALL);
    printf("\n%s%s", cli_commands[0].more, exit_codes);
}

void cli_help(const struct cli_command *command)
{
    if (!command) {
        help_on_all();
        return;
    }
    printf("Usage: trialnorm %s\n\n%c%s.\n", command->usage, command->summary[0] - 'a' + 'A', command->summary + 1);
    print_options((unsigned)command->bit);
    if (command->more)
        printf("\n%s", command->more);
    if (command->bit & (CLI_CONVERT | CLI_SYNC))
        fputs(exit_codes, stdout);
}
