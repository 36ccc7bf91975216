/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "trial/record.h"
#include "trial/where.h"
#include "trial/where_text.h"

static enum tn_truth truth_of(bool holds)
{
    return holds ? TN_TRUE : TN_FALSE;
}

static enum tn_truth not(enum tn_truth truth)
{
    return (enum tn_truth)(TN_TRUE - truth);
}

/* By the order of two values: <0, 0, >0. */
static bool by_order(enum tn_test_kind kind, int order)
{
    switch (kind) {
    case TN_TEST_EQ: return order == 0;
    case TN_TEST_NE: return order != 0;
    case TN_TEST_LT: return order < 0;
    case TN_TEST_LE: return order <= 0;
    case TN_TEST_GT: return order > 0;
    case TN_TEST_GE: return order >= 0;
    case TN_TEST_THERE:
    case TN_TEST_CONTAINS: break;
    }
    return false;
}

static enum tn_truth text_truth(const struct tn_test *test, struct tn_str text)
{
    if (test->kind == TN_TEST_CONTAINS)
        return truth_of(tn_folded_in(text, test->text, test->borders));
    return truth_of(by_order(test->kind, tn_folded_cmp(text, test->text)));
}

/* A day against a period: before it, in it, behind it. */
static int order_of_day(int day, const struct tn_test *test)
{
    return day < test->first ? -1 : day > test->last ? 1 : 0;
}

/* Every day is looked at: is it "2024-05-17" that contains the text? */
static enum tn_truth days_contain(const struct tn_test *test, int first, int last)
{
    bool some = false, all = true;
    for (int day = first; day <= last; day++) {
        char text[32];
        if (day % 100 == 0 || day % 100 > 31 || day / 100 % 100 == 0 || day / 100 % 100 > 12)
            continue;
        int len = snprintf(text, sizeof text, "%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
        int known, same;
        if (len != 10 || !tn_date_days(tn_str_slice(text, 10), &known, &same))
            continue;
        bool here = tn_folded_in(tn_str_slice(text, 10), test->text, test->borders);
        some = some || here;
        all = all && here;
    }
    return all ? TN_TRUE : some ? TN_OPEN : TN_FALSE;
}

/* Days stand to a period in an order that only grows, so that the first and the last tell of all of them but for = and
 * !=, where a period between both is met too. */
static enum tn_truth date_truth(const struct tn_test *test, struct tn_str text)
{
    int first, last;
    if (!tn_date_days(text, &first, &last))
        return TN_FALSE;
    if (test->kind == TN_TEST_CONTAINS)
        return days_contain(test, first, last);
    int from = order_of_day(first, test), to = order_of_day(last, test);
    bool at_first = by_order(test->kind, from), at_last = by_order(test->kind, to);
    bool passes_through = from < 0 && to > 0;
    return at_first != at_last || passes_through ? TN_OPEN : truth_of(at_first);
}

static enum tn_truth number_truth(const struct tn_test *test, double number)
{
    return truth_of(by_order(test->kind, number < test->number ? -1 : number > test->number));
}

/* Of a field that is there. */
static enum tn_truth value_truth(const struct tn_test *test, const struct tn_record *record, int field)
{
    enum tn_truth most = TN_FALSE;
    size_t count = tn_count(record, field);
    if (test->kind == TN_TEST_THERE)
        return TN_TRUE;
    switch (test->field->kind) {
    case TN_TEXT:
    case TN_ENUM: return text_truth(test, tn_text(record, field));
    case TN_DATE: return date_truth(test, tn_text(record, field));
    case TN_INT:
    case TN_NUMBER: return number_truth(test, tn_number(record, field));
    case TN_BOOL: return truth_of((test->kind == TN_TEST_EQ) == (tn_bool(record, field) == test->truth));
    case TN_TEXT_LIST:
    case TN_ENUM_LIST:
        for (size_t i = 0; i < count && most != TN_TRUE; i++) {
            enum tn_truth truth = text_truth(test, tn_text_at(record, field, i));
            most = truth > most ? truth : most;
        }
        return most;
    case TN_RECORD_ONE:
    case TN_RECORD_LIST:
    case TN_MAP: break;
    }
    return TN_FALSE;
}

/* The most that is true of the entries; goes as deep as a path is long. */
static enum tn_truth path_truth(const struct tn_test *test, const struct tn_record *record, int level)
{
    int field = test->path[level];
    enum tn_truth most = TN_FALSE;
    if (!tn_has(record, field))
        return TN_FALSE;
    if (level == test->depth - 1)
        return value_truth(test, record, field);
    size_t count = tn_count(record, field);
    for (size_t i = 0; i < count && most != TN_TRUE; i++) {
        enum tn_truth truth = path_truth(test, tn_record_at(record, field, i), level + 1);
        most = truth > most ? truth : most;
    }
    return most;
}

enum tn_truth tn_test_truth(const struct tn_test *test, const struct tn_record *trial)
{
    return path_truth(test, trial, 0);
}

enum tn_truth tn_where_truth(const struct tn_where *where, const struct tn_record *trial, const bool *known)
{
    enum tn_truth stack[2 * TN_WHERE_DEPTH + 4] = {TN_FALSE};
    size_t top = 0; /* stack[top] is on top; stack[0] is below the first */
    for (size_t i = 0; i < where->step_count; i++) {
        const struct tn_step *step = &where->steps[i];
        switch (step->kind) {
        case TN_STEP_TEST:
            stack[++top] = known && !known[step->index] ? TN_OPEN : tn_test_truth(&where->tests[step->index], trial);
            break;
        case TN_STEP_NOT: stack[top] = not(stack[top]); break;
        case TN_STEP_AND:
            top--;
            stack[top] = stack[top] < stack[top + 1] ? stack[top] : stack[top + 1];
            break;
        case TN_STEP_OR:
            top--;
            stack[top] = stack[top] > stack[top + 1] ? stack[top] : stack[top + 1];
            break;
        case TN_STEP_IF_FALSE: i = stack[top] == TN_FALSE ? step->index - 1 : i; break;
        case TN_STEP_IF_TRUE: i = stack[top] == TN_TRUE ? step->index - 1 : i; break;
        }
    }
    return stack[top];
}

bool tn_where_holds(const struct tn_where *where, const tn_trial *trial)
{
    return tn_where_truth(where, trial, NULL) >= (where->certain ? TN_TRUE : TN_OPEN);
}
