/* SPDX-License-Identifier: MIT */
/* The EU Clinical Trials Register's text downloads. `trials-full.txt` has a block for every country's protocol of a
 * trial, one behind the other, which are one record; `trials-summary.txt` a few lines for each trial. Both are read by
 * the rows of the register's pages (sites/euctr_page.c, sites/euctr_summary.c). */
#include "core/line_path.h"
#include "readers/copies.h"
#include "readers/euctr_blocks.h"
#include "readers/euctr_twins.h"
#include "readers/page_read.h"
#include "readers/sites/euctr.h"

/* One country's protocol. */
struct block {
    struct tn_page_reading page;
    struct tn_raw raw;
    struct tn_record *country; /* its own entry of `countries`; NULL: it names none */
    struct tn_str label;       /* before its labels in `extra`: "ES" */
    bool outdone;              /* a newer block has the same country: its own entry is out */
};

struct document {
    const struct tn_reader *reader;
    struct tn_worker *worker;
    const struct tn_raw *raw;
    struct block *blocks;
    size_t count;
    struct tn_coverage coverage;
};

static const struct tn_site *const sites[TN_EUCTR_PATHS] = {[TN_EUCTR_PROTOCOL] = &tn_euctr_protocol,
                                                            [TN_EUCTR_SUMMARY] = &tn_euctr_summary};

/* Blocks. */

/* A tab stands in labels and texts as a blank does. */
static void untab(char *bytes, size_t len)
{
    for (char *tab = memchr(bytes, '\t', len); tab; tab = memchr(tab, '\t', (size_t)(bytes + len - tab)))
        *tab = ' ';
}

/* The block in bytes[at..end) of the record. */
static bool read_block(struct document *document, struct block *block, const struct tn_site *site, size_t at, size_t end)
{
    const struct tn_raw *raw = document->raw;
    block->raw = *raw;
    block->raw.bytes = raw->bytes + at;
    block->raw.len = end - at;
    block->raw.offset = raw->offset + at;
    block->raw.line = raw->line + tn_str_line_ends(tn_str_slice(raw->bytes, at));
    block->page = (struct tn_page_reading){.worker = document->worker, .site = site, .noting = true};
    struct tn_arena *arena = &document->worker->arena;
    untab(block->raw.bytes, block->raw.len);
    struct tn_str language = tn_euctr_twins(arena, block->raw.bytes, block->raw.len);
    const struct tn_page *page = tn_text_blocks(arena, tn_str_slice(block->raw.bytes, block->raw.len));
    if (!page || !tn_page_fill(&block->page, document->reader, &block->raw, page))
        return false;
    tn_page_cover_end(&block->page, page, document->worker);
    if (language.len)
        tn_set_text(block->page.reading.trial, TN_trial_language, language);
    return true;
}

/* What was accounted for in all blocks. */
static bool add_coverage(struct document *document)
{
    struct tn_coverage *all = &document->coverage;
    const struct tn_coverage *more = &document->worker->coverage;
    size_t size = sizeof *all->left;
    struct tn_left_over *left = tn_arena_grow(&document->worker->arena, (void *)(uintptr_t)all->left, all->left_count * size,
                                              (all->left_count + more->left_count + 1) * size);
    if (!left)
        return false;
    if (more->left_count)
        memcpy(left + all->left_count, more->left, more->left_count * size);
    all->left = left;
    all->left_count += more->left_count;
    all->characters += more->characters;
    all->accounted += more->accounted;
    return true;
}

/* Values of the span's lines, as they stand. */
static struct tn_str text_of(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_str lines = tn_page_join(page, span->lines, span->count, false);
    if (span->value.len == 0 || lines.len == 0)
        return span->value.len ? span->value : lines;
    return tn_str_format(page->reading.arena, "%.*s\n%.*s", (int)span->value.len, span->value.s, (int)lines.len, lines.s);
}

/* A program's word where a value should be: JSON_ERROR_HERE. */
static bool is_program_word(struct tn_str text)
{
    size_t bars = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!tn_is_upper(text.s[i]) && text.s[i] != '_')
            return false;
        bars += text.s[i] == '_';
    }
    return bars && (tn_str_find(text, TN_LIT("ERROR")) != TN_NO_OFFSET || tn_str_find(text, TN_LIT("UNDEFINED")) != TN_NO_OFFSET);
}

