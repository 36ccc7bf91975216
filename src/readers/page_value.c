/* SPDX-License-Identifier: MIT */
/* Texts of pages that say two things at once. */
#include "normal/person.h"
#include "normal/word.h"
#include "readers/page_read.h"

/* "Text (inner)" or "Text [inner]"; false where it does not end so, or nothing stands before. */
static bool split_brackets(struct tn_str text, struct tn_str *before, struct tn_str *inner)
{
    static const char *const pairs[] = {"()", "[]"};
    size_t depth = 0;
    for (size_t p = 0; text.len && p < 2; p++) {
        if (text.s[text.len - 1] != pairs[p][1])
            continue;
        for (size_t at = text.len; at-- > 0;) {
            depth += text.s[at] == pairs[p][1];
            depth -= text.s[at] == pairs[p][0];
            if (depth)
                continue;
            *before = tn_str_trim(tn_str_slice(text.s, at));
            *inner = tn_str_trim(tn_str_slice(text.s + at + 1, text.len - at - 2));
            return before->len > 0 && inner->len > 0;
        }
        return false;
    }
    return false;
}

/* `2009-05-14 , Actual` */
static bool split_comma(struct tn_str text, struct tn_str *before, struct tn_str *inner)
{
    size_t at = text.len;
    while (at > 0 && text.s[at - 1] != ',')
        at--;
    *inner = tn_str_trim(tn_str_from(text, at));
    *before = tn_str_trim(tn_str_slice(text.s, at ? at - 1 : 0));
    return before->len > 0 && inner->len > 0;
}

void tn_page_put_reasoned(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    struct tn_word word;
    struct tn_str status = {NULL, 0}, reason = {NULL, 0};
    bool whole = tn_normal_word(&tn_vocabulary_status, value->text, &word) == TN_CODE_NONE && !word.coarser;
    bool split = !whole && split_brackets(value->text, &status, &reason) &&
                 tn_normal_word(&tn_vocabulary_status, status, &word) == TN_CODE_NONE;
    struct tn_stated first = split ? tn_stated_of(status) : *value, second = tn_stated_of(reason);
    tn_put_status(reading, record, field, &first);
    if (split)
        tn_put(reading, record, TN_trial_why_stopped, &second);
}

struct tn_str tn_page_take_identifier_type(struct tn_page_reading *page, struct tn_record *identifier, struct tn_str text)
{
    struct tn_word word;
    struct tn_str number, inner;
    if (!split_brackets(text, &number, &inner))
        return text;
    size_t colon = tn_str_find_char(inner, ':');
    struct tn_stated type = tn_stated_of(tn_str_trim(tn_str_slice(inner.s, colon == TN_NO_OFFSET ? inner.len : colon)));
    struct tn_stated issuer = tn_stated_of(tn_str_trim(tn_str_from(inner, colon == TN_NO_OFFSET ? inner.len : colon + 1)));
    if (tn_normal_word(&tn_vocabulary_identifier_type, type.text, &word) != TN_CODE_NONE)
        return text;
    tn_put(&page->reading, identifier, TN_identifier_type, &type);
    if (issuer.text.len)
        tn_put(&page->reading, identifier, TN_identifier_issuer, &issuer);
    return number;
}

/* start_date -> start_date_type; -1: there is none. */
static int type_field(const struct tn_record_type *type, int field)
{
    char name[64];
    struct tn_str own = tn_str_of(type->fields[field].name);
    if (own.len + sizeof "_type" > sizeof name)
        return -1;
    memcpy(name, own.s, own.len);
    memcpy(name + own.len, "_type", sizeof "_type");
    return tn_field_named(type, tn_str_of(name));
}

struct tn_str tn_page_take_type(struct tn_page_reading *page, struct tn_record *record, int field, struct tn_str text)
{
    struct tn_word word;
    struct tn_str before, inner;
    int type = type_field(record->type, field);
    if (type < 0 || (!split_brackets(text, &before, &inner) && !split_comma(text, &before, &inner)) ||
        tn_normal_word(&tn_vocabulary_date_type, inner, &word) != TN_CODE_NONE)
        return text;
    struct tn_stated stated = tn_stated_of(inner);
    tn_put(&page->reading, record, type, &stated);
    return before;
}

