/* SPDX-License-Identifier: MIT */
/* Which lines of a page are labels, and of which rows. */
#include "core/utf8.h"
#include "readers/page_read.h"

/* How a spelling is written in the table (page.h). */
enum form { WHOLE, VALUE_BEHIND, NUMBER_INSIDE, FIELD_BEHIND };

struct spelling {
    struct tn_str text;  /* WHOLE: all of it; else what stands before the sign */
    struct tn_str after; /* NUMBER_INSIDE: what stands behind the number; FIELD_BEHIND: the field's name */
    enum form form;
    size_t row;
    size_t next; /* of the same first byte; 0: the last (numbers from 1) */
    bool signature;
};

struct tn_spellings {
    const struct tn_site *site;
    struct spelling *all; /* from 1 */
    size_t count;
    size_t first[256];
};

static const char form_signs[] = {[VALUE_BEHIND] = '*', [NUMBER_INSIDE] = '#', [FIELD_BEHIND] = '@'};

static void read_form(struct spelling *spelling)
{
    struct tn_str text = spelling->text;
    for (enum form form = VALUE_BEHIND; form <= FIELD_BEHIND; form++) {
        size_t at = tn_str_find_char(text, form_signs[form]);
        if (at == TN_NO_OFFSET)
            continue;
        spelling->form = form;
        spelling->after = tn_str_trim(tn_str_from(text, at + 1));
        spelling->text = form == NUMBER_INSIDE ? tn_str_slice(text.s, at) : tn_str_trim(tn_str_slice(text.s, at));
    }
}

static bool is_listed(const char *const *signatures, struct tn_str spelling)
{
    for (; *signatures; signatures++)
        if (tn_str_eq(tn_str_of(*signatures), spelling))
            return true;
    return false;
}

/* Cuts the next of a list apart by `|` off *rest. */
static bool next_spelling(struct tn_str *rest, struct tn_str *spelling)
{
    if (rest->len == 0)
        return false;
    size_t bar = tn_str_find_char(*rest, '|');
    *spelling = tn_str_slice(rest->s, bar == TN_NO_OFFSET ? rest->len : bar);
    *rest = tn_str_from(*rest, bar == TN_NO_OFFSET ? rest->len : bar + 1);
    return true;
}

static bool last_spelling(struct tn_str *rest, struct tn_str *spelling)
{
    size_t start = rest->len;
    if (rest->len == 0)
        return false;
    while (start > 0 && rest->s[start - 1] != '|')
        start--;
    *spelling = tn_str_from(*rest, start);
    rest->len = start ? start - 1 : 0;
    return true;
}

static size_t count_spellings(const struct tn_site *site)
{
    size_t count = 0;
    for (size_t i = 0; i < site->count; i++) {
        struct tn_str rest = tn_str_of(site->rows[i].labels), one;
        while (next_spelling(&rest, &one))
            count++;
    }
    return count;
}

static void add_spelling(struct tn_spellings *spellings, size_t row, struct tn_str text)
{
    struct spelling *spelling = &spellings->all[++spellings->count];
    *spelling = (struct spelling){.text = text, .row = row};
    spelling->signature = spellings->site->rows[row].mode == TN_MODE_NOTE ||
                          is_listed(spellings->site->signatures, text);
    read_form(spelling);
    size_t *first = &spellings->first[(unsigned char)tn_lower(spelling->text.s[0])];
    spelling->next = *first;
    *first = spellings->count;
}

const struct tn_spellings *tn_page_spellings(struct tn_arena *arena, const struct tn_site *site)
{
    struct tn_spellings *spellings = tn_arena_zero(arena, sizeof *spellings);
    if (!spellings)
        return NULL;
    spellings->site = site;
    spellings->all = tn_arena_zero(arena, (count_spellings(site) + 1) * sizeof *spellings->all);
    for (size_t i = site->count; spellings->all && i-- > 0;) { /* backwards: what is first in the table is found first */
        struct tn_str rest = tn_str_of(site->rows[i].labels), one;
        while (last_spelling(&rest, &one))
            add_spelling(spellings, i, one);
    }
    return spellings->all ? spellings : NULL;
}

