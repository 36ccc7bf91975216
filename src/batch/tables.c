/* SPDX-License-Identifier: MIT */
#include "batch/tables.h"

#include <stdlib.h>

#include "batch/pool.h"
#include "batch/tables_store.h"
#include "core/delimited.h"
#include "syntax/row_json.h"

enum { STUDIES = 0, ROW_MEMORY = 1 << 30 };

static const char results[] = "a table of results, which are no part of trialnorm/1";
static const char derived[] = "a table that is worked out from the others, or is about AACT itself";

/* The tables of AACT's schema that name studies. */
static const struct {
    struct tn_str name;
    const char *passed; /* why it is not read; NULL: it is */
} tables[] = {
    {{"studies", 7}, NULL},
    {{"baseline_counts", 15}, results},
    {{"baseline_measurements", 21}, results},
    {{"brief_summaries", 15}, NULL},
    {{"browse_conditions", 17}, NULL},
    {{"browse_interventions", 20}, NULL},
    {{"calculated_values", 17}, NULL},
    {{"central_contacts", 16}, NULL},
    {{"conditions", 10}, NULL},
    {{"countries", 9}, NULL},
    {{"design_group_interventions", 26}, NULL},
    {{"design_groups", 13}, NULL},
    {{"design_outcomes", 15}, NULL},
    {{"designs", 7}, NULL},
    {{"detailed_descriptions", 21}, NULL},
    {{"documents", 9}, NULL},
    {{"drop_withdrawals", 16}, results},
    {{"eligibilities", 13}, NULL},
    {{"facilities", 10}, NULL},
    {{"facility_contacts", 17}, NULL},
    {{"facility_investigators", 22}, NULL},
    {{"id_information", 14}, NULL},
    {{"intervention_other_names", 24}, NULL},
    {{"interventions", 13}, NULL},
    {{"ipd_information_types", 21}, NULL},
    {{"keywords", 8}, NULL},
    {{"links", 5}, NULL},
    {{"milestones", 10}, results},
    {{"outcome_analyses", 16}, results},
    {{"outcome_analysis_groups", 23}, results},
    {{"outcome_counts", 14}, results},
    {{"outcome_measurements", 20}, results},
    {{"outcomes", 8}, results},
    {{"overall_officials", 17}, NULL},
    {{"participant_flows", 17}, results},
    {{"pending_results", 15}, NULL},
    {{"provided_documents", 18}, NULL},
    {{"reported_event_totals", 21}, results},
    {{"reported_events", 15}, results},
    {{"responsible_parties", 19}, NULL},
    {{"result_agreements", 17}, results},
    {{"result_contacts", 15}, results},
    {{"result_groups", 13}, results},
    {{"retractions", 11}, NULL},
    {{"search_results", 14}, derived},
    {{"search_term_results", 19}, derived},
    {{"sponsors", 8}, NULL},
    {{"study_references", 16}, NULL},
};

enum { TABLES = sizeof tables / sizeof tables[0] };

struct tn_tables {
    struct tn_store *store;
    struct tn_arena texts;   /* what is said of the files */
    const char *folder;
    bool archive;            /* it is in an archive */
    struct place {
        const char *path;
        struct tn_member member;
    } places[TABLES];        /* where each table stood; path NULL: it was not there */
    struct csv_parser parser;
    struct tn_arena cells;   /* of one row */
    struct tn_arena header_memory;
    struct tn_cells header;
    size_t key;              /* column of the nct_id */
    struct tn_buf bytes;     /* of one row, or of one study with all that belongs to it */
};

/* --- Which files. --- */

static struct tn_str name_of(const char *path, const struct tn_member *member)
{
    return tn_str_of(member && member->name ? member->name : path);
}

static struct tn_str folder_of(struct tn_str name)
{
    while (name.len && name.s[name.len - 1] != '/')
        name.len--;
    return name;
}

