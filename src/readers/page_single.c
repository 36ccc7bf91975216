/* SPDX-License-Identifier: MIT */
/* Labels that hold one value. */
#include "core/utf8.h"
#include "normal/count.h"
#include "normal/country.h"
#include "normal/word.h"
#include "readers/page_read.h"

/* Scripts that are written without blanks, with their punctuation: Chinese, Japanese, Korean. */
static bool is_east_asian(uint32_t character)
{
    return (character >= 0x2E80 && character <= 0x9FFF) || (character >= 0xAC00 && character <= 0xD7AF) ||
           (character >= 0xF900 && character <= 0xFAFF) || (character >= 0xFF00 && character <= 0xFFEF);
}

/* Parts `text` into what is written in Latin letters and what is not. */
static void part_scripts(struct tn_page_reading *page, struct tn_str text, struct tn_str *latin, struct tn_str *other)
{
    char *out = tn_arena_alloc(page->reading.arena, 2 * text.len + 2), *east = out ? out + text.len + 1 : NULL;
    size_t len = 0, east_len = 0;
    *latin = text;
    *other = (struct tn_str){NULL, 0};
    for (size_t at = 0, size; out && at < text.len; at += size) {
        uint32_t character = tn_utf8_next(tn_str_from(text, at), &size);
        bool asian = is_east_asian(character);
        char *to = asian ? east + east_len : out + len;
        if (!asian && len && text.s[at] == ' ' && out[len - 1] == ' ')
            continue; /* what stood between two blanks is gone */
        memcpy(to, text.s + at, size);
        len += asian ? 0 : size;
        east_len += asian ? size : 0;
    }
    if (!out)
        return;
    *latin = tn_str_trim(tn_str_slice(out, len));
    while (latin->len && (latin->s[0] == '/' || latin->s[0] == ' '))
        *latin = tn_str_from(*latin, 1);
    while (latin->len && (latin->s[latin->len - 1] == '/' || latin->s[latin->len - 1] == ' '))
        latin->len--;
    *other = tn_str_slice(east, east_len);
}

/* The English of a value in two languages; the other is kept, unless it is one character (岁, 否). A value in one
 * language only is what it is. */
static struct tn_str take_twin(struct tn_page_reading *page, struct tn_str text)
{
    enum { ONE_CHARACTER = 3 };
    struct tn_str latin, other;
    part_scripts(page, text, &latin, &other);
    if (latin.len == 0)
        return text;
    struct tn_stated kept = tn_stated_of(other);
    if (other.len > ONE_CHARACTER)
        tn_put_extra_here(&page->reading, &kept);
    return latin;
}

/* Cuts at the last separator behind which a date stands: "SPONSOR · Jul 3, 2025"; at the first one where the row says
 * so. */
static struct tn_str cut_rest(struct tn_page_reading *page, const struct tn_site_row *row, struct tn_str text)
{
    struct tn_str separator = tn_str_of(row->separator);
    bool first = row->flags & TN_ROW_CUT;
    size_t at = first ? tn_str_find(text, separator) : text.len;
    for (; separator.len && at != TN_NO_OFFSET && (first || at-- > 0);) {
        struct tn_str behind = tn_str_from(text, at);
        if (!tn_str_starts(behind, separator))
            continue;
        struct tn_stated rest = tn_stated_of(tn_str_trim(tn_str_from(behind, separator.len)));
        if (!first && !tn_shape_fits(TN_SHAPE_DATE, NULL, rest.text))
            break;
        tn_put_extra(&page->reading, tn_str_of(row->rest), &rest);
        return tn_str_trim(tn_str_slice(text.s, at));
    }
    return text;
}

/* What a word of the site means. */
struct tn_str tn_page_meaning(const char *words, struct tn_str text, bool *known)
{
    struct tn_str rest = tn_str_of(words), word;
    *known = true;
    while (rest.len) {
        size_t bar = tn_str_find_char(rest, '|');
        word = tn_str_slice(rest.s, bar == TN_NO_OFFSET ? rest.len : bar);
        rest = tn_str_from(rest, bar == TN_NO_OFFSET ? rest.len : bar + 1);
        size_t equals = tn_str_find_char(word, '=');
        if (tn_str_eq(word, TN_LIT("*")))
            return text;
        if (equals != TN_NO_OFFSET && tn_str_eq_fold(tn_str_slice(word.s, equals), text))
            return tn_str_from(word, equals + 1);
    }
    *known = words == NULL;
    return text;
}

/* The line says nothing that the record has not got. */
static void said_before(struct tn_page_reading *page)
{
    if (page->reading.fate && *page->reading.fate == TN_FATE_LEFT)
        *page->reading.fate = TN_FATE_FIELD;
}

