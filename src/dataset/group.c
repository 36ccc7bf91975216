/* SPDX-License-Identifier: MIT */
#include "dataset/group.h"

#include <stdlib.h>

enum strength { MUTUAL, NAMED, SHARED, STRENGTHS };

/* Two members that share an id. */
struct edge {
    size_t a, b;
    enum strength strength;
    struct tn_str shared;
};

struct grouping {
    struct tn_arena *arena;
    struct tn_group_member *members;
    size_t count;
    struct edge *edges;
    size_t edge_count, edge_room;
    size_t *tried; /* sets of members when all edges of one strength are taken */
    void (*refuse)(void *context, const struct tn_group_refusal *refusal);
    void *context;
};

/* An id and who states it, for sorting. */
struct statement {
    struct tn_str id;
    size_t member;
    bool own;
};

static int by_id(const void *left, const void *right)
{
    const struct statement *a = left, *b = right;
    int order = tn_str_cmp(a->id, b->id);
    return order ? order : (a->member > b->member) - (a->member < b->member);
}

static size_t top(size_t *sets, size_t member)
{
    while (sets[member] != member)
        member = sets[member] = sets[sets[member]];
    return member;
}

static size_t set_of(struct grouping *grouping, size_t member)
{
    while (grouping->members[member].set != member)
        member = grouping->members[member].set = grouping->members[grouping->members[member].set].set;
    return member;
}

static void join(struct grouping *grouping, size_t a, size_t b)
{
    size_t first = set_of(grouping, a), second = set_of(grouping, b);
    grouping->members[first > second ? first : second].set = first > second ? second : first;
}

static bool states(const struct tn_group_member *member, struct tn_str id, bool *own)
{
    for (size_t i = 0; i < member->id_count; i++)
        if (tn_str_eq(member->ids[i].id, id)) {
            *own = member->ids[i].own;
            return true;
        }
    return false;
}

static const struct tn_group_id *own_id(const struct tn_group_member *member)
{
    for (size_t i = 0; i < member->id_count; i++)
        if (member->ids[i].own)
            return &member->ids[i];
    return NULL;
}

/* Each names the other, one names the other, or both name a third. */
static enum strength strength_of(const struct grouping *grouping, size_t a, size_t b)
{
    const struct tn_group_member *members = grouping->members;
    const struct tn_group_id *id_a = own_id(&members[a]), *id_b = own_id(&members[b]);
    bool own, named_b = id_b && states(&members[a], id_b->id, &own), named_a = id_a && states(&members[b], id_a->id, &own);
    return named_a && named_b ? MUTUAL : named_a || named_b ? NAMED : SHARED;
}

static bool add_edge(struct grouping *grouping, size_t a, size_t b, struct tn_str shared)
{
    if (grouping->edge_count == grouping->edge_room) {
        size_t room = grouping->edge_room ? 2 * grouping->edge_room : 16;
        struct edge *edges = tn_arena_grow(grouping->arena, grouping->edges, grouping->edge_room * sizeof *edges,
                                           room * sizeof *edges);
        if (!edges)
            return false;
        grouping->edges = edges;
        grouping->edge_room = room;
    }
    grouping->edges[grouping->edge_count++] = (struct edge){a, b, strength_of(grouping, a, b), shared};
    return true;
}

enum { CLAIMS_MAX = 64 }; /* trials that state one id which is nobody's own: of more, it says nothing */

/* Members whose own id it is are one trial. */
static void join_owners(struct grouping *grouping, const struct statement *of, size_t count)
{
    size_t owner = count;
    for (size_t i = 0; i < count; i++) {
        if (!of[i].own)
            continue;
        if (owner < count)
            join(grouping, of[owner].member, of[i].member);
        else
            owner = i;
    }
}

