/* SPDX-License-Identifier: MIT */
#include "input/mail_parts.h"

#include "input/fields.h"

enum { MOST_DEPTH = 8, LONGEST_BOUNDARY = 200, ROOT = 5 };

struct tn_mail_part tn_mail_message(struct tn_str mail)
{
    size_t end = mail.len && mail.s[0] == '\n' ? 1 : tn_str_starts(mail, TN_LIT("\r\n")) ? 2 : tn_fields_end(mail);
    if (end == 0)
        return (struct tn_mail_part){mail, tn_str_from(mail, mail.len), true};
    return (struct tn_mail_part){tn_str_slice(mail.s, end), tn_str_from(mail, end), false};
}

/* A line `--boundary`, or the last, `--boundary--`. */
struct boundary {
    size_t from;   /* of the line end before it */
    size_t behind; /* of what follows the line */
    bool last;
};

/* The next boundary line at or behind `at`. False where there is none. */
static bool find_boundary(struct tn_str body, struct tn_str name, size_t at, struct boundary *found)
{
    for (;;) {
        size_t next = tn_str_find(tn_str_from(body, at), name);
        if (next == TN_NO_OFFSET)
            return false;
        next += at;
        at = next + name.len;
        if (next < 2 || memcmp(body.s + next - 2, "--", 2) != 0 || (next > 2 && body.s[next - 3] != '\n'))
            continue;
        found->last = tn_str_starts(tn_str_from(body, at), TN_LIT("--"));
        struct tn_str rest = tn_str_from(body, at + (found->last ? 2 : 0)), line;
        bool ended = tn_str_find_char(rest, '\n') != TN_NO_OFFSET || found->last;
        if (!ended || (tn_str_next_line(&rest, &line) && tn_str_trim(line).len))
            continue;
        found->from = next - 2;
        found->from -= found->from && body.s[found->from - 1] == '\n';
        found->from -= found->from && body.s[found->from - 1] == '\r';
        found->behind = body.len - rest.len;
        return true;
    }
}

/* The parts of a multipart body, one after the other. */
struct parts {
    struct tn_str body, name;
    struct boundary before;
    bool more;
};

static void first_part(struct parts *parts, const struct tn_mail_part *whole, struct tn_str name)
{
    *parts = (struct parts){.body = whole->body, .name = name};
    parts->more = name.len && name.len <= LONGEST_BOUNDARY && find_boundary(parts->body, name, 0, &parts->before) &&
                  !parts->before.last;
}

static bool next_part(struct parts *parts, struct tn_mail_part *part)
{
    struct boundary end;
    if (!parts->more)
        return false;
    size_t from = parts->before.behind;
    /* The search may begin at the end of the line before, for a part that is empty. */
    bool found = find_boundary(parts->body, parts->name, from, &end);
    size_t len = !found ? parts->body.len - from : end.from > from ? end.from - from : 0;
    *part = tn_mail_message(tn_str_slice(parts->body.s + from, len));
    part->cut = !found;
    parts->more = found && !end.last;
    parts->before = end;
    return true;
}

/* How likely a part is the page: the higher the better. */
static const struct {
    struct tn_str type;
    unsigned worth;
} worths[] = {
    {{"text/html", 9}, 4},         {{"application/xhtml+xml", 21}, 4}, {{"multipart/", 10}, 4}, {{"text/plain", 10}, 3},
    {{"application/json", 16}, 2}, {{"message/rfc822", 14}, 1},
};

static struct tn_str type_of(const struct tn_mail_part *part)
{
    struct tn_str type = tn_field_word(tn_fields_get(part->fields, TN_LIT("Content-Type")));
    return type.len ? type : TN_LIT("text/plain");
}

static unsigned worth_of(const struct tn_mail_part *part)
{
    for (size_t i = 0; i < sizeof worths / sizeof worths[0]; i++)
        if (tn_str_starts_fold(type_of(part), worths[i].type))
            return worths[i].worth;
    return 0;
}

/* Content-IDs stand in angle brackets, references to them need not. */
static struct tn_str bare_id(struct tn_str id)
{
    if (id.len > 2 && id.s[0] == '<' && id.s[id.len - 1] == '>')
        return tn_str_slice(id.s + 1, id.len - 2);
    return id;
}

static bool is_root(const struct tn_mail_part *part, struct tn_str start)
{
    return start.len && tn_str_eq(bare_id(tn_fields_get(part->fields, TN_LIT("Content-ID"))), bare_id(start));
}

/* The root of a multipart, or the best of its parts; *open when its last boundary is missing. */
static bool choose_part(const struct tn_mail_part *whole, struct tn_mail_part *chosen, bool *open)
{
    struct tn_str value = tn_fields_get(whole->fields, TN_LIT("Content-Type"));
    struct tn_str start = tn_field_parameter(value, TN_LIT("start"));
    struct tn_mail_part part = {.cut = true};
    struct parts parts;
    unsigned best = 0;
    first_part(&parts, whole, tn_field_parameter(value, TN_LIT("boundary")));
    while (next_part(&parts, &part)) {
        unsigned worth = worth_of(&part);
        if (worth && is_root(&part, start))
            worth = ROOT;
        if (worth <= best)
            continue;
        best = worth;
        *chosen = part;
    }
    *open = part.cut;
    return best > 0;
}

bool tn_mail_page(struct tn_mail_part *part, bool *open)
{
    const char *end = part->body.s + part->body.len;
    *open = part->cut;
    for (int depth = 0; depth < MOST_DEPTH; depth++) {
        struct tn_mail_part inner;
        struct tn_str type = type_of(part);
        bool inner_open = false;
        if (tn_str_starts_fold(type, TN_LIT("multipart/"))) {
            if (!choose_part(part, &inner, &inner_open))
                return false;
        } else if (tn_str_eq_fold(type, TN_LIT("message/rfc822"))) {
            inner = tn_mail_message(part->body);
        } else {
            return worth_of(part) > 0;
        }
        /* A part that lacks its boundary is cut where the mail ends with it, and else only sloppy. */
        inner.cut = inner.cut && inner.body.s + inner.body.len == end;
        *open = *open || (depth == 0 && inner_open);
        *part = inner;
    }
    return false;
}
