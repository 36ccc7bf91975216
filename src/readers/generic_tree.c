/* SPDX-License-Identifier: MIT */
/* The names and the tree of an unknown export, whatever its syntax. */
#include <stdio.h>

#include "readers/columns.h"
#include "readers/generic_names.h"
#include "readers/worker.h"
#include "syntax/delimited.h"
#include "syntax/json.h"
#include "syntax/xml.h"

/* Claims. */

static void say(const struct tn_data_names *names, unsigned bits, struct tn_evidence *evidence)
{
    const struct tn_label_word *word;
    size_t used = 0;
    if (!tn_data_names_claim(names))
        return;
    evidence->bits = bits;
    for (size_t i = 0; (word = tn_label_word(i)) != NULL && used + 60 < sizeof evidence->what; i++)
        if (names->words[i / 64] >> (i % 64) & 1)
            used += (size_t)snprintf(evidence->what + used, sizeof evidence->what - used, "%s%s", used ? ", " : "names that say: ",
                                     word->name);
}

/* What trialnorm wrote itself is nothing to read: its names would be understood only in part. */
static bool is_our_own(struct tn_str bytes)
{
    enum { NEAR = 256 };
    struct tn_str start = tn_str_slice(bytes.s, bytes.len < NEAR ? bytes.len : NEAR);
    return tn_str_find(start, TN_LIT("\"trialnorm/1\"")) != TN_NO_OFFSET;
}

/* The names of columns, and the cells of the first rows. */
static void add_columns(const struct tn_peek *peek, struct tn_data_names *names)
{
    enum { FEW_ROWS = 10 };
    struct tn_cells *rows = tn_arena_zero(&peek->worker->arena, (FEW_ROWS + 1) * sizeof *rows);
    size_t count = rows ? tn_columns_peek(peek, rows, FEW_ROWS + 1) : 0;
    for (size_t i = 0; count && i < rows[0].count; i++) {
        if (count == 1)
            tn_data_names_add(names, rows[0].cells[i], (struct tn_str){NULL, 0});
        for (size_t r = 1; r < count; r++)
            tn_data_names_add(names, rows[0].cells[i], i < rows[r].count ? rows[r].cells[i] : (struct tn_str){NULL, 0});
    }
}

void tn_data_detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    struct tn_data_names names = {.telling = 0};
    char path[TN_RECORD_PATH_MAX];
    if (is_our_own(peek->bytes))
        return;
    if (peek->syntax == TN_SYNTAX_JSON) {
        tn_data_json_path(peek->bytes, path, sizeof path, &names);
    } else if (peek->syntax == TN_SYNTAX_XML) {
        tn_data_xml_path(peek->bytes, path, sizeof path, &names);
    } else {
        add_columns(peek, &names);
    }
    say(&names, self->most_bits, evidence);
}

const cJSON *tn_data_tree(struct tn_reading *reading, struct tn_worker *worker, struct tn_error *error)
{
    const struct tn_raw *raw = reading->raw;
    struct tn_str root = {NULL, 0};
    if (raw->syntax == TN_SYNTAX_DELIMITED)
        return tn_columns_tree(reading, worker, error);
    const cJSON *tree = raw->syntax == TN_SYNTAX_XML ? tn_xml_parse(reading->arena, raw->bytes, raw->len, &root, NULL, error)
                                                     : tn_json_parse(reading->arena, raw->bytes, raw->len, error);
    if (!tree) {
        struct tn_str before = tn_str_slice(raw->bytes, error->offset < raw->len ? error->offset : 0);
        error->severity = TN_FAILED;
        error->line = raw->line + tn_str_line_ends(before);
        error->offset = error->offset == TN_NO_OFFSET ? TN_NO_OFFSET : error->offset + raw->offset;
    }
    return tree;
}
