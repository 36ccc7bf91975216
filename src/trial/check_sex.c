/* SPDX-License-Identifier: MIT */
/* Rules that hold the sex against words of the criteria and conditions. Only phrases that leave little doubt, and no criterion
 * that also speaks of somebody else: a man's trial asks for contraception of his partner, a woman's for her husband. */
#include "trial/check_inside.h"

/* What is said of those of one sex. */
struct sex_words {
    const char *sex;               /* of the trial */
    const char *const *other;      /* phrases that only the other sex can meet ... */
    const char *const *own;        /* ... in a criterion that does not speak of this one */
    const char *const *left_out;   /* what an exclusion of the other sex says */
    const char *const *conditions; /* diseases of the other sex */
    const char *const *others;     /* words for those of the other sex */
};

static const char *const both[] = {
    "males and females", "females and males", "males or females", "females or males", "male and female",
    "female and male", "male or female", "female or male", "men and women", "women and men", "men or women",
    "women or men", "both sexes", "either sex", "both genders", "either gender", "any sex", "any gender",
    "boys and girls", "girls and boys", "boys or girls", "girls or boys", "sex: both", "gender: both", "sex: all",
    "gender: all", "sex: any", "gender: any", "male/female", "female/male", "males/females", "females/males",
    "men/women", "women/men", "male & female", "male as well as female", NULL};

/* Who is meant beside the participant, or that somebody is not meant. */
static const char *const somebody_else[] = {
    "partner", "partners", "spouse", "spouses", "wife", "wives", "husband", "husbands", "couple", "couples",
    "sexual", "intercourse", "mother", "mothers", "father", "fathers", "donor", "donors", "caregiver", "caregivers",
    "sex with", "infants", "newborns", "sexually", "avoid", "no", "not", "without", "exclude", "excluded", "except", NULL};

static const char *const for_women[] = {
    "pregnant", "nursing women", "nursing mothers", "lactating women", "breastfeeding", "postmenopausal women",
    "post-menopausal women", "premenopausal women", "women of", "females of", "women aged", "females aged",
    "women with", "females with", "women who", "women must", "women should", "women between", "adult women",
    "adult female", "adult females", "healthy women", "healthy female", "female patients", "female patient",
    "female subjects", "female participants", "female volunteers", "female sex", "girls", "pregnancy test", NULL};
static const char *const without_women[] = {
    "pregnant", "pregnancy", "lactating", "breastfeeding", "breast-feeding", "breast feeding", "nursing women",
    "nursing mothers", NULL};
static const char *const of_women[] = {
    "ovarian cancer", "ovarian carcinoma", "ovarian neoplasms", "endometriosis", "endometrial cancer",
    "cervical cancer", "uterine cervical neoplasms", "preeclampsia", "pre-eclampsia", "polycystic ovary syndrome",
    "pregnancy", "menopause", "dysmenorrhea", NULL};

static const char *const for_men[] = {
    "prostate", "prostatic", "men of", "males of", "men aged", "males aged", "men with", "males with",
    "men who", "men must", "men should", "men between", "adult men", "adult male", "adult males", "healthy men",
    "healthy male", "healthy males", "male patients", "male patient", "male subjects", "male participants",
    "male volunteers", "male sex", "boys", "erectile dysfunction", NULL};
static const char *const without_men[] = {
    "male patients", "male subjects", "male participants", "prostate cancer", NULL};
static const char *const of_men[] = {
    "prostate cancer", "prostatic neoplasms", "prostate carcinoma", "benign prostatic hyperplasia",
    "erectile dysfunction", "testicular cancer", "hypospadias", "cryptorchidism", "varicocele", NULL};

static const char *const men[] = {"men", "man", "male", "males", "he", "his", "him", NULL};
static const char *const women[] = {"women", "woman", "female", "females", "she", "her", NULL};

static const char *const women_are[] = {"female", "females", "women", "woman", "girls", NULL};
static const char *const men_are[] = {"male", "males", "men", "man", "boys", NULL};

static const struct sex_words sexes[] = {
    {"MALE", for_women, men, without_women, of_women, women_are},
    {"FEMALE", for_men, women, without_men, of_men, men_are},
};

static const struct sex_words *words_of_sex(const struct tn_check *check)
{
    for (size_t i = 0; i < sizeof sexes / sizeof sexes[0]; i++)
        if (tn_check_among(tn_text(check->trial, TN_trial_sex), sexes[i].sex))
            return &sexes[i];
    return NULL;
}

