/* SPDX-License-Identifier: MIT */
/* Cutting XML into records, whatever the size of the blocks; what is damaged is lost alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "unit/support_split.h"

static const char *const paths[] = {"studies[]", "<r>", "<list><trial>"};

static void transcribe(struct tn_str input, size_t step, size_t limit, struct tn_buf *out)
{
    struct tn_source source;
    struct tn_split split;
    tn_buf_reset(out);
    tn_source_memory(&source, input, step);
    tn_split_init(&split, &source, limit);
    assert_true(tn_split_xml(&split, paths, sizeof paths / sizeof paths[0]));
    split_run(&split, out, 2 * input.len + 8);
    tn_split_release(&split);
    assert_true(tn_buf_terminate(out));
}

static void check_limit(struct tn_str input, size_t limit, const char *expected)
{
    static const size_t steps[] = {0, 1, 2, 3, 7, 31};
    struct tn_buf out;
    tn_buf_init(&out, 1 << 24);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        transcribe(input, steps[i], limit, &out);
        assert_string_equal(out.data, expected);
    }
    tn_buf_release(&out);
}

static void check(const char *input, const char *expected)
{
    check_limit(tn_str_of(input), SPLIT_LIMIT, expected);
}

static void test_records(void **state)
{
    (void)state;
    check("<r>1</r>", "record 0 @0:1 <r>1</r>\n");
    check("<?xml version='1.0'?>\n<!-- <r> -->\n<r a='>'/>\n", "record 0 @35:3 <r a='>'/>\n");
    check("<r/><r/>\n<r/>", "record 0 @0:1 <r/>\nrecord 1 @4:1 <r/>\nrecord 2 @9:2 <r/>\n");
    check("<all><r>1</r>\n<r>2</r></all>",
          "record 0 @5:1 all[0] <r>1</r>\nrecord 1 @14:2 all[1] <r>2</r>\ncontainer <r> 2-0 complete\n");
    /* A name inside of its own is no record; nor is a trial that no list holds. */
    check("<r><r>1</r><x:r/></r>", "record 0 @0:1 <r><r>1</r><x:r/></r>\n");
    check("<a><trial/><list><trial><trial/></trial></list></a>",
          "record 0 @17:1 a.list[0] <trial><trial/></trial>\ncontainer <list><trial> 1-0 complete\n");
    check("<x:list xmlns:x='u'><x:trial>1</x:trial></x:list>",
          "record 0 @20:1 list[0] <x:trial>1</x:trial>\ncontainer <list><trial> 1-0 complete list.@xmlns:x=u\n");
}

static void test_what_containers_state(void **state)
{
    (void)state;
    check("<all totalCount=\"31\" b='x'><r/></all>",
          "record 0 @27:1 all[0] <r/>\ncontainer <r> 1-0 complete all.@totalCount=31 all.@b=x\n");
    check("<list count='0'></list>", "container <list><trial> 0-0 complete list.@count=0\n");
    check("<other><a/></other>", "lost 0 unrecognised @0:1\n");
}

static void test_markup_that_is_none(void **state)
{
    (void)state;
    check("<r><![CDATA[</r>]]><!-- </r> --><?p </r> ?></r>",
          "record 0 @0:1 <r><![CDATA[</r>]]><!-- </r> --><?p </r> ?></r>\n");
    check("<r>a < b <3 x<b or c> d</r>", "record 0 @0:1 <r>a < b <3 x<b or c> d</r>\n");
    check("<!DOCTYPE r [<!ENTITY a \"<r>]>\"> <!-- ' ]> --> ]><r>&a;</r>", "record 0 @49:1 <r>&a;</r>\n");
    check("<r>a <!-- b</r>", "record 0 @0:1 <r>a <!-- b</r>\n");
    check("<r a=\"1>2</r>", "damage syntax @1:1\nlost 0 syntax @0:1\n");
}

static void test_broken(void **state)
{
    (void)state;
    check("<l>\n<r><a></r>\n<r>2</r>\n</l>",
          "lost 0 syntax @10:2 l[0]\nrecord 1 @15:3 l[1] <r>2</r>\ncontainer <r> 2-1 complete\n");
    /* The end of the first is missing: it had swallowed the others. */
    check("<l>\n<r>1\n<r>2</r>\n<r>3</r>\n</l>",
          "lost 0 syntax @27:5 l[0]\nrecord 1 @9:3 l[1] <r>2</r>\nrecord 2 @18:4 l[2] <r>3</r>\ncontainer <r> 3-1 complete\n");
    check("<l><r>1</r><r>2", "record 0 @3:1 l[0] <r>1</r>\nlost 1 truncated @11:1 l[1]\ncontainer <r> 2-1 broken\n");
    check("<l><r>1</r>", "record 0 @3:1 l[0] <r>1</r>\ndamage truncated @11:1\ncontainer <r> 1-0 broken\n");
    check("<r>1<?xml version='1.0'?><r>2</r>", "lost 0 truncated @0:1\nrecord 1 @25:1 <r>2</r>\n");
    check("<l><r/></x></l>", "record 0 @3:1 l[0] <r/>\ndamage syntax @11:1\ncontainer <r> 1-0 complete\n");
    check("<r/> and more", "record 0 @0:1 <r/>\ndamage syntax @5:1\n");
    check("text", "damage syntax @0:1\nlost 0 syntax @0:1\n");
    check("", "damage empty-input @0:1\n");
}

