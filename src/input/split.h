/* SPDX-License-Identifier: MIT */
/* Cuts an input into records before any parser sees it, in memory that depends on the largest record and not on the
 * size of the input.
 *
 *     tn_split_init(&split, &source, max_record);
 *     if (tn_split_peek(&split, TN_SPLIT_PEEK, &head, &error))      who reads it?
 *         tn_split_json(&split, paths, count);                      or tn_split_xml, tn_split_whole
 *     while ((result = tn_split_next(&split, &piece, &error)) != TN_SPLIT_END) ...
 *     tn_split_release(&split);
 *
 * JSON comes as one document or several, one behind the other with blanks, line ends, commas or nothing between them
 * (NDJSON is the case where each stands on its line). A document is
 *  - an object that holds a record path: a container, whose records are cut out (`{"totalCount":2,"studies":[…]}`);
 *  - any other object: a record;
 *  - an array of documents (`[{…},{…}]`, also an array of containers, as `jq -s` makes it from pages).
 *
 * What is damaged costs as little as possible. A record that is no JSON, ends too early, is nested too deep or is too
 * large is one TN_SPLIT_FAILED, and cutting goes on
 *  1. at the first line inside it that begins with `{` in column 0 (so that the records which a broken NDJSON line
 *     swallowed are found again), or else
 *  2. behind the bracket that closes it (quotes and brackets are counted on, whatever is wrong between them).
 * Text between documents is one TN_SPLIT_FAILED for all lines up to the next that begins with a bracket.
 * The grammar is only watched as far as damage shows: brackets match, keys have colons, values have commas between
 * them. The spelling of numbers, words and escapes is the parser's to judge. Kept although it is no JSON, with a mark in
 * `repaired`: a line end inside a string (unless the next line begins with `{`: then the string was cut), NUL bytes,
 * the escape \u0000 and escapes of half a surrogate pair. Other control characters in strings stay, unmarked, for the
 * text cleaner. Each record is decoded on its own: as UTF-8, or, where it is none, by the label of the source.
 *
 * XML (tn_split_xml) is cut by the names of elements. A record is an element at a record path; inside of it nothing is
 * one, whatever its name. What stands between records is passed over, but for the attributes of the elements around
 * them, which a container states (`<allTrials totalCount="31">`). Markup alone is looked at: tags match, comments and the
 * like are skipped, a `<` that begins none of these is text; all else is the parser's to judge. A record that is broken,
 * cut, nested too deep or too large is one TN_SPLIT_FAILED, and cutting goes on
 *  1. at the first tag inside it that begins a record, since what lost its end swallows those behind it, or else
 *  2. at the next tag that begins or ends a record, or ends an element around it.
 * A file may hold several documents. Each record is decoded on its own: as UTF-8, or, where it is none, as its document
 * declares. A DOCTYPE is skipped: no entity is ever declared.
 *
 * Delimited text (tn_split_delimited) is cut into rows by its quotation marks; line ends in quoted cells belong to them.
 * A quotation mark that is never closed must not swallow the rows behind it. Where a row that went over its line has not
 * as many cells as there are columns, and its first line alone has (the open mark taken as text), or where 64 KiB on the
 * cell is still open and holds whole rows one behind the other, or where it never ends, the row is that first line; the
 * reader tells of its mark. A cell that is open at the end of all is cut, unless rows stand in it: what is left is one row.
 * Files may stand one behind the other: a row that is the header again is none, and names of columns in another order are the header from there
 * on, also where the file before lacks its last line end. Each row is decoded on its own: as UTF-8, or, where it is none, by the label of the source.
 *
 * Text (tn_split_lines) is cut into blocks by the lines that they begin with, and neighbouring blocks that name the same
 * key are one record. What stands before the first block belongs to it, what stands behind the last to that one. A
 * record that is too large is lost as a whole: cutting goes on at the next block with another key. Each record is decoded
 * on its own, as of XML.
 *
 * UTF-16 and UTF-32, with a byte-order mark or (UTF-16) told by its NULs, are converted while they are read; offsets and
 * lines are then those of the UTF-8 text. A page may be in any character set: tn_decode_page, with source->charset. */
#ifndef TN_INPUT_SPLIT_H
#define TN_INPUT_SPLIT_H

#include <stdint.h>

#include "core/arena.h"
#include "core/buf.h"
#include "core/delimited.h"
#include "core/str.h"
#include "core/xml_lexer.h"
#include "input/decode.h"
#include "input/recode.h"
#include "input/source.h"
#include "trialnorm/reader.h"

