/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/support_sink.h"
#include "unit/support_trial.h"
#include "unit/support_tsv.h"

static void write_two(struct sink *sink, const struct tn_write_options *options)
{
    const tn_trial *trials[] = {bare_trial("first"), sample_trial(), NULL};
    struct tn_error error = {.message = ""};
    sink_start(sink);
    if (sink_write(sink, "tables", options, trials, &error) != TN_OK)
        fail_msg("%s", error.message);
}

static void is_part(const struct sink *sink, const char *name, const char *want)
{
    tn_tsv_same("tables", name, sink_text(sink, name), tn_str_of(want));
}

static void every_list_is_a_file(void **state)
{
    static const struct tn_write_options all = {.provenance = true};
    struct sink sink;
    (void)state;
    write_two(&sink, &all);
    is_part(&sink, "conditions.csv", "record_no,position,value\n1,0,a|b\n1,1,c\\d\n");
    is_part(&sink, "keywords.csv", "record_no,position,value\n");
    is_part(&sink, "interventions.csv", "record_no,position,type,name,description\n1,0,,A|B \\ C,\n1,1,DEVICE,Pump,\n");
    is_part(&sink, "intervention_other_names.csv",
            "record_no,intervention_position,position,value\n1,0,0,\"X \"\"1\"\"\"\n1,0,1,Y|2\n");
    is_part(&sink, "intervention_arm_labels.csv", "record_no,intervention_position,position,value\n");
    is_part(&sink, "location_contacts.csv",
            "record_no,location_position,position,kind,name,degrees,role,phone,phone_ext,email,affiliation,address,city,"
            "country\n1,1,0,,Eva Lund,,,+1,,,,,,\n");
    is_part(&sink, "warnings.csv",
            "record_no,position,code,field,message,line\n1,0,lost-value,sex,nothing behind it,\n");
    is_part(&sink, "extra.csv",
            "record_no,position,value_position,label,value\n1,0,0,Once,v\n1,1,0,Twice,1\n1,1,1,Twice,2\n");
    is_part(&sink, "provenance.csv", "record_no,position,field,raw,path,line,offset,record\n1,0,title,A,,3,,\n");
    sink_free(&sink);
}

static void trials_csv_has_the_single_values(void **state)
{
    struct tn_selection *selection = tn_selection_new();
    struct tn_error error;
    struct sink sink;
    (void)state;
    assert_true(tn_selection_apply(selection, "title,enrollment,conditions,source_file,source_listing", true, &error));
    struct tn_write_options options = {.selection = selection};
    write_two(&sink, &options);
    is_part(&sink, "trials.csv",
            "record_no,title,enrollment,source_file,source_listing\n0,first,,,\n"
            "1,\"A \"\"quoted\"\", title\nof two lines\",120,a|b.json,\n");
    assert_int_equal(sink.count, 2);
    sink_free(&sink);
    tn_selection_free(selection);
}

static void members_can_be_chosen(void **state)
{
    struct tn_selection *selection = tn_selection_new();
    struct tn_error error;
    struct sink sink;
    (void)state;
    assert_true(tn_selection_apply(selection, "locations_city,locations_contacts,arms_label", true, &error));
    struct tn_write_options options = {.selection = selection};
    write_two(&sink, &options);
    is_part(&sink, "locations.csv", "record_no,position,city\n1,0,Springfield\n1,1,Shelbyville\n");
    is_part(&sink, "arms.csv", "record_no,position,label\n");
    is_part(&sink, "trials.csv", "record_no\n0\n1\n");
    assert_int_equal(sink.count, 4);
    sink_free(&sink);
    tn_selection_free(selection);
}

static void files_are_opened_in_good_order(void **state)
{
    static const struct tn_write_options plain;
    struct sink sink;
    (void)state;
    write_two(&sink, &plain);
    assert_string_equal(sink.parts[sink.count - 1].name, "trials.csv");
    for (int i = 0; i < sink.count; i++) {
        assert_string_not_equal(sink.parts[i].name, "provenance.csv");
        for (int j = 0; j < i; j++)
            assert_string_not_equal(sink.parts[i].name, sink.parts[j].name);
    }
    sink_free(&sink);
}

static void excel_holds_for_every_file(void **state)
{
    static const struct tn_write_options excel = {.excel = true};
    struct sink sink;
    (void)state;
    write_two(&sink, &excel);
    is_part(&sink, "keywords.csv", "\xEF\xBB\xBFrecord_no,position,value\r\n");
    sink_free(&sink);
}

/* Every part is opened, and then written, in vain once. */
static void failures_end_the_run(void **state)
{
    static const struct tn_write_options plain;
    const tn_trial *trials[] = {sample_trial(), NULL};
    struct tn_error error;
    struct sink sink;
    (void)state;
    sink_start(&sink);
    for (int at = 0; at < 36; at += 3) {
        sink.fail_open_at = at;
        assert_int_equal(sink_write(&sink, "tables", &plain, trials, &error), TN_FATAL);
        sink_free(&sink);
        sink.fail_write_at = (size_t)at + 1;
        assert_int_equal(sink_write(&sink, "tables", &plain, trials, &error), TN_FATAL);
        sink_free(&sink);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_list_is_a_file),        cmocka_unit_test(trials_csv_has_the_single_values),
        cmocka_unit_test(members_can_be_chosen),       cmocka_unit_test(files_are_opened_in_good_order),
        cmocka_unit_test(excel_holds_for_every_file),  cmocka_unit_test(failures_end_the_run),
    };
    return cmocka_run_group_tests(tests, trial_arena_start, trial_arena_stop);
}
