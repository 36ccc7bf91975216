/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "readers/redact.h"
#include "unit/support_trial.h"
#include "unit/support_tsv.h"

static struct tn_record *trial_of(const char *official)
{
    struct tn_record *trial = tn_record_new(&trial_arena, &tn_type_trial);
    tn_set_text(tn_add_record(trial, TN_trial_officials), TN_official_name, tn_str_of(official));
    return trial;
}

static void is_text(struct tn_str got, const char *want)
{
    tn_tsv_same("text", want, got, tn_str_of(want));
}

/* Column 1: names apart by `|`; 2: text; 3: what is left. */
static void check_case(const struct tn_str *cells, const char *where, void *data)
{
    struct tn_record *trial = tn_record_new(&trial_arena, &tn_type_trial);
    struct tn_str rest = cells[0];
    (void)data;
    while (rest.len) {
        size_t bar = tn_str_find_char(rest, '|');
        struct tn_str name = tn_str_slice(rest.s, bar == TN_NO_OFFSET ? rest.len : bar);
        struct tn_record *official = tn_add_record(trial, TN_trial_officials);
        tn_set_text(official, TN_official_name, tn_str_copy(&trial_arena, name));
        rest = bar == TN_NO_OFFSET ? tn_str_slice("", 0) : tn_str_from(rest, bar + 1);
    }
    tn_set_text(trial, TN_trial_brief_summary, cells[1]); /* of exactly its length: a read behind it is seen */
    tn_redact(trial, &trial_arena);
    tn_tsv_same(where, "text", tn_text(trial, TN_trial_brief_summary), cells[2]);
    assert_false(tn_has(trial, TN_trial_officials));
    tn_arena_reset(&trial_arena);
}

static void cases(void **state)
{
    (void)state;
    tn_tsv_each("normal/redact.tsv", 3, check_case, NULL);
}

static int persons_in(const struct tn_record *record)
{
    int found = 0;
    const struct tn_record_type *type = tn_record_type_of(record);
    for (int f = 0; f < type->count; f++) {
        if (tn_has(record, f) && (type->fields[f].flags & TN_PERSON))
            found++;
        if (type->fields[f].record)
            for (size_t i = 0; i < tn_count(record, f); i++)
                found += persons_in(tn_record_at(record, f, i));
    }
    return found;
}

/* Fills every field of a record that says something about a person, in all records that can hold one. */
static void fill(struct tn_record *record)
{
    for (int f = 0; f < record->type->count; f++) {
        const struct tn_field *field = &record->type->fields[f];
        if (field->kind == TN_TEXT)
            tn_set_text(record, f, TN_LIT("some words"));
        else if (field->record)
            fill(tn_add_record(record, f));
    }
}

static void all_person_fields_go(void **state)
{
    (void)state;
    struct tn_record *trial = tn_record_new(&trial_arena, &tn_type_trial);
    fill(trial);
    assert_true(persons_in(trial) > 10);
    tn_redact(trial, &trial_arena);
    assert_int_equal(persons_in(trial), 0);
    is_text(tn_text(tn_record_at(trial, TN_trial_officials, 0), TN_official_affiliation), "some words");
}

static void nested_texts_are_cleaned(void **state)
{
    (void)state;
    struct tn_record *trial = trial_of("Eva Lund");
    struct tn_record *arm = tn_add_record(trial, TN_trial_arms);
    tn_add_text(arm, TN_arm_intervention_names, TN_LIT("Eva Lund's exercise"));
    tn_add_text(trial, TN_trial_keywords, TN_LIT("a@example.org"));
    tn_set_text(trial, TN_trial_lead_sponsor, TN_LIT("Eva Lund"));
    tn_set_text(trial, TN_trial_lead_sponsor_class, TN_LIT("OTHER"));
    add_extra(trial, "Note", "ask Eva Lund", NULL);
    add_extra(trial, "Eva Lund", "office hours", NULL);
    add_extra(trial, "Dr. Lund", "no hours", NULL);
    tn_redact(trial, &trial_arena);
    is_text(tn_text_at(arm, TN_arm_intervention_names, 0), "[redacted]'s exercise");
    is_text(tn_text_at(trial, TN_trial_keywords, 0), "[redacted]");
    is_text(tn_text(trial, TN_trial_lead_sponsor), "[redacted]");
    const struct tn_record *extra = tn_record_at(trial, TN_trial_extra, 0);
    is_text(tn_text_at(extra, TN_extra_value_values, 0), "ask [redacted]");
    is_text(tn_text(tn_record_at(trial, TN_trial_extra, 1), TN_extra_value_label), "[redacted]");
    is_text(tn_text(tn_record_at(trial, TN_trial_extra, 2), TN_extra_value_label), "Dr. [redacted] (2)");
}

