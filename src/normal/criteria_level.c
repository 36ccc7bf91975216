/* SPDX-License-Identifier: MIT */
/* How deep an item hangs: a stack of the lists that are open, and of the lines that head them. Indentation decides
 * where there is some; a number that goes on with a list belongs to that list wherever it stands; where a page has
 * lost the indentation, a change of marker is a step down and the return of the old one a step up. */
#include "normal/criteria_parts.h"

enum { SAME = 1, UNDER_ALL = -4 }; /* columns that lists may stray; the indent of what is above everything */

static struct tn_crit_open *top(struct tn_crit_levels *levels)
{
    return levels->count ? &levels->open[levels->count - 1] : NULL;
}

static bool is_part(const struct tn_crit_open *open)
{
    return open->what == TN_CRIT_PART || open->what == TN_CRIT_ROOT;
}

static bool same_indent(const struct tn_crit_open *open, unsigned indent)
{
    int stray = open->indent - (int)indent;
    return stray >= -SAME && stray <= SAME;
}

static bool same_list(const struct tn_crit_open *open, const struct tn_crit_marker *marker)
{
    if (open->what != TN_CRIT_LIST)
        return false;
    if (marker->bullet && !open->bullet) /* `1. Blood⏎- 1. Cells`: a list inside the numbered one */
        return false;
    return (marker->bullet && open->bullet == marker->bullet) || (marker->style && open->style == marker->style);
}

static int level_below(struct tn_crit_levels *levels)
{
    struct tn_crit_open *on = top(levels);
    int level = on ? on->level + 1 : 0;
    return level > TN_CRIT_DEEPEST ? TN_CRIT_DEEPEST : level;
}

static void count_on(struct tn_crit_open *open, const struct tn_crit_marker *marker)
{
    if (marker->style) {
        open->style = marker->style;
        open->last = marker->value;
        open->prefix = marker->prefix;
    }
}

/* A new list under what is on top, or in its place where `beside`. */
static int open_list(struct tn_crit_levels *levels, const struct tn_crit_marker *marker, unsigned indent, bool beside)
{
    if (beside)
        levels->count--;
    int level = level_below(levels);
    if (top(levels))
        top(levels)->used = true;
    if (levels->count == sizeof levels->open / sizeof *levels->open)
        levels->count--;
    levels->open[levels->count++] = (struct tn_crit_open){
        .what = TN_CRIT_LIST, .indent = (int)indent, .level = level, .bullet = marker->bullet,
        .before = marker->before};
    count_on(top(levels), marker);
    return level;
}

static int go_on(struct tn_crit_levels *levels, struct tn_crit_open *open, const struct tn_crit_marker *marker)
{
    levels->count = (size_t)(open - levels->open) + 1;
    count_on(open, marker);
    return open->level;
}

static bool follows(const struct tn_crit_open *open, const struct tn_crit_marker *marker)
{
    return open->what == TN_CRIT_LIST && open->style == marker->style && open->prefix == marker->prefix &&
           open->last + 1 == marker->value;
}

struct tn_crit_open *tn_crit_level_successor(struct tn_crit_levels *levels, const struct tn_crit_marker *marker,
                                             unsigned indent)
{
    struct tn_crit_open *found = NULL;
    if (!marker->style)
        return NULL;
    for (size_t i = levels->count; i-- > 0;) {
        struct tn_crit_open *open = &levels->open[i];
        if (follows(open, marker) && (!found || (same_indent(open, indent) && !same_indent(found, indent))))
            found = open;
    }
    return found;
}

/* The list whose number is closest below: `8.` after `6.`, where the numbers in between were lost. `here`: only one of
 * the same indentation that misses few. */
static struct tn_crit_open *with_gap(struct tn_crit_levels *levels, const struct tn_crit_marker *marker,
                                     unsigned indent, bool here)
{
    enum { FEW = 3 };
    struct tn_crit_open *found = NULL;
    for (size_t i = levels->count; i-- > 0;) {
        struct tn_crit_open *open = &levels->open[i];
        bool fits = open->what == TN_CRIT_LIST && open->style == marker->style && open->prefix == marker->prefix &&
                    open->last < marker->value;
        if (here)
            fits = fits && same_indent(open, indent) && open->last + FEW >= marker->value;
        if (fits && (!found || open->last > found->last))
            found = open;
    }
    return found;
}