/* TABLES: none. `studies.txt` and `studies.txt.gz` are. */
static size_t table_of(struct tn_str name)
{
    name = tn_str_from(name, folder_of(name).len);
    size_t point = tn_str_find_char(name, '.'), i = 0;
    if (point == TN_NO_OFFSET)
        return TABLES;
    while (i < TABLES && !tn_str_eq(tables[i].name, tn_str_slice(name.s, point)))
        i++;
    return i;
}

static const struct tn_reader *reader_of(const struct tn_batch *batch)
{
    const struct tn_reader *const *readers = batch->options->read.readers;
    const struct tn_reader *reader = tn_reader_among(readers ? readers : tn_readers(), "aact");
    return !batch->options->reader || batch->options->reader == reader ? reader : NULL;
}

bool tn_tables_may(const struct tn_batch *batch, const char *path, const struct tn_member *member)
{
    return table_of(name_of(path, member)) < TABLES && reader_of(batch);
}

/* Reads a header; *key is the column of the nct_id. */
static bool read_header(struct csv_parser *parser, struct tn_arena *arena, const struct tn_delimited *form,
                        struct tn_cells *header, size_t *key)
{
    *key = 0;
    if (!tn_delimited_cells(parser, arena, form->header, form, 0, header))
        return false;
    while (*key < header->count && tn_column_cmp(header->cells[*key], TN_LIT("nct_id")) != 0)
        ++*key;
    return *key < header->count;
}

bool tn_tables_claim(struct tn_batch *batch, struct tn_str head, struct tn_verdict *verdict)
{
    struct tn_delimited form;
    struct csv_parser parser;
    struct tn_arena arena;
    struct tn_cells header;
    size_t key;
    if (!tn_tables_may(batch, batch->path, batch->member) || !tn_cell_parser_init(&parser))
        return false;
    tn_delimited_tell(head, &form, NULL);
    tn_arena_init(&arena, ROW_MEMORY);
    bool good = form.separator == '|' && read_header(&parser, &arena, &form, &header, &key);
    tn_cell_parser_release(&parser);
    tn_arena_release(&arena);
    *verdict = (struct tn_verdict){.syntax = TN_SYNTAX_DELIMITED, .reader = reader_of(batch)};
    tn_evidence_add(&verdict->evidence, tables[table_of(name_of(batch->path, batch->member))].name);
    tn_evidence_add(&verdict->evidence, TN_LIT("nct_id"));
    return good;
}

bool tn_tables_unknown(const struct tn_batch *batch, struct tn_str head, bool surely)
{
    struct tn_delimited form;
    bool named = !batch->found && batch->member->depth == 0;
    if (named || !tn_str_ends_fold(name_of(batch->path, batch->member), TN_LIT(".txt")) || !reader_of(batch) ||
        !tn_delimited_tell(head, &form, NULL) || form.separator != '|')
        return false;
    bool id = tn_str_starts(form.header, TN_LIT("id|")), key = tn_str_starts(form.header, TN_LIT("id|nct_id|"));
    return key || (!surely && (id || tn_str_find(form.header, TN_LIT("nct_id")) != TN_NO_OFFSET));
}

/* --- One set of tables. --- */

static void free_tables(struct tn_tables *set)
{
    if (!set)
        return;
    tn_store_free(set->store);
    tn_cell_parser_release(&set->parser);
    tn_arena_release(&set->texts);
    tn_arena_release(&set->cells);
    tn_arena_release(&set->header_memory);
    tn_buf_release(&set->bytes);
    free(set);
}

/* The folder of a file, with that of the archive before it; NULL when memory is short. */
static const char *place_name(struct tn_arena *arena, const char *path, const struct tn_member *member)
{
    struct tn_str outer = member && member->name ? tn_str_of(path) : folder_of(tn_str_of(path));
    struct tn_str inner = member && member->name ? folder_of(tn_str_of(member->name)) : TN_LIT("");
    return tn_str_format(arena, "%.*s%s%.*s", (int)outer.len, outer.s, member && member->name ? "\n" : "", (int)inner.len,
                         inner.s).s;
}

