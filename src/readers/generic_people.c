/* SPDX-License-Identifier: MIT */
/* Contacts, officials, and other trials. */
#include "normal/fold.h"
#include "normal/identifier.h"
#include "normal/person.h"
#include "normal/word.h"
#include "readers/generic.h"

static struct tn_str trim_signs(struct tn_str text)
{
    while (text.len && strchr(" :,;-|", text.s[0]))
        text = tn_str_from(text, 1);
    while (text.len && strchr(" :,;-|.", text.s[text.len - 1]))
        text.len--;
    return text;
}

static bool is_email(struct tn_str text)
{
    size_t at = tn_str_find_char(text, '@');
    return at != TN_NO_OFFSET && at > 0 && tn_str_find_char(text, ' ') == TN_NO_OFFSET &&
           tn_str_find_char(tn_str_from(text, at), '.') != TN_NO_OFFSET;
}

static bool is_phone(struct tn_str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits += tn_is_digit(text.s[i]);
        if (tn_is_alpha(text.s[i]) || !(tn_is_digit(text.s[i]) || strchr("+()-./ x", text.s[i])))
            return false;
    }
    return digits >= 7 && digits <= 16;
}

/* "phone +44 20 5550 0104", "E-mail: a@b.org": the value without the word before it. */
static struct tn_str without_word(struct tn_str text)
{
    static const char *const words[] = {"telephone", "phone number", "phone", "tel.", "tel", "e-mail address", "e-mail", "email address",
                                        "email", "mailto", "call", "mobile"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct tn_str word = tn_str_of(words[i]);
        if (tn_str_starts_fold(text, word) && text.len > word.len && !tn_is_alnum(text.s[word.len]))
            return trim_signs(tn_str_from(text, word.len));
    }
    return trim_signs(text);
}

/* Two to five words, each with a capital: hardly anything but a name where a contact is expected. */
static bool is_person(struct tn_str text)
{
    static const char *const others[] = {"office", "team", "trial", "study", "centre", "center", "department", "university", "hospital",
                                         "clinic", "unit", "desk", "information", "line", "institute", "ltd", "inc", "street", "road",
                                         "labs", "laborator", "pharma", "company", "therapeutics", "foundation", "group", "college",
                                         "school", "medical", "sciences", "research"};
    struct tn_person person;
    tn_person_split(text, &person);
    size_t words = 0;
    bool start = true;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (tn_str_find_fold(text, tn_str_of(others[i])) != TN_NO_OFFSET)
            return false;
    for (size_t i = 0; i < person.name.len; i++) {
        char c = person.name.s[i];
        if (tn_is_digit(c) || strchr("@:/?", c))
            return false;
        if (start && tn_is_lower(c))
            return false;
        words += start;
        start = c == ' ';
    }
    return words >= 2 && words <= 5;
}

static void put_raw(struct tn_page_reading *page, struct tn_str text)
{
    struct tn_stated value = tn_stated_of(text);
    if (!page->reading.options->redact)
        tn_put_extra_here(&page->reading, &value);
    else if (page->reading.fate)
        *page->reading.fate = TN_FATE_BOILERPLATE;
}

/* A line of a contact: its parts are told by their form. */
static bool take_contact(struct tn_page_reading *page, struct tn_record *contact, struct tn_str text)
{
    bool all = true, any = false, only_front = true;
    struct tn_str rest = text, front = {text.s, 0}; /* what stands before the first part that is known */
    while (rest.len) {
        size_t end = 0;
        while (end < rest.len && !strchr(",;|", rest.s[end]))
            end++;
        struct tn_str piece = tn_str_trim(tn_str_slice(rest.s, end)), bare = without_word(piece);
        rest = tn_str_from(rest, end + 1);
        if (is_email(bare) && !tn_has(contact, TN_contact_email))
            tn_page_put(page, contact, TN_contact_email, bare);
        else if (is_phone(bare) && !tn_has(contact, TN_contact_phone))
            tn_page_put(page, contact, TN_contact_phone, bare);
        else if (piece.len) {
            all = false;
            only_front = only_front && !any;
            front.len = any ? front.len : (size_t)(piece.s - text.s) + piece.len;
            continue;
        }
        any = true;
    }
    if (any && !all && only_front && !tn_has(contact, TN_contact_name) && is_person(front))
        tn_page_put(page, contact, TN_contact_name, front); /* "Jane Roe, RN, 555-010-1234" */
    else if (any && !all)
        put_raw(page, text);
    return any;
}