static void a_company_is_no_person(void **state)
{
    (void)state;
    struct tn_record *trial = trial_of("Nordwind Larsson");
    tn_set_text(trial, TN_trial_lead_sponsor, TN_LIT("Nordwind Larsson"));
    tn_set_text(trial, TN_trial_lead_sponsor_class, TN_LIT("INDUSTRY"));
    tn_redact(trial, &trial_arena);
    is_text(tn_text(trial, TN_trial_lead_sponsor), "Nordwind Larsson");
}

static void extra_of_people_goes_whole(void **state)
{
    (void)state;
    struct tn_record *trial = tn_record_new(&trial_arena, &tn_type_trial);
    add_extra(trial, "Contact Person", "Eva Lund", NULL);
    add_extra(trial, "a.contactsLocationsModule.overallOfficials[0].name", "Eva Lund", NULL);
    add_extra(trial, "a.contactsLocationsModule.locations[0].status", "open", NULL);
    tn_redact(trial, &trial_arena);
    static const char *const want[] = {"[redacted]", "[redacted]", "open"};
    for (size_t i = 0; i < 3; i++)
        is_text(tn_text_at(tn_record_at(trial, TN_trial_extra, i), TN_extra_value_values, 0), want[i]);
}

static void warnings_and_origins_are_cleaned(void **state)
{
    (void)state;
    static const struct {
        const char *field, *want;
    } origins[] = {{"officials[0].degrees", "[redacted]"},
                   {"locations[2].contacts[0].phone", "[redacted]"},
                   {"locations[2].city", "Eva"},
                   {"title", "Eva"}};
    struct tn_record *trial = trial_of("Eva Lund");
    struct tn_error error;
    tn_error_set(&error, TN_WARN, TN_CONFLICT, "official.name", "the source states 'Eva Lund' and 'Ida Berg'");
    tn_add_warning(trial, &error);
    tn_error_set(&error, TN_WARN, TN_BAD_VALUE, "start_date", "not a date: 'ask Eva Lund'");
    tn_add_warning(trial, &error);
    for (size_t i = 0; i < 4; i++) {
        struct tn_record *origin = tn_add_record(trial, TN_trial_provenance);
        tn_set_text(origin, TN_origin_field, tn_str_of(origins[i].field));
        tn_set_text(origin, TN_origin_raw, TN_LIT("Eva"));
    }
    tn_redact(trial, &trial_arena);
    is_text(tn_text(tn_record_at(trial, TN_trial_warnings, 0), TN_warning_message), "[redacted]");
    is_text(tn_text(tn_record_at(trial, TN_trial_warnings, 0), TN_warning_code), "conflict");
    is_text(tn_text(tn_record_at(trial, TN_trial_warnings, 1), TN_warning_message), "not a date: 'ask [redacted]'");
    for (size_t i = 0; i < 4; i++)
        is_text(tn_text(tn_record_at(trial, TN_trial_provenance, i), TN_origin_raw), origins[i].want);
}

static void addresses_and_numbers_of_contacts_go_from_texts(void **state)
{
    (void)state;
    struct tn_record *trial = tn_record_new(&trial_arena, &tn_type_trial);
    struct tn_record *contact = tn_add_record(trial, TN_trial_contacts);
    tn_set_text(contact, TN_contact_kind, TN_LIT("PUBLIC"));
    tn_set_text(contact, TN_contact_address, TN_LIT("7 Harbour Road, Smalltown"));
    tn_set_text(contact, TN_contact_phone, TN_LIT("555 0199"));
    tn_set_text(contact, TN_contact_city, TN_LIT("Smalltown"));
    tn_set_text(trial, TN_trial_title, TN_LIT("At 7 Harbour Road, Smalltown; ring 555 0199 in Smalltown"));
    tn_redact(trial, &trial_arena);
    is_text(tn_text(trial, TN_trial_title), "At [redacted]; ring [redacted] in Smalltown");
    assert_int_equal(tn_count(trial, TN_trial_contacts), 1);
}

