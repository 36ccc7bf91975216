/* SPDX-License-Identifier: MIT */
/* What stands between the command line and a command: the expression of --where, sites described by the
 * user, and the reader of --from. */
#include <stdlib.h>

#include "cli/cli.h"

static int exit_of(const struct tn_error *error)
{
    return error->code == TN_IO || error->code == TN_NO_MEMORY ? CLI_IO : CLI_USAGE;
}

static int refuse_site(const char *path, const struct tn_error *error)
{
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    if (error->line)
        cli_say("%s:%u: %s", name, error->line, error->message);
    else
        cli_say("%s: %s", name, error->message);
    return exit_of(error);
}

static int load_sites(struct cli_settings *settings)
{
    struct tn_error error;
    settings->sites = calloc((size_t)settings->site_count + 1, sizeof *settings->sites);
    if (!settings->sites) {
        cli_say("out of memory");
        return CLI_IO;
    }
    for (int i = 0; i < settings->site_count; i++) {
        settings->sites[i] = tn_site_load(settings->site_paths[i], &error);
        if (!settings->sites[i])
            return refuse_site(settings->site_paths[i], &error);
    }
    settings->read.readers = tn_site_join(settings->sites, (size_t)settings->site_count, &error);
    if (settings->read.readers)
        return CLI_DONE;
    cli_say("%s", error.message);
    return exit_of(&error);
}

const struct tn_reader *const *cli_readers(const struct cli_settings *settings)
{
    return settings->read.readers ? settings->read.readers : tn_readers();
}

static int find_reader(struct cli_settings *settings)
{
    enum { NAMES_MAX = 256 };
    const char *names[NAMES_MAX], *wanted = settings->reader_name;
    size_t count = 0;
    settings->reader = tn_reader_among(cli_readers(settings), wanted);
    if (settings->reader)
        return CLI_DONE;
    for (const struct tn_reader *const *reader = cli_readers(settings); *reader && count < NAMES_MAX; reader++)
        names[count++] = (*reader)->name;
    const char *nearest = tn_nearest(wanted, names, count);
    cli_say(nearest ? "unknown reader '%s'; did you mean '%s'?" : "unknown reader '%s'", wanted, nearest);
    return CLI_USAGE;
}

int cli_prepare(struct cli_settings *settings)
{
    int code = cli_prepare_form(settings);
    if (code == CLI_DONE)
        code = cli_prepare_where(settings);
    if (code == CLI_DONE && settings->site_count)
        code = load_sites(settings);
    if (code == CLI_DONE && settings->reader_name)
        code = find_reader(settings);
    return code;
}

void cli_unprepare(struct cli_settings *settings)
{
    for (int i = 0; settings->sites && i < settings->site_count; i++)
        tn_site_free(settings->sites[i]);
    tn_site_join_free(settings->read.readers);
    free(settings->sites);
    tn_where_free(settings->where);
}
