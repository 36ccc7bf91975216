/* SPDX-License-Identifier: MIT */
/* Records of several lines: each begins with a list item (outcomes, arms, interventions), or is a row of a table. */
#include "readers/page_names.h"

/* A text of an entry, and the part that it belongs to. */
struct said {
    struct tn_str text;
    const struct tn_block *block;
    int part;
};

struct items {
    struct tn_page_reading *page;
    const struct tn_span *span;
    const struct tn_site_part *parts;
    const struct tn_record_type *type;
    int part_count;
    bool *begins;       /* of each line: an entry begins with it */
    struct said *said;  /* of the open entry */
    size_t said_count, said_room;
    int open;           /* the part that lines without a label of their own go on with */
    bool named;         /* the open entry has its first part */
};

/* A label inside a line: `Time Frame: 7 months`, `[ Time Frame: 7 months ]`. */
struct label {
    size_t at, end; /* where it begins, and what stands behind its value */
    int part;
    struct tn_str value;
};

static size_t closing_bracket(struct tn_str text, size_t open)
{
    enum { LONGEST_VALUE = 1000 };
    size_t depth = 0;
    for (size_t i = open; i < text.len && i < open + LONGEST_VALUE; i++) {
        depth += text.s[i] == '[';
        depth -= text.s[i] == ']';
        if (depth == 0)
            return i;
    }
    return TN_NO_OFFSET;
}

/* The part whose label stands at `text`; *value gets what is behind the colon. */
static int labelled(const struct items *items, struct tn_str text, struct tn_str *value)
{
    for (int part = 0; part < items->part_count; part++) {
        struct tn_str label = tn_str_of(items->parts[part].label);
        struct tn_str rest = tn_str_trim(tn_str_from(text, label.len < text.len ? label.len : text.len));
        if (label.len == 0 || !tn_str_starts_fold(text, label) || rest.len == 0 || rest.s[0] != ':')
            continue;
        *value = tn_str_trim(tn_str_from(rest, 1));
        return part;
    }
    return -1;
}

/* The first label of the text; in the middle of a line only where it stands in brackets, or `inside`. */
static bool find_label(const struct items *items, struct tn_str text, bool inside, struct label *found)
{
    for (size_t at = 0; at < text.len; at++) {
        bool bracket = text.s[at] == '[';
        if (!bracket && at && (!inside || text.s[at - 1] != ' '))
            continue;
        size_t close = bracket ? closing_bracket(text, at) : text.len;
        size_t from = at + bracket;
        if (close == TN_NO_OFFSET || close < from)
            continue;
        struct tn_str value, behind = tn_str_trim(tn_str_slice(text.s + from, close - from));
        int part = labelled(items, behind, &value);
        if (part < 0)
            continue;
        *found = (struct label){.at = at, .end = bracket ? close + 1 : text.len, .part = part, .value = value};
        return true;
    }
    return false;
}

static bool has_label(const struct items *items, size_t at)
{
    struct label label;
    return at < items->span->count && find_label(items, tn_page_line(items->span->lines[at]), false, &label) &&
           label.at == 0;
}

static bool has_bracket(const struct items *items, size_t at)
{
    struct label label;
    return find_label(items, tn_page_line(items->span->lines[at]), false, &label) && label.at > 0;
}

/* Without items and rows the first lines are told by what stands in or under them: labels, or bold type. */
static bool begin_by_signs(struct items *items)
{
    bool any = false;
    for (size_t i = 0; i < items->span->count; i++) {
        const struct tn_block *line = items->span->lines[i];
        items->begins[i] = line->emphatic || has_bracket(items, i) || (!has_label(items, i) && has_label(items, i + 1));
        any |= items->begins[i];
    }
    return any;
}

static void begin_by_names(struct items *items)
{
    const struct tn_span *span = items->span;
    bool certain;
    struct tn_name *names = tn_arena_zero(items->page->reading.arena, (span->count + 1) * sizeof *names);
    size_t count = names ? tn_names_cut(items->page->reading.arena, span->lines, span->count, NULL, &tn_costs_pairs,
                                        names, &certain)
                         : 0;
    for (size_t i = 0, at = 0; i < count; at += names[i].count, i++)
        items->begins[at] = true;
}

static bool begins_entry(const struct tn_block *line, unsigned level)
{
    return line->kind == TN_BLOCK_ROW || (line->kind == TN_BLOCK_ITEM && line->level <= level);
}

/* Marks the lines with which an entry begins. */
static bool find_beginnings(struct items *items)
{
    const struct tn_span *span = items->span;
    const struct tn_block *first = NULL;
    bool described = false;
    items->begins = tn_arena_zero(items->page->reading.arena, (span->count + 1) * sizeof *items->begins);
    for (size_t i = 0; i < span->count && !first; i++)
        first = span->lines[i]->kind == TN_BLOCK_ITEM || span->lines[i]->kind == TN_BLOCK_ROW ? span->lines[i] : NULL;
    for (int part = 1; part < items->part_count; part++)
        described |= items->parts[part].shape == TN_SHAPE_TEXT && !items->parts[part].label;
    for (size_t i = 0; items->begins && first && i < span->count; i++)
        items->begins[i] = begins_entry(span->lines[i], first->level);
    if (!items->begins || first || begin_by_signs(items))
        return items->begins != NULL;
    for (size_t i = 0; i < span->count; i++)
        items->begins[i] = !described;
    if (described)
        begin_by_names(items);
    return true;
}

