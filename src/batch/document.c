/* SPDX-License-Identifier: MIT */
/* One document: told by its beginning, cut into records, each read. */
#include "batch/batch.h"
#include "batch/kinds.h"
#include "batch/pool.h"
#include "batch/tables.h"
#include "core/line_path.h"

static struct tn_raw raw_of(const struct tn_batch *batch, const struct tn_piece *piece, enum tn_syntax syntax)
{
    struct tn_raw raw = {
        .syntax = syntax,
        .bytes = piece->bytes,
        .len = piece->len,
        .file = batch->path,
        .member = batch->member->name,
        .url = batch->member->url,
        .fetched = batch->member->fetched,
        .cut = batch->member->cut,
        .index = piece->index,
        .offset = piece->offset,
        .line = piece->line,
        .repaired = piece->replaced,
        .decoding = piece->note,
    };
    memcpy(raw.large, piece->large, sizeof raw.large);
    if (piece->delimited)
        raw.delimited = *piece->delimited;
    return raw;
}

/* A document that cannot be read at all is one lost record, unless its bytes could not even be had. */
static void refuse_document(struct tn_batch *batch, const struct tn_error *error)
{
    if (error->code == TN_IO)
        tn_batch_miss(batch, error);
    else if (!tn_batch_pass(batch, error))
        tn_batch_lose(batch, error);
}

static bool wanted(struct tn_batch *batch, const struct tn_verdict *verdict)
{
    const struct tn_document document = {batch->path, batch->member->name, verdict};
    const struct tn_visitor *visitor = batch->visitor;
    return !visitor->document || visitor->document(visitor->context, &document);
}

/* What has the name of a README has the words of one: a reader for anything would find a trial in it. */
static enum tn_severity doubt(const struct tn_batch *batch, struct tn_verdict *verdict, struct tn_error *error)
{
    const char *what = verdict->reader->generic ? tn_batch_beside(batch) : NULL;
    if (!what)
        return TN_OK;
    tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL, "%s", what);
    return TN_FAILED;
}

/* Who reads it: as prescribed, or by evidence. */
static enum tn_severity tell(struct tn_batch *batch, struct tn_str bytes, struct tn_verdict *verdict,
                             struct tn_error *error)
{
    tn_detect_at(batch->worker, batch->member->url);
    if (!batch->options->reader) {
        enum tn_severity severity = tn_detect(batch->worker, bytes, verdict, error);
        return severity > TN_WARN ? severity : doubt(batch, verdict, error);
    }
    *verdict = (struct tn_verdict){.syntax = tn_reader_syntax(batch->options->reader, tn_syntax_of(bytes)),
                                   .reader = batch->options->reader};
    return TN_OK;
}

/* A page is one record, and its detection wants to see all of it. */
void tn_batch_page(struct tn_batch *batch, const struct tn_raw *raw)
{
    struct tn_verdict verdict;
    struct tn_error error;
    if (tell(batch, tn_str_slice(raw->bytes, raw->len), &verdict, &error) > TN_WARN)
        refuse_document(batch, &error);
    else if (wanted(batch, &verdict))
        tn_batch_record(batch, verdict.reader, raw);
}

/* `reader` is NULL for a page. */
static void read_piece(struct tn_batch *batch, const struct tn_reader *reader, enum tn_syntax syntax,
                       const struct tn_piece *piece)
{
    const struct tn_raw raw = raw_of(batch, piece, syntax);
    if (batch->pool && reader)
        tn_pool_record(batch->pool, reader, &raw);
    else if (batch->pool)
        tn_pool_page(batch->pool, &raw);
    else if (reader)
        tn_batch_record(batch, reader, &raw);
    else
        tn_batch_page(batch, &raw);
}

