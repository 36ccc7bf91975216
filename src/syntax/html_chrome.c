/* SPDX-License-Identifier: MIT */
/* Elements whose name may mean that they are no content. */
#include "syntax/html_build.h"

/* `Share this:`, `Facebook`: short, and without a value behind a colon. */
static bool is_button(const struct tn_block *block)
{
    enum { LONGEST = 40 };
    size_t colon = tn_str_find(block->whole, TN_LIT(":"));
    return (block->kind == TN_BLOCK_PARAGRAPH || block->kind == TN_BLOCK_ITEM) && block->whole.len <= LONGEST &&
           (colon == TN_NO_OFFSET || tn_str_trim(tn_str_from(block->whole, colon + 1)).len == 0);
}

/* `Share this` and its kin above buttons. */
static bool is_share_heading(const struct tn_block *block)
{
    enum { LONGEST = 20 };
    return block->kind == TN_BLOCK_HEADING && block->whole.len <= LONGEST &&
           tn_str_starts_fold(block->whole, TN_LIT("share"));
}

void tn_html_drop_chrome(struct tn_html *html, const struct tn_frame *frame)
{
    bool cookies = false, buttons = true;
    for (size_t i = frame->first_block; i < html->count; i++) {
        const struct tn_block *block = &html->blocks[i];
        cookies = cookies || tn_str_find_fold(block->whole, TN_LIT("cookie")) != TN_NO_OFFSET;
        buttons = buttons && (is_button(block) || is_share_heading(block));
    }
    if (!cookies && !buttons)
        return;
    html->count = frame->first_block;
    html->box_count = frame->first_box;
}
