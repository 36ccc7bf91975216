/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/buf.h"
#include "dataset/group.h"

/* Members are words with their ids: "N1*+E1" states N1 as its own and E1; N2~ is a former id. The first letter says the registry; U has none. */
static const struct {
    const char *members, *sets, *refused;
} cases[] = {
    {"N1*", "0", ""},
    {"N1* N2*", "0 1", ""},
    /* the same trial, however many records there are */
    {"N1* N1* N1*", "0 0 0", ""},
    /* one names the other's id, both do, or a third is shared */
    {"N1*+E1 E1*", "0 0", ""},
    {"N1*+E1 E1*+N1", "0 0", ""},
    {"N1*+U1 E1*+U1", "0 0", ""},
    /* over others */
    {"N1*+E1 E1*+C1 C1*", "0 0 0", ""},
    {"E1*+C1 C1* N1*+C1", "0 0 0", ""},
    /* two ids of one registry: never one trial */
    {"N1*+U1 N2*+U1", "0 1", "U1(N1/N2)"},
    {"N1*+E1 N2*+E1", "0 1", "E1(N1/N2)"},
    {"N1*+N2 N2*", "0 1", "N2(N1/N2)"},    /* an extension names the trial before it */
    {"N1*+N2 N2*+N1", "0 1", "N1(N1/N2) N2(N1/N2)"},
    {"N1*+N2~ N2*", "0 0", ""},            /* a former id of the same registry */
    {"E1*+N1 N2*+E1+N1", "0 1", "E1(N1/N2) N1(N1/N2)"}, /* ... and its numbers */
    {"N1*+U1 N2*+U1 C1*+U1", "0 1 2", "U1(N1/N2) U1() U1()"},
    {"N1*+U1 C1*+U1 N2*+U1", "0 1 2", "U1(N1/N2) U1() U1()"},
    {"C1*+U1 N1*+U1 N2*+U1", "0 1 2", "U1(N1/N2) U1() U1()"},
    {"N1*+E1+E2 E2*", "0 0", ""},
    {"N1*+E1+U1 N9*+U1+E2 E1*", "0 1 0", "U1(N1/N9)"},
    /* both name each other: that is stronger than a third that names one of them */
    {"N1*+E1 N2*+E1 E1*+N1", "0 1 0", "E1(N1/N2)"},
    {"N2*+E1 N1*+E1 E1*+N1", "0 1 1", "E1(N1/N2)"},
    /* two are as good as each other, and cannot both be right: none is taken */
    {"N1*+E1 N2*+E1 E1*", "0 1 2", "E1() E1()"},
    {"E1* N1*+E1 N2*+E1", "0 1 2", "E1() E1()"},
    /* a record without an id of its own goes where it says */
    {"N1* +N1", "0 0", ""},
    {"+E1 +E1", "0 0", ""},
    {"+E1 N1*+E1 N2*+E1", "0 1 2", "E1(N1/N2) E1() E1()"},
};

enum { MEMBERS = 8, IDS = 6 };

struct told {
    struct tn_arena arena;
    struct tn_group_member members[MEMBERS];
    struct tn_group_id ids[MEMBERS][IDS];
    size_t count;
    struct tn_buf refused;
};

static struct tn_str registry_of(char letter)
{
    return letter == 'N' ? TN_LIT("ClinicalTrials.gov") : letter == 'E' ? TN_LIT("EUCTR") : letter == 'C' ? TN_LIT("CTIS")
                                                                                          : (struct tn_str){NULL, 0};
}

static void read_member(struct told *told, struct tn_str word)
{
    struct tn_group_id *ids = told->ids[told->count];
    size_t count = 0;
    while (word.len) {
        size_t plus = tn_str_find_char(word, '+');
        struct tn_str id = plus == TN_NO_OFFSET ? word : tn_str_slice(word.s, plus);
        word = plus == TN_NO_OFFSET ? TN_LIT("") : tn_str_from(word, plus + 1);
        bool own = id.len && id.s[id.len - 1] == '*', former = id.len && id.s[id.len - 1] == '~';
        id.len -= own || former;
        if (id.len)
            ids[count++] = (struct tn_group_id){registry_of(id.s[0]), id, own, former};
    }
    told->members[told->count] = (struct tn_group_member){.record = (long long)told->count, .ids = ids, .id_count = count};
    told->count++;
}

static void note(void *context, const struct tn_group_refusal *refusal)
{
    struct told *told = context;
    bool turned = tn_str_cmp(refusal->id_a, refusal->id_b) > 0;
    if (told->refused.len)
        tn_buf_char(&told->refused, ' ');
    tn_buf_str(&told->refused, refusal->shared);
    tn_buf_char(&told->refused, '(');
    tn_buf_str(&told->refused, turned ? refusal->id_b : refusal->id_a);
    tn_buf_str(&told->refused, refusal->registry.s ? TN_LIT("/") : TN_LIT(""));
    tn_buf_str(&told->refused, turned ? refusal->id_a : refusal->id_b);
    tn_buf_char(&told->refused, ')');
}

static void check(const char *members, const char *sets, const char *refused)
{
    struct told told = {.count = 0};
    char text[64] = "";
    size_t len = 0;
    tn_arena_init(&told.arena, SIZE_MAX / 2);
    tn_buf_init(&told.refused, SIZE_MAX / 2);
    for (struct tn_str rest = tn_str_of(members); rest.len;) {
        size_t blank = tn_str_find_char(rest, ' ');
        read_member(&told, blank == TN_NO_OFFSET ? rest : tn_str_slice(rest.s, blank));
        rest = blank == TN_NO_OFFSET ? TN_LIT("") : tn_str_from(rest, blank + 1);
    }
    assert_true(tn_group(&told.arena, told.members, told.count, note, &told));
    for (size_t i = 0; i < told.count; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%zu", i ? " " : "", told.members[i].set);
    assert_true(tn_buf_terminate(&told.refused));
    if (strcmp(text, sets) != 0 || strcmp(told.refused.data, refused) != 0)
        print_error("%s: sets %s, refused %s\n", members, text, told.refused.data);
    assert_string_equal(text, sets);
    assert_string_equal(told.refused.data, refused);
    tn_buf_release(&told.refused);
    tn_arena_release(&told.arena);
}

static void joins_what_is_one_trial(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check(cases[i].members, cases[i].sets, cases[i].refused);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(joins_what_is_one_trial)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
