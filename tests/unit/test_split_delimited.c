/* SPDX-License-Identifier: MIT */
/* Rows of delimited text: every size of block, every length, quotation marks that are never closed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "core/delimited.h"
#include "input/split.h"

enum { MOST = 40 };

struct rows {
    size_t count, failed;
    unsigned lines[MOST];
    char texts[MOST][160];
};

static void cut(struct tn_str input, size_t step, size_t max_record, struct rows *rows)
{
    struct tn_source source;
    struct tn_split split;
    struct tn_piece piece;
    struct tn_error error;
    enum tn_split_result result;
    *rows = (struct rows){.count = 0};
    tn_source_memory(&source, input, step);
    tn_split_init(&split, &source, max_record);
    tn_split_delimited(&split);
    while ((result = tn_split_next(&split, &piece, &error)) != TN_SPLIT_END) {
        rows->failed += result != TN_SPLIT_RECORD;
        if (result != TN_SPLIT_RECORD || rows->count == MOST)
            continue;
        assert_int_equal(piece.bytes[piece.len], '\0');
        rows->lines[rows->count] = piece.line;
        snprintf(rows->texts[rows->count++], sizeof rows->texts[0], "%s", piece.bytes);
    }
    tn_split_release(&split);
}

static void check(const char *input, size_t count, const char *const *texts, const unsigned *lines)
{
    struct tn_str text = tn_str_of(input);
    struct rows rows;
    for (size_t step = 0; step <= text.len && step < 80; step++) {
        cut(text, step, 1 << 20, &rows);
        assert_int_equal(rows.count, count);
        assert_int_equal(rows.failed, 0);
        for (size_t i = 0; i < count; i++) {
            assert_string_equal(rows.texts[i], texts[i]);
            assert_int_equal(rows.lines[i], lines[i]);
        }
    }
}

static void rows_are_cut(void **state)
{
    (void)state;
    check("id,name,note\n1,a,b\r\n\r\n2,\"c\nd\",e\n , ,\n3,\"f \"\"g\"\" h\" ,i", 3,
          (const char *const[]){"1,a,b", "2,\"c\nd\",e", "3,\"f \"\"g\"\" h\" ,i"}, (const unsigned[]){2, 4, 7});
    check("id;name;note\n1;5\" tube;b\n2;c;\"d\"\n", 2, (const char *const[]){"1;5\" tube;b", "2;c;\"d\""},
          (const unsigned[]){2, 3});
    /* Rows of a Mac's spreadsheet, whose cells have line feeds inside. */
    check("id,name,note\r1,a,\"b\nc\"\r2,d,e\r3,f,\"\n\ng\"", 3, (const char *const[]){"1,a,\"b\nc\"", "2,d,e", "3,f,\"\n\ng\""},
          (const unsigned[]){1, 2, 2});
    check("sep=;\rid;name;note\r1;a;\"b\nc\"\r", 1, (const char *const[]){"1;a;\"b\nc\""}, (const unsigned[]){1});
    check("id,name,note\r\r\n1,a,b\r\r\n2,\"c\rd\",e\r\r\n", 2, (const char *const[]){"1,a,b\r", "2,\"c\rd\",e\r"},
          (const unsigned[]){2, 3});
    check("id\tname\tnote\r1\ta\tb\r2\tc\td\r", 2, (const char *const[]){"1\ta\tb", "2\tc\td"}, (const unsigned[]){1, 1});
    check("sep=;\nid;name;note\n1;a,b;c\n", 1, (const char *const[]){"1;a,b;c"}, (const unsigned[]){3});
}

static void header_alone_is_no_failure(void **state)
{
    (void)state;
    check("id,name,note,more\n", 0, NULL, NULL);
}

