/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "normal/identifier.h"
#include "unit/support_tsv.h"

static struct tn_str found(bool there, const char *word)
{
    return there && word ? tn_str_of(word) : TN_LIT("-");
}

static void check_case(const struct tn_str *cells, const char *where, void *data)
{
    (void)data;
    char registry[32] = "";
    struct tn_identifier id;
    assert_true(cells[1].len < sizeof registry);
    memcpy(registry, cells[1].s, cells[1].len);
    bool there = tn_identifier_find(cells[0], 0, cells[1].len ? registry : NULL, &id);
    tn_tsv_same(where, "value", found(there, id.value), cells[2]);
    if (!there)
        return;
    tn_tsv_same(where, "registry", found(true, id.registry), cells[3]);
    tn_tsv_same(where, "type", tn_str_of(id.type), cells[4]);
    tn_tsv_same(where, "country or typo", tn_str_of(id.typo ? "typo" : id.country), cells[5]);
    assert_true(id.at + id.len <= cells[0].len);
    /* The canonical form is an identifier, and its own canonical form. */
    struct tn_identifier again;
    assert_true(tn_identifier_is(tn_str_of(id.value), cells[1].len ? registry : NULL, &again));
    assert_string_equal(again.value, id.value);
}

static void cases_are_found(void **state)
{
    (void)state;
    tn_tsv_each("normal/identifier.tsv", 6, check_case, NULL);
}

static void check_placeholder(const struct tn_str *cells, const char *where, void *data)
{
    (void)data;
    tn_tsv_same(where, "placeholder", tn_identifier_placeholder(cells[0]) ? TN_LIT("yes") : TN_LIT("no"), cells[1]);
}

static void placeholders_are_told(void **state)
{
    (void)state;
    tn_tsv_each("normal/placeholder.tsv", 2, check_placeholder, NULL);
}

static void all_of_a_text_are_found_in_turn(void **state)
{
    (void)state;
    static const char *const want[] = {"NCT04136184", "2019-001698-10", "U1111-1296-5487", "RBR-4nzq6z"};
    struct tn_str text = TN_LIT("NCT04136184;EUCTR2019-001698-10-SE, U1111-1296-5487 and JPRN-x (RBR-4nzq6z)");
    struct tn_identifier id;
    size_t from = 0, count = 0;
    while (tn_identifier_find(text, from, NULL, &id)) {
        assert_true(count < 4);
        assert_string_equal(id.value, want[count++]);
        from = id.at + id.len;
    }
    assert_int_equal(count, 4);
}

static void place_in_the_text_includes_prefix_and_suffix(void **state)
{
    (void)state;
    struct tn_identifier id;
    assert_true(tn_identifier_find(TN_LIT("a JPRN-jRCTs031180248 b"), 0, NULL, &id));
    assert_int_equal(id.at, 2);
    assert_int_equal(id.len, 19);
    assert_true(tn_identifier_find(TN_LIT("a CTIS2023-507385-11-00."), 0, NULL, &id));
    assert_int_equal(id.at, 2);
    assert_int_equal(id.len, 21);
}

static void nothing_else_may_stand_beside_it(void **state)
{
    (void)state;
    struct tn_identifier id;
    assert_true(tn_identifier_is(TN_LIT("  \"NCT01234567\", "), NULL, &id));
    assert_true(tn_identifier_is(TN_LIT("(EUCTR2004-002714-11-DE)."), NULL, &id));
    assert_true(tn_identifier_is(TN_LIT("\xE2\x80\x9CNCT01234567\xE2\x80\x9D"), NULL, &id));
    assert_false(tn_identifier_is(TN_LIT("NCT01234567 and more"), NULL, &id));
    assert_false(tn_identifier_is(TN_LIT("trial NCT01234567"), NULL, &id));
    assert_false(tn_identifier_is(TN_LIT("NCT01234567; NCT01234568"), NULL, &id));
    assert_false(tn_identifier_is(TN_LIT(""), NULL, &id));
    assert_false(tn_identifier_is(TN_LIT("  "), NULL, &id));
}

