/* SPDX-License-Identifier: MIT */
/* A page cut at its labels into spans. */
#include "core/utf8.h"
#include "readers/page_spelling.h"

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
    size_t group;   /* the record of labels that is open; 0: none */
    size_t *last;   /* of each spelling: the group that had it last */
    char own_id[TN_IDENTIFIER_MAX];   /* the first identifier of the page; "" until it is read */
    char other_id[TN_IDENTIFIER_MAX]; /* the one that a second page starts with */
};

/* The label that the block is where it stands. */
static struct tn_match match_here(const struct cutting *cut, const struct tn_block *block)
{
    const struct tn_page_reading *page = cut->page;
    struct tn_standing standing = {.section = page->spans[cut->section].row,
                                   .opener = cut->group ? page->groups[cut->group - 1].row : NULL};
    return tn_page_match(cut->spellings, block, &standing, false);
}

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
           tn_page_stands_within(&(struct tn_site_row){.within = note.row->within}, row);
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
    if (match->row->within || cut->blocks->blocks[at].kind == TN_BLOCK_HEADING || cut->page->site->form)
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
    bool by_field = match->spelling && cut->spellings->all[match->spelling].form == TN_SPELLING_FIELD_BEHIND;
    return !by_field || (match->value.len && names_field(cut, match));
}

/* The label as it stands, without its value. */
static struct tn_str name_of(const struct cutting *cut, const struct tn_block *block, const struct tn_match *match)
{
    if (block->kind == TN_BLOCK_PAIR && match->value.s == block->text.s)
        return tn_page_without_colon(block->label);
    enum tn_spelling_form form = match->spelling ? cut->spellings->all[match->spelling].form : TN_SPELLING_WHOLE;
    if (match->spelling && (form == TN_SPELLING_VALUE_BEHIND || (form == TN_SPELLING_WHOLE && match->value.len)))
        return tn_page_without_colon(tn_str_slice(block->whole.s, match->fixed.len));
    return match->spelling ? tn_page_without_colon(block->whole) : TN_LIT("page");
}

/* A label in the middle of a section: behind its value the section goes on. */
static bool is_inner(const struct tn_site_row *row)
{
    bool value = row->mode == TN_MODE_VALUE || row->mode == TN_MODE_FLAG || row->mode == TN_MODE_RANGE;
    return value && (row->within || (row->flags & TN_ROW_PASSING));
}

/* Modes that read lines: what stands beside the label is the first of them. */
static bool reads_lines(enum tn_mode mode)
{
    return mode == TN_MODE_PARAGRAPHS || mode == TN_MODE_LIST || mode == TN_MODE_ENTRIES || mode == TN_MODE_ITEMS ||
           mode == TN_MODE_ARMS ||           mode == TN_MODE_SPONSORS ||
           mode == TN_MODE_PAIRS || mode == TN_MODE_GROUPS || mode == TN_MODE_CRITERIA || mode == TN_MODE_SECTION;
}

static void take_text_as_line(struct cutting *cut, const struct tn_block *block, struct tn_span *span, struct tn_str text)
{
    struct tn_block *line = text.len ? tn_arena_alloc(cut->page->reading.arena, sizeof *line) : NULL;
    if (!line)
        return;
    *line = *block;
    line->kind = TN_BLOCK_PARAGRAPH;
    line->whole = line->text = text;
    tn_block_take_item(line);
    cut->lines[cut->line_count++] = line;
    span->count++;
}

/* A cell of a table may hold several. */
static void take_value_as_lines(struct cutting *cut, const struct tn_block *block, struct tn_span *span)
{
    struct tn_str rest = span->value, line;
    while (tn_str_next_line(&rest, &line))
        take_text_as_line(cut, block, span, tn_str_trim(line));
    span->value = (struct tn_str){NULL, 0};
}

static void take_label(struct cutting *cut, const struct tn_block *block, const struct tn_match *match)
{
    struct tn_span *section = &cut->page->spans[cut->section];
    bool inner = match->row->within || is_inner(match->row) ||
                 (cut->page->site->form && match->row->mode != TN_MODE_SECTION);
    bool holds_labels = section->row && (section->row->mode == TN_MODE_SECTION || section->row->mode == TN_MODE_SHAPES);
    tally_of(cut, match)->taken++;
    section->inner += match->row->within || (inner && holds_labels);
    struct tn_span *span = open_span(cut, match->row, block);
    span->name = name_of(cut, block, match);
    cut->group = span->group = tn_page_group(cut->page, cut->group, match->row, &cut->last[match->spelling]);
    if (!match->spelling || cut->spellings->all[match->spelling].form != TN_SPELLING_FIELD_BEHIND)
        span->value = match->value;
    bool number = match->spelling && cut->spellings->all[match->spelling].form == TN_SPELLING_NUMBER_INSIDE;
    if (match->row->mode == TN_MODE_ARMS && match->row->field == TN_trial_arms)
        span->value.len = 0; /* the name of the second column */
    else if (span->value.len && !number && reads_lines(match->row->mode))
        take_value_as_lines(cut, block, span);
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
    size_t lines = span->row || !span->label ? 1 : span->label->value_blocks; /* all of a cell is an unknown label's */
    return inner && !span->continued && (span->value.len || span->count >= (lines ? lines : 1));
}

