/* SPDX-License-Identifier: MIT */
#include "unit/support_document.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "input/members.h"
#include "input/split.h"

struct reading {
    struct tn_worker *worker;
    const struct tn_reader *reader;
    const struct tn_member *member; /* at hand */
    tn_emit_fn *emit;
    void *context;
    struct document_outcome outcome;
};

static void refuse(struct reading *reading, const struct tn_error *error)
{
    reading->outcome.failed++;
    reading->outcome.code = error->code;
}

/* The reader that was asked for, or the one that claims the bytes; NULL when nobody does. */
static const struct tn_reader *reader_of(struct reading *reading, struct tn_str bytes)
{
    struct tn_verdict verdict;
    struct tn_error error;
    if (reading->reader)
        return reading->reader;
    tn_detect_at(reading->worker, reading->member->url);
    if (tn_detect(reading->worker, bytes, &verdict, &error) <= TN_WARN)
        return verdict.reader;
    refuse(reading, &error);
    return NULL;
}

static void read_piece(struct reading *reading, const struct tn_reader *reader, enum tn_syntax syntax,
                       const struct tn_piece *piece)
{
    struct tn_raw raw = {
        .syntax = syntax,
        .bytes = piece->bytes,
        .len = piece->len,
        .file = "memory",
        .member = reading->member->name,
        .url = reading->member->url,
        .fetched = reading->member->fetched,
        .cut = reading->member->cut,
        .index = piece->index,
        .offset = piece->offset,
        .line = piece->line,
        .repaired = piece->repaired != 0,
        .decoding = piece->note,
    };
    struct tn_error error = {.code = TN_CODE_NONE};
    size_t trials = 0;
    if (piece->delimited)
        raw.delimited = *piece->delimited;
    if (!reader)
        reader = reader_of(reading, tn_str_slice(piece->bytes, piece->len));
    if (!reader)
        return;
    reading->outcome.records++;
    if (tn_read(reading->worker, reader, &raw, reading->emit, reading->context, &trials, &error) > TN_WARN)
        refuse(reading, &error);
    reading->outcome.trials += trials;
}

/* `reader` is NULL for a page, which is told when all of it is there. */
static void read_pieces(struct reading *reading, struct tn_split *split, const struct tn_reader *reader,
                        enum tn_syntax syntax)
{
    struct tn_piece piece;
    struct tn_error error;
    enum tn_split_result result;
    while ((result = tn_split_next(split, &piece, &error)) != TN_SPLIT_END) {
        if (result == TN_SPLIT_RECORD)
            read_piece(reading, reader, syntax, &piece);
        else if (result == TN_SPLIT_FAILED)
            refuse(reading, &error);
    }
}

static void read_structured(struct reading *reading, struct tn_split *split, struct tn_str head, enum tn_syntax syntax)
{
    const struct tn_reader *reader = reader_of(reading, head);
    const char *paths[TN_SPLIT_PATHS];
    char path[TN_RECORD_PATH_MAX];
    size_t count = 0;
    if (!reader)
        return;
    bool told = tn_record_path(reader, syntax, head, path, sizeof path);
    for (const char *const *own = reader->record_paths; own && *own && count < TN_SPLIT_PATHS - 1; own++)
        if (!told || strncmp(path, *own, strlen(*own)) != 0)
            paths[count++] = *own;
    if (told)
        paths[count++] = path;
    tn_split_by(split, syntax, paths, count);
    read_pieces(reading, split, reader, syntax);
}

/* A text that the one who claims it cuts into records; else it is a page. */
static bool is_cut(struct reading *reading, struct tn_str head, enum tn_syntax syntax)
{
    struct tn_verdict verdict;
    if (reading->reader)
        return reading->reader->record_paths;
    return syntax == TN_SYNTAX_TEXT && tn_detect(reading->worker, head, &verdict, NULL) <= TN_WARN && verdict.reader->record_paths;
}

static void read_document(struct reading *reading, struct tn_source *source)
{
    struct tn_split split;
    struct tn_str head;
    struct tn_error error;
    enum tn_syntax syntax = TN_SYNTAX_TEXT;
    tn_detect_at(reading->worker, reading->member->url);
    tn_split_init(&split, source, TN_DEFAULT_MAX_RECORD);
    bool good = tn_split_peek(&split, TN_SPLIT_PEEK, &head, &error);
    if (good)
        syntax = tn_syntax_of(head);
    if (good && reading->reader)
        syntax = tn_reader_syntax(reading->reader, syntax);
    if (!good) {
        refuse(reading, &error);
    } else if (!tn_syntax_is_page(syntax) || is_cut(reading, head, syntax)) {
        read_structured(reading, &split, head, syntax);
    } else {
        tn_split_whole(&split);
        read_pieces(reading, &split, NULL, syntax);
    }
    tn_split_release(&split);
}

struct document_outcome document_read(struct tn_worker *worker, const struct tn_reader *reader, struct tn_str bytes,
                                      size_t step, tn_emit_fn *emit, void *context)
{
    struct reading reading = {.worker = worker, .reader = reader, .emit = emit, .context = context};
    struct tn_source source;
    struct tn_member member;
    struct tn_error error;
    enum tn_members_result result;
    tn_source_memory(&source, bytes, step);
    struct tn_members *members = tn_members_new(&source, TN_DEFAULT_MAX_RECORD);
    reading.member = &member;
    while (members && (result = tn_members_next(members, &member, &error)) != TN_MEMBERS_END) {
        if (result == TN_MEMBER)
            read_document(&reading, &member.source);
        else if (result != TN_MEMBER_PASSED)
            refuse(&reading, &error);
    }
    tn_members_free(members);
    return reading.outcome;
}

size_t document_read_by_all(struct tn_worker *worker, enum tn_syntax syntax, struct tn_str bytes, tn_emit_fn *emit,
                            void *context)
{
    size_t trials = 0;
    for (const struct tn_reader *const *reader = tn_readers(); *reader; reader++)
        if (tn_reader_reads(*reader, syntax))
            trials += document_read(worker, *reader, bytes, 0, emit, context).trials;
    return trials;
}

struct tn_str document_text(struct tn_str bytes, struct tn_buf *out)
{
    struct tn_decoded decoded;
    tn_buf_init(out, 0);
    return tn_decode_page(bytes, (struct tn_str){NULL, 0}, out, &decoded) ? decoded.text : (struct tn_str){NULL, 0};
}

struct tn_str document_load(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return tn_str_slice(NULL, 0);
    struct stat about;
    char *bytes = NULL;
    if (fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode))
        bytes = malloc(about.st_size ? (size_t)about.st_size : 1);
    size_t len = bytes ? fread(bytes, 1, (size_t)about.st_size, file) : 0;
    fclose(file);
    return tn_str_slice(bytes, len);
}
