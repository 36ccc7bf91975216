/* SPDX-License-Identifier: MIT */
#include "dataset/alias.h"

#include "normal/identifier.h"
#include "trial/vocabulary.h"

/* Types of identifiers that never name the trial itself, whatever they look like: money for several trials has one number. */
static const char *const no_alias[] = {"NIH", "FDA", "VA", "CDC", "AHRQ", "SAMHSA", "OTHER_GRANT"};

static bool may_be_alias(struct tn_str type)
{
    for (size_t i = 0; i < sizeof no_alias / sizeof no_alias[0]; i++)
        if (tn_str_eq(type, tn_str_of(no_alias[i])))
            return false;
    return true;
}

/* NCT00000000, U1111-0000-0000, 2004-000000-00: the number of a year or a kind stands before the zeros. */
static bool is_zeros(struct tn_str id)
{
    size_t digits = 0, zeros = 0;
    for (size_t i = id.len; i > 0 && (tn_is_digit(id.s[i - 1]) || id.s[i - 1] == '-'); i--) {
        digits += tn_is_digit(id.s[i - 1]);
        zeros += id.s[i - 1] == '0';
        if (digits != zeros)
            break;
    }
    return zeros >= 8;
}

static bool seen_before(const tn_trial *trial, size_t count, const struct tn_identifier *id)
{
    struct tn_identifier other;
    for (size_t i = 0; i < count; i++) {
        const struct tn_record *identifier = tn_record_at(trial, TN_trial_identifiers, i);
        if (tn_identifier_is(tn_text(identifier, TN_identifier_value), NULL, &other) &&
            tn_str_eq(tn_str_of(other.value), tn_str_of(id->value)))
            return true;
    }
    return false;
}

enum { MOST = 64 }; /* identifiers of one trial that are looked at */

void tn_aliases_of(const tn_trial *trial, void (*take)(void *context, struct tn_str registry, struct tn_str id), void *context)
{
    struct tn_str own = tn_text(trial, TN_trial_trial_id);
    size_t count = tn_count(trial, TN_trial_identifiers);
    if (own.len && !is_zeros(own))
        take(context, tn_text(trial, TN_trial_registry), own);
    for (size_t i = 0; i < count && i < MOST; i++) {
        const struct tn_record *identifier = tn_record_at(trial, TN_trial_identifiers, i);
        struct tn_str value = tn_text(identifier, TN_identifier_value), registry = tn_text(identifier, TN_identifier_registry);
        struct tn_identifier id;
        if (!may_be_alias(tn_text(identifier, TN_identifier_type)) || !tn_identifier_is(value, registry.s, &id))
            continue;
        struct tn_str text = tn_str_of(id.value);
        if (!is_zeros(text) && !tn_identifier_placeholder(text) && !tn_str_eq(text, own) && !seen_before(trial, i, &id))
            take(context, tn_str_of(id.registry), text);
    }
}