static void check_values(struct tn_page_reading *page)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct tn_span *span = &page->spans[i];
        struct tn_str text = span->value.len ? span->value : span->count ? span->lines[0]->whole : TN_LIT("");
        if (!span->label || !is_program_word(text))
            continue;
        tn_page_at(page, span->label);
        tn_warn(&page->reading, TN_BAD_VALUE, NULL, 0, "'%.*s' stands in the place of a value: %.*s",
                (int)tn_str_cut(text, 60), text.s, (int)tn_str_cut(span->name, 80), span->name.s);
    }
}

/* The country's own entry, which A.1 began. */
static struct tn_record *own_country(const struct tn_page_reading *page)
{
    for (size_t i = 0; i < page->group_count; i++)
        if (page->groups[i].row->type == &tn_type_country && page->groups[i].record &&
            tn_has(page->groups[i].record, TN_country_name))
            return page->groups[i].record;
    return NULL;
}

/* Countries that stand twice. */

static struct tn_str code_of(const struct block *block)
{
    struct tn_str code = tn_text(block->country, TN_country_code);
    return !block->country ? (struct tn_str){NULL, 0} : code.len ? code : tn_text(block->country, TN_country_name);
}

/* How many blocks before have the same country; the last of them in *at. */
static size_t before(const struct document *document, size_t i, size_t *at)
{
    struct tn_str code = code_of(&document->blocks[i]);
    size_t count = 0;
    for (size_t k = 0; k < i; k++)
        if (code.len && tn_str_eq(code_of(&document->blocks[k]), code)) {
            *at = k;
            count++;
        }
    return count;
}

/* "ES", "ES[2]" for a second block of Spain, "3" for the third block where no country is named. */
static void name_blocks(struct document *document)
{
    struct tn_arena *arena = &document->worker->arena;
    for (size_t i = 0; i < document->count; i++) {
        struct block *block = &document->blocks[i];
        struct tn_str code = code_of(block);
        size_t at, earlier = before(document, i, &at);
        block->label = code;
        if (code.len == 0)
            block->label = tn_str_format(arena, "Summary[%zu]", i + 1);
        else if (earlier)
            block->label = tn_str_format(arena, "%.*s[%zu]", (int)code.len, code.s, earlier + 1);
    }
}

/* "countries[2].name" behind an entry that is taken out is the entry before; of that entry itself nothing is left. */
static void renumber_origins(struct tn_record *trial, size_t gone)
{
    struct tn_str head = TN_LIT("countries[");
    for (size_t i = tn_count(trial, TN_trial_provenance); i-- > 0;) {
        struct tn_record *origin = tn_record_edit(trial, TN_trial_provenance, i);
        struct tn_str name = tn_text(origin, TN_origin_field);
        size_t close = tn_str_find_char(name, ']');
        unsigned long number;
        if (!tn_str_starts(name, head) || close == TN_NO_OFFSET ||
            !tn_str_uint(tn_str_slice(name.s + head.len, close - head.len), UINT32_MAX, &number) || number < gone)
            continue;
        if (number == gone)
            tn_remove_at(trial, TN_trial_provenance, i);
        else
            tn_set_text(origin, TN_origin_field, tn_str_format(trial->arena, "countries[%lu%s", number - 1, name.s + close));
    }
}

static void remove_country(struct tn_record *trial, size_t i)
{
    tn_remove_at(trial, TN_trial_countries, i);
    renumber_origins(trial, i);
}

static void remove_own_country(struct block *block)
{
    struct tn_record *trial = block->page.reading.trial;
    for (size_t i = 0; block->country && i < tn_count(trial, TN_trial_countries); i++)
        if (tn_record_at(trial, TN_trial_countries, i) == block->country) {
            remove_country(trial, i);
            return;
        }
}

