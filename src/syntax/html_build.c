/* SPDX-License-Identifier: MIT */
/* Lines of text become blocks; what the elements around them are says of which kind. */
#include "syntax/html_build.h"

#include "core/utf8.h"

enum { LONGEST_LABEL = 120 };

bool tn_html_grow(struct tn_arena *arena, void *array, size_t *room, size_t count, size_t size)
{
    void **at = array;
    if (count < *room)
        return true;
    size_t more = *room ? 2 * *room : 64;
    void *grown = tn_arena_grow(arena, *at, *room * size, more * size);
    if (!grown)
        return false;
    *at = grown;
    *room = more;
    return true;
}

bool tn_html_add(struct tn_html *html, const struct tn_block *block)
{
    html->too_many = html->too_many || html->count >= TN_BLOCKS_MAX;
    if (html->too_many || !tn_html_grow(html->arena, &html->blocks, &html->room, html->count, sizeof *html->blocks))
        return false;
    html->blocks[html->count++] = *block;
    return true;
}

bool tn_html_append(struct tn_html *html, char **data, size_t *room, size_t *len, struct tn_str text)
{
    while (*room < *len + text.len) {
        size_t more = *room ? 2 * *room : 1024;
        char *grown = tn_arena_grow(html->arena, *data, *room, more);
        if (!grown)
            return false;
        *data = grown;
        *room = more;
    }
    memcpy(*data + *len, text.s, text.len);
    *len += text.len;
    return true;
}

void tn_html_put(struct tn_html *html, struct tn_str text)
{
    tn_html_append(html, &html->text, &html->text_room, &html->len, text);
}

/* Blanks that HTML shows as one: also no-break spaces, and those of no width. */
static size_t blank_at(struct tn_str text, bool *wide)
{
    static const struct tn_str blanks[] = {{"\xC2\xA0", 2}, {"\xE2\x80\x8B", 3}, {"\xEF\xBB\xBF", 3}};
    *wide = true;
    if (tn_is_space(text.s[0]))
        return 1;
    if ((unsigned char)text.s[0] < 0xC2)
        return 0;
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
        if (tn_str_starts(text, blanks[i])) {
            *wide = i == 0;
            return blanks[i].len;
        }
    return 0;
}

/* True for a byte that is no blank and begins none. */
static bool is_plain(char c)
{
    return (unsigned char)c > ' ' && c != '\xC2' && c != '\xE2' && c != '\xEF';
}

enum { STEP = 64 };

/* The next bytes are words with one space between them and nothing else, as most text is; there is a byte before them.
 * Without branches, so that compilers make vectors of it. */
static bool is_simple(const char *s)
{
    unsigned char odd = 0;
    for (size_t i = 0; i < STEP; i++) {
        unsigned char c = (unsigned char)s[i], before = (unsigned char)s[(ptrdiff_t)i - 1];
        odd |= (unsigned char)((c < ' ') | (c >= 0x80));
        odd |= (unsigned char)((c == ' ') & (before == ' '));
    }
    return !odd;
}

/* Length of the words at text.s[0] with one space between them, which go over as they stand. */
static size_t run_length(struct tn_str text)
{
    bool wide;
    size_t len = 1;
    while (len + STEP <= text.len && is_simple(text.s + len))
        len += STEP;
    len -= text.s[len - 1] == ' ';
    while (len < text.len) {
        if (is_plain(text.s[len]))
            len++;
        else if (text.s[len] == ' ' && len + 1 < text.len && is_plain(text.s[len + 1]))
            len += 2;
        else if (blank_at(tn_str_from(text, len), &wide) == 0)
            len++;
        else
            break;
    }
    return len;
}

static void start_line(struct tn_html *html, struct tn_str before, unsigned line, size_t offset)
{
    html->line = line + tn_str_line_ends(before);
    html->offset = offset + before.len;
    html->plain = 0;
    html->joint_count = 0;
    html->first_anchor = html->anchor;
    html->first_inside = html->inlines > 0;
}

/* Data of a script, as it stands. */
static void add_data(struct tn_html *html, struct tn_str text, unsigned line, size_t offset)
{
    struct tn_page_script *script = &html->scripts[html->page.script_count - 1];
    if (html->data_len == 0) {
        script->line = line;
        script->offset = offset;
    }
    tn_html_append(html, &html->data, &html->data_room, &html->data_len, text);
}

/* `<span>Sponsor</span><span>Tea Board</span>`: pages place the two by their style. Not so what is no word by itself:
 * `<i>p</i><b>H</b>`. */