static bool next_word(struct tn_str *rest, struct tn_str *word)
{
    size_t comma = tn_str_find_char(*rest, ',');
    *word = tn_str_trim(tn_str_slice(rest->s, comma == TN_NO_OFFSET ? rest->len : comma));
    *rest = tn_str_from(*rest, comma == TN_NO_OFFSET ? rest->len : comma + 1);
    return word->len > 0;
}

static bool are_words(const struct tn_vocabulary *vocabulary, struct tn_str text)
{
    struct tn_str word;
    struct tn_word found;
    while (next_word(&text, &word))
        if (tn_normal_word(vocabulary, word, &found) != TN_CODE_NONE)
            return false;
    return text.len == 0;
}

struct tn_str tn_page_take_words(struct tn_page_reading *page, struct tn_record *record, int list, struct tn_str text)
{
    const struct tn_vocabulary *vocabulary = record->type->fields[list].vocabulary;
    struct tn_str before = {NULL, 0}, inner = text, word;
    if (!are_words(vocabulary, text) && (!split_brackets(text, &before, &inner) || !are_words(vocabulary, inner)))
        return text;
    while (next_word(&inner, &word))
        tn_page_put(page, record, list, word);
    return before;
}

struct tn_str tn_page_without_tail(const char *tail, struct tn_str text)
{
    struct tn_str rest = tn_str_of(tail);
    while (rest.len) {
        size_t bar = tn_str_find_char(rest, '|');
        struct tn_str one = tn_str_slice(rest.s, bar == TN_NO_OFFSET ? rest.len : bar);
        bool open = one.len && one.s[one.len - 1] == '*';
        one.len -= open;
        size_t at = open ? tn_str_find_fold(text, one) : tn_str_ends_fold(text, one) ? text.len - one.len : TN_NO_OFFSET;
        if (at != TN_NO_OFFSET && at > 0)
            text = tn_str_trim(tn_str_slice(text.s, at));
        rest = tn_str_from(rest, bar == TN_NO_OFFSET ? rest.len : bar + 1);
    }
    return text;
}

void tn_page_put_typed(struct tn_page_reading *page, struct tn_record *record, int field, struct tn_str text)
{
    struct tn_word word;
    int type = tn_field_named(record->type, TN_LIT("type"));
    size_t colon = tn_str_find_char(text, ':');
    if (type >= 0 && colon != TN_NO_OFFSET && record->type->fields[type].vocabulary &&
        tn_normal_word(record->type->fields[type].vocabulary, tn_str_slice(text.s, colon), &word) == TN_CODE_NONE) {
        struct tn_stated stated = tn_stated_of(tn_str_slice(text.s, colon));
        tn_put(&page->reading, record, type, &stated);
        text = tn_str_trim(tn_str_from(text, colon + 1));
    }
    if (text.len && text.s[0] == ':') /* the type before it is empty */
        text = tn_str_trim(tn_str_from(text, 1));
    tn_page_put(page, record, field, text);
}

/* Arms. */

static struct tn_record *arm_named(const struct tn_record *trial, struct tn_str label)
{
    enum { ARMS_COMPARED = 200 };
    for (size_t i = 0; i < tn_count(trial, TN_trial_arms) && i < ARMS_COMPARED; i++) {
        struct tn_record *arm = tn_record_edit(trial, TN_trial_arms, i);
        if (tn_str_eq_fold(tn_text(arm, TN_arm_label), label))
            return arm;
    }
    return NULL;
}

static void put_arm(struct tn_page_reading *page, struct tn_record *intervention, int field, struct tn_str label)
{
    struct tn_record *arm = arm_named(page->reading.trial, label);
    tn_page_put(page, intervention, field, label);
    if (arm && tn_has(intervention, TN_intervention_name))
        tn_page_put(page, arm, TN_arm_intervention_names, tn_text(intervention, TN_intervention_name));
}

