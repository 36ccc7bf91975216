/* SPDX-License-Identifier: MIT */
/* The trials in the data of a page. */
#include "readers/page_data.h"
#include "readers/schema_org.h"
#include "syntax/json.h"
#include "syntax/json_find.h"

/* All data of a page together; a registry's longest record has about 1 MiB. */
enum { LARGEST_DATA = 4 * 1024 * 1024, MOST_TRIALS = 1000 };

struct finding {
    struct tn_arena *arena;
    struct tn_page_data *data;
    const struct tn_page_script *script;
    struct tn_reading *reading; /* may be NULL */
    struct tn_str whole;        /* the script's JSON where it stands in the document; {NULL, 0}: not there as it is */
    unsigned line;
    size_t parsed, repaired;
    cJSON **nodes;
    size_t node_count;
};

static int type_of(const cJSON *item)
{
    return item ? item->type & 0xFF : cJSON_Invalid;
}

static bool holds(struct tn_str text, const char *word)
{
    return tn_str_find(text, tn_str_of(word)) != TN_NO_OFFSET;
}

static bool may_hold_v2(struct tn_str text)
{
    return holds(text, "protocolSection") && holds(text, "nctId");
}

static bool may_hold_study(struct tn_str text)
{
    return holds(text, "MedicalTrial") || holds(text, "MedicalStudy") || holds(text, "MedicalObservationalStudy");
}

static void warn_broken(struct finding *finding, const char *what)
{
    if (!finding->reading)
        return;
    finding->reading->line = finding->line;
    tn_warn(finding->reading, TN_BAD_VALUE, NULL, 0, "the page's data cannot be read: %.160s", what);
    finding->reading->line = 0;
}

static cJSON *parse(struct finding *finding, struct tn_str json)
{
    struct tn_error error;
    if (json.len > LARGEST_DATA - finding->parsed) {
        warn_broken(finding, "more than 4 MiB");
        return NULL;
    }
    finding->parsed += json.len;
    cJSON *tree = tn_json_parse(finding->arena, json.s, json.len, &error);
    if (!tree)
        warn_broken(finding, error.message);
    return tree;
}

static struct tn_data_trial *add_trial(struct finding *finding, enum tn_data_form form, cJSON *tree, bool listed)
{
    struct tn_page_data *data = finding->data;
    if (data->count == MOST_TRIALS)
        return NULL;
    if (data->count == data->room) {
        size_t room = data->room ? data->room * 2 : 4;
        struct tn_data_trial *grown =
            tn_arena_grow(finding->arena, data->trials, data->room * sizeof *grown, room * sizeof *grown);
        if (!grown)
            return NULL;
        data->trials = grown;
        data->room = room;
    }
    struct tn_data_trial *trial = &data->trials[data->count++];
    *trial = (struct tn_data_trial){.form = form, .tree = tree, .listed = listed, .line = finding->line,
                                    .repaired = finding->repaired};
    return trial;
}

/* Numbers. */

static void add_id(struct tn_data_trial *trial, const struct tn_identifier *id)
{
    size_t i = 0;
    while (i < TN_DATA_IDS && trial->ids[i][0] && strcmp(trial->ids[i], id->value) != 0)
        i++;
    if (i < TN_DATA_IDS && id->registry)
        memcpy(trial->ids[i], id->value, sizeof trial->ids[i]);
}

static void add_ids_of(struct tn_data_trial *trial, const cJSON *item, bool alone)
{
    struct tn_identifier id;
    if (type_of(item) == cJSON_Object) {
        add_ids_of(trial, tn_schema_org_member(item, alone ? "value" : "@id"), alone);
        add_ids_of(trial, alone ? tn_schema_org_member(item, "@value") : NULL, alone);
    }
    if (type_of(item) != cJSON_String)
        return;
    struct tn_str text = tn_str_of(item->valuestring);
    if (alone ? tn_identifier_is(text, NULL, &id) : tn_identifier_find(text, 0, NULL, &id))
        add_id(trial, &id);
}

/* The number stands in `identifier`, else in `code`, else in an address. */
static void find_ids(struct tn_data_trial *trial, const cJSON *study)
{
    static const struct {
        const char *member;
        bool alone;
    } places[] = {{"identifier", true}, {"code", true}, {"url", false}, {"@id", false}, {"sameAs", false},
                  {"mainEntityOfPage", false}};
    for (size_t i = 0; i < sizeof places / sizeof places[0] && !trial->ids[0][0]; i++) {
        const cJSON *member = tn_schema_org_member(study, places[i].member);
        if (type_of(member) != cJSON_Array)
            add_ids_of(trial, member, places[i].alone);
        for (const cJSON *entry = type_of(member) == cJSON_Array ? member->child : NULL; entry; entry = entry->next)
            add_ids_of(trial, entry, places[i].alone);
    }
}

/* schema.org. */

