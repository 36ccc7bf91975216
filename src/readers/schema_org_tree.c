/* SPDX-License-Identifier: MIT */
/* JSON-LD has many ways to write one thing; the rows know one. */
#include "readers/schema_org.h"

static int type_of(const cJSON *item)
{
    return item->type & 0xFF;
}

struct tn_str tn_schema_org_word(struct tn_str text)
{
    static const char *const prefixes[] = {"https://schema.org/", "http://schema.org/", "https://www.schema.org/",
                                           "http://www.schema.org/", "//schema.org/", "schema.org/", "schema:"};
    text = tn_str_trim(text);
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (tn_str_starts_fold(text, tn_str_of(prefixes[i])))
            return tn_str_from(text, strlen(prefixes[i]));
    return text;
}

const cJSON *tn_schema_org_member(const cJSON *item, const char *name)
{
    if (type_of(item) != cJSON_Object)
        return NULL;
    for (const cJSON *child = item->child; child; child = child->next)
        if (tn_str_eq(tn_schema_org_word(tn_str_of(child->string)), tn_str_of(name)))
            return child;
    return NULL;
}

static bool is_of_type(const cJSON *type, const char *const *types, size_t count)
{
    const cJSON *all = type && type_of(type) == cJSON_Array ? type->child : type;
    for (const cJSON *one = all; one; one = one == type ? NULL : one->next)
        for (size_t i = 0; i < count && type_of(one) == cJSON_String; i++)
            if (tn_str_eq(tn_schema_org_word(tn_str_of(one->valuestring)), tn_str_of(types[i])))
                return true;
    return false;
}

bool tn_schema_org_is_study(const cJSON *item)
{
    static const char *const types[] = {"MedicalTrial", "MedicalStudy", "MedicalObservationalStudy"};
    return is_of_type(tn_schema_org_member(item, "@type"), types, sizeof types / sizeof types[0]);
}

/* Where the meaning of a name lies in the type of what has it. */
static const struct {
    const char *type, *member, *means;
} meanings[] = {
    {"AdministrativeArea", "name", "areaName"},
    {"City", "name", "cityName"},
    {"Country", "name", "countryName"},
    {"State", "name", "stateName"},
    {"MedicalCondition", "name", "conditionName"},
    {"InfectiousDisease", "name", "conditionName"},
    {"MedicalSignOrSymptom", "name", "conditionName"},
    {"Drug", "name", "drugName"},
    {"MedicalDevice", "name", "deviceName"},
    {"MedicalProcedure", "name", "procedureName"},
    {"SurgicalProcedure", "name", "procedureName"},
    {"TherapeuticProcedure", "name", "procedureName"},
    {"MedicalTherapy", "name", "procedureName"},
    {"PhysicalTherapy", "name", "procedureName"},
    {"DietarySupplement", "name", "supplementName"},
    {"MedicalTest", "name", "testName"},
};

enum { FIRST_SUBJECT = 4 };

/* Names a member anew; the text belongs to nobody. */
static void rename_member(cJSON *member, const char *name)
{
    member->string = (char *)(uintptr_t)name;
}

static void name_by_type(cJSON *item, bool subject)
{
    const cJSON *type = tn_schema_org_member(item, "@type");
    size_t first = subject ? FIRST_SUBJECT : 0, end = subject ? sizeof meanings / sizeof meanings[0] : FIRST_SUBJECT;
    for (size_t i = first; i < end; i++) {
        if (!is_of_type(type, &meanings[i].type, 1))
            continue;
        for (cJSON *child = item->child; child; child = child->next) {
            bool other = subject && strcmp(meanings[i].means, "conditionName") != 0;
            if (strcmp(child->string, meanings[i].member) == 0)
                rename_member(child, meanings[i].means);
            else if (other && strcmp(child->string, "description") == 0)
                rename_member(child, "otherDescription");
            else if (other && strcmp(child->string, "alternateName") == 0)
                rename_member(child, "otherAlternateName");
        }
        return;
    }
}

