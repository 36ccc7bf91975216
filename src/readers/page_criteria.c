/* SPDX-License-Identifier: MIT */
/* The criteria of a page: all its spans of criteria make one text, and each span's side says where its items go. */
#include "readers/page_read.h"

static bool is_criteria(const struct tn_span *span)
{
    return span->row && span->row->mode == TN_MODE_CRITERIA;
}

/* `... and 3 more (see full listing online)`: how many, or 0. */
static unsigned long more_of(const struct tn_block *line)
{
    struct tn_str text = tn_page_line(line), number;
    size_t dots = tn_str_starts(text, TN_LIT("\xE2\x80\xA6")) ? 3 : 0;
    while (dots < text.len && text.s[dots] == '.')
        dots++;
    text = tn_str_trim(tn_str_from(text, dots));
    if (dots < 3 || !tn_str_starts_fold(text, TN_LIT("and ")))
        return 0;
    text = tn_str_trim(tn_str_from(text, 4));
    size_t digits = 0;
    while (digits < text.len && tn_is_digit(text.s[digits]))
        digits++;
    number = tn_str_slice(text.s, digits);
    unsigned long more = 0;
    bool says_more = tn_str_starts_fold(tn_str_trim(tn_str_from(text, digits)), TN_LIT("more"));
    return says_more && tn_str_uint(number, 1000000, &more) ? more : 0;
}

/* Cuts off the values that stand behind the criteria: lines without a marker that have one of the row's shapes. */
static size_t tail_of(const struct tn_span *span)
{
    const struct tn_site_shape *shapes = span->row->shapes;
    size_t tail = 0, most = 0;
    while (shapes && shapes[most].shape != TN_SHAPE_NONE)
        most++;
    while (tail < most && tail < span->count) {
        const struct tn_block *line = span->lines[span->count - tail - 1];
        bool fits = false;
        for (size_t s = 0; s < most && line->kind != TN_BLOCK_ITEM && !fits; s++)
            fits = tn_shape_fits(shapes[s].shape, &tn_type_trial.fields[shapes[s].field], line->whole);
        if (!fits)
            break;
        tail++;
    }
    return tail;
}

/* Every line of such a span is an item of its own; a single one may hold several. */
static struct tn_str with_markers(struct tn_page_reading *page, const struct tn_span *span)
{
    size_t room = 1, len = 0;
    for (size_t i = 0; i < span->count; i++)
        room += span->lines[i]->whole.len + 3;
    char *text = tn_arena_alloc(page->reading.arena, room);
    for (size_t i = 0; text && i < span->count; i++) {
        page->fates[span->lines[i]->number] = TN_FATE_FIELD;
        memcpy(text + len, "* ", 2);
        memcpy(text + len + 2, span->lines[i]->whole.s, span->lines[i]->whole.len);
        len += span->lines[i]->whole.len + 2;
        text[len++] = '\n';
    }
    return tn_str_slice(text, text ? len : 0);
}

static bool has_items(const struct tn_span *span)
{
    for (size_t i = 0; i < span->count; i++)
        if (span->lines[i]->kind == TN_BLOCK_ITEM)
            return true;
    return false;
}

static void put_items(struct tn_page_reading *page, const struct tn_span *span)
{
    bool lines = (span->row->flags & TN_ROW_LINES) && span->count > 1 && !has_items(span);
    struct tn_str text = lines ? with_markers(page, span) : tn_page_join(page, span->lines, span->count, true);
    if (text.len)
        tn_put_criteria_items(&page->reading, page->reading.trial, text, span->row->side);
}

/* Sub-items are no items of the number that a label states, nor is text between items. */
static int64_t count_shown(const struct tn_span *span)
{
    int64_t shown = 0;
    for (size_t i = 0; i < span->count; i++)
        shown += span->lines[i]->kind == TN_BLOCK_ITEM && span->lines[i]->level == 0;
    return shown ? shown : (int64_t)span->count;
}

