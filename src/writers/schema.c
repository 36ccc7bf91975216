/* SPDX-License-Identifier: MIT */
/* The JSON Schema of one record. It describes a whole record; a selection of fields may leave out required ones. */
#include <cjson/cJSON.h>
#include <stdio.h>

#include "writers/out.h"
#include "writers/selection.h"

/* What the field table does not say: the form of some texts. */
struct form {
    const struct tn_record_type *type;
    int field;
    const char *keyword;
    const char *value;
};
static const struct form forms[] = {
    {&tn_type_trial, TN_trial_schema, "const", "trialnorm/1"},
    {&tn_type_trial, TN_trial_language, "pattern", "^[a-z]{2}$"},
    {&tn_type_location, TN_location_country_code, "pattern", "^[A-Z]{2}$"},
    {&tn_type_country, TN_country_code, "pattern", "^[A-Z]{2}$"},
};

/* Present in every record. */
static const int required[] = {TN_trial_schema, TN_trial_record_key, TN_trial_source};

static const char date_pattern[] = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";

/* cJSON's functions accept NULL, so that missing memory is seen once, at the end: the tree is then not whole. `*whole`
 * notes it. */
struct builder {
    bool whole;
};

static cJSON *checked(struct builder *builder, cJSON *made)
{
    if (!made)
        builder->whole = false;
    return made;
}

static cJSON *add_object(struct builder *builder, cJSON *to, const char *name)
{
    return checked(builder, cJSON_AddObjectToObject(to, name));
}

static cJSON *add_array(struct builder *builder, cJSON *to, const char *name)
{
    return checked(builder, cJSON_AddArrayToObject(to, name));
}

static void add_text(struct builder *builder, cJSON *to, const char *name, const char *text)
{
    checked(builder, cJSON_AddStringToObject(to, name, text));
}

static void add_number(struct builder *builder, cJSON *to, const char *name, int number)
{
    checked(builder, cJSON_AddNumberToObject(to, name, number));
}

static void append_text(struct builder *builder, cJSON *array, const char *text)
{
    cJSON *item = checked(builder, cJSON_CreateString(text));
    if (!cJSON_AddItemToArray(array, item)) {
        cJSON_Delete(item);
        builder->whole = false;
    }
}

static cJSON *append_object(struct builder *builder, cJSON *array)
{
    cJSON *item = checked(builder, cJSON_CreateObject());
    if (cJSON_AddItemToArray(array, item))
        return item;
    cJSON_Delete(item);
    builder->whole = false;
    return NULL;
}

static void say_text(struct builder *builder, cJSON *schema)
{
    add_text(builder, schema, "type", "string");
    add_number(builder, schema, "minLength", 1);
}

static void say_words(struct builder *builder, cJSON *schema, const struct tn_vocabulary *vocabulary)
{
    cJSON *any = add_array(builder, schema, "anyOf");
    cJSON *words = add_array(builder, append_object(builder, any), "enum");
    for (size_t i = 0; i < vocabulary->count; i++)
        append_text(builder, words, vocabulary->words[i]);
    cJSON *other = append_object(builder, any);
    say_text(builder, other);
    add_text(builder, other, "description", "a word that is in no vocabulary stays as the source has it");
}

static void say_record(struct builder *builder, cJSON *schema, const struct tn_record_type *type)
{
    char reference[64];
    snprintf(reference, sizeof reference, "#/$defs/%s", type->name);
    add_text(builder, schema, "$ref", reference);
}

static cJSON *say_list(struct builder *builder, cJSON *schema, int least)
{
    add_text(builder, schema, "type", "array");
    add_number(builder, schema, "minItems", least);
    return add_object(builder, schema, "items");
}

/* The values of a map: a text or several, or a record without its label. */
static void say_map(struct builder *builder, cJSON *schema, const struct tn_field *field)
{
    add_text(builder, schema, "type", "object");
    cJSON *values = add_object(builder, schema, "additionalProperties");
    if (tn_map_texts(field) < 0) {
        say_record(builder, values, field->record);
        return;
    }
    cJSON *any = add_array(builder, values, "anyOf");
    say_text(builder, append_object(builder, any));
    say_text(builder, say_list(builder, append_object(builder, any), 2));
}

