/* SPDX-License-Identifier: MIT */
/* Elements that begin and end. */
#include "core/script.h"
#include "core/utf8.h"
#include "syntax/html_build.h"

static struct tn_str keep(struct tn_html *html, struct tn_str text)
{
    return tn_str_copy(html->arena, tn_str_trim(text));
}

static struct tn_frame *top(struct tn_html *html)
{
    return &html->frames[html->depth - 1];
}

static void edge(struct tn_html *html)
{
    tn_html_flush(html);
    html->blank_before = true;
}

/* A part of a line, or something that is neither line nor text. */
static bool is_inline(enum tn_element_kind kind)
{
    static const bool parts[TN_ELEMENT_SKIP + 1] = {
        [TN_ELEMENT_INLINE] = true, [TN_ELEMENT_BREAK] = true, [TN_ELEMENT_LINK] = true,     [TN_ELEMENT_BOLD] = true,
        [TN_ELEMENT_RAISED] = true, [TN_ELEMENT_IMAGE] = true, [TN_ELEMENT_TITLE] = true,    [TN_ELEMENT_META] = true,
        [TN_ELEMENT_SCRIPT] = true, [TN_ELEMENT_SKIP] = true,  [TN_ELEMENT_RELATION] = true,
    };
    return parts[kind];
}

/* Beginnings. */

static void start_link(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    html->anchor = keep(html, tn_attribute(atts, "href"));
}

static void start_bold(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    (void)atts;
    html->bold++;
}

static void start_break(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    (void)atts;
    tn_html_flush(html);
}

static void start_pre(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    (void)atts;
    html->pre++;
}

static bool has_letter(struct tn_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (tn_is_alpha(text.s[i]))
            return true;
    return false;
}

/* A picture of a sign is text; one in words only where it is all that a cell holds (a tick for "Yes"). */
static void start_image(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    enum { LONGEST_SIGN = 12, LONGEST_WORD = 40 };
    struct tn_str alt = tn_str_trim(tn_attribute(atts, "alt"));
    enum tn_element_kind around = frame > html->frames ? frame[-1].element->kind : TN_ELEMENT_ROOT;
    if (alt.len == 0)
        return;
    if (alt.len <= LONGEST_SIGN && !has_letter(alt))
        tn_html_text(html, alt, html->line, html->offset);
    else if (alt.len <= LONGEST_WORD && (around == TN_ELEMENT_CELL || around == TN_ELEMENT_DETAIL))
        html->alt = keep(html, alt);
}

static void start_meta(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    static const char *const names[] = {"name", "property", "itemprop", "http-equiv"};
    struct tn_page_meta meta = {.content = tn_attribute(atts, "content"), .line = frame->line};
    for (size_t i = 0; i < sizeof names / sizeof names[0] && meta.name.len == 0; i++)
        meta.name = tn_attribute(atts, names[i]);
    if (meta.name.len == 0 || meta.content.len == 0 ||
        !tn_html_grow(html->arena, &html->metas, &html->meta_room, html->page.meta_count, sizeof meta))
        return;
    meta.name = keep(html, meta.name);
    meta.content = keep(html, meta.content);
    html->metas[html->page.meta_count++] = meta;
    if (html->page.canonical.len == 0 && tn_str_eq_fold(meta.name, TN_LIT("og:url")))
        html->page.canonical = meta.content;
}

static void start_relation(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    if (tn_str_eq_fold(tn_str_trim(tn_attribute(atts, "rel")), TN_LIT("canonical")) && tn_attribute(atts, "href").len)
        html->page.canonical = keep(html, tn_attribute(atts, "href"));
}

static void start_title(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    (void)atts;
    tn_html_flush(html);
    html->in_title = html->page.title.len == 0;
    if (!html->in_title)
        html->skipped = html->depth;
}

