/* SPDX-License-Identifier: MIT */
#include "readers/euctr_blocks.h"

#include "core/line_path.h"
#include "readers/euctr_twins.h"
#include "readers/sites/euctr.h"

const char *const tn_euctr_paths[] = {
    [TN_EUCTR_PROTOCOL] = "^Summary^EudraCT Number:|Sponsor's Protocol Code Number:|National Competent Authority:|"
                          "Clinical Trial Type:|Trial Status:=EudraCT Number:",
    [TN_EUCTR_SUMMARY] = "^EudraCT Number:^Sponsor Protocol Number:|Sponsor Name:|Full Title:|Start Date:",
    NULL,
};

static const struct tn_site *const sites[TN_EUCTR_PATHS] = {[TN_EUCTR_PROTOCOL] = &tn_euctr_protocol,
                                                            [TN_EUCTR_SUMMARY] = &tn_euctr_summary};

static const char *const protocol_labels[] = {
    "Sponsor's Protocol Code Number:", "National Competent Authority:", "Clinical Trial Type:", "Trial Status:",
    "Date on which this record was first entered in the EudraCT database:", NULL};
static const char *const summary_labels[] = {
    "Sponsor Protocol Number:", "Sponsor Name:",   "Full Title:", "Start Date:",     "Medical condition:", "Disease:",
    "Population Age:",          "Gender:",         "Trial protocol:", "Trial results:", "Link:",              NULL};

/* Which of the labels the line begins with; -1: none. */
static int label_at(struct tn_str line, const char *const *labels)
{
    for (int i = 0; labels[i]; i++)
        if (tn_str_starts(line, tn_str_of(labels[i])))
            return i;
    return -1;
}

/* How many of 32 bits are set. */
static int count_bits(uint32_t bits)
{
    int count = 0;
    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

bool tn_euctr_remains(struct tn_str text, int fewest, int *path)
{
    uint32_t protocol = 0, summary = 0;
    int codes = 0;
    for (size_t from = 0, end; from < text.len; from = end + 1) {
        end = tn_line_end(text.s, from, text.len);
        struct tn_str line = tn_str_trim(tn_str_slice(text.s + from, end - from));
        int label = label_at(line, protocol_labels), other = label_at(line, summary_labels);
        if (label >= 0)
            protocol |= UINT32_C(1) << label;
        if (other >= 0)
            summary |= UINT32_C(1) << other;
        codes += codes < fewest && tn_euctr_has_code(line);
    }
    codes += count_bits(protocol);
    *path = codes ? TN_EUCTR_PROTOCOL : TN_EUCTR_SUMMARY; /* `Link:` is in both */
    return (codes ? codes : count_bits(summary)) >= fewest;
}

static bool is_one_line(struct tn_str text)
{
    return tn_line_end(text.s, 0, text.len) == text.len;
}

/* A page that was copied as text has cells apart by tabs, and lines of the site's own before it. What stands before the blocks
 * of a download is its preamble, or the rest of what was cut away: *rest is its path, -1 where it has no label. */
static bool is_download(struct tn_str bytes, size_t at, int path, int *rest)
{
    enum { HEAD = 400 };
    struct tn_str before = tn_str_trim(tn_str_slice(bytes.s, at)), head = tn_str_from(bytes, at);
    struct tn_str line = tn_str_slice(head.s, tn_line_end(head.s, 0, head.len));
    head.len = head.len < HEAD ? head.len : HEAD;
    bool cells = path == TN_EUCTR_PROTOCOL ? tn_str_find(head, TN_LIT("EudraCT Number:\t")) != TN_NO_OFFSET
                                           : tn_str_find(line, TN_LIT("Sponsor Protocol Number:")) != TN_NO_OFFSET;
    bool labelled = tn_euctr_remains(before, 1, rest);
    if (!labelled)
        *rest = -1;
    return !cells && (labelled || is_one_line(before) || tn_str_starts(before, TN_LIT("This file contains ")));
}

/* True when blocks of that path are in the text from `from` on. */
static bool has_blocks(struct tn_str text, size_t from, int wanted)
{
    int path;
    do
        tn_line_block(text, tn_euctr_paths, from, &from, &path);
    while (path >= 0 && path != wanted);
    return path >= 0;
}

static void add_site(const struct tn_reader *self, const struct tn_peek *peek, int path, struct tn_evidence *evidence)
{
    static const struct tn_str begins[TN_EUCTR_PATHS] = {
        [TN_EUCTR_PROTOCOL] = {"Summary, EudraCT Number:", 24},
        [TN_EUCTR_SUMMARY] = {"EudraCT Number:, Sponsor Protocol Number:", 41}};
    struct tn_reader reader = *self;
    unsigned before = evidence->bits;
    reader.table = sites[path];
    tn_page_detect(&reader, peek, evidence);
    if (evidence->bits > before)
        tn_evidence_add(evidence, begins[path]);
}

/* The summary of one trial whose first line was cut away. */
static void detect_rest(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    enum { FEWEST = 4 };
    struct tn_reader reader = *self;
    int path;
    bool rest = tn_str_find(peek->bytes, TN_LIT("Sponsor Protocol Number:\t")) == TN_NO_OFFSET &&
                tn_euctr_remains(peek->bytes, FEWEST, &path) && path == TN_EUCTR_SUMMARY;
    reader.table = &tn_euctr_summary;
    if (rest)
        tn_page_detect(&reader, peek, evidence);
}

void tn_euctr_detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    size_t behind = 0;
    int path = -1, rest;
    if (peek->syntax != TN_SYNTAX_TEXT)
        return;
    size_t at = tn_line_block(peek->bytes, tn_euctr_paths, 0, &behind, &path);
    if (path < 0)
        detect_rest(self, peek, evidence);
    else if (is_download(peek->bytes, at, path, &rest))
        for (int i = 0; i < TN_EUCTR_PATHS; i++)
            if (i == path || i == rest || has_blocks(peek->bytes, behind, i))
                add_site(self, peek, i, evidence);
}
