/* SPDX-License-Identifier: MIT */
/* Cuts an unknown page into spans. Sections nest: a heading ends those of its rank and below, an item of a list those
 * of its depth, a pair those that a pair has opened. */
#include "readers/generic_cut.h"

/* Ranks: of headings 1 to 6, then of what names something without being a heading. */
enum { RANK_PAGE = 0, RANK_EMPHATIC = 8, RANK_LINE = 9, RANK_PAIR = 10, RANK_ITEM = 12 };

static struct tn_span *open_span(struct tn_generic_cutting *cut, const struct tn_label_word *word,
                                 const struct tn_block *label, struct tn_str name)
{
    struct tn_page_reading *page = &cut->generic->page;
    struct tn_span *span = &page->spans[page->count];
    size_t number = 0;
    while (word && tn_label_word(number) != word)
        number++;
    *span = (struct tn_span){.row = word ? &cut->generic->rows[number].row : NULL,
                             .label = label,
                             .name = name,
                             .lines = cut->lines + cut->line_count};
    while (span->name.len && strchr(":? ", span->name.s[span->name.len - 1]))
        span->name.len--;
    cut->open = page->count++;
    return span;
}

static void stand_in(struct tn_generic_cutting *cut, size_t depth)
{
    cut->depth = depth;
    cut->within = cut->sections[depth].within;
    cut->how = cut->sections[depth].how;
    cut->open = cut->sections[depth].span;
}

static unsigned rank_of(const struct tn_block *block)
{
    enum { DEEPEST_ITEM = 64 };
    if (block->kind == TN_BLOCK_HEADING)
        return block->level ? block->level : 1;
    if (block->kind == TN_BLOCK_ITEM)
        return RANK_ITEM + (block->level < DEEPEST_ITEM ? block->level : DEEPEST_ITEM);
    if (block->kind == TN_BLOCK_PAIR)
        return RANK_PAIR;
    return block->emphatic ? RANK_EMPHATIC : RANK_LINE;
}

/* Leaves the sections that end before block `at`, whatever it is. */
static void leave(struct tn_generic_cutting *cut, size_t at)
{
    const struct tn_block *block = &cut->blocks->blocks[at];
    unsigned rank = rank_of(block);
    size_t depth = cut->depth;
    while (depth > 0) {
        const struct tn_generic_section *section = &cut->sections[depth];
        bool ended = at >= section->end || (block->kind == TN_BLOCK_ITEM && section->rank >= rank) ||
                     (block->kind == TN_BLOCK_PAIR && section->rank >= RANK_PAIR && section->end == SIZE_MAX) ||
                     (block->kind == TN_BLOCK_HEADING && section->rank >= RANK_EMPHATIC);
        if (!ended)
            break;
        depth--;
    }
    if (depth < cut->depth)
        stand_in(cut, depth);
}

static bool is_of_section(const struct tn_label_word *word)
{
    return word->how == TN_HOW_PART || word->how == TN_HOW_PLACE || word->how == TN_HOW_SITE_CONTACT;
}

static bool is_single(const struct tn_label_word *word)
{
    return word->how == TN_HOW_VALUE || word->how == TN_HOW_AGES || word->how == TN_HOW_ID || word->how == TN_HOW_NUMBER ||
           word->how == TN_HOW_OFFICIAL || word->how == TN_HOW_DESIGN || word->how == TN_HOW_RESULTS ||
           word->how == TN_HOW_IPD || is_of_section(word);
}

