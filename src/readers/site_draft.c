/* SPDX-License-Identifier: MIT */
#include "readers/site_draft.h"

#include <stdio.h>

#include "readers/worker.h"

/* Who the site is. */

/* "https://www.example.org/trial/1" -> "example.org", in small letters; empty where there is none. */
static struct tn_str host_of(struct tn_arena *arena, struct tn_str address)
{
    size_t start = tn_str_find(address, TN_LIT("://"));
    struct tn_str rest = start == TN_NO_OFFSET ? (struct tn_str){NULL, 0} : tn_str_from(address, start + 3);
    size_t len = 0;
    if (tn_str_starts_fold(rest, TN_LIT("www.")))
        rest = tn_str_from(rest, 4);
    while (len < rest.len && (tn_is_alnum(rest.s[len]) || rest.s[len] == '.' || rest.s[len] == '-'))
        len++;
    char *host = len && len < 200 ? tn_arena_alloc(arena, len + 1) : NULL;
    for (size_t i = 0; host && i < len; i++)
        host[i] = tn_lower(rest.s[i]);
    if (host)
        host[len] = '\0';
    return tn_str_slice(host, host ? len : 0);
}

/* "trials.example.org" -> "trials-example"; never the name of a built-in reader. */
static const char *name_of(struct tn_arena *arena, struct tn_str host)
{
    enum { LONGEST = 32 };
    char name[LONGEST + 1] = "";
    size_t len = 0;
    size_t end = host.len;
    while (end > 0 && host.s[end - 1] != '.')
        end--;
    for (size_t i = 0; i + 1 < end && len < LONGEST; i++) {
        bool plain = tn_is_alnum(host.s[i]);
        if (plain || (len && name[len - 1] != '-'))
            name[len++] = plain ? host.s[i] : '-';
    }
    while (len && name[len - 1] == '-')
        len--;
    name[len] = '\0';
    if (len == 0)
        return "my-site";
    return tn_str_format(arena, tn_reader_find(name) ? "%s-draft" : "%s", name).s;
}

/* Rows. */

static bool is_place_list(const struct tn_site_row *row)
{
    return row->mode == TN_MODE_LIST && row->type == &tn_type_trial && row->field == TN_trial_locations;
}

/* What stands under a label: the first of it, and how many of the next lines are what. */
struct under {
    struct tn_str first;
    size_t sites;  /* surely a facility with its place: three commas */
    size_t places; /* City, Country */
    size_t unsure; /* City, State, Country, or Facility, City, Country */
    size_t others;
};

static size_t commas_in(struct tn_str text)
{
    size_t commas = 0;
    for (size_t i = 0; i < text.len; i++)
        commas += text.s[i] == ',';
    return commas;
}

static void count_line(struct under *under, struct tn_str line)
{
    size_t commas = commas_in(line);
    if (commas >= 3 && tn_shape_fits(TN_SHAPE_SITE, NULL, line))
        under->sites++;
    else if (!tn_shape_fits(TN_SHAPE_PLACE, NULL, line))
        under->others++;
    else if (commas >= 2)
        under->unsure++;
    else
        under->places++;
}

static struct under look_under(const struct tn_draft *draft, const struct tn_draft_label *label)
{
    enum { LOOKED_AT = 12 };
    const struct tn_page *page = draft->page;
    struct under under = {.first = label->value};
    if (under.first.len)
        count_line(&under, under.first);
    for (size_t i = label->at + 1; i < page->count && i <= label->at + LOOKED_AT; i++) {
        if (page->blocks[i].kind == TN_BLOCK_HEADING || page->blocks[i].kind == TN_BLOCK_PAIR)
            break;
        under.first = under.first.len ? under.first : page->blocks[i].text;
        count_line(&under, page->blocks[i].text);
    }
    return under;
}