/* Criteria that say of what sex who is taken in is, and hardly more: `Male, 18 years or older`, `Participants must be
 * female`, `Women only`. */

/* What may stand before the sex, and behind it. */
static const char *const before_sex[] = {
    "the", "a", "an", "all", "any", "subject", "subjects", "participant", "participants", "patient", "patients",
    "volunteer", "volunteers", "individual", "individuals", "person", "persons", "people", "adult", "adults", "young",
    "healthy", "is", "are", "be", "being", "who", "that", "sex", "gender", "biological", "biologically", "assigned",
    "eligible", "enrolled", "included", "will", "of", NULL};
static const char *const binding[] = {"only", "must be", "should be", "has to be", "have to be", "need to be", NULL};
static const char *const groups[] = {
    "subject", "subjects", "participant", "participants", "patient", "patients", "volunteer", "volunteers", "individual",
    "individuals", "adult", "adults", "sex", "gender", "outpatients", "inpatients", "veterans", NULL};
static const char *const of_age[] = {
    "between", "aged", "age", "ages", "at least", "over", "above", "older", "from", "under", "below", "up to", NULL};
static const char *const behind_sex[] = {
    "who", "with", "whose", "having", "in", "undergoing", "diagnosed", "scheduled", "of", "must", "should", "will",
    "willing", "able", NULL};

struct said_sex {
    bool there;
    bool bound;  /* and no other: `only`, `must be` */
    size_t behind;
};

/* Behind blanks and what stands between a word and its value. */
static size_t skip_gap(struct tn_str text, size_t at)
{
    while (at < text.len && (tn_is_space(text.s[at]) || strchr(":=-*", text.s[at])))
        at++;
    return at;
}

static size_t any_stands(struct tn_str text, size_t at, const char *const *phrases)
{
    size_t len = 0;
    while (*phrases && !len)
        len = tn_check_stands(text, at, *phrases++);
    return len;
}

static struct said_sex plain_sex(struct tn_str text, const char *const *words)
{
    struct said_sex said = {false, false, 0};
    size_t at = skip_gap(text, 0), len = 0;
    for (;; at = skip_gap(text, at + len)) {
        if ((len = any_stands(text, at, words)))
            break;
        if ((len = any_stands(text, at, binding)))
            said.bound = true;
        else if (!(len = any_stands(text, at, before_sex)))
            return said;
    }
    for (at += len; (len = any_stands(text, skip_gap(text, at), groups));)
        at = skip_gap(text, at) + len;
    size_t next = skip_gap(text, at);
    if ((len = tn_check_stands(text, next, "only"))) {
        said.bound = true;
        at = next + len;
    }
    said.there = true;
    said.behind = at;
    return said;
}

/* The text ends at byte `at`, or goes on with an age. */
static bool ends_with_age(struct tn_str text, size_t at)
{
    while (at < text.len && (tn_is_space(text.s[at]) || strchr(".,;()", text.s[at])))
        at++;
    struct tn_str rest = tn_str_from(text, at);
    return !rest.len || tn_is_digit(rest.s[0]) || strchr("<>=", rest.s[0]) || tn_str_starts(rest, TN_LIT("≥")) ||
           tn_str_starts(rest, TN_LIT("≤")) || any_stands(text, at, of_age);
}

/* ... or with what else is asked of those people. */
static bool ends_or_goes_on(struct tn_str text, size_t at)
{
    size_t word = skip_gap(text, at);
    return ends_with_age(text, at) || (at < text.len && strchr(",;.(:", text.s[at])) ||
           any_stands(text, word, behind_sex);
}

/* Trials in which men and women are looked at together, or apart. */
static const char *const together[] = {
    "couple", "couples", "semen", "sperm", "husband", "husbands", "wife", "wives", "spouse", "spouses", "male partner",
    "female partner", "male partners", "female partners", "infant", "infants", "mother", "mothers", "fetus", NULL};
static const char *const apart[] = {
    "cohort", "cohorts", "part a", "part b", "part 1", "part 2", "arm a", "arm b", "group a", "group b", "group 1",
    "group 2", "sub-study", "substudy", "controls", "control group", NULL};
static const char *const only_then[] = {
    "contraception", "contraceptive", "contraceptives", "pregnancy", "pregnant", "childbearing", "birth control",
    "condom", "condoms", "sterile", "test", "if", "for", NULL};

static bool any_criterion(const tn_trial *trial, int list, const char *const *phrases)
{
    struct tn_str said;
    return tn_check_criterion(trial, list, phrases, NULL, NULL, &said).s != NULL;
}

