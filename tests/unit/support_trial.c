/* SPDX-License-Identifier: MIT */
#include "unit/support_trial.h"

#include "core/str.h"

struct tn_arena trial_arena;

int trial_arena_start(void **state)
{
    (void)state;
    tn_arena_init(&trial_arena, (size_t)64 << 20);
    return 0;
}

int trial_arena_stop(void **state)
{
    (void)state;
    tn_arena_release(&trial_arena);
    return 0;
}

struct tn_record *bare_trial(const char *title)
{
    struct tn_record *trial = tn_record_new(&trial_arena, &tn_type_trial);
    tn_set_text(trial, TN_trial_title, tn_str_of(title));
    return trial;
}

void add_extra(struct tn_record *trial, const char *label, const char *value, const char *second)
{
    struct tn_record *entry = tn_add_record(trial, TN_trial_extra);
    tn_set_text(entry, TN_extra_value_label, tn_str_of(label));
    tn_add_text(entry, TN_extra_value_values, tn_str_of(value));
    tn_add_text(entry, TN_extra_value_values, tn_str_of(second));
}

static void add_interventions(struct tn_record *trial)
{
    struct tn_record *drug = tn_add_record(trial, TN_trial_interventions);
    tn_set_text(drug, TN_intervention_name, TN_LIT("A|B \\ C"));
    tn_add_text(drug, TN_intervention_other_names, TN_LIT("X \"1\""));
    tn_add_text(drug, TN_intervention_other_names, TN_LIT("Y|2"));
    struct tn_record *device = tn_add_record(trial, TN_trial_interventions);
    tn_set_text(device, TN_intervention_type, TN_LIT("DEVICE"));
    tn_set_text(device, TN_intervention_name, TN_LIT("Pump"));
}

static void add_locations(struct tn_record *trial)
{
    struct tn_record *location = tn_add_record(trial, TN_trial_locations);
    tn_set_text(location, TN_location_city, TN_LIT("Springfield"));
    tn_set_number(location, TN_location_latitude, -1.5);
    struct tn_record *second = tn_add_record(trial, TN_trial_locations);
    tn_set_text(second, TN_location_city, TN_LIT("Shelbyville"));
    struct tn_record *contact = tn_add_record(second, TN_location_contacts);
    tn_set_text(contact, TN_contact_name, TN_LIT("Eva Lund"));
    tn_set_text(contact, TN_contact_phone, TN_LIT("+1"));
}

struct tn_record *sample_trial(void)
{
    struct tn_record *trial = bare_trial("A \"quoted\", title\nof two lines");
    tn_set_text(trial, TN_trial_schema, TN_LIT("trialnorm/1"));
    tn_set_text(trial, TN_trial_record_key, TN_LIT("NCT00000001"));
    tn_set_text(trial, TN_trial_start_date, TN_LIT("2024-05"));
    tn_add_text(trial, TN_trial_phases, TN_LIT("PHASE1"));
    tn_add_text(trial, TN_trial_phases, TN_LIT("PHASE2"));
    tn_set_int(trial, TN_trial_enrollment, 120);
    tn_add_text(trial, TN_trial_conditions, TN_LIT("a|b"));
    tn_add_text(trial, TN_trial_conditions, TN_LIT("c\\d"));
    add_interventions(trial);
    tn_set_number(trial, TN_trial_minimum_age_years, 0.5);
    tn_set_bool(trial, TN_trial_healthy_volunteers, false);
    add_locations(trial);
    struct tn_record *source = tn_add_record(trial, TN_trial_source);
    tn_set_text(source, TN_source_reader, TN_LIT("ctgov-v2"));
    tn_set_text(source, TN_source_file, TN_LIT("a|b.json"));
    tn_set_int(source, TN_source_record_index, 0);
    struct tn_error error;
    tn_error_set(&error, TN_WARN, TN_LOST_VALUE, "sex", "nothing behind it");
    tn_add_warning(trial, &error);
    add_extra(trial, "Once", "v", NULL);
    add_extra(trial, "Twice", "1", "2");
    struct tn_record *origin = tn_add_record(trial, TN_trial_provenance);
    tn_set_text(origin, TN_origin_field, TN_LIT("title"));
    tn_set_text(origin, TN_origin_raw, TN_LIT("A"));
    tn_set_int(origin, TN_origin_line, 3);
    return trial;
}
