/* SPDX-License-Identifier: MIT */
/* Mails and saved pages (MIME, RFC 2045 to 2049 and 2557): one member, the page. The whole mail is read before: which
 * part is the page is known at its end. */
#include <stdlib.h>

#include "core/buf.h"
#include "input/fields.h"
#include "input/mail_parts.h"
#include "input/members_inside.h"
#include "input/transfer.h"

enum { STEP = 64 * 1024 };

struct mail {
    struct tn_buf bytes;
    struct tn_buf decoded;
    bool read, open;
};

static bool is_field_name(struct tn_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.s[i] <= ' ' || name.s[i] > '~')
            return false;
    return name.len > 0;
}

/* Every line up to the first empty one is a field or goes on with one. */
static bool is_header(struct tn_str header)
{
    struct tn_str line;
    bool any = false;
    while (tn_str_next_line(&header, &line) && line.len) {
        size_t colon = tn_str_find_char(line, ':');
        bool goes_on = any && (line.s[0] == ' ' || line.s[0] == '\t');
        /* The last line of what is seen may be cut before its colon. */
        bool cut = header.len == 0 && colon == TN_NO_OFFSET && is_field_name(line);
        if (!goes_on && !cut && (colon == TN_NO_OFFSET || !is_field_name(tn_str_slice(line.s, colon))))
            return false;
        any = true;
    }
    return any;
}

static bool has(struct tn_str fields, struct tn_str name)
{
    return tn_fields_get(fields, name).s != NULL;
}

/* The mail without what stands in front of its header: empty lines, and the separator of a mailbox. */
static struct tn_str header_start(struct tn_str mail)
{
    struct tn_str line;
    if (tn_str_starts(mail, TN_LIT("\xEF\xBB\xBF")))
        mail = tn_str_from(mail, 3);
    while (mail.len && (mail.s[0] == '\r' || mail.s[0] == '\n'))
        mail = tn_str_from(mail, 1);
    if (tn_str_starts(mail, TN_LIT("From ")))
        tn_str_next_line(&mail, &line);
    return mail;
}

/* A text may well begin with `Title: ...`: nothing less than MIME's own fields, or what every mail server writes, counts. */
static bool claims(const struct tn_members *members, struct tn_str head)
{
    (void)members;
    head = header_start(head);
    size_t end = tn_fields_end(head);
    struct tn_str fields = tn_str_slice(head.s, end ? end : head.len);
    if (!is_header(fields))
        return false;
    bool mail = has(fields, TN_LIT("From")) && (has(fields, TN_LIT("Received")) || has(fields, TN_LIT("Message-ID")));
    return mail || has(fields, TN_LIT("MIME-Version")) ||
           tn_str_starts_fold(tn_fields_get(fields, TN_LIT("Content-Type")), TN_LIT("multipart/"));
}

/* True when all of it is in memory. */
static bool read_all(struct tn_members *members, struct mail *mail, struct tn_error *error)
{
    size_t got = 1;
    while (got && mail->bytes.len <= members->max_record && tn_buf_reserve(&mail->bytes, STEP)) {
        if (!tn_feed_read(&members->feed, mail->bytes.data + mail->bytes.len, STEP, &got, error))
            return false;
        mail->bytes.len += got;
    }
    bool small = !mail->bytes.failed && mail->bytes.len <= members->max_record;
    if (!small)
        tn_error_set(error, TN_FAILED, TN_TOO_LARGE, NULL, "the message is larger than a record may be (--max-record)");
    return small;
}

/* An address without the blanks and line ends at which it was folded; none that leads nowhere (`cid:...`). */
static const char *address(struct tn_members *members, struct tn_str text)
{
    if (tn_str_find(text, TN_LIT("://")) == TN_NO_OFFSET)
        return NULL;
    char *copy = tn_arena_alloc(&members->texts, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; copy && i < text.len; i++)
        if (!tn_is_space(text.s[i]) && text.s[i] != '<' && text.s[i] != '>')
            copy[len++] = text.s[i];
    if (copy)
        copy[len] = '\0';
    return copy;
}

