/* SPDX-License-Identifier: MIT */
/* The viewer pages of ignite-sd.com: labelled lines, then the API v2 record as a Python literal. Siblings have the
 * literal alone, or one module of the record as `Label: value` lines without a literal. */
#include "normal/text.h"
#include "readers/ctgov_v2.h"
#include "syntax/blocks.h"
#include "syntax/json.h"
#include "syntax/python_literal.h"

/* What a label of the page's head holds. */
struct head_row {
    const char *label;
    int field;        /* of the trial; -1: none, kept in `extra` unless `put` knows better */
    tn_put_fn *put;   /* NULL: tn_put */
    bool record_only; /* never fills the field, only holds it against the record */
};

/* The page's own last update; its time of day goes to `extra`. */
static void put_page_updated(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    (void)record;
    (void)field;
    tn_put(reading, tn_add_record(reading->trial, TN_trial_source), TN_source_page_updated, value);
}

/* `First Post` prints the date on which the record was first submitted: it can only disagree with first_posted_date. */
static const struct head_row head_rows[] = {
    {"Viewing Study", TN_trial_trial_id, tn_put_trial_id, false},
    {"Study NCT ID", TN_trial_trial_id, tn_put_trial_id, false},
    {"Status", TN_trial_status, tn_put_status, false},
    {"Last Update Posted", TN_trial_last_update_posted_date, NULL, false},
    {"First Post", TN_trial_first_posted_date, NULL, true},
    {"Brief Title", TN_trial_title, NULL, false},
    {"Sponsor", TN_trial_lead_sponsor, NULL, false},
    {"Organization", TN_trial_organization, NULL, false},
    {"Ignite Creation Date", -1, NULL, false},
    {"Ignite Modification Date", -1, put_page_updated, false},
    {"Is NOT Gene Therapy", -1, NULL, false},
    {"Is Gene Therapy", -1, NULL, false},
    {"Has Adverse Events", -1, NULL, false},
};

static const struct tn_str literal_title = {"Raw JSON", 8};

/* A record as a literal or as JSON opens with a brace and a quoted key. */
static bool opens_record(struct tn_str line)
{
    size_t at = 1;
    if (line.len < 2 || line.s[0] != '{')
        return false;
    while (at < line.len && tn_is_space(line.s[at]))
        at++;
    return at == line.len || line.s[at] == '\'' || line.s[at] == '"' || line.s[at] == '}';
}

/* The block where the record starts: behind `Raw JSON`, or the first of all. */
static size_t record_block(const struct tn_page *page)
{
    for (size_t i = 0; i < page->count; i++)
        if (opens_record(page->blocks[i].whole) &&
            (i == 0 || tn_str_eq_fold(page->blocks[i - 1].whole, literal_title)))
            return i;
    return page->count;
}

/* `Label: value`; `Viewing Study NCT…` has no colon. */
static bool split_label(struct tn_str line, struct tn_str *label, struct tn_str *value)
{
    static const struct tn_str viewing = {"Viewing Study", 13};
    enum { LONGEST_LABEL = 48 };
    size_t colon = tn_str_find_char(tn_str_slice(line.s, line.len < LONGEST_LABEL ? line.len : LONGEST_LABEL), ':');
    if (tn_str_starts(line, viewing)) {
        *label = viewing;
        *value = tn_str_trim(tn_str_from(line, viewing.len));
        return true;
    }
    if (colon == TN_NO_OFFSET || colon == 0 || !tn_is_alpha(line.s[0]) ||
        (colon + 1 < line.len && !tn_is_space(line.s[colon + 1])))
        return false;
    for (size_t i = 0; i < colon; i++)
        if (!tn_is_alnum(line.s[i]) && !strchr(" ()/-", line.s[i]))
            return false;
    *label = tn_str_slice(line.s, colon);
    *value = tn_str_trim(tn_str_from(line, colon + 1));
    return true;
}

