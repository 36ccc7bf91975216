/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "cli/session.h"

/* Bytes of a value or a raw text that are shown without --verbose. */
enum { SHOWN = 100, NAME_MAX_BYTES = 256 };

/* A field of the trial and where it comes from. */
struct origin {
    struct tn_str field;
    const struct tn_record *record;
};

struct explaining {
    const struct cli_settings *settings;
    struct origin *origins; /* of the trial at hand, sorted by field */
    size_t count;
    const struct tn_coverage *coverage; /* of the page at hand; NULL: the record is none */
};

static int compare_text(struct tn_str a, struct tn_str b)
{
    int order = memcmp(a.s, b.s, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_origins(const void *a, const void *b)
{
    return compare_text(((const struct origin *)a)->field, ((const struct origin *)b)->field);
}

static bool collect_origins(struct explaining *explaining, const tn_trial *trial)
{
    explaining->count = tn_count(trial, TN_trial_provenance);
    explaining->origins = calloc(explaining->count + 1, sizeof *explaining->origins);
    if (!explaining->origins)
        return false;
    for (size_t i = 0; i < explaining->count; i++) {
        const struct tn_record *record = tn_record_at(trial, TN_trial_provenance, i);
        explaining->origins[i] = (struct origin){tn_text(record, TN_origin_field), record};
    }
    qsort(explaining->origins, explaining->count, sizeof *explaining->origins, compare_origins);
    return true;
}

static const struct tn_record *find_origin(const struct explaining *explaining, const char *name)
{
    const struct origin key = {cli_str(name), NULL};
    const struct origin *found =
        bsearch(&key, explaining->origins, explaining->count, sizeof key, compare_origins);
    return found ? found->record : NULL;
}

static void show(const struct explaining *explaining, struct tn_str text)
{
    cli_print(stdout, text, explaining->settings->verbose ? 0 : SHOWN);
}

static bool same(struct tn_str a, struct tn_str b)
{
    return a.len == b.len && memcmp(a.s, b.s, a.len) == 0;
}

/* The line below a value: the source's text where it differs, and its place. */
static void show_origin(const struct explaining *explaining, const struct tn_record *origin, struct tn_str value)
{
    struct tn_str raw = tn_text(origin, TN_origin_raw), path = tn_text(origin, TN_origin_path);
    const char *before = "    ";
    if (raw.len && !same(raw, value)) {
        printf("%s\"", before);
        show(explaining, raw);
        putchar('"');
        before = ", ";
    }
    if (path.len) {
        fputs(before, stdout);
        cli_print(stdout, path, 0);
        before = ", ";
    }
    if (tn_has(origin, TN_origin_line)) {
        printf("%sline %" PRId64, before, tn_int(origin, TN_origin_line));
        before = ", ";
    }
    if (tn_has(origin, TN_origin_offset) && !path.len)
        printf("%sbyte %" PRId64, before, tn_int(origin, TN_origin_offset));
    putchar('\n');
}

static void show_value(const struct explaining *explaining, const char *name, struct tn_str value)
{
    printf("%s = ", name);
    show(explaining, value);
    putchar('\n');
    const struct tn_record *origin = find_origin(explaining, name);
    if (origin)
        show_origin(explaining, origin, value);
}

static void show_record(const struct explaining *explaining, const struct tn_record *record, const char *prefix);

/* A list, entry by entry: conditions[0], locations[2].city. The depth is that of the field table. */
static void show_entries(const struct explaining *explaining, const struct tn_record *record, int field,
                         const char *name)
{
    enum tn_kind kind = tn_record_type_of(record)->fields[field].kind;
    for (size_t i = 0; i < tn_count(record, field); i++) {
        char entry[NAME_MAX_BYTES + 32];
        snprintf(entry, sizeof entry - 1, kind == TN_RECORD_ONE ? "%s" : "%s[%zu]", name, i);
        if (kind == TN_TEXT_LIST || kind == TN_ENUM_LIST) {
            show_value(explaining, entry, tn_text_at(record, field, i));
            continue;
        }
        strncat(entry, ".", sizeof entry - strlen(entry) - 1);
        show_record(explaining, tn_record_at(record, field, i), entry);
    }
}

static void show_field(const struct explaining *explaining, const struct tn_record *record, int field,
                       const char *prefix)
{
    const struct tn_field *row = &tn_record_type_of(record)->fields[field];
    char name[NAME_MAX_BYTES], buffer[TN_VALUE_MAX];
    snprintf(name, sizeof name, "%s%s", prefix, row->name);
    if (row->kind >= TN_TEXT_LIST)
        show_entries(explaining, record, field, name);
    else
        show_value(explaining, name, tn_value_text(record, field, buffer));
}

/* What stands under "Left over", or is how the rest is shown. */
static bool is_left_over(const struct tn_record *record, int field)
{
    return tn_record_type_of(record) == &tn_type_trial &&
           (field == TN_trial_warnings || field == TN_trial_extra || field == TN_trial_provenance);
}

static void show_record(const struct explaining *explaining, const struct tn_record *record, const char *prefix)
{
    for (int field = 0; field < tn_record_type_of(record)->count; field++)
        if (tn_has(record, field) && !is_left_over(record, field))
            show_field(explaining, record, field, prefix);
}

static void show_extra(const struct explaining *explaining, const tn_trial *trial)
{
    for (size_t i = 0; i < tn_count(trial, TN_trial_extra); i++) {
        const struct tn_record *extra = tn_record_at(trial, TN_trial_extra, i);
        for (size_t n = 0; n < tn_count(extra, TN_extra_value_values); n++) {
            fputs("  ", stdout);
            cli_print(stdout, tn_text(extra, TN_extra_value_label), 0);
            fputs(" = ", stdout);
            show(explaining, tn_text_at(extra, TN_extra_value_values, n));
            putchar('\n');
        }
    }
}

static void show_warnings(const tn_trial *trial)
{
    for (size_t i = 0; i < tn_count(trial, TN_trial_warnings); i++) {
        const struct tn_record *warning = tn_record_at(trial, TN_trial_warnings, i);
        fputs("  warning: ", stdout);
        if (tn_has(warning, TN_warning_line))
            printf("line %" PRId64 ": ", tn_int(warning, TN_warning_line));
        if (tn_has(warning, TN_warning_field)) {
            cli_print(stdout, tn_text(warning, TN_warning_field), 0);
            fputs(": ", stdout);
        }
        cli_print(stdout, tn_text(warning, TN_warning_message), 0);
        fputs(" [", stdout);
        cli_print(stdout, tn_text(warning, TN_warning_code), 0);
        fputs("]\n", stdout);
    }
}

static void show_left_lines(const struct explaining *explaining)
{
    const struct tn_coverage *coverage = explaining->coverage;
    for (size_t i = 0; coverage && i < coverage->left_count; i++) {
        printf("  line %u: ", coverage->left[i].line);
        show(explaining, coverage->left[i].text);
        putchar('\n');
    }
}

/* The share is rounded down: 100.0 % says that nothing is left over. */
static void show_share(const struct explaining *explaining)
{
    const struct tn_coverage *coverage = explaining->coverage;
    if (!coverage)
        return;
    unsigned tenths = (unsigned)(10.0 * tn_coverage_share(coverage));
    printf("Accounted for: %u.%u %% of the page's text (%zu of %zu characters)\n", tenths / 10, tenths % 10,
           coverage->accounted, coverage->characters);
}

static void take_coverage(void *context, const struct tn_coverage *coverage)
{
    ((struct explaining *)context)->coverage = coverage;
}

static bool explain_trial(void *context, const tn_trial *trial, const struct tn_raw *raw, struct tn_error *error)
{
    struct explaining *explaining = context;
    if (!collect_origins(explaining, trial)) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
        return false;
    }
    printf("\nRecord %zu, line %u:\n", raw->index, raw->line);
    show_record(explaining, trial, "");
    fputs("Left over:", stdout);
    size_t lines = explaining->coverage ? explaining->coverage->left_count : 0;
    bool nothing = tn_count(trial, TN_trial_extra) + tn_count(trial, TN_trial_warnings) + lines == 0;
    puts(nothing ? " nothing" : "");
    show_extra(explaining, trial);
    show_left_lines(explaining);
    show_warnings(trial);
    show_share(explaining);
    explaining->coverage = NULL;
    free(explaining->origins);
    *error = (struct tn_error){0};
    return !ferror(stdout); /* nobody reads on */
}

static bool explain_document(void *context, const struct tn_document *document)
{
    (void)context;
    cli_print_document(stdout, document);
    return true;
}

/* Warnings of a trial are shown below it. */
static void report_errors(void *context, const struct tn_problem *problem)
{
    const struct explaining *explaining = context;
    if (problem->error->severity > TN_WARN)
        cli_report((void *)(uintptr_t)explaining->settings, problem);
}

int cli_explain(const struct cli_settings *settings)
{
    if (settings->draft_site)
        return cli_draft(settings);
    struct cli_settings with_provenance = *settings;
    with_provenance.read.provenance = true;
    struct explaining explaining = {.settings = &with_provenance};
    const struct tn_visitor visitor = {.context = &explaining, .report = report_errors, .document = explain_document,
                                       .trial = explain_trial, .coverage = take_coverage};
    return cli_visit(&with_provenance, &visitor);
}