/* Holds the number that the label states against what is shown. */
static void check_shown(struct tn_page_reading *page, const struct tn_span *span, unsigned long more)
{
    struct tn_record *trial = page->reading.trial;
    int field = tn_criteria_fields[span->row->side];
    int declared_field =
        span->row->side == TN_CRITERIA_EXCLUSION ? TN_trial_exclusion_declared : TN_trial_inclusion_declared;
    int64_t shown = count_shown(span);
    tn_page_at(page, span->label);
    if (span->value.len && span->row->side != TN_CRITERIA_OTHER)
        tn_page_put(page, trial, declared_field, span->value);
    bool stated = span->value.len && tn_has(trial, declared_field);
    int64_t declared = stated ? tn_int(trial, declared_field) : shown + (int64_t)more;
    if (more && declared != shown + (int64_t)more)
        tn_warn(&page->reading, TN_INCONSISTENT, trial, declared_field, "%lld are shown and %lu more stated, not %lld",
                (long long)shown, more, (long long)declared);
    if (more == 0 && declared < shown)
        tn_warn(&page->reading, TN_INCONSISTENT, trial, declared_field, "%lld are shown, not %lld", (long long)shown,
                (long long)declared);
    if (more == 0 && declared <= shown)
        return;
    tn_set_bool(trial, TN_trial_eligibility_truncated, true);
    tn_warn(&page->reading, TN_TRUNCATED_LIST, trial, field, "%lld of %lld criteria are shown", (long long)shown,
            (long long)declared);
}

struct tn_span tn_page_without_more(struct tn_page_reading *page, const struct tn_span *span, unsigned long *more)
{
    struct tn_span left = *span;
    *more = 0;
    left.count = 0;
    for (size_t i = 0; i < span->count; i++) {
        unsigned long here = more_of(span->lines[i]);
        *more += here;
        if (here)
            tn_page_boilerplate(page, span->lines[i]);
        else
            left.lines[left.count++] = span->lines[i];
    }
    return left;
}

/* Where the text of the criteria starts anew: at a heading of a side. */
static bool has_heading(const struct tn_span *span)
{
    return span->label && !span->continued && span->row->side != TN_CRITERIA_OTHER;
}

struct writing {
    char *text; /* NULL: only the length is wanted */
    size_t len;
};

static void write_text(struct writing *out, struct tn_str text)
{
    if (out->text && text.len)
        memcpy(out->text + out->len, text.s, text.len);
    out->len += text.len;
}

static void write_span(struct writing *out, struct tn_page_reading *page, const struct tn_span *span)
{
    bool lines = (span->row->flags & TN_ROW_LINES) && !has_items(span);
    if ((has_heading(span) || span->count) && out->len)
        write_text(out, TN_LIT("\n\n"));
    if (has_heading(span))
        write_text(out, page->site->form && span->row->within ? tn_str_of(span->row->within) : span->label->whole);
    if (has_heading(span) && span->count)
        write_text(out, TN_LIT("\n"));
    if (span->count)
        write_text(out, tn_page_join(page, span->lines, span->count, !lines));
}

/* The section as it is printed, with its headings. */
static void put_text(struct tn_page_reading *page)
{
    struct writing out = {NULL, 0};
    const struct tn_block *first = NULL;
    for (int pass = 0; pass < 2; pass++) {
        out = (struct writing){.text = pass ? tn_arena_alloc(page->reading.arena, out.len + 1) : NULL};
        for (size_t i = 0; i < page->count && (pass == 0 || out.text); i++) {
            if (!is_criteria(&page->spans[i]))
                continue;
            write_span(&out, page, &page->spans[i]);
            first = !first && page->spans[i].count ? page->spans[i].lines[0] : first;
        }
    }
    tn_page_at(page, first);
    if (first && out.text)
        tn_page_put(page, page->reading.trial, TN_trial_eligibility_text, tn_str_slice(out.text, out.len));
}

void tn_page_criteria(struct tn_page_reading *page)
{
    struct tn_span *last = NULL, tail = {0};
    for (size_t i = 0; i < page->count; i++)
        last = is_criteria(&page->spans[i]) ? &page->spans[i] : last;
    if (!last)
        return;
    tail = *last;
    tail.count = tail_of(last);
    tail.lines = last->lines + (last->count - tail.count);
    last->count -= tail.count;
    last->inner += tail.count > 0 && !has_heading(last);
    for (size_t i = 0; i < page->count; i++) {
        unsigned long more;
        if (!is_criteria(&page->spans[i]))
            continue;
        page->spans[i] = tn_page_without_more(page, &page->spans[i], &more);
        check_shown(page, &page->spans[i], more);
        put_items(page, &page->spans[i]);
    }
    put_text(page);
    if (tail.count)
        tn_page_shapes(page, &tail, tail.row->shapes, tail.lines, tail.count);
}
