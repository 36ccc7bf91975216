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
    {"list", CLI_LIST, "list [OPTION]... [readers|sites|writers|fields|vocabularies|checks]...", "list what there is", NULL,
     cli_list},
    {"schema", CLI_SCHEMA, "schema [OPTION]... [record|site]",
     "print the JSON Schema of the output, or of a description of a site; SQL of the tables", NULL, cli_schema},
    {"sync", CLI_SYNC, "sync --db FILE [OPTION]... INPUT...", "refresh a local dataset, and log what changed",
     "FILE is made when it is not there. Inputs that are as they were are not read again.\n", cli_sync},
    {"changes", CLI_CHANGES, "changes --db FILE [OPTION]...", "list what the runs of sync changed, oldest first", NULL, cli_changes},
    {"history", CLI_HISTORY, "history --db FILE [OPTION]... TRIAL_ID", "list every known version of one trial, field by field", NULL,
     cli_history},
    {"export", CLI_EXPORT, "export --db FILE [OPTION]...", "write the trials of a dataset", NULL, cli_export},
    {"conflicts", CLI_CONFLICTS, "conflicts --db FILE [OPTION]...", "list where the sources of one trial disagree", NULL,
     cli_conflicts},
    {"links", CLI_LINKS, "links --db FILE [OPTION]...", "list which record was joined to which trial, and on what evidence", NULL,
     cli_links},
    {"check", CLI_CHECK, "check [OPTION]... [INPUT]... | --db FILE", "list what cannot be, or is hardly meant", NULL, cli_check},
    {"diff", CLI_DIFF, "diff [OPTION]... OLD NEW", "compare two inputs, trial by trial and field by field", NULL, cli_diff},
    {NULL, CLI_ALL, NULL, NULL, NULL, NULL},
};

const struct cli_command *cli_command_find(const char *name)
{
    for (const struct cli_command *command = cli_commands; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}
