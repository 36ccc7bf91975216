/* SPDX-License-Identifier: MIT */
/* Who reads a document: syntax first, then the evidence of that syntax's readers. */
#include <stdio.h>

#include "readers/worker.h"
#include "syntax/blocks.h"

/* A lead under this is no decision. */
enum { LEAD_BITS = 8 };

const char *tn_syntax_name(enum tn_syntax syntax)
{
    static const char *const names[TN_SYNTAX_COUNT] = {[TN_SYNTAX_JSON] = "json", [TN_SYNTAX_TEXT] = "text",
                                                         [TN_SYNTAX_HTML] = "html"};
    return syntax < TN_SYNTAX_COUNT ? names[syntax] : "?";
}

void tn_evidence_add(struct tn_evidence *evidence, struct tn_str found)
{
    size_t used = strlen(evidence->what);
    size_t len = tn_str_cut(found, 60);
    if (found.len == 0)
        return;
    evidence->bits += 8 * (unsigned)(found.len < 1000 ? found.len : 1000);
    if (used + len + 6 < sizeof evidence->what)
        snprintf(evidence->what + used, sizeof evidence->what - used, "%s\"%.*s\"", used ? "; " : "", (int)len,
                 found.s);
}

static struct tn_str skip_space(struct tn_str text)
{
    while (text.len && tn_is_space(text.s[0]))
        text = tn_str_from(text, 1);
    return text;
}

/* `"key" :`, or as much of it as there is. A title in quotation marks has no colon behind it. */
static bool is_member_start(struct tn_str text)
{
    size_t at = 1;
    while (at < text.len && text.s[at] != '"' && text.s[at] != '\n')
        at += text.s[at] == '\\' ? 2 : 1;
    if (at >= text.len)
        return true;
    text = skip_space(tn_str_from(text, at + 1));
    return text.len == 0 || text.s[0] == ':';
}

/* Elements and marks that an HTML page, or a piece cut out of one, may begin with. XML has another beginning. */
static bool is_markup(struct tn_str text)
{
    static const char *const starts[] = {"!doctype html", "html", "head", "body", "meta",  "title", "div",  "table", "section",
                                         "article",       "main", "p>",   "h1",   "h2",    "ul>",   "dl>",  "span",  "script",
                                         "pre",  "p ",   "h3",   "ol>",   "ul ",   "dl ",  "ol ",   "font",
                                         "b>",   "strong", "br", "tr",    "td",    "li",   "tbody", "th",
                                         "style",         "link", "base", "form", "center", "nav",  "header", "img", "a href"};
    for (;;) {
        text = skip_space(text);
        if (tn_str_starts(text, TN_LIT("<!--")) || tn_str_starts(text, TN_LIT("<?xml"))) {
            struct tn_str end = text.s[1] == '!' ? TN_LIT("-->") : TN_LIT("?>");
            size_t at = tn_str_find(text, end);
            text = tn_str_from(text, at == TN_NO_OFFSET ? text.len : at + end.len);
            continue;
        }
        if (text.len == 0 || text.s[0] != '<')
            return false;
        for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
            if (tn_str_starts_fold(tn_str_from(text, 1), tn_str_of(starts[i])))
                return true;
        return false;
    }
}

enum tn_syntax tn_syntax_of(struct tn_str bytes)
{
    if (tn_str_starts(bytes, TN_LIT("\xEF\xBB\xBF")))
        bytes = tn_str_from(bytes, 3);
    bytes = skip_space(bytes);
    while (bytes.len && bytes.s[0] == '[') {
        bytes = skip_space(tn_str_from(bytes, 1));
        if (bytes.len == 0 || bytes.s[0] == ']')
            return TN_SYNTAX_JSON;
        if (bytes.s[0] != '[' && bytes.s[0] != '{')
            return TN_SYNTAX_TEXT;
    }
    if (bytes.len && bytes.s[0] == '<')
        return is_markup(bytes) ? TN_SYNTAX_HTML : TN_SYNTAX_TEXT;
    if (bytes.len == 0 || bytes.s[0] != '{')
        return TN_SYNTAX_TEXT;
    bytes = skip_space(tn_str_from(bytes, 1));
    bool json = bytes.len == 0 || bytes.s[0] == '}' || (bytes.s[0] == '"' && is_member_start(bytes));
    return json ? TN_SYNTAX_JSON : TN_SYNTAX_TEXT;
}