bool tn_page_keeps_spare(struct tn_page_reading *page, const struct tn_span *span, struct tn_target target,
                         struct tn_str text)
{
    unsigned flags = span->row->flags;
    struct tn_stated value = tn_stated_of(text);
    bool spare = (flags & TN_ROW_SPARE) && target.record && tn_has(target.record, target.field);
    bool further = (flags & TN_ROW_FIRST) && page->first == span->row;
    page->first = span->row; /* rows are worked off one after the other */
    if (!spare && !further)
        return false;
    if (!spare || !tn_str_eq(tn_text(target.record, target.field), text))
        tn_put_extra_here(&page->reading, &value);
    said_before(page);
    return true;
}

/* Each record counts once, also where its number stands there in two languages. What it was made of is kept. */
static void add_up(struct tn_page_reading *page, const struct tn_span *span, struct tn_target target, struct tn_str text)
{
    struct tn_group *group = span->group ? &page->groups[span->group - 1] : NULL;
    struct tn_stated raw = tn_stated_of(text);
    int64_t count, before = tn_has(target.record, target.field) ? tn_int(target.record, target.field) : 0;
    bool summed, mine = before == 0 || page->sum == span->row;
    tn_put_extra_here(&page->reading, &raw);
    if ((group && group->counted) || !mine || tn_normal_count(text, &count, &summed) != TN_CODE_NONE)
        return;
    page->sum = span->row;
    if (group)
        group->counted = true;
    tn_set_int(target.record, target.field, before + count);
    if (before == 0)
        tn_note_origin(&page->reading, target.record, target.field, text);
}

static void put_value(struct tn_page_reading *page, const struct tn_span *span, struct tn_str text)
{
    const struct tn_site_row *row = span->row;
    struct tn_target target = tn_page_target(page, span);
    struct tn_record *trial = page->reading.trial;
    if (!target.record && (row->flags & TN_ROW_PEOPLE) && page->reading.options->redact) {
        tn_page_boilerplate(page, span->label);
        return;
    }
    text = tn_page_without_tail(row->tail, text);
    if (row->separator)
        text = cut_rest(page, row, text);
    bool known;
    struct tn_stated raw = tn_stated_of(text);
    struct tn_str meant = tn_page_meaning(row->words, text, &known);
    bool also = row->also && known && !tn_has(trial, row->also);
    if (known && meant.len && !tn_str_eq(meant, text))
        tn_put_extra_here(&page->reading, &raw); /* the site's own word says more */
    if ((!target.record && !also) || !known || meant.len == 0) {
        tn_put_extra_here(&page->reading, &raw);
        return;
    }
    if (row->flags & TN_ROW_SUM) {
        add_up(page, span, target, meant);
    } else if (!target.record || !tn_page_keeps_spare(page, span, target, meant)) {
        if (row->shape && target.record)
            tn_page_put_shape(page, target.record, target.field, row->shape, meant);
        else
            tn_page_put(page, target.record, target.field, meant);
    }
    if (also) {
        tn_page_put(page, trial, row->also, meant);
        tn_page_preset(page, trial, row->preset);
    }
    if (!row->also && target.record && tn_has(target.record, target.field))
        tn_page_preset(page, target.record, row->preset);
}

/* All of a form's value, its lines one under the other. */
static struct tn_str form_value(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_str lines = tn_page_join(page, span->lines, span->count, false);
    if (span->value.len == 0 || lines.len == 0)
        return span->value.len ? span->value : lines;
    return tn_str_format(page->reading.arena, "%.*s\n%.*s", (int)span->value.len, span->value.s, (int)lines.len, lines.s);
}

static void read_form_value(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_str text = form_value(page, span);
    tn_page_at(page, span->value.len || span->count == 0 ? span->label : span->lines[0]);
    if (text.len && (span->row->flags & TN_ROW_TWINS))
        text = take_twin(page, text);
    if (text.len)
        put_value(page, span, text);
}

void tn_page_value(struct tn_page_reading *page, const struct tn_span *span)
{
    size_t used = 0;
    tn_page_at(page, span->label);
    if (page->site->form && span->label) {
        read_form_value(page, span);
        return;
    }
    if (span->continued) {
        used = 0; /* what goes on behind another label is not this one's value */
    } else if (span->value.len) {
        put_value(page, span, span->value);
    } else if (span->count) {
        used = 1;
        tn_page_at(page, span->lines[0]);
        put_value(page, span, span->lines[0]->whole);
    }
    for (size_t i = used; i < span->count; i++)
        tn_page_unmapped(page, span, span->lines[i]);
}

/* Two sexes are all; what a list has is not said twice; another word than the one that is there is a conflict. */
static void put_flag(struct tn_page_reading *page, struct tn_record *record, const char *preset)
{
    struct tn_str value;
    int field = tn_preset_field(record->type, preset, &value);
    if (field < 0)
        return;
    if (record->type == &tn_type_trial && field == TN_trial_sex && tn_has(record, field) &&
        !tn_str_eq(tn_text(record, field), value))
        tn_set_text(record, field, TN_LIT("ALL"));
    else
        tn_page_put(page, record, field, value);
    said_before(page);
}

