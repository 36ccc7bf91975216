/* SPDX-License-Identifier: MIT */
/* Rules that hold a field against words of the criteria and conditions. Only phrases that leave little doubt, and no criterion
 * that also speaks of somebody else: a man's trial asks for contraception of his partner, a woman's for her husband. */
#include "trial/check_inside.h"

/* The length of `phrase` where it stands at byte `at`, whose word ends with it; 0 where it does not. */
static size_t stands(struct tn_str text, size_t at, const char *phrase)
{
    size_t len = 0;
    while (phrase[len] && at + len < text.len && tn_lower(text.s[at + len]) == phrase[len])
        len++;
    bool whole = !phrase[len] && (at + len == text.len || !tn_is_alnum(text.s[at + len]));
    return whole ? len : 0;
}

struct tn_str tn_check_says(struct tn_str text, const char *const *phrases)
{
    for (size_t at = 0; phrases && at < text.len; at++) {
        if (!tn_is_alnum(text.s[at]) || (at && tn_is_alnum(text.s[at - 1])))
            continue;
        for (const char *const *phrase = phrases; *phrase; phrase++) {
            size_t len = stands(text, at, *phrase);
            if (len)
                return tn_str_slice(text.s + at, len);
        }
    }
    return (struct tn_str){NULL, 0};
}

/* What is said of those of one sex. */
struct sex_words {
    const char *sex;               /* of the trial */
    const char *const *other;      /* phrases that only the other sex can meet ... */
    const char *const *own;        /* ... in a criterion that does not speak of this one */
    const char *const *left_out;   /* what an exclusion of the other sex says */
    const char *const *conditions; /* diseases of the other sex */
};

static const char *const both[] = {
    "males and females", "females and males", "males or females", "females or males", "male and female",
    "female and male", "male or female", "female or male", "men and women", "women and men", "men or women",
    "women or men", "both sexes", "either sex", "both genders", "either gender", "any sex", "any gender",
    "boys and girls", "girls and boys", "boys or girls", "girls or boys", NULL};

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

static const struct sex_words sexes[] = {
    {"MALE", for_women, men, without_women, of_women},
    {"FEMALE", for_men, women, without_men, of_men},
};

static const struct sex_words *words_of_sex(const struct tn_check *check)
{
    for (size_t i = 0; i < sizeof sexes / sizeof sexes[0]; i++)
        if (tn_check_among(tn_text(check->trial, TN_trial_sex), sexes[i].sex))
            return &sexes[i];
    return NULL;
}

/* The first criterion that says one of `phrases`, and none of `unless` and `nor` (may be NULL). */
static struct tn_str find_criterion(const tn_trial *trial, int list, const char *const *phrases, const char *const *unless,
                                    const char *const *nor, struct tn_str *said)
{
    for (size_t i = 0; i < tn_count(trial, list); i++) {
        struct tn_str text = tn_text(tn_record_at(trial, list, i), TN_criterion_text);
        *said = tn_check_says(text, phrases);
        if (said->s && !tn_check_says(text, unless).s && !tn_check_says(text, nor).s)
            return text;
    }
    return (struct tn_str){NULL, 0};
}

void tn_look_sex_criteria(struct tn_check *check, const struct tn_rule *rule)
{
    enum { LIST = TN_trial_inclusion_criteria };
    const struct sex_words *words = words_of_sex(check);
    struct tn_str said;
    if (!words || tn_bool(check->trial, TN_trial_gender_based))
        return;
    struct tn_str text = find_criterion(check->trial, LIST, both, somebody_else, NULL, &said);
    if (!text.s)
        text = find_criterion(check->trial, LIST, words->other, somebody_else, words->own, &said);
    if (text.s)
        tn_found(check, rule, NULL, "sex is %s, but who is taken in says '%.*s': %.*s", words->sex, TN_SHOWN(said),
                 TN_SHOWN(text));
}

void tn_look_sex_exclusion(struct tn_check *check, const struct tn_rule *rule)
{
    const struct sex_words *words = words_of_sex(check);
    struct tn_str said;
    if (!words || tn_bool(check->trial, TN_trial_gender_based))
        return;
    struct tn_str text = find_criterion(check->trial, TN_trial_exclusion_criteria, words->left_out, somebody_else, NULL, &said);
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

static const char *const healthy[] = {
    "healthy volunteers", "healthy volunteer", "healthy subjects", "healthy participants", "healthy controls",
    "healthy individuals", "healthy adult volunteers", "healthy male volunteers", "healthy female volunteers",
    "healthy male subjects", "healthy female subjects", NULL};

/* healthy_volunteers is `number`, yet list a says that they are left out, or taken in. */
void tn_look_healthy(struct tn_check *check, const struct tn_rule *rule)
{
    struct tn_str said;
    if (!tn_has(check->trial, TN_trial_healthy_volunteers) ||
        tn_bool(check->trial, TN_trial_healthy_volunteers) != (rule->number != 0))
        return;
    struct tn_str text = find_criterion(check->trial, rule->a, healthy, rule->phrases, NULL, &said);
    if (text.s)
        tn_found(check, rule, NULL, "healthy_volunteers is %s, but %s says: %.*s", rule->number ? "true" : "false",
                 tn_check_name(rule->a), TN_SHOWN(text));
}
