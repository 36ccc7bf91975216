/* SPDX-License-Identifier: MIT */
/* What a line of a list says by itself. */
#include "normal/fold.h"
#include "normal/phase.h"
#include "normal/word.h"
#include "readers/listing.h"
#include "readers/page_shape.h"
#include "trial/vocabulary.h"

static const struct tn_column columns[] = {
#define TN_COLUMN(name, field, strong) {name, TN_trial_##field, strong},
#include "readers/listing_columns.inc"
#undef TN_COLUMN
};

const struct tn_column *tn_column_find(struct tn_str name)
{
    enum { LONGEST = 80 };
    char key[TN_FOLD_MAX];
    if (name.len == 0 || name.len > LONGEST || tn_fold(name, key) == 0)
        return NULL;
    size_t at = tn_fold_find(columns, sizeof columns / sizeof columns[0], sizeof columns[0], key);
    return at == TN_NO_OFFSET ? NULL : &columns[at];
}

/* What keeps the parts of a line apart: "NCT01234567 | Recruiting · Phase 2". */
static size_t separator_at(struct tn_str text)
{
    static const struct tn_str signs[] = {{"\xC2\xB7", 2}, {"\xE2\x80\xA2", 3}, {"\xE2\x88\x99", 3}, {"\xE2\x8B\x85", 3}};
    if (text.s[0] == '|' || text.s[0] == '\t')
        return 1;
    for (size_t i = 0; (unsigned char)text.s[0] >= 0xC2 && i < sizeof signs / sizeof signs[0]; i++)
        if (tn_str_starts(text, signs[i]))
            return signs[i].len;
    return 0;
}

bool tn_listing_piece(struct tn_str *rest, struct tn_str *piece)
{
    while (rest->len) {
        size_t end = 0, separator = 0;
        while (end < rest->len && (separator = separator_at(tn_str_from(*rest, end))) == 0)
            end++;
        *piece = tn_str_trim(tn_str_slice(rest->s, end));
        *rest = tn_str_from(*rest, end + separator);
        if (piece->len)
            return true;
    }
    return false;
}

const struct tn_column *tn_listing_labelled(struct tn_str text, struct tn_str *label, struct tn_str *value)
{
    enum { LONGEST = 60 };
    static const struct tn_str wide = {"\xEF\xBC\x9A", 3};
    size_t colon = tn_str_find_char(tn_str_slice(text.s, text.len < LONGEST ? text.len : LONGEST), ':'), len = 1;
    if (colon == TN_NO_OFFSET) {
        colon = tn_str_find(tn_str_slice(text.s, text.len < LONGEST ? text.len : LONGEST), wide);
        len = wide.len;
    }
    if (colon == TN_NO_OFFSET || colon == 0)
        return NULL;
    *label = tn_str_trim(tn_str_slice(text.s, colon));
    *value = tn_str_trim(tn_str_from(text, colon + len));
    return tn_column_find(*label);
}

unsigned tn_listing_speaks(struct tn_str text)
{
    enum { LONGEST = 60 };
    static const struct tn_str recruiting[] = {{"recruit", 7}, {"enrol", 5}, {"rekrut", 6}, {"reclut", 6}};
    if (text.len == 0 || text.len > LONGEST)
        return 0;
    if (tn_str_find_fold(text, TN_LIT("phase")) != TN_NO_OFFSET && tn_shape_fits(TN_SHAPE_PHASE, NULL, text))
        return 2;
    if (!tn_shape_fits(TN_SHAPE_WORD, &tn_type_trial.fields[TN_trial_status], text))
        return 0;
    for (size_t i = 0; i < sizeof recruiting / sizeof recruiting[0]; i++)
        if (tn_str_find_fold(text, recruiting[i]) != TN_NO_OFFSET)
            return 2;
    return 1;
}

bool tn_listing_is_address(struct tn_str link)
{
    static const struct tn_str others[] = {{"javascript:", 11}, {"mailto:", 7}, {"tel:", 4}, {"data:", 5}};
    if (link.len == 0 || link.s[0] == '#')
        return false;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (tn_str_starts_fold(link, others[i]))
            return false;
    return true;
}

static bool is_sign(char c)
{
    return tn_is_space(c) || memchr(":-|,;.()[]", c, 10) != NULL;
}

/* Without blanks and signs at both ends, and without dashes of any length. */
static struct tn_str bare(struct tn_str text)
{
    static const struct tn_str dashes[] = {{"\xE2\x80\x93", 3}, {"\xE2\x80\x94", 3}, {"\xEF\xBC\x9A", 3}};
    for (size_t before = text.len + 1; before != text.len;) {
        before = text.len;
        while (text.len && is_sign(text.s[0]) && text.s[0] != '(' && text.s[0] != '[')
            text = tn_str_from(text, 1);
        for (size_t i = 0; i < 3; i++)
            if (tn_str_starts(text, dashes[i]))
                text = tn_str_from(text, dashes[i].len);
    }
    while (text.len && (tn_is_space(text.s[text.len - 1]) || memchr(":-|,;([", text.s[text.len - 1], 7) != NULL))
        text.len--;
    return text;
}

