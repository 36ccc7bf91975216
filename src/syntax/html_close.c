/* SPDX-License-Identifier: MIT */
/* Elements that end. */
#include "core/script.h"
#include "core/utf8.h"
#include "syntax/html_build.h"

static struct tn_frame *top(struct tn_html *html)
{
    return &html->frames[html->depth - 1];
}

static void end_inline(struct tn_html *html, const struct tn_frame *frame)
{
    if (frame->line_start == 0 && html->len && html->lead == 0) {
        html->lead = html->len;
        html->lead_is_label = frame->label;
    }
    html->glue = 0;
    if (html->len > frame->line_start) {
        html->sibling = html->len;
        html->sibling_depth = html->depth - 1;
    }
}

/* `10<sup>9</sup>`: what has no raised form must at least not run into the number before it. */
static void end_raised(struct tn_html *html, struct tn_frame *frame)
{
    struct tn_str line = tn_str_slice(html->text, html->len);
    struct tn_str raised = tn_str_trim(tn_str_from(line, frame->line_start));
    char forms[3 * TN_SCRIPT_MAX];
    size_t at = raised.len ? (size_t)(raised.s - html->text) : 0;
    size_t len = tn_script_text(raised, frame->element->rank == 1, forms);
    if (len) {
        html->len = at;
        tn_html_put(html, tn_str_slice(forms, len));
    } else if (raised.len && tn_is_digit(raised.s[0]) && at && tn_is_alnum(html->text[at - 1]) &&
               frame->element->rank == 1) {
        tn_html_put(html, TN_LIT("^"));
        memmove(html->text + at + 1, html->text + at, html->len - at - 1);
        html->text[at] = '^';
    }
}

static void end_item(struct tn_html *html, struct tn_frame *frame)
{
    html->item = frame->item;
}

static void end_table(struct tn_html *html, struct tn_frame *frame)
{
    html->table = frame->table;
}

static void end_head_rows(struct tn_html *html, struct tn_frame *frame)
{
    (void)frame;
    if (html->table >= 0)
        html->frames[html->table].in_head = false;
}

static void end_cell(struct tn_html *html, struct tn_frame *frame)
{
    html->item = frame->item;
    html->pairs = frame->pairs;
    if (tn_html_grow(html->arena, &html->cells, &html->cell_room, html->cell_count, sizeof *html->cells))
        html->cells[html->cell_count++] = (struct tn_cell){
            .first = frame->first_block, .end = html->count, .rows = frame->rows, .heading = frame->element->rank == 1};
}

/* A dt without a dd. */
static void end_waiting(struct tn_html *html, struct tn_frame *pairs)
{
    if (pairs->term.whole.s)
        tn_html_pair(html, &pairs->term, html->count);
    pairs->term.whole.s = NULL;
}

void tn_html_end_term(struct tn_html *html, struct tn_frame *frame)
{
    if (html->pairs < 0 || html->count == frame->first_block)
        return;
    struct tn_frame *pairs = &html->frames[html->pairs];
    struct tn_block term = html->blocks[frame->first_block];
    term.whole = tn_html_joined(html, frame->first_block, html->count);
    html->count = frame->first_block;
    html->box_count = frame->first_box;
    end_waiting(html, pairs);
    pairs->term = term;
    pairs->pair = 0;
}

/* A second dd: the value of the first goes behind the label, where the others follow it. */
static void split_pair(struct tn_html *html, struct tn_frame *second, size_t at)
{
    struct tn_block value = html->blocks[at];
    if (value.kind != TN_BLOCK_PAIR || value.text.len == 0 || !tn_html_add(html, &value))
        return;
    /* The first dd has one block more now, and the second begins behind it. */
    html->box_count = second->first_box;
    second->first_block++;
    if (html->box_count && html->boxes[html->box_count - 1].first == at && html->boxes[html->box_count - 1].end == at + 1)
        html->boxes[html->box_count - 1].end++;
    memmove(html->blocks + at + 2, html->blocks + at + 1, (html->count - at - 2) * sizeof *html->blocks);
    html->blocks[at].text = (struct tn_str){NULL, 0};
    html->blocks[at].whole = html->blocks[at].label;
    value.kind = TN_BLOCK_PARAGRAPH;
    value.label = (struct tn_str){NULL, 0};
    value.whole = value.text;
    html->blocks[at + 1] = value;
}

void tn_html_end_detail(struct tn_html *html, struct tn_frame *frame)
{
    if (html->pairs < 0)
        return;
    struct tn_frame *pairs = &html->frames[html->pairs];
    if (pairs->term.whole.s) {
        struct tn_block term = pairs->term;
        pairs->term.whole.s = NULL;
        html->box_count = frame->first_box;
        tn_html_pair(html, &term, frame->first_block);
        pairs->pair = frame->first_block + 1;
    } else if (pairs->pair && pairs->pair <= frame->first_block) { /* it may have been taken out again */
        split_pair(html, frame, pairs->pair - 1);
        struct tn_block *pair = &html->blocks[pairs->pair - 1];
        if (pair->kind == TN_BLOCK_PAIR && pair->text.len == 0)
            pair->value_blocks = html->count - pairs->pair;
    }
}