static const struct head_row *find_head(struct tn_str label)
{
    for (size_t i = 0; i < sizeof head_rows / sizeof head_rows[0]; i++)
        if (tn_str_eq_fold(label, tn_str_of(head_rows[i].label)))
            return &head_rows[i];
    return NULL;
}

static bool stands_from(const struct tn_page *page, size_t block, struct tn_str word)
{
    for (size_t i = block; i < page->count; i++)
        if (tn_str_find(page->blocks[i].whole, word) != TN_NO_OFFSET)
            return true;
    return false;
}

static void detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    (void)self;
    static const char *const keys[] = {"'protocolSection'", "'identificationModule'", "'nctId'", "'hasResults'", NULL};
    const struct tn_page *page = peek->page;
    size_t record = record_block(page);
    for (size_t i = 0; i < record; i++) {
        struct tn_str label, value;
        if (split_label(page->blocks[i].whole, &label, &value) &&
            (tn_str_starts(label, TN_LIT("Ignite ")) || tn_str_eq(label, TN_LIT("Viewing Study")) ||
             tn_str_eq(label, TN_LIT("Study NCT ID"))))
            tn_evidence_add(evidence, label);
        else if (tn_str_eq(page->blocks[i].whole, literal_title))
            tn_evidence_add(evidence, literal_title);
    }
    if (record == page->count)
        return;
    for (const char *const *key = keys; *key; key++)
        if (stands_from(page, record, tn_str_of(*key)))
            tn_evidence_add(evidence, tn_str_of(*key));
}

/* Sibling pages name the API's keys in words: "Minimum Age" is minimumAge. */
static bool names_key(struct tn_str label, const char *path)
{
    const char *key = strrchr(path, '.');
    size_t k = 0;
    key = key ? key + 1 : path;
    for (size_t i = 0; i < label.len; i++) {
        if (!tn_is_alnum(label.s[i]))
            continue;
        if (tn_lower(label.s[i]) != tn_lower(key[k]))
            return false;
        k++;
    }
    return key[k] == '\0' || key[k] == '[';
}

static const struct tn_row *find_key(struct tn_str label)
{
    for (size_t i = 0; i < tn_ctgov_v2_source.count; i++) {
        const struct tn_row *row = &tn_ctgov_v2_source.rows[i];
        if (row->kind == TN_ROW_VALUE && row->type == &tn_type_trial && names_key(label, row->path))
            return row;
    }
    return NULL;
}

/* A list on a line is printed as Python prints it, ['ADULT', 'CHILD'], or with commas where its words have none. */
static void put_list(struct tn_reading *reading, const struct tn_row *row, struct tn_str value)
{
    tn_put_fn *put = row->put ? row->put : tn_put;
    struct tn_python_literal literal;
    if (value.len && value.s[0] == '[' && tn_python_literal_parse(reading->arena, value, &literal, NULL)) {
        for (const cJSON *item = literal.tree->child; item; item = item->next) {
            struct tn_stated stated = tn_stated_of(tn_str_of(cJSON_IsString(item) ? item->valuestring : NULL));
            put(reading, reading->trial, row->field, &stated);
        }
        return;
    }
    bool words = row->type->fields[row->field].kind == TN_ENUM_LIST;
    while (value.len) {
        size_t comma = words ? tn_str_find_char(value, ',') : TN_NO_OFFSET;
        struct tn_stated part =
            tn_stated_of(tn_str_trim(tn_str_slice(value.s, comma == TN_NO_OFFSET ? value.len : comma)));
        put(reading, reading->trial, row->field, &part);
        value = tn_str_from(value, comma == TN_NO_OFFSET ? value.len : comma + 1);
    }
}

static void put_key(struct tn_reading *reading, const struct tn_row *row, struct tn_str value)
{
    enum tn_kind kind = row->type->fields[row->field].kind;
    struct tn_stated stated = tn_stated_of(value);
    if (kind == TN_TEXT_LIST || kind == TN_ENUM_LIST)
        put_list(reading, row, value);
    else
        (row->put ? row->put : tn_put)(reading, reading->trial, row->field, &stated);
}

