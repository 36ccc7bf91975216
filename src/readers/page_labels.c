/* SPDX-License-Identifier: MIT */
/* Which lines of a page are labels, and of which rows. */
#include "readers/page_spelling.h"

static const char form_signs[] = {[TN_SPELLING_VALUE_BEHIND] = '*', [TN_SPELLING_NUMBER_INSIDE] = '#', [TN_SPELLING_FIELD_BEHIND] = '@',
                                  [TN_SPELLING_WORDS_BEHIND] = '%'};

static void read_form(struct tn_spelling *spelling)
{
    struct tn_str text = spelling->text;
    for (enum tn_spelling_form form = TN_SPELLING_VALUE_BEHIND; form <= TN_SPELLING_WORDS_BEHIND; form++) {
        size_t at = tn_str_find_char(text, form_signs[form]);
        if (at == TN_NO_OFFSET)
            continue;
        spelling->form = form;
        spelling->after = tn_str_trim(tn_str_from(text, at + 1));
        bool blank_counts = form == TN_SPELLING_NUMBER_INSIDE || form == TN_SPELLING_WORDS_BEHIND;
        spelling->text = blank_counts ? tn_str_slice(text.s, at) : tn_str_trim(tn_str_slice(text.s, at));
    }
}

/* Cuts the next of a list apart by `|` off *rest. */
static bool next_spelling(struct tn_str *rest, struct tn_str *spelling)
{
    if (rest->len == 0)
        return false;
    size_t bar = tn_str_find_char(*rest, '|');
    *spelling = tn_str_slice(rest->s, bar == TN_NO_OFFSET ? rest->len : bar);
    *rest = tn_str_from(*rest, bar == TN_NO_OFFSET ? rest->len : bar + 1);
    return true;
}

static bool last_spelling(struct tn_str *rest, struct tn_str *spelling)
{
    size_t start = rest->len;
    if (rest->len == 0)
        return false;
    while (start > 0 && rest->s[start - 1] != '|')
        start--;
    *spelling = tn_str_from(*rest, start);
    rest->len = start ? start - 1 : 0;
    return true;
}

/* Is the spelling a signature, or of which that are several spellings (by bits)? */
static bool read_signatures(const char *const *signatures, struct tn_str spelling, uint32_t *together)
{
    for (size_t i = 0; signatures[i]; i++) {
        struct tn_str rest = tn_str_of(signatures[i]), one;
        if (tn_str_eq(rest, spelling))
            return true;
        while (i < TN_SITE_SIGNATURES && next_spelling(&rest, &one))
            if (tn_str_eq(one, spelling))
                *together |= (uint32_t)1 << i;
    }
    return false;
}

static size_t count_spellings(const struct tn_site *site)
{
    size_t count = 0;
    for (size_t i = 0; i < site->count; i++) {
        struct tn_str rest = tn_str_of(site->rows[i].labels), one;
        while (next_spelling(&rest, &one))
            count++;
    }
    return count;
}

static void add_spelling(struct tn_spellings *spellings, size_t row, struct tn_str text)
{
    struct tn_spelling *spelling = &spellings->all[++spellings->count];
    *spelling = (struct tn_spelling){.text = text, .row = row};
    spelling->signature = read_signatures(spellings->site->signatures, text, &spelling->together) ||
                          (spellings->site->rows[row].mode == TN_MODE_NOTE && spellings->site->rows[row].within);
    if (!(spellings->site->rows[row].flags & TN_ROW_LITERAL))
        read_form(spelling);
}

/* `E#`: what stands behind it in a line belongs to the line's letters and digits. */
static bool is_loose(const struct tn_spelling *spelling)
{
    bool goes_on = spelling->form == TN_SPELLING_NUMBER_INSIDE || spelling->form == TN_SPELLING_WORDS_BEHIND;
    for (size_t i = 0; i < spelling->text.len && goes_on; i++)
        goes_on = i + 1 < TN_SPELLING_KEY && tn_is_alnum(spelling->text.s[i]);
    return goes_on;
}

