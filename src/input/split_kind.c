/* SPDX-License-Identifier: MIT */
/* Documents of several kinds, one behind the other: where another kind may begin. */
#include "input/split_inside.h"

void tn_split_watch(struct tn_split *split)
{
    split->watching = true;
    split->told_at = TN_NO_OFFSET;
    split->beginning.known = false;
}

uint32_t tn_split_kind(const struct tn_split *split)
{
    return split->beginning.names * 2 + (split->beginning.syntax == TN_SYNTAX_XML);
}

static enum tn_step tell(struct tn_turn *turn, enum tn_syntax syntax, uint32_t names)
{
    struct tn_split *split = turn->split;
    struct tn_split_beginning *is = &split->beginning;
    if ((is->known && is->syntax == syntax && is->names == names) || split->told_at == split->base + split->at)
        return TN_STEP_GO;
    *is = (struct tn_split_beginning){true, syntax, names};
    split->told_at = split->base + split->at;
    turn->result = TN_SPLIT_DOCUMENT;
    return TN_STEP_EVENT;
}

static bool watches(const struct tn_split *split)
{
    return split->watching && !split->container_open;
}

/* So many bytes are enough to tell how a document begins; *there: there are no more, or as many. */
static struct tn_str beginning(const struct tn_split *split, bool *there)
{
    enum { ENOUGH = 1024 };
    struct tn_str text = tn_str_slice(split->buffer + split->at, split->filled - split->at);
    *there = text.len >= ENOUGH || split->ended;
    text.len = text.len < ENOUGH ? text.len : ENOUGH;
    return text;
}

bool tn_split_first_member(struct tn_str object, struct tn_str *name)
{
    size_t at = 1;
    while (at < object.len && tn_is_space(object.s[at]))
        at++;
    *name = TN_LIT("");
    if (at < object.len && object.s[at] != '"')
        return true;
    *name = tn_str_from(object, at + 1);
    size_t end = tn_str_find_char(*name, '"');
    name->len = end == TN_NO_OFFSET ? name->len : end;
    return end != TN_NO_OFFSET;
}

enum tn_step tn_watch_object(struct tn_turn *turn)
{
    bool there;
    struct tn_str name, text = beginning(turn->split, &there);
    if (!watches(turn->split))
        return TN_STEP_GO;
    if (!tn_split_first_member(text, &name) && !there)
        return TN_STEP_MORE;
    return tell(turn, TN_SYNTAX_JSON, tn_xml_hash(name));
}

static bool is_empty_element(struct tn_str text)
{
    size_t end = tn_str_find_char(text, '>');
    return end != TN_NO_OFFSET && end > 0 && text.s[end - 1] == '/';
}

/* The names of the outermost element and of those that begin behind it, up to its end. */
static uint32_t first_elements(struct tn_str text)
{
    enum { ELEMENTS = 6 };
    uint32_t outermost = tn_xml_hash(tn_xml_name(text)), names = outermost;
    size_t count = is_empty_element(text) ? ELEMENTS : 1, at;
    for (text = tn_str_from(text, 1); count < ELEMENTS && (at = tn_str_find_char(text, '<')) != TN_NO_OFFSET;
         text = tn_str_from(text, 1)) {
        text = tn_str_from(text, at);
        if (tn_str_starts(text, TN_LIT("</")) && tn_xml_hash(tn_xml_name(text)) == outermost)
            break;
        if (text.len > 1 && tn_xml_begins_name(text.s[1])) {
            names = names * 31 + tn_xml_hash(tn_xml_name(text));
            count++;
        }
    }
    return names;
}

/* Several forms have the same outermost elements (`<trials><trial><main>`). */
enum tn_step tn_watch_element(struct tn_turn *turn)
{
    bool there;
    struct tn_str text = beginning(turn->split, &there);
    if (!watches(turn->split))
        return TN_STEP_GO;
    if (!there)
        return TN_STEP_MORE;
    return tell(turn, TN_SYNTAX_XML, first_elements(text));
}

enum tn_step tn_watch_other(struct tn_turn *turn)
{
    const struct tn_split *split = turn->split;
    return watches(split) ? tell(turn, split->xml.on ? TN_SYNTAX_JSON : TN_SYNTAX_XML, 0) : TN_STEP_GO;
}

bool tn_split_change(struct tn_split *split, enum tn_syntax syntax, const char *const *paths, size_t count)
{
    bool other = split->xml.on != (syntax == TN_SYNTAX_XML);
    split->path_count = 0;
    split->path_likes = false;
    split->like = 0;
    if (other) {
        split->xml = (struct tn_split_xml){.on = false};
        split->depth = 0;
        split->state = TN_AT_DOCUMENT;
        split->told_at = TN_NO_OFFSET; /* told again, by its own names */
        split->candidate = split->dropping = split->damaged = false;
    }
    return tn_split_by(split, syntax, paths, count);
}