/* Labels hold commas of their own: the longest beginning of the rest that is an arm's label is one. */
static struct tn_str next_arm(const struct tn_record *trial, struct tn_str rest)
{
    enum { COMMAS_LOOKED_AT = 64 };
    size_t looked_at = 0;
    for (size_t end = rest.len; end > 0 && looked_at < COMMAS_LOOKED_AT; looked_at++) {
        if (arm_named(trial, tn_str_trim(tn_str_slice(rest.s, end))))
            return tn_str_slice(rest.s, end);
        do
            end--;
        while (end > 0 && rest.s[end] != ',');
    }
    return (struct tn_str){NULL, 0};
}

void tn_page_put_arms(struct tn_page_reading *page, struct tn_record *intervention, int field, struct tn_str text)
{
    struct tn_str rest = tn_str_trim(text);
    while (rest.len) {
        struct tn_str arm = next_arm(page->reading.trial, rest);
        if (arm.len == 0) { /* no arm that the page lists: as it stands */
            tn_page_put(page, intervention, field, rest);
            return;
        }
        put_arm(page, intervention, field, tn_str_trim(arm));
        rest = tn_str_from(rest, arm.len);
        rest = tn_str_trim(tn_str_from(rest, rest.len && rest.s[0] == ','));
    }
}

/* Responsible party. */

static bool is_sponsor(const struct tn_record *trial, struct tn_str text, struct tn_str *rest)
{
    struct tn_str sponsor = tn_text(trial, TN_trial_lead_sponsor);
    if (sponsor.len == 0 || !tn_str_starts_fold(text, sponsor))
        return false;
    *rest = tn_str_trim(tn_str_from(text, sponsor.len));
    return rest->len == 0 || rest->s[0] == '('; /* "Novartis ( Novartis Pharmaceuticals )" */
}

/* "Bijan Najafi, PhD, Baylor College of Medicine": the end of the name, behind what are degrees. */
static size_t name_end(struct tn_str text)
{
    size_t comma = tn_str_find_char(text, ','), end = comma;
    struct tn_person person;
    while (comma != TN_NO_OFFSET) {
        size_t next = tn_str_find_char(tn_str_from(text, comma + 1), ',');
        size_t at = next == TN_NO_OFFSET ? text.len : comma + 1 + next;
        tn_person_split(tn_str_slice(text.s, at), &person);
        if (person.degrees.len == 0)
            break;
        end = at;
        comma = next == TN_NO_OFFSET ? TN_NO_OFFSET : at;
    }
    return end;
}

struct tn_str tn_page_take_affiliation(struct tn_page_reading *page, struct tn_record *official, struct tn_str text)
{
    size_t end = name_end(text);
    bool degrees = end != TN_NO_OFFSET && end > tn_str_find_char(text, ',');
    if (!degrees || end >= text.len || tn_has(official, TN_official_affiliation))
        return text;
    tn_page_put(page, official, TN_official_affiliation, tn_str_trim(tn_str_from(text, end + 1)));
    return tn_str_trim(tn_str_slice(text.s, end));
}

void tn_page_put_party(struct tn_page_reading *page, struct tn_record *trial, int field, struct tn_str text)
{
    struct tn_str rest = {NULL, 0};
    struct tn_record *party = tn_add_record(trial, field);
    if (!party)
        return;
    if (is_sponsor(trial, text, &rest)) {
        struct tn_stated whole = tn_stated_of(text);
        tn_page_put(page, party, TN_responsible_party_type, TN_LIT("SPONSOR"));
        if (rest.len)
            tn_put_extra_here(&page->reading, &whole);
        return;
    }
    size_t end = name_end(text);
    if (end == TN_NO_OFFSET) { /* an organization; a person would stand there with one */
        tn_page_put(page, party, TN_responsible_party_affiliation, text);
        return;
    }
    tn_page_put(page, party, TN_responsible_party_name, tn_str_trim(tn_str_slice(text.s, end)));
    tn_page_put(page, party, TN_responsible_party_affiliation,
                end < text.len ? tn_str_trim(tn_str_from(text, end + 1)) : (struct tn_str){NULL, 0});
}