/* Links those of each bucket. The loose ones stand behind those of every bucket. */
static void link_spellings(struct tn_spellings *spellings)
{
    uint16_t loose = 0;
    for (size_t i = 1; i <= spellings->count; i++)
        if (spellings->all[i].text.len && is_loose(&spellings->all[i])) {
            spellings->all[i].next = loose;
            loose = (uint16_t)i;
        }
    for (size_t i = 0; i < TN_SPELLING_BUCKETS; i++)
        spellings->first[i] = loose;
    for (size_t i = 1; i <= spellings->count; i++) {
        if (spellings->all[i].text.len == 0 || is_loose(&spellings->all[i]))
            continue;
        uint16_t *first = &spellings->first[tn_spelling_bucket(spellings->all[i].text)];
        spellings->all[i].next = *first;
        *first = (uint16_t)i;
    }
}

static const struct tn_site_row **shaped_rows(struct tn_arena *arena, const struct tn_site *site)
{
    const struct tn_site_row **shaped = tn_arena_zero(arena, (site->count + 1) * sizeof *shaped);
    size_t count = 0;
    for (size_t i = 0; shaped && i < site->count; i++)
        if (!site->rows[i].labels && site->rows[i].shape)
            shaped[count++] = &site->rows[i];
    return shaped;
}

static const struct tn_spellings *make_spellings(struct tn_arena *arena, const struct tn_site *site)
{
    struct tn_spellings *spellings = tn_arena_zero(arena, sizeof *spellings);
    size_t count = count_spellings(site);
    if (!spellings || count >= UINT16_MAX)
        return NULL;
    spellings->site = site;
    spellings->all = tn_arena_zero(arena, (count + 1) * sizeof *spellings->all);
    for (size_t i = site->count; spellings->all && i-- > 0;) { /* backwards: what is first in the table is found first */
        struct tn_str rest = tn_str_of(site->rows[i].labels), one;
        while (last_spelling(&rest, &one))
            add_spelling(spellings, i, one);
    }
    spellings->shaped = shaped_rows(arena, site);
    if (!spellings->all || !spellings->shaped)
        return NULL;
    link_spellings(spellings);
    return spellings;
}

const struct tn_spellings *tn_page_spellings(struct tn_worker *worker, const struct tn_site *site)
{
    enum { SITES = sizeof worker->sites / sizeof worker->sites[0] };
    size_t at = 0;
    while (at < SITES && worker->sites[at].site && worker->sites[at].site != site)
        at++;
    if (at == SITES)
        return make_spellings(&worker->arena, site);
    if (!worker->sites[at].site) {
        worker->sites[at].spellings = make_spellings(&worker->kept, site);
        worker->sites[at].site = worker->sites[at].spellings ? site : NULL;
    }
    return worker->sites[at].spellings;
}

size_t tn_page_spelling_count(const struct tn_spellings *spellings)
{
    return spellings->count + 1;
}

uint32_t tn_page_together(const struct tn_spellings *spellings, const struct tn_match *match)
{
    return spellings->all[match->spelling].together;
}

bool tn_page_is_signature(const struct tn_spellings *spellings, const struct tn_match *match)
{
    return spellings->all[match->spelling].signature ||
           (match->spelling == 0 && match->row->shape == TN_SHAPE_GROUPS);
}

struct tn_str tn_page_without_colon(struct tn_str text)
{
    if (text.len && text.s[text.len - 1] == ':')
        text.len--;
    else if (tn_str_ends_fold(text, TN_LIT("\xEF\xBC\x9A")))
        text.len -= 3;
    return tn_str_trim(text);
}

/* `A.3 Full title of the trial (es)`: the same in another language, which is kept by its own label. */
static bool is_translated(struct tn_str label)
{
    size_t len = label.len;
    return len > 5 && label.s[len - 1] == ')' && tn_is_lower(label.s[len - 2]) && tn_is_lower(label.s[len - 3]) &&
           label.s[len - 4] == '(' && label.s[len - 5] == ' ';
}

static bool has_words_behind(const struct tn_spelling *spelling, struct tn_str label)
{
    return tn_str_starts_fold(label, spelling->text) && !is_translated(label);
}

