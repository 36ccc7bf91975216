/* SPDX-License-Identifier: MIT */
/* Rows -> drafts: which rows open a section, which start a criterion, which go on with the one before. */
#include "normal/criteria_parts.h"

enum { NARROW = 60, WIDE = 200 }; /* columns that text is wrapped at by hand */

/* ---- drafts ---- */

static void add_draft(struct tn_crit_drafter *d, struct tn_str text, int level, const struct tn_crit_marker *marker)
{
    struct tn_crit_drafts *out = d->out;
    if (out->count == out->room && !out->failed) {
        size_t room = out->room ? out->room * 2 : 64;
        out->draft = tn_arena_grow(out->arena, out->draft, out->room * sizeof *out->draft, room * sizeof *out->draft);
        out->room = room;
        out->failed = out->draft == NULL;
    }
    if (out->failed)
        return;
    struct tn_crit_draft draft = {.text = text, .side = d->side, .level = level, .loose = d->count == 1};
    if (marker) {
        draft.bullet = marker->bullet;
        draft.style = marker->style;
        draft.value = marker->value;
        draft.prefix = marker->prefix;
        draft.marked = true;
    }
    out->draft[out->count++] = draft;
}

/* Notes the numbered list around the one that is open on top. */
static void note_around(struct tn_crit_drafter *d)
{
    for (size_t i = d->levels.count ? d->levels.count - 1 : 0; !d->out->failed && i-- > 0;) {
        const struct tn_crit_open *open = &d->levels.open[i];
        if (!open->style)
            continue;
        struct tn_crit_draft *draft = &d->out->draft[d->out->count - 1];
        draft->around.style = open->style;
        draft->around.value = open->last;
        draft->around.prefix = open->prefix;
        draft->around.level = open->level;
        return;
    }
}

/* The only line of a section: what is inside it is all the structure there is. */
static void note_single(struct tn_crit_draft *draft)
{
    draft->alone = !draft->marked;
    draft->loose = draft->loose || (draft->style && draft->value == 1);
}

static void end_section(struct tn_crit_drafter *d)
{
    struct tn_crit_drafts *out = d->out;
    if (!out->failed && out->count == d->section + 1 && d->section_lines == 1)
        note_single(&out->draft[d->section]);
    d->section = out->count;
    d->section_lines = 0;
    d->levels.count = 0;
    d->first = true;
    d->end = '\0';
    d->marked = d->lone = false;
    d->bullet = 0;
}

/* Remembers the line for the next one. */
static void line_done(struct tn_crit_drafter *d, const struct tn_crit_row *row)
{
    d->before = *row;
    d->first = false;
    d->end = tn_crit_last(row->text);
    d->section_lines++;
}

/* ---- lines with a marker ---- */

/* The list on top goes on below, so what stands between is nested. */
static bool resumes(const struct tn_crit_drafter *d, const struct tn_crit_marker *marker, unsigned indent)
{
    if (d->levels.count == 0)
        return false;
    const struct tn_crit_open *on = &d->levels.open[d->levels.count - 1];
    bool here = on->indent <= (int)indent + 1 && on->indent + 1 >= (int)indent;
    if (on->what != TN_CRIT_LIST || !here || (on->bullet && on->bullet == marker->bullet) ||
        (on->style && on->style == marker->style))
        return false;
    for (size_t i = d->at + 1; i < d->count && i <= d->at + TN_CRIT_AHEAD; i++) {
        struct tn_crit_marker found;
        struct tn_crit_heading heading;
        if (tn_crit_heading(d->rows[i].text, &heading))
            return false;
        if (!tn_crit_looks_marked(d->rows[i].text, &found))
            continue;
        if (on->bullet ? found.bullet == on->bullet && d->rows[i].indent <= indent + 1
                       : found.style == on->style && found.value == on->last + 1 && found.prefix == on->prefix)
            return true;
    }
    return false;
}

