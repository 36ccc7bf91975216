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
    MARK(0, "\xFF\xFE\0\0", "UTF-32 text is not read yet; convert it with iconv"),
    MARK(0, "\0\0\xFE\xFF", "UTF-32 text is not read yet; convert it with iconv"),
    MARK(0, "\xFF\xFE", "UTF-16 text is not read yet; convert it with iconv"),
    MARK(0, "\xFE\xFF", "UTF-16 text is not read yet; convert it with iconv"),
    MARK(0, "\x1F\x8B", "compressed with gzip, which is not read yet; unpack it with gunzip"),
    MARK(0, "\xFD"
            "7zXZ\0",
         "compressed with xz, which is not read yet; unpack it with unxz"),
    MARK(0, "\x28\xB5\x2F\xFD", "compressed with zstd, which is not read yet; unpack it with unzstd"),
    MARK(0, "\x04\x22\x4D\x18", "compressed with lz4, which is not read yet; unpack it with unlz4"),
    MARK(0, "\x1F\x9D", "compressed with compress, which is not read yet; unpack it with uncompress"),
    MARK(0, "PK\x03\x04", "a zip archive (or an office document), which is not read yet; unpack it with unzip"),
    MARK(0, "PK\x05\x06", "an empty zip archive"),
    MARK(0, "7z\xBC\xAF\x27\x1C", "a 7z archive, which is not read yet; unpack it with 7z x"),
    MARK(0, "Rar!\x1A\x07", "a RAR archive, which is not read"),
    MARK(257, "ustar", "a tar archive, which is not read yet; unpack it with tar -x"),
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

static const char *known_kind(struct tn_str head)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (has_mark(head, marks[i].at, marks[i].bytes))
            return marks[i].message;
    return is_bzip2(head) ? "compressed with bzip2, which is not read yet; unpack it with bunzip2" : NULL;
}

/* Text in UTF-16 without a mark: most of its first characters are ASCII, so every other byte is NUL. */
static bool looks_like_utf16(struct tn_str head)
{
    size_t len = head.len < 64 ? head.len & ~(size_t)1 : 64;
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < len; i++)
        zeros[i & 1] += head.s[i] == '\0';
    size_t most = len / 2 - len / 8;
    return len >= 4 && ((zeros[0] == 0 && zeros[1] >= most) || (zeros[1] == 0 && zeros[0] >= most));
}

struct tally {
    size_t nuls;
    size_t controls; /* NULs too */
};

static struct tally count_controls(struct tn_str head)
{
    struct tally tally = {0, 0};
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

bool tn_decode_check(struct tn_str head, size_t *skip, struct tn_error *error)
{
    *skip = 0;
    if (head.len > TN_DECODE_HEAD)
        head.len = TN_DECODE_HEAD;
    const char *kind = known_kind(head);
    if (kind)
        return refuse(error, kind);
    if (has_mark(head, 0, TN_LIT("\xEF\xBB\xBF")))
        *skip = 3;
    head = tn_str_from(head, *skip);
    if (looks_like_utf16(head))
        return refuse(error, "UTF-16 text is not read yet; convert it with iconv");
    struct tally tally = count_controls(head);
    bool many = tally.controls > head.len / 50 + 1;
    if (tally.controls > head.len / 10 + 1 || (tally.nuls && many && !looks_structured(head)))
        return refuse(error, "the input is not text");
    return true;
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