static void end_pairs(struct tn_html *html, struct tn_frame *frame)
{
    end_waiting(html, frame);
    html->pairs = frame->pairs;
}

static void end_margin(struct tn_html *html, struct tn_frame *frame)
{
    size_t first = frame->first_block;
    if (!frame->is_margin)
        return;
    while (first < html->count && html->blocks[first].kind != TN_BLOCK_HEADING)
        first++;
    size_t kept = html->count - first;
    if (kept)
        memmove(html->blocks + frame->first_block, html->blocks + first, kept * sizeof *html->blocks);
    html->count = frame->first_block + kept;
    html->box_count = frame->first_box;
}

static void end_content(struct tn_html *html, struct tn_frame *frame)
{
    (void)frame;
    html->content--;
}

static void end_bold(struct tn_html *html, struct tn_frame *frame)
{
    html->bold--;
    if (html->bold == 0 && html->len > frame->line_start && html->bold_count <= TN_HTML_BOLDS) {
        if (html->bold_count < TN_HTML_BOLDS)
            html->bolds[html->bold_count] = (struct tn_span_of_line){frame->line_start, html->len};
        html->bold_count++;
    }
    end_inline(html, frame);
}

static void end_link(struct tn_html *html, struct tn_frame *frame)
{
    html->anchor = frame->anchor;
    end_inline(html, frame);
}

static void end_button(struct tn_html *html, struct tn_frame *frame)
{
    if (!frame->block && !frame->opener && frame->line_start == 0)
        html->button = html->len;
}

static void end_pre(struct tn_html *html, struct tn_frame *frame)
{
    (void)frame;
    html->pre--;
}

static void end_title(struct tn_html *html, struct tn_frame *frame)
{
    (void)frame;
    html->page.title = tn_html_keep(html, tn_str_slice(html->text, html->len));
    html->in_title = false;
    html->len = 0;
}

static void end_script(struct tn_html *html, struct tn_frame *frame)
{
    struct tn_page_script *script = &html->scripts[html->page.script_count - 1];
    (void)frame;
    html->in_script = false;
    script->text = tn_str_copy(html->arena, tn_str_slice(html->data, html->data_len));
    html->data_len = 0;
}

static void end_any_inline(struct tn_html *html, struct tn_frame *frame)
{
    end_inline(html, frame);
}

static void add_box(struct tn_html *html, const struct tn_frame *frame)
{
    if (html->count <= frame->first_block || frame->element->kind == TN_ELEMENT_ROOT ||
        !tn_html_grow(html->arena, &html->boxes, &html->box_room, html->box_count, sizeof *html->boxes))
        return;
    html->boxes[html->box_count++] = (struct tn_page_box){
        .depth = (size_t)html->depth, .first = frame->first_block, .end = html->count, .form = frame->form};
}

void tn_html_end(struct tn_html *html)
{
    static void (*const ends[])(struct tn_html *, struct tn_frame *) = {
        [TN_ELEMENT_INLINE] = end_any_inline,   [TN_ELEMENT_LINK] = end_link,     [TN_ELEMENT_BOLD] = end_bold,
        [TN_ELEMENT_RAISED] = end_raised,       [TN_ELEMENT_PRE] = end_pre,       [TN_ELEMENT_TITLE] = end_title,
        [TN_ELEMENT_SCRIPT] = end_script,       [TN_ELEMENT_ITEM] = end_item,     [TN_ELEMENT_TERM] = tn_html_end_term,
        [TN_ELEMENT_DETAIL] = tn_html_end_detail,       [TN_ELEMENT_PAIRS] = end_pairs,   [TN_ELEMENT_TABLE] = end_table,
        [TN_ELEMENT_HEAD_ROWS] = end_head_rows, [TN_ELEMENT_CELL] = end_cell,     [TN_ELEMENT_ROW] = tn_html_end_row,
        [TN_ELEMENT_BUTTON] = end_button,
        [TN_ELEMENT_MARGIN] = end_margin,       [TN_ELEMENT_CONTENT] = end_content,
    };
    if (html->depth == 0)
        return;
    struct tn_frame *frame = top(html);
    enum tn_element_kind kind = frame->element->kind;
    if (html->skipped == 0) {
        bool block = frame->block;
        if (block)
            tn_html_edge(html);
        if (kind < sizeof ends / sizeof ends[0] && ends[kind])
            ends[kind](html, frame);
        if (kind == TN_ELEMENT_INLINE || kind == TN_ELEMENT_LINK) {
            html->inlines--;
            tn_html_joint(html);
        }
        if (frame->opener) /* the line that an inline one stands in becomes a block */
            html->opened = html->count + (block ? 1 : 2);
        if (frame->for_width)
            tn_html_drop_twin(html, frame->first_block);
        if (frame->perhaps_chrome)
            tn_html_drop_chrome(html, frame);
        if (frame->excerpt)
            tn_html_drop_excerpt(html, frame->first_block);
        if (block)
            add_box(html, frame);
    }
    if (html->skipped == html->depth)
        html->skipped = 0;
    html->depth--;
}
