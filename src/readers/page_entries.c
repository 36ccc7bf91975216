/* SPDX-License-Identifier: MIT */
#include "readers/page_entries.h"

#include "normal/country.h"

/* The state of telling entries apart. */
struct telling {
    struct tn_page_reading *page;
    const struct tn_span *span;
    const struct tn_site_part *parts;
    const struct tn_record_type *type;
    int part_count;
    struct tn_piece *pieces;
    int *kinds; /* of each piece: the part whose shape or label it has; -1: just text */
    size_t count;
    struct tn_entries *entries;
    int next; /* the part that the open entry expects */
};

static const struct tn_record_type *entry_type(const struct tn_site_row *row)
{
    return tn_type_trial.fields[row->field].record;
}

static size_t separators_in(struct tn_str text, struct tn_str separator)
{
    size_t count = 0;
    for (size_t at = 0; separator.len && at < text.len; at++)
        count += tn_str_starts(tn_str_from(text, at), separator);
    return count;
}

static bool cut_pieces(struct telling *tell)
{
    struct tn_str separator = tn_str_of(tell->span->row->separator);
    size_t room = 1;
    for (size_t i = 0; i < tell->span->count; i++)
        room += 1 + separators_in(tell->span->lines[i]->whole, separator);
    tell->pieces = tn_arena_alloc(tell->page->reading.arena, room * sizeof *tell->pieces);
    tell->kinds = tn_arena_alloc(tell->page->reading.arena, room * sizeof *tell->kinds);
    for (size_t i = 0; tell->pieces && tell->kinds && i < tell->span->count; i++) {
        struct tn_str rest = tn_page_line(tell->span->lines[i]);
        while (rest.len) {
            size_t end = separator.len ? tn_str_find(rest, separator) : TN_NO_OFFSET;
            struct tn_str text = tn_str_trim(tn_str_slice(rest.s, end == TN_NO_OFFSET ? rest.len : end));
            rest = tn_str_from(rest, end == TN_NO_OFFSET ? rest.len : end + separator.len);
            if (text.len)
                tell->pieces[tell->count++] = (struct tn_piece){.text = text, .block = tell->span->lines[i]};
        }
    }
    return tell->pieces && tell->kinds;
}

/* `Role: PRINCIPAL_INVESTIGATOR` has the label `Role`. */
static bool has_label(struct tn_str text, const char *label)
{
    struct tn_str name = tn_str_of(label);
    return tn_str_starts_fold(text, name) && text.len > name.len && text.s[name.len] == ':';
}

static bool fits(const struct telling *tell, int part, struct tn_str text)
{
    const struct tn_site_part *p = &tell->parts[part];
    if (p->label)
        return has_label(text, p->label);
    return tn_shape_fits(p->shape, &tell->type->fields[p->field], text);
}

static bool is_text_part(const struct telling *tell, int part)
{
    return tell->parts[part].shape == TN_SHAPE_TEXT && !tell->parts[part].label;
}

static int kind_of(const struct telling *tell, struct tn_str text)
{
    for (int part = 0; part < tell->part_count; part++)
        if (!is_text_part(tell, part) && fits(tell, part, text))
            return part;
    return -1;
}

static struct tn_entry *new_entry(struct telling *tell)
{
    struct tn_entry *entry = &tell->entries->all[tell->entries->count++];
    *entry = (struct tn_entry){.part = {NULL}};
    tell->next = 0;
    return entry;
}

static void assign(struct telling *tell, int part, size_t piece)
{
    tell->entries->all[tell->entries->count - 1].part[part] = &tell->pieces[piece];
    tell->next = part + 1;
}

/* A text that has the shape of another part is suspicious (two places in a row are two locations), unless the next
 * line only repeats its end ("Research Site, Madrid, Spain", "Madrid, Spain"). */
static bool is_suspicious(const struct telling *tell, size_t i)
{
    if (i + 1 < tell->count && tn_str_ends_fold(tell->pieces[i].text, tell->pieces[i + 1].text))
        return false;
    return kind_of(tell, tell->pieces[i].text) >= 0;
}

/* Without what may be missing, all parts one after the other. */
static bool tell_strictly(struct telling *tell)
{
    int order[TN_PARTS_MAX], needed = 0;
    for (int part = 0; part < tell->part_count; part++)
        if (!tell->parts[part].optional)
            order[needed++] = part;
    if (needed < 2 || tell->count == 0 || tell->count % (size_t)needed)
        return false;
    size_t suspicious = 0;
    for (size_t i = 0; i < tell->count; i++) {
        int part = order[i % (size_t)needed];
        if (!fits(tell, part, tell->pieces[i].text))
            return false;
        suspicious += is_text_part(tell, part) && is_suspicious(tell, i);
    }
    if (needed == 2 && suspicious * 4 > tell->count)
        return false;
    for (size_t i = 0; i < tell->count; i++) {
        if (i % (size_t)needed == 0)
            new_entry(tell);
        assign(tell, order[i % (size_t)needed], i);
    }
    return true;
}

/* The first part that is known by more than its place; part_count where there is none. */
static int first_known(const struct telling *tell)
{
    int part = 0;
    while (part < tell->part_count && is_text_part(tell, part))
        part++;
    return part;
}