/* An item such as `* Cohort 1:` or `* BEFORE SURGERY` among others with the same marker. */
static bool heads_others(const struct tn_crit_drafter *d, const struct tn_crit_row *row,
                         const struct tn_crit_marker *marker)
{
    struct tn_str body = tn_str_from(row->text, marker->len);
    const struct tn_crit_row *next = tn_crit_row_after(d);
    struct tn_crit_marker other;
    if (!marker->bullet || marker->style || !next || !(tn_crit_shouted(body) || tn_crit_subheading(body, false)))
        return false;
    if (!tn_crit_looks_marked(next->text, &other) || other.bullet != marker->bullet || next->indent > row->indent + 1)
        return false;
    struct tn_str below = tn_str_from(next->text, other.len);
    return !tn_crit_shouted(below) && !tn_crit_subheading(below, false);
}

static void remember_number(struct tn_crit_drafter *d, const struct tn_crit_marker *marker)
{
    if (marker->style) {
        d->last[marker->style] = marker->value;
        d->prefix[marker->style] = marker->prefix;
    }
}

/* A marker on a line of its own whose text stands on the next. Else it marks nothing. */
static bool marks_next_line(const struct tn_crit_drafter *d)
{
    struct tn_crit_marker marker;
    const struct tn_crit_row *next = tn_crit_row_after(d);
    return next && !next->apart && !tn_crit_looks_marked(next->text, &marker);
}

static void take_item(struct tn_crit_drafter *d, const struct tn_crit_row *row, const struct tn_crit_marker *marker)
{
    remember_number(d, marker);
    if (marker->len == row->text.len && !marks_next_line(d)) {
        line_done(d, row);
        d->end = '.';
        return;
    }
    bool heads = heads_others(d, row, marker);
    struct tn_crit_near near = {row->indent, row->apart, d->end == ':' && !d->first, false};
    near.resumes = resumes(d, marker, row->indent);
    if (heads)
        tn_crit_level_next_head(&d->levels, marker);
    int level = tn_crit_level_of_item(&d->levels, marker, near);
    if (heads)
        tn_crit_level_heads(&d->levels);
    struct tn_str body = tn_str_from(row->text, marker->len);
    add_draft(d, body, level, marker);
    note_around(d);
    line_done(d, row);
    d->marked = true;
    d->lone = body.len == 0;
    d->indent = row->indent;
    d->bullet = marker->bullet;
}

/* ---- lines without one ---- */

/* The first word of `next` would not have fitted behind `row`. */
static bool tight(const struct tn_crit_row *row, const struct tn_crit_row *next, size_t width)
{
    size_t word = 0;
    while (word < next->text.len && !tn_is_space(next->text.s[word]))
        word++;
    return row->indent + tn_crit_columns(row->text) + 1 + tn_crit_columns(tn_str_slice(next->text.s, word)) > width;
}

static bool could_be_wrapped(size_t width)
{
    return width >= NARROW && width <= WIDE;
}

static size_t width_of(const struct tn_crit_row *rows, size_t from, size_t to)
{
    size_t width = 0;
    for (size_t i = from; i < to && width <= WIDE; i++) {
        size_t columns = rows[i].text.len > 4 * WIDE ? WIDE + 1 : rows[i].indent + tn_crit_columns(rows[i].text);
        width = columns > width ? columns : width;
    }
    return width;
}

/* Looks at the lines from this one to the next empty or marked one: wrapped by hand, if no break could have come
 * later. Two lines prove nothing, unless the sentence runs on. */
static void look_at_paragraph(struct tn_crit_drafter *d)
{
    struct tn_crit_marker marker;
    size_t end = d->at + 1;
    while (end < d->count && !d->rows[end].apart && !tn_crit_looks_marked(d->rows[end].text, &marker))
        end++;
    size_t width = width_of(d->rows, d->at, end);
    d->wrapped_to = end;
    d->wrapped = end > d->at + 1 && could_be_wrapped(width);
    for (size_t i = d->at; d->wrapped && i + 1 < end; i++)
        d->wrapped = tight(&d->rows[i], &d->rows[i + 1], width);
    if (end == d->at + 2 && tn_crit_finished(tn_crit_last(d->rows[d->at].text)))
        d->wrapped = d->wrapped && tn_crit_starts_small(d->rows[end - 1].text);
}

