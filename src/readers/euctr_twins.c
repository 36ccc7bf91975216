/* SPDX-License-Identifier: MIT */
#include "readers/euctr_twins.h"

#include <stdint.h>
#include <string.h>

#include "core/line_path.h"

enum { LONGEST_LABEL = 300, MARK = 4, MOST_TWINS = 32 };

/* Labels of one name, one behind the other. */
struct family {
    struct tn_str name;  /* without a language; of the line that was last */
    bool stated;         /* the label without a language has a text */
    char *marks[MOST_TWINS]; /* "(es)" of those with one that have a text */
    size_t count;
};

struct twins {
    struct family family;
    bool translated;   /* a text stands beside its translation */
    char language[3];  /* of the marks that were blanked out; "": none was */
    char *last_mark;   /* of the label that was last; NULL: it has none */
    bool last_has_text;
};

/* `A.3.1 `, `E.3 `: the length of a code with a blank behind it; 0: none. */
static size_t code_length(struct tn_str line)
{
    size_t at = 2;
    if (line.len < 4 || !tn_is_upper(line.s[0]) || line.s[1] != '.' || !tn_is_digit(line.s[2]))
        return 0;
    while (at < line.len && (tn_is_digit(line.s[at]) || line.s[at] == '.'))
        at++;
    return at < line.len && line.s[at] == ' ' ? at : 0;
}

bool tn_euctr_has_code(struct tn_str line)
{
    return code_length(line) > 0;
}

/* "(es)" before a colon; where it begins, TN_NO_OFFSET: there is none. */
static size_t find_mark(struct tn_str label)
{
    size_t at = label.len - MARK;
    bool mark = label.len > MARK + 1 && label.s[at] == '(' && tn_is_lower(label.s[at + 1]) &&
                tn_is_lower(label.s[at + 2]) && label.s[at + 3] == ')' && label.s[at - 1] == ' ';
    return mark ? at : TN_NO_OFFSET;
}

/* The label of a line with a code: up to its first colon. */
static struct tn_str label_of(struct tn_str line)
{
    size_t most = line.len < LONGEST_LABEL ? line.len : LONGEST_LABEL;
    for (size_t at = 0; at < most; at++)
        if (line.s[at] == ':' && (at + 1 == line.len || line.s[at + 1] == ' '))
            return tn_str_slice(line.s, at);
    return (struct tn_str){NULL, 0};
}

static bool says_something(struct tn_str text)
{
    text = tn_str_trim(text);
    return text.len && !tn_str_eq(text, TN_LIT("Information not present in EudraCT"));
}

/* The family is complete. */
static void judge(struct twins *twins)
{
    struct family *family = &twins->family;
    char *chosen = family->count ? family->marks[0] : NULL;
    for (size_t i = 0; i < family->count; i++)
        if (memcmp(family->marks[i], "(en)", MARK) == 0)
            chosen = family->marks[i];
    twins->translated = twins->translated || (family->stated && family->count);
    if (chosen && !family->stated) {
        if (!twins->language[0])
            memcpy(twins->language, chosen + 1, 2);
        memset(chosen, ' ', MARK);
    }
    *family = (struct family){.count = 0};
}

/* The label that was last has a text. */
static void has_text(struct twins *twins)
{
    struct family *family = &twins->family;
    if (twins->last_has_text || !family->name.len)
        return;
    twins->last_has_text = true;
    if (!twins->last_mark)
        family->stated = true;
    else if (family->count < MOST_TWINS)
        family->marks[family->count++] = twins->last_mark;
}

static void take_label(struct twins *twins, struct tn_str label, struct tn_str text)
{
    size_t mark = find_mark(label);
    struct tn_str name = tn_str_trim(tn_str_slice(label.s, mark == TN_NO_OFFSET ? label.len : mark));
    if (!tn_str_eq(name, twins->family.name))
        judge(twins);
    twins->family.name = name;
    twins->last_mark = mark == TN_NO_OFFSET ? NULL : (char *)(uintptr_t)(label.s + mark);
    twins->last_has_text = false;
    if (says_something(text))
        has_text(twins);
}

struct tn_str tn_euctr_twins(struct tn_arena *arena, char *bytes, size_t len)
{
    struct twins twins = {.language = ""};
    for (size_t from = 0, end; from < len; from = end + 1) {
        end = tn_line_end(bytes, from, len);
        struct tn_str line = tn_str_trim(tn_str_slice(bytes + from, end - from));
        struct tn_str label = code_length(line) ? label_of(line) : (struct tn_str){NULL, 0};
        if (label.len)
            take_label(&twins, label, tn_str_from(line, label.len + 1));
        else if (line.len)
            has_text(&twins);
    }
    judge(&twins);
    if (twins.language[0])
        return tn_str_copy(arena, tn_str_of(twins.language));
    return twins.translated ? TN_LIT("en") : (struct tn_str){NULL, 0};
}