size_t tn_page_spelling_count(const struct tn_spellings *spellings)
{
    return spellings->count + 1;
}

bool tn_page_is_signature(const struct tn_spellings *spellings, const struct tn_match *match)
{
    return spellings->all[match->spelling].signature ||
           (match->spelling == 0 && match->row->shape == TN_SHAPE_GROUPS);
}

static struct tn_str without_colon(struct tn_str text)
{
    if (text.len && text.s[text.len - 1] == ':')
        text.len--;
    return tn_str_trim(text);
}

static bool matches_number(const struct spelling *spelling, struct tn_str line, struct tn_str *value)
{
    struct tn_str rest = tn_str_from(line, spelling->text.len);
    size_t digits = 0;
    while (digits < rest.len && (tn_is_digit(rest.s[digits]) || (digits && rest.s[digits] == ',')))
        digits++;
    *value = tn_str_slice(rest.s, digits);
    return digits && tn_str_eq_fold(without_colon(tn_str_from(rest, digits)), spelling->after);
}

/* `Status    RECRUITING`: several blanks where a tab was. */
static bool matches_wide(const struct spelling *spelling, struct tn_str line, struct tn_str *value)
{
    size_t len = spelling->text.len;
    if (line.len < len + 3 || line.s[len] != ' ' || line.s[len + 1] != ' ' || !tn_str_starts_fold(line, spelling->text))
        return false;
    *value = tn_str_trim(tn_str_from(line, len));
    return true;
}

/* True when `block` is written as the spelling; *value gets what stands behind it. */
static bool matches(const struct tn_site *site, const struct spelling *spelling, const struct tn_block *block,
                    struct tn_str *value)
{
    struct tn_str line = block->whole;
    *value = (struct tn_str){NULL, 0};
    if (block->kind == TN_BLOCK_PAIR && spelling->form == WHOLE) {
        *value = block->text;
        return tn_str_eq_fold(without_colon(block->label), spelling->text);
    }
    if (spelling->form == WHOLE && site->wide_gaps && matches_wide(spelling, line, value))
        return true;
    if (spelling->form == WHOLE)
        return tn_str_eq_fold(line, spelling->text) || tn_str_eq_fold(without_colon(line), spelling->text);
    if (!tn_str_starts_fold(line, spelling->text))
        return false;
    if (spelling->form == NUMBER_INSIDE)
        return matches_number(spelling, line, value);
    char last = spelling->text.s[spelling->text.len - 1];
    *value = tn_str_trim(tn_str_from(line, spelling->text.len));
    return value->len == 0 || !tn_is_alnum(last) || tn_is_space(line.s[spelling->text.len]);
}

/* The row of the section that a row's labels belong to. */
static bool stands_within(const struct tn_site_row *row, const struct tn_site_row *section)
{
    if (!row->within || row->mode == TN_MODE_NOTE)
        return true;
    struct tn_str rest = tn_str_of(section ? section->labels : NULL), name;
    return next_spelling(&rest, &name) && tn_str_eq(name, tn_str_of(row->within));
}

static struct tn_match match_shape(const struct tn_spellings *spellings, const struct tn_block *block)
{
    const struct tn_site *site = spellings->site;
    for (size_t i = 0; i < site->count; i++)
        if (!site->rows[i].labels && site->rows[i].shape && tn_shape_fits(site->rows[i].shape, NULL, block->whole))
            return (struct tn_match){
                .row = &site->rows[i],
                .value = block->whole,
                .fixed = site->rows[i].shape == TN_SHAPE_GROUPS ? TN_LIT("participants in patient groups")
                                                                : TN_LIT(""),
            };
    return (struct tn_match){.row = NULL};
}

struct tn_match tn_page_match(const struct tn_spellings *spellings, const struct tn_block *block,
                              const struct tn_site_row *section, bool anywhere)
{
    struct tn_match none = {.row = NULL};
    struct tn_str value;
    if (block->kind == TN_BLOCK_ITEM || block->kind == TN_BLOCK_ROW || block->whole.len == 0)
        return none;
    for (size_t i = spellings->first[(unsigned char)tn_lower(block->whole.s[0])]; i; i = spellings->all[i].next) {
        const struct spelling *spelling = &spellings->all[i];
        const struct tn_site_row *row = &spellings->site->rows[spelling->row];
        if ((anywhere || stands_within(row, section)) && matches(spellings->site, spelling, block, &value))
            return (struct tn_match){.row = row, .fixed = spelling->text, .value = value, .spelling = i};
    }
    return match_shape(spellings, block);
}

