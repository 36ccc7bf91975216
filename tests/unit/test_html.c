/* SPDX-License-Identifier: MIT */
/* HTML becomes blocks. Each block is shown as a line: H2 heading, P paragraph, ! all bold, > item of its level, A label =
 * value, R cell | cell. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "syntax/blocks.h"

enum { ROOM = 4096 };

static void show_cells(char *out, size_t *len, const struct tn_block *block)
{
    for (size_t c = 0; c < block->cell_count; c++)
        *len += (size_t)snprintf(out + *len, ROOM - *len, "%s%.*s", c ? " | " : "", (int)block->cells[c].len,
                                 block->cells[c].len ? block->cells[c].s : "");
}

static void show(char *out, size_t *len, const struct tn_block *block)
{
    static const char kinds[] = "HP>AR";
    char level[8] = "";
    if (block->kind == TN_BLOCK_HEADING || block->kind == TN_BLOCK_ITEM)
        snprintf(level, sizeof level, "%u", block->level % 100);
    *len += (size_t)snprintf(out + *len, ROOM - *len, "%c%s%s ", kinds[block->kind], level,
                             block->emphatic && block->kind == TN_BLOCK_PARAGRAPH ? "!" : "");
    if (block->kind == TN_BLOCK_PAIR)
        *len += (size_t)snprintf(out + *len, ROOM - *len, "%.*s = %.*s", (int)block->label.len, block->label.s,
                                 (int)block->text.len, block->text.len ? block->text.s : "");
    else if (block->kind == TN_BLOCK_ROW)
        show_cells(out, len, block);
    else
        *len += (size_t)snprintf(out + *len, ROOM - *len, "%.*s", (int)block->text.len, block->text.s);
    *len += (size_t)snprintf(out + *len, ROOM - *len, "\n");
}

struct made {
    struct tn_arena arena;
    const struct tn_page *page;
    struct tn_error error;
    char text[ROOM];
};

static void make(struct made *made, const char *html)
{
    size_t len = 0;
    memset(made, 0, sizeof *made);
    tn_arena_init(&made->arena, (size_t)1 << 30);
    made->page = tn_html_blocks(&made->arena, tn_str_of(html), &made->error);
    for (size_t i = 0; made->page && i < made->page->count; i++)
        show(made->text, &len, &made->page->blocks[i]);
}

static void expect(const char *html, const char *blocks)
{
    struct made made;
    make(&made, html);
    assert_non_null(made.page);
    assert_string_equal(made.text, blocks);
    tn_arena_release(&made.arena);
}

static void lines_and_headings(void **state)
{
    (void)state;
    expect("<h1>A <em>trial</em>\n of&nbsp;tea</h1><p>One<br>two<p>three", "H1 A trial of tea\nP One\nP two\nP three\n");
    expect("<p><b>All bold</b></p><p><b>Not</b> all</p>", "P! All bold\nP Not all\n");
    expect("<div>a<div>b</div>c</div>", "P a\nP b\nP c\n");
    expect("<details><summary>Ask</summary>Answer</details>", "P! Ask\nP Answer\n");
    expect("<pre>one\n  two</pre>", "P one\nP two\n");
}

static void lists(void **state)
{
    (void)state;
    expect("<ul><li>a<ul><li>b</ul><li>c</ul>", ">0 a\n>1 b\n>0 c\n");
    expect("<ol start=3><li>a<li><p>b</p><p>more</p></ol>", ">0 a\n>0 b\nP more\n");
    expect("<p>\xE2\x80\xA2 a<br>- b<br>1. c", ">0 a\n>0 b\n>0 c\n");
    expect("<ul><li><b>Status:</b> open</ul>", "A Status = open\n");
}

static void pairs(void **state)
{
    (void)state;
    expect("<dl><dt>Phase:</dt><dd>2</dd><dt>Sex</dt><dd>all</dd></dl>", "A Phase = 2\nA Sex = all\n");
    expect("<dl><dt>Places<dd>Oslo<dd>Bergen<dt>None</dl>", "A Places = \nP Oslo\nP Bergen\nA None = \n");
    expect("<dl><div><dt>Phase</dt><dd><p>2</p></dd></div></dl>", "A Phase = 2\n");
    expect("<p><b>Phase:</b> 2</p><p><span>Sex</span> : all</p>", "A Phase = 2\nA Sex = all\n");
    expect("<p><span class=label>Phase</span> <span>2</span></p>", "A Phase = 2\n");
    expect("<p><b>Patients</b> must be awake</p>", "P Patients must be awake\n");
    expect("<p>Phase: 2</p>", "P Phase: 2\n");
}

static void tables(void **state)
{
    (void)state;
    expect("<table><tr><th>Phase<td>2<tr><td>Sex:<td>all</table>", "A Phase = 2\nA Sex = all\n");
    expect("<table><tr><th>Phase<td>2<th>Sex<td>all</table>", "A Phase = 2\nA Sex = all\n");
    expect("<table><tr><td>A.1<td>Country<td>Spain<tr><td>B.3.1 and B.3.2<td>Status<td>open</table>",
           "A A.1 Country = Spain\nA B.3.1 and B.3.2 Status = open\n");
    expect("<table><tr><th>Site<th>City<th>Open<tr><td>X<td>Oslo<td>yes</table>", "R Site | City | Open\nR X | Oslo | yes\n");
    expect("<table><tr><th colspan=2>Part one<tr><td>Phase<td>2</table>", "H6 Part one\nA Phase = 2\n");
    expect("<table><tr><td>Criteria<td><p>a<p>b</table>", "A Criteria = \nP a\nP b\n");
    expect("<table><tr><td>Open<td><img alt=Yes></table>", "A Open = Yes\n");
    expect("<table><tr><td><table><tr><td>Phase<td>2</table></table>", "A Phase = 2\n");
}

static void column_names_stand_above_their_rows(void **state)
{
    struct made made;
    (void)state;
    make(&made, "<table><thead><tr><td>Site<td>City</thead><tr><td>X<td>Oslo</table>");
    assert_string_equal(made.text, "R Site | City\nR X | Oslo\n");
    assert_true(made.page->blocks[0].header->whole.s == made.page->blocks[0].whole.s);
    assert_true(tn_str_eq(made.page->blocks[1].header->cells[1], TN_LIT("City")));
    tn_arena_release(&made.arena);
}

static void what_is_left_out(void **state)
{
    (void)state;
    expect("<script>x</script><style>y</style><nav>z</nav><template>t</template><p>kept", "P kept\n");
    expect("<p hidden>x<p aria-hidden=true>y<p style='color:red; display : none'>z<p>kept", "P kept\n");
    expect("<div class='big cookie-banner'>x</div><p>kept <button>Go</button>", "P kept\n");
    expect("<header><a>Menu</a><h1>T</h1></header><main><header>in</header></main><footer>f</footer>", "H1 T\nP in\n");
    expect("<header><p>Logo</p></header><p>kept", "P kept\n");
    expect("<p>Read more</p><p>Read more about it</p>", "P Read more about it\n");
}

static void what_is_shown_on_demand(void **state)
{
    (void)state;
    expect("<a href='#t'>Tab</a><div id=t style='display:none'>x</div><div id=u hidden>y</div>", "P Tab\nP x\n");
    expect("<div role=tabpanel hidden>x</div>", "P x\n");
    expect("<div class=s><p class=more hidden>a b c<p class=excerpt>a b ...</div>", "P a b c\n");
    expect("<div class=s><p class=excerpt>a b...<p class=more hidden>a b c</div>", "P a b c\n");
    expect("<div class=s><p class=more hidden>a b c<p class=excerpt>x y ...</div>", "P a b c\nP x y ...\n");
}

static void several_labels_on_a_line(void **state)
{
    (void)state;
    expect("<p><b>Sponsor:</b> Tea Board <b>Collaborator</b>: Milk <strong>Sex:</strong> Female</p>",
           "A Sponsor = Tea Board\nA Collaborator = Milk\nA Sex = Female\n");
    expect("<li><b>Age:</b> 18 <b>Sex:</b> All</li>", "A Age = 18\nA Sex = All\n");
    expect("<p><b>Dose:</b> two cups <b>daily</b> at noon</p>", "A Dose = two cups daily at noon\n");
    expect("<p><b>Sponsor:</b> <b>Tea Board</b></p>", "A Sponsor = Tea Board\n");
    expect("<p>Read <b>this:</b> tea <b>that:</b> milk</p>", "P Read this: tea that: milk\n");
    expect("<h3><b>A:</b> b <b>C:</b> d</h3>", "H3 A: b C: d\n");
}

static void cells_of_several_rows(void **state)
{
    (void)state;
    expect("<table><tr><th>Site<th>City<th>Status<tr><td rowspan=2>A<td>b<td>c<tr><td>d<td>e<tr><td>f<td>g<td>h</table>",
           "R Site | City | Status\nR A | b | c\nR A | d | e\nR f | g | h\n");
    expect("<table><tr><th>Site<th>City<th>Status<tr><td>A<td rowspan=3>b<td rowspan=2>c<tr><td>d<tr><td>e<td>f</table>",
           "R Site | City | Status\nR A | b | c\nR d | b | c\nR e | b | f\n");
    expect("<table><tr><th rowspan=2>Country<th colspan=2>Sites<tr><th>City<th>Hospital<tr><td>France<td>Lyon<td>CHU</table>",
           "R Country | Sites\nR Country | City | Hospital\nR France | Lyon | CHU\n");
    expect("<table><tr><th rowspan=2>A<th>B<th>C<tr><td>d<td>e</table>", "R A | B | C\nA d = e\n");
}

static void words_side_by_side(void **state)
{
    (void)state;
    expect("<li><span>Sponsor</span><span>Tea Board</span></li>", ">0 Sponsor Tea Board\n");
    expect("<p><b>Phase</b><span>2</span></p>", "P Phase 2\n");
    expect("<p><b>H</b>2O <a>Rec</a>ruiting <i>p</i><b>H</b> 10<sup>9</sup> <span>COVID-</span><span>19</span></p>",
           "P H2O Recruiting pH 10\xE2\x81\xB9 COVID-19\n");
    expect("<p><span>Rec</span><span>ruiting</span> <span>Mc</span><span>Donald</span> <span>Tea</span><span>, Leeds</span>",
           "P Recruiting McDonald Tea, Leeds\n");
    expect("<p><b><span>Tea</span></b><span>Two</span> <i>Tea</i>Two", "P Tea Two TeaTwo\n");
}

static void what_may_be_no_content(void **state)
{
    (void)state;
    expect("<section class='ipd sharing'><h2>Data sharing</h2><p>Yes</section>", "H2 Data sharing\nP Yes\n");
    expect("<div class='content sharing'><p>Sponsor: Tea</div>", "P Sponsor: Tea\n");
    expect("<div class=sharing><h3>Share this:</h3><ul><li>Facebook<li>Mail</ul></div><p>x", "P x\n");
    expect("<div id=cookies><h2>Privacy</h2><p>We use cookies: some of them are needed.</div><p>x", "P x\n");
}

static void accordions(void **state)
{
    (void)state;
    expect("<h2 class=accordion-header><button class='accordion-button collapsed'>In</button></h2><div hidden>x</div>",
           "H2 In\nP x\n");
    expect("<h3><button>In</button></h3><p>x", "H3 In\nP x\n");
    expect("<h3><button>Save</button> Title <button>Copy</button></h3><p>x", "H3 Title\nP x\n");
    expect("<button data-bs-toggle=collapse data-bs-target='#i'>In</button><div id=i style='display: none'>x</div>",
           "P! In\nP x\n");
    expect("<button data-bs-toggle=dropdown aria-expanded=false>Menu</button><button>Go</button><p>x", "P x\n");
    expect("<h3 onclick='t()'>In</h3><div style='display:none'>x</div>", "H3 In\nP x\n");
    expect("<h3><a role=button href=''>In</a></h3><div style='display:none'>x</div>", "H3 In\nP x\n");
    expect("<h3>In</h3><div style='display:none'>No results</div><p>x", "H3 In\nP x\n");
    expect("<h3 onclick='t()'>In</h3><div class=modal style='display:none'>y</div><p>x", "H3 In\nP x\n");
    expect("<h3>In</h3><div class=elementor-tab-content style='display:none'>x</div>", "H3 In\nP x\n");
    expect("<p>Tea<span>...</span><span id=more style='display:none'> daily.</span></p><div hidden=until-found>x</div>",
           "P Tea... daily.\nP x\n");
}

static void said_twice_for_two_widths(void **state)
{
    (void)state;
    expect("<div class=visible-xs><p>Phase<p>2</div><div class=hidden-xs>Phase 2</div>", "P Phase\nP 2\n");
    expect("<div class=visible-xs>Phase 2</div><div class=hidden-xs>Phase 3</div>", "P Phase 2\nP Phase 3\n");
}

static void raised_characters(void **state)
{
    (void)state;
    expect("<p>10<sup>9</sup>/L, CO<sub>2</sub>, C<sub>max</sub>, 10<sup>9 a</sup>",
           "P 10\xE2\x81\xB9/L, CO\xE2\x82\x82, Cmax, 10^9 a\n");
    expect("<p>age <img alt='\xE2\x89\xA5'> 18 <img alt='Logo of us'>", "P age \xE2\x89\xA5 18\n");
}

static void facts_of_the_page(void **state)
{
    struct made made;
    (void)state;
    make(&made, "<html lang=en><head><title> A\n trial </title><link rel=canonical href='https://x.org/1'>"
                "<meta property='og:url' content='https://x.org/2'><meta name=citation content=c>"
                "<script type='application/ld+json' id=d>{\"a\":\"<b>\"}</script></head><p>x <a href='/y'>y</a>");
    assert_true(tn_str_eq(made.page->title, TN_LIT("A trial")));
    assert_true(tn_str_eq(made.page->canonical, TN_LIT("https://x.org/1")));
    assert_true(tn_str_eq(made.page->language, TN_LIT("en")));
    assert_int_equal(made.page->meta_count, 2);
    assert_int_equal(made.page->script_count, 1);
    assert_true(tn_str_eq(made.page->scripts[0].text, TN_LIT("{\"a\":\"<b>\"}")));
    assert_true(tn_str_eq(made.page->scripts[0].id, TN_LIT("d")));
    assert_true(tn_str_eq(made.page->blocks[0].link, TN_LIT("/y")));
    tn_arena_release(&made.arena);
}

static void lines_are_those_of_the_file(void **state)
{
    struct made made;
    (void)state;
    make(&made, "<html>\n<body>\n<h1>T</h1>\n<p>\n\n  text\n  more</p>\n<table><tr><td>a</td>\n<td>b</td></tr></table>");
    assert_int_equal(made.page->blocks[0].line, 3);
    assert_int_equal(made.page->blocks[1].line, 6);
    assert_int_equal(made.page->blocks[2].line, 8);
    tn_arena_release(&made.arena);
}

static void refuse(const char *start, const char *piece, size_t times, enum tn_code code)
{
    size_t len = strlen(piece);
    char *html = malloc(strlen(start) + len * times + 1);
    struct made made;
    assert_non_null(html);
    memcpy(html, start, strlen(start) + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(html + strlen(start) + i * len, piece, len + 1);
    make(&made, html);
    assert_null(made.page);
    assert_int_equal(made.error.code, code);
    assert_true(made.error.line >= 1);
    tn_arena_release(&made.arena);
    free(html);
}

static void bombs_are_refused(void **state)
{
    (void)state;
    refuse("<html>", "<div>", 100000, TN_TOO_DEEP);
    refuse("<html>\n<p ", "a ", 100000, TN_SYNTAX);
    refuse("<html><p>", "a<br>", 1100000, TN_TOO_LARGE);
}

static void entities_are_only_those_of_html(void **state)
{
    (void)state;
    expect("<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><p>&a; &lt; &ge; &#8805;",
           "P ]>\nP &a; < \xE2\x89\xA5 \xE2\x89\xA5\n");
}

/* Cut anywhere, a page gives blocks, and never more text than it has. */
static void cut_at_every_length(void **state)
{
    static const char html[] =
        "<!DOCTYPE html><html><head><title>T</title><meta name=a content=b><script type='application/json'>{}</script></head>"
        "<body><header><h1>A</h1></header><dl><dt>a</dt><dd>b<p>c</dd><dd>d</dl><table><thead><tr><th>x<th>y</thead>"
        "<tr><td>1</td><td>2<ul><li>z</ul></td></tr><tr><th>k<td>v<th>l<td>w</table><ol><li>p<ul><li>q</ul></ol>"
        "<div class=mobile>m</div><div class=desktop>m</div><p class=more hidden>l o</p><p class=excerpt>l...</p>"
        "<p><b>L:</b> v 10<sup>9</sup> &ge; \xE2\x89\xA5 <img alt='+'></p><pre> a\n b</pre></body></html>";
    (void)state;
    for (size_t len = 0; len < sizeof html; len++) {
        struct tn_arena arena;
        struct tn_error error;
        size_t bytes = 0;
        tn_arena_init(&arena, 1 << 24);
        const struct tn_page *page = tn_html_blocks(&arena, tn_str_slice(html, len), &error);
        assert_non_null(page);
        for (size_t i = 0; i < page->count; i++)
            bytes += page->blocks[i].text.len;
        assert_true(bytes <= len);
        tn_arena_release(&arena);
    }
}

