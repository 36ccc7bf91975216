/* SPDX-License-Identifier: MIT */
/* Raw text -> clean Unicode (SCHEMA rule 4). */
#ifndef TN_NORMAL_TEXT_H
#define TN_NORMAL_TEXT_H

#include "core/arena.h"
#include "core/str.h"

/* What was noticed while cleaning. */
enum {
    TN_TEXT_REPAIRED = 1, /* NUL, control characters, lone surrogates or invalid bytes became U+FFFD */
    TN_TEXT_CUT = 2       /* the text ends with `...` or U+2026: the source may have cut it */
};

/* `raw` as clean text: valid UTF-8 in NFC; white space at both ends (Unicode's) and a byte-order mark at the start
 * gone; every line end (\r\n, \r, U+0085, U+2028, U+2029) is \n; blanks before a line end gone; more than one empty
 * line -> one. Blanks inside a line stay, no-break spaces too.
 *
 * The result always has a NUL behind it and lives as long as the arena. `raw_is_stable` says that this holds for `raw`
 * too: then a raw text that is clean already comes back as it is (from behind its leading white space on), without a
 * copy. Without it, or where something changed at the end, the result is a copy in the arena.
 *
 * *flags (may be NULL) gets what was noticed, or-ed to what it holds. {NULL, 0} when raw is absent ({NULL, 0}) or
 * memory is short; a raw text of nothing but white space gives "" of length 0, never NULL. */
struct tn_str tn_text_plain(struct tn_arena *arena, struct tn_str raw, bool raw_is_stable, unsigned *flags);

/* What both make of a text that is known to hold only what never needs cleaning, printable ASCII without backslash, `&`
 * and `<`: white space at both ends goes. */
struct tn_str tn_text_calm(struct tn_arena *arena, struct tn_str raw, bool raw_is_stable, unsigned *flags);

/* The same for fields that carry markup. In this order, each once:
 * - a backslash before ASCII punctuation goes (CommonMark); before anything else it stays;
 * - HTML tags: <br> is a line end, <p>, <h1> ... a paragraph break, <div>, <tr>, <ul> ... start a new line, <li> a new
 *   line with "* ", other known tags go. A `<` that starts no well-formed tag of a known name is text, and so is an
 *   escaped one. Three tags leave more than what they enclose:
 *   - <sup> and <sub>: up to 11 characters that Unicode has raised (lowered) become those: `10<sup>9</sup>` is `10⁹`;
 *     any other content stays as it is, behind a `^` where it holds a digit, is raised, and follows a letter or digit;
 *   - <a href>: the address follows the text in parentheses, unless the text is the address, with or without scheme;
 *     not for addresses on the same page (`#top`) and scripts;
 *   - <img>: its alternative text stands in its place;
 * - HTML entities (so `\&gt;` is `>`, `&amp;lt;` is `&lt;`, and `&lt;br&gt;` is the text `<br>`), and LaTeX words
 *   (`\leq`). */
struct tn_str tn_text_markup(struct tn_arena *arena, struct tn_str raw, bool raw_is_stable, unsigned *flags);

/* What a clean text tells by itself: TN_TEXT_CUT or 0. The cleaning functions report it already. */
static inline unsigned tn_text_flags(struct tn_str text)
{
    if (text.len < 3)
        return 0;
    const char *end = text.s + text.len - 3;
    return memcmp(end, "...", 3) == 0 || memcmp(end, "\xE2\x80\xA6", 3) == 0 ? TN_TEXT_CUT : 0;
}

#endif