static bool matches_number(const struct tn_spelling *spelling, struct tn_str line, struct tn_str *value)
{
    struct tn_str rest = tn_str_from(line, spelling->text.len);
    size_t digits = 0;
    while (digits < rest.len && (tn_is_digit(rest.s[digits]) || (digits && rest.s[digits] == ',')))
        digits++;
    *value = tn_str_slice(rest.s, digits);
    return digits && tn_str_eq_fold(tn_page_without_colon(tn_str_from(rest, digits)), spelling->after);
}

/* `Status    RECRUITING`: several blanks where a tab was. */
static bool matches_wide(const struct tn_spelling *spelling, struct tn_str line, struct tn_str *value)
{
    size_t len = spelling->text.len;
    if (line.len < len + 3 || line.s[len] != ' ' || line.s[len + 1] != ' ' || !tn_str_starts_fold(line, spelling->text))
        return false;
    *value = tn_str_trim(tn_str_from(line, len));
    return true;
}

/* Where the line goes on behind the spelling: a blank there is one or several, also before a colon ("Sponsor  : X"). */
static size_t end_of_spelling(struct tn_str line, struct tn_str text)
{
    size_t at = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool loose = text.s[i] == ':' || text.s[i] == ' ';
        size_t from = at;
        while (loose && at < line.len && line.s[at] == ' ')
            at++;
        if (text.s[i] == ' ' ? at == from : at == line.len || tn_lower(line.s[at++]) != tn_lower(text.s[i]))
            return TN_NO_OFFSET;
    }
    return at;
}

static bool is_same(struct tn_str line, struct tn_str text)
{
    if (line.len < text.len || (text.len && tn_lower(line.s[line.len - 1]) != tn_lower(text.s[text.len - 1])))
        return false; /* most lines that begin like it */
    return tn_str_eq_fold(line, text) || end_of_spelling(line, text) == line.len;
}

/* A block as it is compared with spellings. */
struct candidate {
    const struct tn_block *block;
    struct tn_str line;
    struct tn_str bare; /* without a colon at its end; of a pair: its label */
};

static struct candidate candidate_of(const struct tn_block *block)
{
    struct tn_str line = tn_page_line(block);
    return (struct candidate){block, line, tn_page_without_colon(block->kind == TN_BLOCK_PAIR ? block->label : line)};
}

/* True when the block is written as the spelling; *value gets what stands behind it. */
static bool matches(const struct tn_site *site, const struct tn_spelling *spelling, const struct candidate *candidate,
                    struct tn_str *value)
{
    struct tn_str line = candidate->line;
    bool pair = candidate->block->kind == TN_BLOCK_PAIR;
    *value = (struct tn_str){NULL, 0};
    if (pair && (spelling->form == TN_SPELLING_WHOLE || spelling->form == TN_SPELLING_WORDS_BEHIND))
        *value = candidate->block->text;
    if (!pair && spelling->form == TN_SPELLING_WHOLE && site->wide_gaps && matches_wide(spelling, line, value))
        return true;
    if (spelling->form == TN_SPELLING_WHOLE)
        return is_same(candidate->bare, spelling->text) || (!pair && is_same(line, spelling->text));
    if (spelling->form == TN_SPELLING_WORDS_BEHIND)
        return has_words_behind(spelling, pair ? candidate->bare : line);
    if (spelling->form == TN_SPELLING_NUMBER_INSIDE)
        return tn_str_starts_fold(line, spelling->text) && matches_number(spelling, line, value);
    size_t end = end_of_spelling(line, spelling->text);
    char last = spelling->text.s[spelling->text.len - 1];
    *value = tn_str_trim(tn_str_from(line, end == TN_NO_OFFSET ? line.len : end));
    return end != TN_NO_OFFSET && (value->len == 0 || !tn_is_alnum(last) || tn_is_space(line.s[end]));
}

