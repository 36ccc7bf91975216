/* SPDX-License-Identifier: MIT */
/* The steps of criteria.c, private to the criteria_*.c files. A block goes through them once, in this order:
 *   criteria_lines.c    text -> rows: the lines that hold something
 *   criteria_heading.c  is a row a heading? of which side?
 *   criteria_marker.c   the bullet or number that a row starts with
 *   criteria_draft.c    rows -> drafts: which rows make one criterion; criteria_accept.c says whether a marker is one,
 *                       criteria_level.c how deep it hangs
 *   criteria_inline.c   drafts -> items: criteria that were run together on one line come apart
 *   criteria.c          items -> clean text
 * Until the last step every text is a slice of the block, from the first byte of a criterion to its last, so nothing
 * between can get lost. */
#ifndef TN_NORMAL_CRITERIA_PARTS_H
#define TN_NORMAL_CRITERIA_PARTS_H

#include <stdint.h>

#include "normal/criteria.h"

enum { TN_CRIT_DEEPEST = 9 }; /* no item has a higher level */

/* ---- lines ------------------------------------------------------------------------------------------------------ */

/* A line that holds more than white space and rules (`-----`). */
struct tn_crit_row {
    struct tn_str text; /* without the white space around it */
    unsigned indent;    /* columns before it; a tab goes to the next multiple of 4 */
    bool apart;         /* first of the block, or an empty line stands before it */
};

struct tn_crit_rows {
    struct tn_crit_row *row;
    size_t count;
};

/* False when memory is short. With `markup`, <br>, <p>, <li> and the like end lines first (*text then is a copy). */
bool tn_crit_cut(struct tn_arena *arena, struct tn_str *text, bool markup, struct tn_crit_rows *rows);

/* Columns that the text takes: its characters. */
size_t tn_crit_columns(struct tn_str text);

/* White space of a line: also the no-break and the ideographic space. Bytes of the one at s[0], else 0. */
size_t tn_crit_blank(struct tn_str s);
struct tn_str tn_crit_trim(struct tn_str s);

/* ---- markers ---------------------------------------------------------------------------------------------------- */

enum tn_crit_number { /* what is counted */
    TN_CRIT_DIGIT,
    TN_CRIT_DEWEY, /* 1.2, 10.3.1: value is the last part, prefix the ones before */
    TN_CRIT_LOWER,
    TN_CRIT_UPPER,
    TN_CRIT_ROMAN_LOWER,
    TN_CRIT_ROMAN_UPPER,
    TN_CRIT_CIRCLE
};
enum tn_crit_sign { /* and what follows it */
    TN_CRIT_DOT,        /* 1. */
    TN_CRIT_PAREN,      /* 1) and 1.) */
    TN_CRIT_PARENS,     /* (1) */
    TN_CRIT_DASH,       /* 1- */
    TN_CRIT_SPACED_DOT, /* 1 . */
    TN_CRIT_IDEOGRAPHIC,
    TN_CRIT_HASH, /* #1 */
    TN_CRIT_BARE  /* 1.2 without a dot behind it; a circled number */
};
enum { TN_CRIT_STYLES = 64 };

/* Kind of counting and its sign as one small number; 0 is no style. */
static inline unsigned tn_crit_style(enum tn_crit_number number, enum tn_crit_sign sign)
{
    return ((unsigned)number << 3 | (unsigned)sign) + 1;
}

/* Back from a style, which must not be 0. */
static inline enum tn_crit_number tn_crit_number_of(unsigned style)
{
    return (enum tn_crit_number)((style - 1) >> 3);
}

static inline enum tn_crit_sign tn_crit_sign_of(unsigned style)
{
    return (enum tn_crit_sign)((style - 1) & 7);
}

/* Bullets that the steps tell apart; the others have the numbers behind. */
enum { TN_CRIT_BULLET_STAR = 1, TN_CRIT_BULLET_DASH, TN_CRIT_BULLET_PLUS, TN_CRIT_BULLET_O };

/* What could be a marker by its looks; whether it is one, its neighbours say (criteria_draft.c). */
struct tn_crit_marker {
    unsigned bullet; /* which one, from TN_CRIT_BULLET_STAR on; 0: none */
    unsigned before; /* of two, the one before it: `-` of `- o Age`; 0: none */
    unsigned style;  /* of the number; 0: none */
    unsigned value;  /* of the number; a letter's place in the alphabet */
    unsigned prefix; /* of a Dewey number: a hash of the parts before the last */
    unsigned roman;  /* value where letters can be read as a roman number too, else 0 */
    size_t len;      /* bytes up to the text behind it */
    bool glued;      /* no white space before the text */
};