static bool is_said(const struct items *items, int part)
{
    for (size_t i = 0; i < items->said_count; i++)
        if (items->said[i].part == part)
            return true;
    return false;
}

static void say(struct items *items, int part, struct tn_str text, const struct tn_block *block)
{
    if (text.len == 0 || items->said_count == items->said_room) {
        tn_page_boilerplate(items->page, block); /* a label without a value */
        return;
    }
    if (part < 0) {
        tn_page_unmapped(items->page, items->span, block);
        return;
    }
    items->said[items->said_count++] = (struct said){.text = text, .block = block, .part = part};
}

/* A text without a label: the name, then a part of its own shape, then the description; else what was open goes on. */
static int part_of_text(const struct items *items, struct tn_str text)
{
    if (!is_said(items, 0) && !items->parts[0].label)
        return 0;
    for (int part = 1; part < items->part_count; part++) {
        const struct tn_site_part *p = &items->parts[part];
        if (p->label || is_said(items, part) || p->shape == TN_SHAPE_TEXT)
            continue;
        if (tn_shape_fits(p->shape, &items->type->fields[p->field], text))
            return part;
    }
    if (items->open > 0)
        return items->open;
    for (int part = 1; part < items->part_count; part++)
        if (!items->parts[part].label && items->parts[part].shape == TN_SHAPE_TEXT)
            return part;
    return -1;
}

static void say_text(struct items *items, struct tn_str text, const struct tn_block *block, bool first)
{
    struct label label;
    while (text.len && find_label(items, text, first, &label)) {
        struct tn_str before = tn_str_trim(tn_str_slice(text.s, label.at));
        if (before.len)
            say(items, part_of_text(items, before), before, block);
        say(items, label.part, label.value, block);
        bool running = items->parts[label.part].shape == TN_SHAPE_TEXT && !items->parts[label.part].kept &&
                       label.end == text.len && text.s[label.at] != '[';
        items->open = running ? label.part : items->open;
        text = tn_str_trim(tn_str_from(text, label.end));
    }
    if (text.len) {
        int part = part_of_text(items, text);
        bool description = part > 0 && items->parts[part].shape == TN_SHAPE_TEXT && !items->parts[part].label;
        items->open = description ? part : items->open;
        say(items, part, text, block);
    }
}

static int part_of_column(const struct items *items, struct tn_str name)
{
    for (int part = 0; part < items->part_count; part++)
        if (items->parts[part].column && tn_str_eq_fold(name, tn_str_of(items->parts[part].column)))
            return part;
    return -1;
}

/* Lines of one cell: the first is what the column says; what stands under it may be known by its shape. */
static void say_cell(struct items *items, struct tn_str name, struct tn_str cell, const struct tn_block *block)
{
    struct tn_str rest = cell, line;
    int part = part_of_column(items, name);
    if (part < 0) {
        struct tn_stated value = tn_stated_of(cell);
        tn_page_at(items->page, block);
        tn_put_extra(&items->page->reading, name, &value);
        return;
    }
    for (bool first = true; tn_str_next_line(&rest, &line); first = false) {
        line = tn_str_trim(line);
        int known = first || line.len == 0 ? part : part_of_text(items, line);
        say(items, known < 0 ? part : known, line, block);
    }
}

static void say_row(struct items *items, const struct tn_block *row)
{
    for (size_t c = 0; c < row->cell_count; c++)
        if (row->cells[c].len)
            say_cell(items, row->header && c < row->header->cell_count ? row->header->cells[c] : items->span->name,
                     row->cells[c], row);
}

/* All that was said of one part; a list inside it keeps its markers. */
static struct tn_str part_text(const struct items *items, int part)
{
    size_t room = 1, len = 0, count = 0;
    for (size_t i = 0; i < items->said_count; i++)
        room += items->said[i].part == part ? items->said[i].text.len + 4 : 0;
    char *text = tn_arena_alloc(items->page->reading.arena, room);
    for (size_t i = 0; text && i < items->said_count; i++) {
        const struct said *said = &items->said[i];
        if (said->part != part)
            continue;
        items->page->fates[said->block->number] = TN_FATE_FIELD;
        bool listed = count && said->block->kind == TN_BLOCK_ITEM;
        struct tn_str between = !count ? TN_LIT("") : listed ? TN_LIT("\n* ") : TN_LIT("\n");
        memcpy(text + len, between.s, between.len);
        len += between.len;
        memcpy(text + len, said->text.s, said->text.len);
        len += said->text.len;
        count++;
    }
    if (text)
        text[len] = '\0';
    return tn_str_slice(text, text ? len : 0);
}