/* Facilities with their places on one line, on two, or alone. */
static void suit_locations(struct tn_site_row *row, const struct under *under)
{
    static const struct tn_site_part one_line[] = {{.shape = TN_SHAPE_SITE, .field = TN_location_facility},
                                                   {.shape = TN_SHAPE_NONE}};
    static const struct tn_site_part two_lines[] = {
        {.shape = TN_SHAPE_TEXT, .field = TN_location_facility, .optional = true},
        {.shape = TN_SHAPE_PLACE, .field = TN_location_city},
        {.shape = TN_SHAPE_NONE}};
    static const struct tn_site_part facility[] = {{.shape = TN_SHAPE_TEXT, .field = TN_location_facility},
                                                   {.shape = TN_SHAPE_NONE}};
    if (under->unsure && !under->sites && !under->others) {
        *row = (struct tn_site_row){.mode = TN_MODE_KEEP}; /* whether a city begins the line, nothing says */
        return;
    }
    row->mode = TN_MODE_ENTRIES;
    row->parts = under->sites ? one_line : under->places || under->unsure ? two_lines : facility;
    row->declared = TN_trial_location_count;
}

/* A text that is none: values that stand without labels under a heading as `Overview`. */
static void suit_values(struct tn_site_row *row)
{
    static const struct tn_site_shape values[] = {{.shape = TN_SHAPE_ID, .field = TN_trial_trial_id},
                                                  {.shape = TN_SHAPE_WORD, .field = TN_trial_status},
                                                  {.shape = TN_SHAPE_PHASE, .field = TN_trial_phases},
                                                  {.shape = TN_SHAPE_PARTICIPANTS, .field = TN_trial_enrollment},
                                                  {.shape = TN_SHAPE_WORD, .field = TN_trial_study_type},
                                                  {.shape = TN_SHAPE_NONE}};
    *row = (struct tn_site_row){.mode = TN_MODE_SHAPES, .shapes = values};
}

static bool is_short_value(struct tn_str text)
{
    return tn_shape_fits(TN_SHAPE_WORD, &tn_type_trial.fields[TN_trial_status], text) ||
           tn_shape_fits(TN_SHAPE_WORD, &tn_type_trial.fields[TN_trial_study_type], text) ||
           tn_shape_fits(TN_SHAPE_PHASE, NULL, text) || tn_shape_fits(TN_SHAPE_PARTICIPANTS, NULL, text) ||
           tn_shape_fits(TN_SHAPE_ID, NULL, text);
}

static void suit_identifier(struct tn_site_row *row)
{
    static const struct tn_site_part value[] = {{.shape = TN_SHAPE_TEXT, .field = TN_identifier_value},
                                                {.shape = TN_SHAPE_NONE}};
    *row = (struct tn_site_row){.mode = TN_MODE_ENTRIES, TN_INTO(identifiers), .parts = value};
}

/* What the page shows under a label may not be what the label promises. */
static void suit(const struct tn_draft *draft, struct tn_draft_label *label)
{
    enum { LONGEST_WORD = 60 };
    struct under under = look_under(draft, label);
    struct tn_site_row *row = &label->row;
    const struct tn_field *field = row->type ? &row->type->fields[row->field] : NULL;
    if (!label->known || under.first.len == 0)
        return;
    if (is_place_list(row))
        suit_locations(row, &under);
    else if (field && row->type == &tn_type_trial && row->field == TN_trial_trial_id &&
             !tn_shape_fits(TN_SHAPE_ID, field, under.first))
        suit_identifier(row);
    else if ((row->mode == TN_MODE_PARAGRAPHS || row->mode == TN_MODE_KEEP) && label->value.len == 0 && is_short_value(under.first))
        suit_values(row);
    else if (field && field->vocabulary && row->mode == TN_MODE_VALUE && under.first.len > LONGEST_WORD &&
             !tn_shape_fits(TN_SHAPE_WORD, field, under.first))
        *row = (struct tn_site_row){.mode = TN_MODE_KEEP};
}

static bool is_size(const struct tn_draft_label *label)
{
    return label->row.type == &tn_type_trial && label->row.field == TN_trial_enrollment;
}

static bool is_target(const struct tn_draft_label *label)
{
    return is_size(label) && label->row.preset && strcmp(label->row.preset, "enrollment_type=ESTIMATED") == 0;
}

/* The target has a field of its own where the page states the number too. */
static void part_sizes(struct tn_draft *draft)
{
    bool other = false;
    for (size_t i = 0; i < draft->count; i++)
        other = other || (is_size(&draft->labels[i]) && !is_target(&draft->labels[i]));
    for (size_t i = 0; other && i < draft->count; i++)
        if (is_target(&draft->labels[i])) {
            draft->labels[i].row.field = TN_trial_target_enrollment;
            draft->labels[i].row.preset = NULL;
        }
}

