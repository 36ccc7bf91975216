/* SPDX-License-Identifier: MIT */
/* Values at labels: does it suit the field, what does it say beside. */
#include "normal/age.h"
#include "normal/count.h"
#include "normal/date.h"
#include "normal/fold.h"
#include "normal/identifier.h"
#include "normal/phase.h"
#include "normal/word.h"
#include "readers/generic.h"

enum { LONGEST_WORD = 120, LONGEST_NAME = 250, LONGEST_TITLE = 1000, LONGEST_ACRONYM = 40, LONGEST_AGE = 80 };

static const struct {
    const char *word, *type;
} types[] = {
    {"actual", "ACTUAL"},       {"estimated", "ESTIMATED"}, {"estimate", "ESTIMATED"}, {"anticipated", "ESTIMATED"},
    {"expected", "ESTIMATED"},  {"planned", "ESTIMATED"},   {"projected", "ESTIMATED"}, {"target", "ESTIMATED"},
    {"est.", "ESTIMATED"},      {"est", "ESTIMATED"},       {"final", "ACTUAL"},
};

static struct tn_str bare_of_signs(struct tn_str text)
{
    while (text.len && strchr("([,;:-] )", text.s[0]))
        text = tn_str_from(text, 1);
    while (text.len && strchr("([,;:-] )", text.s[text.len - 1]))
        text.len--;
    return text;
}

/* "64 (actual)", "May 2028, estimated", "Estimated: 120": without the word; *type gets what it says. */
static struct tn_str take_type(struct tn_str text, const char **type)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        struct tn_str word = tn_str_of(types[i].word);
        if (text.len <= word.len)
            continue;
        bool round = text.s[text.len - 1] == ')' || text.s[text.len - 1] == ']';
        struct tn_str body = tn_str_slice(text.s, text.len - round);
        size_t before = body.len > word.len ? body.len - word.len : 0;
        if (before && tn_str_ends_fold(body, word) && !tn_is_alnum(body.s[before - 1]))
            text = bare_of_signs(tn_str_slice(text.s, before));
        else if (tn_str_starts_fold(text, word) && !tn_is_alnum(text.s[word.len]))
            text = bare_of_signs(tn_str_from(text, word.len));
        else
            continue;
        *type = types[i].type;
        return text;
    }
    return text;
}

/* Without what stands in brackets at the end. */
static struct tn_str before_bracket(struct tn_str text)
{
    size_t at = tn_str_find(text, TN_LIT(" ("));
    bool closes = text.len && text.s[text.len - 1] == ')';
    return at != TN_NO_OFFSET && closes ? tn_str_trim(tn_str_slice(text.s, at)) : text;
}

bool tn_generic_is_open(struct tn_str text)
{
    static const char *const words[] = {"tba", "tbc", "tbd", "to be announced", "to be confirmed", "to be decided", "to be determined"};
    enum { LONGEST = 30 };
    char key[TN_FOLD_MAX];
    return text.len <= LONGEST && tn_fold(text, key) && tn_fold_find(words, sizeof words / sizeof words[0], sizeof words[0], key) != TN_NO_OFFSET;
}

bool tn_generic_is_sentence(struct tn_str text)
{
    enum { FEW_WORDS = 9 };
    size_t words = 1;
    for (size_t i = 0; i < text.len; i++)
        words += text.s[i] == ' ';
    bool point = text.len && strchr(".!?", text.s[text.len - 1]);
    size_t stop = tn_str_find(text, TN_LIT(". "));
    return (point && words > 5) || words > 2 * FEW_WORDS || (stop != TN_NO_OFFSET && stop + 40 < text.len);
}