static void out_of_memory(struct tn_batch *batch)
{
    struct tn_error error;
    tn_error_set(&error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    tn_batch_stop(batch, &error);
}

static struct tn_tables *new_tables(struct tn_batch *batch)
{
    struct tn_error error;
    struct tn_tables *set = calloc(1, sizeof *set);
    if (!set || !tn_cell_parser_init(&set->parser)) {
        free(set);
        out_of_memory(batch);
        return NULL;
    }
    tn_arena_init(&set->texts, ROW_MEMORY);
    tn_arena_init(&set->cells, ROW_MEMORY);
    tn_arena_init(&set->header_memory, ROW_MEMORY);
    tn_buf_init(&set->bytes, tn_batch_limit(batch));
    set->folder = place_name(&set->texts, batch->path, batch->member);
    set->archive = batch->member && batch->member->name;
    set->store = tn_store_new(&error);
    if (set->store && set->folder)
        return set;
    if (set->store)
        out_of_memory(batch);
    else
        tn_batch_stop(batch, &error);
    free_tables(set);
    return NULL;
}

static const char *keep(struct tn_tables *set, const char *text)
{
    return text ? tn_str_copy(&set->texts, tn_str_of(text)).s : NULL;
}

static void note_place(struct tn_tables *set, struct place *place, const struct tn_batch *batch)
{
    const struct tn_member *member = batch->member;
    place->path = keep(set, batch->path);
    place->member = (struct tn_member){.name = keep(set, member->name), .url = keep(set, member->url),
                                       .fetched = keep(set, member->fetched), .cut = keep(set, member->cut),
                                       .one_of_many = member->one_of_many, .depth = member->depth};
}

/* --- Laying rows down. --- */

static void lose_row(struct tn_batch *batch, const struct tn_piece *piece, enum tn_code code, const char *why)
{
    struct tn_error error;
    tn_error_set(&error, TN_FAILED, code, NULL, "%s", why);
    error.line = piece->line;
    error.offset = piece->offset;
    tn_batch_lose(batch, &error);
}

static void mind_row(struct tn_batch *batch, const struct tn_piece *piece, const struct tn_cells *row)
{
    const struct tn_tables *set = batch->tables;
    struct tn_error error;
    size_t stated = row->count;
    while (stated > set->header.count && tn_str_trim(row->cells[stated - 1]).len == 0)
        stated--;
    if (stated == set->header.count && !row->open && !piece->replaced)
        return;
    if (stated != set->header.count)
        tn_error_set(&error, TN_WARN, TN_INCONSISTENT, NULL, "the row has %zu cell%s, and the header %zu", stated,
                     stated == 1 ? "" : "s", set->header.count);
    else if (row->open)
        tn_error_set(&error, TN_WARN, TN_INCONSISTENT, NULL, "a quotation mark is not closed; it is read as text, and the row "
                     "ends with its line");
    else
        tn_error_set(&error, TN_WARN, TN_REPAIRED_TEXT, NULL, "bytes that are no UTF-8 were replaced by U+FFFD: %zu",
                     piece->replaced);
    error.line = piece->line;
    error.offset = piece->offset;
    tn_batch_report(batch, &error);
}

static void lay_down(struct tn_batch *batch, const struct tn_piece *piece, size_t table)
{
    struct tn_tables *set = batch->tables;
    struct tn_cells row;
    struct tn_error error;
    tn_arena_reset(&set->cells);
    tn_buf_reset(&set->bytes);
    if (!tn_delimited_cells(&set->parser, &set->cells, tn_str_slice(piece->bytes, piece->len), piece->delimited, 0, &row)) {
        out_of_memory(batch);
        return;
    }
    struct tn_str key = set->key < row.count ? tn_str_trim(row.cells[set->key]) : TN_LIT("");
    tn_row_json(&set->bytes, &set->header, &row);
    if (!key.len || set->bytes.failed) {
        lose_row(batch, piece, key.len ? TN_TOO_LARGE : TN_UNRECOGNISED,
                 key.len ? "the row is longer than a record may be" : "the row has no nct_id: nobody knows what study it is of");
        return;
    }
    mind_row(batch, piece, &row);
    const struct tn_store_row stored = {key, tn_str_slice(set->bytes.data, set->bytes.len), table, piece->offset, piece->line};
    if (!(table == STUDIES ? tn_store_study : tn_store_row)(set->store, &stored, &error))
        tn_batch_stop(batch, &error);
}

static bool take_header(struct tn_batch *batch, const struct tn_delimited *form)
{
    struct tn_tables *set = batch->tables;
    tn_arena_reset(&set->header_memory);
    if (read_header(&set->parser, &set->header_memory, form, &set->header, &set->key))
        return true;
    out_of_memory(batch);
    return false;
}

static void read_rows(struct tn_batch *batch, struct tn_split *split, size_t table)
{
    struct tn_piece piece;
    struct tn_error error;
    enum tn_split_result result;
    bool begun = false;
    tn_split_delimited(split);
    while (!batch->stopped && (result = tn_split_next(split, &piece, &error)) != TN_SPLIT_END) {
        if (result == TN_SPLIT_FAILED)
            tn_batch_lose(batch, &error);
        else if (result == TN_SPLIT_DAMAGE)
            tn_batch_note_damage(batch, &error);
        else if (begun || (begun = take_header(batch, piece.delimited)))
            lay_down(batch, &piece, table);
        tn_batch_tell_progress(batch);
    }
}

void tn_tables_read(struct tn_batch *batch, struct tn_split *split)
{
    size_t table = table_of(name_of(batch->path, batch->member));
    if (tables[table].passed) {
        tn_batch_pass_beside(batch, tables[table].passed);
        return;
    }
    struct tn_tables *set = batch->tables;
    if (set) {
        tn_arena_reset(&set->cells);
        const char *folder = place_name(&set->cells, batch->path, batch->member);
        if (!folder || strcmp(folder, set->folder) != 0)
            tn_tables_end(batch, false);
    }
    if (!batch->stopped && !batch->tables)
        batch->tables = new_tables(batch);
    if (!batch->tables)
        return;
    note_place(batch->tables, &batch->tables->places[table], batch);
    read_rows(batch, split, table);
}

/* --- Giving studies out. --- */

/* Goes to a place where a table stood. What is told on another thread keeps the path of its input, which outlives the tables. */
static void go_to(struct tn_batch *batch, const struct place *place)
{
    bool same = batch->path && strcmp(batch->path, place->path) == 0;
    tn_batch_at(batch, same ? batch->path : place->path, &place->member);
}

static void report(struct tn_batch *batch, size_t table, size_t rows, bool any)
{
    struct tn_error error;
    if (any)
        tn_error_set(&error, TN_WARN, TN_INCONSISTENT, NULL, "rows that belong to no study of studies.txt, and are not read: %zu",
                     rows);
    else
        tn_error_set(&error, TN_FAILED, TN_UNRECOGNISED, NULL,
                     "a table of AACT without studies.txt beside it, which has the trials: %zu rows are not read", rows);
    go_to(batch, &batch->tables->places[table]);
    if (any)
        tn_batch_report(batch, &error);
    else
        tn_batch_lose(batch, &error);
}

static void report_alone(struct tn_batch *batch, struct tn_tables *set)
{
    bool any = set->places[STUDIES].path;
    size_t alone[TABLES] = {0};
    tn_store_alone(set->store, alone, TABLES);
    for (size_t i = STUDIES + 1; i < TABLES && !batch->stopped; i++)
        if (alone[i])
            report(batch, i, alone[i], any);
}

/* Appends the rows of the other tables: `"conditions":[{...},{...}]`. */
static size_t add_rows(struct tn_batch *batch, struct tn_tables *set)
{
    struct tn_store_row row;
    struct tn_error error;
    size_t count = 0, table = STUDIES;
    while (tn_store_next_row(set->store, &row, &error)) {
        if (row.table != table) {
            tn_buf_str(&set->bytes, table == STUDIES ? TN_LIT(",") : TN_LIT("],"));
            tn_row_json_string(&set->bytes, tables[row.table].name);
            tn_buf_str(&set->bytes, TN_LIT(":["));
        } else {
            tn_buf_char(&set->bytes, ',');
        }
        table = row.table;
        tn_buf_str(&set->bytes, row.bytes);
        count++;
    }
    if (error.code != TN_CODE_NONE)
        tn_batch_stop(batch, &error);
    tn_buf_str(&set->bytes, table == STUDIES ? TN_LIT("}") : TN_LIT("]}"));
    return count;
}

static void read_study(struct tn_batch *batch, struct tn_tables *set, const struct tn_store_row *study, size_t index)
{
    const struct tn_member *member = batch->member;
    tn_buf_reset(&set->bytes);
    tn_buf_add(&set->bytes, study->bytes.s, study->bytes.len - 1); /* without its bracket */
    const size_t joined = add_rows(batch, set);
    const struct tn_piece piece = {.line = study->line, .offset = study->offset};
    if (batch->stopped)
        return;
    if (!tn_buf_terminate(&set->bytes)) {
        lose_row(batch, &piece, TN_TOO_LARGE, "the study and what belongs to it is longer than a record may be");
        return;
    }
    const struct tn_raw raw = {.syntax = TN_SYNTAX_JSON, .bytes = set->bytes.data, .len = set->bytes.len,
                               .file = batch->path, .member = member->name, .url = member->url,
                               .fetched = member->fetched, .cut = member->cut, .index = index,
                               .offset = study->offset, .line = study->line, .joined = joined};
    if (batch->pool)
        tn_pool_record(batch->pool, reader_of(batch), &raw);
    else
        tn_batch_record(batch, reader_of(batch), &raw);
}

static void read_studies(struct tn_batch *batch, struct tn_tables *set)
{
    struct tn_store_row study;
    struct tn_error error = {.code = TN_CODE_NONE};
    if (!tn_store_join(set->store, &error)) {
        tn_batch_stop(batch, &error);
        return;
    }
    report_alone(batch, set);
    if (!set->places[STUDIES].path)
        return;
    go_to(batch, &set->places[STUDIES]);
    for (size_t i = 0; !batch->stopped && tn_store_next_study(set->store, &study, &error); i++) {
        read_study(batch, set, &study, i);
        tn_batch_tell_progress(batch);
    }
    if (!batch->stopped && error.code != TN_CODE_NONE)
        tn_batch_stop(batch, &error);
}

void tn_tables_end(struct tn_batch *batch, bool archive)
{
    struct tn_tables *set = batch->tables;
    const char *path = batch->path;
    const struct tn_member *member = batch->member;
    if (!set || (archive && !set->archive))
        return;
    if (!batch->stopped)
        read_studies(batch, set);
    tn_batch_at(batch, path, member);
    batch->tables = NULL;
    free_tables(set);
}

void tn_tables_leave(struct tn_batch *batch, const char *path, const struct tn_member *member)
{
    struct tn_tables *set = batch->tables;
    if (!set)
        return;
    tn_arena_reset(&set->cells);
    const char *folder = place_name(&set->cells, path, member);
    bool below = folder && tn_str_starts(tn_str_of(folder), tn_str_of(set->folder)) && (*set->folder || !*folder);
    if (!below)
        tn_tables_end(batch, false);
}
