/* SPDX-License-Identifier: MIT */
/* trialnorm sync */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

#include "cli/session.h"
#include "cli/summary.h"
#include "core/buf.h"
#include "dataset/sync.h"

enum { WAIT = 10, USUAL_ALARM = 20 /* per cent */ };

struct told {
    const struct tn_sync_counts *counts;
    uint64_t milliseconds;
};

/* The clock; SOURCE_DATE_EPOCH stops it, so that a run can be repeated. */
static bool tell_time(char *text, size_t room, int64_t *now_ns)
{
    struct timespec now;
    struct tm parts;
    unsigned long fixed;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    clock_gettime(CLOCK_REALTIME, &now);
    *now_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    if (epoch && tn_str_uint(cli_str(epoch), 253402300799UL, &fixed))
        now.tv_sec = (time_t)fixed;
    else if (epoch)
        return cli_say("SOURCE_DATE_EPOCH is no number of seconds: '%s'", epoch), false;
    gmtime_r(&now.tv_sec, &parts);
    snprintf(text, room, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
             parts.tm_hour, parts.tm_min, parts.tm_sec);
    return true;
}

/* The description of a site is part of how its pages are read. */
static bool add_file_hash(struct tn_buf *how, const char *path)
{
    char block[8192], text[32];
    size_t got;
    FILE *file = fopen(path, "rb");
    XXH64_hash_t hash = 0;
    if (!file)
        return cli_say("%s: %s", path, strerror(errno)), false;
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        hash = XXH3_64bits_withSeed(block, got, hash);
    fclose(file);
    snprintf(text, sizeof text, " site=%016" PRIx64, (uint64_t)hash);
    tn_buf_str(how, cli_str(text));
    return true;
}

/* Names the way of reading: the program's version and the options that make other records of the same bytes. */
static bool tell_how(const struct cli_settings *settings, struct tn_buf *how)
{
    char limit[48];
    tn_buf_str(how, cli_str(tn_version()));
    tn_buf_str(how, cli_str(settings->read.redact ? " redact" : ""));
    if (settings->reader_name) {
        tn_buf_str(how, cli_str(" from="));
        tn_buf_str(how, cli_str(settings->reader_name));
    }
    if (settings->read.max_record) {
        snprintf(limit, sizeof limit, " max-record=%zu", settings->read.max_record);
        tn_buf_str(how, cli_str(limit));
    }
    bool good = true;
    for (int i = 0; i < settings->site_count && good; i++)
        good = add_file_hash(how, settings->site_paths[i]);
    return good && tn_buf_terminate(how);
}

static void show_alarm(void *context, bool fall, const char *message)
{
    struct cli_shown *shown = context;
    if (shown->settings->quiet && !(fall && shown->settings->alarmed))
        return;
    cli_progress_clear(&shown->progress);
    cli_say("%s: %s", fall ? "alarm" : "note", message);
}

static void write_count(FILE *out, size_t count, const char *what)
{
    if (count)
        fprintf(out, ", %zu %s", count, what);
}

/* "trialnorm: run 2: 20000 trials, 3 added, 1 changed (1 change); 20001 inputs, 20000 as they were; 4 records read; 0.21 s" */
static void write_told(FILE *out, const void *context)
{
    const struct told *told = context;
    const struct tn_sync_counts *counts = told->counts;
    bool nothing = !(counts->added || counts->changed || counts->gone || counts->returned || counts->joined ||
                     counts->parted);
    fprintf(out, "trialnorm: run %" PRId64 ": %zu trial%s", counts->run, counts->trials, cli_plural(counts->trials));
    write_count(out, counts->added, "added");
    write_count(out, counts->changed, "changed");
    write_count(out, counts->gone, "gone");
    write_count(out, counts->returned, "returned");
    write_count(out, counts->joined, "joined to others");
    write_count(out, counts->parted, "parted from others");
    fprintf(out, "%s (%zu change%s)", nothing ? ", nothing changed" : "", counts->changes, cli_plural(counts->changes));
    fprintf(out, "; %zu input%s, %zu as %s", counts->files, cli_plural(counts->files), counts->unchanged,
            counts->unchanged == 1 ? "it was" : "they were");
    fprintf(out, "; %zu record%s read, %zu failed", counts->read.records, cli_plural(counts->read.records), counts->read.failed);
    write_count(out, counts->read.merged, "merged");
    write_count(out, counts->known_failed, "that failed before not read again");
    cli_write_besides(out, &counts->read, told->milliseconds);
}

static int exit_of(const struct cli_settings *settings, const struct tn_sync_counts *counts)
{
    int code = cli_exit_of(settings, &counts->read);
    return code == CLI_DONE && settings->alarmed && counts->alarms ? CLI_ALARM : code;
}

static int report_end(struct cli_shown *shown, enum tn_severity outcome, const struct tn_sync_counts *counts,
                      const struct tn_error *error)
{
    const struct cli_settings *settings = shown->settings;
    cli_progress_end(&shown->progress, &counts->read);
    if (outcome > TN_WARN) {
        if (error->code == TN_USAGE)
            cli_say("%s", error->message);
        else
            cli_say("%s: %s", settings->database, error->message);
        return error->code == TN_USAGE ? CLI_USAGE : CLI_IO;
    }
    if (counts->kept_gone)
        cli_say("--complete: nothing is marked gone, because an input could not be read");
    const struct told told = {counts, cli_progress_time(&shown->progress)};
    if (!settings->quiet)
        cli_at_once(write_told, &told);
    return exit_of(settings, counts);
}

static int run(const struct cli_settings *settings, const char *how)
{
    char now[48];
    struct cli_shown shown = {.settings = settings};
    struct tn_sync_options options = {
        .database = settings->database,
        .run = cli_run_options(settings),
        .how = how,
        .now = now,
        .wait = settings->waits ? settings->wait : WAIT,
        .complete = settings->complete,
        .prefer = settings->prefer,
        .guard = cli_guard_paths,
        .alarm = (settings->alarmed ? settings->alarm : USUAL_ALARM) / 100,
    };
    if (!tell_time(now, sizeof now, &options.now_ns))
        return CLI_USAGE;
    cli_progress_begin(&shown.progress, settings);
    const struct tn_visitor visitor = cli_visitor(&shown);
    options.run.threads = cli_threads(settings);
    struct tn_sync_counts counts;
    struct tn_error error;
    cli_guard(NULL, &shown.progress);
    enum tn_severity outcome = tn_sync(&options, &visitor, show_alarm, &counts, &error);
    cli_guard_end();
    return report_end(&shown, outcome, &counts, &error);
}

int cli_sync(const struct cli_settings *settings)
{
    struct tn_buf how;
    if (!settings->database) {
        cli_say("sync: --db FILE says which dataset");
        return CLI_USAGE;
    }
    if (settings->operand_count == 0) {
        cli_say("sync: which inputs? (`-` is standard input)");
        return CLI_USAGE;
    }
    tn_buf_init(&how, 1 << 16);
    int code = tell_how(settings, &how) ? run(settings, how.data) : CLI_USAGE;
    tn_buf_release(&how);
    return code;
}