static bool stands_apart(const struct tn_html *html, char next)
{
    enum { WORD = 3, WORD_BEFORE_NUMBER = 4 };
    size_t letters = 0, at = html->len;
    while (at > 0 && letters < WORD_BEFORE_NUMBER && tn_is_alpha(html->text[at - 1])) {
        at--;
        letters++;
    }
    bool lower = html->len >= 2 && tn_is_lower(html->text[html->len - 1]) && tn_is_lower(html->text[html->len - 2]);
    return lower && ((tn_is_upper(next) && letters >= WORD) || (tn_is_digit(next) && letters >= WORD_BEFORE_NUMBER));
}

void tn_html_text(struct tn_html *html, struct tn_str text, unsigned line, size_t offset)
{
    size_t size;
    bool wide;
    if (html->skipped)
        return;
    if (html->in_script) {
        add_data(html, text, line, offset);
        return;
    }
    for (size_t at = 0; at < text.len; at += size) {
        struct tn_str rest = tn_str_from(text, at);
        size = blank_at(rest, &wide);
        if (size) {
            if (html->pre && rest.s[0] == '\n')
                tn_html_flush(html);
            else if (html->pre && html->len)
                tn_html_put(html, TN_LIT(" "));
            else
                html->space = html->space || (wide && html->len > 0);
            continue;
        }
        if (html->len == 0)
            start_line(html, tn_str_slice(text.s, at), line, offset);
        else if (html->space)
            tn_html_put(html, TN_LIT(" "));
        else if (html->glue == html->len && stands_apart(html, rest.s[0]))
            tn_html_put(html, TN_LIT(" "));
        html->space = false;
        html->glue = 0;
        size = run_length(rest);
        tn_html_put(html, tn_str_slice(rest.s, size));
        html->plain += html->bold ? 0 : size;
        if (html->link.len == 0)
            html->link = html->anchor;
    }
}

struct tn_str tn_html_without_colon(struct tn_str text)
{
    static const struct tn_str colons[] = {{":", 1}, {"\xEF\xBC\x9A", 3}};
    text = tn_str_trim(text);
    for (size_t i = 0; i < 2; i++)
        if (tn_str_ends_fold(text, colons[i]))
            return tn_str_trim(tn_str_slice(text.s, text.len - colons[i].len));
    return text;
}

/* `<b>Status:</b> Completed`, `<span>Status</span> : Completed`, `<span class="label">Status</span> Completed`. */
static void split_lead(const struct tn_html *html, struct tn_block *block)
{
    if (html->lead == 0 || html->lead > LONGEST_LABEL || html->lead >= block->whole.len)
        return;
    struct tn_str lead = tn_str_trim(tn_str_slice(block->whole.s, html->lead));
    struct tn_str rest = tn_str_trim(tn_str_from(block->whole, html->lead));
    struct tn_str label = tn_html_without_colon(lead);
    bool colon = label.len < lead.len;
    if (!colon && rest.len && rest.s[0] == ':') {
        colon = true;
        rest = tn_str_trim(tn_str_from(rest, 1));
    }
    if (label.len == 0 || rest.len == 0)
        return;
    if (!colon && !html->lead_is_label) {
        block->lead = html->lead;
        return;
    }
    block->kind = TN_BLOCK_PAIR;
    block->label = label;
    block->text = rest;
}

static struct tn_str marker_of(struct tn_html *html, const struct tn_frame *item)
{
    int list = (int)(item - html->frames) - 1;
    while (list >= 0 && html->frames[list].element->kind != TN_ELEMENT_LIST)
        list--;
    if (list < 0 || html->frames[list].element->rank == 0)
        return TN_LIT("*");
    return tn_str_format(html->arena, "%zu.", html->frames[list].number);
}

static unsigned list_depth(const struct tn_html *html)
{
    unsigned depth = 0;
    for (int f = html->item; f >= 0; f = html->frames[f].item)
        depth++;
    return depth;
}

/* What the line is by the elements around it. */
static void classify(struct tn_html *html, struct tn_block *block)
{
    for (int f = html->depth - 1; f >= 0; f--) {
        enum tn_element_kind kind = html->frames[f].element->kind;
        if (kind == TN_ELEMENT_HEADING) {
            block->kind = TN_BLOCK_HEADING;
            block->level = html->frames[f].element->rank;
            if (html->item >= 0)
                html->frames[html->item].in_item_first = false;
            return;
        }
        if (kind == TN_ELEMENT_CAPTION || kind == TN_ELEMENT_BUTTON)
            block->emphatic = true;
        if (kind == TN_ELEMENT_ITEM || kind == TN_ELEMENT_CELL || kind == TN_ELEMENT_TABLE)
            break;
    }
    split_lead(html, block);
    if (html->item < 0) {
        if (block->kind == TN_BLOCK_PARAGRAPH)
            tn_block_take_item(block);
        return;
    }
    struct tn_frame *item = &html->frames[html->item];
    block->level = list_depth(html) - 1;
    if (item->in_item_first) {
        block->kind = block->kind == TN_BLOCK_PAIR ? TN_BLOCK_PAIR : TN_BLOCK_ITEM;
        block->marker = marker_of(html, item);
        item->in_item_first = false;
    } else if (block->kind == TN_BLOCK_PARAGRAPH) {
        block->level++; /* a further line of the item */
        tn_block_take_item(block);
    }
}

