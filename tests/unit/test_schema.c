/* SPDX-License-Identifier: MIT */
/* That the schema says the right things about records is held by tests/cli/schema_check.mjs; here: that it says something
 * about every field, and the page too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "unit/support_sink.h"

static cJSON *schema_of(struct sink *sink)
{
    struct tn_error error;
    struct tn_sink to;
    sink_start(sink);
    to = sink_of(sink);
    assert_int_equal(tn_write_schema(&to, &error), TN_OK);
    struct tn_str text = sink_text(sink, "");
    assert_int_equal(text.s[text.len - 1], '\n');
    cJSON *schema = cJSON_ParseWithLength(text.s, text.len);
    assert_non_null(schema);
    return schema;
}

static const cJSON *at(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!item)
        fail_msg("no '%s'", name);
    return item;
}

static void check_members(const cJSON *schema, const struct tn_record_type *type, int first)
{
    const cJSON *properties = at(schema, "properties");
    assert_true(cJSON_IsFalse(at(schema, "additionalProperties")));
    assert_int_equal(cJSON_GetArraySize(properties), type->count - first);
    const cJSON *property = properties->child;
    for (int i = first; i < type->count; i++, property = property->next) {
        assert_string_equal(property->string, type->fields[i].name);
        assert_string_equal(at(property, "description")->valuestring, type->fields[i].meaning);
    }
}

static void every_field_is_described(void **state)
{
    struct sink sink;
    cJSON *schema = schema_of(&sink);
    (void)state;
    check_members(schema, &tn_type_trial, 0);
    const cJSON *types = at(schema, "$defs");
    check_members(at(types, "location"), &tn_type_location, 0);
    check_members(at(types, "contact"), &tn_type_contact, 0);
    check_members(at(types, "origin"), &tn_type_origin, 1); /* the field is its key */
    assert_null(cJSON_GetObjectItemCaseSensitive(types, "extra_value"));
    assert_null(cJSON_GetObjectItemCaseSensitive(types, "trial"));
    cJSON_Delete(schema);
    sink_free(&sink);
}

static void kinds_have_their_form(void **state)
{
    struct sink sink;
    cJSON *schema = schema_of(&sink);
    const cJSON *fields = at(schema, "properties");
    (void)state;
    assert_string_equal(at(schema, "$schema")->valuestring, "https://json-schema.org/draft/2020-12/schema");
    assert_int_equal(cJSON_GetArraySize(at(schema, "required")), 3);
    assert_string_equal(at(at(fields, "schema"), "const")->valuestring, "trialnorm/1");
    assert_string_equal(at(at(fields, "enrollment"), "type")->valuestring, "integer");
    assert_string_equal(at(at(fields, "minimum_age_years"), "type")->valuestring, "number");
    assert_string_equal(at(at(fields, "has_dmc"), "type")->valuestring, "boolean");
    assert_non_null(at(at(fields, "start_date"), "pattern"));
    assert_string_equal(at(at(fields, "source"), "$ref")->valuestring, "#/$defs/source");
    const cJSON *phases = at(at(at(fields, "phases"), "items"), "anyOf");
    assert_string_equal(at(phases->child, "enum")->child->valuestring, "NA");
    const cJSON *locations = at(at(fields, "locations"), "items");
    assert_string_equal(at(locations, "$ref")->valuestring, "#/$defs/location");
    const cJSON *extra = at(at(fields, "extra"), "additionalProperties");
    assert_int_equal(cJSON_GetArraySize(at(extra, "anyOf")), 2);
    const cJSON *provenance = at(at(fields, "provenance"), "additionalProperties");
    assert_string_equal(at(provenance, "$ref")->valuestring, "#/$defs/origin");
    cJSON_Delete(schema);
    sink_free(&sink);
}

static void says(struct tn_str page, const char *before, const char *name, const char *after)
{
    char wanted[512];
    snprintf(wanted, sizeof wanted, "%s%s%s", before, name, after);
    if (tn_str_find(page, tn_str_of(wanted)) == TN_NO_OFFSET)
        fail_msg("the page does not say: %s", wanted);
}

static void the_page_names_everything(void **state)
{
    struct sink sink;
    struct tn_error error;
    struct tn_sink to;
    (void)state;
    sink_start(&sink);
    to = sink_of(&sink);
    assert_int_equal(tn_write_schema_page(&to, &error), TN_OK);
    struct tn_str page = sink_text(&sink, "");
    for (const struct tn_record_type *const *type = tn_record_types(); *type; type++) {
        if (*type != &tn_type_trial)
            says(page, "\n### ", (*type)->name, "\n");
        for (int i = 0; i < (*type)->count; i++)
            says(page, "| `", (*type)->fields[i].name, "` |");
    }
    for (const struct tn_vocabulary *const *vocabulary = tn_vocabularies(); *vocabulary; vocabulary++)
        for (size_t i = 0; i < (*vocabulary)->count; i++)
            says(page, "`", (*vocabulary)->words[i], "`");
    says(page, "\n### ", "Who runs it, and where", "\n\n| field | type | meaning |\n|---|---|---|\n| `lead_sponsor` |");
    sink_free(&sink);
}

static void sinks_may_fail(void **state)
{
    struct sink sink;
    struct tn_error error;
    (void)state;
    sink_start(&sink);
    struct tn_sink to = sink_of(&sink);
    sink.fail_write_at = 1;
    assert_int_equal(tn_write_schema(&to, &error), TN_FATAL);
    assert_int_equal(error.code, TN_IO);
    sink_free(&sink);
    sink.fail_open_at = 0;
    assert_int_equal(tn_write_schema_page(&to, &error), TN_FATAL);
    sink_free(&sink);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_described),
        cmocka_unit_test(kinds_have_their_form),
        cmocka_unit_test(the_page_names_everything),
        cmocka_unit_test(sinks_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