static int next_text_part(const struct telling *tell)
{
    int part = tell->next;
    while (part < tell->part_count && !is_text_part(tell, part))
        part++;
    return part;
}

static bool rest_is_optional(const struct telling *tell)
{
    for (int part = 1; part < tell->part_count; part++)
        if (!tell->parts[part].optional)
            return false;
    return true;
}

/* A text line: begins a new entry when a known line follows that the open entry has passed, else fills the next free
 * place. */
static void tell_text(struct telling *tell, size_t i)
{
    int known = first_known(tell), part = next_text_part(tell);
    bool open = tell->entries->count > 0, leads = is_text_part(tell, 0);
    bool known_follows = i + 1 < tell->count && tell->kinds[i + 1] == known && known < tell->part_count;
    if (open && part < tell->part_count && !(known_follows && leads && tell->next > known)) {
        assign(tell, part, i);
    } else if (leads && (!open || known_follows || rest_is_optional(tell))) {
        new_entry(tell);
        assign(tell, 0, i);
    } else {
        tn_page_unmapped(tell->page, tell->span, tell->pieces[i].block);
    }
}

static void tell_loosely(struct telling *tell)
{
    for (size_t i = 0; i < tell->count; i++)
        tell->kinds[i] = kind_of(tell, tell->pieces[i].text);
    for (size_t i = 0; i < tell->count; i++) {
        if (tell->kinds[i] < 0) {
            tell_text(tell, i);
            continue;
        }
        if (tell->entries->count == 0 || tell->kinds[i] < tell->next)
            new_entry(tell);
        assign(tell, tell->kinds[i], i);
    }
}

/* Some line of a known shape is needed where the parts have one that every entry has. */
static bool can_tell(const struct telling *tell)
{
    bool needed = false, found = false;
    for (int part = 0; part < tell->part_count; part++)
        needed |= !is_text_part(tell, part) && !tell->parts[part].optional;
    for (size_t i = 0; needed && !found && i < tell->count; i++)
        found = kind_of(tell, tell->pieces[i].text) >= 0;
    return !needed || found;
}

bool tn_entries_read(struct tn_page_reading *page, const struct tn_span *span, struct tn_entries *entries)
{
    struct telling tell = {.page = page, .span = span, .parts = span->row->parts, .entries = entries,
                           .type = entry_type(span->row)};
    while (tell.part_count < TN_PARTS_MAX && tell.parts[tell.part_count].shape != TN_SHAPE_NONE)
        tell.part_count++;
    if (!cut_pieces(&tell))
        return false;
    entries->count = 0;
    entries->all = tn_arena_alloc(page->reading.arena, (tell.count + 1) * sizeof *entries->all);
    if (!entries->all)
        return false;
    if (!can_tell(&tell))
        for (size_t i = 0; i < tell.count; i++)
            tn_page_unmapped(page, span, tell.pieces[i].block);
    else if (!tell_strictly(&tell))
        tell_loosely(&tell);
    return true;
}

/* Names or places somebody or something; a word of a vocabulary and a labelled line only say what it is. */
static bool says_who(const struct tn_site_part *parts, const struct tn_entry *entry)
{
    for (int part = 0; part < TN_PARTS_MAX; part++)
        if (entry->part[part] && !parts[part].label && parts[part].shape != TN_SHAPE_EXACT &&
            parts[part].shape != TN_SHAPE_WORD)
            return true;
    return false;
}

void tn_entries_drop_bare(struct tn_page_reading *page, const struct tn_span *span, struct tn_entries *entries)
{
    size_t kept = 0;
    for (size_t i = 0; i < entries->count; i++) {
        const struct tn_entry *entry = &entries->all[i];
        bool keeps = says_who(span->row->parts, entry);
        for (int part = 0; part < TN_PARTS_MAX && !keeps; part++)
            if (entry->part[part])
                tn_page_unmapped(page, span, entry->part[part]->block);
        if (keeps)
            entries->all[kept++] = *entry;
    }
    entries->count = kept;
}

/* Two facilities before one place: the first has lost its own. */
static void warn_no_place(struct tn_page_reading *page, const struct tn_span *span, const struct tn_entry *entry)
{
    for (int part = 1; part < TN_PARTS_MAX && span->row->parts[part].shape != TN_SHAPE_NONE; part++) {
        if (span->row->parts[part].shape != TN_SHAPE_PLACE || entry->part[part] || !entry->part[0])
            continue;
        tn_page_at(page, entry->part[0]->block);
        tn_warn(&page->reading, TN_LOST_VALUE, page->reading.trial, span->row->field, "no place stands under '%.*s'",
                (int)tn_str_cut(entry->part[0]->text, 80), entry->part[0]->text.s);
    }
}