static void stable_addresses_are_built(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"ClinicalTrials.gov", "NCT01234567", "https://clinicaltrials.gov/study/NCT01234567"},
        {"EUCTR", "2004-002714-11",
         "https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:2004-002714-11"},
        {"CTIS", "2023-507385-11",
         "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT=2023-507385-11"},
        {"ISRCTN", "ISRCTN12345678", "https://www.isrctn.com/ISRCTN12345678"},
        {"ANZCTR", "ACTRN12605000001234", "https://anzctr.org.au/ACTRN12605000001234.aspx"},
        {"DRKS", "DRKS00012345", "https://drks.de/search/en/trial/DRKS00012345"},
        {"jRCT", "jRCTs031180248", "https://jrct.mhlw.go.jp/en-latest-detail/jRCTs031180248"},
        {"ReBEC", "RBR-4nzq6z", "https://ensaiosclinicos.gov.br/rg/RBR-4nzq6z"},
        {"TCTR", "TCTR20210101001", "https://www.thaiclinicaltrials.org/show/TCTR20210101001"},
        {"CRiS", "KCT0001234", NULL},
        {"ChiCTR", "ChiCTR2000029308", NULL},
        {"ISRCTN", "bad value", NULL},
        {"nowhere", "NCT01234567", NULL},
    };
    struct tn_arena arena;
    tn_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tn_str url = tn_identifier_url(&arena, cases[i][0], tn_str_of(cases[i][1]));
        if (cases[i][2])
            assert_string_equal(url.s, cases[i][2]);
        else
            assert_null(url.s);
        if (url.s)
            assert_true(tn_identifier_url_is_of(cases[i][0], url));
    }
    assert_null(tn_identifier_url(&arena, NULL, TN_LIT("NCT01234567")).s);
    tn_arena_release(&arena);
}

static void hosts_are_compared_whole(void **state)
{
    (void)state;
    static const char ours[] = "ClinicalTrials.gov";
    assert_true(tn_identifier_url_is_of(ours, TN_LIT("https://clinicaltrials.gov/study/NCT01234567")));
    assert_true(tn_identifier_url_is_of(ours, TN_LIT("http://www.ClinicalTrials.gov/ct2/show/NCT01234567")));
    assert_true(tn_identifier_url_is_of(ours, TN_LIT("https://classic.clinicaltrials.gov:443?x")));
    assert_true(tn_identifier_url_is_of(ours, TN_LIT("clinicaltrials.gov/study/x")));
    assert_true(tn_identifier_url_is_of(ours, TN_LIT("https://clinicaltrials.gov.")));
    assert_true(tn_identifier_url_is_of("jRCT", TN_LIT("https://jrct.niph.go.jp/latest-detail/jRCTs031180248")));
    assert_false(tn_identifier_url_is_of(ours, TN_LIT("https://notclinicaltrials.gov/")));
    assert_false(tn_identifier_url_is_of(ours, TN_LIT("https://clinicaltrials.gov.example.org/")));
    assert_false(tn_identifier_url_is_of(ours, TN_LIT("https://clinicaltrials.gov@example.org/")));
    assert_false(tn_identifier_url_is_of(ours, TN_LIT("https://example.org/clinicaltrials.gov")));
    assert_false(tn_identifier_url_is_of(ours, TN_LIT("https://example.org/?u=http://clinicaltrials.gov")));
    assert_false(tn_identifier_url_is_of(ours, TN_LIT("")));
    assert_false(tn_identifier_url_is_of(NULL, TN_LIT("https://clinicaltrials.gov/")));
}

static bool is_listed(const char *registry)
{
    const char *name;
    for (size_t i = 0; (name = tn_registry_name(i)) != NULL; i++)
        if (strcmp(name, registry) == 0)
            return true;
    return false;
}

static void every_registry_is_listed(void **state)
{
    (void)state;
    static const char *const names[] = {
#define TN_ID(pattern, lead, registry, type, tail, flags, context) registry,
#include "normal/identifiers.inc"
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_true(!names[i] || is_listed(names[i]));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_found),
        cmocka_unit_test(placeholders_are_told),
        cmocka_unit_test(all_of_a_text_are_found_in_turn),
        cmocka_unit_test(place_in_the_text_includes_prefix_and_suffix),
        cmocka_unit_test(nothing_else_may_stand_beside_it),
        cmocka_unit_test(stable_addresses_are_built),
        cmocka_unit_test(hosts_are_compared_whole),
        cmocka_unit_test(every_registry_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
