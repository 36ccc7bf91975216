/* SPDX-License-Identifier: MIT */
/* Who writes what: the registers whose records ICTRP copies, and the record that is read. */
#include <cjson/cJSON.h>

#include "core/delimited.h"
#include "normal/text.h"
#include "normal/word.h"
#include "readers/ictrp.h"
#include "readers/register_habits.h"

/* Prefixes and orders are those of the TrialsTracker project's list of ICTRP's date formats, by what it saw of each
 * register; of those marked * it has none, and what ICTRP's export of 2024 holds says it. Bare ages are years where the register's form asks
 * for years. */
static const struct tn_ictrp_register registers[] = {
    {"ACTRN", "ANZCTR", TN_DATE_DAY_FIRST, false, TN_ICTRP_PLAIN},           /* 17/05/2016 */
    {"ChiCTR", "ChiCTR", TN_DATE_ORDER_UNKNOWN, true, TN_ICTRP_GROUPS},      /* 2016-10-20 */
    {"CTIS", "CTIS", TN_DATE_DAY_FIRST, true, TN_ICTRP_EUDRACT},             /* 16/04/2024 * */
    {"CTRI", "CTRI", TN_DATE_DAY_FIRST, false, TN_ICTRP_PLAIN},              /* 21-10-2013 */
    {"DRKS", "DRKS", TN_DATE_DAY_FIRST, false, TN_ICTRP_PLAIN},              /* 15/03/2017 */
    {"EUCTR", "EUCTR", TN_DATE_DAY_FIRST, false, TN_ICTRP_EUDRACT},          /* 15/01/2014 */
    {"IRCT", "IRCT", TN_DATE_ORDER_UNKNOWN, false, TN_ICTRP_PLAIN},          /* 2012-01-16 */
    {"ISRCTN", "ISRCTN", TN_DATE_DAY_FIRST, false, TN_ICTRP_PLAIN},          /* 29/07/2015 */
    {"ITMCTR", "ITMCTR", TN_DATE_ORDER_UNKNOWN, true, TN_ICTRP_GROUPS},      /* ChiCTR's sister, same form */
    {"JPRN", NULL, TN_DATE_DAY_FIRST, false, TN_ICTRP_PLAIN},                /* 23/03/2017; jRCT, UMIN, JapicCTI, JMA */
    {"KCT", "CRiS", TN_DATE_ORDER_UNKNOWN, true, TN_ICTRP_PLAIN},           /* 2014-01-15 */
    {"LBCTR", "LBCTR", TN_DATE_DAY_FIRST, true, TN_ICTRP_PLAIN},            /* 15/04/2020 */
    {"NCT", "ClinicalTrials.gov", TN_DATE_DAY_FIRST, false, TN_ICTRP_CTGOV}, /* 14/12/2016 */
    {"NL", "NTR", TN_DATE_DAY_FIRST, true, TN_ICTRP_PLAIN},                 /* 13/10/2011 */
    {"NTR", "NTR", TN_DATE_DAY_FIRST, true, TN_ICTRP_PLAIN},                /* 13/10/2011 */
    {"PACTR", "PACTR", TN_DATE_DAY_FIRST, false, TN_ICTRP_PLAIN},            /* 24/08/2018 */
    {"PER", "REPEC", TN_DATE_DAY_FIRST, false, TN_ICTRP_PLAIN},              /* 27/02/2004 */
    {"RBR", "ReBEC", TN_DATE_DAY_FIRST, false, TN_ICTRP_PLAIN},              /* 30/07/2015 */
    {"RPCEC", "RPCEC", TN_DATE_DAY_FIRST, false, TN_ICTRP_PLAIN},            /* 29/11/2017 */
    {"SLCTR", "SLCTR", TN_DATE_ORDER_UNKNOWN, false, TN_ICTRP_PLAIN},        /* 2017-07-21 */
    {"TCTR", "TCTR", TN_DATE_DAY_FIRST, false, TN_ICTRP_PLAIN},              /* 16/07/2015 */
};

struct tn_ictrp_register tn_ictrp_register_of(struct tn_str trial_id)
{
    struct tn_str id = tn_str_trim(trial_id);
    for (size_t i = 0; i < sizeof registers / sizeof registers[0]; i++)
        if (tn_str_starts_fold(id, tn_str_of(registers[i].prefix)))
            return registers[i];
    return (struct tn_ictrp_register){.order = TN_DATE_ORDER_UNKNOWN};
}

struct tn_register_habits tn_register_habits(struct tn_str trial_id)
{
    struct tn_ictrp_register of = tn_ictrp_register_of(trial_id);
    return (struct tn_register_habits){.order = of.order, .years = of.years};
}

