/* SPDX-License-Identifier: MIT */
/* The shortest script of E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), on words. Beyond EDITS_MAX
 * words that differ nobody would read it. */
#include "cli/word_difference.h"

enum {
    EDITS_MAX = 200,
    AROUND = 4,          /* words shown on each side */
    PLACES_MAX = 6,      /* places shown */
    PLACE_BYTES = 240,   /* of a word or words that were taken out or put in */
    BEGINNING = 160      /* of texts that have little in common */
};

struct words {
    struct tn_str *at; /* each with the blanks behind it */
    size_t count;
};

/* Words old[old_from..old_to) have become now[now_from..now_to). */
struct place {
    size_t old_from, old_to, now_from, now_to;
};

void cli_put_beginning(struct tn_buf *out, struct tn_str text, size_t limit)
{
    size_t len = tn_str_cut(text, limit);
    tn_buf_add(out, text.s, len);
    if (len < text.len)
        tn_buf_str(out, TN_LIT("…"));
}

static size_t word_len(struct tn_str text)
{
    size_t len = 0;
    while (len < text.len && !tn_is_space(text.s[len]))
        len++;
    while (len < text.len && tn_is_space(text.s[len]))
        len++;
    return len;
}

static bool cut_into_words(struct tn_arena *arena, struct tn_str text, struct words *words)
{
    size_t count = 0;
    for (struct tn_str rest = text; rest.len; rest = tn_str_from(rest, word_len(rest)))
        count++;
    *words = (struct words){tn_arena_alloc(arena, (count + 1) * sizeof *words->at), 0};
    if (!words->at)
        return false;
    for (; text.len; text = tn_str_from(text, words->at[words->count++].len))
        words->at[words->count] = tn_str_slice(text.s, word_len(text));
    return true;
}

/* The last word of a text is the same word with or without blanks behind it. */
static bool same_word(const struct words *old, long x, const struct words *now, long y)
{
    bool last = (size_t)x + 1 == old->count || (size_t)y + 1 == now->count;
    return tn_str_eq(old->at[x], now->at[y]) || (last && tn_str_eq(tn_str_trim(old->at[x]), tn_str_trim(now->at[y])));
}

/* reached[d][k + EDITS_MAX]: how far in `old` d edits come on diagonal k. */
typedef int reach[2 * EDITS_MAX + 2];

/* Where a path of d edits comes onto diagonal k: by a word put in, or by one taken out. */
static bool comes_down(const int *before, int d, int k)
{
    return k == -d || (k != d && before[k - 1 + EDITS_MAX] < before[k + 1 + EDITS_MAX]);
}

/* The number of edits, -1 when there are too many. */
static int measure(const struct words *old, const struct words *now, reach *reached)
{
    long n = (long)old->count, m = (long)now->count;
    for (int d = 0; d < EDITS_MAX; d++) {
        for (int k = -d; k <= d; k += 2) {
            const int *before = d ? reached[d - 1] : NULL;
            long x = !d ? 0 : comes_down(before, d, k) ? before[k + 1 + EDITS_MAX] : before[k - 1 + EDITS_MAX] + 1;
            long y = x - k;
            while (x < n && y >= 0 && y < m && same_word(old, x, now, y)) {
                x++;
                y++;
            }
            reached[d][k + EDITS_MAX] = (int)x;
            if (x >= n && y >= m)
                return d;
        }
    }
    return -1;
}

/* The path backwards; neighbouring edits are one place. Returns the first of `places`, which is filled from its end. */
static struct place *trace(const struct words *old, const struct words *now, reach *reached, int edits, struct place *end)
{
    int x = (int)old->count, y = (int)now->count;
    struct place *first = end;
    for (int d = edits; d > 0; d--) {
        int k = x - y;
        bool down = comes_down(reached[d - 1], d, k);
        int from = down ? k + 1 : k - 1;
        int old_x = reached[d - 1][from + EDITS_MAX], old_y = old_x - from;
        struct place edit = {(size_t)old_x, (size_t)(down ? old_x : old_x + 1), (size_t)old_y, (size_t)(down ? old_y + 1 : old_y)};
        if (first < end && first->old_from == edit.old_to && first->now_from == edit.now_to) {
            first->old_from = edit.old_from;
            first->now_from = edit.now_from;
        } else {
            *--first = edit;
        }
        x = old_x;
        y = old_y;
    }
    return first;
}