static void take_line(struct cutting *cut, const struct tn_block *block)
{
    if (!cut->page->site->form && is_over(&cut->page->spans[cut->open]))
        go_on(cut);
    cut->lines[cut->line_count++] = block;
    cut->page->spans[cut->open].count++;
}

/* `Label<TAB>value` with a label that the table does not know. */
static void take_pair(struct cutting *cut, const struct tn_block *block)
{
    struct tn_span *span = open_span(cut, NULL, block);
    span->name = tn_page_without_colon(block->label);
    span->value = block->text;
    span->group = cut->group;
}

/* A heading that the table does not know: what stands under it is kept. */
static void take_heading(struct cutting *cut, const struct tn_block *block)
{
    struct tn_span *span = open_span(cut, NULL, block);
    span->name = block->whole;
    cut->section = cut->open;
    cut->group = 0;
}

/* Rows of a table under the names of its columns. */

static struct tn_block cell_block(const struct tn_block *row, struct tn_str name, struct tn_str text)
{
    return (struct tn_block){.kind = text.len ? TN_BLOCK_PAIR : TN_BLOCK_PARAGRAPH, .whole = name,
                             .label = name, .text = text, .link = row->link, .line = row->line, .offset = row->offset,
                             .number = row->number};
}

static struct tn_match match_column(const struct cutting *cut, const struct tn_block *header, size_t column)
{
    struct tn_block name = cell_block(header, header->cells[column], (struct tn_str){NULL, 0});
    return match_here(cut, &name);
}

/* The row whose records stand in the rows of the table; NULL: none. */
static const struct tn_site_row *row_of_table(const struct cutting *cut, const struct tn_block *block)
{
    struct tn_match match = {.row = NULL};
    if (block->kind == TN_BLOCK_ROW && block->header && block->header->cell_count)
        match = match_column(cut, block->header, 0);
    return match.row && (match.row->mode == TN_MODE_ITEMS || match.row->mode == TN_MODE_ARMS) ? match.row : NULL;
}

static bool is_header(const struct tn_block *row)
{
    return row->header && row->header->whole.s == row->whole.s;
}

static void take_record(struct cutting *cut, const struct tn_block *block, const struct tn_block *header,
                        const struct tn_site_row *row)
{
    if (cut->page->spans[cut->open].label != header) {
        struct tn_match match = match_column(cut, header, 0);
        tally_of(cut, &match)->taken++;
        cut->page->spans[cut->section].inner += row->within != NULL;
        open_span(cut, row, header)->name = header->cells[0];
        cut->section = cut->open;
    }
    take_line(cut, block);
}

/* Each cell is a value, and the name of its column its label. */
static void take_cells(struct cutting *cut, const struct tn_block *row)
{
    for (size_t c = 0; c < row->cell_count; c++) {
        struct tn_block *cell = row->cells[c].len ? tn_arena_alloc(cut->page->reading.arena, sizeof *cell) : NULL;
        if (!cell)
            continue;
        *cell = cell_block(row, row->header->cells[c], row->cells[c]);
        struct tn_match match = match_here(cut, cell);
        if (match.row && match.row->mode != TN_MODE_NOTE && match.row->mode != TN_MODE_IGNORE)
            take_label(cut, cell, &match);
        else if (!match.row)
            take_pair(cut, cell);
    }
}

static bool has_known_column(const struct cutting *cut, const struct tn_block *header)
{
    for (size_t c = 0; c < header->cell_count; c++)
        if (header->cells[c].len && match_column(cut, header, c).row)
            return true;
    return false;
}

/* `Principal Investigator: | Ewe Lamb, MD | University`: the cells behind the label are parts of its records. */
static bool take_labelled_row(struct cutting *cut, const struct tn_block *row)
{
    if (row->kind != TN_BLOCK_ROW || row->header || row->cell_count < 2 || row->cells[0].len == 0)
        return false;
    size_t tab = tn_str_find_char(row->whole, '\t');
    struct tn_block *pair = tab == TN_NO_OFFSET ? NULL : tn_arena_alloc(cut->page->reading.arena, sizeof *pair);
    if (!pair)
        return false;
    *pair = cell_block(row, tn_page_without_colon(row->cells[0]), tn_str_trim(tn_str_from(row->whole, tab)));
    struct tn_match match = match_here(cut, pair);
    if (!match.row || !match.row->separator || match.row->separator[0] != '\t')
        return false;
    take_label(cut, pair, &match);
    return true;
}

/* True when the block is one of a table whose columns have labels of the site for names, or a heading between its
 * rows. */