/* Of those that state one id: an edge between its owner and each of the others; where it is nobody's own, between each two trials. */
static bool link_statements(struct grouping *grouping, const struct statement *of, size_t count)
{
    size_t owner = 0, claims[CLAIMS_MAX], claim_count = 0;
    while (owner < count && !of[owner].own)
        owner++;
    for (size_t i = 0; i < count; i++) {
        bool other = owner == count || set_of(grouping, of[i].member) != set_of(grouping, of[owner].member);
        for (size_t j = 0; j < claim_count && other; j++)
            other = set_of(grouping, of[claims[j]].member) != set_of(grouping, of[i].member);
        if (other && claim_count == CLAIMS_MAX)
            return true;
        if (other)
            claims[claim_count++] = i;
    }
    for (size_t i = 0; i < claim_count; i++)
        for (size_t j = owner < count ? i : i + 1; j < (owner < count ? i + 1 : claim_count); j++)
            if (!add_edge(grouping, of[owner < count ? owner : j].member, of[claims[i]].member, of[i].id))
                return false;
    return true;
}

static bool find_edges(struct grouping *grouping)
{
    size_t total = 0, at = 0;
    for (size_t i = 0; i < grouping->count; i++)
        total += grouping->members[i].id_count;
    struct statement *all = tn_arena_alloc(grouping->arena, (total + 1) * sizeof *all);
    if (!all)
        return false;
    for (size_t i = 0; i < grouping->count; i++)
        for (size_t j = 0; j < grouping->members[i].id_count; j++)
            all[at++] = (struct statement){grouping->members[i].ids[j].id, i, grouping->members[i].ids[j].own};
    qsort(all, total, sizeof *all, by_id);
    bool good = true;
    for (int step = 0; step < 2; step++)
        for (size_t from = 0, to; from < total && good; from = to) {
            for (to = from + 1; to < total && tn_str_eq(all[to].id, all[from].id); to++)
                continue;
            if (step == 0)
                join_owners(grouping, all + from, to - from);
            else
                good = link_statements(grouping, all + from, to - from);
        }
    return good;
}

/* The ids of one registry that a set has: its members' own ones and former ones (`own`), or all that they state. */
struct view {
    const struct grouping *grouping;
    size_t *sets;
    size_t set;
    bool own;
};

static bool counts(const struct view *view, size_t member, const struct tn_group_id *id, struct tn_str registry)
{
    return top(view->sets, member) == view->set && id->registry.s && tn_str_eq(id->registry, registry) &&
           (!view->own || id->own || id->former);
}

/* The first id of the registry that the set has; with `only`, that one. */
static const struct tn_group_id *find_id(const struct view *view, struct tn_str registry, const struct tn_str *only)
{
    for (size_t i = 0; i < view->grouping->count; i++) {
        const struct tn_group_member *member = &view->grouping->members[i];
        for (size_t j = 0; j < member->id_count; j++)
            if (counts(view, i, &member->ids[j], registry) && (!only || tn_str_eq(member->ids[j].id, *only)))
                return &member->ids[j];
    }
    return NULL;
}

/* True when the sets have an id of the registry in common. */
static bool meet(const struct view *x, const struct view *y, struct tn_str registry)
{
    for (size_t i = 0; i < x->grouping->count; i++) {
        const struct tn_group_member *member = &x->grouping->members[i];
        for (size_t j = 0; j < member->id_count; j++)
            if (counts(x, i, &member->ids[j], registry) && find_id(y, registry, &member->ids[j].id))
                return true;
    }
    return false;
}

/* Each set stands for its own ids; where it has none, for all that it states. */
static bool clash_in(const struct grouping *grouping, size_t *sets, size_t x, size_t y, struct tn_str registry,
                     struct tn_group_refusal *refusal)
{
    struct view left = {grouping, sets, x, true}, right = {grouping, sets, y, true};
    left.own = find_id(&left, registry, NULL) != NULL;
    right.own = find_id(&right, registry, NULL) != NULL;
    const struct tn_group_id *a = find_id(&left, registry, NULL), *b = find_id(&right, registry, NULL);
    if (!a || !b || meet(&left, &right, registry))
        return false;
    refusal->registry = registry;
    refusal->id_a = a->id;
    refusal->id_b = b->id;
    return true;
}

