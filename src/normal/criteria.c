/* SPDX-License-Identifier: MIT */
#include "normal/criteria.h"

#include "normal/criteria_parts.h"
#include "normal/text.h"

void tn_crit_add(struct tn_crit_items *items, enum tn_criteria_side side, int level, struct tn_str text)
{
    text = tn_crit_trim(text);
    if (text.len == 0 || items->failed)
        return;
    if (items->count == items->room) {
        size_t room = items->room ? items->room * 2 : 64;
        items->item = tn_arena_grow(items->arena, items->item, items->room * sizeof *items->item,
                                    room * sizeof *items->item);
        items->room = room;
        items->failed = items->item == NULL;
    }
    if (!items->failed)
        items->item[items->count++] = (struct tn_criterion){side, level, text};
}

/* A criterion that runs over several lines as one: each line end and the blanks around it become one blank. */
static bool unwrap(struct tn_arena *arena, struct tn_str *text)
{
    if (!memchr(text->s, '\n', text->len) && !memchr(text->s, '\r', text->len))
        return true;
    char *out = tn_arena_alloc(arena, text->len);
    size_t len = 0;
    for (size_t i = 0; out && i < text->len; i++) {
        char c = text->s[i];
        if (c != '\n' && c != '\r') {
            out[len++] = c;
            continue;
        }
        while (len && tn_is_space(out[len - 1]))
            len--;
        out[len++] = ' ';
        while (i + 1 < text->len && tn_is_space(text->s[i + 1]))
            i++;
    }
    *text = tn_str_slice(out, len);
    return out != NULL;
}

/* `**Part B:**` without the emphasis that is all around it. */
static struct tn_str without_emphasis(struct tn_str text)
{
    static const struct tn_str signs[] = {{"**", 2}, {"__", 2}, {"\\*\\*", 4}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = signs[i].len;
        if (text.len <= 2 * n || !tn_str_starts(text, signs[i]) ||
            memcmp(text.s + text.len - n, signs[i].s, n) != 0)
            continue;
        struct tn_str inner = tn_str_slice(text.s + n, text.len - 2 * n);
        return tn_str_find(inner, signs[i]) == TN_NO_OFFSET ? inner : text;
    }
    return text;
}

/* Nothing but markup and punctuation, as the `**` before a bold heading. */
static bool is_wordless(struct tn_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (tn_is_alnum(text.s[i]) || (unsigned char)text.s[i] >= 0x80)
            return false;
    return true;
}

/* Makes every text clean; items without a word go. */
static bool clean(struct tn_arena *arena, bool markup, struct tn_crit_items *items)
{
    size_t kept = 0;
    for (size_t i = 0; i < items->count; i++) {
        struct tn_criterion item = items->item[i];
        item.text = without_emphasis(item.text);
        if (!unwrap(arena, &item.text))
            return false;
        item.text = markup ? tn_text_markup(arena, item.text, false, NULL)
                           : tn_text_plain(arena, item.text, false, NULL);
        if (!item.text.s)
            return false;
        if (!is_wordless(item.text))
            items->item[kept++] = item;
    }
    items->count = kept;
    return true;
}

bool tn_criteria_split(struct tn_arena *arena, struct tn_str text, enum tn_criteria_side side, bool markup,
                       struct tn_criteria *criteria)
{
    struct tn_crit_rows rows;
    struct tn_crit_drafts drafts;
    struct tn_crit_items items = {.arena = arena};
    *criteria = (struct tn_criteria){NULL, 0};
    if (!tn_crit_cut(arena, &text, markup, &rows) || !tn_crit_draft(arena, &rows, side, &drafts))
        return false;
    for (size_t i = 0; i < drafts.count; i++)
        tn_crit_part(&items, &drafts.draft[i], i + 1 < drafts.count ? &drafts.draft[i + 1] : NULL);
    if (items.failed || !clean(arena, markup, &items))
        return false;
    *criteria = (struct tn_criteria){items.item, items.count};
    return true;
}
