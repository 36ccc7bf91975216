/* SPDX-License-Identifier: MIT */
/* Outcomes in one text: `measure, description, time frame`, where description and time frame may be missing and each may
 * hold commas. What is not sure stays with the measure. */
#include "readers/ctgov_columns.h"

enum { LONGEST_FRAME = 25, LONGEST_STEP = 8, SHORTEST_DESCRIPTION = 8 }; /* words */

static size_t count_words(struct tn_str text)
{
    size_t words = 0;
    for (size_t i = 0; i < text.len; i++)
        words += !tn_is_space(text.s[i]) && (i == 0 || tn_is_space(text.s[i - 1]));
    return words;
}

static bool is_word_at(struct tn_str text, size_t at, struct tn_str word)
{
    if (text.len - at < word.len)
        return false;
    return (at + word.len == text.len || !tn_is_alpha(text.s[at + word.len])) &&
           tn_str_eq_fold(tn_str_slice(text.s + at, word.len), word);
}

/* "6 months", "Baseline to follow up visit 1 at week 20" */
static bool is_frame(struct tn_str text, size_t most)
{
    static const char *const words[] = {"day",   "days",     "week",  "weeks",  "month",  "months", "year",   "years",
                                        "hour",  "hours",    "minute", "minutes", "mins", "min",    "baseline", "visit",
                                        "cycle", "cycles",   "discharge", "postoperative", "postoperatively", "intraoperative",
                                        "follow-up", "hr", "hrs", "wk", "wks", "h", "d1", "surgery", "delivery", "birth"};
    if (count_words(text) > most || (text.len && text.s[text.len - 1] == '.' && count_words(text) > LONGEST_STEP))
        return false;
    for (size_t at = 0; at < text.len; at++) {
        bool begins = tn_is_alpha(text.s[at]) && (at == 0 || !tn_is_alpha(text.s[at - 1]));
        for (size_t i = 0; begins && i < sizeof words / sizeof words[0]; i++)
            if (words[i][0] == (text.s[at] | 0x20) && is_word_at(text, at, tn_str_of(words[i])))
                return true;
    }
    return false;
}

/* Where the last ", " of text[0..end) stands; TN_NO_OFFSET: nowhere. */
static size_t last_comma(struct tn_str text, size_t end)
{
    for (size_t i = end; i-- > 1;)
        if (text.s[i] == ' ' && text.s[i - 1] == ',')
            return i - 1;
    return TN_NO_OFFSET;
}

/* Where the time frame begins ("Day 1, Day 8, Day 15" holds commas); the text's length where there is none. */
static size_t frame_start(struct tn_str text, size_t *comma)
{
    size_t at = last_comma(text, text.len);
    *comma = text.len;
    if (at == TN_NO_OFFSET || !is_frame(tn_str_from(text, at + 2), LONGEST_FRAME))
        return text.len;
    for (;;) {
        size_t before = last_comma(text, at);
        *comma = at;
        if (before == TN_NO_OFFSET || text.s[at - 1] == '.' || !is_frame(tn_str_slice(text.s + before + 2, at - before - 2), LONGEST_STEP))
            return at + 2;
        at = before;
    }
}

/* The only comma behind which a description may begin, as a sentence does; the text's length where there is none, or more
 * than one. */
static size_t description_comma(struct tn_str text)
{
    unsigned open = 0;
    size_t comma = text.len;
    for (size_t i = 0; i + 2 < text.len; i++) {
        open += text.s[i] == '(';
        open -= text.s[i] == ')' && open > 0;
        if (open > 0 || text.s[i] != ',' || text.s[i + 1] != ' ' || !tn_is_upper(text.s[i + 2]))
            continue;
        if (comma < text.len)
            return text.len;
        comma = i;
    }
    return count_words(tn_str_from(text, comma + 2)) >= SHORTEST_DESCRIPTION ? comma : text.len;
}

static void put_part(struct tn_reading *reading, struct tn_record *outcome, int field, struct tn_str text)
{
    struct tn_stated value = tn_stated_of(tn_str_trim(text));
    if (value.text.len)
        tn_put_markup(reading, outcome, field, &value);
}

static void put_outcome(struct tn_reading *reading, struct tn_record *outcome, struct tn_str text)
{
    size_t comma, frame = frame_start(text, &comma);
    struct tn_str rest = tn_str_slice(text.s, comma);
    size_t sentence = frame < text.len ? description_comma(rest) : rest.len;
    put_part(reading, outcome, TN_outcome_measure, tn_str_slice(rest.s, sentence));
    put_part(reading, outcome, TN_outcome_description, tn_str_from(rest, sentence + 2));
    put_part(reading, outcome, TN_outcome_time_frame, tn_str_from(text, frame));
}

static void put_kind(struct tn_reading *reading, struct tn_record *record, int field, struct tn_str rest, const char *kind)
{
    struct tn_str entry;
    while (tn_next_bar(&rest, &entry)) {
        struct tn_record *outcome = tn_add_record(record, field);
        tn_set_text(outcome, TN_outcome_kind, tn_str_of(kind));
        put_outcome(reading, outcome, entry);
    }
}

void tn_put_bar_primary(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    put_kind(reading, record, field, value->text, "PRIMARY");
}

void tn_put_bar_secondary(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    put_kind(reading, record, field, value->text, "SECONDARY");
}

void tn_put_bar_other(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    put_kind(reading, record, field, value->text, "OTHER");
}

void tn_put_bar_outcomes(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str rest = value->text, entry;
    while (tn_next_bar(&rest, &entry))
        put_part(reading, tn_add_record(record, field), TN_outcome_measure, entry);
}