/* A label that has its own lines: they end with the next label. */
static void open_section(struct tn_generic_cutting *cut, size_t at, unsigned rank, const struct tn_label_word *word)
{
    const struct tn_block *block = &cut->blocks->blocks[at];
    size_t depth = cut->depth;
    while (depth > 0 && cut->sections[depth].rank >= rank)
        depth--;
    depth += depth + 1 < TN_GENERIC_DEEPEST;
    enum tn_label_within outer = cut->sections[depth - 1].within;
    bool pair = block->kind == TN_BLOCK_PAIR && block->value_blocks;
    cut->sections[depth] = (struct tn_generic_section){
        .rank = rank,
        .span = cut->open,
        .end = pair ? at + 1 + block->value_blocks : SIZE_MAX,
        .within = word && word->opens != TN_WITHIN_ANY ? word->opens : outer == TN_WITHIN_ELIGIBILITY ? outer : TN_WITHIN_ANY,
        .how = word ? word->how : TN_HOW_KEEP,
        .few = rank == RANK_LINE && word && (is_single(word) || word->how == TN_HOW_LIST || word->how == TN_HOW_COUNTRIES),
    };
    stand_in(cut, depth);
}

/* A label that is no part of the entries around it ends the list that a bare line or a pair has begun. */
static void leave_lists(struct tn_generic_cutting *cut, const struct tn_label_word *word)
{
    size_t depth = cut->depth;
    while (depth > 0 && !is_of_section(word) && cut->sections[depth].rank >= RANK_LINE &&
           cut->sections[depth].rank < RANK_ITEM && cut->sections[depth].end == SIZE_MAX)
        depth--;
    if (depth < cut->depth)
        stand_in(cut, depth);
    if (depth > 0 && !is_of_section(word) && (cut->how == TN_HOW_LIST || cut->how == TN_HOW_COUNTRIES))
        cut->sections[depth].over = true;
}

static bool is_text(const struct tn_label_word *word)
{
    return word->how == TN_HOW_TEXT || word->how == TN_HOW_INCLUSION || word->how == TN_HOW_EXCLUSION ||
           word->how == TN_HOW_ELIGIBILITY;
}

/* Text on the label's line is read as text under it. */
static void take_value_as_line(struct tn_generic_cutting *cut, struct tn_span *span, const struct tn_block *block,
                               struct tn_str value)
{
    struct tn_block *line = tn_arena_alloc(cut->generic->page.reading.arena, sizeof *line);
    if (!line)
        return;
    *line = *block;
    line->kind = TN_BLOCK_PARAGRAPH;
    line->whole = line->text = value;
    line->marker = line->label = (struct tn_str){NULL, 0};
    line->level = 0;
    cut->lines[cut->line_count++] = line;
    span->count = 1;
}

static void take_label(struct tn_generic_cutting *cut, size_t at, const struct tn_generic_label *found)
{
    const struct tn_block *block = &cut->blocks->blocks[at];
    const struct tn_label_word *word = found->label.word;
    size_t before = cut->open;
    cut->begun = true;
    if (found->value.len || (block->kind == TN_BLOCK_PAIR && block->value_blocks == 0)) {
        leave_lists(cut, word);
        before = cut->open;
        struct tn_span *span = open_span(cut, word, block, found->name);
        if (is_text(word) && found->value.len)
            take_value_as_line(cut, span, block, found->value);
        else
            span->value = found->value;
        cut->open = before;
        return;
    }
    if (block->kind != TN_BLOCK_HEADING)
        leave_lists(cut, word);
    open_span(cut, word, block, found->name);
    open_section(cut, at, rank_of(block), word);
}

/* A section of which the table does not know the heading. Inside records its parts are named that way. */
static bool is_entry_name(const struct tn_generic_cutting *cut, size_t at)
{
    const struct tn_block *block = &cut->blocks->blocks[at];
    bool listed = at + 1 < cut->blocks->count && block[1].kind == TN_BLOCK_ITEM;
    const struct tn_generic_section *section = &cut->sections[cut->depth];
    bool entries = section->how == TN_HOW_SITES || section->how == TN_HOW_ARMS || section->how == TN_HOW_INTERVENTIONS ||
                   section->how == TN_HOW_OUTCOMES || section->how == TN_HOW_CONTACT || section->how == TN_HOW_PEOPLE ||
                   section->how == TN_HOW_RELATED;
    bool criteria = section->how == TN_HOW_INCLUSION || section->how == TN_HOW_EXCLUSION || section->how == TN_HOW_ELIGIBILITY;
    bool line = block->kind != TN_BLOCK_HEADING; /* "Part B:" has items below, "About the sponsor" has not */
    return (entries || (criteria && (listed || line))) && rank_of(block) > section->rank;
}