static void stray_marks_cost_no_row(void **state)
{
    (void)state;
    /* closed by the next row's mark; never closed */
    check("id,name,note\n1,\"a,b\n2,c,\"d\"\n3,e,f\n", 3, (const char *const[]){"1,\"a,b", "2,c,\"d\"", "3,e,f"},
          (const unsigned[]){2, 3, 4});
    check("id,name,note\n1,\"a,b\n2,c,d\n3,e,f", 3, (const char *const[]){"1,\"a,b", "2,c,d", "3,e,f"},
          (const unsigned[]){2, 3, 4});
}

static char *repeated(const char *header, const char *first, const char *row, size_t count, size_t *len)
{
    size_t size = strlen(row), start = strlen(header) + strlen(first);
    char *text = malloc(start + count * size + 1);
    assert_non_null(text);
    snprintf(text, start + 1, "%s%s", header, first);
    for (size_t i = 0; i < count; i++)
        memcpy(text + start + i * size, row, size);
    *len = start + count * size;
    text[*len] = '\0';
    return text;
}

static size_t count_rows(const char *header, const char *first, const char *row, size_t count, size_t step)
{
    size_t len, found = 0;
    char *text = repeated(header, first, row, count, &len);
    struct tn_source source;
    struct tn_split split;
    struct tn_piece piece;
    struct tn_error error;
    tn_source_memory(&source, tn_str_slice(text, len), step);
    tn_split_init(&split, &source, 1 << 18);
    tn_split_delimited(&split);
    for (enum tn_split_result result; (result = tn_split_next(&split, &piece, &error)) != TN_SPLIT_END;)
        found += result == TN_SPLIT_RECORD;
    tn_split_release(&split);
    free(text);
    return found;
}

static void a_stray_mark_in_a_long_file(void **state)
{
    (void)state;
    for (size_t step = 0; step < 70000; step += 33333) {
        assert_int_equal(count_rows("id,name,note,a,b\n", "1,\"x,y,,\n", "2,c,d,e,f\n", 50000, step), 50001);
        assert_int_equal(count_rows("id,name,note\n", "", "\"1,c,d\n", 100000, step), 100000);
    }
}

static void too_long_a_row_is_lost_alone(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len;
    struct rows rows;
    char *row = repeated("", "", "xxxxxxxxx", 1000, &len);
    char *last = repeated("id,name,note\n1,a,b\n2,", row, ",c\n3,d,e\n", 1, &len);
    text = last;
    cut(tn_str_slice(text, len), 0, 4096, &rows);
    assert_int_equal(rows.failed, 1);
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.texts[1], "3,d,e");
    assert_int_equal(rows.lines[1], 4);
    free(row);
    free(last);
}

/* Cut at every length and in blocks of every size, nothing hangs, and the rows are the same. */
static void cut_at_every_length(void **state)
{
    (void)state;
    static const char text[] = "id,\"na\nme\",note\r\n1,\"a\"\"\nb\" ,c\r\n\r\n2,\"d,e\n3,\"f\" \"g,h\n\"\"\",i,j\n4,k,\" \r\n\"";
    for (size_t len = 0; len < sizeof text; len++) {
        struct rows whole, stepped;
        cut(tn_str_slice(text, len), 0, 1 << 20, &whole);
        for (size_t step = 1; step < 9; step++) {
            cut(tn_str_slice(text, len), step, 1 << 20, &stepped);
            assert_int_equal(stepped.count, whole.count);
            for (size_t i = 0; i < whole.count; i++)
                assert_string_equal(stepped.texts[i], whole.texts[i]);
        }
    }
}

/* A mark that stands for one, a carriage return, a closing mark with blanks behind it: the end of what is known may fall anywhere. */
static void blocks_end_anywhere(void **state)
{
    (void)state;
    enum { FIRST = 64 * 1024 };
    static const char row[] = "1,\"a \"\"b\"\"\nc\" \r\n";
    for (size_t filling = 0; filling < sizeof row; filling++) {
        size_t len;
        char *before = repeated("id,note\n0,", "", "x", FIRST - 9 - filling, &len), *text = repeated(before, "\n", row, 5, &len);
        struct rows rows;
        cut(tn_str_slice(text, len), 0, 1 << 20, &rows);
        assert_int_equal(rows.count, 6);
        for (size_t i = 1; i < 6; i++)
            assert_string_equal(rows.texts[i], "1,\"a \"\"b\"\"\nc\" ");
        free(before);
        free(text);
    }
}

