/* SPDX-License-Identifier: MIT */
/* The output of commands that write trials. */
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

const struct tn_writer *cli_writer(const struct cli_settings *settings)
{
    const struct tn_writer *by_ending = settings->output ? writer_by_ending(settings->output) : NULL;
    return settings->writer ? settings->writer : by_ending ? by_ending : tn_writers()[0];
}

struct tn_output *cli_output_new(const struct cli_settings *settings, const struct tn_writer *writer, int *code)
{
    bool to_stdout = !settings->output || strcmp(settings->output, "-") == 0;
    *code = CLI_USAGE;
    if (writer->parts && to_stdout) {
        cli_say("--to %s writes several files: name a directory with --output", writer->name);
        return NULL;
    }
    struct tn_output *output = tn_output_new(settings->output, writer->parts);
    *code = CLI_IO;
    if (!output)
        cli_say("out of memory");
    return output;
}

int cli_output_failed(const struct tn_output *output, const struct tn_error *error)
{
    if (tn_output_closed(output))
        return CLI_DONE;
    if (error->code == TN_IO)
        cli_say("%s: %s", tn_output_name(output), error->message);
    else
        cli_say("%s", error->message);
    return error->code == TN_USAGE ? CLI_USAGE : CLI_IO;
}

/* In this order a signal finds nothing, or something that it may remove. */
void cli_output_end(struct tn_output *output)
{
    if (tn_output_in_place(output))
        cli_guard_end();
    tn_output_abandon(output);
    cli_guard(NULL, NULL);
    tn_output_free(output);
}
