/* SPDX-License-Identifier: MIT */
/* What kind of bytes an input is made of, told from its beginning, and text made valid UTF-8.
 *
 * A mark at the beginning, or NULs in every other place, tell UTF-16 and UTF-32, in which any input may come: the
 * splitter converts it as it reads (split.h). All else is UTF-8, but for pages (text and HTML), which may be in any
 * character set: tn_decode_page. */
#ifndef TN_INPUT_DECODE_H
#define TN_INPUT_DECODE_H

#include "core/buf.h"
#include "core/str.h"
#include "input/charset.h"

/* So many bytes of the beginning are looked at. */
enum { TN_DECODE_HEAD = 8192 };

/* What the beginning of an input tells. */
struct tn_beginning {
    enum tn_charset charset; /* UTF-8 (with a mark), UTF-16 or UTF-32; TN_CHARSET_NONE: some set of single bytes */
    size_t skip;             /* length of the byte-order mark, 0 without one */
};

/* That alone. Looks at no more than TN_DECODE_HEAD bytes. */
struct tn_beginning tn_decode_beginning(struct tn_str head);

/* Looks at the first bytes of an input (TN_DECODE_HEAD of them, or all where there are fewer).
 * True when they are text, or near enough to be repaired.
 * False with TN_BINARY and a message that names what it is: compressed (gzip, xz, zstd, bzip2, ...) once more, an office
 * document, PDF or another well-known kind of file, or just not text. Not text is: more than one control byte in ten,
 * or with a NUL among them more than one in fifty; in what begins like structured text (`{`, `[`, `<`) NULs do not
 * count more than others. The few that a text has are repaired. An empty head is text. What UTF-16 and UTF-32 hold is
 * not looked at: see tn_decode_is_text. */
bool tn_decode_check(struct tn_str head, struct tn_beginning *beginning, struct tn_error *error);

/* The same look at converted text: false with TN_BINARY when there are too many control characters and marks (bytes
 * 0xFF) in it. */
bool tn_decode_is_text(struct tn_str head, struct tn_error *error);

/* True when `text` is valid UTF-8 without a NUL, so that nothing has to be repaired. */
bool tn_decode_clean(struct tn_str text);

/* Appends `text` to `out` with every NUL and every byte that is in no valid UTF-8 sequence replaced by U+FFFD. Returns
 * how many were replaced; out->failed when it did not fit (at most 3 bytes for each byte of text). */
size_t tn_decode_repair(struct tn_str text, struct tn_buf *out);

/* What became of a page. */
struct tn_decoded {
    struct tn_str text;      /* valid UTF-8 without a NUL: the page's own bytes where nothing had to change, else in
                                `out`, with a NUL behind it */
    enum tn_charset charset; /* that it was read as */
    size_t replaced;         /* characters that became U+FFFD */
    char note[200];          /* what the record should say of it, as a warning; "" when all was as it should be */
};

/* Makes the bytes of a whole page UTF-8. `declared` is the label that came with it (of an HTTP or MIME header; {NULL, 0}:
 * none). In this order:
 * - a byte-order mark, or NULs in every other place: UTF-8, UTF-16, UTF-32;
 * - bytes that are UTF-8 and not only ASCII are UTF-8, whatever was declared (unless it is one pair of bytes that also
 *   is a character of the declared Chinese, Japanese or Korean set); so are those that are UTF-8 but for a few;
 * - `declared`, then what the page declares (tn_charset_declared), where the bytes fit it: those without a character
 *   become U+FFFD;
 * - windows-1252.
 * Text that was UTF-8, taken for windows-1252 and written as UTF-8 again (`â‰¥` for `≥`) is put right when all of the page
 * goes that way back, and the result can hardly be chance. A note tells of each departure from what was declared, of
 * windows-1252 when nothing was, and of text put right.
 * `out` is emptied and its cap set; the bytes may be dropped when text does not stand in them. False when memory is
 * short. */
bool tn_decode_page(struct tn_str bytes, struct tn_str declared, struct tn_buf *out, struct tn_decoded *decoded);

/* The same for text that is UTF-8 already, but for bytes that are none (what a conversion left): those and NULs become
 * U+FFFD, and the last step is taken. */
bool tn_decode_utf8(struct tn_str text, struct tn_buf *out, struct tn_decoded *decoded);

/* The last step of that alone, in place: `text` (valid UTF-8) without the damage of having been taken for windows-1252,
 * once or several times over. Returns its new length: the old one when there is nothing to put right. */
size_t tn_decode_undo_mojibake(char *text, size_t len);

/* True when tn_decode_undo_mojibake would change it. */
bool tn_decode_is_mojibake(struct tn_str text);

#endif