static const struct tn_block *block_of(const struct items *items, int part)
{
    for (size_t i = 0; i < items->said_count; i++)
        if (items->said[i].part == part)
            return items->said[i].block;
    return items->span->label;
}

/* Texts of a list ("Other Names:") are values of their own. */
static void put_each(struct items *items, struct tn_record *record, int part)
{
    for (size_t i = 0; i < items->said_count; i++) {
        if (items->said[i].part != part)
            continue;
        tn_page_at(items->page, items->said[i].block);
        tn_page_put_shape(items->page, record, items->parts[part].field, items->parts[part].shape, items->said[i].text);
    }
}

static void put_part(struct items *items, struct tn_record *record, int part)
{
    const struct tn_site_part *p = &items->parts[part];
    if (!p->kept && p->shape == TN_SHAPE_TEXT && items->type->fields[p->field].kind == TN_TEXT_LIST) {
        put_each(items, record, part);
        return;
    }
    struct tn_str text = part_text(items, part);
    tn_page_at(items->page, block_of(items, part));
    if (p->kept) {
        struct tn_stated value = tn_stated_of(text);
        tn_put_extra(&items->page->reading, tn_str_of(p->label ? p->label : p->column), &value);
    } else {
        tn_page_put_shape(items->page, record, p->field, p->shape, text);
    }
}

/* Where the entry's line leads to, of records that have an address. */
static void put_link(struct items *items, struct tn_record *record)
{
    int url = tn_field_named(record->type, TN_LIT("url"));
    struct tn_str link = items->said[0].block ? items->said[0].block->link : (struct tn_str){NULL, 0};
    if (url >= 0 && link.len && link.s[0] != '#' && !tn_has(record, url))
        tn_page_put(items->page, record, url, link);
}

static void end_entry(struct items *items)
{
    struct tn_record *trial = items->page->reading.trial;
    const struct tn_site_row *row = items->span->row;
    struct tn_record *record = items->said_count ? tn_add_record(trial, row->field) : NULL;
    for (int part = 0; record && part < items->part_count; part++)
        if (is_said(items, part))
            put_part(items, record, part);
    if (record)
        put_link(items, record);
    if (record && tn_record_empty(record))
        tn_remove_at(trial, row->field, tn_count(trial, row->field) - 1);
    else if (record)
        tn_page_preset(items->page, record, row->preset);
    items->said_count = 0;
    items->open = 0;
}

/* A heading between rows ("United States", "Alaska") only gathers them where the row itself says it too. */
static void take_heading(struct items *items, size_t at)
{
    const struct tn_span *span = items->span;
    size_t row = at + 1;
    while (row < span->count && span->lines[row]->kind == TN_BLOCK_HEADING)
        row++;
    if (row >= span->count || tn_str_find_fold(span->lines[row]->whole, span->lines[at]->whole) == TN_NO_OFFSET)
        tn_page_unmapped(items->page, span, span->lines[at]);
    else
        tn_page_boilerplate(items->page, span->lines[at]);
}

static void read_lines(struct items *items)
{
    for (size_t i = 0; i < items->span->count; i++) {
        const struct tn_block *line = items->span->lines[i];
        if (line->header && line->header->whole.s == line->whole.s) {
            tn_page_boilerplate(items->page, line); /* the names of the columns */
            continue;
        }
        if (items->begins[i])
            end_entry(items);
        if (line->kind == TN_BLOCK_HEADING && !items->begins[i])
            take_heading(items, i);
        else if (line->kind == TN_BLOCK_ROW)
            say_row(items, line);
        else
            say_text(items, tn_page_line(line), line, items->begins[i]);
    }
    end_entry(items);
}

static size_t count_lines(const struct tn_span *span)
{
    enum { LABELS_OF_LINE = 8 };
    size_t room = 0;
    for (size_t i = 0; i < span->count; i++) {
        room += LABELS_OF_LINE;
        for (size_t c = 0; c < span->lines[i]->whole.len; c++)
            room += span->lines[i]->whole.s[c] == '[';
        for (size_t c = 0; c < span->lines[i]->cell_count; c++)
            for (size_t k = 0; k <= span->lines[i]->cells[c].len; k++)
                room += k == span->lines[i]->cells[c].len || span->lines[i]->cells[c].s[k] == '\n';
    }
    return room;
}

void tn_page_items(struct tn_page_reading *page, const struct tn_span *span)
{
    struct items items = {.page = page, .span = span, .parts = span->row->parts,
                          .type = tn_type_trial.fields[span->row->field].record, .said_room = count_lines(span)};
    while (items.part_count < TN_PARTS_MAX && items.parts[items.part_count].shape != TN_SHAPE_NONE)
        items.part_count++;
    items.said = tn_arena_alloc(page->reading.arena, (items.said_room + 1) * sizeof *items.said);
    if (span->count && items.said && find_beginnings(&items))
        read_lines(&items);
}
