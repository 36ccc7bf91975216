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
    {"list", CLI_LIST, "list [OPTION]... [readers|sites|writers|fields|vocabularies|checks|sources]...", "list what there is", NULL,
     cli_list},
    {"schema", CLI_SCHEMA, "schema [OPTION]... [record|site]",
     "print the JSON Schema of the output, or of a description of a site; SQL of the tables", NULL, cli_schema},
    {"sync", CLI_SYNC, "sync --db FILE [OPTION]... INPUT...", "refresh a local dataset, and log what changed",
     "FILE is made when it is not there. Inputs that are as they were are not read again.\n", cli_sync},
    {"changes", CLI_CHANGES, "changes --db FILE [OPTION]...", "list what the runs of sync changed, oldest first",
     "A line is what a run changed in one field of a trial, or what befell the trial: `NCT07003269 status RECRUITING →\n"
     "COMPLETED (2026-04-30)`. In brackets stands the record's own last update, or the day of the run. Of long texts the\n"
     "words are shown that differ, unless --verbose is given. DATE may be a year, a month, a day or a time.\n",
     cli_changes},
    {"history", CLI_HISTORY, "history --db FILE [OPTION]... TRIAL_ID", "list every known version of one trial, field by field",
     "TRIAL_ID is any registry identifier of the trial, or its record_key. The first version is shown whole, of the\n"
     "others what changed.\n",
     cli_history},
    {"export", CLI_EXPORT, "export --db FILE [OPTION]...", "write the trials of a dataset",
     "Trials that are gone are left out unless --gone is given.\n", cli_export},
    {"conflicts", CLI_CONFLICTS, "conflicts --db FILE [OPTION]...", "list where the sources of one trial disagree",
     "A line has the value that stands in the trial and, behind `not`, the other one, each with the record it is from.\n",
     cli_conflicts},
    {"links", CLI_LINKS, "links --db FILE [OPTION]...", "list which record was joined to which trial, and on what evidence",
     "Records that were left apart are listed too, with the best candidate. Scores are from 0 to 1.\n", cli_links},
    {"check", CLI_CHECK, "check [OPTION]... [INPUT]... | --db FILE", "list what cannot be, or is hardly meant",
     "The exit code says nothing of what is found. Of a dataset the trials are read as all their sources give them.\n"
     "`trialnorm list checks` prints the rules.\n",
     cli_check},
    {"diff", CLI_DIFF, "diff [OPTION]... OLD NEW", "compare two inputs, trial by trial and field by field",
     "OLD and NEW are files, directories or archives of any form. Trials are matched by their record_key; of several records of one\n"
     "trial the newest counts. -t json-patch writes RFC 6902 of the normalized records, all of it: the bare patch where there is one\n"
     "trial on both sides, else a line for each that differs. The exit code says whether the inputs could be read, not whether they\n"
     "differ. Warnings about the inputs are shown with --verbose.\n",
     cli_diff},
    {NULL, CLI_ALL, NULL, NULL, NULL, NULL},
};

const struct cli_command *cli_command_find(const char *name)
{
    for (const struct cli_command *command = cli_commands; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}
