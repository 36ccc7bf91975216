/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/options.h"

enum { OPTIONS_MAX = 64 };

/* The reading of one command line. */
struct parse {
    char **argv;
    int argc;
    int at; /* the next word */
    struct cli_settings *settings;
    const struct cli_option *seen[OPTIONS_MAX]; /* those that the command must know, once it is known */
    int seen_count;
    bool protected_operand; /* the first operand stands behind `--`: it names no command */
    struct tn_error *error;
};

static bool usage(struct parse *parse, const char *what, const char *word)
{
    tn_error_set(parse->error, TN_FATAL, TN_USAGE, NULL, "%s '%s'", what, word);
    return false;
}

static bool apply(struct parse *parse, const struct cli_option *option, const char *value)
{
    bool known = false;
    for (int i = 0; i < parse->seen_count; i++)
        known = known || parse->seen[i] == option;
    if (!known && parse->seen_count < OPTIONS_MAX)
        parse->seen[parse->seen_count++] = option;
    if (option->apply)
        return option->apply(parse->settings, value, parse->error);
    *(bool *)((char *)parse->settings + option->flag) = true;
    return true;
}

static bool unknown_option(struct parse *parse, const char *word, const char *name)
{
    const char *names[OPTIONS_MAX];
    size_t count = 0;
    for (const struct cli_option *option = cli_options; option->name; option++)
        names[count++] = option->name;
    const char *nearest = tn_nearest(name, names, count);
    if (!nearest)
        return usage(parse, "unknown option", word);
    tn_error_set(parse->error, TN_FATAL, TN_USAGE, NULL, "unknown option '%s'; did you mean '--%s'?", word, nearest);
    return false;
}

/* The option that `name` (of len bytes) names or shortens; NULL with the error when there is none or more than one. */
static const struct cli_option *find_long(struct parse *parse, const char *word, const char *name, size_t len)
{
    const struct cli_option *found = NULL;
    for (const struct cli_option *option = cli_options; option->name; option++) {
        if (strncmp(option->name, name, len) != 0)
            continue;
        if (option->name[len] == '\0')
            return option;
        if (found) {
            tn_error_set(parse->error, TN_FATAL, TN_USAGE, NULL, "option '%s' may be '--%s' or '--%s'", word,
                         found->name, option->name);
            return NULL;
        }
        found = option;
    }
    if (!found) {
        char bare[64] = "";
        memcpy(bare, name, len < sizeof bare ? len : 0);
        unknown_option(parse, word, bare);
    }
    return found;
}

static bool read_long(struct parse *parse, const char *word)
{
    const char *name = word + 2, *value = strchr(name, '=');
    size_t len = value ? (size_t)(value - name) : strlen(name);
    const struct cli_option *option = find_long(parse, word, name, len);
    if (!option)
        return false;
    value = value ? value + 1 : NULL;
    if (option->argument == CLI_NO_ARGUMENT && value)
        return usage(parse, "no argument is allowed in", word);
    if (option->argument == CLI_ARGUMENT && !value) {
        if (parse->at == parse->argc)
            return usage(parse, "an argument is missing behind", word);
        value = parse->argv[parse->at++];
    }
    return apply(parse, option, value);
}

/* "-qo FILE", "-qoFILE" */
static bool read_letters(struct parse *parse, const char *word)
{
    for (const char *letter = word + 1; *letter; letter++) {
        const struct cli_option *option = cli_options;
        while (option->name && option->letter != *letter)
            option++;
        if (!option->name)
            return unknown_option(parse, word, word[1] && word[2] ? word + 1 : "");
        if (option->argument == CLI_NO_ARGUMENT) {
            if (!apply(parse, option, NULL))
                return false;
            continue;
        }
        if (!letter[1] && parse->at == parse->argc)
            return usage(parse, "an argument is missing behind", word);
        return apply(parse, option, letter[1] ? letter + 1 : parse->argv[parse->at++]);
    }
    return true;
}

static void add_operand(struct parse *parse, const char *word, bool is_protected)
{
    if (parse->settings->operand_count == 0)
        parse->protected_operand = is_protected;
    parse->settings->operands[parse->settings->operand_count++] = word;
}

static bool read_words(struct parse *parse)
{
    bool options = true;
    while (parse->at < parse->argc) {
        const char *word = parse->argv[parse->at++];
        if (!options || word[0] != '-' || !word[1])
            add_operand(parse, word, !options);
        else if (strcmp(word, "--") == 0)
            options = false;
        else if (!(word[1] == '-' ? read_long(parse, word) : read_letters(parse, word)))
            return false;
    }
    return true;
}

/* A word that is no file, and almost a command, is one with a slip of the pen. */
static bool check_slip(struct parse *parse, const char *word)
{
    const char *names[OPTIONS_MAX];
    size_t count = 0;
    for (const struct cli_command *command = cli_commands; command->name; command++)
        names[count++] = command->name;
    const char *nearest = strpbrk(word, "./") ? NULL : tn_nearest(word, names, count);
    if (!nearest || access(word, F_OK) == 0)
        return true;
    tn_error_set(parse->error, TN_FATAL, TN_USAGE, NULL, "no command and no file '%s'; did you mean '%s'?", word,
                 nearest);
    return false;
}

static bool choose_command(struct parse *parse)
{
    struct cli_settings *settings = parse->settings;
    settings->command = &cli_commands[0];
    if (settings->operand_count == 0 || parse->protected_operand)
        return true;
    const struct cli_command *command = cli_command_find(settings->operands[0]);
    if (!command)
        return check_slip(parse, settings->operands[0]);
    settings->command = command;
    settings->named = true;
    settings->operand_count--;
    memmove(settings->operands, settings->operands + 1, (size_t)settings->operand_count * sizeof *settings->operands);
    return true;
}

static bool check_options(struct parse *parse)
{
    const struct cli_command *command = parse->settings->command;
    for (int i = 0; i < parse->seen_count; i++) {
        if (parse->seen[i]->commands & (unsigned)command->bit)
            continue;
        tn_error_set(parse->error, TN_FATAL, TN_USAGE, NULL, "'%s' takes no option '--%s'", command->name,
                     parse->seen[i]->name);
        return false;
    }
    return true;
}

bool cli_parse(int argc, char **argv, struct cli_settings *settings, struct tn_error *error)
{
    struct parse parse = {.argv = argv, .argc = argc, .at = 1, .settings = settings, .error = error};
    settings->operands = calloc((size_t)argc + 1, sizeof *settings->operands);
    settings->site_paths = calloc((size_t)argc + 1, sizeof *settings->site_paths);
    if (!settings->operands || !settings->site_paths) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
        return false;
    }
    return read_words(&parse) && choose_command(&parse) && check_options(&parse);
}

void cli_settings_release(struct cli_settings *settings)
{
    free(settings->operands);
    free(settings->site_paths);
    tn_selection_free(settings->selection);
}