enum {
    TN_SPLIT_PEEK = 64 * 1024, /* what detection looks at */
    TN_SPLIT_PATHS = 16,       /* record paths at most */
    TN_SPLIT_STEPS = 8,        /* steps in a record path at most: `a.b[]` has three */
    TN_SPLIT_FRAMES = 16,      /* brackets around a record at most */
    TN_SPLIT_MEMBERS = 32,     /* members of a container that are remembered */
    TN_SPLIT_NAME = 64,        /* bytes of a member's name that are remembered */
    TN_SPLIT_LARGE = 1024      /* members of a record that are noted have so many bytes at least */
};

enum tn_split_result {
    TN_SPLIT_END,       /* nothing more */
    TN_SPLIT_RECORD,    /* *piece is a record */
    TN_SPLIT_FAILED,    /* a record was lost: *error says why, *piece where (no bytes). Go on. */
    TN_SPLIT_DAMAGE,    /* *error is about the input and not about one record: it cannot be read (TN_IO), holds nothing
                           (TN_EMPTY_INPUT), its container has no end or goes on as no container does (TN_TRUNCATED,
                           TN_SYNTAX), a comma between records is missing (TN_INCONSISTENT, only TN_WARN). Go on. */
    TN_SPLIT_CONTAINER, /* a container ended: see tn_split_container. Go on. */
    TN_SPLIT_DOCUMENT,  /* a document begins that may be of another kind than the one before: see tn_split_watch. Go on. */
};

/* What was repaired in a piece, or-ed. */
enum {
    TN_PIECE_BYTES = 1,   /* NUL bytes or invalid UTF-8 became U+FFFD (a NUL between values became a blank) */
    TN_PIECE_ESCAPES = 2, /* \u0000 or half a surrogate pair became \ufffd */
    TN_PIECE_NEWLINES = 4 /* there are line ends inside strings */
};

/* One record. Everything is valid until the next call of tn_split_next. */
struct tn_piece {
    char *bytes; /* may be changed by the caller; a NUL stands behind them */
    size_t len;
    size_t offset;      /* of its first byte in the input */
    unsigned line;      /* of its first byte, from 1 */
    size_t index;       /* running number of the record in the input, from 0; lost ones are counted */
    struct tn_str path; /* where it stands in its document: "studies[3]", "[0]", "" */
    unsigned repaired;  /* TN_PIECE_... ; with TN_PIECE_BYTES offsets inside the piece are no longer the input's */
    size_t replaced;    /* characters that were replaced by U+FFFD or \ufffd */
    const char *note;   /* what is to be said of a page's character set; NULL: nothing */
    struct tn_raw_member large[TN_RAW_MEMBERS]; /* its first members that are long; len 0: no more */
    const struct tn_delimited *delimited; /* of a row: how it is written, and its header */
};

/* What a container holds besides its records. */
struct tn_split_member {
    struct tn_str name; /* its path in the document: "totalCount", "FullStudiesResponse.NStudiesFound"; of a short object
                           its numbers and truth values too, "pagination.totalRecords" */
    struct tn_str text; /* a scalar as it is written, without quotes, escapes left (256 bytes at most); {NULL, 0} for an
                           array or object */
};

struct tn_container {
    size_t records; /* found at the record path, lost ones counted */
    size_t failed;  /* of which lost by the splitter */
    bool complete;  /* its closing bracket was found */
    size_t count;   /* members: at most TN_SPLIT_MEMBERS, further ones are not listed */
    struct tn_split_member members[TN_SPLIT_MEMBERS];
    struct tn_str path; /* the record path that was found: "studies[]" */
    size_t offset;      /* where it begins in the input */
    unsigned line;
};

/* --- The inside: no member is for callers. --- */

/* A string-aware reader of one value that can stop at any byte and go on when more bytes are there. */
struct tn_scan {
    unsigned char state;
    unsigned char closes; /* the state behind the string that it is in */
    unsigned depth;       /* brackets that are open */
    unsigned outer;       /* brackets around the value that count for TN_MAX_DEPTH too */
    unsigned repaired;
    size_t replaced;
    size_t passed;                              /* bytes of the record before those that are scanned now */
    size_t opened;                              /* where in the record the last of its own brackets opened */
    size_t large_count;                         /* long ones of these that have closed, */
    struct tn_raw_member large[TN_RAW_MEMBERS];
    uint64_t objects[(TN_MAX_DEPTH + 63) / 64]; /* bit set: the bracket at this depth is { */
};

/* How a document begins. */
struct tn_split_beginning {
    bool known;
    enum tn_syntax syntax;
    uint32_t names; /* as a hash */
};

