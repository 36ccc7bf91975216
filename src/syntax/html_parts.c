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
