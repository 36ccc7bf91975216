/* SPDX-License-Identifier: MIT */
/* Web archives: WARC 1.0 and 1.1 (ISO 28500), and their text records (WET). libarchive's reader of WARC knows neither
 * `conversion` records nor the fields of a record, so the records are read here. */
#include <inttypes.h>
#include <stdlib.h>

#include "input/body.h"
#include "input/fields.h"
#include "input/http.h"
#include "input/members_inside.h"
#include "input/page_type.h"

enum { USUAL_HEADER = 4096 };

enum kind { NO_PAGE, RESPONSE, TEXT, REVISIT };

/* The header of a record; texts point into the feed. */
struct record {
    enum kind kind;
    struct tn_str type, id, url, date, media, truncated, segment, length;
};

struct warc {
    struct tn_members *members;
    struct tn_feed *feed;
    uint64_t left;    /* bytes of the record's block that nobody took */
    size_t number;    /* of the record, from 1 */
    size_t offset;    /* where it begins in the (unpacked) archive */
    bool searching;   /* for the next record, behind damage */
    bool told;        /* reading the member said already what is wrong */
    struct tn_source block;
    struct tn_body body;
};

static bool begins_record(struct tn_str head)
{
    return tn_str_starts(head, TN_LIT("WARC/")) && head.len > 5 && tn_is_digit(head.s[5]);
}

static bool claims(const struct tn_members *members, struct tn_str head)
{
    (void)members;
    return begins_record(head);
}

static const char *unpacked(const struct warc *warc)
{
    return warc->members->unpack ? " (unpacked)" : "";
}

/* --- What stands in a record. --- */

/* Why the block has no more bytes although it should. */
static void tell_cut(struct warc *warc, struct tn_error *error)
{
    if (warc->feed->failed) {
        *error = warc->feed->error;
        return;
    }
    tn_error_set(error, TN_FAILED, TN_TRUNCATED, NULL, "the archive ends inside the record at byte %zu%s", warc->offset,
                 unpacked(warc));
    error->offset = warc->offset;
}

static bool read_block(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    struct warc *warc = source->state;
    struct tn_error ignored;
    *got = 0;
    if (warc->left == 0)
        return true;
    if (room > warc->left)
        room = (size_t)warc->left;
    if (tn_feed_read(warc->feed, into, room, got, &ignored) && *got) {
        warc->left -= *got;
        return true;
    }
    warc->told = true;
    tell_cut(warc, error ? error : &ignored);
    return false;
}

/* The bytes of the block that can be looked at. */
static struct tn_str look(struct warc *warc, size_t want)
{
    struct tn_str head = tn_feed_ahead(warc->feed, want < warc->left ? want : (size_t)warc->left);
    return tn_str_slice(head.s, head.len < warc->left ? head.len : (size_t)warc->left);
}

static void take(struct warc *warc, size_t count)
{
    tn_feed_take(warc->feed, count);
    warc->left -= count;
}

/* Passes over the rest of the block. False where the archive ends before it does. */
static bool skip_block(struct warc *warc)
{
    while (warc->left) {
        struct tn_str head = look(warc, 1);
        if (head.len == 0)
            return false;
        take(warc, head.len);
    }
    return true;
}

/* --- The header of a record. --- */

static const struct {
    struct tn_str type;
    enum kind kind;
} types[] = {
    {{"response", 8}, RESPONSE},
    {{"resource", 8}, TEXT},
    {{"conversion", 10}, TEXT},
    {{"revisit", 7}, REVISIT},
};

static enum kind kind_of(struct tn_str type)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (tn_str_eq_fold(type, types[i].type))
            return types[i].kind;
    return NO_PAGE;
}

static const char *keep(struct warc *warc, struct tn_str text)
{
    return text.len ? tn_str_copy(&warc->members->texts, text).s : NULL;
}

/* Record ids, and in some archives addresses, stand in angle brackets. */
static struct tn_str without_brackets(struct tn_str text)
{
    if (text.len > 2 && text.s[0] == '<' && text.s[text.len - 1] == '>')
        return tn_str_slice(text.s + 1, text.len - 2);
    return text;
}