/* One bracket around the records. */
struct tn_split_frame {
    bool array;
    bool documents;      /* an array whose items are documents */
    bool final;          /* an array whose items are records */
    unsigned char steps; /* of the record path that were taken to get here */
    uint32_t live;       /* record paths that go on from here */
    size_t items;        /* begun so far in an array */
    size_t name_len;     /* of the member that is being read in an object */
    char name[TN_SPLIT_NAME];
};

/* Where the cutting of XML stands. Elements around records are frames. */
struct tn_split_xml {
    bool on;
    struct tn_xml_lexer lexer;
    unsigned depth;    /* open elements of the record; 0: outside of records */
    unsigned deeper;   /* elements around that are nested deeper than there are frames */
    unsigned attributes; /* of elements around that were noted as members */
    bool recovering;   /* behind a lost record */
    bool text_said;    /* text outside of elements was told */
    bool known_root;   /* the document's first element begins a record path */
    uint32_t own;      /* name of the record's element */
    uint32_t names[TN_MAX_DEPTH]; /* of the record's open elements, as hashes */
    size_t no_end_at;  /* offset in the input from which on what lexer.no_end says holds */
    char charset[40];  /* that the document declares; "": none */
};

/* Where the cutting of delimited text stands. */
struct tn_split_delimited {
    bool on;
    bool begun;    /* the header was read */
    bool in_row;   /* split->record is a row's */
    bool judged;   /* ... which is long, and whose quoted cell holds no rows */
    bool skipping; /* the rest of a lost row */
    unsigned told; /* so many times it was told how the rows are written */
    struct tn_delimited form;
    struct tn_header_names names;
    struct tn_buf header;
    struct tn_row_scan scan;
};

/* Where the cutting of text into blocks stands. Offsets are in the input; TN_NO_OFFSET: none. */
struct tn_split_lines {
    bool on;
    bool open;     /* split->record is a record's */
    bool joining;  /* a block behind it began at `block`; it is the same record's if its key is */
    bool keyed;    /* the key of the block that is read is known */
    bool skipping; /* the rest of a line that is too long */
    bool lost;     /* blocks with the key `last` are the rest of a record that was lost */
    unsigned path; /* of the block that is read */
    unsigned begun_path;
    size_t head;   /* what stands before the first block */
    size_t line;   /* the line that is read */
    size_t begun;  /* a line as the first of a block of `begun_path` */
    size_t block;
    size_t last_len;
    char last[TN_SPLIT_NAME]; /* key of the record */
};

struct tn_split {
    struct tn_source *source;
    size_t max_record;
    char *buffer; /* the bytes from `base` on in the input, with zeros behind them */
    size_t room, filled;
    size_t base;    /* offset in the input of buffer[0] */
    size_t at;      /* in the buffer: next byte to look at */
    size_t counted; /* in the buffer: line ends are counted up to here, */
    unsigned line;  /* which is in this line */
    size_t token;   /* offset in the input of the key or member that is being scanned */
    size_t record;  /* ... of the record that is being scanned */
    unsigned record_line;
    size_t saved_at; /* in the buffer: where the NUL behind a piece stands (TN_NO_OFFSET: none), */
    char saved;      /* and the byte that was there */
    size_t floor;    /* a failed scan came up to this offset in the input, */
    unsigned retries; /* and so many failed scans came no further */
    bool ended;     /* the source has no more */
    bool checked;   /* its beginning was looked at */
    bool marked;    /* it began with the mark of UTF-8 */
    bool recoded;   /* it is read through `recoding`, since it is in UTF-16 or UTF-32 */
    struct tn_recoding recoding;
    struct tn_decoded decoded; /* the page */
    bool whole;
    struct tn_split_xml xml;
    struct tn_split_delimited rows;
    struct tn_split_lines lines;
    bool candidate; /* frames from `root` on are an object that is a record unless a record path is found in it */
    bool dropping;  /* what is scanned is not kept */
    bool watching;  /* documents that begin otherwise are told */
    size_t told_at; /* offset of the one that was told last; TN_NO_OFFSET: none */
    struct tn_split_beginning beginning; /* of the document */
    bool damaged;   /* something was lost: what follows may be anything */
    bool strays;    /* the items before were no records */
    bool comma_said;
    bool any;       /* something other than blanks was there */
    struct tn_scan scan;
    unsigned char state;
    unsigned char next_result; /* of the next call, where one step has two things to tell */
    unsigned depth, root, container_root;
    struct tn_split_frame frames[TN_SPLIT_FRAMES];
    size_t index;
    unsigned path_count;
    unsigned char step_count[TN_SPLIT_PATHS];
    struct tn_str steps[TN_SPLIT_PATHS][TN_SPLIT_STEPS]; /* {NULL, 0}: an array's items */
    struct tn_str path_text[TN_SPLIT_PATHS];
    bool path_likes; /* one of them has a step "a|*" */
    uint32_t like;   /* the name of the first record's first member, as a hash, where they have; 0: not known */
    bool container_open;
    struct tn_container container;
    struct tn_arena members;
    struct tn_buf repaired;
    struct tn_error stray; /* what will be said of the item that is no record */
    char path[TN_SPLIT_FRAMES * (TN_SPLIT_NAME + 24)];
};