/* "Email Jane", a link to her address: only the address says something. */
static bool take_mailto(struct tn_page_reading *page, struct tn_record **open, const char *preset,
                        const struct tn_block *line, struct tn_str text, bool continued)
{
    size_t count = tn_count(page->reading.trial, TN_trial_contacts);
    struct tn_str scheme = TN_LIT("mailto:");
    if (!line || !tn_str_starts_fold(line->link, scheme))
        return false;
    struct tn_str email = tn_str_from(line->link, scheme.len);
    size_t query = tn_str_find_char(email, '?');
    email.len = query == TN_NO_OFFSET ? email.len : query;
    if (!is_email(email) || tn_str_find_char(email, '%') != TN_NO_OFFSET || tn_str_find_char(email, ',') != TN_NO_OFFSET ||
        tn_str_find_char(text, '@') != TN_NO_OFFSET)
        return false;
    if (!*open && continued && count)
        *open = tn_record_edit(page->reading.trial, TN_trial_contacts, count - 1);
    if (!*open || tn_has(*open, TN_contact_email)) {
        *open = tn_add_record(page->reading.trial, TN_trial_contacts);
        tn_page_preset(page, *open, preset);
    }
    tn_page_put(page, *open, TN_contact_email, email);
    return without_word(text).s != text.s || tn_str_starts_fold(text, TN_LIT("contact")) || tn_str_starts_fold(text, TN_LIT("mail")) ||
           tn_str_eq_fold(text, TN_LIT("email")) || tn_str_eq_fold(text, TN_LIT("e-mail"));
}

static void take_contact_line(struct tn_page_reading *page, struct tn_record **open, const char *preset,
                              const struct tn_label *label, struct tn_str text)
{
    const struct tn_label_word *word = label->word;
    if (!*open || (word && word->type == &tn_type_contact && tn_has(*open, word->field))) {
        *open = tn_add_record(page->reading.trial, TN_trial_contacts);
        tn_page_preset(page, *open, preset);
    }
    if (!*open)
        return;
    if (word && word->type == &tn_type_contact && tn_generic_fits(word, text))
        tn_page_put(page, *open, word->field, text);
    else if (!take_contact(page, *open, text)) {
        if (is_person(text) && !tn_has(*open, TN_contact_name))
            tn_page_put(page, *open, TN_contact_name, text);
        else
            put_raw(page, text);
    }
}

static bool says_something(const struct tn_record *contact, const char *preset)
{
    for (int f = 0; f < contact->type->count; f++)
        if (tn_has(contact, f) && !(preset && f == TN_contact_kind))
            return true;
    return false;
}

void tn_generic_contact(struct tn_page_reading *page, const struct tn_span *span)
{
    const struct tn_label_word *word = tn_generic_word(span);
    struct tn_label none = {.word = NULL};
    struct tn_record *open = NULL;
    if (word->how == TN_HOW_PART) { /* a contact's part outside of its section: that of the last contact */
        size_t count = tn_count(page->reading.trial, TN_trial_contacts);
        struct tn_label label = {.word = word};
        open = count ? tn_record_edit(page->reading.trial, TN_trial_contacts, count - 1) : NULL;
        tn_page_at(page, span->label);
        if (span->value.len)
            take_contact_line(page, &open, NULL, &label, span->value);
        for (size_t i = 0; i < span->count; i++) {
            tn_page_at(page, span->lines[i]);
            take_contact_line(page, &open, NULL, i ? &none : &label, tn_page_line(span->lines[i]));
        }
        return;
    }
    tn_page_at(page, span->label);
    if (span->value.len && !take_mailto(page, &open, word->preset, span->label, span->value, span->continued))
        take_contact_line(page, &open, word->preset, &none, span->value);
    for (size_t i = 0; i < span->count; i++) {
        const struct tn_block *line = span->lines[i];
        struct tn_label label = line->kind == TN_BLOCK_PAIR ? tn_generic_find(line->label, TN_WITHIN_CONTACT) : none;
        tn_page_at(page, line);
        if (line->kind == TN_BLOCK_ROW && line->header && !tn_generic_is_header(line)) {
            open = tn_add_record(page->reading.trial, TN_trial_contacts);
            if (open)
                tn_generic_row(page, span, line, open, TN_WITHIN_CONTACT);
        } else if (line->kind == TN_BLOCK_ROW && tn_generic_is_header(line)) {
            tn_page_boilerplate(page, line);
        } else if (line->kind == TN_BLOCK_PAIR && !label.word) {
            put_raw(page, line->whole);
        } else if (!take_mailto(page, &open, word->preset, line, line->kind == TN_BLOCK_PAIR ? line->text : tn_page_line(line), span->continued)) {
            take_contact_line(page, &open, word->preset, &label, line->kind == TN_BLOCK_PAIR ? line->text : tn_page_line(line));
        }
    }
    if (open && !says_something(open, word->preset))
        tn_remove_at(page->reading.trial, TN_trial_contacts, tn_count(page->reading.trial, TN_trial_contacts) - 1);
}