/* <h4>Sponsor</h4><h5>Gum Society</h5>: a lower heading with nothing under it, right under a label. */
static bool is_heading_value(const struct tn_generic_cutting *cut, size_t at)
{
    const struct tn_generic_section *section = &cut->sections[cut->depth];
    const struct tn_span *span = &cut->generic->page.spans[section->span];
    const struct tn_block *block = &cut->blocks->blocks[at];
    const struct tn_label_word *word = tn_generic_word(span);
    return cut->depth && word && span->label && span->label + 1 == block && tn_generic_is_heading_value(cut, at, word);
}

static void take_heading(struct tn_generic_cutting *cut, size_t at)
{
    const struct tn_block *block = &cut->blocks->blocks[at];
    open_span(cut, NULL, block, block->whole);
    open_section(cut, at, rank_of(block), NULL);
}

/* What goes on behind a label that stood in the middle of its section. */
static void go_on(struct tn_generic_cutting *cut)
{
    struct tn_page_reading *page = &cut->generic->page;
    struct tn_generic_section *section = &cut->sections[cut->depth];
    if (cut->open == page->count - 1 && !section->over)
        return;
    const struct tn_span *span = &page->spans[section->span];
    const struct tn_label_word *word = tn_generic_word(span);
    bool ended = section->over || (word && is_single(word));
    struct tn_span *next = open_span(cut, ended ? NULL : word, span->label, span->name);
    if (cut->depth == 0)
        next->row = span->row;
    next->continued = true;
    section->span = cut->open;
    section->over = false;
    if (ended)
        section->how = cut->how = TN_HOW_KEEP;
}

static void take_line(struct tn_generic_cutting *cut, const struct tn_block *block)
{
    struct tn_generic_section *section = &cut->sections[cut->depth];
    struct tn_page_reading *page = &cut->generic->page;
    const struct tn_span *span = &page->spans[section->span];
    const struct tn_label_word *word = tn_generic_word(span);
    size_t had = span->count;
    if (cut->depth && !section->over && had && ((section->few && block->blank_before && block->kind != TN_BLOCK_ITEM) ||
                                                (word && is_single(word) && section->end == SIZE_MAX)))
        section->over = true;
    go_on(cut);
    cut->lines[cut->line_count++] = block;
    page->spans[cut->open].count++;
}

/* A heading in all but name: a short bold line that no sentence is. */
static bool is_caption(const struct tn_generic_cutting *cut, const struct tn_block *block)
{
    enum { LONGEST = 80 };
    return block->kind == TN_BLOCK_PARAGRAPH && block->emphatic && block->whole.len <= LONGEST &&
           !tn_generic_is_sentence(block->whole) && block->blank_before && cut->begun;
}