/* Cutting. */

/* What is known of a spelling before the page is cut. */
struct tally {
    size_t ahead;    /* lines, from here on, that read like it */
    size_t taken;    /* of those before here that were taken for a label */
    bool noted;      /* somewhere the site's sentence stands under it */
};

struct cutting {
    struct tn_page_reading *page;
    const struct tn_page *blocks;
    const struct tn_spellings *spellings;
    struct tally *tallies; /* of each spelling */
    const struct tn_block **lines;
    size_t line_count;
    size_t section; /* the span of the section that is open */
    size_t open;    /* the span that lines go to */
    char own_id[TN_IDENTIFIER_MAX];   /* the first identifier of the page; "" until it is read */
    char other_id[TN_IDENTIFIER_MAX]; /* the one that a second page starts with */
};

static struct tn_span *open_span(struct cutting *cut, const struct tn_site_row *row, const struct tn_block *label)
{
    struct tn_page_reading *page = cut->page;
    struct tn_span *span = &page->spans[page->count];
    *span = (struct tn_span){.row = row, .label = label, .lines = cut->lines + cut->line_count};
    cut->open = page->count++;
    return span;
}

static bool has_own_note(const struct cutting *cut, size_t at, const struct tn_site_row *row)
{
    if (at + 1 >= cut->blocks->count)
        return false;
    struct tn_match note = tn_page_match(cut->spellings, &cut->blocks->blocks[at + 1], NULL, false);
    return note.row && note.row->mode == TN_MODE_NOTE && note.row->within &&
           stands_within(&(struct tn_site_row){.within = note.row->within}, row);
}

static struct tally *tally_of(const struct cutting *cut, const struct tn_match *match)
{
    return &cut->tallies[match->spelling];
}

static void count_labels(struct cutting *cut)
{
    for (size_t i = 0; i < cut->blocks->count; i++) {
        struct tn_match match = tn_page_match(cut->spellings, &cut->blocks->blocks[i], NULL, false);
        if (!match.row)
            continue;
        tally_of(cut, &match)->ahead++;
        tally_of(cut, &match)->noted |= has_own_note(cut, i, match.row);
    }
}

static bool is_text(const struct tn_site_row *row)
{
    return row && (row->mode == TN_MODE_PARAGRAPHS || row->mode == TN_MODE_CRITERIA || row->mode == TN_MODE_KEEP);
}

/* A line of running text may read like a label ("Enrollment"). It is none when the label stands elsewhere too: with
 * the site's own sentence under it, or before this text, or further down. So may an entry of a list ("Locations"). */
static bool is_quoted(const struct cutting *cut, size_t at, const struct tn_match *match)
{
    const struct tally *tally = tally_of(cut, match);
    if (match->row->within || cut->blocks->blocks[at].kind == TN_BLOCK_HEADING)
        return false;
    if (tally->noted)
        return !has_own_note(cut, at, match->row);
    if (tn_page_has_fitting_lines(cut->blocks, at, match->row))
        return false;
    const struct tn_site_row *open = cut->page->spans[cut->open].row;
    if (open && open->mode == TN_MODE_LIST)
        return tally->ahead && tn_page_is_out_of_order(cut->spellings, cut->blocks, at, match->row);
    return is_text(open) && (tally->taken || tally->ahead);
}

/* `About Mayo Clinic`: what stands behind is the text of a field, as a label before has it ("MAYO CLINIC · Feb 19,
 * 2021"). Where no label has it, only criteria are known to end with such a line. */
