/* SPDX-License-Identifier: MIT */
/* Pages: who claims them, and the modes that need no file of their own. */
#include "readers/page.h"

#include <stdlib.h>

#include "readers/page_data.h"
#include "readers/page_read.h"

/* Detection: labels and sentences that stand on lines of their own, each spelling once. */

struct claim {
    const struct tn_spellings *spellings;
    bool *seen;          /* of each spelling */
    struct tn_str *found; /* what was compared, `count` of them; signatures from the front, others from the back */
    size_t signatures, others;
    size_t together[TN_SITE_SIGNATURES]; /* of a signature of several spellings: how many were seen */
};

static void add_match(struct claim *claim, const struct tn_block *block)
{
    struct tn_match match = tn_page_match(claim->spellings, block, NULL, true);
    if (!match.row || match.fixed.len == 0 || claim->seen[match.spelling])
        return;
    claim->seen[match.spelling] = true;
    uint32_t together = tn_page_together(claim->spellings, &match);
    for (size_t i = 0; i < TN_SITE_SIGNATURES; i++)
        claim->together[i] += together >> i & 1;
    if (tn_page_is_signature(claim->spellings, &match))
        claim->found[claim->signatures++] = match.fixed;
    else
        claim->found[tn_page_spelling_count(claim->spellings) - ++claim->others] = match.fixed;
}

static void find_labels(struct claim *claim, struct tn_arena *arena, const struct tn_page *page)
{
    struct tn_block pairs[TN_FORM_PAIRS];
    for (size_t i = 0; i < page->count; i++) {
        size_t count = tn_page_form_block(arena, claim->spellings, &page->blocks[i], pairs);
        if (count == 0)
            add_match(claim, &page->blocks[i]);
        for (size_t k = 0; k < count; k++)
            add_match(claim, &pairs[k]);
    }
}

/* All spellings of a signature that has several. */
static bool has_together(const struct claim *claim, const struct tn_site *site)
{
    for (size_t i = 0; i < TN_SITE_SIGNATURES && site->signatures[i]; i++) {
        size_t parts = 1;
        for (const char *s = site->signatures[i]; *s; s++)
            parts += *s == '|';
        if (claim->together[i] == parts)
            return true;
    }
    return false;
}

static void add_evidence(const struct claim *claim, struct tn_evidence *evidence)
{
    for (size_t i = 0; i < claim->signatures; i++)
        tn_evidence_add(evidence, claim->found[i]);
    for (size_t i = 1; i <= claim->others; i++)
        tn_evidence_add(evidence, claim->found[tn_page_spelling_count(claim->spellings) - i]);
}

/* The page says that it is this site's: https://www.host/... */
static bool is_at(struct tn_str address, const char *host)
{
    struct tn_str name = tn_str_of(host);
    if (tn_str_starts_fold(name, TN_LIT("www.")))
        name = tn_str_from(name, 4);
    size_t slashes = tn_str_find(address, TN_LIT("//"));
    if (name.len == 0 || slashes == TN_NO_OFFSET)
        return false;
    address = tn_str_from(address, slashes + 2);
    if (tn_str_starts_fold(address, TN_LIT("www.")))
        address = tn_str_from(address, 4);
    return tn_str_starts_fold(address, name) && (address.len == name.len || strchr("/:?#", address.s[name.len]) != NULL);
}

/* Text cannot say where it was; what it was taken out of can. */
static struct tn_str page_address(const struct tn_peek *peek)
{
    return peek->page->is_html ? peek->page->canonical : tn_str_of(peek->worker->address);
}

void tn_page_detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    const struct tn_site *site = self->table;
    struct tn_arena *arena = &peek->worker->arena;
    struct claim claim = {.spellings = tn_page_spellings(peek->worker, site)};
    size_t room = claim.spellings ? tn_page_spelling_count(claim.spellings) : 0;
    claim.seen = tn_arena_zero(arena, room * sizeof *claim.seen);
    claim.found = tn_arena_alloc(arena, room * sizeof *claim.found);
    if (!claim.spellings || !claim.seen || !claim.found || !peek->page)
        return;
    find_labels(&claim, arena, peek->page);
    bool enough = claim.signatures + claim.others >= site->few_labels &&
                  (!site->common_labels || is_at(page_address(peek), site->host));
    if (claim.signatures || enough || has_together(&claim, site))
        add_evidence(&claim, evidence);
}
/* Modes. */