/* The line breaks off in the middle: a comma, a hyphen, `and`, `of the`. */
static bool dangles(struct tn_str text, char end)
{
    static const char *const words[] = {"and", "or", "of", "the", "with", "to", "in", "a", "an", "for", "by", "than"};
    if (end && strchr(",-(/<>=", end))
        return true;
    size_t from = text.len;
    while (from && tn_is_alpha(text.s[from - 1]))
        from--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tn_str_eq_fold(tn_str_from(text, from), tn_str_of(words[i])))
            return from || text.len > 1; /* an `a` alone is a name */
    return false;
}

bool tn_crit_broken_off(const struct tn_crit_drafter *d)
{
    return !d->out->failed && d->out->count && dangles(d->out->draft[d->out->count - 1].text, d->end);
}

/* A list starts below the row; below one in capitals it may be one that goes on. */
static bool is_followed(const struct tn_crit_drafter *d, const struct tn_crit_row *row)
{
    struct tn_crit_marker marker;
    const struct tn_crit_row *next = tn_crit_row_after(d);
    return next && tn_crit_looks_marked(next->text, &marker) && (marker.value <= 1 || tn_crit_shouted(row->text));
}

/* The line stood so far right that the first word of `row` had no room behind it. */
static bool broken_by_width(struct tn_crit_drafter *d, const struct tn_crit_row *row)
{
    if (!d->width)
        d->width = width_of(d->rows, 0, d->count) + 1;
    return could_be_wrapped(d->width - 1) && tight(&d->before, row, d->width - 1);
}

/* A list around the one on top is indented no less than the row: that a line at its margin ends it is not sure. */
static bool inside_list(const struct tn_crit_drafter *d, const struct tn_crit_row *row)
{
    for (size_t i = 0; i + 1 < d->levels.count; i++)
        if (d->levels.open[i].what == TN_CRIT_LIST && d->levels.open[i].indent + 1 >= (int)row->indent)
            return true;
    return false;
}

/* `* Adult⏎Patients must not:⏎* Smoke`: not indented as the rest of an item is, and a list like the one before it
 * starts below. */
static bool heads_next_list(struct tn_crit_drafter *d, const struct tn_crit_row *row)
{
    struct tn_crit_marker marker;
    const struct tn_crit_row *next = tn_crit_row_after(d);
    if (d->out->failed || !next || row->indent > d->indent || tn_crit_last(row->text) != ':' ||
        next->indent > d->indent + 1 || !tn_crit_looks_marked(next->text, &marker))
        return false;
    const struct tn_crit_draft *item = &d->out->draft[d->out->count - 1];
    bool restarts = item->style && marker.style == item->style && marker.value == 1;
    bool same = restarts || (!item->style && item->bullet && marker.bullet == item->bullet);
    bool outer = row->indent + 1 < d->indent && (marker.style ? marker.value == 1 : marker.bullet != 0);
    return (outer || (same && !inside_list(d, row))) && !tn_crit_broken_off(d) && !broken_by_width(d, row);
}

/* Does an unmarked line, without an empty one before it, go on with the criterion before it? */
static bool goes_on(struct tn_crit_drafter *d, const struct tn_crit_row *row)
{
    bool small = tn_crit_starts_small(row->text);
    if (tn_str_starts_fold(row->text, TN_LIT("note:")))
        return false;
    if (!d->marked) {
        if (d->at < d->wrapped_to && d->wrapped)
            return true;
        return dangles(d->before.text, d->end) ||
               (small && !tn_crit_finished(d->end) &&
                could_be_wrapped(d->before.indent + tn_crit_columns(d->before.text)));
    }
    if (small)
        return true;
    if (heads_next_list(d, row))
        return false;
    if (row->indent <= d->indent + 1 && is_followed(d, row) && tn_crit_subheading(row->text, false))
        return false;
    if (!tn_crit_finished(d->end) || row->indent > d->indent + 1)
        return true;
    return broken_by_width(d, row);
}

