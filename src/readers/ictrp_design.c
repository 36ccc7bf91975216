/* SPDX-License-Identifier: MIT */
/* Designs as the registers write them: `Allocation: Randomised controlled trial; Masking: ...` of some, `Randomised: yes Double
 * blind: no` of EudraCT's form, `Randomized, Parallel Group Trial` of others. What the text says in known words goes to the
 * fields; a field of which it says two things stays empty. The text itself is design_text. */
#include "readers/ictrp_design.h"

#include "normal/count.h"
#include "normal/fold.h"
#include "normal/word.h"

enum part { ALLOCATION, MODEL, MASKING, PURPOSE, OBSERVATIONAL, TIME, GROUPS, PARTS, NO_FIELD };

static const struct {
    int field;
    const struct tn_vocabulary *vocabulary;
} fields[PARTS] = {
    [ALLOCATION] = {TN_trial_allocation, &tn_vocabulary_allocation},
    [MODEL] = {TN_trial_intervention_model, &tn_vocabulary_intervention_model},
    [MASKING] = {TN_trial_masking, &tn_vocabulary_masking},
    [PURPOSE] = {TN_trial_primary_purpose, &tn_vocabulary_primary_purpose},
    [OBSERVATIONAL] = {TN_trial_observational_model, &tn_vocabulary_observational_model},
    [TIME] = {TN_trial_time_perspective, &tn_vocabulary_time_perspective},
    [GROUPS] = {TN_trial_group_count, NULL},
};

struct label {
    const char *label;
    enum part part;
    const char *yes;
};

static const struct label labels[] = {
#define LABEL(label, part, yes) {label, part, yes},
#define PHRASE(phrase, part, word)
#include "readers/ictrp_design.inc"
#undef LABEL
#undef PHRASE
};

static const struct {
    const char *phrase;
    enum part part;
    const char *word;
} phrases[] = {
#define LABEL(label, part, yes)
#define PHRASE(phrase, part, word) {phrase, part, word},
#include "readers/ictrp_design.inc"
#undef LABEL
#undef PHRASE
};

struct design {
    struct tn_reading *reading;
    struct tn_record *trial;
    const char *words[PARTS]; /* canonical; NULL: nothing is said */
    bool clash[PARTS];        /* two different words are */
    bool roles;               /* who_masked is filled */
};

static void say(struct design *design, enum part part, const char *word)
{
    if (design->words[part] && strcmp(design->words[part], word) != 0)
        design->clash[part] = true;
    design->words[part] = word;
}

/* Labelled values. */

/* How long the label is that begins the text, with its colon; 0: none does. */
static size_t label_at(struct tn_str text, const struct label **label)
{
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        if (tn_lower(labels[i].label[0]) != tn_lower(text.s[0]))
            continue;
        struct tn_str name = tn_str_of(labels[i].label);
        size_t at = name.len;
        if (!tn_str_starts_fold(text, name))
            continue;
        while (at < text.len && text.s[at] == ' ')
            at++;
        if (at < text.len && text.s[at] == ':') {
            *label = &labels[i];
            return at + 1;
        }
    }
    return 0;
}

/* Where the next label begins from `from` on, at the beginning of a word; the text's length: nowhere. */
static size_t next_label(struct tn_str text, size_t from, const struct label **label, size_t *len)
{
    *len = 0;
    if (tn_str_find_char(tn_str_from(text, from), ':') == TN_NO_OFFSET)
        return text.len;
    for (size_t at = from; at < text.len; at++)
        if ((at == 0 || !tn_is_alnum(text.s[at - 1])) && tn_is_alpha(text.s[at]) &&
            (*len = label_at(tn_str_from(text, at), label)) > 0)
            return at;
    return text.len;
}

/* The next role of `Participant, Investigator and Outcome Assessor`. */
static bool next_role(struct tn_str *rest, struct tn_str *role)
{
    size_t comma = tn_str_find_char(*rest, ','), and = tn_str_find_fold(*rest, TN_LIT(" and "));
    bool is_and = and != TN_NO_OFFSET && and < comma;
    size_t end = is_and ? and : comma;
    if (rest->len == 0)
        return false;
    *role = tn_str_trim(tn_str_slice(rest->s, end == TN_NO_OFFSET ? rest->len : end));
    *rest = tn_str_from(*rest, end == TN_NO_OFFSET ? rest->len : end + (is_and ? 5 : 1));
    return true;
}

