/* SPDX-License-Identifier: MIT */
/* Options that narrow a list: --field and --since. */
#include "cli/dataset.h"
#include "trial/where.h"

bool cli_check_field(const struct cli_settings *settings)
{
    const char *names[TN_trial_COUNT], *name = settings->field_name;
    if (!name || tn_field_find(&tn_type_trial, name) >= 0)
        return true;
    for (int i = 0; i < TN_trial_COUNT; i++)
        names[i] = tn_type_trial.fields[i].name;
    const char *nearest = tn_nearest(name, names, TN_trial_COUNT);
    cli_say(nearest ? "--field: no field is named '%s'; did you mean '%s'?" : "--field: no field is named '%s'", name, nearest);
    return false;
}

/* 2026, 2026-11, 2026-11-22, 2026-11-22T02:00:00Z: the beginning of such a time, at least its year. */
static bool is_time(const char *text)
{
    static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
    static const char least[] = "1900-01-01T00:00:00Z", most[] = "9999-12-31T23:59:59Z";
    size_t len = strlen(text);
    if (len != 4 && len != 7 && len != 10 && len != sizeof form - 1)
        return false;
    for (size_t i = 0; i < len; i++)
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    for (size_t i = 0; i < len; i += i ? 3 : 5) {
        size_t digits = i ? 2 : 4;
        if (memcmp(text + i, least + i, digits) < 0 || memcmp(text + i, most + i, digits) > 0)
            return false;
    }
    int first, last;
    return tn_date_days((struct tn_str){text, len < 10 ? len : 10}, &first, &last);
}

bool cli_read_since(const struct cli_settings *settings, int64_t *run, const char **at)
{
    const char *since = settings->since;
    unsigned long number = 0;
    bool time = since && is_time(since);
    if (time)
        *at = since;
    if (!since || time)
        return true;
    if (!tn_str_uint(cli_str(since), INT64_MAX, &number)) {
        cli_say("--since: neither the number of a run nor a date: '%s' (such as 5, 2026-11-22, 2026-11 or 2026)", since);
        return false;
    }
    *run = (int64_t)number;
    return true;
}
