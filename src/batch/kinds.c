/* SPDX-License-Identifier: MIT */
#include "batch/kinds.h"

#include "core/xml_lexer.h"

/* Behind the brackets that open at the beginning. */
static size_t end_of_json(struct tn_str text)
{
    size_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.s[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && (c == '}' || c == ']') && --depth == 0)
            return i + 1;
    }
    return text.len;
}

/* The first tag: what is declared and said before it belongs to the document. */
static struct tn_str first_tag(struct tn_str text)
{
    for (size_t i = 0; i + 1 < text.len; i++)
        if (text.s[i] == '<' && tn_xml_begins_name(text.s[i + 1]))
            return tn_str_from(text, i);
    return tn_str_from(text, text.len);
}

/* The first element's name, with its prefix. */
static struct tn_str outermost(struct tn_str text)
{
    struct tn_str name = tn_str_from(first_tag(text), 1);
    size_t len = 0;
    while (len < name.len && !tn_is_space(name.s[len]) && name.s[len] != '>' && name.s[len] != '/')
        len++;
    return tn_str_slice(name.s, len);
}

/* Behind the first end tag of the first element's name. */
static size_t end_of_xml(struct tn_str text)
{
    struct tn_str name = outermost(text), rest = name;
    rest.len = (size_t)(text.s + text.len - name.s);
    for (size_t at; name.len && (at = tn_str_find(rest, name)) != TN_NO_OFFSET; rest = tn_str_from(rest, at + name.len)) {
        size_t end = at + name.len;
        bool whole = end < rest.len && (tn_is_space(rest.s[end]) || rest.s[end] == '>');
        const char *found = rest.s + at;
        if (whole && found - text.s >= 2 && found[-1] == '/' && found[-2] == '<')
            return (size_t)(rest.s - text.s) + end + 1;
    }
    return text.len;
}

/* The first of the documents that `head` begins with, as far as it is there. */
static struct tn_str first_document(struct tn_str head, enum tn_syntax syntax)
{
    bool array = tn_str_starts(tn_str_trim(head), TN_LIT("["));
    if (syntax == TN_SYNTAX_XML)
        head.len = end_of_xml(head);
    else if (syntax == TN_SYNTAX_JSON && !array)
        head.len = end_of_json(head);
    return head;
}

/* True when the path `told` leads through `own`, step by step: "data[]" on the way to "data|*[].items[]". */
static bool leads_through(struct tn_str told, struct tn_str own)
{
    while (own.len && told.len) {
        size_t end = 0, step = 0;
        while (end < own.len && own.s[end] != '.' && own.s[end] != '[')
            end++;
        while (step < told.len && told.s[step] != '.' && told.s[step] != '[')
            step++;
        struct tn_str name = tn_str_slice(told.s, step);
        bool any = tn_str_eq(name, TN_LIT("*"));
        if (name.len > 2 && memcmp(name.s + name.len - 2, "|*", 2) == 0)
            name.len -= 2;
        if (!any && !tn_str_eq(name, tn_str_slice(own.s, end)))
            return false;
        own = tn_str_from(own, end);
        told = tn_str_from(told, step);
        size_t marks = 0;
        while (marks < own.len && strchr("[].", own.s[marks]))
            marks++;
        if (!tn_str_starts(told, tn_str_slice(own.s, marks)))
            return false;
        own = tn_str_from(own, marks);
        told = tn_str_from(told, marks);
    }
    return own.len == 0;
}

/* The record paths of the kind's reader, and that which its document told; not those that end on the way to it. */
static size_t gather_paths(const struct tn_document_kind *kind, const char **paths)
{
    const char *told = kind->path[0] ? kind->path : NULL;
    size_t count = 0;
    for (const char *const *own = kind->reader->record_paths; own && *own && count < TN_SPLIT_PATHS - 1; own++)
        if (!told || !leads_through(tn_str_of(told), tn_str_of(*own)))
            paths[count++] = *own;
    if (told)
        paths[count++] = told;
    return count;
}

static void set_kind(struct tn_document_kind *kind, struct tn_str head, const struct tn_verdict *verdict)
{
    const struct tn_reader *reader = verdict->reader;
    kind->reader = reader;
    kind->syntax = verdict->syntax;
    kind->doubtful = false;
    if (!tn_record_path(reader, verdict->syntax, head, kind->path, sizeof kind->path))
        kind->path[0] = '\0';
}