/* --- The functions. --- */

/* Reads from `source`, which stays the caller's and must live as long as the splitter. No record may be larger than
 * max_record bytes. Takes no memory yet. */
void tn_split_init(struct tn_split *split, struct tn_source *source, size_t max_record);
void tn_split_release(struct tn_split *split);

/* The first `want` bytes of the input (at most max_record of them, and fewer where it ends), a byte-order mark skipped,
 * for detection. May be called again for more, before the first tn_split_next or after TN_SPLIT_DOCUMENT. A page is not decoded yet, unless it is
 * in UTF-16 or UTF-32. False with *error set: it cannot be read (TN_IO), is not text (TN_BINARY), is empty or blank (TN_EMPTY_INPUT), or memory is short; tn_split_next then
 * gives TN_SPLIT_END at once. *head is valid until the next call. */
bool tn_split_peek(struct tn_split *split, size_t want, struct tn_str *head, struct tn_error *error);

/* Records are cut out of JSON at these paths: `studies[]`, `FullStudiesResponse.FullStudies[]`, `data.items[].study`:
 * names of members with points between them, `[]` for the items of an array; a name comes first. `*` is a member of any
 * name whose value is an object (`trials.*`, an object keyed by identifiers) or an array (`*[]`); `a|*` is `a` and, behind
 * the first record, any member of the same kind: where it is or holds records, only those that begin with the same name
 * as the first one. The texts must live
 * as long as the splitter. False when there are too many or one is too long or written otherwise (a mistake of the
 * program's). */
bool tn_split_json(struct tn_split *split, const char *const *paths, size_t count);

/* The input is XML, and records are the elements at these paths: `<clinical_study>` wherever it is, `<trials><trial>`
 * wherever a `trial` stands right inside a `trials`; names without prefixes. Without paths the outermost element is the
 * record. A path that does not begin with `<` is passed over: it is one of JSON. Else as tn_split_json. */
bool tn_split_xml(struct tn_split *split, const char *const *paths, size_t count);
/* The input is delimited text: its first row is the header, every other row in which something stands is a record. How
 * it is written is told by its first 64 KiB (tn_delimited_tell). */
void tn_split_delimited(struct tn_split *split);

/* One of these, by the syntax; of HTML, and of text without paths, the input is a page. */
bool tn_split_by(struct tn_split *split, enum tn_syntax syntax, const char *const *paths, size_t count);

/* The input is text, and records are blocks of lines at these paths (core/line_path.h). One that is of another syntax is
 * passed over. Without a block the whole is one record. Else as tn_split_json. */
bool tn_split_lines(struct tn_split *split, const char *const *paths, size_t count);

/* The whole input is one record (a page), in whatever character set. */
void tn_split_whole(struct tn_split *split);

/* From here on the beginning of a document is told (TN_SPLIT_DOCUMENT) when it has not the beginning of the one before: of
 * JSON the name of the first member, of XML those of the first elements; so is `<` where a document of JSON should begin,
 * and `{` or `[` where one of XML should. The first document is told too. tn_split_peek then gives the input from this
 * document on, and tn_split_change may choose anew. Costs next to nothing as long as all begin alike. */
void tn_split_watch(struct tn_split *split);

/* Of the document that was told, a number that is the same for all that begin so. */
uint32_t tn_split_kind(const struct tn_split *split);

/* After TN_SPLIT_DOCUMENT: the document and those behind it are of that syntax, JSON or XML, and their records stand at these
 * paths. Else as tn_split_by. */
bool tn_split_change(struct tn_split *split, enum tn_syntax syntax, const char *const *paths, size_t count);

/* The next record or event. After TN_SPLIT_END it stays there. Without a call of tn_split_peek before, what that
 * refuses comes as TN_SPLIT_DAMAGE. Without any of these the input is JSON without containers. */
enum tn_split_result tn_split_next(struct tn_split *split, struct tn_piece *piece, struct tn_error *error);

/* The container that TN_SPLIT_CONTAINER told of; valid until the next call of tn_split_next. */
const struct tn_container *tn_split_container(const struct tn_split *split);

#endif
