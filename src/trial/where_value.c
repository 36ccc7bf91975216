/* SPDX-License-Identifier: MIT */
/* Values, as the kind of their field has them. */
#include "core/number.h"
#include "trial/record.h"
#include "trial/where_inside.h"
#include "trial/where_text.h"

enum { SHOWN = 60 };

static bool refuse_value(struct tn_where_parse *parse, struct tn_str value, const char *what)
{
    return tn_where_refuse(parse, parse->value_at, "'%.*s' is %s", (int)tn_str_cut(value, SHOWN), value.s, what);
}

static bool is_order(enum tn_test_kind kind)
{
    return kind >= TN_TEST_LT;
}

/* Ages stand in the record as "18 Years", and as a number beside. */
static bool has_years_beside(const struct tn_test *test)
{
    return test->field == &tn_type_trial.fields[TN_trial_minimum_age] ||
           test->field == &tn_type_trial.fields[TN_trial_maximum_age];
}

static bool text_value(struct tn_where_parse *parse, struct tn_str value, struct tn_test *test)
{
    struct tn_arena *arena = &parse->where->arena;
    if (is_order(test->kind) && has_years_beside(test))
        return tn_where_refuse(parse, parse->value_at, "%s is a text, such as '6 Months'; compare %s_years",
                               test->field->name, test->field->name);
    test->text = tn_folded(arena, value);
    if (test->kind == TN_TEST_CONTAINS)
        test->borders = tn_folded_borders(arena, test->text);
    bool enough = test->text.s && (test->kind != TN_TEST_CONTAINS || test->borders);
    return enough || tn_where_no_memory(parse);
}

static bool refuse_word(struct tn_where_parse *parse, struct tn_str value, const struct tn_vocabulary *vocabulary)
{
    size_t shown = tn_str_cut(value, SHOWN);
    char *word = (char *)(uintptr_t)tn_str_copy(&parse->where->arena, tn_str_slice(value.s, shown)).s;
    if (!word)
        return tn_where_no_memory(parse);
    for (size_t i = 0; i < shown; i++)
        word[i] = word[i] == ' ' || word[i] == '-' ? '_' : tn_upper(word[i]);
    const char *nearest = tn_nearest(word, vocabulary->words, vocabulary->count);
    return tn_where_refuse(parse, parse->value_at, nearest ? "'%.*s' is no word of %s; did you mean '%s'?"
                                                           : "'%.*s' is no word of %s",
                           (int)shown, value.s, vocabulary->name, nearest ? nearest : "");
}

static bool word_value(struct tn_where_parse *parse, struct tn_str value, struct tn_test *test)
{
    const struct tn_vocabulary *vocabulary = test->field->vocabulary;
    if (is_order(test->kind))
        return tn_where_refuse(parse, parse->value_at, "%s is a word of a list: it is compared with =, != or ~",
                               test->field->name);
    bool known = test->kind == TN_TEST_CONTAINS;
    for (size_t i = 0; i < vocabulary->count && !known; i++)
        known = tn_str_eq_fold(value, tn_str_of(vocabulary->words[i]));
    return known ? text_value(parse, value, test) : refuse_word(parse, value, vocabulary);
}

static bool date_value(struct tn_where_parse *parse, struct tn_str value, struct tn_test *test)
{
    if (test->kind == TN_TEST_CONTAINS)
        return text_value(parse, value, test);
    return tn_date_days(value, &test->first, &test->last) ||
           refuse_value(parse, value, "no date: 2024, 2024-05 or 2024-05-17");
}

static bool number_value(struct tn_where_parse *parse, struct tn_str value, struct tn_test *test)
{
    if (test->kind == TN_TEST_CONTAINS)
        return tn_where_refuse(parse, parse->value_at, "%s is a number: it is compared with =, !=, <, <=, > or >=",
                               test->field->name);
    return tn_number_parse(value, &test->number) || refuse_value(parse, value, "no number");
}

static bool bool_value(struct tn_where_parse *parse, struct tn_str value, struct tn_test *test)
{
    static const struct {
        const char *word;
        bool truth;
    } words[] = {{"true", true}, {"yes", true}, {"false", false}, {"no", false}};
    if (test->kind != TN_TEST_EQ && test->kind != TN_TEST_NE)
        return tn_where_refuse(parse, parse->value_at, "%s is true or false: it is compared with = or !=",
                               test->field->name);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (tn_str_eq_fold(value, tn_str_of(words[i].word))) {
            test->truth = words[i].truth;
            return true;
        }
    return refuse_value(parse, value, "neither true nor false");
}

static bool no_value(struct tn_where_parse *parse, struct tn_str value, struct tn_test *test)
{
    (void)value;
    const struct tn_field *field = test->field;
    return tn_where_refuse(parse, parse->value_at, "%s has members: compare one of them, such as %s_%s", field->name,
                           field->name, field->record->fields[0].name);
}

bool tn_where_value(struct tn_where_parse *parse, struct tn_str value, struct tn_test *test)
{
    static bool (*const by_kind[])(struct tn_where_parse *parse, struct tn_str value, struct tn_test *test) = {
        [TN_TEXT] = text_value,       [TN_ENUM] = word_value,       [TN_DATE] = date_value,
        [TN_INT] = number_value,      [TN_NUMBER] = number_value,   [TN_BOOL] = bool_value,
        [TN_TEXT_LIST] = text_value,  [TN_ENUM_LIST] = word_value,  [TN_RECORD_ONE] = no_value,
        [TN_RECORD_LIST] = no_value,  [TN_MAP] = no_value,
    };
    return by_kind[test->field->kind](parse, value, test);
}