/* One value has one label: the first that has one under it. What another one says is kept. */
static void part_fields(struct tn_draft *draft)
{
    bool taken[TN_trial_COUNT] = {false};
    for (size_t i = 0; i < draft->count; i++) {
        struct tn_draft_label *label = &draft->labels[i];
        bool one = label->row.type == &tn_type_trial &&
                   (label->row.mode == TN_MODE_VALUE || label->row.mode == TN_MODE_PARAGRAPHS) &&
                   tn_type_trial.fields[label->row.field].kind < TN_TEXT_LIST;
        if (!one || label->empty)
            continue;
        if (taken[label->row.field])
            label->row = (struct tn_site_row){.mode = TN_MODE_KEEP};
        else
            taken[label->row.field] = true;
    }
}

static bool is_side(const struct tn_draft_label *label, enum tn_criteria_side side)
{
    return label->row.mode == TN_MODE_CRITERIA && label->row.side == side;
}

/* `Who can take part?` stands above both sides where other labels say which is which, or none does. */
static void settle_sides(struct tn_draft *draft)
{
    size_t sides[TN_CRITERIA_EXCLUSION + 1] = {0};
    for (size_t i = 0; i < draft->count; i++)
        if (draft->labels[i].row.mode == TN_MODE_CRITERIA)
            sides[draft->labels[i].row.side]++;
    for (size_t i = 0; i < draft->count; i++) {
        struct tn_draft_label *label = &draft->labels[i];
        bool above = sides[TN_CRITERIA_EXCLUSION] == 0 || sides[TN_CRITERIA_INCLUSION] > 1;
        if (above && is_side(label, TN_CRITERIA_INCLUSION) && tn_str_starts_fold(label->text, TN_LIT("who "))) {
            label->row.side = TN_CRITERIA_OTHER;
            label->row.field = TN_trial_eligibility_text;
        }
    }
}

/* Where no label holds the identifier of a registry, another number may be one: of EudraCT, for one. */
static void settle_identifier(struct tn_draft *draft)
{
    for (size_t i = 0; i < draft->count; i++)
        if (draft->labels[i].row.type == &tn_type_trial && draft->labels[i].row.field == TN_trial_trial_id)
            return;
    for (size_t i = 0; i < draft->count; i++) {
        struct tn_draft_label *label = &draft->labels[i];
        if (label->row.type != &tn_type_trial || label->row.field != TN_trial_identifiers || label->row.preset ||
            !tn_shape_fits(TN_SHAPE_ID, NULL, look_under(draft, label).first))
            continue;
        label->row = (struct tn_site_row){.mode = TN_MODE_VALUE, TN_INTO(trial_id)};
        return;
    }
}

/* `Status` is written as a heading, in a cell or before a colon: both spellings read all of these. */
static const char *spellings_of(const struct tn_draft *draft, const struct tn_draft_label *label)
{
    int len = (int)label->text.len;
    bool number = tn_str_find_char(label->text, '#') != TN_NO_OFFSET;
    const char *form = label->literal || number ? "%.*s" : label->spaced ? "%.*s|%.*s: *|%.*s : *" : "%.*s|%.*s: *";
    return tn_str_format(draft->arena, form, len, label->text.s, len, label->text.s, len, label->text.s).s;
}

static struct tn_site_row row_of(const struct tn_draft *draft, const struct tn_draft_label *label)
{
    struct tn_site_row row = label->row;
    row.labels = spellings_of(draft, label);
    row.flags |= (label->literal ? TN_ROW_LITERAL : 0u) | (label->empty ? TN_ROW_NOT_LOST : 0u);
    return row;
}

/* What stands before the first label: the title, unless a label says which it is. */
static struct tn_site_row head_row(const struct tn_draft *draft)
{
    static const struct tn_site_shape head[] = {{.shape = TN_SHAPE_ID, .field = TN_trial_trial_id},
                                                {.shape = TN_SHAPE_TEXT, .field = TN_trial_title},
                                                {.shape = TN_SHAPE_NONE}};
    for (size_t i = 0; i < draft->count; i++)
        if (draft->labels[i].row.type == &tn_type_trial && draft->labels[i].row.field == TN_trial_title)
            return (struct tn_site_row){.mode = TN_MODE_KEEP};
    return (struct tn_site_row){.mode = TN_MODE_SHAPES, .shapes = head};
}

