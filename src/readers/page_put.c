/* SPDX-License-Identifier: MIT */
/* From a line of a page into a field. */
#include "normal/identifier.h"
#include "normal/text.h"
#include "normal/word.h"
#include "readers/page_read.h"

/* The fields that are not put by their kind alone. Texts that the registry lets carry markup carry it on pages too. */
static const struct {
    const struct tn_record_type *type;
    int field;
    tn_put_fn *put;
} ways[] = {
    {&tn_type_trial, TN_trial_trial_id, tn_put_trial_id},
    {&tn_type_trial, TN_trial_url, tn_put_url},
    {&tn_type_trial, TN_trial_status, tn_page_put_reasoned},
    {&tn_type_country, TN_country_status, tn_put_status},
    {&tn_type_trial, TN_trial_phases, tn_put_phases},
    {&tn_type_trial, TN_trial_minimum_age, tn_put_age},
    {&tn_type_trial, TN_trial_maximum_age, tn_put_age},
    {&tn_type_trial, TN_trial_brief_summary, tn_put_markup},
    {&tn_type_trial, TN_trial_detailed_description, tn_put_markup},
    {&tn_type_trial, TN_trial_lay_summary, tn_put_markup},
    {&tn_type_trial, TN_trial_eligibility_text, tn_put_markup},
    {&tn_type_arm, TN_arm_description, tn_put_markup},
    {&tn_type_arm, TN_arm_intervention_names, tn_put_intervention_name},
    {&tn_type_intervention, TN_intervention_description, tn_put_markup},
    {&tn_type_official, TN_official_name, tn_put_person},
    {&tn_type_contact, TN_contact_name, tn_put_person},
    {&tn_type_location, TN_location_country, tn_put_country},
    {&tn_type_country, TN_country_name, tn_put_country},
    {&tn_type_identifier, TN_identifier_value, tn_put_identifier},
};

void tn_page_at(struct tn_page_reading *page, const struct tn_block *block)
{
    struct tn_reading *reading = &page->reading;
    reading->line = block ? reading->raw->line + block->line - 1 : 0;
    reading->offset = block ? reading->raw->offset + block->offset : TN_NO_OFFSET;
    reading->fate = block ? &page->fates[block->number] : NULL;
}

static tn_put_fn *way_of(const struct tn_record_type *type, int field)
{
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (ways[i].type == type && ways[i].field == field)
            return ways[i].put;
    return tn_put;
}

static bool is_enrollment(const struct tn_record *record, int field)
{
    return record->type == &tn_type_trial && field == TN_trial_enrollment;
}

static bool all_zero(struct tn_str digits)
{
    for (size_t i = 0; i < digits.len; i++)
        if (digits.s[i] != '0')
            return false;
    return digits.len > 0;
}

/* "Drug: Aspirin" says two things of an intervention. */
static struct tn_str take_type(struct tn_page_reading *page, struct tn_record *intervention, struct tn_str text)
{
    struct tn_word word;
    size_t colon = tn_str_find_char(text, ':');
    if (colon == TN_NO_OFFSET || tn_normal_word(&tn_vocabulary_intervention_type, tn_str_slice(text.s, colon), &word))
        return text;
    struct tn_stated type = tn_stated_of(tn_str_slice(text.s, colon));
    tn_put(&page->reading, intervention, TN_intervention_type, &type);
    return tn_str_trim(tn_str_from(text, colon + 1));
}

void tn_page_put(struct tn_page_reading *page, struct tn_record *record, int field, struct tn_str text)
{
    if (page->reading.fate && text.len)
        *page->reading.fate = TN_FATE_FIELD;
    if (!record || text.len == 0)
        return;
    text = tn_page_take_type(page, record, field, text);
    if (record->type == &tn_type_trial && field == TN_trial_masking)
        text = tn_page_take_words(page, record, TN_trial_who_masked, text);
    if (record->type == &tn_type_identifier && field == TN_identifier_value)
        text = tn_page_take_identifier_type(page, record, text);
    if (record->type == &tn_type_official && field == TN_official_name)
        text = tn_page_take_affiliation(page, record, text);
    struct tn_stated value = tn_stated_of(text);
    if (is_enrollment(record, field) && tn_shape_fits(TN_SHAPE_PARTICIPANTS, NULL, text))
        value.text = tn_shape_participants(text);
    if (is_enrollment(record, field) && page->site->zero_is_default && all_zero(value.text) &&
        !tn_str_eq(tn_text(record, TN_trial_status), TN_LIT("WITHDRAWN"))) {
        value.text = text;
        tn_put_extra_here(&page->reading, &value); /* 0 is printed where the number is not known */
        return;
    }
    if (record->type == &tn_type_intervention && field == TN_intervention_name)
        value.text = take_type(page, record, text);
    way_of(record->type, field)(&page->reading, record, field, &value);
}