/* `patient/subject, investigator/therapist`: roles alone, of which their number says how blind the trial is. */
static size_t count_roles(struct tn_str text)
{
    struct tn_str role;
    struct tn_word word;
    size_t count = 0;
    while (next_role(&text, &role)) {
        if (tn_normal_word(&tn_vocabulary_who_masked, role, &word) != TN_CODE_NONE || !word.word)
            return 0;
        count++;
    }
    return count;
}

/* The roles in `Blinded (patient, assessor)` and `Participant and Investigator Blinded`. */
static struct tn_str roles_of(struct tn_str value)
{
    static const struct tn_str ends[] = {{" blinded", 8}, {" masked", 7}};
    size_t open = tn_str_find_char(value, '(');
    if (open != TN_NO_OFFSET && value.s[value.len - 1] == ')')
        return tn_str_slice(value.s + open + 1, value.len - open - 2);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (tn_str_ends_fold(value, ends[i]))
            return tn_str_slice(value.s, value.len - ends[i].len);
    return (struct tn_str){NULL, 0};
}

static void take_roles(struct design *design, struct tn_str value)
{
    static const char *const by_number[] = {"SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"};
    struct tn_str rest = roles_of(value), role;
    size_t count = count_roles(rest);
    struct tn_word word;
    if (count == 0 || count > sizeof by_number / sizeof by_number[0] || design->roles)
        return;
    if (!design->words[MASKING])
        say(design, MASKING, by_number[count - 1]);
    while (next_role(&rest, &role))
        if (tn_normal_word(&tn_vocabulary_who_masked, role, &word) == TN_CODE_NONE)
            tn_add_text(design->trial, TN_trial_who_masked, tn_str_of(word.word));
    design->roles = true;
}

static bool take_word(struct design *design, enum part part, struct tn_str value)
{
    struct tn_word word;
    bool known = value.len && tn_normal_word(fields[part].vocabulary, value, &word) == TN_CODE_NONE && word.word;
    if (known)
        say(design, part, word.word);
    return known;
}

/* The value up to a semicolon or line end. */
static struct tn_str value_of(struct tn_str text)
{
    size_t at = 0;
    while (at < text.len && text.s[at] != ';' && text.s[at] != '\n')
        at++;
    while (at > 0 && (text.s[at - 1] == ',' || text.s[at - 1] == '.' || tn_is_space(text.s[at - 1])))
        at--;
    return tn_str_trim(tn_str_slice(text.s, at));
}

static void take_labelled(struct design *design, const struct label *label, struct tn_str text)
{
    struct tn_str value = value_of(text);
    int64_t count;
    bool truth, summed;
    if (label->part == NO_FIELD || value.len == 0)
        return;
    if (label->part == GROUPS) {
        if (tn_normal_count(value, &count, &summed) == TN_CODE_NONE && count > 0 && !summed)
            tn_set_int(design->trial, TN_trial_group_count, count);
        return;
    }
    if (label->yes && tn_normal_truth(value, &truth) == TN_CODE_NONE) {
        if (truth)
            say(design, label->part, label->yes);
        return;
    }
    size_t end = 0; /* of `Randomized, by blocks`, `N/A: Single arm study` */
    while (end < value.len && value.s[end] != ',' && value.s[end] != ':')
        end++;
    if (!take_word(design, label->part, value) && end < value.len)
        take_word(design, label->part, tn_str_trim(tn_str_slice(value.s, end)));
    if (label->part == MASKING)
        take_roles(design, value);
}

/* Words without labels. */