/* "Imprint - Legal - Site map": three short words or more, apart by one sign, and no number. */
bool tn_generic_is_menu(struct tn_str text)
{
    static const char *const signs[] = {" | ", " \xC2\xB7 ", " - ", " \xE2\x80\xA2 "};
    enum { LONGEST_ENTRY = 24, FEWEST = 3 };
    for (size_t s = 0; s < sizeof signs / sizeof signs[0]; s++) {
        struct tn_str sign = tn_str_of(signs[s]), rest = text;
        size_t count = 0;
        bool all = true;
        while (rest.len && all) {
            size_t near = LONGEST_ENTRY + sign.len;
            size_t at = tn_str_find(tn_str_slice(rest.s, rest.len < near ? rest.len : near), sign);
            size_t len = at == TN_NO_OFFSET ? rest.len : at;
            all = len <= LONGEST_ENTRY;
            for (size_t i = 0; i < len && all; i++)
                all = !tn_is_digit(rest.s[i]) && rest.s[i] != ':';
            count++;
            rest = tn_str_from(rest, at == TN_NO_OFFSET ? rest.len : at + sign.len);
        }
        if (all && count >= FEWEST)
            return true;
    }
    return false;
}

bool tn_generic_is_furniture(struct tn_str text)
{
    static const char *const inside[] = {"all rights reserved", "cookie policy",  "cookie settings",      "privacy policy",
                                         "stores cookies",      "terms of use",   "terms and conditions", "uses cookies",
                                         "we use cookies",      "accessibility statement"};
    static const char *const starts[] = {"\xC2\xA9",           "back to search", "back to top",       "copyright ",
                                         "data sourced from", "follow us",      "leave a comment",   "posted in ",
                                         "print page",        "print this page", "share this",       "sign up for ",
                                         "site map",          "sitemap",        "skip to content",   "skip to main",
                                         "tagged ",           "toggle navigation", "you are here:"};
    static const char *const wholes[] = {
        "share",        "print",     "home",      "menu",       "search",     "login",      "log in",       "save",
        "tweet",        "email",     "back",      "download",   "privacy",    "terms",      "download pdf", "contact us",
        "next",         "previous",  "show more", "read more",  "show less",  "expand all", "collapse all", "learn more",
        "apply now",    "loading",   "loading...", "share tweet print this page",
    };
    enum { LONGEST = 160 };
    if (text.len > LONGEST)
        return false;
    for (size_t i = 0; i < sizeof wholes / sizeof wholes[0]; i++)
        if (tn_str_eq_fold(text, tn_str_of(wholes[i])))
            return true;
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (tn_str_starts_fold(text, tn_str_of(starts[i])))
            return true;
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++)
        if (tn_str_find_fold(text, tn_str_of(inside[i])) != TN_NO_OFFSET)
            return true;
    return false;
}

static bool fits_word(const struct tn_vocabulary *vocabulary, struct tn_str text)
{
    struct tn_word word;
    return text.len <= LONGEST_WORD && tn_normal_word(vocabulary, text, &word) == TN_CODE_NONE;
}

static bool fits_phases(struct tn_str text)
{
    struct tn_phases phases;
    return text.len <= LONGEST_WORD && tn_normal_phases(text, &phases) == TN_CODE_NONE && phases.count;
}

static bool fits_date(struct tn_str text)
{
    struct tn_date date;
    const char *type;
    text = take_type(text, &type);
    bool digit = false;
    for (size_t i = 0; i < text.len; i++)
        digit |= tn_is_digit(text.s[i]);
    return digit && text.len <= LONGEST_WORD && tn_normal_date(text, TN_DATE_ORDER_UNKNOWN, &date) != TN_BAD_VALUE;
}

static bool fits_count(struct tn_str text)
{
    int64_t count;
    bool summed;
    const char *type;
    return text.len <= LONGEST_WORD && tn_normal_count(take_type(text, &type), &count, &summed) == TN_CODE_NONE;
}

static bool fits_age(struct tn_str text, bool maximum)
{
    struct tn_age age;
    return text.len <= LONGEST_AGE &&
           tn_normal_age(text, maximum ? TN_AGE_MAXIMUM : TN_AGE_MINIMUM, false, &age) == TN_CODE_NONE;
}

