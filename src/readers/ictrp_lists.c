/* SPDX-License-Identifier: MIT */
/* Lists that ICTRP joins into one column. */
#include "normal/country.h"
#include "normal/identifier.h"
#include "normal/word.h"
#include "readers/ictrp.h"
#include "trial/vocabulary.h"

typedef void put_part_fn(struct tn_reading *reading, const struct tn_stated *part);

/* How long `2. ` or `2) ` is before the line; 0: another number, or none. */
static size_t number_length(struct tn_str line, unsigned number)
{
    size_t at = 0;
    unsigned long stated = 0;
    while (at < line.len && at < 3 && tn_is_digit(line.s[at]))
        at++;
    bool counts = at && tn_str_uint(tn_str_slice(line.s, at), 999, &stated) && stated == number;
    if (!counts || at + 1 >= line.len || (line.s[at] != '.' && line.s[at] != ')') || !tn_is_space(line.s[at + 1]))
        return 0;
    return at + 2;
}

/* The lines of `1. Fund for Knees<br>2. Hill Trust`, as ISRCTN writes lists; false of a text that is none. With `put` NULL
 * it is only looked at. */
static bool put_numbered(struct tn_reading *reading, struct tn_str text, put_part_fn *put)
{
    unsigned number = 0;
    struct tn_str line;
    while (tn_str_next_line(&text, &line)) {
        struct tn_str trimmed = tn_str_trim(line);
        size_t len = number_length(trimmed, number + 1);
        if (trimmed.len && len == 0)
            return false;
        number += trimmed.len > 0;
        const struct tn_stated stated = tn_stated_of(tn_str_trim(tn_str_from(trimmed, len)));
        if (put && stated.text.len)
            put(reading, &stated);
    }
    return number > 1;
}

/* Each part of a list between semicolons, or of numbered lines. */
static void put_each(struct tn_reading *reading, const struct tn_stated *value, put_part_fn *put)
{
    struct tn_str rest = tn_ictrp_text(reading, value->text), part;
    if (tn_ictrp_of(reading) && put_numbered(reading, rest, NULL)) {
        put_numbered(reading, rest, put);
        return;
    }
    while (tn_ictrp_of(reading) && tn_ictrp_next(&rest, &part, false)) {
        const struct tn_stated stated = tn_stated_of(part);
        if (part.len)
            put(reading, &stated);
    }
}

static void put_id(struct tn_reading *reading, const struct tn_stated *part)
{
    struct tn_record *number = tn_add_record(reading->trial, TN_trial_identifiers);
    tn_put_secondary_id(reading, number, TN_identifier_value, part);
    tn_ictrp_drop_empty(reading->trial, TN_trial_identifiers);
}

void tn_ictrp_put_ids(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    (void)record;
    (void)field;
    put_each(reading, value, put_id);
}

/* Records of other registers that ICTRP takes for the same trial. */
static void put_bridged(struct tn_reading *reading, const struct tn_stated *part)
{
    struct tn_identifier id;
    if (!tn_identifier_is(part->text, NULL, &id)) {
        tn_put_extra_here(reading, part);
        return;
    }
    struct tn_record *other = tn_add_record(reading->trial, TN_trial_related_trials);
    bool child = tn_ictrp_is_key(reading->trail->key, "Childs");
    tn_put_trial_id(reading, other, TN_related_trial_trial_id, part);
    tn_set_text(other, TN_related_trial_relation, child ? TN_LIT("child") : TN_LIT("bridged"));
    if (!tn_str_eq(tn_text(other, TN_related_trial_trial_id), part->text))
        tn_put_extra_here(reading, part);
}

void tn_ictrp_put_bridged(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    (void)record;
    (void)field;
    put_each(reading, value, put_bridged);
}

/* N/A, none and the like in the place of a name. */
static bool is_nothing(struct tn_str text)
{
    static const char *const words[] = {"N/A", "NA", "None", "No", "Nil", "-", "Not applicable"};
    while (text.len && text.s[text.len - 1] == '.')
        text.len--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (tn_str_eq_fold(text, tn_str_of(words[i])))
            return true;
    return false;
}

static void put_collaborator(struct tn_reading *reading, const struct tn_stated *part)
{
    if (is_nothing(part->text)) {
        tn_put_extra_here(reading, part);
        return;
    }
    tn_put(reading, tn_add_record(reading->trial, TN_trial_collaborators), TN_collaborator_name, part);
}

void tn_ictrp_put_collaborators(struct tn_reading *reading, struct tn_record *record, int field,
                                const struct tn_stated *value)
{
    (void)record;
    (void)field;
    put_each(reading, value, put_collaborator);
}