static void extend(struct tn_crit_drafter *d, const struct tn_crit_row *row)
{
    if (d->out->failed || d->out->count == 0)
        return;
    struct tn_crit_draft *draft = &d->out->draft[d->out->count - 1];
    if (draft->text.len == 0) /* behind a marker on a line of its own */
        draft->text = row->text;
    draft->text.len = (size_t)(row->text.s + row->text.len - draft->text.s);
    d->lone = false;
    line_done(d, row);
}

/* A line with a colon inside a list that goes on right below, further left: it can only head the items to come.
 *     1. Aged 18 or over⏎⏎   Informed consent:⏎⏎2. Able to give it */
static unsigned indent_of_lead(const struct tn_crit_drafter *d, const struct tn_crit_row *row)
{
    enum { LONGEST = 80 };
    const struct tn_crit_row *next = tn_crit_row_after(d);
    struct tn_crit_marker marker;
    bool heads = next && row->apart && row->text.len <= LONGEST && next->indent + 1 < row->indent &&
                 tn_crit_looks_marked(next->text, &marker) && !tn_str_starts_fold(row->text, TN_LIT("note"));
    if (!heads)
        return row->indent;
    for (size_t i = 1; i < d->levels.count; i++) /* beside the line that headed the items so far */
        if (d->levels.open[i].what == TN_CRIT_LIST && d->levels.open[i - 1].what == TN_CRIT_LEADS &&
            d->levels.open[i].indent == (int)next->indent)
            return (unsigned)d->levels.open[i - 1].indent;
    return next->indent;
}

static void take_text(struct tn_crit_drafter *d, const struct tn_crit_row *row)
{
    bool within = d->out->count > d->section && !row->apart && !d->first;
    if (within && (d->lone || goes_on(d, row))) {
        extend(d, row);
        return;
    }
    if (d->at >= d->wrapped_to)
        look_at_paragraph(d);
    bool leads = tn_crit_last(row->text) == ':';
    int level;
    if (tn_crit_subheading(row->text, is_followed(d, row)) && tn_crit_row_after(d))
        level = tn_crit_level_of_part(&d->levels, false);
    else
        level = tn_crit_level_of_paragraph(&d->levels, leads ? indent_of_lead(d, row) : row->indent, leads);
    add_draft(d, row->text, level, NULL);
    line_done(d, row);
    d->marked = d->lone = false;
    d->bullet = 0;
}

/* ---- headings ---- */

/* The line has nothing but the words of the other side's heading, and what stands around it is no sentence. */
static bool changes_side(const struct tn_crit_drafter *d, const struct tn_crit_heading *heading)
{
    struct tn_crit_marker marker;
    const struct tn_crit_row *next = tn_crit_row_after(d);
    const struct tn_crit_draft *item = &d->out->draft[d->out->count - 1];
    bool marked = next && tn_crit_looks_marked(next->text, &marker);
    if (heading->rest.len || heading->lead.len || (d->end != ',' && tn_crit_broken_off(d)))
        return false;
    if (marked && item->style && marker.style == item->style)
        return marker.value == 1; /* else the list goes on below */
    return heading->side != d->side;
}

/* A line of a wrapped item that holds the words of a heading: `* who meet all⏎  inclusion criteria: …`. */
static bool continues_item(const struct tn_crit_drafter *d, const struct tn_crit_row *row,
                           const struct tn_crit_heading *heading)
{
    struct tn_crit_marker marker;
    if (row->apart || d->first || !d->marked || d->lone || d->out->failed || d->out->count == 0 ||
        !tn_is_alpha(row->text.s[0]) || tn_crit_looks_marked(row->text, &marker))
        return false;
    bool small = tn_crit_starts_small(row->text), in_text = small && d->headed && !d->small_heads;
    bool indented = row->indent > d->indent + 1 && !(d->headed && row->indent == d->head_indent);
    if (!(small && indented) && changes_side(d, heading))
        return false;
    return tn_crit_finished(d->end) ? indented && in_text : indented || in_text;
}