/* Blink writes where the page was; others at its part, or (one part only) at the head. */
static const char *page_address(struct tn_members *members, struct tn_str header, struct tn_str part)
{
    const char *found = address(members, tn_fields_get(header, TN_LIT("Snapshot-Content-Location")));
    if (!found)
        found = address(members, tn_fields_get(part, TN_LIT("Content-Location")));
    return found ? found : address(members, tn_fields_get(header, TN_LIT("Content-Location")));
}

/* `Fri, 17 May 2024 10:20:30 +0200 (CEST)`, without the remark. */
static const char *page_date(struct tn_members *members, struct tn_str header)
{
    struct tn_str date = tn_fields_get(header, TN_LIT("Date"));
    size_t remark = tn_str_find_char(date, '(');
    date = tn_str_trim(tn_str_slice(date.s, remark == TN_NO_OFFSET ? date.len : remark));
    return date.len ? tn_str_copy(&members->texts, date).s : NULL;
}

static const struct {
    struct tn_str name;
    void (*decode)(struct tn_str text, struct tn_buf *out);
} encodings[] = {
    {{"quoted-printable", 16}, tn_transfer_quoted},
    {{"base64", 6}, tn_transfer_base64},
};

/* The body of the part as it was before it was encoded for the mail. */
static struct tn_str decode(struct mail *mail, const struct tn_mail_part *part)
{
    struct tn_str name = tn_field_word(tn_fields_get(part->fields, TN_LIT("Content-Transfer-Encoding")));
    for (size_t i = 0; i < sizeof encodings / sizeof encodings[0]; i++) {
        if (!tn_str_eq_fold(name, encodings[i].name))
            continue;
        encodings[i].decode(part->body, &mail->decoded);
        return tn_str_slice(mail->decoded.data, mail->decoded.len);
    }
    return part->body;
}

static enum tn_members_result refuse(enum tn_code code, const char *message, struct tn_error *error)
{
    tn_error_set(error, TN_FAILED, code, NULL, "%s", message);
    return TN_MEMBER_LOST;
}

static enum tn_members_result open_page(struct tn_members *members, struct mail *mail, struct tn_member *member,
                                        struct tn_error *error)
{
    struct tn_mail_part part = tn_mail_message(header_start(tn_str_slice(mail->bytes.data, mail->bytes.len)));
    struct tn_str header = part.fields;
    if (part.cut)
        return refuse(TN_TRUNCATED, "the message ends inside its header", error);
    if (!tn_mail_page(&part, &mail->open))
        return refuse(mail->open ? TN_TRUNCATED : TN_UNRECOGNISED,
                      mail->open ? "the message ends before its page"
                                 : "the message holds no page: no HTML, text or JSON is among its parts",
                      error);
    struct tn_str body = decode(mail, &part);
    if (mail->decoded.failed)
        return refuse(TN_NO_MEMORY, "memory is short", error);
    tn_source_memory(&member->source, body, 0);
    member->source.charset = tn_field_parameter(tn_fields_get(part.fields, TN_LIT("Content-Type")), TN_LIT("charset"));
    member->url = page_address(members, header, part.fields);
    member->fetched = page_date(members, header);
    member->cut = part.cut ? "the message ends inside it" : NULL;
    return TN_MEMBER;
}

static enum tn_members_result next(struct tn_members *members, struct tn_member *member, struct tn_error *error)
{
    struct mail *mail = members->state;
    if (!mail->read) {
        mail->read = true;
        return read_all(members, mail, error) ? open_page(members, mail, member, error) : TN_MEMBER_LOST;
    }
    members->done = true;
    if (!mail->open)
        return TN_MEMBERS_END;
    tn_error_set(error, TN_FAILED, TN_TRUNCATED, NULL, "the message ends before its last boundary, at byte %zu",
                 mail->bytes.len);
    return TN_MEMBER_DAMAGE;
}

static void *open_mail(struct tn_members *members)
{
    struct mail *mail = calloc(1, sizeof *mail);
    if (!mail)
        return NULL;
    tn_buf_init(&mail->bytes, members->max_record + 2 * STEP);
    tn_buf_init(&mail->decoded, members->max_record);
    return mail;
}

static void close_mail(void *state)
{
    struct mail *mail = state;
    tn_buf_release(&mail->bytes);
    tn_buf_release(&mail->decoded);
    free(mail);
}

const struct tn_members_kind tn_members_mail = {claims, open_mail, next, close_mail, false};