static void put_funder(struct tn_reading *reading, const struct tn_stated *part)
{
    if (is_nothing(part->text) || tn_str_eq_fold(part->text, TN_LIT("Please refer to primary and secondary sponsors")))
        tn_put_extra_here(reading, part);
    else
        tn_put(reading, reading->trial, TN_trial_funders, part);
}

void tn_ictrp_put_funders(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    (void)record;
    (void)field;
    put_each(reading, value, put_funder);
}

/* The country of an EudraCT number's suffix may be there without a name. */
static bool is_there(struct tn_reading *reading, struct tn_str name)
{
    struct tn_country country;
    bool known = tn_normal_country(name, &country);
    for (size_t i = 0; i < tn_count(reading->trial, TN_trial_countries) && i < TN_ICTRP_COMPARED; i++) {
        struct tn_record *entry = tn_record_edit(reading->trial, TN_trial_countries, i);
        bool same = known && country.code[0] ? tn_str_eq(tn_text(entry, TN_country_code), tn_str_of(country.code))
                                             : tn_str_eq(tn_text(entry, TN_country_name), name);
        if (same && !tn_has(entry, TN_country_name))
            tn_put_clean(reading, entry, TN_country_name, tn_str_copy(reading->arena, name), name);
        if (same)
            return true;
    }
    return false;
}

static void put_country(struct tn_reading *reading, const struct tn_stated *part)
{
    static const char *const no_countries[] = {"International", "Outside EU/EEA", "Worldwide", "Multinational"};
    for (size_t i = 0; i < sizeof no_countries / sizeof no_countries[0]; i++)
        if (tn_str_eq_fold(part->text, tn_str_of(no_countries[i]))) {
            tn_put_extra_here(reading, part);
            return;
        }
    if (part->text.len && !is_there(reading, part->text))
        tn_put_country(reading, tn_add_record(reading->trial, TN_trial_countries), TN_country_name, part);
}

/* `Japan,North America` of registers that join with commas; `Korea, Republic of` is one country. */
static void put_countries(struct tn_reading *reading, const struct tn_stated *part)
{
    struct tn_country country;
    struct tn_str rest = part->text;
    size_t comma = tn_str_find_char(rest, ',');
    if (comma == TN_NO_OFFSET || tn_normal_country(rest, &country) ||
        !tn_normal_country(tn_str_trim(tn_str_slice(rest.s, comma)), &country)) {
        put_country(reading, part);
        return;
    }
    while (rest.len) {
        comma = tn_str_find_char(rest, ',');
        const struct tn_stated one = tn_stated_of(tn_str_trim(comma == TN_NO_OFFSET ? rest : tn_str_slice(rest.s, comma)));
        put_country(reading, &one);
        rest = comma == TN_NO_OFFSET ? TN_LIT("") : tn_str_from(rest, comma + 1);
    }
}

void tn_ictrp_put_countries(struct tn_reading *reading, struct tn_record *record, int field,
                            const struct tn_stated *value)
{
    (void)record;
    (void)field;
    put_each(reading, value, put_countries);
}

void tn_ictrp_put_protocol(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    const struct tn_stated url = {.text = tn_ictrp_text(reading, value->text), .stable = true};
    (void)field;
    if (url.text.len == 0)
        return;
    struct tn_record *document = tn_add_record(record, TN_trial_documents);
    tn_put(reading, document, TN_document_url, &url);
    tn_add_text(document, TN_document_types, TN_LIT("STUDY_PROTOCOL"));
}

/* Interventions. */

static void put_text(struct tn_reading *reading, struct tn_record *record, int field, struct tn_str text)
{
    const struct tn_stated stated = tn_stated_of(text);
    tn_put(reading, record, field, &stated);
}

static struct tn_record *new_intervention(struct tn_reading *reading)
{
    return tn_add_record(reading->trial, TN_trial_interventions);
}

/* Where `Drug: ` begins; the length of the type, 0 where none does. */
static size_t type_at(struct tn_str text)
{
    enum { LONGEST = 40 };
    struct tn_word word;
    text.len = text.len < LONGEST ? text.len : LONGEST;
    size_t colon = tn_str_find_char(text, ':');
    bool known = colon != TN_NO_OFFSET && colon + 1 < text.len && text.s[colon + 1] == ' ' &&
                 tn_normal_word(&tn_vocabulary_intervention_type, tn_str_slice(text.s, colon), &word) == TN_CODE_NONE;
    return known ? colon : 0;
}

/* "Drug: A;Drug: B; or C": a part ends where a semicolon and the next type stand. */
static void put_typed(struct tn_reading *reading, struct tn_str text)
{
    while (text.len) {
        size_t type = type_at(text), end = 0;
        while (end < text.len && !(text.s[end] == ';' && type_at(tn_str_from(text, end + 1))))
            end++;
        struct tn_record *intervention = new_intervention(reading);
        put_text(reading, intervention, TN_intervention_name,
                 tn_str_trim(tn_str_slice(text.s + (type ? type + 1 : 0), end - (type ? type + 1 : 0))));
        if (type)
            put_text(reading, intervention, TN_intervention_type, tn_str_slice(text.s, type));
        text = tn_str_from(text, end + 1);
    }
}

