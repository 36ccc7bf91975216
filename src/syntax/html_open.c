/* SPDX-License-Identifier: MIT */
/* Elements that begin. */
#include <xxhash.h>

#include "syntax/html_build.h"

struct tn_str tn_html_keep(struct tn_html *html, struct tn_str text)
{
    return tn_str_copy(html->arena, tn_str_trim(text));
}

void tn_html_edge(struct tn_html *html)
{
    tn_html_flush(html);
    html->blank_before = true;
}

/* Beginnings. */

/* `#overview`, or `overview` of aria-controls: that element is shown on demand. */
static void note_target(struct tn_html *html, struct tn_str id)
{
    enum { TARGETS_MAX = 1000 }; /* they are searched one by one */
    if (id.len && id.s[0] == '#')
        id = tn_str_from(id, 1);
    if (id.len && html->target_count < TARGETS_MAX &&
        tn_html_grow(html->arena, &html->targets, &html->target_room, html->target_count, sizeof *html->targets))
        html->targets[html->target_count++] = (uint32_t)XXH3_64bits(id.s, id.len);
}

static void note_targets(struct tn_html *html, const unsigned char *const *atts)
{
    for (; atts && atts[0]; atts += 2) {
        const char *name = (const char *)atts[0];
        struct tn_str value = tn_str_of((const char *)atts[1]);
        bool local = value.len > 1 && value.s[0] == '#';
        if ((local && (strcmp(name, "href") == 0 || strcmp(name, "data-target") == 0 ||
                       strcmp(name, "data-bs-target") == 0)) ||
            strcmp(name, "aria-controls") == 0)
            note_target(html, value);
    }
}

static bool is_target(const struct tn_html *html, struct tn_str id)
{
    uint32_t hash = id.len ? (uint32_t)XXH3_64bits(id.s, id.len) : 0;
    for (size_t i = 0; id.len && i < html->target_count; i++)
        if (html->targets[i] == hash)
            return true;
    return false;
}

static bool is_left_out(const struct tn_html *html, const struct tn_element *element, const unsigned char *const *atts)
{
    if (tn_element_is_chrome(element, atts))
        return true;
    if (!tn_element_is_hidden(element, atts) || tn_element_is_revealed(atts) || is_target(html, tn_attribute(atts, "id")))
        return false;
    bool behind_opener = html->opened == html->count + 1 && html->len == 0 && tn_element_is_block(element->kind, atts);
    return !behind_opener || tn_element_is_window(atts);
}

static void start_link(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    html->anchor = tn_html_keep(html, tn_attribute(atts, "href"));
}

static void start_bold(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    (void)atts;
    html->bold++;
}

static void start_break(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    bool empty = html->len == 0;
    (void)frame;
    (void)atts;
    tn_html_flush(html);
    html->blank_before = html->blank_before || empty; /* the second of two */
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
        html->alt = tn_html_keep(html, alt);
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
    meta.name = tn_html_keep(html, meta.name);
    meta.content = tn_html_keep(html, meta.content);
    html->metas[html->page.meta_count++] = meta;
    if (html->page.canonical.len == 0 && tn_str_eq_fold(meta.name, TN_LIT("og:url")))
        html->page.canonical = meta.content;
}

static void start_relation(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    if (tn_str_eq_fold(tn_str_trim(tn_attribute(atts, "rel")), TN_LIT("canonical")) && tn_attribute(atts, "href").len)
        html->page.canonical = tn_html_keep(html, tn_attribute(atts, "href"));
}

static void start_base(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    if (html->page.base.len == 0)
        html->page.base = tn_html_keep(html, tn_attribute(atts, "href"));
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
    bool data = tn_str_find_fold(script.type, TN_LIT("json")) != TN_NO_OFFSET ||
                tn_str_eq(script.id, TN_LIT("__NEXT_DATA__"));
    (void)frame;
    if (!data ||
        !tn_html_grow(html->arena, &html->scripts, &html->script_room, html->page.script_count, sizeof script)) {
        html->skipped = html->depth;
        return;
    }
    script.type = tn_html_keep(html, script.type);
    script.id = tn_html_keep(html, script.id);
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

/* libxml2 lets a dt or dd without an end go on until the dl ends. */
static void start_detail(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)atts;
    for (int f = html->depth - 2; f > html->pairs && html->pairs >= 0; f--) {
        enum tn_element_kind kind = html->frames[f].element->kind;
        if (kind != TN_ELEMENT_TERM && kind != TN_ELEMENT_DETAIL)
            continue;
        (kind == TN_ELEMENT_TERM ? tn_html_end_term : tn_html_end_detail)(html, &html->frames[f]);
        html->frames[f].element = tn_element_find("div");
        frame->first_block = html->count;
        return;
    }
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
    enum { ROWS_MAX = 1000 };
    if (!tn_str_uint(tn_str_trim(tn_attribute(atts, "rowspan")), ROWS_MAX, &frame->rows))
        frame->rows = 1;
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
        html->page.language = tn_html_keep(html, tn_attribute(atts, "lang"));
}

static void start_skip(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    (void)frame;
    (void)atts;
    html->skipped = html->depth;
}

static bool in_heading(const struct tn_frame *frame, const struct tn_html *html)
{
    while (frame > html->frames && tn_element_is_inline(frame->element->kind))
        frame--;
    return frame->element->kind == TN_ELEMENT_HEADING;
}