static bool names_field(const struct cutting *cut, const struct tn_match *match)
{
    const struct tn_page_reading *page = cut->page;
    struct tn_arena *arena = page->reading.arena;
    int field = tn_field_find(&tn_type_trial, cut->spellings->all[match->spelling].after.s);
    for (size_t i = 0; i < page->count; i++) {
        const struct tn_span *span = &page->spans[i];
        if (!span->row || span->row->type != &tn_type_trial || span->row->field != field || span->value.len == 0)
            continue;
        struct tn_str there = tn_utf8_casefold(arena, span->value), here = tn_utf8_casefold(arena, match->value);
        return tn_str_starts(there, here) && (there.len == here.len || !tn_is_alnum(there.s[here.len]));
    }
    return page->spans[cut->open].row && page->spans[cut->open].row->mode == TN_MODE_CRITERIA;
}

static bool is_label(const struct cutting *cut, size_t at, const struct tn_match *match)
{
    if (!match->row || is_quoted(cut, at, match))
        return false;
    bool by_field = match->spelling && cut->spellings->all[match->spelling].form == FIELD_BEHIND;
    return !by_field || (match->value.len && names_field(cut, match));
}

/* The label as it stands, without its value. */
static struct tn_str name_of(const struct cutting *cut, const struct tn_block *block, const struct tn_match *match)
{
    if (block->kind == TN_BLOCK_PAIR && match->value.s == block->text.s)
        return without_colon(block->label);
    enum form form = match->spelling ? cut->spellings->all[match->spelling].form : WHOLE;
    if (match->spelling && (form == VALUE_BEHIND || (form == WHOLE && match->value.len)))
        return without_colon(tn_str_slice(block->whole.s, match->fixed.len));
    return match->spelling ? without_colon(block->whole) : TN_LIT("page");
}

/* A label in the middle of a section: behind its value the section goes on. */
static bool is_inner(const struct tn_site_row *row)
{
    return row->mode == TN_MODE_VALUE && (row->within || (row->flags & TN_ROW_PASSING));
}

static void take_label(struct cutting *cut, const struct tn_block *block, const struct tn_match *match)
{
    struct tn_span *section = &cut->page->spans[cut->section];
    bool inner = match->row->within || is_inner(match->row);
    bool holds_labels = section->row && (section->row->mode == TN_MODE_SECTION || section->row->mode == TN_MODE_SHAPES);
    tally_of(cut, match)->taken++;
    section->inner += match->row->within || (inner && holds_labels);
    struct tn_span *span = open_span(cut, match->row, block);
    span->name = name_of(cut, block, match);
    if (!match->spelling || cut->spellings->all[match->spelling].form != FIELD_BEHIND)
        span->value = match->value;
    if (!inner)
        cut->section = cut->open;
}

/* The site's own sentence is no line of its section; where it says something, the section has a value. */
static void take_note(struct cutting *cut, const struct tn_block *block, const struct tn_site_row *row)
{
    size_t open = cut->open;
    cut->page->spans[cut->section].inner += row->preset != NULL;
    open_span(cut, row, block)->name = row->within ? tn_str_of(row->within) : TN_LIT("");
    cut->open = open;
}

/* Behind the value of an inner label its section goes on. */
static void go_on(struct cutting *cut)
{
    const struct tn_span *section = &cut->page->spans[cut->section];
    struct tn_span *span = open_span(cut, section->row, section->label);
    span->name = section->name;
    span->continued = true;
}

static bool is_over(const struct tn_span *span)
{
    bool inner = span->row ? is_inner(span->row) : span->label && span->label->kind == TN_BLOCK_PAIR;
    return inner && !span->continued && (span->value.len || span->count);
}

static void take_line(struct cutting *cut, const struct tn_block *block)
{
    if (is_over(&cut->page->spans[cut->open]))
        go_on(cut);
    cut->lines[cut->line_count++] = block;
    cut->page->spans[cut->open].count++;
}

/* `Label<TAB>value` with a label that the table does not know. */
static void take_pair(struct cutting *cut, const struct tn_block *block)
{
    struct tn_span *span = open_span(cut, NULL, block);
    span->name = without_colon(block->label);
    span->value = block->text;
}

/* A heading that the table does not know: what stands under it is kept. */
static void take_heading(struct cutting *cut, const struct tn_block *block)
{
    struct tn_span *span = open_span(cut, NULL, block);
    span->name = block->whole;
    cut->section = cut->open;
}