/* Opens a section when the row is a heading; *rest gets the text behind it on the line. */
static bool take_heading(struct tn_crit_drafter *d, const struct tn_crit_row *row, struct tn_str *rest)
{
    struct tn_crit_heading heading;
    if (!tn_crit_heading(row->text, &heading) || continues_item(d, row, &heading))
        return false;
    /* `Eligibility criteria` opens a block; inside one, or with more to say, it is text */
    if (heading.generic && (d->headed || heading.qualifier.len || heading.lead.len || heading.bulleted))
        return false;
    if (heading.leave && heading.bulleted)
        return false;
    end_section(d);
    if (!heading.generic) {
        d->side = heading.side;
        d->headed = true;
        d->small_heads = tn_is_lower(row->text.s[0]);
        d->head_indent = row->indent;
    }
    if (heading.leave)
        add_draft(d, row->text, tn_crit_level_of_part(&d->levels, true), NULL);
    if (heading.lead.len && !heading.leave)
        add_draft(d, heading.lead, tn_crit_level_of_part(&d->levels, true), NULL);
    if (heading.qualifier.len && !heading.leave)
        add_draft(d, heading.qualifier, tn_crit_level_of_part(&d->levels, true), NULL);
    *rest = heading.rest;
    return true;
}

static void take_line(struct tn_crit_drafter *d, const struct tn_crit_row *row)
{
    struct tn_crit_marker marker;
    enum tn_criteria_side side = TN_CRITERIA_OTHER;
    if (tn_crit_read_marker(d, row, &marker)) {
        take_item(d, row, &marker);
        return;
    }
    if (tn_crit_lead_in(row->text, &side) && side != d->side && row->apart) {
        end_section(d);
        d->side = side;
        d->headed = true;
    }
    take_text(d, row);
}

/* A bullet that belongs to the heading behind it: `consent * Exclusion Criteria:` */
static struct tn_str without_bullet_behind(struct tn_str text)
{
    text = tn_crit_trim(text);
    size_t len = text.len;
    while (len && (text.s[len - 1] == '*' || text.s[len - 1] == '-'))
        len--;
    return len < text.len && len && tn_is_space(text.s[len - 1]) ? tn_crit_trim(tn_str_slice(text.s, len)) : text;
}

/* A row, which can hold several headings where a page has put the whole block on one line. */
static void take_row(struct tn_crit_drafter *d, struct tn_crit_row row)
{
    bool look = d->count == 1, bare = look && tn_crit_bare_pair(row.text);
    while (row.text.len) {
        struct tn_str whole = row.text, rest;
        size_t cut = bare ? tn_crit_bare_inside(whole, 1) : look ? tn_crit_heading_inside(whole, 1) : TN_NO_OFFSET;
        row.text = cut == TN_NO_OFFSET ? whole : without_bullet_behind(tn_str_slice(whole.s, cut));
        if (take_heading(d, &row, &rest)) {
            look = true;
            size_t from = rest.len ? (size_t)(rest.s - whole.s) : cut == TN_NO_OFFSET ? whole.len : cut;
            row.text = tn_crit_trim(tn_str_from(whole, from));
        } else {
            take_line(d, &row);
            row.text = cut == TN_NO_OFFSET ? tn_str_slice(whole.s, 0) : tn_crit_trim(tn_str_from(whole, cut));
        }
        row.apart = true;
    }
}

bool tn_crit_draft(struct tn_arena *arena, const struct tn_crit_rows *rows, enum tn_criteria_side side,
                   struct tn_crit_drafts *drafts)
{
    *drafts = (struct tn_crit_drafts){.arena = arena};
    struct tn_crit_drafter d = {.rows = rows->row, .count = rows->count, .out = drafts, .side = side, .first = true};
    for (; d.at < d.count && !drafts->failed; d.at++)
        take_row(&d, d.rows[d.at]);
    end_section(&d);
    return !drafts->failed;
}