/* `<h3><button>Inclusion criteria</button></h3>`, `<button aria-expanded="false">`. */
static void start_button(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    bool heading = frame > html->frames && in_heading(frame - 1, html);
    frame->opener = tn_element_is_opener(atts);
    if (!frame->opener && (!heading || html->len))
        html->skipped = html->depth;
    else if (!heading)
        tn_html_edge(html);
    frame->block = !heading;
}

static const struct tn_element *element_of(struct tn_html *html, const char *name)
{
    size_t at = ((uintptr_t)name >> 2) % (sizeof html->known / sizeof html->known[0]);
    if (html->known[at].name != name) {
        html->known[at].name = name;
        html->known[at].element = tn_element_find(name);
    }
    return html->known[at].element;
}

/* A chip stands apart from what is around it, though its element is a word's. */
static const struct tn_element *element_as_shown(struct tn_html *html, const char *name,
                                                 const unsigned char *const *atts)
{
    const struct tn_element *element = element_of(html, name);
    bool word = element->kind == TN_ELEMENT_INLINE || element->kind == TN_ELEMENT_LINK;
    return word && tn_element_is_chip(atts) ? tn_element_find("div") : element;
}

/* What the page was before the element, and what its attributes say of it. */
static struct tn_frame frame_of(const struct tn_html *html, const struct tn_element *element, const char *name,
                                const unsigned char *const *atts, bool block)
{
    bool word = tn_element_is_inline(element->kind);
    return (struct tn_frame){
        .element = element,
        .first_block = html->count,
        .first_cell = html->cell_count,
        .first_box = html->box_count,
        .line_start = html->len,
        .item = html->item,
        .pairs = html->pairs,
        .table = html->table,
        .anchor = html->anchor,
        .block = block,
        .label = !block && (strcmp(name, "label") == 0 || tn_element_is_label(atts)),
        .opener = tn_element_is_opener(atts),
        .for_width = tn_element_is_for_width(atts),
        .perhaps_chrome = block && tn_element_may_be_chrome(element, atts),
        .excerpt = !word && tn_element_is_excerpt(atts),
        .form = word ? 0 : tn_element_form(name, atts),
    };
}

static void start_element(struct tn_html *html, struct tn_frame *frame, const unsigned char *const *atts)
{
    static void (*const starts[])(struct tn_html *, struct tn_frame *, const unsigned char *const *) = {
        [TN_ELEMENT_LINK] = start_link,         [TN_ELEMENT_BOLD] = start_bold,   [TN_ELEMENT_BREAK] = start_break,
        [TN_ELEMENT_PRE] = start_pre,           [TN_ELEMENT_IMAGE] = start_image, [TN_ELEMENT_META] = start_meta,
        [TN_ELEMENT_RELATION] = start_relation, [TN_ELEMENT_TITLE] = start_title, [TN_ELEMENT_SCRIPT] = start_script,
        [TN_ELEMENT_LIST] = start_list,         [TN_ELEMENT_ITEM] = start_item,   [TN_ELEMENT_PAIRS] = start_pairs,
        [TN_ELEMENT_DETAIL] = start_detail,     [TN_ELEMENT_TERM] = start_detail,
        [TN_ELEMENT_TABLE] = start_table,       [TN_ELEMENT_CELL] = start_cell,   [TN_ELEMENT_HEAD_ROWS] = start_head_rows,
        [TN_ELEMENT_MARGIN] = start_margin,     [TN_ELEMENT_ROOT] = start_root,   [TN_ELEMENT_CONTENT] = start_content,
        [TN_ELEMENT_SKIP] = start_skip,         [TN_ELEMENT_BASE] = start_base,   [TN_ELEMENT_BUTTON] = start_button,
    };
    enum tn_element_kind kind = frame->element->kind;
    if (kind < sizeof starts / sizeof starts[0] && starts[kind])
        starts[kind](html, frame, atts);
}

/* An element that is a part of the line at hand. */
static void start_part(struct tn_html *html, enum tn_element_kind kind)
{
    bool part = kind == TN_ELEMENT_INLINE || kind == TN_ELEMENT_LINK;
    bool word = part || kind == TN_ELEMENT_BOLD;
    if (word && html->sibling && html->sibling == html->len && html->sibling_depth == html->depth - 1)
        html->glue = html->len;
    if (part) {
        html->inlines++;
        tn_html_joint(html);
    }
}

void tn_html_start(struct tn_html *html, const char *name, const unsigned char *const *atts, unsigned line,
                   size_t offset)
{
    if (html->depth >= TN_HTML_DEPTH) {
        html->too_deep = true;
        return;
    }
    const struct tn_element *element = element_as_shown(html, name, atts);
    note_targets(html, atts);
    bool left_out = !html->skipped && is_left_out(html, element, atts);
    bool block = tn_element_is_block(element->kind, atts);
    if (!html->skipped && !left_out && block)
        tn_html_edge(html); /* the line before is none of this element's */
    struct tn_frame *frame = &html->frames[html->depth++];
    frame->element = element;
    if (left_out)
        html->skipped = html->depth;
    if (html->skipped)
        return;
    *frame = frame_of(html, element, name, atts, block);
    frame->line = line;
    frame->offset = offset;
    start_element(html, frame, atts);
    start_part(html, element->kind);
}
