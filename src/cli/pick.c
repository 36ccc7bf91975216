/* SPDX-License-Identifier: MIT */
/* Options that say which trials are wanted. */
#include <limits.h>
#include <stdint.h>

#include "cli/options.h"

bool cli_set_where(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    if (settings->where_text) {
        tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "--where is given twice: join both with 'and' or 'or'");
        return false;
    }
    settings->where_text = value;
    return true;
}

/* The digits at *at; false when there are none, or more than `max`. */
static bool read_number(const char **at, size_t max, size_t *number)
{
    const char *start = *at;
    *number = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        size_t digit = (size_t)(**at - '0');
        if (*number > (max - digit) / 10)
            return false;
        *number = *number * 10 + digit;
    }
    return *at > start;
}

bool cli_set_limit(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    const char *at = value;
    settings->limited = true;
    if (read_number(&at, SIZE_MAX, &settings->limit) && *at == '\0')
        return true;
    tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "not a number of records: '%s'", value);
    return false;
}

bool cli_set_shard(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    enum { MOST = 1000000 };
    const char *at = value;
    size_t shard = 0, shards = 0;
    bool read = read_number(&at, MOST, &shard) && *at++ == '/' && read_number(&at, MOST, &shards) && *at == '\0';
    settings->read.shard = (unsigned)shard;
    settings->read.shards = (unsigned)shards;
    if (read && shard >= 1 && shard <= shards)
        return true;
    tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "not a part of all: '%s' (such as 1/8, 2/8, ... 8/8; at most %d parts)",
                 value, MOST);
    return false;
}

bool cli_set_wait(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    enum { MOST = 1000000 };
    const char *at = value;
    size_t seconds = 0;
    bool read = read_number(&at, MOST, &seconds) && *at == '\0';
    settings->wait = (unsigned)seconds;
    settings->waits = true;
    if (!read)
        tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "not a number of seconds: '%s'", value);
    return read;
}

/* "20%", "20", "0.5%" */
bool cli_set_alarm(struct cli_settings *settings, const char *value, struct tn_error *error)
{
    const char *at = value;
    size_t whole = 0, part = 0;
    bool read = read_number(&at, 100, &whole);
    const char *point = at;
    if (read && *at == '.')
        read = read_number((at++, &at), 999999, &part);
    settings->alarmed = true;
    settings->alarm = (double)part;
    for (; point + 1 < at; point++)
        settings->alarm /= 10;
    settings->alarm += (double)whole;
    at += *at == '%';
    if (read && *at == '\0' && settings->alarm <= 100)
        return true;
    tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "not a share: '%s' (per cent, such as 20%%)", value);
    return false;
}

int cli_prepare_where(struct cli_settings *settings)
{
    struct tn_error error;
    if (!settings->where_text && settings->certain) {
        cli_say("--certain goes with --where");
        return CLI_USAGE;
    }
    if (!settings->where_text)
        return CLI_DONE;
    settings->where = tn_where_new(settings->where_text, settings->certain, &error);
    settings->read.where = settings->where;
    if (settings->where)
        return CLI_DONE;
    cli_say("--where: %s", error.message);
    return error.code == TN_NO_MEMORY ? CLI_IO : CLI_USAGE;
}

static int refuse_form(const struct cli_settings *settings, const char *what, const char *const *names, size_t count)
{
    const char *nearest = tn_nearest(settings->to, names, count);
    cli_say(nearest ? "unknown %s '%s'; did you mean '%s'?" : "unknown %s '%s'", what, settings->to, nearest);
    return CLI_USAGE;
}

static int find_writer(struct cli_settings *settings)
{
    enum { MOST = 64 };
    const char *names[MOST];
    size_t count = 0;
    for (const struct tn_writer *const *writer = tn_writers(); *writer && count < MOST; writer++)
        names[count++] = (*writer)->name;
    settings->writer = tn_writer_find(settings->to);
    return settings->writer ? CLI_DONE : refuse_form(settings, "writer", names, count);
}

int cli_prepare_form(struct cli_settings *settings)
{
    static const char *const names[] = {
        [CLI_TEXT] = "text", [CLI_NDJSON] = "ndjson", [CLI_CSV] = "csv", [CLI_JSON_PATCH] = "json-patch"};
    size_t count = settings->command->bit == CLI_DIFF ? CLI_JSON_PATCH + 1 : CLI_JSON_PATCH;
    if (!settings->to)
        return CLI_DONE;
    if (settings->command->bit & (CLI_CONVERT | CLI_EXPORT))
        return find_writer(settings);
    for (size_t form = 0; form < count; form++)
        if (strcmp(settings->to, names[form]) == 0) {
            settings->form = (enum cli_form)form;
            return CLI_DONE;
        }
    return refuse_form(settings, "form", names, count);
}