/* Countries that a block lists and that have a block of their own: that says more. */
static void remove_listed_countries(struct document *document)
{
    for (size_t i = 0; i < document->count; i++) {
        struct tn_record *trial = document->blocks[i].page.reading.trial;
        for (size_t k = tn_count(trial, TN_trial_countries); k-- > 0;) {
            const struct tn_record *entry = tn_record_at(trial, TN_trial_countries, k);
            struct tn_str code = tn_text(entry, TN_country_code);
            bool own = false;
            for (size_t b = 0; b < document->count && !own; b++)
                own = code.len && document->blocks[b].country != entry && tn_str_eq(code_of(&document->blocks[b]), code);
            if (own && entry != document->blocks[i].country)
                remove_country(trial, k);
        }
    }
}

/* Of a country with several blocks the newest counts. */
static void drop_doubles(struct document *document, const struct tn_copy *copies)
{
    for (size_t i = 0; i < document->count; i++) {
        struct block *block = &document->blocks[i];
        size_t k = 0;
        if (!before(document, i, &k))
            continue;
        struct block *first = &document->blocks[k], *older = tn_str_cmp(copies[i].entered, copies[k].entered) < 0 ? block : first;
        struct tn_str name = tn_text(block->country, TN_country_name);
        block->page.reading.line = copies[i].line;
        tn_warn(&block->page.reading, TN_INCONSISTENT, block->page.reading.trial, TN_trial_countries,
                "%.*s has a block at line %u already: what was entered last counts", (int)tn_str_cut(name, 60), name.s,
                copies[k].line);
        block->page.reading.line = 0;
        remove_own_country(older);
        older->outdone = true;
        if (older == block) /* the next block of the country is held against this one */
            block->country = first->country;
    }
}

/* Sizes: what one country plans (F.4.1) is not the trial's where another block states that (F.4.2.2). */
static void prefer_whole_size(struct document *document)
{
    struct tn_str whole = TN_LIT("F.4.2.2");
    bool stated = false;
    for (size_t i = 0; i < document->count; i++)
        stated = stated || tn_str_starts(document->blocks[i].page.reading.noted[TN_trial_enrollment].label, whole);
    for (size_t i = 0; i < document->count && stated; i++) {
        struct tn_reading *reading = &document->blocks[i].page.reading;
        if (tn_str_starts(reading->noted[TN_trial_enrollment].label, whole))
            continue;
        tn_clear(reading->trial, TN_trial_enrollment);
        tn_clear(reading->trial, TN_trial_enrollment_type);
    }
}

/* Labels of the other blocks. */

struct stated {
    struct tn_str label, text;
    struct stated *next;
};

enum { BUCKETS = 4096 };

static struct stated **bucket_of(struct stated **buckets, struct tn_str label, struct tn_str text)
{
    uint32_t sum = UINT32_C(2166136261);
    for (size_t i = 0; i < label.len; i++)
        sum = (sum ^ (unsigned char)label.s[i]) * UINT32_C(16777619);
    for (size_t i = 0; i < text.len; i++)
        sum = (sum ^ (unsigned char)text.s[i]) * UINT32_C(16777619);
    return &buckets[(sum ^ sum >> 16) % BUCKETS];
}

/* True when the same was stated before; notes it. */
static bool was_stated(struct tn_arena *arena, struct stated **buckets, struct tn_str label, struct tn_str text)
{
    struct stated **bucket = bucket_of(buckets, label, text);
    for (const struct stated *s = *bucket; s; s = s->next)
        if (tn_str_eq(s->label, label) && tn_str_eq(s->text, text))
            return true;
    struct stated *more = tn_arena_alloc(arena, sizeof *more);
    if (more) {
        *more = (struct stated){label, text, *bucket};
        *bucket = more;
    }
    return false;
}

static bool holds_value(const struct tn_span *span)
{
    if (!span->row)
        return span->label != NULL;
    return span->row->mode != TN_MODE_SECTION && span->row->mode != TN_MODE_IGNORE && span->row->mode != TN_MODE_END;
}

/* What is in the country's entry, or in the trial's number, whichever block it stands in. */
static bool is_taken(const struct block *block, const struct tn_span *span)
{
    if (!span->row)
        return false;
    if (span->row->type == &tn_type_country)
        return block->country && !block->outdone && !(span->row->flags & TN_ROW_CUT);
    return span->row->type == &tn_type_ethics || (span->row->type == &tn_type_trial && span->row->field == TN_trial_trial_id);
}