/* "Phase: 2 | Status: Recruiting": all pieces are labels with their values. */
static bool take_pieces(struct tn_generic_cutting *cut, const struct tn_block *block)
{
    static const char *const signs[] = {" | ", " \xC2\xB7 ", " \xE2\x80\xA2 ", "\t"};
    enum { PIECES = 12 };
    struct tn_generic_label found[PIECES];
    struct tn_str text = block->kind == TN_BLOCK_ITEM ? block->text : block->whole;
    for (size_t s = 0; s < sizeof signs / sizeof signs[0]; s++) {
        struct tn_str sign = tn_str_of(signs[s]), rest = text;
        size_t count = 0, at = tn_str_find(rest, sign);
        bool all = at != TN_NO_OFFSET;
        while (all && rest.len && count < PIECES) {
            at = tn_str_find(rest, sign);
            struct tn_str piece = tn_str_slice(rest.s, at == TN_NO_OFFSET ? rest.len : at);
            all = tn_generic_split(cut, tn_str_trim(piece), &found[count++]);
            rest = tn_str_from(rest, at == TN_NO_OFFSET ? rest.len : at + sign.len);
        }
        for (size_t i = 0; all && i < count; i++) {
            size_t before = cut->open;
            open_span(cut, found[i].label.word, block, found[i].name)->value = found[i].value;
            cut->open = before;
        }
        if (all)
            return cut->begun = true;
    }
    return false;
}

/* Cells that are labels and values by turns, or one row of values under its labels. */
static bool take_cells(struct tn_generic_cutting *cut, size_t at)
{
    const struct tn_block *block = &cut->blocks->blocks[at];
    bool columns = block->header && !tn_generic_is_header(block);
    size_t count = block->cell_count, known = 0, step = columns ? 1 : 2;
    if (!columns && (count < 2 || count % 2))
        return false;
    for (size_t c = 0; c < count; c += step)
        known += tn_generic_find(columns ? block->header->cells[c] : block->cells[c], cut->within).word != NULL;
    if (known * step * 2 <= count || known == 0)
        return false;
    for (size_t c = 0; c < count; c += step) {
        struct tn_str name = columns ? block->header->cells[c] : block->cells[c];
        struct tn_label label = tn_generic_find(name, cut->within);
        size_t before = cut->open;
        open_span(cut, label.word, block, name)->value = block->cells[columns ? c : c + 1];
        cut->open = before;
    }
    return cut->begun = true;
}

static bool is_last_row(const struct tn_generic_cutting *cut, size_t at)
{
    const struct tn_block *next = at + 1 < cut->blocks->count ? &cut->blocks->blocks[at + 1] : NULL;
    return !next || next->kind != TN_BLOCK_ROW || tn_generic_is_header(next) || next->header != cut->blocks->blocks[at].header;
}

static const struct tn_label_word *word_that_opens(enum tn_label_within within)
{
    const struct tn_label_word *word = NULL;
    for (size_t i = 0; (word = tn_label_word(i)) != NULL; i++)
        if (word->opens == within && word->how != TN_HOW_SECTION && word->how != TN_HOW_VALUE)
            return word;
    return NULL;
}

/* A table that names its columns: records, one row of values, or unknown. */
static void take_row(struct tn_generic_cutting *cut, size_t at)
{
    const struct tn_block *block = &cut->blocks->blocks[at];
    bool records = tn_label_has_parts(cut->within);
    if (!records && tn_generic_is_header(block)) {
        enum tn_label_within within = tn_generic_columns(block);
        if (within != TN_WITHIN_ANY) {
            open_span(cut, word_that_opens(within), block, TN_LIT("table"));
            open_section(cut, at, RANK_PAIR, word_that_opens(within));
            cut->begun = true;
        }
        take_line(cut, block);
        return;
    }
    bool alone = block->header && !tn_generic_is_header(block) && is_last_row(cut, at) && at > 0 &&
                 tn_generic_is_header(&cut->blocks->blocks[at - 1]);
    if (!records && (!block->header || alone) && take_cells(cut, at))
        return;
    take_line(cut, block);
}