/* Where the phrase stands in the folded text as whole words, and not behind a word that takes it back. */
static bool has_phrase(const char *text, const char *phrase)
{
    static const char *const backs[] = {"non ", "not ", "no ", "nao ", "without ", "quasi ", "pseudo "};
    size_t len = strlen(phrase);
    for (const char *at = strstr(text, phrase); at; at = strstr(at + 1, phrase)) {
        bool taken = (at > text && at[-1] != ' ') || (at[len] != ' ' && at[len] != '\0');
        for (size_t i = 0; i < sizeof backs / sizeof backs[0]; i++) {
            size_t back = strlen(backs[i]);
            taken = taken || ((size_t)(at - text) >= back && memcmp(at - back, backs[i], back) == 0 &&
                              ((size_t)(at - text) == back || at[-1 - (long)back] == ' '));
        }
        if (!taken)
            return true;
    }
    return false;
}

/* A piece that is nothing but a word of a vocabulary: `Parallel`, `treatment`. What could be of any is none. */
static void take_alone(struct design *design, struct tn_str piece)
{
    static const enum part alone[] = {MODEL, PURPOSE, OBSERVATIONAL};
    static const char *const any[] = {"SINGLE_GROUP", "OTHER", "NA"};
    struct tn_word word;
    for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++) {
        bool known = tn_normal_word(fields[alone[i]].vocabulary, piece, &word) == TN_CODE_NONE && word.word;
        for (size_t k = 0; known && k < sizeof any / sizeof any[0]; k++)
            known = strcmp(word.word, any[k]) != 0;
        if (known)
            say(design, alone[i], word.word);
    }
}

static void take_piece(struct design *design, struct tn_str piece)
{
    char folded[TN_FOLD_MAX];
    piece = tn_str_trim(piece);
    if (piece.len == 0 || tn_fold(piece, folded) == 0)
        return;
    take_alone(design, piece);
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (has_phrase(folded, phrases[i].phrase))
            say(design, phrases[i].part, phrases[i].word);
}

static bool ends_piece(struct tn_str text, size_t at)
{
    char next = at + 1 < text.len ? text.s[at + 1] : ' ';
    return strchr(",;()\n", text.s[at]) != NULL || (text.s[at] == '.' && tn_is_space(next));
}

static void take_free(struct design *design, struct tn_str text)
{
    size_t from = 0;
    for (size_t at = 0; at < text.len; at++)
        if (text.s[at] != '\0' && ends_piece(text, at)) {
            take_piece(design, tn_str_slice(text.s + from, at - from));
            from = at + 1;
        }
    take_piece(design, tn_str_from(text, from));
}

/* A study that is only watched has no arms, whatever its register calls its design (ChiCTR's `Sequential`); nor is that sure of
 * one that has a type of its register's own (`Diagnostic test`). */
static void drop_by_type(struct design *design, enum tn_ictrp_kind kind)
{
    static const enum part of_arms[] = {MODEL, ALLOCATION, MASKING, PURPOSE}, of_watching[] = {OBSERVATIONAL, TIME};
    size_t dropped = kind == TN_ICTRP_OBSERVATIONAL ? sizeof of_arms / sizeof of_arms[0] : kind == TN_ICTRP_OTHER_KIND;
    for (size_t i = 0; i < dropped; i++)
        design->words[of_arms[i]] = NULL;
    for (size_t i = 0; kind != TN_ICTRP_OBSERVATIONAL && i < sizeof of_watching / sizeof of_watching[0]; i++)
        design->words[of_watching[i]] = NULL;
}

void tn_ictrp_take_design(struct tn_reading *reading, struct tn_record *trial, struct tn_str text, enum tn_ictrp_kind kind)
{
    struct design design = {.reading = reading, .trial = trial};
    const struct label *label = NULL, *next = NULL;
    size_t len, at = next_label(text, 0, &label, &len);
    take_free(&design, tn_str_slice(text.s, at));
    drop_by_type(&design, kind);
    while (at < text.len) {
        size_t from = at + len;
        at = next_label(text, from, &next, &len);
        take_labelled(&design, label, tn_str_slice(text.s + from, at - from));
        label = next;
    }
    for (size_t i = 0; i < PARTS; i++)
        if (design.words[i] && !design.clash[i] && !tn_has(trial, fields[i].field))
            tn_put_clean(reading, trial, fields[i].field, tn_str_of(design.words[i]), text);
}