/* True when the page ends before this line: another trial's identifier stands there or, behind a title, on the next
 * line, and behind it labels that this page has had already. */
static bool starts_second_page(struct cutting *cut, size_t at)
{
    enum { LINES_OF_HEAD = 3 };
    const struct tn_site_row *section = cut->page->spans[cut->section].row;
    struct tn_identifier id;
    if (!tn_page_read_id(cut->spellings, cut->blocks, at, section, &id))
        return false;
    if (cut->own_id[0] == '\0')
        memcpy(cut->own_id, id.value, sizeof id.value);
    for (size_t i = at + 1; i < cut->blocks->count && i <= at + LINES_OF_HEAD; i++) {
        struct tn_match match = tn_page_match(cut->spellings, &cut->blocks->blocks[i], NULL, false);
        if (match.row && !match.row->within && match.row->mode != TN_MODE_NOTE && tally_of(cut, &match)->taken &&
            strcmp(id.value, cut->own_id) != 0) {
            memcpy(cut->other_id, id.value, sizeof id.value);
            return true;
        }
    }
    return false;
}

/* Returns the number of the blocks that are of the first trial. */
static size_t cut_page(struct cutting *cut)
{
    for (size_t i = 0; i < cut->blocks->count; i++) {
        const struct tn_block *block = &cut->blocks->blocks[i];
        const struct tn_site_row *section = cut->page->spans[cut->section].row;
        struct tn_match match = tn_page_match(cut->spellings, block, section, false);
        if (match.row && !match.row->within)
            tally_of(cut, &match)->ahead -= tally_of(cut, &match)->ahead > 0;
        bool labelled = is_label(cut, i, &match);
        if (starts_second_page(cut, i) || (!labelled && starts_second_page(cut, i + 1)))
            return i;
        if (!labelled) {
            if (block->kind == TN_BLOCK_HEADING && cut->page->count > 1)
                take_heading(cut, block);
            else if (block->kind == TN_BLOCK_PAIR && !is_text(cut->page->spans[cut->open].row))
                take_pair(cut, block);
            else
                take_line(cut, block);
        } else if (match.row->mode == TN_MODE_END) {
            break;
        } else if (match.row->mode == TN_MODE_NOTE) {
            take_note(cut, block, match.row);
        } else if (match.row->mode != TN_MODE_IGNORE) {
            take_label(cut, block, &match);
        }
    }
    return cut->blocks->count;
}

/* The row of what stands before the first label. */
static const struct tn_site_row *head_row(const struct tn_site *site)
{
    for (size_t i = 0; i < site->count; i++)
        if (!site->rows[i].labels && !site->rows[i].shape)
            return &site->rows[i];
    return NULL;
}

static size_t start_cutting(struct cutting *cut)
{
    cut->page->count = cut->line_count = cut->section = 0;
    cut->own_id[0] = '\0';
    memset(cut->tallies, 0, tn_page_spelling_count(cut->spellings) * sizeof *cut->tallies);
    open_span(cut, head_row(cut->page->site), NULL)->continued = true;
    count_labels(cut);
    return cut_page(cut);
}

bool tn_page_cut(struct tn_page_reading *page, const struct tn_page *blocks)
{
    struct tn_arena *arena = page->reading.arena;
    struct cutting cut = {
        .page = page,
        .blocks = blocks,
        .spellings = tn_page_spellings(arena, page->site),
        .lines = tn_arena_alloc(arena, (blocks->count + 1) * sizeof *cut.lines),
    };
    if (cut.spellings)
        cut.tallies = tn_arena_zero(arena, tn_page_spelling_count(cut.spellings) * sizeof *cut.tallies);
    page->spans = tn_arena_alloc(arena, (2 * blocks->count + 1) * sizeof *page->spans);
    if (!cut.spellings || !cut.tallies || !cut.lines || !page->spans)
        return false;
    size_t own = start_cutting(&cut);
    if (own == blocks->count)
        return true;
    struct tn_page first = {.blocks = blocks->blocks, .count = own};
    cut.blocks = &first; /* labels of the second page say nothing about those of the first */
    start_cutting(&cut);
    tn_page_keep_second(page, blocks, own, cut.other_id);
    return true;
}