static void codes_stay(void **state)
{
    (void)state;
    struct tn_record *trial = tn_record_new(&trial_arena, &tn_type_trial);
    struct tn_record *id = tn_add_record(trial, TN_trial_identifiers);
    tn_set_text(id, TN_identifier_value, TN_LIT("617-555-0123"));
    tn_set_text(trial, TN_trial_url, TN_LIT("https://example.org/?q=617-555-0123"));
    tn_redact(trial, &trial_arena);
    is_text(tn_text(id, TN_identifier_value), "617-555-0123");
    is_text(tn_text(trial, TN_trial_url), "https://example.org/?q=617-555-0123");
}

/* A surname is a city's name too, or a word of a vocabulary; publications name their authors. */
static void places_and_publications_stay(void **state)
{
    (void)state;
    struct tn_record *trial = trial_of("Will Other; Ann Jordan");
    struct tn_record *location = tn_add_record(trial, TN_trial_locations);
    struct tn_record *publication = tn_add_record(trial, TN_trial_publications);
    tn_set_text(location, TN_location_country, TN_LIT("Jordan"));
    tn_set_text(location, TN_location_facility, TN_LIT("Prof. Dr. Moor Hospital, c/o Ann Jordan"));
    tn_set_text(trial, TN_trial_lead_sponsor_class, TN_LIT("OTHER"));
    tn_set_text(publication, TN_publication_citation, TN_LIT("Jordan A, Prof. Kurz H. Socks. 2020; write a@example.org"));
    tn_set_text(trial, TN_trial_title, TN_LIT("Jordan's socks"));
    tn_redact(trial, &trial_arena);
    is_text(tn_text(location, TN_location_country), "Jordan");
    is_text(tn_text(location, TN_location_facility), "Prof. Dr. Moor Hospital, c/o [redacted]");
    is_text(tn_text(trial, TN_trial_lead_sponsor_class), "OTHER");
    is_text(tn_text(publication, TN_publication_citation), "Jordan A, Prof. Kurz H. Socks. 2020; write [redacted]");
    is_text(tn_text(trial, TN_trial_title), "[redacted]'s socks");
}

/* Time that grows with the square of the length would not end here. */
static void long_hostile_texts(void **state)
{
    (void)state;
    static const char *const pieces[] = {"@", "a@", "(at)", "0", "0 ", "+1", "(0", "Dr ", "A ", "Eva ", "-", "x'", "\xE2\x80",
                                         "Dr. A. ", "principal investigator ", "Al, MD ", "Address:", "van "};
    enum { SIZE = 1 << 20 };
    for (size_t p = 0; p < sizeof pieces / sizeof pieces[0]; p++) {
        size_t piece = strlen(pieces[p]);
        char *text = malloc(SIZE + 1);
        assert_non_null(text);
        for (size_t i = 0; i < SIZE; i++)
            text[i] = pieces[p][i % piece];
        text[SIZE] = '\0';
        struct tn_record *trial = trial_of("Eva Eva Eva Eva Lund");
        tn_set_text(trial, TN_trial_title, tn_str_slice(text, SIZE));
        tn_redact(trial, &trial_arena);
        tn_arena_reset(&trial_arena);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases),
        cmocka_unit_test(all_person_fields_go),
        cmocka_unit_test(nested_texts_are_cleaned),
        cmocka_unit_test(a_company_is_no_person),
        cmocka_unit_test(extra_of_people_goes_whole),
        cmocka_unit_test(warnings_and_origins_are_cleaned),
        cmocka_unit_test(addresses_and_numbers_of_contacts_go_from_texts),
        cmocka_unit_test(codes_stay),
        cmocka_unit_test(places_and_publications_stay),
        cmocka_unit_test(long_hostile_texts),
    };
    return cmocka_run_group_tests(tests, trial_arena_start, trial_arena_stop);
}
