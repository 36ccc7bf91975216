/* SPDX-License-Identifier: MIT */
/* Records of XML: from their first tag to their last, and how cutting goes on behind one that is lost. */
#include "input/split_inside.h"

/* A record that fails is looked through for tags that begin a record, and these may fail at the same place again. After
 * so many failures the search goes on behind the place, so that no byte is read more often than that. */
enum { MOST_RETRIES = 16 };

static struct tn_str name_at(const struct tn_split *split, size_t start)
{
    return tn_xml_name(tn_str_slice(split->buffer + start, split->at - start));
}

static enum tn_step end_record(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    split->xml.depth = 0;
    if (split->base + split->at - split->record > split->max_record) {
        split->xml.depth = 1;
        return tn_xml_lose(turn, TN_TOO_LARGE, 0, "the record is larger than a record may be");
    }
    struct tn_split_frame frame = {.array = true, .items = split->container_open ? split->container.records + 1 : 1};
    unsigned around = split->depth;
    if (around && around < TN_SPLIT_FRAMES)
        split->frames[split->depth++] = frame;
    tn_tell_record(turn);
    split->depth = around;
    split->damaged = around && split->damaged;
    return TN_STEP_EVENT;
}

enum tn_step tn_xml_begin(struct tn_turn *turn, size_t start, enum tn_xml_token token)
{
    struct tn_split *split = turn->split;
    size_t behind = split->at;
    split->xml.own = tn_xml_hash(name_at(split, start));
    split->at = start;
    if (split->depth == 0 && !split->container_open)
        tn_forget_members(split);
    split->container_open = split->container_open || split->depth;
    tn_begin_record(split);
    split->at = behind;
    split->xml.depth = 1;
    split->xml.names[0] = split->xml.own;
    return token == TN_XML_EMPTY ? end_record(turn) : TN_STEP_GO;
}

/* Members of the record that are long are noted. */
static void note_large(struct tn_split *split)
{
    struct tn_scan *scan = &split->scan;
    size_t len = split->base + split->at - split->record - scan->opened;
    if (len >= TN_SPLIT_LARGE && scan->large_count < TN_RAW_MEMBERS)
        scan->large[scan->large_count++] = (struct tn_raw_member){scan->opened, len};
}

enum tn_step tn_xml_inside(struct tn_turn *turn, size_t start, enum tn_xml_token token)
{
    struct tn_split *split = turn->split;
    struct tn_split_xml *xml = &split->xml;
    if (token == TN_XML_START) {
        if (xml->depth == TN_MAX_DEPTH)
            return tn_xml_lose(turn, TN_TOO_DEEP, start, "nested too deep");
        if (xml->depth == 1)
            split->scan.opened = split->base + start - split->record;
        xml->names[xml->depth++] = tn_xml_hash(name_at(split, start));
    } else if (token == TN_XML_END) {
        if (xml->names[xml->depth - 1] != tn_xml_hash(name_at(split, start)))
            return tn_xml_lose(turn, TN_SYNTAX, start, "not XML: an end tag that closes not what was opened last");
        xml->depth--;
        if (xml->depth == 1)
            note_large(split);
    }
    return xml->depth ? TN_STEP_GO : end_record(turn);
}

/* The first tag between `from` and `to` that begins a record of the same name; TN_NO_OFFSET. */
static size_t find_begin(const struct tn_split *split, size_t from, size_t to)
{
    const char *open;
    while (from < to && (open = memchr(split->buffer + from, '<', to - from)) != NULL) {
        size_t at = (size_t)(open - split->buffer);
        struct tn_str text = tn_str_slice(open, to - at);
        struct tn_str name = text.len > 1 && tn_xml_begins_name(text.s[1]) ? tn_xml_name(text) : TN_LIT("");
        if (name.len && tn_xml_hash(name) == split->xml.own)
            return at;
        from = at + 1;
    }
    return TN_NO_OFFSET;
}

/* Where looking for such a tag begins. */
static size_t search_from(struct tn_split *split, size_t place)
{
    size_t reached = split->base + place;
    if (reached > split->floor || split->floor == 0) {
        split->floor = reached;
        split->retries = 0;
    } else if (++split->retries > MOST_RETRIES) {
        return place;
    }
    return split->record - split->base + 1;
}

enum tn_step tn_xml_lose(struct tn_turn *turn, enum tn_code code, size_t place, const char *message)
{
    struct tn_split *split = turn->split;
    size_t record = split->record - split->base, most = record + split->max_record;
    bool large = code == TN_TOO_LARGE || (place > most && place != TN_NO_OFFSET);
    if (large) {
        code = TN_TOO_LARGE;
        place = most < split->filled ? most : split->filled;
    }
    struct tn_split_frame frame = {.array = true, .items = split->container_open ? split->container.records + 1 : 1};
    unsigned around = split->depth;
    if (around && around < TN_SPLIT_FRAMES)
        split->frames[split->depth++] = frame;
    tn_tell_lost(turn, code, place, large ? "the record is larger than a record may be" : message);
    split->depth = around;
    /* What is nested too deep is not what lost its end. */
    size_t found = code == TN_TOO_DEEP ? TN_NO_OFFSET : find_begin(split, search_from(split, place), place);
    split->at = found != TN_NO_OFFSET ? found : place;
    tn_xml_restart(split);
    split->xml.depth = 0;
    split->xml.recovering = split->damaged = true;
    return TN_STEP_EVENT;
}