static void add_study(struct finding *finding, cJSON *study, const struct tn_trail *trail, bool listed)
{
    struct tn_data_trial *trial = add_trial(finding, TN_DATA_SCHEMA_ORG, study, listed);
    if (!trial)
        return;
    trial->nodes = finding->nodes;
    trial->node_count = finding->node_count;
    trial->bytes = finding->whole;
    trial->path = tn_trail_path(finding->arena, trail);
    find_ids(trial, study);
}

/* A page says what it is about in these; in others it speaks of something else. */
static bool is_own_member(const cJSON *member)
{
    static const char *const names[] = {"@graph", "mainEntity", "mainEntityOfPage", "about"};
    struct tn_str name = tn_schema_org_word(tn_str_of(member->string));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (tn_str_eq(name, tn_str_of(names[i])))
            return type_of(member) != cJSON_Array || i == 0 || !member->child || !member->child->next;
    return false;
}

/* Recursion is bound by the depth of the tree. */
static void collect(struct finding *finding, cJSON *item, const struct tn_trail *trail, bool listed)
{
    bool array = type_of(item) == cJSON_Array;
    int index = 0;
    if (!array && type_of(item) != cJSON_Object)
        return;
    if (tn_schema_org_is_study(item)) {
        add_study(finding, item, trail, listed);
        return;
    }
    for (cJSON *child = item->child; child; child = child->next) {
        struct tn_trail step = {trail, array ? NULL : child->string, index++};
        collect(finding, child, &step, listed || (!array && !is_own_member(child)));
    }
}

static void take_nodes(struct finding *finding, cJSON *tree)
{
    cJSON *graph = type_of(tree) == cJSON_Object ? cJSON_GetObjectItemCaseSensitive(tree, "@graph") : tree;
    size_t count = 0;
    finding->nodes = NULL;
    finding->node_count = 0;
    if (type_of(graph) != cJSON_Array)
        return;
    for (const cJSON *node = graph->child; node; node = node->next)
        count++;
    finding->nodes = tn_arena_alloc(finding->arena, (count + 1) * sizeof *finding->nodes);
    for (cJSON *node = graph->child; finding->nodes && node; node = node->next)
        finding->nodes[finding->node_count++] = node;
}

static void find_studies(struct finding *finding, struct tn_str json)
{
    cJSON *tree = parse(finding, json);
    if (!tree)
        return;
    take_nodes(finding, tree);
    collect(finding, tree, NULL, false);
}

/* API v2. */

static void add_record(struct finding *finding, struct tn_str json, const struct tn_json_found *found)
{
    cJSON *tree = parse(finding, tn_str_slice(json.s + found->at, found->len));
    const cJSON *section = tree ? cJSON_GetObjectItemCaseSensitive(tree, "protocolSection") : NULL;
    const cJSON *module = section ? cJSON_GetObjectItemCaseSensitive(section, "identificationModule") : NULL;
    const cJSON *number = module ? cJSON_GetObjectItemCaseSensitive(module, "nctId") : NULL;
    struct tn_identifier id;
    if (type_of(number) != cJSON_String || !tn_identifier_is(tn_str_of(number->valuestring), NULL, &id))
        return;
    struct tn_data_trial *trial = add_trial(finding, TN_DATA_V2, tree, false);
    if (!trial)
        return;
    add_id(trial, &id);
    if (!finding->whole.s)
        return;
    trial->bytes = tn_str_from(finding->whole, found->at);
    trial->line += tn_str_line_ends(tn_str_slice(finding->whole.s, found->at));
}

static size_t add_records(struct finding *finding, struct tn_str json)
{
    size_t count;
    const struct tn_json_found *found =
        tn_json_find(finding->arena, json, TN_LIT("protocolSection"), MOST_TRIALS, &count);
    for (size_t i = 0; i < count; i++)
        add_record(finding, json, &found[i]);
    return count;
}

/* JSON inside of a text of JSON: {"status":200,"body":"{\"protocolSection\":{...}}"} is how some pages keep what they have
 * fetched. Recursion is bound by the depth of the tree. */
static size_t add_records_in_texts(struct finding *finding, const cJSON *item)
{
    size_t count = 0;
    if (type_of(item) == cJSON_String && may_hold_v2(tn_str_of(item->valuestring)))
        return add_records(finding, tn_str_of(item->valuestring));
    for (const cJSON *child = item->child; child; child = child->next)
        count += add_records_in_texts(finding, child);
    return count;
}

static void find_records(struct finding *finding, struct tn_str json)
{
    if (add_records(finding, json))
        return;
    bool in_text = tn_str_find(json, TN_LIT("\\\"protocolSection\\\"")) != TN_NO_OFFSET;
    const cJSON *tree = in_text ? parse(finding, json) : NULL;
    finding->whole = (struct tn_str){NULL, 0};
    if (in_text ? tree && add_records_in_texts(finding, tree) == 0 : holds(json, "\"protocolSection\""))
        warn_broken(finding, "no whole object around \"protocolSection\"");
}