static bool fits_text(const struct tn_label_word *word, struct tn_str text)
{
    if (word->type != &tn_type_trial)
        return text.len <= LONGEST_NAME;
    switch (word->field) {
    case TN_trial_minimum_age: return fits_age(text, false);
    case TN_trial_maximum_age: return fits_age(text, true);
    case TN_trial_acronym: return text.len <= LONGEST_ACRONYM;
    case TN_trial_title:
    case TN_trial_official_title: return text.len > 3 && text.len <= LONGEST_TITLE && tn_str_find_char(text, ' ') != TN_NO_OFFSET;
    default: return text.len <= LONGEST_NAME && !tn_generic_is_sentence(text);
    }
}

bool tn_generic_fits(const struct tn_label_word *word, struct tn_str text)
{
    struct tn_identifier id;
    bool truth;
    const struct tn_field *field = &word->type->fields[word->field];
    bool listed = field->kind == TN_ENUM || field->kind == TN_ENUM_LIST; /* "Not applicable" is a phase */
    if (text.len == 0 || (!(listed && word->how == TN_HOW_VALUE) && tn_fold_absent(text)))
        return false;
    if (word->how == TN_HOW_ID)
        return tn_identifier_find(text, 0, NULL, &id) && text.len <= LONGEST_WORD;
    if (word->how == TN_HOW_AGES) {
        struct tn_ages ages;
        return tn_shape_ages(before_bracket(text), &ages) || fits_age(text, false) || tn_str_eq_fold(text, TN_LIT("all ages"));
    }
    if (word->how != TN_HOW_VALUE && word->how != TN_HOW_PART)
        return true;
    switch (field->kind) {
    case TN_ENUM: return fits_word(field->vocabulary, text) || fits_word(field->vocabulary, before_bracket(text));
    case TN_ENUM_LIST: return fits_phases(text) || fits_phases(before_bracket(text));
    case TN_DATE: return fits_date(text);
    case TN_INT: return fits_count(text);
    case TN_BOOL: return text.len <= LONGEST_WORD && tn_normal_truth(text, &truth) == TN_CODE_NONE;
    case TN_TEXT: return fits_text(word, text);
    case TN_NUMBER:
    case TN_TEXT_LIST:
    case TN_RECORD_ONE:
    case TN_RECORD_LIST:
    case TN_MAP: break;
    }
    return true;
}

static void put_type(struct tn_page_reading *page, struct tn_record *record, int field, const char *type)
{
    struct tn_stated stated = tn_stated_of(tn_str_of(type));
    if (type && tn_has(record, field) && !tn_has(record, field + 1)) /* `x_type` stands behind `x` in fields.def */
        tn_put(&page->reading, record, field + 1, &stated);
}

/* Target and actual number: the actual one is the enrollment. */
static bool put_second_size(struct tn_page_reading *page, struct tn_record *trial, const struct tn_label_word *word,
                            const char *type, struct tn_str text)
{
    bool target = (word->preset && strstr(word->preset, "ESTIMATED")) || (type && strcmp(type, "ESTIMATED") == 0);
    bool actual = (word->preset && strstr(word->preset, "ACTUAL")) || (type && strcmp(type, "ACTUAL") == 0);
    if (word->type != &tn_type_trial || word->field != TN_trial_enrollment || !tn_has(trial, word->field) ||
        !tn_has(trial, TN_trial_enrollment_type) || !(target || actual))
        return false;
    bool was_target = tn_str_eq(tn_text(trial, TN_trial_enrollment_type), TN_LIT("ESTIMATED"));
    if (was_target == target)
        return false;
    if (target) {
        tn_page_put(page, trial, TN_trial_target_enrollment, text);
        return true;
    }
    tn_set_int(trial, TN_trial_target_enrollment, tn_int(trial, TN_trial_enrollment));
    tn_clear(trial, TN_trial_enrollment);
    tn_clear(trial, TN_trial_enrollment_type);
    tn_move_origin(trial, TN_LIT("enrollment"), TN_LIT("target_enrollment"));
    tn_move_origin(trial, TN_LIT("enrollment_type"), (struct tn_str){NULL, 0});
    return false;
}

