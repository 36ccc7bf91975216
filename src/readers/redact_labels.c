/* SPDX-License-Identifier: MIT */
#include "readers/redact_labels.h"

#include "readers/page.h"
#include "readers/redact.h"

/* What stands before the first of `signs`. */
static struct tn_str before(struct tn_str text, const char *signs)
{
    size_t end = 0;
    while (end < text.len && !strchr(signs, text.s[end]))
        end++;
    return tn_str_slice(text.s, end);
}

static struct tn_str without_colon(struct tn_str text)
{
    text = tn_str_trim(text);
    if (text.len && text.s[text.len - 1] == ':')
        text.len--;
    return tn_str_trim(text);
}

/* One spelling of the table (page.h). Behind `%`, `#` and `@` more of the label follows, behind `*` the value. */
static bool reads_like(struct tn_str spelling, bool literal, struct tn_str label)
{
    struct tn_str fixed = literal ? spelling : before(spelling, "*%#@");
    bool open = fixed.len < spelling.len && spelling.s[fixed.len] != '*';
    fixed = without_colon(fixed);
    return fixed.len && (open ? tn_str_starts_fold(label, fixed) : tn_str_eq_fold(without_colon(label), fixed));
}

static bool is_of_row(const struct tn_site_row *row, struct tn_str label)
{
    struct tn_str rest = tn_str_of(row->labels);
    while (rest.len) {
        struct tn_str spelling = before(rest, "|");
        if (reads_like(spelling, (row->flags & TN_ROW_LITERAL) != 0, label))
            return true;
        rest = tn_str_from(rest, spelling.len + 1);
    }
    return false;
}

static bool is_of_people(const struct tn_site *site, struct tn_str label)
{
    for (size_t i = 0; i < site->count; i++)
        if ((site->rows[i].flags & TN_ROW_PEOPLE) && is_of_row(&site->rows[i], label))
            return true;
    return false;
}

/* `Name` of `Contacts[2].Name`. */
static struct tn_str member_of(struct tn_str label)
{
    size_t end = tn_str_find(label, TN_LIT("]."));
    return end == TN_NO_OFFSET ? label : tn_str_from(label, end + 2);
}

void tn_redact_labels(struct tn_record *trial, const struct tn_reader *const *readers)
{
    struct tn_str name = tn_text(tn_record_at(trial, TN_trial_source, 0), TN_source_reader);
    const struct tn_reader *reader = name.len ? tn_reader_among(readers, name.s) : NULL;
    if (!reader || reader->read != tn_page_read || !reader->table)
        return;
    for (size_t i = 0; i < tn_count(trial, TN_trial_extra); i++) {
        struct tn_record *entry = tn_record_edit(trial, TN_trial_extra, i);
        struct tn_str label = tn_text(entry, TN_extra_value_label);
        if (!is_of_people(reader->table, label) && !is_of_people(reader->table, member_of(label)))
            continue;
        tn_clear(entry, TN_extra_value_values);
        tn_add_text(entry, TN_extra_value_values, TN_LIT(TN_REDACTED));
    }
}
