/* SPDX-License-Identifier: MIT */
/* What is a list of trials and what is none; what its entries are, and how many there are said to be. Each list is shown as
 * a line: the identifier (or title) of every entry, and the claim behind a slash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "normal/fold.h"
#include "readers/address.h"
#include "readers/listing.h"
#include "support_document.h"

enum { ROOM = 2048 };

struct shown {
    char text[ROOM];
    size_t len, count;
};

static bool show(void *context, const tn_trial *trial)
{
    struct shown *shown = context;
    struct tn_str id = tn_text(trial, TN_trial_trial_id), title = tn_text(trial, TN_trial_title);
    struct tn_str name = id.len ? id : title;
    shown->count++;
    for (size_t i = 0; i < tn_count(trial, TN_trial_warnings); i++) {
        const struct tn_record *warning = tn_record_at(trial, TN_trial_warnings, i);
        if (tn_str_eq(tn_text(warning, TN_warning_code), TN_LIT("truncated-list")))
            shown->len += (size_t)snprintf(shown->text + shown->len, ROOM - shown->len, "/");
    }
    if (shown->len + name.len + 2 < ROOM)
        shown->len += (size_t)snprintf(shown->text + shown->len, ROOM - shown->len, "%.*s;", (int)name.len, name.s);
    return true;
}

static void list(const char *html, struct shown *shown)
{
    struct tn_read_options options = {0};
    struct tn_worker *worker = tn_worker_new(&options);
    memset(shown, 0, sizeof *shown);
    document_read(worker, tn_reader_find("listing"), tn_str_of(html), 0, show, shown);
    tn_worker_free(worker);
}

static void assert_list(const char *html, const char *expected)
{
    struct shown shown;
    list(html, &shown);
    assert_string_equal(shown.text, expected);
}

#define HEAD "<table><tr><th>NCT Number</th><th>Title</th><th>Status</th></tr>"
#define ROW(id, title) "<tr><td>" id "</td><td><a href='/t'>" title "</a></td><td>Recruiting</td></tr>"
#define CARD(id, title) "<div class='card'><h3><a href='/t/" id "'>" title "</a></h3><p>" id "</p><p>Recruiting</p></div>"

static void entries_are_what_is_repeated(void **state)
{
    (void)state;
    assert_list("<p>2 results" HEAD ROW("NCT07000001", "A trial of apples") ROW("NCT07000002", "A trial of pears"),
                "NCT07000001;NCT07000002;");
    assert_list(CARD("NCT07000001", "A trial of apples") CARD("NCT07000002", "A trial of pears"), "NCT07000001;NCT07000002;");
    assert_list("<div>" CARD("NCT07000001", "A trial of apples") "<div class='card'>Buy a blue chair: <a href='/c'>now</a></div>"
                CARD("NCT07000002", "A trial of pears") "</div>", "NCT07000001;NCT07000002;");
    /* The same trial twice is two entries; alone it makes no list. */
    assert_list(CARD("NCT07000001", "A trial of apples") CARD("NCT07000001", "A trial of apples")
                CARD("NCT07000002", "A trial of pears"), "NCT07000001;NCT07000001;NCT07000002;");
    assert_list(CARD("NCT07000001", "A trial of apples") CARD("NCT07000001", "A trial of apples"), "");
}

static void one_entry_is_a_list_where_the_page_says_so(void **state)
{
    (void)state;
    assert_list(HEAD ROW("NCT07000001", "A trial of apples"), "NCT07000001;");
    assert_list("<p>1 result</p>" CARD("NCT07000001", "A trial of apples"), "NCT07000001;");
    assert_list(CARD("NCT07000001", "A trial of apples"), "");
}

static void rows_without_identifier(void **state)
{
    (void)state;
    assert_list(HEAD ROW("NCT07000001", "A trial of apples") ROW("", "A trial of figs")
                "<tr><td></td><td>No address here at all</td><td>Recruiting</td></tr>" ROW("NCT07000002", "A trial of pears"),
                "NCT07000001;A trial of figs;NCT07000002;");
    assert_list("<ul><li><a href='/1'>The hospital opens a new wing</a></li><li><a href='/2'>The hospital opens a door</a></li></ul>",
                "");
    assert_list("<div><h3><a href='/p/1'>Blue garden chair</a></h3><p>Status: Available</p><p>Type: Chair</p></div>"
                "<div><h3><a href='/p/2'>Green garden chair</a></h3><p>Status: Available</p><p>Type: Chair</p></div>", "");
}

