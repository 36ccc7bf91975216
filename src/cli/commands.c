/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli/cli.h"

const struct cli_command cli_commands[] = {
    {"convert", CLI_CONVERT, "[convert] [OPTION]... [INPUT]...", "write all trials of the inputs in one form",
     "An INPUT is a file, or a directory that is walked in sorted order; without one, or with `-`, standard input is\n"
     "read. Who reads it is told by what stands in it, never by its name.\n",
     cli_convert},
    {"detect", CLI_DETECT, "detect [OPTION]... [INPUT]...", "say who reads each document, with the evidence", NULL,
     cli_detect},
    {"explain", CLI_EXPLAIN, "explain [OPTION]... [INPUT]...", "say where each value came from, and what was left over",
     "Under each value stand the source's own text, where it differs, and its path or line. Long texts are cut\n"
     "unless --verbose is given.\n",
     cli_explain},
    {"list", CLI_LIST, "list [OPTION]... [readers|sites|writers|fields|vocabularies]...", "list what there is", NULL,
     cli_list},
    {"schema", CLI_SCHEMA, "schema [OPTION]... [record|site]", "print the JSON Schema of the output, or of a description of a site", NULL, cli_schema},
    {NULL, CLI_ALL, NULL, NULL, NULL, NULL},
};

const struct cli_command *cli_command_find(const char *name)
{
    for (const struct cli_command *command = cli_commands; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}