static void read_fields(struct tn_str fields, struct record *record)
{
    const struct {
        struct tn_str name;
        struct tn_str *value;
    } slots[] = {
        {TN_LIT("WARC-Type"), &record->type},           {TN_LIT("WARC-Record-ID"), &record->id},
        {TN_LIT("WARC-Target-URI"), &record->url},      {TN_LIT("WARC-Date"), &record->date},
        {TN_LIT("Content-Type"), &record->media},       {TN_LIT("Content-Length"), &record->length},
        {TN_LIT("WARC-Truncated"), &record->truncated}, {TN_LIT("WARC-Segment-Number"), &record->segment},
    };
    struct tn_str name, value;
    while (tn_fields_next(&fields, &name, &value))
        for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++)
            if (!slots[i].value->s && tn_str_eq_fold(name, slots[i].name))
                *slots[i].value = value;
    record->kind = kind_of(record->type);
    record->id = without_brackets(record->id);
    record->url = without_brackets(record->url);
}

/* Where the next record should begin: blank lines are passed over. */
static struct tn_str at_record(struct warc *warc)
{
    struct tn_str head = tn_feed_ahead(warc->feed, 8);
    while (head.len && (head.s[0] == '\r' || head.s[0] == '\n')) {
        tn_feed_take(warc->feed, 1);
        head = tn_feed_ahead(warc->feed, 8);
    }
    return head;
}

/* Passes over everything up to a line that begins a record. False where there is none. */
static bool find_record(struct warc *warc)
{
    for (;;) {
        struct tn_str head = tn_feed_ahead(warc->feed, TN_FEED_ROOM);
        size_t found = begins_record(head) ? 0 : tn_str_find(head, TN_LIT("\nWARC/"));
        if (found != TN_NO_OFFSET) {
            tn_feed_take(warc->feed, found);
            return true;
        }
        if (head.len < TN_FEED_ROOM) {
            tn_feed_take(warc->feed, head.len);
            return false;
        }
        tn_feed_take(warc->feed, head.len - 6);
    }
}

static enum tn_members_result damage(struct warc *warc, struct tn_error *error, const char *what)
{
    tn_error_set(error, TN_FAILED, TN_SYNTAX, NULL, "%s at byte %zu%s: going on at the next record", what,
                 warc->feed->taken, unpacked(warc));
    error->offset = warc->feed->taken;
    warc->searching = true;
    return TN_MEMBER_DAMAGE;
}

/* The archive cannot be read further here: goes on behind the damage, or ends. Silent (TN_MEMBERS_END) about what
 * reading a member told already, and while the next record is looked for: places that only looked like one. */
static enum tn_members_result broken_off(struct warc *warc, struct tn_error *error)
{
    tell_cut(warc, error);
    bool told = warc->told || (warc->searching && error->code != TN_IO);
    tn_feed_take(warc->feed, tn_feed_ahead(warc->feed, 0).len);
    warc->told = false;
    warc->left = 0;
    warc->searching = warc->feed->failed && tn_members_resume(warc->members);
    warc->members->done = !warc->searching;
    return told ? TN_MEMBERS_END : TN_MEMBER_DAMAGE;
}

/* --- A record as a member. --- */

static enum tn_members_result pass(struct warc *warc, struct tn_member *member, const char *format, unsigned number)
{
    member->why = tn_str_format(&warc->members->texts, format, number).s;
    return member->why ? TN_MEMBER_PASSED : TN_MEMBERS_END;
}

/* What stands in an HTTP answer. TN_MEMBERS_END: no page, and not worth a word. */
static enum tn_members_result open_answer(struct warc *warc, struct tn_member *member, struct tn_error *error)
{
    struct tn_http http;
    bool read = tn_http_read(look(warc, USUAL_HEADER), &http) || tn_http_read(look(warc, TN_FEED_ROOM), &http);
    if (!read && look(warc, TN_FEED_ROOM).len < warc->left && warc->feed->ended)
        return TN_MEMBERS_END; /* cut: passing over the rest says so */
    if (!read)
        return pass(warc, member, "no HTTP header", 0);
    if (!tn_may_be_page(http.type))
        return TN_MEMBERS_END;
    if (http.status < 200 || http.status > 299 || http.status == 206)
        return pass(warc, member, "HTTP status %u", http.status);
    struct tn_str transfer = tn_str_copy(&warc->members->texts, http.transfer);
    struct tn_str content = tn_str_copy(&warc->members->texts, http.content);
    struct tn_str charset = tn_str_copy(&warc->members->texts, http.charset);
    take(warc, http.len);
    warc->body.room = warc->members->max_record;
    bool good = tn_body_open(&warc->body, &warc->block, transfer, content, &member->source, error);
    member->source.charset = charset;
    return good ? TN_MEMBER : TN_MEMBER_LOST;
}

static bool is_http(struct warc *warc, struct tn_str media)
{
    return tn_str_eq_fold(tn_field_word(media), TN_LIT("application/http")) ||
           (media.len == 0 && tn_str_starts(look(warc, 8), TN_LIT("HTTP/")));
}