static void put_part(struct tn_page_reading *page, const struct tn_span *span, const struct tn_site_part *part,
                     const struct tn_piece *piece, struct tn_record *record)
{
    bool known;
    struct tn_str text = piece->text;
    if (part->label && has_label(text, part->label))
        text = tn_str_trim(tn_str_from(text, strlen(part->label) + 1));
    text = tn_page_meaning(part->words, text, &known);
    if (!known)
        tn_page_unmapped(page, span, piece->block);
    else if (!part->words || !tn_has(record, part->field)) {
        tn_page_at(page, piece->block);
        tn_page_put_shape(page, record, part->field, part->shape, text);
    }
    tn_page_boilerplate(page, piece->block); /* a word that says nothing */
}

void tn_entry_put(struct tn_page_reading *page, const struct tn_span *span, const struct tn_entry *entry,
                  struct tn_record *record)
{
    /* The first part comes last: an identifier's type is known before its value. */
    for (int i = 1; i <= TN_PARTS_MAX; i++) {
        int part = i % TN_PARTS_MAX;
        if (entry->part[part])
            put_part(page, span, &span->row->parts[part], entry->part[part], record);
    }
}

/* Nothing of the row stands further down, behind labels between its entries. */
static bool is_last(const struct tn_page_reading *page, const struct tn_span *span)
{
    for (const struct tn_span *s = span + 1; s < page->spans + page->count; s++)
        if (s->row == span->row)
            return false;
    return true;
}

/* Holds the number that the label states against what is shown, and against how many more there are said to be. */
static void check_declared(struct tn_page_reading *page, const struct tn_span *span, size_t shown, unsigned long more)
{
    const struct tn_site_row *row = span->row;
    struct tn_record *trial = page->reading.trial;
    tn_page_at(page, span->label);
    if (row->declared && span->value.len)
        tn_page_put(page, trial, row->declared, span->value);
    bool states = row->declared && tn_has(trial, row->declared);
    if (states && !is_last(page, span))
        return;
    shown = states ? tn_count(trial, row->field) : shown;
    int64_t all = (int64_t)shown + (int64_t)more;
    if (states) {
        int64_t declared = tn_int(trial, row->declared);
        if (declared < all || (more && declared != all))
            tn_warn(&page->reading, TN_INCONSISTENT, trial, row->declared,
                    "%zu are shown and %lu more stated, not %lld", shown, more, (long long)declared);
        all = declared;
    }
    if (more || all > (int64_t)shown)
        tn_warn(&page->reading, TN_TRUNCATED_LIST, trial, row->field, "%zu of %lld are shown", shown, (long long)all);
}

/* "California" or "California Locations" above a place there. */
static bool is_state(const struct tn_span *span, size_t at)
{
    struct tn_str name = span->lines[at]->whole, last = TN_LIT(" Locations");
    struct tn_place place;
    if (tn_str_ends_fold(name, last))
        name = tn_str_trim(tn_str_slice(name.s, name.len - last.len));
    return at + 1 < span->count && tn_place_split(span->lines[at + 1]->whole, &place) && place.state.len &&
           tn_str_eq_fold(place.state, name);
}

/* "United States, California" above sites there. */
static bool is_group(const struct tn_span *span, size_t at)
{
    enum { LINES_OF_SITE = 4 };
    struct tn_str text = span->lines[at]->whole;
    size_t comma = tn_str_find_char(text, ',');
    struct tn_str name = tn_str_trim(tn_str_slice(text.s, comma == TN_NO_OFFSET ? text.len : comma));
    struct tn_country country;
    if (!tn_normal_country_name(name, &country))
        return false;
    for (size_t i = at + 1; i < span->count && i <= at + LINES_OF_SITE; i++) {
        struct tn_str line = span->lines[i]->whole;
        if (line.len > text.len && tn_shape_fits(TN_SHAPE_PLACE, NULL, line))
            return tn_str_find_fold(line, name) != TN_NO_OFFSET;
    }
    return false;
}

static void drop_groups(struct tn_page_reading *page, struct tn_span *span)
{
    size_t kept = 0;
    for (size_t i = 0; i < span->count; i++) {
        if (is_group(span, i) || is_state(span, i))
            tn_page_boilerplate(page, span->lines[i]);
        else
            span->lines[kept++] = span->lines[i];
    }
    span->count = kept;
}

void tn_page_entries(struct tn_page_reading *page, const struct tn_span *whole)
{
    struct tn_record *trial = page->reading.trial;
    struct tn_entries entries;
    unsigned long more;
    struct tn_span left = tn_page_without_more(page, whole, &more);
    const struct tn_span *span = &left;
    if (span->row->flags & TN_ROW_GROUPED)
        drop_groups(page, &left);
    if (!tn_entries_read(page, span, &entries))
        return;
    bool one = trial->type->fields[span->row->field].kind == TN_RECORD_ONE;
    if (!one)
        tn_entries_drop_bare(page, span, &entries);
    for (size_t i = 0; i < entries.count; i++) {
        struct tn_record *record = tn_add_record(trial, span->row->field);
        if (!record)
            return;
        tn_entry_put(page, span, &entries.all[i], record);
        warn_no_place(page, span, &entries.all[i]);
        if (tn_record_empty(record))
            tn_remove_at(trial, span->row->field, tn_count(trial, span->row->field) - 1);
        else if (!one)
            tn_page_preset(page, record, span->row->preset);
    }
    check_declared(page, whole, entries.count, more);
}
