/* SPDX-License-Identifier: MIT */
#include "batch/problem.h"

#include <stdio.h>
#include <string.h>

#include "core/utf8.h"

/* Characters that a terminal acts on, or that turn the text around them: C0, DEL, C1, line and paragraph separators,
 * and the overrides of the direction of writing. */
static bool steers(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* What one character at the start of `text` looks like: itself, or an escape, in `out` (room for 16). */
static size_t escape_one(struct tn_str text, size_t *size, char *out)
{
    uint32_t c = tn_utf8_next(text, size);
    bool whole = c != 0xFFFD || *size > 1;
    if (whole && !steers(c)) {
        memcpy(out, text.s, *size);
        return *size;
    }
    const char *short_form = c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\r' ? "\\r" : NULL;
    if (short_form) {
        memcpy(out, short_form, 2);
        return 2;
    }
    size_t len = 0;
    for (size_t i = 0; i < *size; i++)
        len += (size_t)snprintf(out + len, 5, "\\x%02X", (unsigned)(unsigned char)text.s[i]);
    return len;
}

size_t tn_escape(struct tn_str text, char *out, size_t room, size_t *used)
{
    size_t len = 0, at = 0;
    while (at < text.len) {
        char seen[24];
        size_t size, more = escape_one(tn_str_from(text, at), &size, seen);
        if (len + more >= room)
            break;
        memcpy(out + len, seen, more);
        len += more;
        at += size;
    }
    out[len] = '\0';
    if (used)
        *used = at;
    return len;
}

/* A message under construction. */
struct line {
    char *out;
    size_t room, len;
};

static void add(struct line *line, const char *text)
{
    line->len += tn_escape(tn_str_of(text), line->out + line->len, line->room - line->len, NULL);
}

static void add_number(struct line *line, const char *before, size_t number, const char *behind)
{
    char digits[64];
    snprintf(digits, sizeof digits, "%s%zu%s", before, number, behind);
    add(line, digits);
}

static void add_place(struct line *line, const struct tn_problem *problem)
{
    if (!problem->path)
        return;
    add(line, problem->path);
    add(line, ":");
    if (problem->member) {
        add(line, problem->member);
        add(line, ":");
    }
    if (problem->error->line)
        add_number(line, "", problem->error->line, ":");
    add(line, " ");
}

void tn_problem_text(const struct tn_problem *problem, char *out, size_t room)
{
    const struct tn_error *error = problem->error;
    struct line line = {out, room, 0};
    out[0] = '\0';
    add_place(&line, problem);
    add(&line, tn_severity_name(error->severity));
    add(&line, ": ");
    if (error->field) {
        add(&line, error->field);
        add(&line, ": ");
    }
    add(&line, error->message);
    /* A minified file is one line: there only the byte helps. What is about the whole document has no line. */
    if (error->severity >= TN_FAILED && error->line && error->offset != TN_NO_OFFSET)
        add_number(&line, " (byte ", error->offset, ")");
    if (error->code != TN_CODE_NONE) {
        add(&line, " [");
        add(&line, tn_code_name(error->code));
        add(&line, "]");
    }
}