/* The bullet, or the number, at text.s[0]; false when there is none. Backslashes before their signs are skipped. */
bool tn_crit_bullet(struct tn_str text, struct tn_crit_marker *marker);
bool tn_crit_ordinal(struct tn_str text, struct tn_crit_marker *marker);

/* Letters that may be a roman number: read as one. */
void tn_crit_as_roman(struct tn_crit_marker *marker);

/* True when `text` starts with a small Latin letter that no capital follows (`pH`, `iPTH` do not count). */
bool tn_crit_starts_small(struct tn_str text);

/* ---- headings --------------------------------------------------------------------------------------------------- */

enum tn_crit_word {
    TN_CRIT_WORD_LEAD = 1,  /* before `inclusion criteria` it says nothing more: key, main, list of */
    TN_CRIT_WORD_EMPTY = 2, /* behind it, neither: as follows, include, for this study */
    TN_CRIT_WORD_PREP = 4,  /* may open what the heading is limited to: for, of, at */
    TN_CRIT_WORD_VERB = 8,  /* makes a sentence of it: must, apply, met */
    TN_CRIT_WORD_GROUP = 16, /* a part of the study: cohort, part, arm */
    TN_CRIT_WORD_IN = 32,
    TN_CRIT_WORD_EX = 64,
    TN_CRIT_WORD_CRITERIA = 128,
    TN_CRIT_WORD_NON = 256,
    TN_CRIT_WORD_WHOLE = 512,    /* says side and criteria in one: Einschlusskriterien */
    TN_CRIT_WORD_GENERIC = 1024, /* eligibility */
    TN_CRIT_WORD_LEAVE = 2048    /* dropout criteria: a heading of its own, of neither side */
};

/* Flags of one word, in any case; 0 for a word that is not in the table. */
unsigned tn_crit_word(struct tn_str word);

/* Cuts the next word off *rest (letters, digits, inner apostrophes, everything that is not ASCII but no dash, bullet
 * or quote); false at the end. */
bool tn_crit_next_word(struct tn_str *rest, struct tn_str *word);

struct tn_crit_heading {
    enum tn_criteria_side side;
    bool generic;             /* `Eligibility criteria`, `Inclusion/Exclusion Criteria`: of no side */
    bool leave;               /* `Dropout criteria`: of neither side, its words are to be kept */
    bool bulleted;            /* a marker stood before it */
    struct tn_str lead;       /* words before it that say more than `key`; empty where there are none */
    struct tn_str qualifier;  /* words behind it that say more: `Part B:` */
    struct tn_str rest;       /* text behind its colon, on the same line */
};

bool tn_crit_heading(struct tn_str line, struct tn_crit_heading *heading);

/* Without the emphasis, Markdown signs, tags and white space around it. */
struct tn_str tn_crit_unadorned(struct tn_str text);

/* Place of the first unmistakable heading (`Exclusion Criteria:`) inside a line, from byte `from`; TN_NO_OFFSET. */
size_t tn_crit_heading_inside(struct tn_str line, size_t from);

/* The same for `Exclusion:` alone at the start of a sentence, and: does a line hold both, as `Inclusion: adults.
 * Exclusion: children.`? Only then is the one word a heading inside a line. */
size_t tn_crit_bare_inside(struct tn_str line, size_t from);
bool tn_crit_bare_pair(struct tn_str line);

/* A short line that names a part of the criteria: `Part B:`, `Cohort 1:`, `TREATMENT ELIGIBILITY`. `followed`: items
 * stand below it, so it needs no colon. */
bool tn_crit_subheading(struct tn_str line, bool followed);

/* In capitals: two words of four letters or more, and not one small letter. */
bool tn_crit_shouted(struct tn_str line);

/* An unmarked line that says which criteria follow: `must meet the following inclusion criteria:`. */
bool tn_crit_lead_in(struct tn_str line, enum tn_criteria_side *side);

/* The last character that counts: behind it only quotes, brackets, emphasis; 0 for none. */
char tn_crit_last(struct tn_str text);

/* True for one that ends a sentence or opens a list. */
static inline bool tn_crit_finished(char last)
{
    return last && strchr(".;:!?", last);
}

/* ---- levels ----------------------------------------------------------------------------------------------------- */

enum tn_crit_opens { TN_CRIT_LIST, TN_CRIT_LEADS, TN_CRIT_PART, TN_CRIT_ROOT };

/* One open list, or a line that items hang under. */
struct tn_crit_open {
    enum tn_crit_opens what;
    int indent;
    int level;
    unsigned bullet, before, style, prefix, last;
    bool used;  /* something hangs under it */
    bool heads; /* a list whose items can be sub-headings of the list that is open above it */
};

struct tn_crit_levels {
    struct tn_crit_open open[TN_CRIT_DEEPEST + 3];
    size_t count;
};