static void a_trial_with_others_beside_it_is_none(void **state)
{
    (void)state;
    assert_list("<h1>A trial of plums</h1><p>NCT07000009</p><h2>Inclusion criteria</h2><ul><li>Likes plums</li></ul><h2>Related</h2>"
                CARD("NCT07000001", "A trial of apples") CARD("NCT07000002", "A trial of pears"), "");
    assert_list("<h1>A trial of plums</h1><p>Phase: 2</p><p>Status: Recruiting</p><p>Enrollment: 50</p><p>Sponsor: Plum Board</p>"
                CARD("NCT07000001", "A trial of apples") CARD("NCT07000002", "A trial of pears"), "");
    assert_list("<h1>A trial of plums</h1><p>Phase: 2</p><p>Status: Recruiting</p><table><tr><td>Rollover study<td>NCT07000001</tr>"
                "<tr><td>Substudy NCT number<td><a href='/t/NCT07000002'>NCT07000002</a></tr></table>", "");
    assert_list("<h1>Trials of fruit</h1><p>Phase: 2</p><p>Status: Recruiting</p><p>Country: France</p>"
                CARD("NCT07000001", "A trial of apples") CARD("NCT07000002", "A trial of pears"), "NCT07000001;NCT07000002;");
    assert_list("<title>NCT07000009: A trial of plums</title>" CARD("NCT07000001", "A trial of apples")
                CARD("NCT07000002", "A trial of pears"), "");
}

static void claims_in_several_languages(void **state)
{
    static const char *const claims[] = {
        "Showing 1-2 of 57", "Showing 1 to 2 of 1,057 entries", "32 results", "Found 32 studies", "Page 1 of 4", "32 Ergebnisse",
        "1 - 2 von 32",      "32 r\xC3\xA9sultats", "32 resultados", "\xE5\x85\xB1" "32\xE6\x9D\xA1",
        "\xE5\x85\xB1\xE6\xA3\x80\xE7\xB4\xA2\xE5\x88\xB0 32 \xE4\xB8\xAA", "\xE5\x85\xA8" "32\xE4\xBB\xB6", "\xEC\xB4\x9D 32\xEA\xB1\xB4",
    };
    char html[1024];
    (void)state;
    for (size_t i = 0; i < sizeof claims / sizeof claims[0]; i++) {
        snprintf(html, sizeof html, "<p>%s</p>" CARD("NCT07000001", "A trial of apples") CARD("NCT07000002", "A trial of pears"),
                 claims[i]);
        assert_list(html, "/NCT07000001;NCT07000002;");
    }
    assert_list("<p>We know of 450,000 studies from 220 countries.</p><p>2 trials</p>" CARD("NCT07000001", "A trial of apples")
                CARD("NCT07000002", "A trial of pears"), "NCT07000001;NCT07000002;");
}

static void long_lists_and_deep_ones(void **state)
{
    enum { ROWS = 10000, ROW_ROOM = 160 };
    struct shown shown;
    char *html = malloc((size_t)ROWS * ROW_ROOM);
    size_t len = 0;
    (void)state;
    assert_non_null(html);
    len += (size_t)snprintf(html, ROW_ROOM, "%s", HEAD);
    for (int i = 0; i < ROWS; i++)
        len += (size_t)snprintf(html + len, ROW_ROOM, ROW("NCT0%07d", "A trial of apples"), i + 1);
    list(html, &shown);
    assert_int_equal(shown.count, ROWS);
    for (len = 0; len < 900 * 5; len += 5)
        memcpy(html + len, "<div>", 5);
    snprintf(html + len, ROW_ROOM, "NCT07000001 A trial of apples");
    list(html, &shown);
    assert_int_equal(shown.count, 0);
    free(html);
}

static void addresses_are_seen_from_the_page(void **state)
{
    static const struct {
        const char *base, *link, *expected;
    } rows[] = {
        {"https://a.example/x/y?q=1", "z?r=2", "https://a.example/x/z?r=2"},
        {"https://a.example/x/y", "../z", "https://a.example/z"},
        {"https://a.example/x/y", "../../../z", "https://a.example/z"},
        {"https://a.example", "z", "https://a.example/z"},
        {"https://a.example/x/", "/z", "https://a.example/z"},
        {"https://a.example/x/y?q=1", "?q=2", "https://a.example/x/y?q=2"},
        {"https://a.example/x", "//b.example/z", "https://b.example/z"},
        {"https://a.example/x", "http://c.example/", "http://c.example/"},
        {"", "z/../w", "z/../w"},
        {"file:///tmp/x.html", "z", "z"},
    };
    struct tn_arena arena;
    (void)state;
    tn_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(tn_address_join(&arena, tn_str_of(rows[i].base), tn_str_of(rows[i].link)).s, rows[i].expected);
    tn_arena_release(&arena);
}

/* A name that folding changes would never be found. */
static void names_of_columns_are_folded(void **state)
{
    static const char *const names[] = {
#define TN_COLUMN(name, field, strong) name,
#include "readers/listing_columns.inc"
#undef TN_COLUMN
    };
    char key[TN_FOLD_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        tn_fold(tn_str_of(names[i]), key);
        assert_string_equal(key, names[i]);
        assert_non_null(tn_column_find(tn_str_of(names[i])));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_what_is_repeated),
        cmocka_unit_test(one_entry_is_a_list_where_the_page_says_so),
        cmocka_unit_test(rows_without_identifier),
        cmocka_unit_test(a_trial_with_others_beside_it_is_none),
        cmocka_unit_test(claims_in_several_languages),
        cmocka_unit_test(long_lists_and_deep_ones),
        cmocka_unit_test(addresses_are_seen_from_the_page),
        cmocka_unit_test(names_of_columns_are_folded),
    };
    tn_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