/* `kinds` is NULL for a page, which is told when all of it is there. */
static void read_pieces(struct tn_batch *batch, struct tn_split *split, struct tn_kinds *kinds)
{
    const struct tn_document_kind *kind = kinds ? &kinds->of[0] : NULL;
    struct tn_piece piece;
    struct tn_error error;
    enum tn_split_result result;
    while (!batch->stopped && (result = tn_split_next(split, &piece, &error)) != TN_SPLIT_END) {
        bool bad = result == TN_SPLIT_FAILED || result == TN_SPLIT_DAMAGE;
        if (bad && !kinds && tn_batch_pass(batch, &error))
            continue;
        if (result == TN_SPLIT_FAILED)
            tn_batch_lose(batch, &error);
        else if (result == TN_SPLIT_DAMAGE)
            tn_batch_note_damage(batch, &error);
        else if (result == TN_SPLIT_CONTAINER)
            tn_batch_container(batch, tn_split_container(split));
        else if (result == TN_SPLIT_DOCUMENT)
            kind = tn_kinds_next(kinds, batch, split, kind);
        else
            read_piece(batch, kind ? kind->reader : NULL, kind ? kind->syntax : TN_SYNTAX_TEXT, &piece);
        tn_batch_tell_progress(batch);
    }
}

/* True when nothing stands in a document but empty containers: a search that found nothing (`{"totalCount":0,
 * "studies":[]}`) leaves no evidence of who made it, and nothing to read. */
static bool holds_nothing(struct tn_batch *batch, struct tn_split *split, enum tn_syntax syntax)
{
    const char *paths[TN_SPLIT_PATHS];
    size_t count = 0;
    const struct tn_reader *const *reader = batch->options->read.readers;
    for (reader = reader ? reader : tn_readers(); *reader; reader++)
        for (const char *const *path = (*reader)->record_paths; path && *path && count < TN_SPLIT_PATHS; path++)
            if (tn_reader_reads(*reader, syntax) && (**path == '<') == (syntax == TN_SYNTAX_XML))
                paths[count++] = *path;
    struct tn_piece piece;
    struct tn_error error;
    tn_split_by(split, syntax, paths, count);
    enum tn_split_result result = tn_split_next(split, &piece, &error);
    for (; result == TN_SPLIT_CONTAINER; result = tn_split_next(split, &piece, &error))
        tn_batch_container(batch, tn_split_container(split));
    return result == TN_SPLIT_END;
}

static const char unknown_table[] = "a table of AACT that the reader aact does not know";

static void read_structured(struct tn_batch *batch, struct tn_split *split, struct tn_str head)
{
    struct tn_verdict verdict;
    struct tn_error error;
    enum tn_severity told = tell(batch, head, &verdict, &error);
    if (tn_kinds_tell_first(batch, &head, told, &verdict, &error) > TN_WARN) {
        if (error.code == TN_UNRECOGNISED && head.len < TN_SPLIT_PEEK && head.len >= tn_batch_limit(batch))
            tn_error_set(&error, TN_FAILED, TN_TOO_LARGE, NULL,
                         "nobody can tell what it is by its first %zu bytes, which is what a record may have", head.len);
        bool empty = error.code == TN_UNRECOGNISED && (batch->visitor->trial || batch->pool) &&
                     verdict.syntax != TN_SYNTAX_DELIMITED && holds_nothing(batch, split, verdict.syntax);
        if (!empty && error.code == TN_UNRECOGNISED && tn_tables_unknown(batch, head, false))
            tn_batch_pass_beside(batch, unknown_table);
        else if (!empty)
            refuse_document(batch, &error);
        return;
    }
    if (!wanted(batch, &verdict))
        return;
    struct tn_kinds kinds;
    tn_kinds_begin(&kinds, split, head, &verdict);
    if (!batch->options->reader && (verdict.syntax == TN_SYNTAX_JSON || verdict.syntax == TN_SYNTAX_XML))
        tn_split_watch(split);
    read_pieces(batch, split, &kinds);
}

/* Of a web archive's pages, and of what lies beside records, a reader that was prescribed takes those that have its
 * syntax. */