/* Takes out members that say nothing of what they stand in. The tree lives in an arena: nothing is freed. */
static void drop_members(cJSON *item)
{
    cJSON *last = NULL;
    for (cJSON *child = item->child; child; child = child->next) {
        bool drop = strcmp(child->string, "@type") == 0 || strcmp(child->string, "@id") == 0 ||
                    strcmp(child->string, "@context") == 0 || strcmp(child->string, "@language") == 0;
        if (!drop)
            last = child;
        else if (last)
            last->next = child->next;
        else
            item->child = child->next;
    }
}

/* {"@value": "Asthma", "@language": "en"} is "Asthma". */
static void take_value(cJSON *item)
{
    const cJSON *value = tn_schema_org_member(item, "@value");
    if (!value || type_of(value) == cJSON_Object || type_of(value) == cJSON_Array)
        return;
    item->type = value->type;
    item->valuestring = value->valuestring;
    item->valueint = value->valueint;
    item->valuedouble = value->valuedouble;
    item->child = NULL;
}

static void strip_prefixes(cJSON *item)
{
    for (cJSON *child = item->child; child && type_of(item) == cJSON_Object; child = child->next)
        child->string = (char *)(uintptr_t)tn_schema_org_word(tn_str_of(child->string)).s;
}

/* What is inside a study. Recursion is bound by the depth of the tree. */
static void tidy(cJSON *item, bool subject, bool place)
{
    take_value(item);
    strip_prefixes(item);
    if (type_of(item) == cJSON_Object && (subject || place))
        name_by_type(item, subject);
    if (type_of(item) == cJSON_Object)
        drop_members(item);
    for (cJSON *child = item->child; child; child = child->next)
        tidy(child, subject && type_of(item) == cJSON_Array, place);
}

/* A reference is an object that holds nothing but "@id" (and its type). */
static const char *reference_of(const cJSON *item)
{
    const char *name = NULL;
    for (const cJSON *child = type_of(item) == cJSON_Object ? item->child : NULL; child; child = child->next) {
        if (strcmp(child->string, "@id") == 0 && type_of(child) == cJSON_String)
            name = child->valuestring;
        else if (strcmp(child->string, "@type") != 0)
            return NULL;
    }
    return name;
}

/* Counts a node's members against what may still be copied; false when it is too much. */
static bool afford(const cJSON *node, size_t *left)
{
    for (const cJSON *child = node->child; child; child = child->next)
        if (*left == 0 || (--*left, !afford(child, left)))
            return false;
    return true;
}

static void resolve(cJSON *item, cJSON *const *nodes, size_t count, size_t *left)
{
    const char *name = reference_of(item);
    for (size_t i = 0; name && i < count; i++) {
        const cJSON *id = type_of(nodes[i]) == cJSON_Object ? cJSON_GetObjectItemCaseSensitive(nodes[i], "@id") : NULL;
        if (id && type_of(id) == cJSON_String && strcmp(id->valuestring, name) == 0 && !reference_of(nodes[i])) {
            cJSON *copy = afford(nodes[i], left) ? cJSON_Duplicate(nodes[i], true) : NULL;
            item->child = copy ? copy->child : item->child;
            return;
        }
    }
}

/* Only what stands in the study itself, or in a list there, is looked up: its nodes do not hold the study. */
static void resolve_members(cJSON *study, cJSON *const *nodes, size_t count)
{
    enum { LOOKED_UP = 500, COPIED = 20000 };
    size_t left = LOOKED_UP, copied = COPIED;
    for (cJSON *child = study->child; child; child = child->next) {
        if (type_of(child) == cJSON_Object && left && left--)
            resolve(child, nodes, count, &copied);
        for (cJSON *entry = type_of(child) == cJSON_Array ? child->child : NULL; entry && left; entry = entry->next, left--)
            resolve(entry, nodes, count, &copied);
    }
}

void tn_schema_org_prepare(cJSON *study, cJSON *const *nodes, size_t count)
{
    resolve_members(study, nodes, count);
    strip_prefixes(study);
    for (cJSON *child = study->child; child; child = child->next)
        tidy(child, strcmp(child->string, "studySubject") == 0, strcmp(child->string, "studyLocation") == 0);
}