static void a_file_that_is_filled_up(void **state)
{
    (void)state;
    static const char text[] = "id,name,note\n1,a,some words that go on for a while\n2,c,d\n\0\0\0\0";
    static const char last[] = "id,name,note\n1,a,some words that go on for a while\n2,c,d\0\0\0";
    struct rows rows;
    cut(tn_str_slice(text, sizeof text - 1), 0, 1 << 20, &rows);
    assert_int_equal(rows.count, 2);
    cut(tn_str_slice(last, sizeof last - 1), 0, 1 << 20, &rows);
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.texts[1], "2,c,d");
    check("id,name,note\n1,a,b\n\x1A", 1, (const char *const[]){"1,a,b"}, (const unsigned[]){2});
}

static const char *const two_rows[] = {"NCT01,open,\"a, b\"", "NCT02,\"c\",5"};

static void files_one_behind_the_other(void **state)
{
    (void)state;
    const unsigned lines[] = {2, 4}, glued[] = {2, 3};
    check("id,state,note\nNCT01,open,\"a, b\"\nid,state,note\nNCT02,\"c\",5\n", 2, two_rows, lines);
    check("id,state,note\r\nNCT01,open,\"a, b\"\r\n\xEF\xBB\xBFid,note,size\r\nNCT02,\"c\",5", 2, two_rows, lines);
    check("id,state,note\nNCT01,open,\"a, b\"\nsize,id,other\nNCT02,\"c\",5\n", 2, two_rows, lines);
    check("id,state,note\nNCT01,open,\"a, b\"id,state,note\nNCT02,\"c\",5", 2, two_rows, glued);
    check("id,state,note\nNCT01,open,\"a, b\"\xEF\xBB\xBF\"id\",\"note\",\"state\"\nNCT02,\"c\",5", 2, two_rows, glued);
    check("id,state,day\nN1,open,2024-05-01id,day,other\nN2,2024,\"x\"\n", 2,
          (const char *const[]){"N1,open,2024-05-01", "N2,2024,\"x\""}, glued);
    check("id,state,day\nN1,open,2024-05-01Number,id,state\n2,N2,\"x\"\n", 2,
          (const char *const[]){"N1,open,2024-05-01", "2,N2,\"x\""}, glued);
    check("id;state;day\nN1;open;2024\nid|day|state\nN2|2024|\"x\ny\"\n", 2,
          (const char *const[]){"N1;open;2024", "N2|2024|\"x\ny\""}, lines);
}

static void names_in_rows_are_no_header(void **state)
{
    (void)state;
    check("id,name,note\n1,note,name\n2,id,note\n3,\"name\nid,name\",note\n", 3,
          (const char *const[]){"1,note,name", "2,id,note", "3,\"name\nid,name\",note"}, (const unsigned[]){2, 3, 4});
}

/* The header that rows come with changes where a file begins; after more of them than are told one by one, too. */
static void rows_have_their_own_header(void **state)
{
    (void)state;
    enum { FILES = 600 };
    size_t len;
    static const char file[] = "id,name\n1,a\nname,id\nb,2\n";
    char *text = repeated("", "", file, FILES, &len);
    struct tn_source source;
    struct tn_split split;
    struct tn_piece piece;
    struct tn_error error;
    size_t rows = 0;
    tn_source_memory(&source, tn_str_slice(text, len), 0);
    tn_split_init(&split, &source, 1 << 20);
    tn_split_delimited(&split);
    for (; tn_split_next(&split, &piece, &error) == TN_SPLIT_RECORD; rows++) {
        assert_string_equal(piece.bytes, rows % 2 ? "b,2" : "1,a");
        assert_true(tn_str_eq(piece.delimited->header, rows % 2 ? TN_LIT("name,id") : TN_LIT("id,name")));
    }
    assert_int_equal(rows, 2 * FILES);
    tn_split_release(&split);
    free(text);
}

