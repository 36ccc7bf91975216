/* SPDX-License-Identifier: MIT */
/* What a line is made of. Badges often stand side by side with nothing but their style between them:
 * `<a>Title</a><span>Recruiting</span><span>Phase 2</span>`. */
#include "syntax/html_build.h"

enum { PARTS_MAX = 200 }; /* a line of more is no line of badges */

void tn_html_joint(struct tn_html *html)
{
    struct tn_joint joint = {.at = html->len, .link = html->anchor, .inside = html->inlines > 0};
    if (html->joint_count && html->joints[html->joint_count - 1].at == joint.at) {
        html->joints[html->joint_count - 1] = joint;
        return;
    }
    if (html->joint_count <= PARTS_MAX &&
        tn_html_grow(html->arena, &html->joints, &html->joint_room, html->joint_count, sizeof *html->joints))
        html->joints[html->joint_count++] = joint;
}

static size_t add_part(struct tn_line_part *parts, size_t count, const struct tn_joint *joint, struct tn_str text)
{
    text = tn_str_trim(text);
    if (text.len == 0)
        return count;
    parts[count] = (struct tn_line_part){.text = text, .link = joint->link, .inside = joint->inside};
    return count + 1;
}

/* The element that the line begins in was opened before it. */
static struct tn_joint beginning(const struct tn_html *html)
{
    return (struct tn_joint){.link = html->first_anchor, .inside = html->first_inside};
}

void tn_html_part(struct tn_html *html, struct tn_block *block)
{
    size_t count = html->joint_count, made = 0, from = 0;
    struct tn_joint before = beginning(html);
    bool one = count == 0 || (count == 1 && (html->joints[0].at == 0 || html->joints[0].at >= block->whole.len));
    struct tn_line_part *parts =
        one || count > PARTS_MAX ? NULL : tn_arena_alloc(html->arena, (count + 1) * sizeof *parts);
    for (size_t i = 0; parts && i <= count; i++) {
        size_t to = i < count && html->joints[i].at < block->whole.len ? html->joints[i].at : block->whole.len;
        if (to > from)
            made = add_part(parts, made, &before, tn_str_slice(block->whole.s + from, to - from));
        from = to > from ? to : from;
        before = i < count ? html->joints[i] : before;
    }
    if (made < 2)
        return;
    block->parts = parts;
    block->part_count = made;
}

enum { LONGEST_LABEL = 80 };

/* Label and value of the bold part `i`, which ends with a colon or stands before one. */
static bool take_label(const struct tn_html *html, const struct tn_block *block, size_t i, struct tn_block *pair)
{
    struct tn_str whole = block->whole;
    size_t from = html->bolds[i].from, to = html->bolds[i].to;
    size_t next = i + 1 < html->bold_count ? html->bolds[i + 1].from : whole.len;
    if (to > whole.len || next < to || next > whole.len)
        return false;
    struct tn_str bold = tn_str_trim(tn_str_slice(whole.s + from, to - from));
    struct tn_str rest = tn_str_trim(tn_str_slice(whole.s + to, next - to));
    struct tn_str behind = rest.len && rest.s[0] == ':' ? tn_str_trim(tn_str_from(rest, 1)) : rest;
    *pair = *block;
    pair->label = tn_html_without_colon(bold);
    pair->text = behind;
    pair->whole = tn_str_trim(tn_str_slice(whole.s + from, next - from));
    pair->offset += from;
    pair->parts = NULL;
    pair->part_count = 0;
    return pair->label.len && pair->label.len <= LONGEST_LABEL && behind.len &&
           (behind.len < rest.len || pair->label.len < bold.len);
}

/* The first link in the part of the line that the pair has. */
static struct tn_str link_of(const struct tn_block *line, const struct tn_block *pair)
{
    for (size_t p = 0; p < line->part_count; p++)
        if (line->parts[p].link.len && line->parts[p].text.s >= pair->whole.s &&
            line->parts[p].text.s < pair->whole.s + pair->whole.len)
            return line->parts[p].link;
    return (struct tn_str){NULL, 0};
}

bool tn_html_labels(struct tn_html *html, const struct tn_block *block)
{
    struct tn_block pairs[TN_HTML_BOLDS];
    size_t count = html->bold_count;
    if (count > TN_HTML_BOLDS || html->bolds[0].from > 0)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!take_label(html, block, i, &pairs[i]))
            return false;
        pairs[i].link = block->part_count ? link_of(block, &pairs[i]) : block->link;
        pairs[i].marker = i ? (struct tn_str){NULL, 0} : block->marker;
        pairs[i].blank_before = i == 0 && block->blank_before;
    }
    for (size_t i = 0; i < count; i++)
        tn_html_add(html, &pairs[i]);
    return true;
}