void tn_kinds_begin(struct tn_kinds *kinds, struct tn_split *split, struct tn_str head, const struct tn_verdict *verdict)
{
    const char *paths[TN_SPLIT_PATHS];
    kinds->count = 0;
    set_kind(&kinds->of[0], head, verdict);
    tn_split_by(split, verdict->syntax, paths, gather_paths(&kinds->of[0], paths));
}

static struct tn_document_kind *find(struct tn_kinds *kinds, uint32_t beginning)
{
    for (size_t i = 0; i < kinds->count; i++)
        if (kinds->of[i].beginning == beginning)
            return &kinds->of[i];
    return NULL;
}

static bool detect(struct tn_batch *batch, struct tn_str head, struct tn_verdict *verdict)
{
    struct tn_error ignored;
    return tn_detect(batch->worker, head, verdict, &ignored) <= TN_WARN;
}

/* By itself, and where that says nothing, by what follows too. */
static bool tell(struct tn_batch *batch, struct tn_str *head, struct tn_verdict *verdict)
{
    struct tn_str alone = first_document(*head, tn_syntax_of(*head));
    if (detect(batch, alone, verdict)) {
        *head = alone;
        return true;
    }
    return alone.len < head->len && detect(batch, *head, verdict);
}

/* It keeps the reader that was told for it with others, unless another one claims it: one that knows its source, or any where
 * that reader finds nothing of its own. */
static bool is_for_another(struct tn_batch *batch, struct tn_str document, const struct tn_verdict *verdict,
                           const struct tn_reader *reader)
{
    return verdict->reader != reader && !(verdict->reader->generic && tn_recognises(batch->worker, reader, document));
}

static void tell_kind(struct tn_batch *batch, struct tn_split *split, const struct tn_document_kind *before,
                      struct tn_document_kind *kind)
{
    struct tn_str head;
    struct tn_error ignored;
    struct tn_verdict verdict;
    uint32_t beginning = kind->beginning;
    bool good = tn_split_peek(split, TN_SPLIT_PEEK, &head, &ignored) && tell(batch, &head, &verdict) &&
                (verdict.syntax == TN_SYNTAX_JSON || verdict.syntax == TN_SYNTAX_XML) &&
                (verdict.reader == before->reader || is_for_another(batch, head, &verdict, before->reader));
    if (kind != before)
        *kind = *before;
    kind->beginning = beginning;
    kind->doubtful = false;
    if (!good)
        return;
    bool other = verdict.reader != before->reader;
    set_kind(kind, head, &verdict);
    if (!other)
        return;
    const struct tn_document document = {batch->path, batch->member->name, &verdict};
    if (batch->visitor->document)
        batch->visitor->document(batch->visitor->context, &document);
}

const struct tn_document_kind *tn_kinds_next(struct tn_kinds *kinds, struct tn_batch *batch, struct tn_split *split,
                                             const struct tn_document_kind *before)
{
    const char *paths[TN_SPLIT_PATHS];
    struct tn_document_kind *kind = find(kinds, tn_split_kind(split));
    bool first = kinds->count == 0, fresh = !kind && kinds->count < TN_KINDS;
    if (fresh) {
        kind = &kinds->of[kinds->count++];
        kind->beginning = tn_split_kind(split);
    }
    if (first || !kind)
        return before;
    kinds->of[0].doubtful = kinds->of[0].doubtful || (kinds->count == 2 && fresh && split->told_at < TN_SPLIT_PEEK);
    if (fresh || kind->doubtful)
        tell_kind(batch, split, before, kind);
    tn_split_change(split, kind->syntax, paths, gather_paths(kind, paths));
    return kind;
}

enum tn_severity tn_kinds_tell_first(struct tn_batch *batch, struct tn_str *head, enum tn_severity told,
                                     struct tn_verdict *verdict, const struct tn_error *error)
{
    bool good = told <= TN_WARN;
    if (batch->options->reader || (!good && error->code != TN_AMBIGUOUS))
        return told;
    struct tn_str alone = *head;
    if (verdict->syntax == TN_SYNTAX_XML)
        alone.len = end_of_xml(alone);
    else if (verdict->syntax == TN_SYNTAX_JSON && verdict->second)
        alone.len = verdict->second;
    struct tn_verdict first;
    if (tn_str_trim(tn_str_from(*head, alone.len)).len == 0 || !detect(batch, alone, &first) ||
        (good && !is_for_another(batch, alone, &first, verdict->reader)))
        return told;
    *verdict = first;
    *head = alone;
    return TN_OK;
}