static bool is_private(const struct block *block, const struct tn_span *span)
{
    return block->page.reading.options->redact && span->row &&
           (span->row->type == &tn_type_contact || (span->row->flags & TN_ROW_PEOPLE));
}

/* What the block says otherwise than the newest goes to `extra` of that, under its country's code. */
static void keep_others(struct document *document, struct stated **buckets, struct block *block, struct tn_reading *into)
{
    struct tn_page_reading *page = &block->page;
    struct tn_arena *arena = &document->worker->arena;
    for (size_t i = 0; i < page->count; i++) {
        const struct tn_span *span = &page->spans[i];
        struct tn_str text = holds_value(span) ? text_of(page, span) : TN_LIT("");
        bool country = span->row && span->row->type == &tn_type_country;
        struct tn_str label = country ? span->name : tn_page_label_path(page, span);
        struct tn_stated value = tn_stated_of(text);
        if (text.len == 0 || was_stated(arena, buckets, label, text) || !into || is_taken(block, span) ||
            is_private(block, span))
            continue;
        tn_put_extra(into, tn_str_format(arena, "%.*s.%.*s", (int)block->label.len, block->label.s, (int)label.len, label.s),
                     &value);
    }
}

static void join_extra(struct document *document, const struct tn_copy *copies, size_t newest)
{
    struct stated **buckets = tn_arena_zero(&document->worker->arena, BUCKETS * sizeof *buckets);
    if (!buckets)
        return;
    keep_others(document, buckets, &document->blocks[newest], NULL);
    for (size_t i = 0; i < document->count; i++)
        if (i != newest)
            keep_others(document, buckets, &document->blocks[i], copies[newest].reading);
}

/* All blocks as one trial: that of the one that is returned. */
static struct block *join(struct document *document)
{
    if (document->count == 1)
        return document->blocks;
    struct tn_copy *copies = tn_arena_alloc(&document->worker->arena, document->count * sizeof *copies);
    if (!copies)
        return NULL;
    prefer_whole_size(document);
    name_blocks(document);
    for (size_t i = 0; i < document->count; i++) {
        struct block *block = &document->blocks[i];
        size_t behind, first;
        int path;
        first = tn_line_block(tn_str_slice(block->raw.bytes, block->raw.len), tn_euctr_paths, 0, &behind, &path);
        copies[i] = (struct tn_copy){
            .reading = &block->page.reading,
            .name = block->label,
            .entered = tn_text(block->page.reading.trial, TN_trial_registered_date),
            .line = block->raw.line + tn_str_line_ends(tn_str_slice(block->raw.bytes, path < 0 ? 0 : first)),
        };
    }
    remove_listed_countries(document);
    drop_doubles(document, copies);
    size_t newest = tn_copies_newest(copies, document->count);
    join_extra(document, copies, newest);
    tn_copies_join(copies, document->count);
    return &document->blocks[newest];
}

/* Reading. */

/* The blocks of the record; *first is the path of the first, -1: there is none, which counts as one. */
static size_t count_blocks(struct tn_str text, int *first)
{
    size_t behind = 0, count = 1;
    int path;
    tn_line_block(text, tn_euctr_paths, 0, &behind, first);
    while (*first == TN_EUCTR_PROTOCOL && tn_line_block(text, tn_euctr_paths, behind, &behind, &path) < text.len && path >= 0)
        count++;
    return count;
}

static bool add_block(struct document *document, struct block *block, int path, size_t at, size_t end)
{
    if (!read_block(document, block, sites[path], at, end) || !add_coverage(document))
        return false;
    block->country = own_country(&block->page);
    check_values(&block->page);
    if (path == TN_EUCTR_SUMMARY)
        tn_euctr_summarise(&block->page);
    return true;
}

/* The blocks one after the other; what stands before the first belongs to it, unless it is the rest of another (`rest` its
 * path, else -1). False with *error set. */
