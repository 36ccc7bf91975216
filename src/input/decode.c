/* SPDX-License-Identifier: MIT */
#include "input/decode.h"

#include "core/utf8.h"

/* Beginnings that are no text of ours. `at` is the offset of the mark; longer marks stand before their beginnings. */
static const struct mark {
    size_t at;
    struct tn_str bytes;
    const char *message;
} marks[] = {
#define MARK(at, literal, message) {at, {literal, sizeof(literal) - 1}, message}
    MARK(0, "\x1F\x8B", "compressed with gzip, and that in a file that was unpacked already; unpack it with gunzip"),
    MARK(0, "\xFD"
            "7zXZ\0",
         "compressed with xz, and that in a file that was unpacked already; unpack it with unxz"),
    MARK(0, "\x28\xB5\x2F\xFD", "compressed with zstd, and that in a file that was unpacked already; unpack it with unzstd"),
    MARK(0, "\x04\x22\x4D\x18", "compressed with lz4, which is not read yet; unpack it with unlz4"),
    MARK(0, "\x1F\x9D", "compressed with compress, which is not read yet; unpack it with uncompress"),
    MARK(0, "PK\x03\x04", "an office document, a book or a program packed as zip, which is not read; save it as text or CSV"),
    MARK(0, "PK\x05\x06", "an empty zip archive"),
    MARK(0, "7z\xBC\xAF\x27\x1C", "a 7z archive where a document should stand"),
    MARK(0, "Rar!\x1A\x07", "a RAR archive, which is not read"),
    MARK(257, "ustar", "a tar archive where a document should stand"),
    MARK(0, "%PDF-", "a PDF document, which is not read; convert it with pdftotext"),
    MARK(0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an office document, which is not read; save it as text or CSV"),
    MARK(0, "SQLite format 3\0", "an SQLite database, which is not read"),
    MARK(0, "\x89PNG\r\n", "a PNG picture, which is not text"),
    MARK(0, "\xFF\xD8\xFF", "a JPEG picture, which is not text"),
    MARK(0, "GIF8", "a GIF picture, which is not text"),
    MARK(0, "\x7F"
            "ELF",
         "a program, which is not text"),
#undef MARK
};

static bool refuse(struct tn_error *error, const char *message)
{
    tn_error_set(error, TN_FAILED, TN_BINARY, NULL, "%s", message);
    if (error)
        error->offset = 0;
    return false;
}

static bool has_mark(struct tn_str head, size_t at, struct tn_str bytes)
{
    return head.len >= at + bytes.len && memcmp(head.s + at, bytes.s, bytes.len) == 0;
}

/* bzip2: `BZh`, the block size, and the first block's mark, because a page may well begin with three letters. */
static bool is_bzip2(struct tn_str head)
{
    return head.len >= 10 && memcmp(head.s, "BZh", 3) == 0 && tn_is_digit(head.s[3]) &&
           memcmp(head.s + 4, "1AY&SY", 6) == 0;
}

/* Byte-order marks; the longer ones stand before their beginnings. */
static const struct {
    struct tn_str bytes;
    enum tn_charset charset;
} order_marks[] = {
    {{"\xFF\xFE\0\0", 4}, TN_CHARSET_UTF_32LE}, {{"\0\0\xFE\xFF", 4}, TN_CHARSET_UTF_32BE},
    {{"\xFF\xFE", 2}, TN_CHARSET_UTF_16LE},     {{"\xFE\xFF", 2}, TN_CHARSET_UTF_16BE},
    {{"\xEF\xBB\xBF", 3}, TN_CHARSET_UTF_8},
};

static struct tn_beginning order_mark(struct tn_str head)
{
    for (size_t i = 0; i < sizeof order_marks / sizeof order_marks[0]; i++)
        if (has_mark(head, 0, order_marks[i].bytes))
            return (struct tn_beginning){order_marks[i].charset, order_marks[i].bytes.len};
    return (struct tn_beginning){TN_CHARSET_NONE, 0};
}

static const char *known_kind(struct tn_str head)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (has_mark(head, marks[i].at, marks[i].bytes))
            return marks[i].message;
    return is_bzip2(head) ? "compressed with bzip2, and that in a file that was unpacked already; unpack it with bunzip2" : NULL;
}

/* UTF-16 without a mark: ASCII characters have a NUL in every other byte, and no byte is NUL elsewhere. Of a short
 * text most characters must be ASCII; a longer one may hold another script between its blanks and its markup. */
