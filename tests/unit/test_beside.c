/* SPDX-License-Identifier: MIT */
/* Names of files that lie beside records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "input/beside.h"

static void test_beside(void **state)
{
    (void)state;
    static const char *const names[] = {
        "Contents.txt", "README", "readme.txt", "a/b/README.md", "dos\\READ ME.TXT", "Read_Me-first.html", "LICENSE", "licence.pdf",
        "public.xsd", "x/schema.png", "DRKS_Schema-2.0.19.json", "data_dictionary.xlsx", "aact data dictionary.csv", "DataDictionary.tsv",
        "nlm_study_data_elements.html", "nlm_protocol_definitions.html", "Thumbs.db", "style.CSS", "records.json.md5", "MD5SUMS",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!tn_beside_what(tn_str_of(names[i])))
            fail_msg("'%s' is taken for a record", names[i]);
}

static void test_records(void **state)
{
    (void)state;
    static const char *const names[] = {
        "", "/", "NCT00000102.xml", "readme/NCT00000102.xml", "contentsoftrial.json", "studies.txt", "licensed.html", "schemata.json",
        "picture.png/a.json", "README.zip", "schema.tar.gz", "a.md", "a.txt", "export.xlsx", "protocol.pdf", "notices.html", "png",
        "nlm.html", "dictionary.csv",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (tn_beside_what(tn_str_of(names[i])))
            fail_msg("'%s' is taken for %s", names[i], tn_beside_what(tn_str_of(names[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_beside), cmocka_unit_test(test_records)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