static void start_script(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    struct tn_page_script script = {.type = tn_attribute(atts, "type"), .id = tn_attribute(atts, "id")};
    bool data = tn_str_find_fold(script.type, TN_LIT("json")) != TN_NO_OFFSET;
    (void)frame;
    if (!data ||
        !tn_html_grow(html->arena, &html->scripts, &html->script_room, html->page.script_count, sizeof script)) {
        html->skipped = html->depth;
        return;
    }
    script.type = keep(html, script.type);
    script.id = keep(html, script.id);
    html->scripts[html->page.script_count++] = script;
    html->in_script = true;
}

static void start_item(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    int list = html->depth - 2;
    unsigned long value;
    while (list >= 0 && html->frames[list].element->kind != TN_ELEMENT_LIST &&
           html->frames[list].element->kind != TN_ELEMENT_CELL)
        list--;
    if (list >= 0)
        html->frames[list].number =
            tn_str_uint(tn_str_trim(tn_attribute(atts, "value")), 9999, &value) ? value : html->frames[list].number + 1;
    html->item = html->depth - 1;
    frame->in_item_first = true;
}

static void start_list(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    unsigned long start;
    (void)html;
    if (tn_str_uint(tn_str_trim(tn_attribute(atts, "start")), 9999, &start) && start)
        frame->number = start - 1;
}

static void start_pairs(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    (void)atts;
    html->pairs = html->depth - 1;
}

static void start_table(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    (void)atts;
    html->table = html->depth - 1;
}

static void start_head_rows(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    (void)atts;
    if (html->table >= 0)
        html->frames[html->table].in_head = true;
}

static void start_cell(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    (void)atts;
    html->item = html->pairs = -1;
}

/* The footer of the page is left out; of its header what stands before its heading. */
static void start_margin(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)atts;
    frame->is_margin = html->content == 0 && frame->element->rank;
    if (html->content == 0 && frame->element->rank == 0)
        html->skipped = html->depth;
}

static void start_content(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    (void)atts;
    html->content++;
}

static void start_root(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    if (html->page.language.len == 0)
        html->page.language = keep(html, tn_attribute(atts, "lang"));
}

static void start_skip(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    (void)atts;
    html->skipped = html->depth;
}

void tn_html_start(struct tn_html *html, const char *name, const unsigned char *const *atts, unsigned line,
                   size_t offset)
{
    static void (*const starts[])(struct tn_html *, struct tn_frame *, const unsigned char *const *) = {
        [TN_ELEMENT_LINK] = start_link,         [TN_ELEMENT_BOLD] = start_bold,   [TN_ELEMENT_BREAK] = start_break,
        [TN_ELEMENT_PRE] = start_pre,           [TN_ELEMENT_IMAGE] = start_image, [TN_ELEMENT_META] = start_meta,
        [TN_ELEMENT_RELATION] = start_relation, [TN_ELEMENT_TITLE] = start_title, [TN_ELEMENT_SCRIPT] = start_script,
        [TN_ELEMENT_LIST] = start_list,         [TN_ELEMENT_ITEM] = start_item,   [TN_ELEMENT_PAIRS] = start_pairs,
        [TN_ELEMENT_TABLE] = start_table,       [TN_ELEMENT_CELL] = start_cell,   [TN_ELEMENT_HEAD_ROWS] = start_head_rows,
        [TN_ELEMENT_MARGIN] = start_margin,     [TN_ELEMENT_ROOT] = start_root,   [TN_ELEMENT_CONTENT] = start_content,
        [TN_ELEMENT_SKIP] = start_skip,
    };
    if (html->depth >= TN_HTML_DEPTH) {
        html->too_deep = true;
        return;
    }
    struct tn_frame *frame = &html->frames[html->depth++];
    frame->element = tn_element_find(name);
    if (html->skipped)
        return;
    if (tn_element_is_hidden(frame->element, atts)) {
        html->skipped = html->depth;
        return;
    }
    enum tn_element_kind kind = frame->element->kind;
    if (!is_inline(kind))
        edge(html);
    *frame = (struct tn_frame){
        .element = frame->element,
        .first_block = html->count,
        .first_cell = html->cell_count,
        .first_box = html->box_count,
        .line_start = html->len,
        .item = html->item,
        .pairs = html->pairs,
        .table = html->table,
        .anchor = html->anchor,
        .label = is_inline(kind) && (strcmp(name, "label") == 0 || tn_element_is_label(atts)),
        .for_width = tn_element_is_for_width(atts),
        .form = is_inline(kind) ? 0 : tn_element_form(name, atts),
        .line = line,
        .offset = offset,
    };
    if (kind < sizeof starts / sizeof starts[0] && starts[kind])
        starts[kind](html, frame, atts);
}

