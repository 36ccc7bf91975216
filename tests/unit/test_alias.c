/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/buf.h"
#include "dataset/alias.h"
#include "unit/support_trial.h"

/* A trial with the id DRKS00001234 and one identifier: what joins it besides its own. */
static const struct {
    const char *value, *type, *registry, *want;
} cases[] = {
    {"2011-002222-33", "EUDRACT_NUMBER", "EUCTR", "2011-002222-33"},
    {"2011-002222-33-DE", "EUDRACT_NUMBER", "EUCTR", "2011-002222-33"},
    {"EudraCT No.: 2011-002222-33", "EUDRACT_NUMBER", NULL, "2011-002222-33"},
    {"2011-002222-33 (EudraCT)", "OTHER", NULL, "2011-002222-33"},
    {"EU CT 2023-507385-11-00", "CTIS", NULL, "2023-507385-11"},
    {"WHO UTN: U1111-1245-9870", "UTN", NULL, "U1111-1245-9870"},
    {"ClinicalTrials.gov: NCT01234567", "REGISTRY", NULL, "NCT01234567"},
    {"NCT01234567", "NCT_ALIAS", "ClinicalTrials.gov", "NCT01234567 former"},
    {"NCT01234567 (parent study)", "OTHER", NULL, ""},
    {"extension of NCT01234567", "OTHER", NULL, ""},
    {"NCT01234567", "NIH", NULL, ""},
    {"2011-002222-33", "OTHER_GRANT", "EUCTR", ""},
    {"ABC-123", "ORG_STUDY_ID", NULL, ""},
    {"NCT00000000", "REGISTRY", NULL, ""},
    {"NCT99999999", "REGISTRY", NULL, ""},
    {"2004-000000-00", "EUDRACT_NUMBER", NULL, ""},
    {"U1111-1111-1111", "UTN", NULL, ""},
    {"ISRCTN12345678", "REGISTRY", NULL, ""},
    {"DRKS00001234", "REGISTRY", "DRKS", ""},
};

static char got[256];

static void note(void *context, struct tn_str registry, struct tn_str id, bool former)
{
    struct tn_buf *text = context;
    (void)registry;
    if (text->len)
        tn_buf_char(text, ',');
    tn_buf_str(text, id);
    if (former)
        tn_buf_str(text, TN_LIT(" former"));
}

static void only_ids_of_the_trial_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tn_buf text = {got, 0, sizeof got, sizeof got, false};
        struct tn_record *trial = bare_trial("T"), *identifier = tn_add_record(trial, TN_trial_identifiers);
        tn_set_text(trial, TN_trial_trial_id, TN_LIT("DRKS00001234"));
        tn_set_text(trial, TN_trial_registry, TN_LIT("DRKS"));
        tn_set_text(identifier, TN_identifier_value, tn_str_of(cases[i].value));
        tn_set_text(identifier, TN_identifier_type, tn_str_of(cases[i].type));
        if (cases[i].registry)
            tn_set_text(identifier, TN_identifier_registry, tn_str_of(cases[i].registry));
        tn_aliases_of(trial, note, &text);
        tn_buf_char(&text, '\0');
        const char *rest = strchr(got, ',');
        if (strcmp(rest ? rest + 1 : "", cases[i].want) != 0)
            print_error("%s: %s\n", cases[i].value, got);
        assert_string_equal(rest ? rest + 1 : "", cases[i].want);
        assert_memory_equal(got, "DRKS00001234", 12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(only_ids_of_the_trial_itself)};
    return cmocka_run_group_tests(tests, trial_arena_start, trial_arena_stop);
}