/* The first free shape that the line fits, or -1. */
static int shape_of(struct tn_page_reading *page, const struct tn_site_shape *shapes, const size_t *used,
                    struct tn_str text, bool alone)
{
    enum { LONGEST_WORD = 60 };
    for (int s = 0; shapes[s].shape != TN_SHAPE_NONE; s++)
        if (used[s] == 0 && tn_page_may(page, shapes[s].when) &&
            tn_shape_fits(shapes[s].shape, &tn_type_trial.fields[shapes[s].field], text))
            return s;
    for (int s = 0; alone && text.len <= LONGEST_WORD && shapes[s].shape != TN_SHAPE_NONE; s++)
        if (shapes[s].alone)
            return s;
    return -1;
}

/* Above the labels of a page of HTML its headings are the title, and other lines are not. */
static bool has_heading(const struct tn_span *span, const struct tn_block *const *lines, size_t count)
{
    for (size_t i = 0; !span->label && i < count; i++)
        if (lines[i]->kind == TN_BLOCK_HEADING)
            return true;
    return false;
}

void tn_page_shapes(struct tn_page_reading *page, const struct tn_span *span, const struct tn_site_shape *shapes,
                    const struct tn_block *const *lines, size_t count)
{
    size_t used[TN_SITE_SHAPES_MAX] = {0}; /* line + 1 */
    bool headed = has_heading(span, lines, count);
    for (size_t i = 0; i < count; i++) {
        int shape = shape_of(page, shapes, used, lines[i]->whole, count == 1);
        if (headed && shape >= 0 && shapes[shape].shape == TN_SHAPE_TEXT && lines[i]->kind != TN_BLOCK_HEADING)
            shape = -1;
        if (shape < 0)
            tn_page_unmapped(page, span, lines[i]);
        else
            used[shape] = i + 1;
    }
    for (int s = 0; shapes[s].shape != TN_SHAPE_NONE; s++) {
        if (shapes[s].spare && used[s + 1] == 0) {
            used[s + 1] = used[s];
            used[s] = 0;
        }
        if (used[s] == 0)
            continue;
        tn_page_at(page, lines[used[s] - 1]);
        tn_page_put_shape(page, page->reading.trial, shapes[s].field, shapes[s].shape, lines[used[s] - 1]->whole);
    }
}

static void read_shapes(struct tn_page_reading *page, const struct tn_span *span)
{
    const struct tn_site_shape *shapes = span->row->shapes;
    if (span->value.len && span->label) {
        struct tn_block value = *span->label;
        const struct tn_block *line = &value;
        value.whole = value.text = span->value;
        tn_page_shapes(page, span, shapes, &line, 1);
    }
    tn_page_shapes(page, span, shapes, span->lines, span->count);
}

static void put_ages(struct tn_page_reading *page, const struct tn_span *span, const struct tn_block *line,
                     struct tn_str text)
{
    tn_page_at(page, line);
    if (!tn_page_put_ages(page, text))
        tn_page_unmapped(page, span, line);
}

static void read_ages(struct tn_page_reading *page, const struct tn_span *span)
{
    if (span->value.len)
        put_ages(page, span, span->label, span->value);
    for (size_t i = 0; i < span->count; i++)
        put_ages(page, span, span->lines[i], span->lines[i]->whole);
}

static void read_paragraphs(struct tn_page_reading *page, const struct tn_span *span)
{
    if (span->count == 0)
        return;
    struct tn_target target = tn_page_target(page, span);
    struct tn_str text = tn_page_join(page, span->lines, span->count, true);
    struct tn_record *trial = page->reading.trial;
    bool also = span->row->also && !tn_has(trial, span->row->also);
    tn_page_at(page, span->lines[0]);
    if (!target.record)
        tn_put_extra_here(&page->reading, &(struct tn_stated){.text = text});
    else if (!tn_page_keeps_spare(page, span, target, text))
        tn_page_put(page, target.record, target.field, text);
    if (also)
        tn_page_put(page, trial, span->row->also, text);
}

static void read_kept(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_stated text = tn_stated_of(tn_page_join(page, span->lines, span->count, false));
    struct tn_stated behind = tn_stated_of(span->value);
    if (page->site->colons && behind.text.len && text.text.len) { /* a text that begins behind its label */
        behind.text = tn_str_format(page->reading.arena, "%.*s\n%.*s", (int)behind.text.len, behind.text.s,
                                    (int)text.text.len, text.text.s);
        text.text.len = 0;
    }
    if (span->row && (span->row->flags & TN_ROW_PEOPLE) && page->reading.options->redact) {
        tn_page_boilerplate(page, span->label);
        return;
    }
    tn_page_at(page, span->label);
    tn_put_extra_here(&page->reading, &behind);
    tn_put_extra_here(&page->reading, &text);
}