/* "Anna Berg, MD, PhD, Tea University": the comma behind the last degree, from the one behind the name. */
static size_t behind_degrees(struct tn_str text, size_t comma)
{
    while (comma != TN_NO_OFFSET) {
        struct tn_person person;
        size_t next = tn_str_find_char(tn_str_from(text, comma + 1), ',');
        size_t end = next == TN_NO_OFFSET ? text.len : comma + 1 + next;
        tn_person_split(tn_str_slice(text.s, end), &person);
        if (person.degrees.len == 0 || tn_str_find_char(person.name, ',') != TN_NO_OFFSET)
            break;
        comma = next == TN_NO_OFFSET ? TN_NO_OFFSET : end;
    }
    return comma;
}

/* "Solveig Aune, Nordvik University Hospital". */
static void put_official(struct tn_page_reading *page, struct tn_str text, const char *preset)
{
    struct tn_person person;
    tn_person_split(text, &person);
    size_t comma = tn_str_find(person.name, TN_LIT(", "));
    comma = behind_degrees(text, comma);
    struct tn_str name = comma == TN_NO_OFFSET ? text : tn_str_slice(text.s, comma);
    struct tn_str affiliation = comma == TN_NO_OFFSET ? TN_LIT("") : tn_str_trim(tn_str_from(text, comma + 1));
    if (!is_person(name)) {
        put_raw(page, text);
        return;
    }
    struct tn_record *official = tn_add_record(page->reading.trial, TN_trial_officials);
    tn_page_put(page, official, TN_official_name, name);
    tn_page_put(page, official, TN_official_affiliation, affiliation);
    tn_page_preset(page, official, preset);
}

void tn_generic_official(struct tn_page_reading *page, const struct tn_span *span)
{
    const char *preset = tn_generic_word(span)->preset;
    tn_page_at(page, span->label);
    if (span->value.len)
        put_official(page, span->value, preset);
    for (size_t i = 0; i < span->count; i++) {
        tn_page_at(page, span->lines[i]);
        if (i && span->value.len == 0)
            put_raw(page, span->lines[i]->whole);
        else
            put_official(page, tn_page_line(span->lines[i]), preset);
    }
}

/* Another trial: an identifier, the title before it, the status behind it. */
static void take_other(struct tn_page_reading *page, struct tn_str text, const struct tn_block *before, const struct tn_identifier *id)
{
    struct tn_str title = trim_signs(tn_str_slice(text.s, id->at));
    struct tn_identifier other;
    while (title.len && strchr("([", title.s[title.len - 1]))
        title = trim_signs(tn_str_slice(title.s, title.len - 1));
    if (title.len == 0 && before && before->kind != TN_BLOCK_ROW && !tn_identifier_find(before->whole, 0, NULL, &other) &&
                 !tn_generic_is_sentence(before->whole) && tn_str_find_char(before->whole, ':') == TN_NO_OFFSET)
        title = tn_page_line(before);
    struct tn_record *trial = tn_add_record(page->reading.trial, TN_trial_related_trials);
    tn_put_clean(&page->reading, trial, TN_related_trial_trial_id, tn_str_copy(page->reading.arena, tn_str_of(id->value)), text);
    if (title.len > 3 && !tn_generic_is_sentence(text))
        tn_page_put(page, trial, TN_related_trial_title, title);
    struct tn_str status = trim_signs(tn_str_from(text, id->at + id->len));
    while (status.len && strchr(")]", status.s[0]))
        status = trim_signs(tn_str_from(status, 1));
    if (tn_shape_fits(TN_SHAPE_WORD, &tn_type_related_trial.fields[TN_related_trial_status], status))
        tn_page_put(page, trial, TN_related_trial_status, status);
}

static void keep_other(struct tn_page_reading *page, struct tn_str text)
{
    struct tn_stated value = tn_stated_of(text);
    if (!tn_fold_absent(text))
        tn_put_extra_here(&page->reading, &value);
}

/* `Related trials: NCT01234567, NCT07654321`. */
static void put_others(struct tn_page_reading *page, struct tn_str text)
{
    struct tn_str rest = text, entry;
    struct tn_identifier id;
    while (tn_generic_next(&rest, true, &entry)) {
        if (tn_identifier_find(entry, 0, NULL, &id) && id.registry)
            take_other(page, entry, NULL, &id);
        else
            keep_other(page, entry);
    }
}

/* What stands between the numbers describes the others. What stands behind the last may be anything: it is left over. */
void tn_generic_related(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_identifier id;
    size_t end = 0;
    tn_page_at(page, span->label);
    if (span->value.len)
        put_others(page, span->value);
    for (size_t i = 0; i < span->count; i++) {
        struct tn_str text = tn_page_line(span->lines[i]);
        tn_page_at(page, span->lines[i]);
        if (!tn_identifier_find(text, 0, NULL, &id) || !id.registry)
            continue;
        take_other(page, text, i ? span->lines[i - 1] : NULL, &id);
        end = i + 1;
    }
    for (size_t i = 0; i < span->count; i++) {
        tn_page_at(page, span->lines[i]);
        if (i < end)
            tn_page_boilerplate(page, span->lines[i]);
        else if (end == 0)
            keep_other(page, span->lines[i]->whole);
    }
}
