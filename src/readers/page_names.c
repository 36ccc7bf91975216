/* SPDX-License-Identifier: MIT */
#include "readers/page_names.h"

/* The registry lets an intervention's name have 200 bytes. */
const struct tn_name_costs tn_costs_pairs = {.bare = 5, .all_bare = 6, .more = 3, .longest = 200};

enum { IMPOSSIBLE = 1000, FEW_WORDS = 3, SOME_WORDS = 6, LONG_NAME = 100 };

static size_t words_of(struct tn_str text)
{
    size_t words = 0;
    for (size_t i = 0; i < text.len && words <= SOME_WORDS; i++)
        words += !tn_is_space(text.s[i]) && (i == 0 || tn_is_space(text.s[i - 1]));
    return words;
}

static bool ends_sentence(struct tn_str text)
{
    return text.len && text.s[text.len - 1] == '.';
}

static bool has_digit(struct tn_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (tn_is_digit(text.s[i]))
            return true;
    return false;
}

/* How unlikely a line is as a name. */
static int name_cost(const struct tn_block *line, enum tn_hint hint, const struct tn_name_costs *costs)
{
    struct tn_str text = line->whole;
    if (line->kind == TN_BLOCK_ITEM || text.len > costs->longest)
        return IMPOSSIBLE;
    if (hint == TN_HINT_NAME)
        return 0;
    int cost = hint == TN_HINT_REPEATED ? 4 : hint == TN_HINT_SAME ? 20 : 0;
    cost += text.len > LONG_NAME ? 4 : 0;
    cost += ends_sentence(text) && words_of(text) > FEW_WORDS ? 2 : 0;
    cost += words_of(text) > SOME_WORDS ? 1 : 0;
    cost += text.s[text.len - 1] == ':' || text.s[0] == '(' ? 4 : 0; /* introduces a list; a remark */
    return cost;
}

static bool is_placebo(const struct tn_block *line)
{
    return tn_str_starts_fold(line->whole, TN_LIT("placebo")) && words_of(line->whole) <= FEW_WORDS;
}

/* How unlikely a line is as a description: those of one word or two are rare, and `Placebo` is a description of
 * nothing but a placebo. */
static int description_cost(const struct tn_block *line, const struct tn_block *before, enum tn_hint hint)
{
    struct tn_str text = line->whole;
    if (line->kind == TN_BLOCK_ITEM || hint == TN_HINT_REPEATED || hint == TN_HINT_SAME)
        return 0;
    if (hint == TN_HINT_NAME)
        return 8;
    size_t words = words_of(text);
    if (ends_sentence(text) || words > SOME_WORDS)
        return 0;
    int cost = words > FEW_WORDS || has_digit(text) ? 1 : 4;
    cost = hint == TN_HINT_TOGETHER ? cost / 2 : cost;
    return is_placebo(line) && !is_placebo(before) ? cost + 4 : cost;
}

bool tn_names_is_description(const struct tn_block *line)
{
    return name_cost(line, TN_HINT_NONE, &tn_costs_pairs) > description_cost(line, line, TN_HINT_NONE);
}

/* The cheapest way up to a line, where that is a name ([0]) or of a description ([1]). */
struct way {
    int cost[2];
    unsigned char before[2]; /* what the line before it is on that way */
};

static int step_cost(const struct tn_block *const *lines, size_t i, int before, int now,
                     const struct tn_name_costs *costs)
{
    bool list = lines[i]->kind == TN_BLOCK_ITEM || lines[i - 1]->kind == TN_BLOCK_ITEM;
    if (now == 1)
        return before == 1 && !list ? costs->more : 0;
    return costs->again + (before == 0 ? costs->bare : 0);
}

static void go(struct way *ways, const struct tn_block *const *lines, size_t i, const enum tn_hint *hints,
               const struct tn_name_costs *costs)
{
    enum tn_hint hint = hints ? hints[i] : TN_HINT_NONE;
    int own[2] = {name_cost(lines[i], hint, costs), description_cost(lines[i], lines[i - 1], hint)};
    for (int now = 0; now < 2; now++) {
        int from[2];
        for (int before = 0; before < 2; before++)
            from[before] = ways[i - 1].cost[before] + step_cost(lines, i, before, now, costs);
        ways[i].before[now] = from[1] < from[0];
        ways[i].cost[now] = own[now] + from[ways[i].before[now]];
        if (ways[i].cost[now] > IMPOSSIBLE * IMPOSSIBLE)
            ways[i].cost[now] = IMPOSSIBLE * IMPOSSIBLE;
    }
}

/* A name and a description of one paragraph or list that reads like one; or a hint for what is out of the ordinary. */
static bool is_regular(const struct tn_name *name, const enum tn_hint *hints, const struct tn_block **lines,
                       size_t count)
{
    size_t at = (size_t)(name->lines - lines), next = at + name->count;
    if (name->count == 1)
        return hints && next < count && hints[next] == TN_HINT_NAME;
    if (name->count == 2)
        return description_cost(lines[at + 1], lines[at], hints ? hints[at + 1] : TN_HINT_NONE) <= 2;
    return name->lines[name->count - 1]->kind == TN_BLOCK_ITEM;
}

/* The likeliest marks, unless no line at all is a description: 0 for a name, 1 for a line of a description. */
static int mark(struct way *ways, const struct tn_block *const *lines, size_t count, const enum tn_hint *hints,
                const struct tn_name_costs *costs, unsigned char *marks)
{
    ways[0] = (struct way){.cost = {0, IMPOSSIBLE * IMPOSSIBLE}};
    for (size_t i = 1; i < count; i++)
        go(ways, lines, i, hints, costs);
    int last_bare = ways[count - 1].cost[0] + costs->bare;
    int now = ways[count - 1].cost[1] < last_bare, cheapest = now ? ways[count - 1].cost[1] : last_bare;
    for (size_t i = count; i-- > 0;) {
        marks[i] = (unsigned char)now;
        now = i ? ways[i].before[now] : 0;
    }
    return cheapest;
}

static int cost_of_bare_names(const struct tn_block *const *lines, size_t count, const enum tn_hint *hints,
                              const struct tn_name_costs *costs)
{
    int cost = costs->all_bare + (int)(count < IMPOSSIBLE ? count / 2 : IMPOSSIBLE);
    for (size_t i = 0; i < count && cost < IMPOSSIBLE; i++)
        cost += name_cost(lines[i], hints ? hints[i] : TN_HINT_NONE, costs) + (i ? costs->again : 0);
    return cost;
}

size_t tn_names_cut(struct tn_arena *arena, const struct tn_block **lines, size_t count, const enum tn_hint *hints,
                    const struct tn_name_costs *costs, struct tn_name *names, bool *certain)
{
    struct way *ways = tn_arena_alloc(arena, (count + 1) * sizeof *ways);
    unsigned char *marks = tn_arena_zero(arena, count + 1);
    size_t found = 0;
    *certain = true;
    if (!ways || !marks || count == 0)
        return 0;
    if (mark(ways, lines, count, hints, costs, marks) >= cost_of_bare_names(lines, count, hints, costs))
        memset(marks, 0, count);
    for (size_t i = 0; i < count; i++) {
        if (marks[i] == 0 || i == 0)
            names[found++] = (struct tn_name){.lines = lines + i};
        names[found - 1].count++;
    }
    for (size_t i = 0; i < found; i++)
        *certain &= is_regular(&names[i], hints, lines, count);
    return found;
}