static void put_place(struct tn_page_reading *page, struct tn_record *location, const struct tn_place *place)
{
    tn_page_put(page, location, TN_location_facility, place->facility);
    tn_page_put(page, location, TN_location_city, place->city);
    tn_page_put(page, location, TN_location_state, place->state);
    tn_page_put(page, location, TN_location_zip, place->zip);
    tn_page_put(page, location, TN_location_country, place->country);
}

static void put_groups(struct tn_page_reading *page, struct tn_record *record, struct tn_str text)
{
    struct tn_stated rest = tn_stated_of(tn_shape_groups_rest(text));
    tn_page_put(page, record, TN_trial_enrollment, tn_shape_participants(text));
    tn_page_put(page, record, TN_trial_group_count, tn_shape_groups(text));
    tn_put_extra(&page->reading, TN_LIT("patient groups"), &rest);
}

/* An identifier of another trial: canonical, and nothing of this trial. */
static void put_other_id(struct tn_page_reading *page, struct tn_record *record, int field, struct tn_str text)
{
    struct tn_identifier id;
    if (page->reading.fate)
        *page->reading.fate = TN_FATE_FIELD;
    if (tn_identifier_is(text, NULL, &id))
        tn_put_clean(&page->reading, record, field, tn_str_copy(page->reading.arena, tn_str_of(id.value)), text);
    else
        tn_page_put(page, record, field, text);
}

/* The registry's own address names the trial too. */
static void put_url(struct tn_page_reading *page, struct tn_record *record, int field, struct tn_str text)
{
    struct tn_identifier id;
    struct tn_str url = tn_shape_url(text);
    bool named = tn_identifier_find(url, 0, NULL, &id) && id.registry && tn_identifier_url_is_of(id.registry, url);
    struct tn_stated value = tn_stated_of(url);
    if (named && tn_has(record, TN_trial_trial_id) &&
        !tn_str_eq(tn_text(record, TN_trial_trial_id), tn_str_of(id.value))) {
        tn_warn(&page->reading, TN_CONFLICT, record, TN_trial_trial_id, "the address is that of %s", id.value);
        tn_put_extra_here(&page->reading, &value);
        return;
    }
    if (named)
        tn_page_put(page, record, TN_trial_trial_id, tn_str_slice(url.s + id.at, id.len));
    tn_page_put(page, record, field, url);
}

void tn_page_put_shape(struct tn_page_reading *page, struct tn_record *record, int field, enum tn_shape shape,
                       struct tn_str text)
{
    struct tn_place place;
    if (shape == TN_SHAPE_PLACE && tn_place_split(text, &place))
        put_place(page, record, &place);
    else if (shape == TN_SHAPE_PLACE_DOWN && tn_place_split_down(text, &place))
        put_place(page, record, &place);
    else if (shape == TN_SHAPE_SITE && tn_place_split_facility(text, &place))
        put_place(page, record, &place);
    else if (shape == TN_SHAPE_CLINIC && tn_shape_clinic(text, &place))
        put_place(page, tn_add_record(record, field), &place);
    else if (shape == TN_SHAPE_GROUPS && tn_shape_fits(shape, NULL, text))
        put_groups(page, record, text);
    else if (shape == TN_SHAPE_TYPED)
        tn_page_put_typed(page, record, field, text);
    else if (shape == TN_SHAPE_ARMS)
        tn_page_put_arms(page, record, field, text);
    else if (shape == TN_SHAPE_NUMBER && tn_shape_number(text).len)
        tn_page_put_number(page, record, field, text);
    else if (shape == TN_SHAPE_MASKED)
        tn_page_put_masked(page, record, field, text);
    else if (shape == TN_SHAPE_GIVEN)
        tn_page_put_given(page, record, field, text);
    else if (shape == TN_SHAPE_PARTY)
        tn_page_put_party(page, record, field, text);
    else if (shape == TN_SHAPE_URL && tn_shape_url(text).len)
        put_url(page, record, field, text);
    else if (shape == TN_SHAPE_ID && record->type != &tn_type_trial)
        put_other_id(page, record, field, text);
    else
        tn_page_put(page, record, field, text);
}

static void put_age(struct tn_page_reading *page, int field, struct tn_str number, struct tn_str unit)
{
    struct tn_str gap = TN_LIT(" ");
    char *text = tn_arena_alloc(page->reading.arena, number.len + gap.len + unit.len + 1);
    if (!text || number.len == 0)
        return;
    memcpy(text, number.s, number.len);
    memcpy(text + number.len, gap.s, gap.len);
    memcpy(text + number.len + gap.len, unit.s, unit.len);
    text[number.len + gap.len + unit.len] = '\0';
    tn_page_put(page, page->reading.trial, field, tn_str_slice(text, number.len + gap.len + unit.len));
}

bool tn_page_put_ages(struct tn_page_reading *page, struct tn_str text)
{
    struct tn_ages ages;
    text = tn_page_take_words(page, page->reading.trial, TN_trial_std_ages, text);
    struct tn_stated raw = tn_stated_of(text);
    if (text.len == 0)
        return true;
    if (!tn_shape_ages(text, &ages))
        return false;
    put_age(page, TN_trial_minimum_age, ages.minimum, ages.minimum_unit);
    put_age(page, TN_trial_maximum_age, ages.maximum, ages.maximum_unit);
    if (ages.coarser)
        tn_put_extra_here(&page->reading, &raw);
    return true;
}