static bool read_blocks(struct document *document, int path, int rest)
{
    const struct tn_raw *raw = document->raw;
    struct tn_str text = tn_str_slice(raw->bytes, raw->len);
    size_t behind = 0, at = 0, i = 0;
    int ignored;
    size_t first = tn_line_block(text, tn_euctr_paths, 0, &behind, &ignored);
    if (rest >= 0) {
        if (!add_block(document, &document->blocks[i++], rest, 0, first))
            return false;
        at = first;
    }
    for (; i < document->count; i++) {
        bool last = i + 1 == document->count;
        size_t end = last ? text.len : tn_line_block(text, tn_euctr_paths, behind, &behind, &ignored);
        if (!add_block(document, &document->blocks[i], path, at, end))
            return false;
        at = end;
    }
    return true;
}

static enum tn_severity refuse(const struct tn_raw *raw, enum tn_code code, const char *message, struct tn_error *error)
{
    tn_error_set(error, TN_FAILED, code, NULL, "%s", message);
    error->line = raw->line;
    error->offset = raw->offset;
    return TN_FAILED;
}

static struct tn_str trial_of(const struct block *block)
{
    return tn_text(block->page.reading.trial, TN_trial_trial_id);
}

static enum tn_severity end(const struct document *document, struct block *block, tn_emit_fn *emit, void *context,
                            struct tn_error *error)
{
    tn_page_sort_warnings(&block->page);
    block->page.reading.raw = document->raw;
    return tn_reading_end(&block->page.reading, emit, context, error);
}

/* The first block is the rest of a trial whose beginning was cut away. Where that is not the trial of the next, it is a
 * record of its own. */
static enum tn_severity end_rest(struct document *document, tn_emit_fn *emit, void *context, struct tn_error *error)
{
    struct block *rest = document->blocks;
    rest->page.reading.line = rest->raw.line;
    tn_warn(&rest->page.reading, TN_TRUNCATED_TEXT, NULL, 0, "the text begins within a record: what stood before is missing");
    rest->page.reading.line = 0;
    if (document->count > 1 && trial_of(rest).len && tn_str_eq(trial_of(rest), trial_of(rest + 1)))
        return TN_OK;
    if (document->count > 1) {
        document->blocks++;
        document->count--;
        return end(document, rest, emit, context, error);
    }
    return TN_OK;
}

static enum tn_severity read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                             tn_emit_fn *emit, void *context, struct tn_error *error)
{
    struct document document = {.reader = self, .worker = worker, .raw = raw};
    struct tn_str text = tn_str_slice(raw->bytes, raw->len);
    int path = -1, rest = -1, site;
    size_t behind;
    document.count = count_blocks(text, &path);
    struct tn_str before = tn_str_slice(text.s, path < 0 ? text.len : tn_line_block(text, tn_euctr_paths, 0, &behind, &site));
    bool cut = tn_euctr_remains(before, 1, &site);
    if (cut && path >= 0) {
        rest = site;
        document.count++;
    }
    if (document.count > TN_COPIES_MAX)
        return refuse(raw, TN_TOO_LARGE, "more blocks of one trial than there are countries", error);
    document.blocks = tn_arena_zero(&worker->arena, document.count * sizeof *document.blocks);
    if (!document.blocks || !read_blocks(&document, path < 0 ? site : path, rest))
        return refuse(raw, TN_NO_MEMORY, "out of memory", error);
    if (cut && end_rest(&document, emit, context, error) > TN_WARN)
        return error->severity;
    struct block *block = join(&document);
    if (!block)
        return refuse(raw, TN_NO_MEMORY, "out of memory", error);
    if (!cut && path < 0 && !tn_has(block->page.reading.trial, TN_trial_trial_id))
        return refuse(raw, TN_UNRECOGNISED, "no block of the register in this text", error);
    worker->coverage = document.coverage;
    worker->covered = true;
    worker->merged = document.count - 1;
    return end(&document, block, emit, context, error);
}

const struct tn_reader tn_reader_euctr = {
    .name = "euctr",
    .description = "text downloads of the EU Clinical Trials Register",
    .syntaxes = 1 << TN_SYNTAX_TEXT,
    .record_paths = tn_euctr_paths,
    .detect = tn_euctr_detect,
    .read = read,
};
