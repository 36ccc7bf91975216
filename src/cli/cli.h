/* SPDX-License-Identifier: MIT */
/* The program: what all its commands share. Commands, options and their help are constant tables; parsing, help and
 * `list` walk them. */
#ifndef TN_CLI_CLI_H
#define TN_CLI_CLI_H

#include <stdio.h>
#include <string.h>

#include "batch/problem.h"
#include "trialnorm/trialnorm.h"

/* How the program ends. Where several hold, the first of CLI_IO, CLI_FAILED, CLI_STRICT. */
enum cli_exit { CLI_DONE = 0, CLI_FAILED = 1, CLI_USAGE = 2, CLI_IO = 3, CLI_STRICT = 4, CLI_ALARM = 5 };

/* The form of a list: of changes, findings, links. */
enum cli_form { CLI_TEXT, CLI_NDJSON, CLI_CSV, CLI_JSON_PATCH };

/* How progress is shown. */
enum cli_progress_style {
    CLI_PROGRESS_AUTO,  /* a line on a terminal, otherwise not at all */
    CLI_PROGRESS_LINE,
    CLI_PROGRESS_PLAIN,
    CLI_PROGRESS_NONE,
    CLI_PROGRESS_ANY    /* a line on a terminal, otherwise plain */
};

/* What the command line asks for. */
struct cli_settings {
    const struct cli_command *command;
    bool named;            /* by the command line, not by default */
    const char **operands; /* operand_count of them, into argv */
    int operand_count;
    bool help, version;
    const char **site_paths; /* site_count of them, into argv */
    int site_count;
    struct tn_reader **sites;       /* the sites that these describe, once cli_prepare has read them */
    const char *reader_name;        /* of --from */
    const struct tn_reader *reader; /* NULL: by evidence */
    const char *export_site;        /* name of the site whose description is printed; NULL: none */
    const char *to;                 /* of --to; cli_prepare makes a writer or a form of it */
    const struct tn_writer *writer; /* of commands that write trials; NULL: by the ending of `output`, or the default */
    enum cli_form form;             /* of commands that list */
    const char *output;
    struct tn_selection *selection; /* NULL: everything */
    bool excel;
    const char *where_text;  /* the expression; NULL: none */
    struct tn_where *where;  /* ... once it is read */
    bool certain;
    bool unique;             /* only the newest record of each trial */
    bool limited;            /* to `limit` trials */
    size_t limit;
    struct tn_read_options read;
    bool strict;                           /* warnings of these codes end with CLI_STRICT */
    bool strict_code[TN_LAST_WARNING + 1];
    unsigned threads;                      /* 0: as many as there are processors */
    unsigned min_coverage;                 /* per cent of a page's text; less ends with CLI_STRICT */
    enum cli_progress_style progress;
    bool quiet, verbose, markdown, draft_site;
    const char *database;           /* the dataset's path; NULL: none named */
    bool complete;                  /* the inputs are all that there is */
    bool waits;                     /* `wait` was given: */
    unsigned wait;                  /* seconds for another writer of the dataset */
    bool alarmed;                   /* a fall by more than `alarm` per cent ends with CLI_ALARM */
    double alarm;
    const char *prefer;             /* readers, separated by commas; NULL: as the dataset has it */
    const char *since, *field_name; /* NULL: all */
    bool gone;                      /* trials that are gone, too */
    const char *as_of;              /* YYYY-MM-DD; NULL: none */
    const char *sql;                /* dialect; NULL: no SQL */
};

/* Bits of the commands, for the options that they take. */
enum cli_command_bit {
    CLI_CONVERT = 1,
    CLI_DETECT = 2,
    CLI_EXPLAIN = 4,
    CLI_LIST = 8,
    CLI_SCHEMA = 16,
    CLI_SYNC = 32,
    CLI_CHANGES = 64,
    CLI_HISTORY = 128,
    CLI_EXPORT = 256,
    CLI_CONFLICTS = 512,
    CLI_LINKS = 1024,
    CLI_CHECK = 2048,
    CLI_DIFF = 4096,
    CLI_ALL = 8191
};

struct cli_command {
    const char *name;
    enum cli_command_bit bit;
    const char *usage;   /* behind "trialnorm": "detect [OPTION]... [INPUT]..." */
    const char *summary; /* one line */
    const char *more;    /* for its own --help; NULL: nothing */
    int (*run)(const struct cli_settings *settings);
};

/* All commands, the default first, ended by an empty name. */
extern const struct cli_command cli_commands[];

const struct cli_command *cli_command_find(const char *name);

int cli_convert(const struct cli_settings *settings);
int cli_detect(const struct cli_settings *settings);
int cli_explain(const struct cli_settings *settings);
int cli_list(const struct cli_settings *settings);
int cli_schema(const struct cli_settings *settings);
int cli_sync(const struct cli_settings *settings);
int cli_changes(const struct cli_settings *settings);
int cli_history(const struct cli_settings *settings);
int cli_export(const struct cli_settings *settings);
int cli_conflicts(const struct cli_settings *settings);
int cli_links(const struct cli_settings *settings);
int cli_check(const struct cli_settings *settings);
int cli_diff(const struct cli_settings *settings);

/* Reads the expression of --where and the sites that the command line names, and finds the reader that it names. CLI_DONE, or the exit code once a
 * message has been printed. Whatever comes of it, cli_unprepare follows. */
int cli_prepare(struct cli_settings *settings);
void cli_unprepare(struct cli_settings *settings);

/* The writer or the form of a list that --to names. CLI_DONE, or the exit code once a message has been printed. */
int cli_prepare_form(struct cli_settings *settings);

/* Reads the expression of --where. CLI_DONE, or the exit code once a message has been printed. */
int cli_prepare_where(struct cli_settings *settings);

/* All readers: the built-in ones and the sites of the command line. */
const struct tn_reader *const *cli_readers(const struct cli_settings *settings);

/* Gives standard output to a function that writes to a sink; returns the exit code. */
int cli_write(enum tn_severity (*write)(const void *context, const struct tn_sink *sink, struct tn_error *error),
              const void *context);

/* The help of the program, or of one command, to standard output. */
void cli_help(const struct cli_command *command);

static inline struct tn_str cli_str(const char *s)
{
    return (struct tn_str){s, strlen(s)};
}

/* "trialnorm: message" to standard error, control characters made harmless. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Shows a problem. `context` is the settings: --quiet leaves warnings out. A tn_report_fn. */
void cli_report(void *context, const struct tn_problem *problem);

/* Prints `text`, control characters made harmless: all of it, or (limit > 0) at most `limit` bytes and then "…". */
void cli_print(FILE *out, struct tn_str text, size_t limit);

/* Ends the use of standard output: `code`, CLI_IO with a message when something could not be written, CLI_DONE when the
 * reader of a pipe went away. */
int cli_finish(int code);

#endif