void tn_page_unmapped(struct tn_page_reading *page, const struct tn_span *span, const struct tn_block *block)
{
    struct tn_stated value = tn_stated_of(block->whole);
    struct tn_str name = span->name.len ? span->name : TN_LIT("page head");
    if (page->is_html && !span->label)
        return; /* what stands above the trial is the site's own, as far as anyone can tell: left over */
    tn_page_at(page, block);
    tn_put_extra(&page->reading, name, &value);
    tn_warn(&page->reading, TN_UNMAPPED, NULL, 0, "under '%.*s': '%.*s' is nothing that is known there",
            (int)tn_str_cut(name, 60), name.s, (int)tn_str_cut(block->whole, 80), block->whole.s);
}

void tn_page_preset(struct tn_page_reading *page, struct tn_record *record, const char *preset)
{
    struct tn_str value;
    if (!record || !preset)
        return;
    int field = tn_preset_field(record->type, preset, &value);
    if (field >= 0 && !tn_has(record, field)) {
        struct tn_stated stated = tn_stated_of(value);
        tn_put(&page->reading, record, field, &stated);
    }
}

bool tn_page_may(const struct tn_page_reading *page, const char *when)
{
    struct tn_str value;
    const struct tn_record *trial = page->reading.trial;
    int field = when ? tn_preset_field(trial->type, when, &value) : -1;
    return field < 0 || !tn_has(trial, field) || tn_str_eq(tn_text(trial, field), value);
}

/* What stands between two lines: items follow each other, paragraphs are apart by an empty line. Of HTML it is known
 * which lines are none (<br>); so it is of a form's cells. */
static struct tn_str between(const struct tn_page_reading *page, const struct tn_block *before,
                             const struct tn_block *block, bool paragraphs)
{
    if ((page->is_html || page->site->form) && !block->blank_before)
        return TN_LIT("\n");
    bool list = before->kind == TN_BLOCK_ITEM && (block->kind == TN_BLOCK_ITEM || (block->level && !block->blank_before));
    return paragraphs && !list ? TN_LIT("\n\n") : TN_LIT("\n");
}

static size_t indent_of(const struct tn_block *block)
{
    enum { DEEPEST = 16 };
    bool listed = block->kind != TN_BLOCK_HEADING;
    return listed ? 2 * (size_t)(block->level < DEEPEST ? block->level : DEEPEST) : 0;
}

/* Bullets are drawn in many ways, and HTML only says that there is one; all are written alike. Numbers stay. */
static struct tn_str marker_of(const struct tn_block *block)
{
    bool number = block->marker.len && (tn_is_alnum(block->marker.s[0]) || block->marker.s[0] == '(');
    return number || block->marker.len == 0 ? block->marker : TN_LIT("*");
}

static size_t write_line(char *out, const struct tn_block *block)
{
    struct tn_str marker = marker_of(block), text = block->marker.len && block->kind == TN_BLOCK_ITEM ? block->text : block->whole;
    size_t len = indent_of(block);
    memset(out, ' ', len);
    memcpy(out + len, marker.s ? marker.s : "", marker.len);
    len += marker.len;
    if (marker.len)
        out[len++] = ' ';
    memcpy(out + len, text.s, text.len);
    return len + text.len;
}

struct tn_str tn_page_join(struct tn_page_reading *page, const struct tn_block *const *lines, size_t count,
                           bool paragraphs)
{
    size_t room = 1, len = 0;
    for (size_t i = 0; i < count; i++)
        room += lines[i]->whole.len + lines[i]->marker.len + indent_of(lines[i]) + 4;
    char *text = tn_arena_alloc(page->reading.arena, room);
    for (size_t i = 0; text && i < count; i++) {
        page->fates[lines[i]->number] = TN_FATE_FIELD;
        struct tn_str gap = i ? between(page, lines[i - 1], lines[i], paragraphs) : TN_LIT("");
        memcpy(text + len, gap.s, gap.len);
        len += gap.len;
        len += write_line(text + len, lines[i]);
    }
    if (text)
        text[len] = '\0';
    return tn_str_slice(text, text ? len : 0);
}

struct tn_record *tn_page_record(struct tn_page_reading *page, const struct tn_site_row *row)
{
    struct tn_record *trial = page->reading.trial;
    if (!row->type || row->type == &tn_type_trial)
        return row->type ? trial : NULL;
    for (int f = 0; f < trial->type->count; f++)
        if (trial->type->fields[f].record == row->type) {
            if (trial->type->fields[f].kind == TN_RECORD_ONE)
                return tn_add_record(trial, f);
            return tn_count(trial, f) == 1 ? tn_record_edit(trial, f, 0) : NULL;
        }
    return NULL;
}