/* Where the script's text stands in the document: where the parser says, give or take a few bytes. */
static size_t place_of(const struct tn_raw *raw, const struct tn_page_script *script)
{
    enum { NEAR = 16 };
    size_t from = script->offset > NEAR ? script->offset - NEAR : 0, len = script->text.len;
    for (size_t at = from; at <= script->offset + NEAR && at <= raw->len && len <= raw->len - at; at++)
        if (memcmp(raw->bytes + at, script->text.s, len) == 0)
            return at;
    return TN_NO_OFFSET;
}

static void find_in_script(struct finding *finding, const struct tn_raw *raw)
{
    const struct tn_page_script *script = finding->script;
    bool v2 = may_hold_v2(script->text), moved;
    bool study = !v2 && may_hold_study(script->text);
    size_t start, place = raw ? place_of(raw, script) : TN_NO_OFFSET;
    if (!v2 && !study)
        return;
    struct tn_str json = tn_json_of_script(finding->arena, script->text, &start, &moved, &finding->repaired);
    if (!json.s)
        return;
    bool there = place != TN_NO_OFFSET && !moved;
    finding->whole = there ? tn_str_slice(raw->bytes + place + start, json.len) : (struct tn_str){NULL, 0};
    finding->line = (raw ? raw->line - 1 : 0) + script->line + tn_str_line_ends(tn_str_slice(script->text.s, start));
    if (v2)
        find_records(finding, json);
    else
        find_studies(finding, json);
}

/* The page's address. */

/* The only number in a text; false where there is none, or are several. */
static bool only_id(struct tn_str text, struct tn_identifier *only)
{
    struct tn_identifier id;
    bool found = false;
    for (size_t from = 0; tn_identifier_find(text, from, NULL, &id); from = id.at + (id.len ? id.len : 1)) {
        if (!id.registry)
            continue;
        if (found && strcmp(only->value, id.value) != 0)
            return false;
        *only = id;
        found = true;
    }
    return found;
}

bool tn_page_data_is_number(struct tn_str name)
{
    static const char *const names[] = {"dc.identifier", "dcterms.identifier", "citation_id", "citation_trial_id",
                                        "trial_id",      "nct_id",             "nctid"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (tn_str_eq_fold(name, tn_str_of(names[i])))
            return true;
    return false;
}

static bool is_address(struct tn_str name)
{
    return tn_str_eq_fold(name, TN_LIT("og:url")) || tn_str_eq_fold(name, TN_LIT("twitter:url"));
}

static void find_address(struct tn_page_data *data, const struct tn_raw *raw)
{
    const struct tn_page *page = data->page;
    struct tn_identifier found;
    data->address.value[0] = '\0';
    for (size_t i = 0; i < page->meta_count && !data->address.value[0]; i++)
        if (tn_page_data_is_number(page->metas[i].name) && only_id(page->metas[i].content, &found))
            data->address = found;
    if (!data->address.value[0] && only_id(page->canonical, &found))
        data->address = found;
    for (size_t i = 0; i < page->meta_count && !data->address.value[0]; i++)
        if (is_address(page->metas[i].name) && only_id(page->metas[i].content, &found))
            data->address = found;
    if (!data->address.value[0] && raw && raw->url && only_id(tn_str_of(raw->url), &found)) {
        data->address = found;
        data->fetched = true;
    }
}

void tn_page_data_locate(struct tn_data_trial *trial)
{
    struct tn_json_finger finger = {.depth = 0};
    size_t offset;
    unsigned lines;
    if (!trial->bytes.s || trial->path.len == 0)
        return;
    bool found = tn_json_locate_near(trial->bytes, trial->path, &finger, &offset, &lines);
    trial->bytes = found ? tn_str_from(trial->bytes, offset) : (struct tn_str){NULL, 0};
    trial->line += found ? lines : 0;
    trial->path.len = 0;
}

bool tn_page_data_find(struct tn_arena *arena, const struct tn_page *page, const struct tn_raw *raw,
                       struct tn_reading *reading, struct tn_page_data *data)
{
    struct finding finding = {.arena = arena, .data = data, .reading = reading};
    *data = (struct tn_page_data){.page = page};
    find_address(data, raw);
    for (size_t i = 0; i < page->script_count; i++) {
        finding.script = &page->scripts[i];
        find_in_script(&finding, raw);
    }
    return !arena->failed;
}

struct tn_str tn_page_data_bare_title(const struct tn_page *page, struct tn_str title)
{
    for (size_t i = 0; i < page->meta_count; i++) {
        struct tn_str site = page->metas[i].content;
        if (!tn_str_eq_fold(page->metas[i].name, TN_LIT("og:site_name")) || site.len == 0 || !tn_str_ends_fold(title, site) ||
            title.len == site.len)
            continue;
        size_t len = title.len - site.len;
        while (len && (strchr(" |-:", title.s[len - 1]) || (unsigned char)title.s[len - 1] >= 0x80))
            len--;
        return len ? tn_str_slice(title.s, len) : title;
    }
    return title;
}