static void put_head(struct tn_reading *reading, const struct head_row *row, struct tn_str value)
{
    struct tn_stated stated = tn_stated_of(value);
    bool fills = row->field < 0 ? row->put != NULL : !row->record_only || tn_has(reading->trial, row->field);
    if (fills)
        (row->put ? row->put : tn_put)(reading, reading->trial, row->field, &stated);
    else
        tn_put_extra_here(reading, &stated);
}

static void put_label(struct tn_reading *reading, struct tn_str label, struct tn_str value)
{
    const struct head_row *head = find_head(label);
    const struct tn_row *key = head ? NULL : find_key(label);
    struct tn_stated stated = tn_stated_of(value);
    reading->label = label;
    if (value.len == 0)
        tn_warn(reading, TN_LOST_VALUE, head && head->field >= 0 ? reading->trial : NULL, head ? head->field : 0,
                "the label '%.*s' has no value", (int)label.len, label.s);
    else if (head)
        put_head(reading, head, value);
    else if (key)
        put_key(reading, key, value);
    else
        tn_put_extra_here(reading, &stated);
}

/* Text that stands under no label. */
static void put_unlabelled(struct tn_reading *reading, struct tn_str text)
{
    struct tn_stated stated = tn_stated_of(text);
    reading->label = TN_LIT("text");
    tn_warn(reading, TN_UNMAPPED, NULL, 0, "'%.*s' stands under no label; kept in extra", (int)tn_str_cut(text, 60),
            text.s);
    tn_put_extra_here(reading, &stated);
}

/* Only long texts go on behind an empty line. */
static bool is_long_text(struct tn_str label)
{
    const struct tn_row *key = find_head(label) ? NULL : find_key(label);
    return key && (key->put == tn_put_markup || key->put == tn_put_criteria);
}

static bool is_label(struct tn_str line)
{
    struct tn_str label, value;
    return split_label(line, &label, &value) || tn_str_eq_fold(line, literal_title);
}

/* The labelled lines of blocks[from..to); lines without a label go on with the value before them. */
static void read_lines(struct tn_reading *reading, const struct tn_page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to;) {
        const struct tn_block *block = &page->blocks[i];
        const struct tn_block *last = block;
        struct tn_str label = TN_LIT("text"), value = block->whole;
        bool labelled = split_label(block->whole, &label, &value);
        bool goes_on = labelled && value.len && is_long_text(label);
        reading->line = reading->raw->line + block->line - 1;
        reading->offset = reading->raw->offset + block->offset;
        i++;
        if (tn_str_eq_fold(block->whole, literal_title))
            continue;
        while (i < to && (goes_on || (labelled && value.len && !page->blocks[i].blank_before)) &&
               !is_label(page->blocks[i].whole) && !find_head(label))
            last = &page->blocks[i++];
        if (last != block)
            value.len = (size_t)(last->whole.s + last->whole.len - value.s);
        if (labelled)
            put_label(reading, label, value);
        else
            put_unlabelled(reading, value);
    }
}

/* The page's title says JSON: should it ever print that, it is read too. */
static bool parse_record(struct tn_arena *arena, struct tn_str bytes, struct tn_python_literal *literal,
                         struct tn_error *error)
{
    if (tn_python_literal_parse(arena, bytes, literal, error))
        return true;
    struct tn_error second;
    literal->tree = tn_json_parse(arena, bytes.s, bytes.len, &second);
    literal->used = bytes.len;
    return literal->tree != NULL;
}

static enum tn_severity no_record(const struct tn_raw *raw, const struct tn_page *page, size_t at,
                                  struct tn_error *error)
{
    if (error->offset != TN_NO_OFFSET) {
        size_t inside = page->blocks[at].offset + error->offset;
        error->line = raw->line + tn_str_line_ends(tn_str_slice(raw->bytes, inside < raw->len ? inside : raw->len));
        error->offset = raw->offset + inside;
    }
    error->severity = TN_FAILED;
    return TN_FAILED;
}

static size_t first_block_behind(const struct tn_page *page, size_t offset)
{
    size_t i = 0;
    while (i < page->count && page->blocks[i].offset < offset)
        i++;
    return i;
}