/* The text of words [from..to). */
static struct tn_str run_of(const struct words *words, size_t from, size_t to)
{
    if (from >= to)
        return (struct tn_str){"", 0};
    const char *start = words->at[from].s, *end = words->at[to - 1].s + words->at[to - 1].len;
    return tn_str_slice(start, (size_t)(end - start));
}

/* Words in brackets; the blanks behind them stand behind the bracket, unless it is they that differ. */
static void put_marked(struct tn_buf *out, const char *open, struct tn_str run, const char *close, bool blanks)
{
    struct tn_str text = tn_str_trim(run);
    if (run.len == 0)
        return;
    tn_buf_str(out, tn_str_of(open));
    cli_put_beginning(out, blanks || text.len == 0 ? run : text, PLACE_BYTES);
    tn_buf_str(out, tn_str_of(close));
    if (!blanks && tn_is_space(run.s[run.len - 1]))
        tn_buf_char(out, ' ');
}

static void put_place(struct tn_buf *out, struct tn_str old, struct tn_str now)
{
    bool blanks = tn_str_eq(tn_str_trim(old), tn_str_trim(now));
    put_marked(out, "[-", old, "-]", blanks);
    if (old.len && now.len && out->len && out->data[out->len - 1] == ']')
        tn_buf_char(out, ' ');
    put_marked(out, "{+", now, "+}", blanks);
}

/* Words around; many without a blank (a table, Chinese) are cut. */
static void put_around(struct tn_buf *out, struct tn_str run, bool behind)
{
    enum { MOST = 80 };
    size_t from = run.len > MOST && !behind ? run.len - MOST : 0;
    while (from && from < run.len && ((unsigned char)run.s[from] & 0xC0) == 0x80)
        from++;
    run = tn_str_from(run, from);
    tn_buf_add(out, run.s, behind ? tn_str_cut(run, MOST) : run.len);
}

static void trim_end(struct tn_buf *out)
{
    while (out->len && tn_is_space(out->data[out->len - 1]))
        out->len--;
}

static void put_places(struct tn_buf *out, const struct words *old, const struct words *now, const struct place *first,
                       const struct place *end)
{
    size_t shown = 0; /* words of `now` */
    for (const struct place *place = first; place < end; place++) {
        size_t from = place->now_from > shown + AROUND ? place->now_from - AROUND : shown;
        if (from > shown && place > first)
            trim_end(out);
        if (from > shown)
            tn_buf_str(out, place > first ? TN_LIT(" … ") : TN_LIT("… "));
        if (place - first == PLACES_MAX)
            break;
        put_around(out, run_of(now, from, place->now_from), false);
        put_place(out, run_of(old, place->old_from, place->old_to), run_of(now, place->now_from, place->now_to));
        size_t next = place + 1 < end ? place[1].now_from : now->count;
        shown = place->now_to + AROUND < next ? place->now_to + AROUND : next;
        put_around(out, run_of(now, place->now_to, shown), true);
    }
    trim_end(out);
    if (shown < now->count && !tn_str_ends_fold(tn_str_slice(out->data, out->len), TN_LIT("…")))
        tn_buf_str(out, TN_LIT(" …"));
}

void cli_word_difference(struct tn_buf *out, struct tn_arena *arena, struct tn_str old, struct tn_str now)
{
    struct words before, after;
    struct place *places = tn_arena_alloc(arena, EDITS_MAX * sizeof *places);
    reach *reached = tn_arena_alloc(arena, EDITS_MAX * sizeof *reached);
    int edits = -1;
    if (places && reached && cut_into_words(arena, old, &before) && cut_into_words(arena, now, &after))
        edits = measure(&before, &after, reached);
    if (edits > 0) {
        struct place *end = places + EDITS_MAX;
        put_places(out, &before, &after, trace(&before, &after, reached, edits, end), end);
        return;
    }
    cli_put_beginning(out, old, BEGINNING);
    tn_buf_str(out, TN_LIT(" → "));
    cli_put_beginning(out, now, BEGINNING);
}