static enum tn_charset unmarked_utf16(struct tn_str head)
{
    size_t units = head.len / 2, zeros[2] = {0, 0};
    if (tn_str_find_char(head, '\0') == TN_NO_OFFSET)
        return TN_CHARSET_NONE;
    for (size_t i = 0; i < 2 * units; i++)
        zeros[i & 1] += head.s[i] == '\0';
    size_t high = zeros[1] > zeros[0];
    size_t enough = units - units / 4 < 32 ? units - units / 4 : units / 8 > 32 ? units / 8 : 32;
    if (units < 2 || zeros[high] < enough || zeros[1 - high] > zeros[high] / 64)
        return TN_CHARSET_NONE;
    return high ? TN_CHARSET_UTF_16LE : TN_CHARSET_UTF_16BE;
}

struct tally {
    size_t nuls;
    size_t controls; /* NULs too */
};

/* Most text has none. Without branches, so that compilers make vectors of it. */
static bool has_controls(struct tn_str head)
{
    unsigned char any = 0;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.s[i];
        any |= (unsigned char)(((c < 0x20) & ((unsigned char)(c - '\t') > '\r' - '\t')) | (c == 0x7F));
    }
    return any;
}

static struct tally count_controls(struct tn_str head)
{
    struct tally tally = {0, 0};
    if (!has_controls(head))
        return tally;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.s[i];
        bool control = (c < 0x20 && !tn_is_space((char)c) && c != 0x1B && c != 0x1E) || c == 0x7F;
        tally.controls += control;
        tally.nuls += c == 0;
    }
    return tally;
}

static bool looks_structured(struct tn_str head)
{
    struct tn_str text = tn_str_trim(head);
    return text.len && memchr("{[<", text.s[0], 3) != NULL;
}

struct tn_beginning tn_decode_beginning(struct tn_str head)
{
    struct tn_beginning beginning = order_mark(head);
    if (head.len > TN_DECODE_HEAD)
        head.len = TN_DECODE_HEAD;
    if (beginning.skip == 0)
        beginning.charset = unmarked_utf16(head);
    return beginning;
}

static bool check_controls(struct tn_str head, struct tally tally, struct tn_error *error)
{
    bool many = tally.controls > head.len / 50 + 1;
    if (tally.controls > head.len / 10 + 1 || (tally.nuls && many && !looks_structured(head)))
        return refuse(error, "the input is not text");
    return true;
}

/* What a file was filled up with at its end says nothing of what it is. */
static struct tn_str before_filling(struct tn_str head)
{
    struct tn_str text = head;
    while (text.len && text.s[text.len - 1] == '\0')
        text.len--;
    return text.len ? text : head;
}

bool tn_decode_check(struct tn_str head, struct tn_beginning *beginning, struct tn_error *error)
{
    if (head.len > TN_DECODE_HEAD)
        head.len = TN_DECODE_HEAD;
    *beginning = tn_decode_beginning(head);
    const char *kind = beginning->skip ? NULL : known_kind(head);
    if (kind)
        return refuse(error, kind);
    if (tn_charset_unit(beginning->charset) > 1)
        return true;
    head = before_filling(tn_str_from(head, beginning->skip));
    return check_controls(head, count_controls(head), error);
}

bool tn_decode_is_text(struct tn_str head, struct tn_error *error)
{
    if (head.len > TN_DECODE_HEAD)
        head.len = TN_DECODE_HEAD;
    struct tally tally = count_controls(head);
    for (size_t i = 0; i < head.len; i++)
        tally.controls += (unsigned char)head.s[i] == 0xFF;
    return check_controls(head, tally, error);
}

bool tn_decode_clean(struct tn_str text)
{
    return tn_utf8_valid(text) == text.len && tn_str_find_char(text, '\0') == TN_NO_OFFSET;
}

size_t tn_decode_repair(struct tn_str text, struct tn_buf *out)
{
    size_t repaired = 0;
    for (;;) {
        size_t nul = tn_str_find_char(text, '\0');
        repaired += tn_utf8_repair(tn_str_slice(text.s, nul == TN_NO_OFFSET ? text.len : nul), out);
        if (nul == TN_NO_OFFSET)
            return repaired;
        tn_buf_add(out, TN_REPLACEMENT, 3);
        repaired++;
        text = tn_str_from(text, nul + 1);
    }
}