static void a_cut_cell_is_one_row(void **state)
{
    (void)state;
    check("id,name,note,more\n1,a,b,c\n2,\"d, e\nf, g\nh", 2, (const char *const[]){"1,a,b,c", "2,\"d, e\nf, g\nh"},
          (const unsigned[]){2, 3});
    check("id,name,note,more\nN1,a,b,c\nN2,\"d,e,f\nN3,g,h,i\nN4,j", 4,
          (const char *const[]){"N1,a,b,c", "N2,\"d,e,f", "N3,g,h,i", "N4,j"}, (const unsigned[]){2, 3, 4, 5});
}

static bool is_delimited(const char *text)
{
    return tn_syntax_of(tn_str_of(text)) == TN_SYNTAX_DELIMITED;
}

static void texts_are_told(void **state)
{
    (void)state;
    assert_true(is_delimited("NCT Number,Study Title,Status\nNCT01,\"A, b\",x\n"));
    assert_true(is_delimited("NCT Number;Study Title;Status;Phase\nNCT01;A;x;1\nNCT02;B\n"));
    assert_true(is_delimited("id\ttitle\n17\tLorem\n18\tIpsum\n"));
    assert_true(is_delimited("nct_id|title|status|phase\n"));
    assert_true(is_delimited("\tid\ttitle\n0\tN1\tLorem\n1\tN2\tIpsum\n")); /* rows are numbered, the numbers have no name */
    assert_true(is_delimited("Search: cough\n\nid,title,status,phase\nN1,Lorem,open,1\nN2,Ipsum,shut,2\n"));
    assert_false(is_delimited("A trial\nHome, Trials, About, Contact\nLorem, ipsum, dolor, sit\nAmet, amet, amet, amet\n"));
    assert_true(is_delimited("NCT Number\nNCT01\n\"NCT02\"\n"));
    assert_false(is_delimited("Trials\nNCT01\nNCT02 is open\n"));
    assert_false(is_delimited("\tStatus\n\tPhase 2\n\tPhase 3\n"));
    assert_false(is_delimited("A Study of Lorem, Ipsum, Dolor and Sit\nStatus: open\nPhase 2\n"));
    assert_false(is_delimited("Status\tRecruiting\nPhase\tPhase 2\nSponsor\tExample\n"));
    assert_false(is_delimited("Home | Trials | About | Contact\nLorem\nIpsum\nDolor\n"));
    assert_false(is_delimited("Clinic, Berlin\nClinic, Hamburg\nClinic, Bonn\n"));
    assert_false(is_delimited("one line"));
}

static void names_of_columns(void **state)
{
    (void)state;
    assert_int_equal(tn_column_cmp(TN_LIT("NCT Number"), TN_LIT("nct_number")), 0);
    assert_int_equal(tn_column_cmp(TN_LIT(" Study-Title "), TN_LIT("StudyTitle")), 0);
    assert_int_not_equal(tn_column_cmp(TN_LIT("Title"), TN_LIT("Titles")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_cut),
        cmocka_unit_test(header_alone_is_no_failure),
        cmocka_unit_test(stray_marks_cost_no_row),
        cmocka_unit_test(a_stray_mark_in_a_long_file),
        cmocka_unit_test(too_long_a_row_is_lost_alone),
        cmocka_unit_test(cut_at_every_length),
        cmocka_unit_test(blocks_end_anywhere),
        cmocka_unit_test(a_file_that_is_filled_up),
        cmocka_unit_test(files_one_behind_the_other),
        cmocka_unit_test(names_in_rows_are_no_header),
        cmocka_unit_test(rows_have_their_own_header),
        cmocka_unit_test(a_cut_cell_is_one_row),
        cmocka_unit_test(texts_are_told),
        cmocka_unit_test(names_of_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