static void read_section(struct tn_page_reading *page, const struct tn_span *span)
{
    tn_page_boilerplate(page, span->label);
    for (size_t i = 0; i < span->count; i++)
        tn_page_unmapped(page, span, span->lines[i]);
}

static void read_note(struct tn_page_reading *page, const struct tn_span *span)
{
    tn_page_at(page, span->label);
    tn_page_preset(page, page->reading.trial, span->row->preset);
}

/* Criteria are read once, of all spans together. */
static void read_criteria(struct tn_page_reading *page, const struct tn_span *span)
{
    for (size_t i = 0; i < page->count; i++)
        if (page->spans[i].row && page->spans[i].row->mode == TN_MODE_CRITERIA) {
            if (&page->spans[i] == span)
                tn_page_criteria(page);
            return;
        }
}

static void read_span(struct tn_page_reading *page, const struct tn_span *span)
{
    static void (*const modes[])(struct tn_page_reading *, const struct tn_span *) = {
        [TN_MODE_SECTION] = read_section,   [TN_MODE_NOTE] = read_note,       [TN_MODE_KEEP] = read_kept,
        [TN_MODE_VALUE] = tn_page_value, [TN_MODE_FLAG] = tn_page_flag, [TN_MODE_RANGE] = tn_page_range,
             [TN_MODE_SHAPES] = read_shapes,   [TN_MODE_AGES] = read_ages,
        [TN_MODE_PARAGRAPHS] = read_paragraphs,
        [TN_MODE_LIST] = tn_page_list,         [TN_MODE_ENTRIES] = tn_page_entries, [TN_MODE_SPONSORS] = tn_page_sponsors,
        [TN_MODE_ITEMS] = tn_page_items,    [TN_MODE_ARMS] = tn_page_arms,
        [TN_MODE_PAIRS] = tn_page_pairs,    [TN_MODE_GROUPS] = tn_page_groups, [TN_MODE_CRITERIA] = read_criteria,
    };
    page->reading.label = tn_page_label_path(page, span);
    if (modes[span->row->mode])
        modes[span->row->mode](page, span);
}

/* What a label that lost its value would have filled. */
static int field_of(const struct tn_site_row *row)
{
    if (row->type == &tn_type_trial)
        return row->field;
    return row->shapes ? row->shapes[0].field : -1;
}

static void warn_lost(struct tn_page_reading *page, const struct tn_span *span)
{
    if (page->site->form || !span->row || !span->label || span->continued || span->count || span->value.len || span->inner ||
        span->row->mode == TN_MODE_NOTE || (span->row->flags & TN_ROW_NOT_LOST))
        return;
    int field = field_of(span->row);
    tn_page_at(page, span->label);
    tn_warn(&page->reading, TN_LOST_VALUE, field < 0 ? NULL : page->reading.trial, field < 0 ? 0 : field,
            "nothing stands under '%.*s'", (int)tn_str_cut(span->name, 80), span->name.s);
}

/* `A.3 Full title of the trial (es)`. */
static bool is_translated(struct tn_str label)
{
    return label.len > 4 && label.s[label.len - 1] == ')' && label.s[label.len - 4] == '(';
}

/* A heading that the table does not know: its text is kept. */
static void read_unknown(struct tn_page_reading *page, const struct tn_span *span)
{
    if (span->count == 0 && span->value.len == 0)
        return;
    page->reading.label = tn_page_label_path(page, span);
    read_kept(page, span);
    if (is_translated(span->name))
        return;
    tn_page_at(page, span->label);
    if (span->name.len)
        tn_warn(&page->reading, TN_UNMAPPED, NULL, 0, "unknown label '%.*s'", (int)tn_str_cut(span->name, 80), span->name.s);
    else
        tn_warn(&page->reading, TN_UNMAPPED, NULL, 0, "text that stands under no label");
}

struct placed {
    struct tn_record *warning;
    size_t number;
};