bool tn_ictrp_is_key(const char *key, const char *name)
{
    return tn_column_cmp(tn_str_of(key), tn_str_of(name)) == 0;
}

/* What stands under one of the names (ended by NULL), in the record or one level below. */
static struct tn_str find_at(const cJSON *tree, const char *const *names, int depth)
{
    for (const cJSON *item = tree->child; item; item = item->next) {
        if (cJSON_IsObject(item) && depth == 0) {
            struct tn_str below = find_at(item, names, 1);
            if (below.len)
                return below;
        }
        if (!cJSON_IsString(item) || !item->string)
            continue;
        for (const char *const *name = names; *name; name++)
            if (tn_ictrp_is_key(item->string, *name))
                return tn_str_trim(tn_str_of(item->valuestring));
    }
    return (struct tn_str){NULL, 0};
}

static struct tn_str find(const cJSON *tree, const char *const *names)
{
    return find_at(tree, names, 0);
}

/* Into `out` what a date says for sure, held against another column that says it in ISO form: `08/04/2024` where the register's
 * order is not known, or in a table, whose dates a spreadsheet may have turned, is the reading of the two that the other column has. */
static void settle(struct tn_str stated, struct tn_str settling, enum tn_date_order order, bool table, char out[11])
{
    static const enum tn_date_order orders[] = {TN_DATE_DAY_FIRST, TN_DATE_MONTH_FIRST};
    struct tn_date date, settled, other;
    bool known = tn_normal_date(stated, order, &date) == TN_CODE_NONE;
    bool sure = tn_normal_date(settling, TN_DATE_ORDER_UNKNOWN, &settled) == TN_CODE_NONE && settled.text[0];
    memcpy(out, known ? date.text : "", known ? sizeof date.text : 1);
    for (size_t i = 0; sure && (table || order == TN_DATE_ORDER_UNKNOWN) && i < 2; i++)
        if (tn_normal_date(stated, orders[i], &other) == TN_CODE_NONE && strcmp(other.text, settled.text) == 0)
            memcpy(out, settled.text, sizeof settled.text);
}

struct tn_str tn_ictrp_month(struct tn_str iso)
{
    enum { DAY = 10, MONTH = 7 }; /* 2019-06-01 */
    bool day = iso.len == DAY && iso.s[4] == '-' && iso.s[MONTH] == '-';
    return tn_str_slice(iso.s, day ? MONTH : iso.len);
}

/* A register that says nothing of the type has trials. */
static enum tn_ictrp_kind kind_of(struct tn_str type)
{
    struct tn_word word;
    if (type.len == 0)
        return TN_ICTRP_INTERVENTIONAL;
    if (tn_normal_word(&tn_vocabulary_study_type, type, &word) != TN_CODE_NONE || !word.word)
        return TN_ICTRP_OTHER_KIND;
    return strcmp(word.word, "OBSERVATIONAL") == 0    ? TN_ICTRP_OBSERVATIONAL
           : strcmp(word.word, "INTERVENTIONAL") == 0 ? TN_ICTRP_INTERVENTIONAL
                                                       : TN_ICTRP_OTHER_KIND;
}

static void look(struct tn_ictrp *own, const cJSON *root, bool table)
{
    static const char *const ids[] = {"TrialID", "trial_id", NULL};
    static const char *const registered[] = {"Date_registration", NULL};
    static const char *const registered_iso[] = {"Date_registration3", "Date_registration_format", NULL};
    static const char *const enrolled[] = {"Date_enrollement", "Date_enrollment", "Date_enrolement", NULL};
    static const char *const enrolled_iso[] = {"Date_enrollment_format", NULL};
    static const char *const inferred[] = {"Day_inferred", NULL};
    static const char *const types[] = {"Study_type", NULL};
    static const char *const sizes[] = {"Target_size", NULL};
    static const char *const actual[] = {"results_actual_enrollment", "results_actual_enrolment", NULL};
    static const char *const exclusion[] = {"Exclusion_Criteria", NULL};
    own->of = tn_ictrp_register_of(find(root, ids));
    settle(find(root, registered), find(root, registered_iso), own->of.order, table, own->registered);
    struct tn_str iso = find(root, enrolled_iso);
    own->day_inferred = tn_normal_truth(find(root, inferred), &own->day_inferred) == TN_CODE_NONE && own->day_inferred;
    settle(find(root, enrolled), own->day_inferred ? tn_ictrp_month(iso) : iso, own->of.order, table, own->enrolled);
    own->kind = kind_of(find(root, types));
    own->sizes = find(root, sizes);
    own->sizes.len = own->sizes.len < TN_ICTRP_SIZES ? own->sizes.len : TN_ICTRP_SIZES;
    struct tn_str size = find(root, actual), text = find(root, exclusion);
    own->actual_size = size.len && tn_is_digit(size.s[0]);
    own->exclusion = text.len && !tn_str_eq(text, TN_LIT("NULL"));
}