/* A criterion that names the other sex as who is taken in. */
static struct tn_str find_plain(const tn_trial *trial, int list, const struct sex_words *words)
{
    size_t count = any_criterion(trial, list, together) ? 0 : tn_count(trial, list);
    for (size_t i = 0; i < count; i++) {
        struct tn_str text = tn_text(tn_record_at(trial, list, i), TN_criterion_text);
        struct said_sex said = plain_sex(text, words->others);
        if (said.there && ends_or_goes_on(text, said.behind) && !tn_check_says(text, somebody_else).s &&
            !tn_check_says(text, words->own).s)
            return text;
    }
    return (struct tn_str){NULL, 0};
}

/* A criterion that takes in one sex alone, where none speaks of the other. */
static struct tn_str find_bound(const tn_trial *trial, int list, const struct sex_words *words)
{
    if (any_criterion(trial, list, words->own) || any_criterion(trial, list, together) || any_criterion(trial, list, apart))
        return (struct tn_str){NULL, 0};
    for (size_t i = 0; i < tn_count(trial, list); i++) {
        struct tn_str text = tn_text(tn_record_at(trial, list, i), TN_criterion_text);
        struct said_sex said = plain_sex(text, words->others);
        if (said.there && said.bound && ends_with_age(text, said.behind) && !tn_check_says(text, somebody_else).s &&
            !tn_check_says(text, only_then).s)
            return text;
    }
    return (struct tn_str){NULL, 0};
}

/* The criteria of who is taken in: where the source does not say which are which, all. */
static int taken_in(const tn_trial *trial)
{
    bool sides = tn_has(trial, TN_trial_inclusion_criteria) || tn_has(trial, TN_trial_exclusion_criteria);
    return sides ? TN_trial_inclusion_criteria : TN_trial_other_criteria;
}

static void look_all(struct tn_check *check, const struct tn_rule *rule)
{
    struct tn_str text = {NULL, 0};
    for (size_t i = 0; i < sizeof sexes / sizeof sexes[0] && !text.s; i++)
        text = find_bound(check->trial, taken_in(check->trial), &sexes[i]);
    if (text.s)
        tn_found(check, rule, NULL, "sex is ALL, but who is taken in says: %.*s", TN_SHOWN(text));
}

void tn_look_sex_criteria(struct tn_check *check, const struct tn_rule *rule)
{
    const struct sex_words *words = words_of_sex(check);
    int list = taken_in(check->trial);
    struct tn_str said, text;
    if (tn_bool(check->trial, TN_trial_gender_based))
        return;
    if (tn_check_among(tn_text(check->trial, TN_trial_sex), "ALL"))
        look_all(check, rule);
    if (!words)
        return;
    text = tn_check_criterion(check->trial, list, both, somebody_else, NULL, &said);
    if (!text.s)
        text = tn_check_criterion(check->trial, list, words->other, somebody_else, words->own, &said);
    if (text.s) {
        tn_found(check, rule, NULL, "sex is %s, but who is taken in says '%.*s': %.*s", words->sex, TN_SHOWN(said),
                 TN_SHOWN(text));
        return;
    }
    text = find_plain(check->trial, list, words);
    if (text.s)
        tn_found(check, rule, NULL, "sex is %s, but who is taken in says: %.*s", words->sex, TN_SHOWN(text));
}

void tn_look_sex_exclusion(struct tn_check *check, const struct tn_rule *rule)
{
    const struct sex_words *words = words_of_sex(check);
    struct tn_str said;
    if (!words || tn_bool(check->trial, TN_trial_gender_based))
        return;
    struct tn_str text = tn_check_criterion(check->trial, TN_trial_exclusion_criteria, words->left_out, somebody_else, NULL, &said);
    if (text.s)
        tn_found(check, rule, NULL, "sex is %s, and who is left out says '%.*s': %.*s", words->sex, TN_SHOWN(said),
                 TN_SHOWN(text));
}

void tn_look_sex_conditions(struct tn_check *check, const struct tn_rule *rule)
{
    const struct sex_words *words = words_of_sex(check);
    for (size_t i = 0; words && i < tn_count(check->trial, TN_trial_conditions); i++) {
        struct tn_str condition = tn_text_at(check->trial, TN_trial_conditions, i);
        if (!tn_check_says(condition, words->conditions).s)
            continue;
        tn_found(check, rule, NULL, "sex is %s, but a condition is %.*s", words->sex, TN_SHOWN(condition));
        return;
    }
}