static void test_too_large(void **state)
{
    (void)state;
    check_limit(TN_LIT("<l><r>0123456789012345678901234567890123456789012345678901234567890123456789</r><r>2</r></l>"), 64,
                "lost 0 too-large @3:1 l[0]\nrecord 1 @80:1 l[1] <r>2</r>\ncontainer <r> 2-1 complete\n");
    check_limit(TN_LIT("<l><r>01234567890123456789<r>1</r>0123456789012345678901234567890123456789</l>"), 64,
                "lost 0 too-large @3:1 l[0]\nrecord 1 @26:1 l[1] <r>1</r>\ncontainer <r> 2-1 complete\n");
}

static void test_too_deep(void **state)
{
    (void)state;
    struct tn_buf in, out;
    tn_buf_init(&in, 1 << 20);
    tn_buf_init(&out, 1 << 24);
    tn_buf_str(&in, TN_LIT("<l><r>"));
    for (int i = 0; i < TN_MAX_DEPTH; i++)
        tn_buf_str(&in, TN_LIT("<a>"));
    for (int i = 0; i < TN_MAX_DEPTH; i++)
        tn_buf_str(&in, TN_LIT("</a>"));
    tn_buf_str(&in, TN_LIT("</r><r>2</r></l>"));
    transcribe(tn_str_slice(in.data, in.len), 5, SPLIT_LIMIT, &out);
    assert_string_equal(out.data, "lost 0 too-deep @1539:1 l[0]\nrecord 1 @3594:1 l[1] <r>2</r>\ncontainer <r> 2-1 complete\n");
    tn_buf_release(&in);
    tn_buf_release(&out);
}

static void test_character_sets(void **state)
{
    (void)state;
    check("<?xml version='1.0' encoding='iso-8859-1'?><r>\xE9</r>", "record 0 @43:1 <r>\xC3\xA9</r>\n");
    check("<?xml version='1.0' encoding='gbk'?><r>\xD6\xD0\xCE\xC4</r>", "record 0 @36:1 <r>\xE4\xB8\xAD\xE6\x96\x87</r>\n");
    check("<r>\xE9t\xE9</r>", "record 0 @0:1 <r>\xC3\xA9t\xC3\xA9</r>\n");
    /* UTF-16 */
    check_limit(TN_LIT("\xFF\xFE<\0r\0>\0\xE9\0<\0/\0r\0>\0"), SPLIT_LIMIT, "record 0 @0:1 <r>\xC3\xA9</r>\n");
}

/* Many beginnings and no end: no byte is read more than a few times. */
static void test_no_end_of_retries(void **state)
{
    (void)state;
    struct tn_buf in, out;
    tn_buf_init(&in, 1 << 24);
    tn_buf_init(&out, 1 << 26);
    for (int i = 0; i < 60000; i++)
        tn_buf_str(&in, TN_LIT("<r><!--"));
    transcribe(tn_str_slice(in.data, in.len), 0, 1 << 24, &out);
    assert_true(out.len > 0);
    tn_buf_release(&in);
    tn_buf_release(&out);
}

static void test_cut_at_every_length(void **state)
{
    (void)state;
    static const char whole[] = "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'b'>]><l n='3'><r a=\"b\">x<![CDATA[y]]></r>"
                                "<!-- c --><r><b/></r></l>";
    struct tn_buf out, bytewise;
    tn_buf_init(&out, 1 << 20);
    tn_buf_init(&bytewise, 1 << 20);
    for (size_t len = 0; len < sizeof whole; len++) {
        transcribe(tn_str_slice(whole, len), 0, SPLIT_LIMIT, &out);
        transcribe(tn_str_slice(whole, len), 1, SPLIT_LIMIT, &bytewise);
        assert_string_equal(out.data, bytewise.data);
        if (len > 0 && len < sizeof whole - 1)
            assert_true(strstr(out.data, "lost") || strstr(out.data, "damage"));
    }
    tn_buf_release(&out);
    tn_buf_release(&bytewise);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records),         cmocka_unit_test(test_what_containers_state),
        cmocka_unit_test(test_markup_that_is_none), cmocka_unit_test(test_broken),
        cmocka_unit_test(test_too_large),       cmocka_unit_test(test_too_deep),
        cmocka_unit_test(test_character_sets),  cmocka_unit_test(test_no_end_of_retries),
        cmocka_unit_test(test_cut_at_every_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