/* Whether sets x and y have ids of one registry and none of them in common; *refusal says which. */
static bool clash(const struct grouping *grouping, size_t *sets, size_t x, size_t y, struct tn_group_refusal *refusal)
{
    for (size_t i = 0; i < grouping->count; i++) {
        const struct tn_group_member *member = &grouping->members[i];
        for (size_t j = 0; top(sets, i) == x && j < member->id_count; j++)
            if (member->ids[j].registry.s && clash_in(grouping, sets, x, y, member->ids[j].registry, refusal))
                return true;
    }
    return false;
}

/* The sets of now, flat. */
static void copy_sets(struct grouping *grouping, size_t *sets)
{
    for (size_t i = 0; i < grouping->count; i++)
        sets[i] = set_of(grouping, i);
}

static void tell(struct grouping *grouping, const struct edge *edge, struct tn_group_refusal *refusal)
{
    refusal->a = edge->a;
    refusal->b = edge->b;
    refusal->shared = edge->shared;
    grouping->refuse(grouping->context, refusal);
}

/* Edges between sets that clash are refused; *open says which are left. */
static void refuse_clashes(struct grouping *grouping, enum strength strength, bool *open)
{
    copy_sets(grouping, grouping->tried);
    for (size_t i = 0; i < grouping->edge_count; i++) {
        const struct edge *edge = &grouping->edges[i];
        size_t x = grouping->tried[edge->a], y = grouping->tried[edge->b];
        struct tn_group_refusal refusal = {.a = 0};
        open[i] = edge->strength == strength && x != y;
        if (!open[i] || !clash(grouping, grouping->tried, x, y, &refusal))
            continue;
        open[i] = false;
        tell(grouping, edge, &refusal);
    }
}

/* Whether two of the sets of now that `tried` puts together clash. */
static bool comes_to_clash(struct grouping *grouping, size_t together)
{
    size_t *now = tn_arena_alloc(grouping->arena, grouping->count * sizeof *now);
    struct tn_group_refusal ignored;
    if (!now)
        return true;
    copy_sets(grouping, now);
    for (size_t a = 0; a < grouping->count; a++)
        for (size_t b = a + 1; now[a] == a && b < grouping->count; b++)
            if (now[b] == b && top(grouping->tried, a) == together && top(grouping->tried, b) == together &&
                clash(grouping, now, a, b, &ignored))
                return true;
    return false;
}

static void take_edges(struct grouping *grouping, bool *open)
{
    for (size_t i = 0; i < grouping->edge_count; i++)
        if (open[i]) {
            size_t x = top(grouping->tried, grouping->edges[i].a), y = top(grouping->tried, grouping->edges[i].b);
            grouping->tried[x > y ? x : y] = x > y ? y : x;
        }
    bool *bad = tn_arena_zero(grouping->arena, grouping->count);
    for (size_t i = 0; bad && i < grouping->count; i++)
        bad[i] = top(grouping->tried, i) == i && comes_to_clash(grouping, i);
    for (size_t i = 0; bad && i < grouping->edge_count; i++) {
        if (!open[i])
            continue;
        if (!bad[top(grouping->tried, grouping->edges[i].a)])
            join(grouping, grouping->edges[i].a, grouping->edges[i].b);
        else
            tell(grouping, &grouping->edges[i], &(struct tn_group_refusal){.a = 0});
    }
}

bool tn_group(struct tn_arena *arena, struct tn_group_member *members, size_t count,
              void (*refuse)(void *context, const struct tn_group_refusal *refusal), void *context)
{
    struct grouping grouping = {.arena = arena, .members = members, .count = count, .refuse = refuse, .context = context};
    for (size_t i = 0; i < count; i++)
        members[i].set = i;
    grouping.tried = tn_arena_alloc(arena, count * sizeof *grouping.tried);
    if (!grouping.tried || !find_edges(&grouping))
        return false;
    bool *open = tn_arena_zero(arena, grouping.edge_count + 1);
    for (int strength = MUTUAL; open && strength < STRENGTHS; strength++) {
        refuse_clashes(&grouping, (enum strength)strength, open);
        take_edges(&grouping, open);
    }
    for (size_t i = 0; i < count; i++)
        members[i].set = set_of(&grouping, i);
    return open && !arena->failed;
}