/* An identifier before the title (`NCT01234567: A study`), or in brackets behind it. */
static enum tn_own beside(struct tn_str text, const struct tn_identifier *id, struct tn_str *rest)
{
    size_t end = id->at + id->len;
    struct tn_str before = tn_str_slice(text.s, id->at), behind = tn_str_from(text, end);
    bool opens = id->at == 0 || (id->at == 1 && (text.s[0] == '[' || text.s[0] == '('));
    bool closes = end + 1 == text.len && (text.s[end] == ')' || text.s[end] == ']') && id->at &&
                  (text.s[id->at - 1] == '(' || text.s[id->at - 1] == '[');
    if (opens && behind.len && is_sign(behind.s[0]))
        *rest = bare(behind.s[0] == ')' || behind.s[0] == ']' ? tn_str_from(behind, 1) : behind);
    else if (closes)
        *rest = bare(before);
    else
        return TN_OWN_NOT;
    return TN_OWN_BESIDE;
}

/* Where an identifier may stand beside other words: at the beginning, or in brackets at the end. */
static struct tn_str where_beside(struct tn_str text)
{
    enum { BEGINNING = 100 }; /* bytes; no identifier is half as long */
    bool closes = text.len && (text.s[text.len - 1] == ')' || text.s[text.len - 1] == ']');
    return closes || text.len <= BEGINNING ? text : tn_str_slice(text.s, BEGINNING);
}

enum tn_own tn_listing_own_id(struct tn_str text, struct tn_str link, struct tn_identifier *id, struct tn_str *rest)
{
    struct tn_str ignored;
    enum tn_own own = TN_OWN_NOT;
    rest = rest ? rest : &ignored;
    *rest = text;
    if (tn_identifier_is(text, NULL, id)) {
        *rest = (struct tn_str){NULL, 0};
        own = TN_OWN_ALONE;
    } else if (tn_identifier_find(where_beside(text), 0, NULL, id)) {
        own = beside(text, id, rest);
    }
    if (own && id->registry)
        return own;
    *rest = text;
    bool in_link = tn_listing_is_address(link) && tn_identifier_find(link, 0, NULL, id) && id->registry;
    return in_link ? TN_OWN_ADDRESS : TN_OWN_NOT;
}

bool tn_listing_is_told(struct tn_str piece)
{
    struct tn_identifier id;
    struct tn_str label, value;
    return tn_listing_labelled(piece, &label, &value) || tn_listing_speaks(piece) ||
           tn_listing_own_id(piece, TN_LIT(""), &id, NULL) == TN_OWN_ALONE ||
           tn_shape_fits(TN_SHAPE_PARTICIPANTS, NULL, piece);
}

/* Signs between badges are none. */
static bool has_word(struct tn_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (tn_is_alnum(text.s[i]) || (unsigned char)text.s[i] >= 0xC3)
            return true;
    return false;
}

struct tn_listing_runs tn_listing_runs(struct tn_str text, struct tn_str link, const struct tn_line_part *parts,
                                       size_t count)
{
    struct tn_listing_runs runs = {.text = text, .link = link, .badges = true};
    size_t links = 0, others = 0, told = 0;
    for (size_t i = 0; i < count; i++) {
        bool word = has_word(parts[i].text);
        runs.badges = runs.badges && (parts[i].inside || !word);
        links += parts[i].link.len > 0;
        others += parts[i].link.len == 0 && word;
        told += tn_listing_is_told(parts[i].text);
    }
    if (told || (links && others && runs.badges)) {
        runs.parts = parts;
        runs.count = count;
    }
    return runs;
}

static bool touches(const struct tn_line_part *a, const struct tn_line_part *b)
{
    return a->text.s + a->text.len == b->text.s && tn_is_alnum(b->text.s[0]) && tn_is_alnum(b->text.s[-1]);
}

/* Prose with a word in another element is one run; what is told apart by elements are several. */
static bool goes_on(const struct tn_listing_runs *runs, const struct tn_line_part *a, const struct tn_line_part *b)
{
    return !runs->badges && !touches(a, b) && tn_str_eq(a->link, b->link) && !tn_listing_is_told(a->text) &&
           !tn_listing_is_told(b->text);
}

bool tn_listing_run(struct tn_listing_runs *runs, struct tn_str *text, struct tn_str *link)
{
    *text = runs->text;
    *link = runs->link;
    if (!runs->parts)
        return runs->next++ == 0;
    if (runs->next >= runs->count)
        return false;
    const struct tn_line_part *first = &runs->parts[runs->next++], *last = first;
    while (runs->next < runs->count && goes_on(runs, last, &runs->parts[runs->next]))
        last = &runs->parts[runs->next++];
    *text = tn_str_slice(first->text.s, (size_t)(last->text.s + last->text.len - first->text.s));
    *link = first->link;
    return true;
}