/* The list that goes on with this number. One of the same indentation that misses few goes before a nested one that
 * misses none: `1. a⏎  1. b⏎  2. c 2. d⏎3. e`. */
static struct tn_crit_open *counted_on(struct tn_crit_levels *levels, const struct tn_crit_marker *marker,
                                       unsigned indent)
{
    struct tn_crit_open *next = tn_crit_level_successor(levels, marker, indent);
    if (next && same_indent(next, indent))
        return next;
    struct tn_crit_open *here = marker->style && marker->value > 1 ? with_gap(levels, marker, indent, true) : NULL;
    if (here || next || !marker->style || marker->bullet || marker->value <= 1)
        return here ? here : next;
    return with_gap(levels, marker, indent, false);
}

/* The open list that `marker` is the next item of. */
static struct tn_crit_open *continued(struct tn_crit_levels *levels, const struct tn_crit_marker *marker,
                                      struct tn_crit_near near)
{
    struct tn_crit_open *open = counted_on(levels, marker, near.indent);
    if (open)
        return open;
    for (size_t i = levels->count; i-- > 0;) {
        open = &levels->open[i];
        if (!same_indent(open, near.indent) || !same_list(open, marker))
            continue;
        if (marker->bullet || !near.colon) /* a list that starts at 1 again, unless a `:` opens it */
            return open;
    }
    for (size_t i = levels->count; i-- > 0;) { /* `- o Age` and then `- Sex` */
        open = &levels->open[i];
        bool outer = open->what == TN_CRIT_LIST && marker->bullet && open->before == marker->bullet;
        if (outer && same_indent(open, near.indent))
            return open;
    }
    return NULL;
}

/* A new kind of marker below a list with another, both at the same indentation: nested? */
static bool nested_by_kind(const struct tn_crit_open *on, const struct tn_crit_marker *marker, struct tn_crit_near near)
{
    bool both_count = on->style && !on->bullet && marker->style && !marker->bullet;
    return near.colon || near.resumes || !near.apart || (both_count && marker->value <= 1);
}

int tn_crit_level_of_item(struct tn_crit_levels *levels, const struct tn_crit_marker *marker, struct tn_crit_near near)
{
    struct tn_crit_open *open = continued(levels, marker, near);
    if (open)
        return go_on(levels, open, marker);
    while (top(levels) && !is_part(top(levels)) && top(levels)->indent > (int)near.indent + SAME)
        levels->count--;
    struct tn_crit_open *on = top(levels);
    bool beside = on && on->what == TN_CRIT_LIST && same_indent(on, near.indent) && !nested_by_kind(on, marker, near);
    return open_list(levels, marker, near.indent, beside);
}

int tn_crit_level_of_paragraph(struct tn_crit_levels *levels, unsigned indent, bool leads)
{
    for (struct tn_crit_open *on; (on = top(levels)) && !is_part(on); levels->count--) {
        if (on->what == TN_CRIT_LEADS && !on->used && !leads && on->indent <= (int)indent + SAME)
            break;
        if (on->indent + SAME < (int)indent)
            break;
    }
    int level = level_below(levels);
    if (leads && levels->count < sizeof levels->open / sizeof *levels->open)
        levels->open[levels->count++] =
            (struct tn_crit_open){.what = TN_CRIT_LEADS, .indent = (int)indent, .level = level};
    return level;
}

int tn_crit_level_of_part(struct tn_crit_levels *levels, bool root)
{
    while (top(levels) && (root || top(levels)->what != TN_CRIT_ROOT))
        levels->count--;
    int level = level_below(levels);
    levels->open[levels->count++] =
        (struct tn_crit_open){.what = root ? TN_CRIT_ROOT : TN_CRIT_PART, .indent = UNDER_ALL, .level = level};
    return level;
}

void tn_crit_level_heads(struct tn_crit_levels *levels)
{
    if (levels->count == 0 || levels->count == sizeof levels->open / sizeof *levels->open)
        return;
    struct tn_crit_open under = *top(levels);
    top(levels)->heads = true;
    under.heads = false;
    under.level = level_below(levels);
    levels->open[levels->count++] = under;
}

void tn_crit_level_next_head(struct tn_crit_levels *levels, const struct tn_crit_marker *marker)
{
    for (size_t i = levels->count; i-- > 0;)
        if (levels->open[i].heads && same_list(&levels->open[i], marker)) {
            levels->count = i + 1;
            return;
        }
}