/* True where the sizes name the group, too: `Control group:30;`. */
static bool is_group(const struct tn_ictrp *own, struct tn_str label)
{
    struct tn_str rest = own->sizes, part;
    while (label.len && tn_ictrp_next(&rest, &part, false)) {
        size_t colon = tn_str_find_char(part, ':');
        if (colon != TN_NO_OFFSET && tn_str_eq_fold(tn_str_trim(tn_str_slice(part.s, colon)), label))
            return true;
    }
    return false;
}

/* "Control group:A;Experimental group:B;" */
static void put_groups(struct tn_reading *reading, struct tn_str text)
{
    struct tn_str rest = text, part;
    while (tn_ictrp_next(&rest, &part, false)) {
        size_t colon = tn_str_find_char(part, ':');
        struct tn_str label = colon == TN_NO_OFFSET ? TN_LIT("") : tn_str_trim(tn_str_slice(part.s, colon));
        bool group = is_group(tn_ictrp_of(reading), label);
        struct tn_str name = group ? tn_str_trim(tn_str_from(part, colon + 1)) : part;
        const struct tn_stated stated = tn_stated_of(part);
        if (part.len == 0)
            continue;
        if (group)
            put_text(reading, tn_add_record(reading->trial, TN_trial_arms), TN_arm_label, label);
        if (name.len == 0 || is_nothing(name)) {
            tn_put_extra_here(reading, &stated);
            continue;
        }
        struct tn_record *intervention = new_intervention(reading);
        put_text(reading, intervention, TN_intervention_name, name);
        if (group)
            put_text(reading, intervention, TN_intervention_arm_labels, label);
    }
}

/* The name of a product in EudraCT's form: behind one of the labels, up to the end of the line, or to the next label where
 * all stand on one. */
static struct tn_str product_name(struct tn_str text)
{
    static const char *const labels[] = {"Trade Name:", "Product Name:", "INN or Proposed INN:"};
    static const char *const ends[] = {"\n", ",Product Name:", ",Product Code:", ",Pharmaceutical Form:"};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t at = tn_str_find(text, tn_str_of(labels[i]));
        if (at == TN_NO_OFFSET)
            continue;
        struct tn_str name = tn_str_from(text, at + strlen(labels[i]));
        for (size_t k = 0; k < sizeof ends / sizeof ends[0]; k++) {
            size_t end = tn_str_find(name, tn_str_of(ends[k]));
            name.len = end == TN_NO_OFFSET ? name.len : end;
        }
        if (tn_str_trim(name).len)
            return tn_str_trim(name);
    }
    return (struct tn_str){NULL, 0};
}

/* One text: a name where it is one line, else a description. Products of EudraCT's form stand with an empty line between. */
static void put_whole(struct tn_reading *reading, struct tn_str text)
{
    struct tn_str name = product_name(text);
    struct tn_record *intervention = new_intervention(reading);
    bool line = tn_str_find_char(text, '\n') == TN_NO_OFFSET;
    if (name.len)
        put_text(reading, intervention, TN_intervention_name, name);
    if (name.len || !line)
        put_text(reading, intervention, TN_intervention_description, text);
    else
        put_text(reading, intervention, TN_intervention_name, text);
}

static void put_products(struct tn_reading *reading, struct tn_str text)
{
    while (text.len) {
        size_t end = tn_str_find(text, TN_LIT("\n\n"));
        struct tn_str product = end == TN_NO_OFFSET ? text : tn_str_slice(text.s, end);
        if (tn_str_trim(product).len)
            put_whole(reading, tn_str_trim(product));
        text = end == TN_NO_OFFSET ? TN_LIT("") : tn_str_from(text, end + 2);
    }
}

void tn_ictrp_put_interventions(struct tn_reading *reading, struct tn_record *record, int field,
                                const struct tn_stated *value)
{
    const struct tn_ictrp *own = tn_ictrp_of(reading);
    struct tn_str text = tn_ictrp_text(reading, value->text);
    (void)record;
    (void)field;
    if (!own || text.len == 0)
        return;
    if (own->of.habit == TN_ICTRP_CTGOV)
        put_typed(reading, text);
    else if (own->of.habit == TN_ICTRP_GROUPS)
        put_groups(reading, text);
    else if (own->of.habit == TN_ICTRP_EUDRACT && product_name(text).len)
        put_products(reading, text);
    else
        put_whole(reading, text);
}