/* What stands behind the record on its last line. */
static void read_rest_of_line(struct tn_reading *reading, size_t end)
{
    struct tn_str rest = tn_str_from(tn_str_slice(reading->raw->bytes, reading->raw->len), end), line;
    reading->line = reading->raw->line + tn_str_line_ends(tn_str_slice(reading->raw->bytes, end));
    reading->offset = reading->raw->offset + end;
    if (tn_str_next_line(&rest, &line) && tn_str_trim(line).len)
        put_unlabelled(reading, tn_str_trim(line));
}

/* `Raw JSON` with nothing behind it. */
static void warn_no_record(struct tn_reading *reading, const struct tn_page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (!tn_str_eq_fold(page->blocks[i].whole, literal_title))
            continue;
        reading->line = reading->raw->line + page->blocks[i].line - 1;
        tn_warn(reading, TN_LOST_VALUE, NULL, 0, "nothing stands under 'Raw JSON'");
    }
}

static enum tn_severity read_text(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                                  tn_emit_fn *emit, void *context, struct tn_error *error)
{
    struct tn_str bytes = tn_str_slice(raw->bytes, raw->len);
    const struct tn_page *page = tn_text_blocks(&worker->arena, bytes);
    struct tn_reading reading = tn_reading_start(self, worker, raw);
    const struct tn_tree_map *map = tn_worker_map(worker, self, &tn_ctgov_v2_source);
    if (!page || !reading.trial || !map) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FAILED;
    }
    size_t at = record_block(page), behind = page->count, literal_end = 0;
    if (at < page->count) {
        struct tn_python_literal literal = {0};
        reading.tree = tn_str_from(bytes, page->blocks[at].offset);
        if (!parse_record(&worker->arena, reading.tree, &literal, error))
            return no_record(raw, page, at, error);
        if (!cJSON_IsObject(literal.tree)) {
            tn_error_set(error, TN_FAILED, TN_SYNTAX, NULL, "the literal is a list and no record");
            error->offset = 0;
            return no_record(raw, page, at, error);
        }
        tn_tree_walk(&reading, map, literal.tree);
        tn_ctgov_v2_source.after(&reading);
        reading.text_flags |= literal.repaired ? TN_TEXT_REPAIRED : 0;
        literal_end = page->blocks[at].offset + literal.used;
        behind = first_block_behind(page, literal_end);
    }
    reading.trail = NULL;
    struct tn_record *source = tn_add_record(reading.trial, TN_trial_source);
    tn_set_text(source, TN_source_site, TN_LIT("ignite-sd.com"));
    read_lines(&reading, page, 0, at);
    if (at < page->count)
        read_rest_of_line(&reading, literal_end);
    else
        warn_no_record(&reading, page);
    read_lines(&reading, page, behind, page->count);
    tn_page_cover_all(page, worker);
    return tn_reading_end(&reading, emit, context, error);
}

/* Of HTML the text is read: the literal is one string in it. */
static enum tn_severity read_page(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                                  tn_emit_fn *emit, void *context, struct tn_error *error)
{
    const struct tn_page *page = tn_page_blocks(worker, tn_str_slice(raw->bytes, raw->len), error);
    if (!page)
        return TN_FAILED;
    if (!page->is_html)
        return read_text(self, worker, raw, emit, context, error);
    struct tn_raw text = *raw;
    struct tn_str all = tn_page_text(&worker->arena, page);
    text.bytes = tn_arena_alloc(&worker->arena, all.len + 1);
    if (!text.bytes || !all.s) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FAILED;
    }
    memcpy(text.bytes, all.s, all.len + 1);
    text.len = all.len;
    return read_text(self, worker, &text, emit, context, error);
}

const struct tn_reader tn_reader_ignite_sd = {
    .name = "ignite-sd",
    .description = "viewer pages of ignite-sd.com with the record as a Python literal",
    .syntaxes = TN_READS_PAGE,
    .detect = detect,
    .read = read_page,
};