struct tn_ictrp *tn_ictrp_of(struct tn_reading *reading)
{
    if (!reading->own) {
        struct tn_ictrp *own = tn_arena_zero(reading->arena, sizeof *own);
        if (own && reading->root)
            look(own, reading->root, reading->raw->syntax == TN_SYNTAX_DELIMITED);
        if (own) {
            reading->date_order = own->of.order;
            reading->bare_age_is_years = own->of.years;
        }
        reading->own = own;
    }
    return reading->own;
}

/* How long a carriage return or line feed is at `at`, also one whose `&` was escaped once more, or stands in CDATA. */
static size_t return_at(struct tn_str text, size_t at)
{
    static const struct tn_str spellings[] = {{"\r", 1},     {"\n", 1},     {"&#x0D;", 6}, {"&#xD;", 5},
                                              {"&#13;", 5}, {"&#x0A;", 6}, {"&#xA;", 5},  {"&#10;", 5}};
    if (at >= text.len || (text.s[at] != '\r' && text.s[at] != '\n' && text.s[at] != '&'))
        return 0;
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        if (tn_str_starts_fold(tn_str_from(text, at), spellings[i]))
            return spellings[i].len;
    return 0;
}

/* How long a line end is at `at`: `<br>`, `<br />`, with a carriage return or a line feed before it; 0: none. */
static size_t break_at(struct tn_str text, size_t at)
{
    size_t i = at;
    for (int returns = 0; returns < 2; returns++)
        i += return_at(text, i);
    if (!tn_str_starts_fold(tn_str_from(text, i), TN_LIT("<br")))
        return 0;
    i += 3;
    while (i < text.len && (text.s[i] == ' ' || text.s[i] == '/'))
        i++;
    return i < text.len && text.s[i] == '>' ? i + 1 - at : 0;
}

struct tn_str tn_ictrp_lines(struct tn_reading *reading, struct tn_str raw)
{
    struct tn_str text = tn_str_trim(raw);
    if (tn_str_eq(text, TN_LIT("NULL")) || tn_str_find_char(text, '<') == TN_NO_OFFSET)
        return tn_str_eq(text, TN_LIT("NULL")) ? TN_LIT("") : text;
    char *out = tn_arena_alloc(reading->arena, text.len + 1);
    size_t len = 0;
    for (size_t at = 0; out && at < text.len;) {
        size_t size = break_at(text, at);
        out[len++] = size ? '\n' : text.s[at];
        at += size ? size : 1;
    }
    if (out)
        out[len] = '\0';
    return tn_str_slice(out, out ? len : 0);
}

struct tn_str tn_ictrp_text(struct tn_reading *reading, struct tn_str raw)
{
    struct tn_str text = tn_ictrp_lines(reading, raw);
    if (reading->raw->syntax != TN_SYNTAX_XML && tn_str_eq(text, TN_LIT("NA")))
        return TN_LIT("");
    return tn_text_markup(reading->arena, text, false, &reading->text_flags);
}

bool tn_ictrp_next(struct tn_str *rest, struct tn_str *part, bool tight)
{
    size_t at = 0;
    int open = 0;
    if (rest->len == 0)
        return false;
    for (; at < rest->len; at++) {
        char c = rest->s[at], next = at + 1 < rest->len ? rest->s[at + 1] : '\0';
        open += (c == '(' || c == '[') - ((c == ')' || c == ']') && open > 0);
        if (c == ';' && open == 0 && !(tight && next == ' '))
            break;
    }
    *part = tn_str_trim(tn_str_slice(rest->s, at));
    *rest = tn_str_from(*rest, at + 1);
    return true;
}

struct tn_ictrp_part tn_ictrp_part_here(const struct tn_reading *reading, struct tn_str text)
{
    return (struct tn_ictrp_part){text, reading->trail ? reading->trail->key : NULL, reading->item};
}

void tn_ictrp_stand(struct tn_reading *reading, const struct tn_ictrp_part *part, struct tn_trail *trail)
{
    *trail = (struct tn_trail){NULL, part->key ? part->key : "text", 0};
    reading->trail = trail;
    reading->item = part->item;
}
