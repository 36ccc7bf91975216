/* SPDX-License-Identifier: MIT */
#include "trialnorm/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const code_names[TN_CODE_COUNT] = {
    [TN_CODE_NONE] = "none",
    [TN_UNKNOWN_VALUE] = "unknown-value",
    [TN_BAD_VALUE] = "bad-value",
    [TN_CONFLICT] = "conflict",
    [TN_LOST_VALUE] = "lost-value",
    [TN_TRUNCATED_LIST] = "truncated-list",
    [TN_TRUNCATED_TEXT] = "truncated-text",
    [TN_AMBIGUOUS_DATE] = "ambiguous-date",
    [TN_REPAIRED_TEXT] = "repaired-text",
    [TN_UNMAPPED] = "unmapped",
    [TN_INCONSISTENT] = "inconsistent",
    [TN_EMPTY_INPUT] = "empty-input",
    [TN_UNRECOGNISED] = "unrecognised",
    [TN_AMBIGUOUS] = "ambiguous",
    [TN_SYNTAX] = "syntax",
    [TN_TRUNCATED] = "truncated",
    [TN_BINARY] = "binary",
    [TN_TOO_DEEP] = "too-deep",
    [TN_TOO_LARGE] = "too-large",
    [TN_NO_MEMORY] = "no-memory",
    [TN_IO] = "io",
    [TN_USAGE] = "usage",
};

const char *tn_code_name(enum tn_code code)
{
    return code < TN_CODE_COUNT ? code_names[code] : "none";
}

enum tn_code tn_code_from_name(const char *name)
{
    for (int code = TN_CODE_NONE + 1; code < TN_CODE_COUNT; code++)
        if (strcmp(code_names[code], name) == 0)
            return (enum tn_code)code;
    return TN_CODE_NONE;
}

const char *tn_severity_name(enum tn_severity severity)
{
    static const char *const names[] = {"ok", "warning", "error", "fatal"};
    return names[severity];
}

/* A message that was cut must not end inside a character. */
static void cut_between_characters(char *message, size_t room)
{
    size_t len = strlen(message);
    if (len + 1 < room)
        return;
    while (len && ((unsigned char)message[len - 1] & 0xC0) == 0x80)
        len--;
    if (len && (unsigned char)message[len - 1] >= 0xC0)
        len--;
    message[len] = '\0';
}

void tn_error_set(struct tn_error *error, enum tn_severity severity, enum tn_code code, const char *field,
                  const char *format, ...)
{
    if (!error)
        return;
    *error = (struct tn_error){.code = code, .severity = severity, .offset = TN_NO_OFFSET, .field = field};
    va_list args;
    va_start(args, format);
    vsnprintf(error->message, sizeof error->message, format, args);
    va_end(args);
    cut_between_characters(error->message, sizeof error->message);
}