static void take_block(struct tn_generic_cutting *cut, size_t at)
{
    const struct tn_block *block = &cut->blocks->blocks[at];
    struct tn_generic_label found;
    leave(cut, at);
    if (block->kind == TN_BLOCK_HEADING && block->level <= cut->sections[cut->depth].rank) {
        size_t depth = cut->depth;
        while (depth > 0 && cut->sections[depth].rank >= block->level)
            depth--;
        stand_in(cut, depth);
    }
    if (cut->within == TN_WITHIN_RELATED && block->kind != TN_BLOCK_HEADING) {
        take_line(cut, block);
    } else if (block->kind == TN_BLOCK_ROW) {
        take_row(cut, at);
    } else if (take_pieces(cut, block)) {
        return;
    } else if (tn_generic_label_at(cut, at, &found)) {
        take_label(cut, at, &found);
    } else if (is_entry_name(cut, at) || is_heading_value(cut, at)) {
        take_line(cut, block);
    } else if (block->kind == TN_BLOCK_HEADING || is_caption(cut, block)) {
        take_heading(cut, at);
    } else if (block->kind == TN_BLOCK_PAIR && cut->how != TN_HOW_TEXT) {
        size_t before = cut->open;
        open_span(cut, NULL, block, block->label)->value = block->text;
        if (block->value_blocks)
            open_section(cut, at, RANK_PAIR, NULL);
        else
            cut->open = before;
    } else {
        take_line(cut, block);
    }
}

static bool is_empty(const struct tn_generic_cutting *cut, const struct tn_span *span)
{
    if (!span->label || span->count || span->value.len)
        return false;
    if (span->label->kind == TN_BLOCK_HEADING)
        return tn_generic_is_leaf(cut, (size_t)(span->label - cut->blocks->blocks));
    return span->label->kind == TN_BLOCK_PAIR && span->label->value_blocks == 0;
}

/* Tells labels under which nothing stands from those with sections of their own. A label that has its value elsewhere
 * on the page counts as one: menus and filters name what the page holds. */
static bool note_inner(struct tn_generic_cutting *cut, size_t words)
{
    struct tn_page_reading *page = &cut->generic->page;
    bool *seen = tn_arena_zero(page->reading.arena, (words + 1) * sizeof *seen);
    if (!seen)
        return false;
    for (size_t i = 0; i < page->count; i++) {
        struct tn_span *span = &page->spans[i];
        span->inner = !is_empty(cut, span);
        if (tn_generic_word(span) && span->inner)
            seen[tn_generic_word(span) - tn_label_word(0)] = true;
    }
    for (size_t i = 0; i < page->count; i++)
        if (tn_generic_word(&page->spans[i]) && seen[tn_generic_word(&page->spans[i]) - tn_label_word(0)])
            page->spans[i].inner = true;
    return true;
}

bool tn_generic_cut(struct tn_generic *generic)
{
    enum { SPANS_OF_BLOCK = 14 };
    struct tn_arena *arena = generic->page.reading.arena;
    struct tn_generic_cutting cut = {.generic = generic, .blocks = tn_generic_tables(&generic->page, generic->blocks)};
    size_t room = 1, words = 0;
    if (!cut.blocks)
        return false;
    generic->blocks = cut.blocks;
    for (size_t i = 0; i < cut.blocks->count; i++)
        room += 2 + (cut.blocks->blocks[i].kind == TN_BLOCK_ROW ? cut.blocks->blocks[i].cell_count : 0) +
                (cut.blocks->blocks[i].whole.len > SPANS_OF_BLOCK ? SPANS_OF_BLOCK : 0);
    while (tn_label_word(words))
        words++;
    cut.lines = tn_arena_alloc(arena, room * sizeof *cut.lines);
    generic->page.spans = tn_arena_alloc(arena, room * sizeof *generic->page.spans);
    if (!cut.lines || !generic->page.spans)
        return false;
    generic->page.count = 0;
    open_span(&cut, NULL, NULL, TN_LIT(""))->row = &generic->rows[words].row;
    cut.sections[0] = (struct tn_generic_section){.rank = RANK_PAGE, .end = SIZE_MAX, .how = TN_HOW_SECTION};
    stand_in(&cut, 0);
    for (size_t i = 0; i < cut.blocks->count; i++)
        take_block(&cut, i);
    return note_inner(&cut, words);
}