/* Whatever memory is refused, it ends in an error and not in a crash. */
static void memory_runs_short(void **state)
{
    static const char html[] = "<title>T</title><h1>A</h1><dl><dt>a<dd>b</dl><table><tr><th>x<th>y<tr><td>1<td>2</table>"
                               "<table><tr><th>k<td>v<th>l<td>w</table><ul><li>p</ul><script type=a/json>1</script>"
                               "<div class=mobile>m</div><p class=more>l o</p><p class=excerpt>l...</p>";
    (void)state;
    bool whole = false;
    for (size_t limit = 1; limit < 1 << 20; limit += limit / 8 + 7) {
        struct tn_arena arena;
        struct tn_error error = {0};
        tn_arena_init(&arena, limit);
        const struct tn_page *page = tn_html_blocks(&arena, tn_str_of(html), &error);
        assert_true(page || error.code == TN_NO_MEMORY);
        whole = page != NULL;
        tn_arena_release(&arena);
    }
    assert_true(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_and_headings),
        cmocka_unit_test(lists),
        cmocka_unit_test(pairs),
        cmocka_unit_test(tables),
        cmocka_unit_test(column_names_stand_above_their_rows),
        cmocka_unit_test(what_is_left_out),
        cmocka_unit_test(what_is_shown_on_demand),
        cmocka_unit_test(several_labels_on_a_line),
        cmocka_unit_test(cells_of_several_rows),
        cmocka_unit_test(words_side_by_side),
        cmocka_unit_test(what_may_be_no_content),
        cmocka_unit_test(accordions),
        cmocka_unit_test(said_twice_for_two_widths),
        cmocka_unit_test(raised_characters),
        cmocka_unit_test(facts_of_the_page),
        cmocka_unit_test(lines_are_those_of_the_file),
        cmocka_unit_test(bombs_are_refused),
        cmocka_unit_test(entities_are_only_those_of_html),
        cmocka_unit_test(cut_at_every_length),
        cmocka_unit_test(memory_runs_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