static void say_value(struct builder *builder, cJSON *schema, const struct tn_field *field)
{
    switch (field->kind) {
    case TN_TEXT: say_text(builder, schema); break;
    case TN_ENUM: say_words(builder, schema, field->vocabulary); break;
    case TN_DATE:
        add_text(builder, schema, "type", "string");
        add_text(builder, schema, "pattern", date_pattern);
        break;
    case TN_INT: add_text(builder, schema, "type", "integer"); break;
    case TN_NUMBER: add_text(builder, schema, "type", "number"); break;
    case TN_BOOL: add_text(builder, schema, "type", "boolean"); break;
    case TN_TEXT_LIST: say_text(builder, say_list(builder, schema, 1)); break;
    case TN_ENUM_LIST: say_words(builder, say_list(builder, schema, 1), field->vocabulary); break;
    case TN_RECORD_ONE: say_record(builder, schema, field->record); break;
    case TN_RECORD_LIST: say_record(builder, say_list(builder, schema, 1), field->record); break;
    case TN_MAP: say_map(builder, schema, field); break;
    }
}

static void say_form(struct builder *builder, cJSON *schema, const struct tn_record_type *type, int field)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (forms[i].type != type || forms[i].field != field)
            continue;
        add_text(builder, schema, forms[i].keyword, forms[i].value);
    }
}

/* `first` 1 leaves out the label of a map's entries. */
static void say_members(struct builder *builder, cJSON *schema, const struct tn_record_type *type, int first)
{
    add_text(builder, schema, "type", "object");
    cJSON *properties = add_object(builder, schema, "properties");
    for (int i = first; i < type->count; i++) {
        cJSON *member = add_object(builder, properties, type->fields[i].name);
        add_text(builder, member, "description", type->fields[i].meaning);
        say_value(builder, member, &type->fields[i]);
        say_form(builder, member, type, i);
    }
    checked(builder, cJSON_AddFalseToObject(schema, "additionalProperties"));
}

static bool only_in_maps(const struct tn_record_type *type, bool *texts)
{
    for (int i = 0; i < tn_type_trial.count; i++)
        if (tn_type_trial.fields[i].kind == TN_MAP && tn_type_trial.fields[i].record == type) {
            *texts = tn_map_texts(&tn_type_trial.fields[i]) >= 0;
            return true;
        }
    return false;
}

static void say_types(struct builder *builder, cJSON *schema)
{
    cJSON *types = add_object(builder, schema, "$defs");
    for (const struct tn_record_type *const *type = tn_record_types(); *type; type++) {
        bool texts = false, in_map = only_in_maps(*type, &texts);
        if (*type == &tn_type_trial || texts)
            continue;
        cJSON *record = add_object(builder, types, (*type)->name);
        add_text(builder, record, "description", (*type)->meaning);
        say_members(builder, record, *type, in_map ? 1 : 0);
    }
}

static cJSON *make_schema(void)
{
    struct builder builder = {.whole = true};
    cJSON *schema = checked(&builder, cJSON_CreateObject());
    add_text(&builder, schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
    add_text(&builder, schema, "$id", "urn:trialnorm:schema:1");
    add_text(&builder, schema, "title", "trialnorm/1");
    add_text(&builder, schema, "description", tn_type_trial.meaning);
    cJSON *names = add_array(&builder, schema, "required");
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++)
        append_text(&builder, names, tn_type_trial.fields[required[i]].name);
    say_members(&builder, schema, &tn_type_trial, 0);
    say_types(&builder, schema);
    if (builder.whole)
        return schema;
    cJSON_Delete(schema);
    return NULL;
}

enum tn_severity tn_write_schema(const struct tn_sink *sink, struct tn_error *error)
{
    cJSON *schema = make_schema();
    char *text = schema ? cJSON_Print(schema) : NULL;
    cJSON_Delete(schema);
    if (!text) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "memory is short");
        return TN_FATAL;
    }
    struct tn_out out;
    enum tn_severity severity = tn_out_open(&out, sink, NULL, error);
    tn_buf_str(&out.buf, tn_str_of(text));
    tn_buf_char(&out.buf, '\n');
    cJSON_free(text);
    enum tn_severity closed = tn_out_close(&out, severity != TN_OK, error);
    return closed > severity ? closed : severity;
}