/* Ends. */

static void end_inline(struct tn_html *html, const struct tn_frame *frame)
{
    if (frame->line_start == 0 && html->len && html->lead == 0) {
        html->lead = html->len;
        html->lead_is_label = frame->label;
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
        html->cells[html->cell_count++] =
            (struct tn_cell){.first = frame->first_block, .end = html->count, .heading = frame->element->rank == 1};
}

/* A dt without a dd. */
static void end_waiting(struct tn_html *html, struct tn_frame *pairs)
{
    if (pairs->term.whole.s)
        tn_html_pair(html, &pairs->term, html->count);
    pairs->term.whole.s = NULL;
}

static void end_term(struct tn_html *html, struct tn_frame *frame)
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
static void split_pair(struct tn_html *html, size_t at)
{
    struct tn_block value = html->blocks[at];
    if (value.kind != TN_BLOCK_PAIR || value.text.len == 0 || !tn_html_add(html, &value))
        return;
    memmove(html->blocks + at + 2, html->blocks + at + 1, (html->count - at - 2) * sizeof *html->blocks);
    html->blocks[at].text = (struct tn_str){NULL, 0};
    html->blocks[at].whole = html->blocks[at].label;
    value.kind = TN_BLOCK_PARAGRAPH;
    value.label = (struct tn_str){NULL, 0};
    value.whole = value.text;
    html->blocks[at + 1] = value;
}

static void end_detail(struct tn_html *html, struct tn_frame *frame)
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
    } else if (pairs->pair) {
        split_pair(html, pairs->pair - 1);
        pairs->pair = 0;
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
    end_inline(html, frame);
}

static void end_link(struct tn_html *html, struct tn_frame *frame)
{
    html->anchor = frame->anchor;
    end_inline(html, frame);
}

static void end_pre(struct tn_html *html, struct tn_frame *frame)
{
    (void)frame;
    html->pre--;
}

static void end_title(struct tn_html *html, struct tn_frame *frame)
{
    (void)frame;
    html->page.title = keep(html, tn_str_slice(html->text, html->len));
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
        [TN_ELEMENT_SCRIPT] = end_script,       [TN_ELEMENT_ITEM] = end_item,     [TN_ELEMENT_TERM] = end_term,
        [TN_ELEMENT_DETAIL] = end_detail,       [TN_ELEMENT_PAIRS] = end_pairs,   [TN_ELEMENT_TABLE] = end_table,
        [TN_ELEMENT_HEAD_ROWS] = end_head_rows, [TN_ELEMENT_CELL] = end_cell,     [TN_ELEMENT_ROW] = tn_html_end_row,
        [TN_ELEMENT_MARGIN] = end_margin,       [TN_ELEMENT_CONTENT] = end_content,
    };
    if (html->depth == 0)
        return;
    struct tn_frame *frame = top(html);
    enum tn_element_kind kind = frame->element->kind;
    if (html->skipped == 0) {
        bool block = !is_inline(kind);
        if (block)
            edge(html);
        if (kind < sizeof ends / sizeof ends[0] && ends[kind])
            ends[kind](html, frame);
        if (frame->for_width)
            tn_html_drop_twin(html, frame->first_block);
        if (block)
            add_box(html, frame);
    }
    if (html->skipped == html->depth)
        html->skipped = 0;
    html->depth--;
}