static bool is_for_another(const struct tn_batch *batch, struct tn_str head, struct tn_error *error)
{
    const struct tn_reader *reader = batch->options->reader;
    enum tn_syntax found = tn_syntax_of(head);
    char names[64];
    bool pages = reader && (reader->syntaxes & TN_READS_PAGE) && tn_syntax_is_page(found);
    if (!reader || pages || tn_reader_reads(reader, found) || (!batch->member->one_of_many && !tn_batch_beside(batch)))
        return false;
    tn_reader_syntax_names(reader, names, sizeof names);
    tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL, "it is %s, and %s reads %s", tn_syntax_name(found), reader->name,
                 names);
    return true;
}

static bool is_structured(const struct tn_reader *reader, struct tn_str head)
{
    enum tn_syntax found = tn_syntax_of(head), syntax = reader ? tn_reader_syntax(reader, found) : found;
    return !tn_syntax_is_page(syntax);
}

static bool has_blocks(const struct tn_reader *reader, struct tn_str head)
{
    size_t behind;
    int path = -1;
    if (reader && reader->record_paths && tn_reader_reads(reader, TN_SYNTAX_TEXT))
        tn_line_block(head, reader->record_paths, 0, &behind, &path);
    return path >= 0;
}

/* A text that begins like those which a reader cuts into records is read so, if that reader has the best claim to it. False:
 * it is a page. */
static bool read_blocks(struct tn_batch *batch, struct tn_split *split, struct tn_str head)
{
    struct tn_verdict verdict;
    struct tn_error error;
    const struct tn_reader *const *reader = batch->options->read.readers;
    bool any = has_blocks(batch->options->reader, head);
    for (reader = reader ? reader : tn_readers(); *reader && !any && !batch->options->reader; reader++)
        any = has_blocks(*reader, head);
    if (!any || tn_syntax_of(head) != TN_SYNTAX_TEXT || tell(batch, head, &verdict, &error) > TN_WARN ||
        !has_blocks(verdict.reader, head))
        return false;
    if (!wanted(batch, &verdict))
        return true;
    struct tn_kinds kinds;
    verdict.syntax = TN_SYNTAX_TEXT;
    tn_kinds_begin(&kinds, split, head, &verdict);
    read_pieces(batch, split, &kinds);
    return true;
}

/* A table is laid down until all those of its folder are there. */
static bool read_table(struct tn_batch *batch, struct tn_split *split, struct tn_str head)
{
    struct tn_verdict verdict;
    if (!tn_tables_claim(batch, head, &verdict))
        return false;
    if (wanted(batch, &verdict))
        tn_tables_read(batch, split);
    return true;
}

static void read_document(struct tn_batch *batch, struct tn_source *source)
{
    struct tn_split split;
    struct tn_str head;
    struct tn_error error;
    batch->counts->documents++;
    tn_split_init(&split, source, tn_batch_limit(batch));
    if (!tn_split_peek(&split, TN_SPLIT_PEEK, &head, &error)) {
        refuse_document(batch, &error);
    } else if (is_for_another(batch, head, &error)) {
        tn_batch_pass(batch, &error);
    } else if (read_table(batch, &split, head)) {
        tn_batch_tell_progress(batch);
    } else if (tn_tables_unknown(batch, head, true)) {
        tn_batch_pass_beside(batch, unknown_table);
    } else if (is_structured(batch->options->reader, head)) {
        read_structured(batch, &split, head);
    } else if (!read_blocks(batch, &split, head)) {
        tn_split_whole(&split);
        read_pieces(batch, &split, NULL);
    }
    tn_split_release(&split);
}

/* A pipe may give its records one by one, and nobody waits until it is known whether they are many. */
static bool comes_slowly(const struct tn_batch *batch)
{
    return !batch->member->name && batch->open && !batch->open->read_at;
}

void tn_batch_document(struct tn_batch *batch, struct tn_source *source)
{
    struct tn_prefix *prefix = NULL;
    bool apart = batch->pool && !comes_slowly(batch) && !tn_tables_may(batch, batch->path, batch->member);
    if (apart && tn_pool_document(batch->pool, &source, &prefix))
        return;
    read_document(batch, source);
    tn_prefix_free(prefix);
}

size_t tn_batch_limit(const struct tn_batch *batch)
{
    return batch->options->read.max_record ? batch->options->read.max_record : TN_DEFAULT_MAX_RECORD;
}