static int by_line(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    int64_t first = tn_int(x->warning, TN_warning_line), second = tn_int(y->warning, TN_warning_line);
    if (first != second)
        return first < second ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* Rows are worked off in the order of the table; warnings are told in the order of the page. */
void tn_page_sort_warnings(struct tn_page_reading *page)
{
    struct tn_record *trial = page->reading.trial;
    size_t count = tn_count(trial, TN_trial_warnings);
    struct placed *placed = tn_arena_alloc(page->reading.arena, (count + 1) * sizeof *placed);
    for (size_t i = 0; placed && i < count; i++)
        placed[i] = (struct placed){.warning = tn_record_edit(trial, TN_trial_warnings, i), .number = i};
    if (!placed || count < 2)
        return;
    qsort(placed, count, sizeof *placed, by_line);
    for (size_t i = 0; i < count; i++)
        trial->values[TN_trial_warnings].list->at.records[i] = placed[i].warning;
}

/* One of the site's words, apart by `|`, for no value. */
static bool says_absent(struct tn_str words, struct tn_str text)
{
    while (words.len && text.len) {
        size_t bar = tn_str_find_char(words, '|');
        if (tn_str_eq_fold(tn_str_slice(words.s, bar == TN_NO_OFFSET ? words.len : bar), text))
            return true;
        words = tn_str_from(words, bar == TN_NO_OFFSET ? words.len : bar + 1);
    }
    return false;
}

/* Takes out what the site prints where it has no value. */
static void drop_absent(struct tn_page_reading *page, struct tn_span *span)
{
    const struct tn_site *site = page->site;
    struct tn_str absent = tn_str_of(site->absent);
    bool behind = says_absent(absent, span->value);
    bool under = span->count == 1 && span->value.len == 0 && says_absent(absent, span->lines[0]->whole);
    if (behind)
        span->value.len = 0;
    if (under)
        tn_page_boilerplate(page, span->lines[0]);
    if (under)
        span->count = 0;
    span->inner += behind || under; /* nothing is lost */
}

/* `Title (ACRONYM)`, where <title> says how long the title is. */
static void split_acronym(struct tn_page_reading *page, const struct tn_page *blocks)
{
    struct tn_record *trial = page->reading.trial;
    struct tn_str title = tn_text(trial, TN_trial_title), end = TN_LIT(" - ");
    if (!page->site->acronym_behind_title || title.len < 4 || title.s[title.len - 1] != ')' || !blocks->is_html)
        return;
    size_t open = title.len - 1;
    while (open > 1 && title.s[open] != '(')
        open--;
    struct tn_str before = tn_str_trim(tn_str_slice(title.s, open));
    if (!tn_str_starts(blocks->title, before) || !tn_str_starts(tn_str_from(blocks->title, before.len), end))
        return;
    struct tn_str acronym = tn_str_trim(tn_str_slice(title.s + open + 1, title.len - open - 2));
    tn_clear(trial, TN_trial_title);
    tn_page_put(page, trial, TN_trial_title, before);
    tn_page_put(page, trial, TN_trial_acronym, acronym);
}

static void read_page(struct tn_page_reading *page, const struct tn_page *blocks)
{
    const struct tn_site *site = page->site;
    for (size_t i = 0; i < page->count; i++)
        drop_absent(page, &page->spans[i]);
    tn_page_groups_start(page);
    for (size_t r = 0; r < site->count; r++)
        for (size_t i = 0; i < page->count; i++)
            if (page->spans[i].row == &site->rows[r])
                read_span(page, &page->spans[i]);
    for (size_t i = 0; i < page->count; i++) {
        warn_lost(page, &page->spans[i]);
        if (!page->spans[i].row)
            read_unknown(page, &page->spans[i]);
        if (page->spans[i].value.len == 0)
            tn_page_boilerplate(page, page->spans[i].label);
    }
    tn_page_groups_end(page);
    split_acronym(page, blocks);
    tn_set_text(tn_add_record(page->reading.trial, TN_trial_source), TN_source_site, tn_str_of(site->host));
}

bool tn_page_fill(struct tn_page_reading *page, const struct tn_reader *self, const struct tn_raw *raw,
                  const struct tn_page *blocks)
{
    page->reading = tn_reading_start(self, page->worker, raw);
    page->reading.date_order = page->site->date_order;
    if (!page->reading.trial || !tn_page_cover_start(page, blocks) || !tn_page_data_start(&page->reading, blocks))
        return false;
    if (page->noting && !page->reading.noted)
        page->reading.noted = tn_arena_zero(page->reading.arena, TN_trial_COUNT * sizeof *page->reading.noted);
    if ((page->noting && !page->reading.noted) || !tn_page_cut(page, blocks))
        return false;
    read_page(page, blocks);
    page->reading.label = (struct tn_str){NULL, 0};
    page->reading.fate = NULL;
    return true;
}

enum tn_severity tn_page_read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                              tn_emit_fn *emit, void *context, struct tn_error *error)
{
    struct tn_page_reading page = {.worker = worker, .site = self->table};
    const struct tn_page *blocks = tn_page_blocks(worker, tn_str_slice(raw->bytes, raw->len), error);
    if (!blocks)
        return TN_FAILED;
    if (!tn_page_fill(&page, self, raw, blocks) || !tn_page_data_join(&page.reading, worker, blocks)) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FAILED;
    }
    tn_page_cover_end(&page, blocks, worker);
    tn_page_sort_warnings(&page);
    return tn_reading_end(&page.reading, emit, context, error);
}