bool tn_page_is_numbered(const struct tn_spellings *spellings, struct tn_str text)
{
    struct tn_str value;
    for (size_t i = 1; i <= spellings->count; i++) {
        const struct tn_spelling *spelling = &spellings->all[i];
        if (spelling->form == TN_SPELLING_NUMBER_INSIDE && tn_str_starts_fold(text, spelling->text) &&
            matches_number(spelling, text, &value))
            return true;
    }
    return false;
}

bool tn_page_is_spelling(const struct tn_spellings *spellings, struct tn_str text)
{
    struct tn_str value;
    if (text.len == 0)
        return false;
    for (size_t i = spellings->first[tn_spelling_bucket(text)]; i; i = spellings->all[i].next) {
        const struct tn_spelling *spelling = &spellings->all[i];
        if ((spelling->form == TN_SPELLING_WHOLE && tn_str_eq_fold(text, spelling->text)) ||
            (spelling->form == TN_SPELLING_WORDS_BEHIND && has_words_behind(spelling, text)) ||
            (spelling->form == TN_SPELLING_NUMBER_INSIDE && tn_str_starts_fold(text, spelling->text) &&
             matches_number(spelling, text, &value)))
            return true;
    }
    return false;
}

bool tn_page_stands_within(const struct tn_site_row *row, const struct tn_site_row *section)
{
    if (!row->within || row->mode == TN_MODE_NOTE)
        return true;
    struct tn_str rest = tn_str_of(section ? section->labels : NULL), name;
    return next_spelling(&rest, &name) && tn_str_eq(name, tn_str_of(row->within));
}

static bool stands_there(const struct tn_site_row *row, const struct tn_standing *standing)
{
    const struct tn_standing nowhere = {NULL, NULL};
    standing = standing ? standing : &nowhere;
    return tn_page_stands_within(row, standing->section) ||
           (standing->opener && tn_page_stands_within(row, standing->opener));
}

static struct tn_match match_shape(const struct tn_spellings *spellings, const struct tn_block *block)
{
    for (const struct tn_site_row *const *row = spellings->shaped; *row; row++)
        if (tn_shape_fits((*row)->shape, NULL, block->whole))
            return (struct tn_match){
                .row = *row,
                .value = block->whole,
                .fixed = (*row)->shape == TN_SHAPE_GROUPS ? TN_LIT("participants in patient groups") : TN_LIT(""),
            };
    return (struct tn_match){.row = NULL};
}

/* What is left out may stand in lists too: menus. */
static bool may_be_item(const struct tn_site_row *row)
{
    return row->mode == TN_MODE_NOTE || row->mode == TN_MODE_IGNORE || row->mode == TN_MODE_END;
}

/* `* Principal Investigator: Jane Roe`: a label with its value, in a section whose lines nobody else reads. */
static bool may_be_labelled_item(const struct tn_spelling *spelling, const struct tn_standing *standing)
{
    bool bare = standing && standing->section && standing->section->mode == TN_MODE_SECTION;
    return bare && spelling->form == TN_SPELLING_VALUE_BEHIND && tn_str_ends_fold(spelling->text, TN_LIT(":"));
}

struct tn_match tn_page_match(const struct tn_spellings *spellings, const struct tn_block *block,
                              const struct tn_standing *standing, bool anywhere)
{
    struct tn_match none = {.row = NULL};
    struct tn_str value;
    struct candidate candidate = candidate_of(block);
    bool item = block->kind == TN_BLOCK_ITEM;
    if (block->kind == TN_BLOCK_ROW || candidate.line.len == 0)
        return none;
    for (size_t i = spellings->first[tn_spelling_bucket(candidate.line)]; i; i = spellings->all[i].next) {
        const struct tn_spelling *spelling = &spellings->all[i];
        const struct tn_site_row *row = &spellings->site->rows[spelling->row];
        if (item && !may_be_item(row) && !may_be_labelled_item(spelling, standing))
            continue;
        if ((anywhere || stands_there(row, standing)) && matches(spellings->site, spelling, &candidate, &value))
            return (struct tn_match){.row = row, .fixed = spelling->text, .value = value, .spelling = i};
    }
    return item ? none : match_shape(spellings, block);
}