/* What a new item can be told from, besides its marker. */
struct tn_crit_near {
    unsigned indent;
    bool apart;   /* an empty line before it */
    bool colon;   /* the line before it ends with one */
    bool resumes; /* the list on top goes on later */
};

int tn_crit_level_of_item(struct tn_crit_levels *levels, const struct tn_crit_marker *marker, struct tn_crit_near near);
int tn_crit_level_of_paragraph(struct tn_crit_levels *levels, unsigned indent, bool leads);
int tn_crit_level_of_part(struct tn_crit_levels *levels, bool root);

/* The item that was placed last heads those that follow with the same marker. */
void tn_crit_level_heads(struct tn_crit_levels *levels);

/* Before the next such item is placed: the items under the last one end. */
void tn_crit_level_next_head(struct tn_crit_levels *levels, const struct tn_crit_marker *marker);

/* The list that goes on with `marker`, NULL when none does. */
struct tn_crit_open *tn_crit_level_successor(struct tn_crit_levels *levels, const struct tn_crit_marker *marker,
                                             unsigned indent);

/* ---- drafts and items ------------------------------------------------------------------------------------------- */

/* A criterion as it stands in the block, before run-together ones are cut apart. */
struct tn_crit_draft {
    struct tn_str text; /* from its first byte to its last, line breaks and indents between included */
    enum tn_criteria_side side;
    int level;
    unsigned bullet, style, value, prefix; /* of its marker */
    struct {
        unsigned style, value, prefix;
        int level;
    } around; /* the numbered list that this one is nested in, and how far it has come */
    bool marked;
    bool alone; /* the only one of its section, unmarked and on one line */
    bool loose; /* the whole block is one line, so numbers inside it are all the structure there is */
};

struct tn_crit_drafts {
    struct tn_arena *arena;
    struct tn_crit_draft *draft;
    size_t count, room;
    bool failed;
};

/* What is known while the rows are read, one after the other. */
struct tn_crit_drafter {
    const struct tn_crit_row *rows;
    size_t count, at; /* the row that is being read */
    struct tn_crit_drafts *out;
    enum tn_criteria_side side;
    struct tn_crit_levels levels;
    unsigned last[TN_CRIT_STYLES], prefix[TN_CRIT_STYLES]; /* of each style, whatever list it was in */
    bool headed;          /* a heading was seen */
    bool small_heads;     /* the last one starts with a small letter */
    unsigned head_indent; /* and is indented so far */
    size_t section;       /* its first draft */
    size_t section_lines; /* lines in it */
    /* the line before */
    struct tn_crit_row before;
    bool first;   /* there is none in this section */
    char end;     /* its last character */
    bool marked;  /* it belongs to an item with a marker */
    bool lone;    /* it was a marker without text */
    unsigned indent; /* of that marker */
    unsigned bullet;
    size_t wrapped_to; /* rows up to here were looked at as one paragraph */
    bool wrapped;      /* which was wrapped by hand */
    size_t width;      /* longest line of the block, 0: not measured */
};

enum { TN_CRIT_AHEAD = 40 }; /* rows to look ahead */

/* The row below the one that is being read, NULL at the end. */
const struct tn_crit_row *tn_crit_row_after(const struct tn_crit_drafter *drafter);

/* The item before breaks off in the middle: a comma, a hyphen, `and`, `of the`. */
bool tn_crit_broken_off(const struct tn_crit_drafter *drafter);

/* The marker that a row starts with by its looks: a bullet, a number or both. */
bool tn_crit_looks_marked(struct tn_str text, struct tn_crit_marker *marker);

/* The marker that it really starts with; several in a row (`- •`, `* 1.`) are one. */
bool tn_crit_read_marker(struct tn_crit_drafter *drafter, const struct tn_crit_row *row,
                         struct tn_crit_marker *marker);

bool tn_crit_draft(struct tn_arena *arena, const struct tn_crit_rows *rows, enum tn_criteria_side side,
                   struct tn_crit_drafts *drafts);

struct tn_crit_items {
    struct tn_arena *arena;
    struct tn_criterion *item;
    size_t count, room;
    bool failed;
};

void tn_crit_add(struct tn_crit_items *items, enum tn_criteria_side side, int level, struct tn_str text);

/* The next number of this style, prefix and value (0: any) that starts an item inside a line, from byte `from` on and
 * starting before `end`; *found gets its looks. `loose`: a small letter may follow it even where no sentence has ended.
 * TN_NO_OFFSET when there is none. */
size_t tn_crit_number_inside(struct tn_str text, size_t from, size_t end, struct tn_crit_marker like, bool loose,
                             struct tn_crit_marker *found);

/* The items of one draft, in order. `next` is the draft after it, NULL at the end. */
void tn_crit_part(struct tn_crit_items *items, const struct tn_crit_draft *draft, const struct tn_crit_draft *next);

#endif