void tn_page_flag(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_target target = tn_page_target(page, span);
    struct tn_str text = form_value(page, span);
    struct tn_stated stated = tn_stated_of(text);
    bool truth = false;
    if (text.len == 0)
        return;
    tn_page_at(page, span->label);
    if (target.record && tn_normal_truth(text, &truth) == TN_CODE_NONE && truth)
        put_flag(page, target.record, span->row->preset);
    else
        tn_put_extra_here(&page->reading, &stated);
}

/* From the first digit to the last. */
static struct tn_str digits_of(struct tn_str text)
{
    size_t first = 0, end = text.len;
    while (first < end && !tn_is_digit(text.s[first]))
        first++;
    while (end > first && !tn_is_digit(text.s[end - 1]))
        end--;
    return tn_str_slice(first ? text.s + first : text.s, end - first);
}

void tn_page_range(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_target target = tn_page_target(page, span);
    struct tn_str text = form_value(page, span), latin, other, separator = tn_str_of(span->row->separator);
    part_scripts(page, text, &latin, &other);
    size_t at = tn_str_find_fold(latin, separator);
    tn_page_at(page, span->value.len || span->count == 0 ? span->label : span->lines[0]);
    struct tn_str first = digits_of(tn_str_slice(latin.s, at == TN_NO_OFFSET ? latin.len : at));
    struct tn_str second = digits_of(tn_str_from(latin, at == TN_NO_OFFSET ? latin.len : at));
    tn_page_put(page, target.record, target.field, first);
    tn_page_put(page, page->reading.trial, span->row->also, second);
}

/* A record of the list has it already: its first member says the same. */
static bool has_entry(const struct tn_record *record, int field, struct tn_str text)
{
    enum { COMPARED = 1000 };
    size_t count = tn_count(record, field);
    bool records = record->type->fields[field].kind == TN_RECORD_LIST;
    for (size_t i = 0; i < count && i < COMPARED; i++) {
        struct tn_str there = records ? tn_text(tn_record_at(record, field, i), 0) : tn_text_at(record, field, i);
        if (tn_str_eq_fold(there, text))
            return true;
    }
    return false;
}

/* One entry of a list; a list of records gets one that holds only its name. */
static void put_entry(struct tn_page_reading *page, const struct tn_site_row *row, struct tn_target target,
                      struct tn_str text, struct tn_str link)
{
    if ((row->flags & TN_ROW_SPARE) && has_entry(target.record, target.field, text)) {
        said_before(page);
        return;
    }
    if (target.record->type->fields[target.field].kind != TN_RECORD_LIST) {
        tn_page_put(page, target.record, target.field, text);
        return;
    }
    struct tn_record *entry = tn_add_record(target.record, target.field);
    tn_page_put(page, entry, 0, text);
    if (entry && entry->type == &tn_type_document)
        tn_page_put(page, entry, TN_document_url, link);
    tn_page_preset(page, entry, row->preset);
}

/* Where the entry ends; a country's name may hold the separator: "Finland, Korea, Republic of". */
static size_t end_of_entry(const struct tn_span *span, struct tn_str text)
{
    enum { PARTS_OF_NAME = 3 };
    struct tn_str separator = tn_str_of(span->row->separator);
    size_t end = separator.len ? tn_str_find(text, separator) : TN_NO_OFFSET, longest = end, at = end;
    bool countries = span->row->type == &tn_type_trial &&
                     (span->row->field == TN_trial_countries || span->row->field == TN_trial_removed_countries);
    struct tn_country country;
    for (int part = 1; countries && part < PARTS_OF_NAME && at != TN_NO_OFFSET; part++) {
        size_t next = tn_str_find(tn_str_from(text, at + separator.len), separator);
        at = next == TN_NO_OFFSET ? next : at + separator.len + next;
        if (tn_normal_country_name(tn_str_trim(tn_str_slice(text.s, at == TN_NO_OFFSET ? text.len : at)), &country))
            longest = at;
    }
    return longest;
}

static void put_entries(struct tn_page_reading *page, const struct tn_span *span, struct tn_target target,
                        const struct tn_block *line)
{
    struct tn_str text = tn_page_line(line), whole = text;
    struct tn_str separator = tn_str_of(span->row->separator);
    while (text.len) {
        size_t end = end_of_entry(span, text);
        struct tn_str entry = tn_str_trim(tn_str_slice(text.s, end == TN_NO_OFFSET ? text.len : end));
        struct tn_stated value = tn_stated_of(entry);
        text = tn_str_from(text, end == TN_NO_OFFSET ? text.len : end + separator.len);
        if (target.record && entry.len)
            put_entry(page, span->row, target, entry, entry.len == whole.len ? line->link : TN_LIT(""));
        else
            tn_put_extra_here(&page->reading, &value); /* the page does not say which record it belongs to */
    }
}

void tn_page_list(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_target target = tn_page_target(page, span);
    for (size_t i = 0; i < span->count; i++) {
        tn_page_at(page, span->lines[i]);
        put_entries(page, span, target, span->lines[i]);
    }
}