static enum tn_members_result open_plain(struct warc *warc, struct tn_member *member, struct tn_str media)
{
    if (!tn_may_be_page(tn_field_word(media)))
        return TN_MEMBERS_END;
    member->source = warc->block;
    member->source.charset = tn_field_parameter(media, TN_LIT("charset"));
    return TN_MEMBER;
}

/* The texts of the header are kept before the header is taken. */
static void describe(struct warc *warc, const struct record *record, struct tn_member *member)
{
    member->one_of_many = true;
    member->name = keep(warc, record->id);
    if (!member->name)
        member->name = tn_str_format(&warc->members->texts, "record %zu", warc->number).s;
    member->url = keep(warc, record->url);
    member->fetched = keep(warc, record->date);
    member->cut = keep(warc, record->truncated);
}

static enum tn_members_result open_record(struct warc *warc, const struct record *record, size_t header,
                                          struct tn_member *member, struct tn_error *error)
{
    describe(warc, record, member);
    bool segment = record->segment.len > 0;
    enum kind kind = record->kind;
    struct tn_str media = tn_str_copy(&warc->members->texts, record->media);
    tn_feed_take(warc->feed, header);
    if (kind == REVISIT)
        return pass(warc, member, "a revisit: the page stands in an earlier record", 0);
    if (segment) {
        tn_error_set(error, TN_FAILED, TN_BINARY, NULL, "the record is one of several segments, which are not put together");
        return TN_MEMBER_LOST;
    }
    return kind == RESPONSE && is_http(warc, media) ? open_answer(warc, member, error) : open_plain(warc, member, media);
}

/* The record at the head of the feed. TN_MEMBERS_END: nothing to say, go on. */
static enum tn_members_result next_record(struct warc *warc, struct tn_member *member, struct tn_error *error)
{
    struct record record = {.kind = NO_PAGE};
    unsigned long length = 0;
    struct tn_str head = tn_feed_ahead(warc->feed, USUAL_HEADER);
    size_t end = tn_fields_end(head);
    if (end == 0) {
        head = tn_feed_ahead(warc->feed, TN_FEED_ROOM);
        end = tn_fields_end(head);
    }
    warc->offset = warc->feed->taken;
    if (end == 0 && warc->feed->ended)
        return broken_off(warc, error);
    read_fields(tn_str_slice(head.s, end), &record);
    if (record.type.len == 0 || !tn_str_uint(record.length, INT64_MAX, &length)) {
        enum tn_members_result result = damage(warc, error, "a record without type or length");
        tn_feed_take(warc->feed, 1);
        return result;
    }
    warc->searching = false;
    warc->number++;
    warc->left = length;
    if (record.kind != NO_PAGE)
        return open_record(warc, &record, end, member, error);
    tn_feed_take(warc->feed, end);
    return TN_MEMBERS_END;
}

/* One step: what stands at the head of the feed. */
static enum tn_members_result step(struct warc *warc, struct tn_member *member, struct tn_error *error)
{
    if (!skip_block(warc) || (warc->searching && !find_record(warc)))
        return broken_off(warc, error);
    struct tn_str head = at_record(warc);
    if (head.len == 0 && warc->feed->failed)
        return broken_off(warc, error);
    warc->members->done = head.len == 0;
    if (head.len == 0 || begins_record(head))
        return head.len ? next_record(warc, member, error) : TN_MEMBERS_END;
    if (!warc->searching)
        return damage(warc, error, "no WARC record begins");
    tn_feed_take(warc->feed, 1);
    return TN_MEMBERS_END;
}

static enum tn_members_result next(struct tn_members *members, struct tn_member *member, struct tn_error *error)
{
    struct warc *warc = members->state;
    enum tn_members_result result;
    do {
        tn_arena_reset(&members->texts);
        *member = (struct tn_member){.name = NULL};
        result = step(warc, member, error);
    } while (result == TN_MEMBERS_END && !members->done);
    return result;
}

static void *open_warc(struct tn_members *members)
{
    struct warc *warc = calloc(1, sizeof *warc);
    if (!warc)
        return NULL;
    warc->members = members;
    warc->feed = &members->feed;
    warc->block = (struct tn_source){.read = read_block, .state = warc, .fd = -1};
    return warc;
}

static void close_warc(void *state)
{
    struct warc *warc = state;
    tn_body_release(&warc->body);
    free(warc);
}

const struct tn_members_kind tn_members_warc = {claims, open_warc, next, close_warc, false};
