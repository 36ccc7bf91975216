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

/* NCT00000000, U1111-0000-0000, 2004-000000-00, NCT99999999: a digit and nothing else; the number of a year or a kind stands before
 * it. ISRCTN12345678: the digits in their order. */
static bool is_filler(struct tn_str id)
{
    enum { ENOUGH = 8 };
    size_t same = 0, counting = 0;
    char last = 0;
    for (size_t i = id.len; i > 0 && (tn_is_digit(id.s[i - 1]) || id.s[i - 1] == '-'); i--) {
        char digit = id.s[i - 1];
        if (digit == '-')
            continue;
        same = !last || (digit == last && same) ? same + 1 : 0;
        counting = !last || (digit + 1 == last && counting) ? counting + 1 : 0;
        last = digit;
        if (same == ENOUGH || (counting == ENOUGH && digit == '1'))
            return true;
        if (!same && !counting)
            return false;
    }
    return false;
}

/* Words that stand beside an identifier and only say what it is. In small letters, sorted. */
static const char *const labels[] = {"clinicaltrials", "ct", "ctis", "ctri", "drks", "eu", "eudract", "gov", "id", "identifier", "isrctn",
                                     "nct", "no", "nr", "number", "registration", "registry", "trial", "universal", "utn", "who"};

static bool is_label(struct tn_str word)
{
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (tn_str_eq_fold(word, tn_str_of(labels[i])))
            return true;
    return false;
}

/* `EudraCT No.:`, `(ClinicalTrials.gov)`: nothing but labels. "Parent study" is none. */
static bool only_labels(struct tn_str text)
{
    for (size_t at = 0, end; at < text.len; at = end) {
        for (end = at; end < text.len && tn_is_alnum(text.s[end]); end++)
            continue;
        if (end > at && !is_label(tn_str_slice(text.s + at, end - at)))
            return false;
        if (end == at && (unsigned char)text.s[end++] >= 0x80)
            return false;
    }
    return true;
}

/* An identifier alone, or with the name of what it is. */
static bool read_id(const struct tn_record *identifier, struct tn_identifier *id)
{
    struct tn_str value = tn_text(identifier, TN_identifier_value), registry = tn_text(identifier, TN_identifier_registry);
    if (tn_identifier_is(value, registry.s, id))
        return true;
    return tn_identifier_find(value, 0, registry.s, id) && only_labels(tn_str_slice(value.s, id->at)) &&
           only_labels(tn_str_from(value, id->at + id->len));
}

static bool seen_before(const tn_trial *trial, size_t count, const struct tn_identifier *id)
{
    struct tn_identifier other;
    for (size_t i = 0; i < count; i++) {
        const struct tn_record *identifier = tn_record_at(trial, TN_trial_identifiers, i);
        if (may_be_alias(tn_text(identifier, TN_identifier_type)) && read_id(identifier, &other) &&
            tn_str_eq(tn_str_of(other.value), tn_str_of(id->value)))
            return true;
    }
    return false;
}

enum { MOST = 64 }; /* identifiers of one trial that are looked at */

void tn_aliases_of(const tn_trial *trial, tn_alias_fn *take, void *context)
{
    struct tn_str own = tn_text(trial, TN_trial_trial_id);
    size_t count = tn_count(trial, TN_trial_identifiers);
    if (own.len && !is_filler(own))
        take(context, tn_text(trial, TN_trial_registry), own, false);
    for (size_t i = 0; i < count && i < MOST; i++) {
        const struct tn_record *identifier = tn_record_at(trial, TN_trial_identifiers, i);
        struct tn_str type = tn_text(identifier, TN_identifier_type);
        struct tn_identifier id;
        if (!may_be_alias(type) || !read_id(identifier, &id))
            continue;
        struct tn_str text = tn_str_of(id.value);
        if (!is_filler(text) && !tn_identifier_placeholder(text) && !tn_str_eq(text, own) && !seen_before(trial, i, &id))
            take(context, tn_str_of(id.registry), text, tn_str_eq(type, TN_LIT("NCT_ALIAS")));
    }
}