static bool take_table(struct cutting *cut, size_t at)
{
    enum { HEADINGS_OF_ROWS = 4 };
    const struct tn_block *block = &cut->blocks->blocks[at], *row = block;
    for (size_t i = at; row->kind == TN_BLOCK_HEADING && i + 1 < cut->blocks->count && i < at + HEADINGS_OF_ROWS; i++)
        row++;
    const struct tn_site_row *records = row_of_table(cut, row);
    if (records && (block->kind == TN_BLOCK_HEADING ? !is_header(row) : true)) {
        if (block->kind == TN_BLOCK_HEADING || !is_header(block))
            take_record(cut, block, row->header, records);
        else
            tn_page_boilerplate(cut->page, block);
        return true;
    }
    if (take_labelled_row(cut, block))
        return true;
    if (block->kind != TN_BLOCK_ROW || !block->header || !has_known_column(cut, block->header))
        return false;
    if (is_header(block))
        tn_page_boilerplate(cut->page, block);
    else
        take_cells(cut, block);
    return true;
}

/* A label with its value in an element below. */
static bool lacks_value(const struct tn_span *span)
{
    return span->label && span->label->kind == TN_BLOCK_PAIR && span->value.len == 0 && span->count == 0 &&
           !span->continued;
}

/* Headings there are values: of a label above them, or the names of countries between sites. */
static bool takes_headings(const struct tn_span *span)
{
    return lacks_value(span) || (span->row && (span->row->flags & TN_ROW_GROUPED));
}

/* Before the first label of a site whose head is left out. */
static bool is_left_out(const struct cutting *cut)
{
    const struct tn_site_row *head = cut->page->spans[0].row;
    return cut->page->count == 1 && head && head->mode == TN_MODE_IGNORE;
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

/* Lines with a tab are lines as others: of running text, and of records whose parts are apart by tabs. */
static bool takes_pairs(const struct tn_site_row *row)
{
    return is_text(row) || (row && (row->mode == TN_MODE_ARMS || (row->separator && row->separator[0] == '\t')));
}

/* Returns the number of the blocks that are of the first trial. */
static size_t cut_page(struct cutting *cut)
{
    size_t start = tn_page_menu_end(cut->spellings, cut->blocks, cut->page->spans[0].row);
    for (size_t i = 0; i < start; i++)
        tn_page_boilerplate(cut->page, &cut->blocks->blocks[i]);
    for (size_t i = start; i < cut->blocks->count; i++) {
        const struct tn_block *block = &cut->blocks->blocks[i];
        struct tn_match match = match_here(cut, block);
        if (!match.row && take_table(cut, i))
            continue;
        if (match.row && !match.row->within)
            tally_of(cut, &match)->ahead -= tally_of(cut, &match)->ahead > 0;
        bool labelled = is_label(cut, i, &match);
        if (starts_second_page(cut, i) || (!labelled && starts_second_page(cut, i + 1)))
            return i;
        if (!labelled) {
            if (is_left_out(cut)) {
                tn_page_boilerplate(cut->page, block);
                continue;
            }
            if (block->kind == TN_BLOCK_HEADING && cut->page->count > 1 && !takes_headings(&cut->page->spans[cut->open]))
                take_heading(cut, block);
            else if (block->kind == TN_BLOCK_PAIR &&
                     (cut->page->site->form || !takes_pairs(cut->page->spans[cut->open].row)))
                take_pair(cut, block);
            else
                take_line(cut, block);
        } else if (match.row->mode == TN_MODE_END) {
            for (size_t rest = i; rest < cut->blocks->count; rest++)
                tn_page_boilerplate(cut->page, &cut->blocks->blocks[rest]);
            break;
        } else if (match.row->mode == TN_MODE_NOTE) {
            take_note(cut, block, match.row);
        } else if (match.row->mode == TN_MODE_IGNORE) {
            tn_page_boilerplate(cut->page, block);
        } else {
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
    cut->page->group_count = cut->group = 0;
    memset(cut->last, 0, tn_page_spelling_count(cut->spellings) * sizeof *cut->last);
    memset(cut->tallies, 0, tn_page_spelling_count(cut->spellings) * sizeof *cut->tallies);
    open_span(cut, head_row(cut->page->site), NULL)->continued = true;
    count_labels(cut);
    return cut_page(cut);
}

bool tn_page_cut(struct tn_page_reading *page, const struct tn_page *blocks)
{
    struct tn_arena *arena = page->reading.arena;
    struct cutting cut = {.page = page, .spellings = tn_page_spellings(page->worker, page->site)};
    cut.blocks = blocks = cut.spellings ? tn_page_form(arena, cut.spellings, blocks) : NULL;
    cut.blocks = blocks = blocks ? tn_page_columns(arena, cut.spellings, blocks) : NULL;
    if (!blocks)
        return false;
    size_t room = tn_page_count_parts(blocks);
    cut.tallies = tn_arena_zero(arena, tn_page_spelling_count(cut.spellings) * sizeof *cut.tallies);
    cut.lines = tn_arena_alloc(arena, room * sizeof *cut.lines);
    cut.last = tn_arena_alloc(arena, tn_page_spelling_count(cut.spellings) * sizeof *cut.last);
    page->spans = tn_arena_alloc(arena, 2 * room * sizeof *page->spans);
    page->groups = tn_arena_alloc(arena, room * sizeof *page->groups);
    if (!cut.tallies || !cut.lines || !cut.last || !page->spans || !page->groups)
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