/* The whole. */

/* Labels that nobody knows, of two words or more, are likely the site's own; a few of them are enough. */
static const char *const *signatures_of(const struct tn_draft *draft)
{
    enum { MOST = 3, SHORTEST = 12 };
    const char **all = tn_arena_zero(draft->arena, (MOST + 1) * sizeof *all);
    size_t count = 0;
    for (size_t i = 0; all && i < draft->count && count < MOST; i++) {
        const struct tn_draft_label *label = &draft->labels[i];
        bool own = !label->known && !label->literal && label->text.len >= SHORTEST &&
                   tn_str_find_char(label->text, ' ') != TN_NO_OFFSET;
        for (size_t c = 0; own && c < label->text.len; c++)
            own = !tn_is_digit(label->text.s[c]) && label->text.s[c] != ','; /* rather a trial's, or a person's */
        if (own)
            all[count++] = tn_str_copy(draft->arena, label->text).s;
    }
    return all;
}

static unsigned few_labels(size_t count)
{
    enum { FEWEST = 4, MOST = 12 };
    size_t few = count / 2 < FEWEST ? FEWEST : count / 2 > MOST ? MOST : count / 2;
    return (unsigned)(few < count ? few : count ? count : 1);
}

/* Where the page was: as an archive says, as it says itself, or as a browser wrote above it. */
static struct tn_str address_of(const struct tn_draft *draft, const struct tn_raw *raw)
{
    enum { HEAD = 1024 };
    struct tn_str head = tn_str_slice(raw->bytes, raw->len < HEAD ? raw->len : HEAD);
    size_t saved = tn_str_find(head, TN_LIT("saved from url="));
    if (raw->url)
        return tn_str_of(raw->url);
    return draft->page->canonical.len || saved == TN_NO_OFFSET ? draft->page->canonical : tn_str_from(head, saved);
}

static bool describe(struct tn_draft *draft, const struct tn_raw *raw, struct tn_described *described)
{
    struct tn_arena *arena = draft->arena;
    struct tn_site_row *rows = tn_arena_alloc(arena, (draft->count + 1) * sizeof *rows);
    struct tn_str host = host_of(arena, address_of(draft, raw));
    if (!rows)
        return false;
    for (size_t i = 0; i < draft->count; i++)
        suit(draft, &draft->labels[i]);
    part_sizes(draft);
    part_fields(draft);
    settle_sides(draft);
    settle_identifier(draft);
    rows[0] = head_row(draft);
    for (size_t i = 0; i < draft->count; i++)
        rows[i + 1] = row_of(draft, &draft->labels[i]);
    *described = (struct tn_described){
        .reader = {.name = name_of(arena, host), .syntaxes = TN_READS_PAGE},
        .site = {.host = host.len ? host.s : "site.example", .rows = rows, .count = draft->count + 1,
                 .signatures = signatures_of(draft), .few_labels = few_labels(draft->count)},
    };
    described->reader.description = tn_str_format(arena, "pages of %s", described->site.host).s;
    return !arena->failed;
}

enum tn_severity tn_site_draft(struct tn_worker *worker, const struct tn_raw *raw, const struct tn_sink *sink,
                               struct tn_error *error)
{
    struct tn_str bytes = tn_str_slice(raw->bytes, raw->len);
    struct tn_draft draft = {.arena = &worker->arena};
    struct tn_described described;
    enum tn_syntax syntax = tn_syntax_of(bytes);
    if (syntax == TN_SYNTAX_JSON || syntax == TN_SYNTAX_XML) {
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL, "this is %s, and no page",
                     syntax == TN_SYNTAX_XML ? "XML" : "JSON");
        return TN_FAILED;
    }
    tn_arena_reset(&worker->arena);
    worker->page = NULL;
    draft.page = tn_page_blocks(worker, bytes, error);
    if (!draft.page)
        return TN_FAILED;
    tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
    if (!tn_draft_find_labels(&draft))
        return TN_FAILED;
    if (draft.count == 0) {
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL,
                     "no label stands on this page; looked for headings, `label: value`, and cells of tables");
        return TN_FAILED;
    }
    if (!describe(&draft, raw, &described) || !tn_site_check(draft.arena, &described, error))
        return TN_FAILED;
    return tn_site_write_described(&described, sink, error);
}
