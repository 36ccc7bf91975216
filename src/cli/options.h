/* SPDX-License-Identifier: MIT */
/* The options, and how a command line is read: as GNU programs do. Options may stand behind operands, `--` ends them,
 * long ones may be shortened as long as they stay clear, and take their argument as --name=value or --name value. */
#ifndef TN_CLI_OPTIONS_H
#define TN_CLI_OPTIONS_H

#include "cli/cli.h"

enum cli_argument { CLI_NO_ARGUMENT, CLI_ARGUMENT, CLI_OPTIONAL_ARGUMENT /* only as --name=value */ };

struct cli_option {
    char letter; /* 0: none */
    const char *name;
    enum cli_argument argument;
    const char *metavar; /* "FILE"; NULL without an argument */
    unsigned commands;   /* CLI_... bits */
    /* Notes the option in *settings; value is NULL where none was given. False with *error. NULL: a switch. */
    bool (*apply)(struct cli_settings *settings, const char *value, struct tn_error *error);
    size_t flag;      /* of a switch: the offset of the bool in the settings that becomes true */
    const char *help; /* a second line stands behind \n */
};

/* All of them, in the order of the help, ended by an empty name. */
extern const struct cli_option cli_options[];

/* Reads argv into *settings (zero before). The first operand that is the name of a command is the command. False with
 * *error. Whatever comes of it, cli_settings_release follows. */
bool cli_parse(int argc, char **argv, struct cli_settings *settings, struct tn_error *error);
void cli_settings_release(struct cli_settings *settings);

/* What the options of the same names do. */
bool cli_set_where(struct cli_settings *settings, const char *value, struct tn_error *error);
bool cli_set_limit(struct cli_settings *settings, const char *value, struct tn_error *error);
bool cli_set_wait(struct cli_settings *settings, const char *value, struct tn_error *error);
bool cli_set_alarm(struct cli_settings *settings, const char *value, struct tn_error *error);
bool cli_set_shard(struct cli_settings *settings, const char *value, struct tn_error *error);

#endif
