/* SPDX-License-Identifier: MIT */
/* Phrases in texts, and the rules on healthy volunteers. Only phrases that leave little doubt, and no criterion that also
 * speaks of somebody else. */
#include "trial/check_inside.h"

size_t tn_check_stands(struct tn_str text, size_t at, const char *phrase)
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
            size_t len = tn_check_stands(text, at, *phrase);
            if (len)
                return tn_str_slice(text.s + at, len);
        }
    }
    return (struct tn_str){NULL, 0};
}

struct tn_str tn_check_criterion(const tn_trial *trial, int list, const char *const *phrases, const char *const *unless,
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
    struct tn_str text = tn_check_criterion(check->trial, rule->a, healthy, rule->phrases, NULL, &said);
    if (text.s)
        tn_found(check, rule, NULL, "healthy_volunteers is %s, but %s says: %.*s", rule->number ? "true" : "false",
                 tn_check_name(rule->a), TN_SHOWN(text));
}