/* One table reads a site's text and its HTML. */
static bool reads(const struct tn_reader *reader, enum tn_syntax syntax)
{
    return reader->syntax == syntax || (reader->syntax == TN_SYNTAX_TEXT && syntax == TN_SYNTAX_HTML);
}

static void ask_all(const struct tn_reader *const *readers, const struct tn_peek *peek, struct tn_verdict *verdict)
{
    for (const struct tn_reader *const *at = readers; *at; at++) {
        struct tn_evidence evidence = {0};
        bool hopeless = (*at)->most_bits && verdict->evidence.bits >= (*at)->most_bits + LEAD_BITS;
        if (hopeless && !peek->worker->options.runner_up)
            continue;
        if (reads(*at, peek->syntax))
            (*at)->detect(*at, peek, &evidence);
        if (evidence.bits > verdict->evidence.bits) {
            verdict->runner_up = verdict->reader;
            verdict->runner_up_bits = verdict->evidence.bits;
            verdict->reader = *at;
            verdict->evidence = evidence;
        } else if (evidence.bits > verdict->runner_up_bits) {
            verdict->runner_up = *at;
            verdict->runner_up_bits = evidence.bits;
        }
    }
}

/* The names of the readers of a syntax, for the message: as many as there is room for, and dots for the others. */
static void name_readers(const struct tn_reader *const *readers, enum tn_syntax syntax, char *names, size_t room)
{
    enum { DOTS = 6 };
    size_t used = 0;
    bool all = true;
    names[0] = '\0';
    for (const struct tn_reader *const *at = readers; *at && all; at++) {
        if (!reads(*at, syntax))
            continue;
        all = used + strlen((*at)->name) + 3 + DOTS < room;
        used += (size_t)snprintf(names + used, room - used, "%s%s", used ? ", " : "", all ? (*at)->name : "...");
    }
}

static bool has_data(const struct tn_page *page)
{
    for (size_t i = 0; page && i < page->script_count; i++)
        if (tn_str_trim(page->scripts[i].text).len)
            return true;
    return false;
}

/* Says what was looked for. */
static void say_unrecognised(const struct tn_worker *worker, enum tn_syntax syntax, struct tn_str bytes,
                             struct tn_error *error)
{
    enum { HTML_ROOM = 80 }; /* a message is short, and that of HTML has more to say */
    char names[160];
    struct tn_str start = skip_space(bytes);
    bool markup = syntax == TN_SYNTAX_TEXT && start.len && start.s[0] == '<';
    name_readers(worker->options.readers, syntax, names, syntax == TN_SYNTAX_HTML ? HTML_ROOM : sizeof names);
    if (syntax == TN_SYNTAX_HTML)
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL,
                     "no reader claims this html; looked for the labels or criteria of one trial, entries with identifiers or "
                     "addresses of many%s, and the labels of: %s", has_data(worker->page) ? ", its scripts' data" : "", names);
    else
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL,
                     "no reader claims this %s%s; looked for the keys, headings and labels of: %s", tn_syntax_name(syntax),
                     markup ? " (it looks like XML, which is not read yet)" : "", names);
}

void tn_detect_at(struct tn_worker *worker, const char *address)
{
    worker->address = address;
}

enum tn_severity tn_detect(struct tn_worker *worker, struct tn_str bytes, struct tn_verdict *verdict,
                           struct tn_error *error)
{
    *verdict = (struct tn_verdict){.syntax = tn_syntax_of(bytes)};
    struct tn_peek peek = {.syntax = verdict->syntax, .bytes = bytes, .worker = worker};
    tn_arena_reset(&worker->arena);
    worker->page = NULL;
    if (peek.syntax != TN_SYNTAX_JSON) {
        peek.page = tn_page_blocks(worker, bytes, error);
        if (!peek.page)
            return TN_FAILED;
    }
    ask_all(worker->options.readers, &peek, verdict);
    if (worker->arena.failed) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        verdict->reader = NULL;
        return TN_FAILED;
    }
    if (!verdict->reader) {
        say_unrecognised(worker, verdict->syntax, bytes, error);
        return TN_FAILED;
    }
    if (verdict->evidence.bits < verdict->runner_up_bits + LEAD_BITS) {
        tn_error_set(error, TN_FAILED, TN_AMBIGUOUS, NULL, "both %s (%u bits) and %s (%u bits) claim it; choose with -f",
                     verdict->reader->name, verdict->evidence.bits, verdict->runner_up->name, verdict->runner_up_bits);
        verdict->reader = NULL;
        return TN_FAILED;
    }
    return TN_OK;
}