/* A button that stands before the words of a heading is none of them ("Save"). */
static void drop_button(struct tn_html *html)
{
    if (html->button && html->len > html->button) {
        html->len -= html->button;
        memmove(html->text, html->text + html->button, html->len);
        while (html->len && tn_is_space(html->text[0]))
            memmove(html->text, html->text + 1, --html->len);
        html->joint_count = 0;
    }
    html->button = 0;
}

void tn_html_flush(struct tn_html *html)
{
    drop_button(html);
    if (html->len == 0 && html->alt.len)
        tn_html_put(html, html->alt);
    if (html->len && !tn_element_is_button_text(tn_str_slice(html->text, html->len))) {
        struct tn_block block = {
            .kind = TN_BLOCK_PARAGRAPH,
            .whole = tn_str_copy(html->arena, tn_str_slice(html->text, html->len)),
            .link = html->link,
            .blank_before = html->blank_before,
            .emphatic = html->plain == 0,
            .line = html->line,
            .offset = html->offset,
        };
        block.text = block.whole;
        if (block.whole.s) {
            tn_html_part(html, &block);
            classify(html, &block);
            if (block.kind != TN_BLOCK_PAIR || html->bold_count < 2 || !tn_html_labels(html, &block))
                tn_html_add(html, &block);
        }
        html->blank_before = false;
    }
    html->len = html->lead = html->plain = html->bold_count = html->glue = html->sibling = 0;
    html->space = html->lead_is_label = false;
    html->link = html->alt = (struct tn_str){NULL, 0};
}

struct tn_str tn_page_text(struct tn_arena *arena, const struct tn_page *page)
{
    size_t room = 1, len = 0;
    for (size_t i = 0; i < page->count; i++)
        room += page->blocks[i].whole.len + 2;
    char *text = tn_arena_alloc(arena, room);
    for (size_t i = 0; text && i < page->count; i++) {
        const struct tn_block *block = &page->blocks[i];
        if (i && block->blank_before)
            text[len++] = '\n';
        memcpy(text + len, block->whole.s, block->whole.len);
        len += block->whole.len;
        text[len++] = '\n';
    }
    if (text)
        text[len] = '\0';
    return tn_str_slice(text, text ? len : 0);
}

static struct tn_str join(struct tn_html *html, size_t first, size_t end, char between)
{
    size_t room = 1, len = 0;
    if (end == first + 1)
        return html->blocks[first].whole;
    for (size_t i = first; i < end; i++)
        room += html->blocks[i].whole.len + 1;
    char *text = tn_arena_alloc(html->arena, room);
    for (size_t i = first; text && i < end; i++) {
        if (len)
            text[len++] = between;
        memcpy(text + len, html->blocks[i].whole.s, html->blocks[i].whole.len);
        len += html->blocks[i].whole.len;
    }
    if (text)
        text[len] = '\0';
    return tn_str_slice(text, text ? len : 0);
}

struct tn_str tn_html_joined(struct tn_html *html, size_t first, size_t end)
{
    return join(html, first, end, ' ');
}

struct tn_str tn_html_lines(struct tn_html *html, size_t first, size_t end)
{
    return join(html, first, end, '\n');
}

/* "label<TAB>text", as text pages have it. */
static void spell_pair(struct tn_html *html, struct tn_block *block)
{
    block->whole = block->text.len ? tn_str_format(html->arena, "%.*s\t%.*s", (int)block->label.len, block->label.s,
                                                   (int)block->text.len, block->text.s)
                                   : block->label;
}

void tn_html_pair(struct tn_html *html, const struct tn_block *label, size_t first)
{
    struct tn_block pair = *label;
    size_t values = html->count - first;
    bool one = values == 1 && html->blocks[first].kind == TN_BLOCK_PARAGRAPH;
    pair.kind = TN_BLOCK_PAIR;
    pair.label = tn_html_without_colon(label->whole);
    pair.marker = pair.text = (struct tn_str){NULL, 0};
    if (one) {
        pair.text = html->blocks[first].whole;
        pair.link = html->blocks[first].link.len ? html->blocks[first].link : pair.link;
        spell_pair(html, &pair);
        html->blocks[first] = pair;
        return;
    }
    pair.value_blocks = values;
    spell_pair(html, &pair);
    if (!tn_html_add(html, &pair))
        return;
    memmove(html->blocks + first + 1, html->blocks + first, values * sizeof *html->blocks);
    html->blocks[first] = pair;
}