void tn_generic_put(struct tn_page_reading *page, struct tn_record *record, const struct tn_label *label,
                    struct tn_str text)
{
    const struct tn_label_word *word = label->word;
    const struct tn_field *field = &word->type->fields[word->field];
    const char *type = label->date_type;
    struct tn_str value = text;
    if (field->kind == TN_DATE || field->kind == TN_INT)
        value = take_type(text, &type);
    else if (field->kind == TN_ENUM && !fits_word(field->vocabulary, text))
        value = before_bracket(text);
    else if (field->kind == TN_ENUM_LIST && !fits_phases(text))
        value = before_bracket(text);
    if (put_second_size(page, record, word, type, value))
        return;
    bool had = tn_has(record, word->field);
    tn_page_put(page, record, word->field, value);
    if (value.len < text.len && field->kind != TN_DATE && field->kind != TN_INT) {
        struct tn_stated raw = tn_stated_of(text);
        tn_put_extra_here(&page->reading, &raw);
    }
    if (had)
        return;
    tn_page_preset(page, page->reading.trial, word->type == &tn_type_trial ? word->preset : NULL);
    if (tn_label_takes_type(word))
        put_type(page, record, word->field, type);
}

/* Words behind a comma that belong to the name before it ("Carcinoma, Non-Small-Cell Lung"). */
static bool continues(struct tn_str piece)
{
    static const char *const starts[] = {"type", "non", "acute", "chronic", "stage", "adult", "juvenile", "recurrent", "early", "late",
                                         "primary", "secondary", "unspecified", "not ", "with", "without", "or ", "and ", "inc", "ltd",
                                         "llc", "gmbh", "co.", "familial", "male", "female", "neonatal", "severe", "mild", "moderate",
                                         "refractory", "metastatic", "advanced", "idiopathic", "childhood", "pediatric", "of ", "department",
                                         "faculty", "division", "sa", "s.a.", "ag", "plc", "corp", "bilateral", "congenital", "hereditary",
                                         "resistant", "relapsed", "susceptibility", "senile", "autosomal", "malignant", "benign"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (tn_str_starts_fold(piece, tn_str_of(starts[i])))
            return true;
    return piece.len == 0 || !(tn_is_upper(piece.s[0]) || (unsigned char)piece.s[0] >= 0x80);
}

static size_t words_in(struct tn_str text)
{
    size_t words = text.len > 0;
    for (size_t i = 0; i < text.len; i++)
        words += text.s[i] == ' ';
    return words;
}

bool tn_generic_commas(struct tn_str text)
{
    enum { MOST_WORDS = 4 };
    size_t at;
    bool first = true;
    if (tn_str_find_char(text, ';') != TN_NO_OFFSET || tn_str_find(text, TN_LIT(", ")) == TN_NO_OFFSET ||
        tn_str_find_char(text, '(') != TN_NO_OFFSET)
        return false;
    do {
        at = tn_str_find(text, TN_LIT(", "));
        struct tn_str piece = tn_str_slice(text.s, at == TN_NO_OFFSET ? text.len : at);
        if ((!first && continues(piece)) || words_in(piece) > MOST_WORDS)
            return false;
        first = false;
        text = tn_str_from(text, at == TN_NO_OFFSET ? text.len : at + 2);
    } while (at != TN_NO_OFFSET);
    return true;
}

bool tn_generic_next(struct tn_str *rest, bool commas, struct tn_str *entry)
{
    *rest = tn_str_trim(*rest);
    if (rest->len == 0)
        return false;
    size_t end = 0;
    while (end < rest->len && !strchr(commas ? ";|\n," : ";|\n", rest->s[end]))
        end++;
    *entry = tn_str_trim(tn_str_slice(rest->s, end));
    *rest = tn_str_from(*rest, end + 1);
    return true;
}
