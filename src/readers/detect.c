/* SPDX-License-Identifier: MIT */
/* Who reads a document: syntax first, then the evidence of that syntax's readers. */
#include <stdio.h>

#include "core/delimited.h"
#include "core/xml_lexer.h"
#include "readers/member_names.h"
#include "readers/worker.h"
#include "syntax/blocks.h"

/* A lead under this is no decision. */
enum { LEAD_BITS = 8 };

const char *tn_syntax_name(enum tn_syntax syntax)
{
    static const char *const names[TN_SYNTAX_COUNT] = {[TN_SYNTAX_JSON] = "json", [TN_SYNTAX_TEXT] = "text",
                                                         [TN_SYNTAX_HTML] = "html",
                                                         [TN_SYNTAX_XML] = "xml",
                                                         [TN_SYNTAX_DELIMITED] = "delimited"};
    return syntax < TN_SYNTAX_COUNT ? names[syntax] : "?";
}

bool tn_syntax_is_page(enum tn_syntax syntax)
{
    return syntax == TN_SYNTAX_TEXT || syntax == TN_SYNTAX_HTML;
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

/* Behind comments and processing instructions; *declared: an XML declaration was among them. */
static struct tn_str skip_marks(struct tn_str text, bool *declared)
{
    for (;;) {
        text = skip_space(text);
        bool comment = tn_str_starts(text, TN_LIT("<!--"));
        if (!comment && !tn_str_starts(text, TN_LIT("<?")))
            return text;
        *declared = *declared || tn_str_starts(text, TN_LIT("<?xml"));
        struct tn_str end = comment ? TN_LIT("-->") : TN_LIT("?>");
        size_t at = tn_str_find(text, end);
        text = tn_str_from(text, at == TN_NO_OFFSET ? text.len : at + end.len);
    }
}

/* The word stands there as a whole: `main`, and not `main_id`. */
static bool starts_word(struct tn_str text, struct tn_str word)
{
    char last = word.s[word.len - 1];
    return tn_str_starts_fold(text, word) &&
           (!tn_is_alnum(last) || text.len == word.len || !tn_xml_in_name(text.s[word.len]));
}

/* Elements and marks that an HTML page, or a piece cut out of one, may begin with. With an XML declaration only a whole
 * page is one. */
static bool is_page(struct tn_str text, bool declared)
{
    static const char *const starts[] = {"!doctype html", "html", "head", "body", "meta",  "title", "div",  "table", "section",
                                         "article",       "main", "p>",   "h1",   "h2",    "ul>",   "dl>",  "span",  "script",
                                         "pre",  "p ",   "h3",   "ol>",   "ul ",   "dl ",  "ol ",   "font",
                                         "b>",   "strong", "br", "tr",    "td",    "li",   "tbody", "th",
                                         "style",         "link", "base", "form", "center", "nav",  "header", "img", "a href"};
    enum { OF_PAGES = 4 };
    for (size_t i = 0; i < (declared ? OF_PAGES : sizeof starts / sizeof starts[0]); i++)
        if (starts_word(tn_str_from(text, 1), tn_str_of(starts[i])))
            return true;
    return false;
}

/* A tag, or as much of one as there is: `<name>`, `<name/>`, `<name attribute=`. */
static bool is_element(struct tn_str text)
{
    size_t at = 1;
    if (text.len < 2 || text.s[0] != '<' || !tn_xml_begins_name(text.s[1]) || (unsigned char)text.s[1] >= 0x80)
        return false;
    while (at < text.len && tn_xml_in_name(text.s[at]))
        at++;
    struct tn_str rest = skip_space(tn_str_from(text, at));
    if (rest.len == 0 || rest.s[0] == '>' || tn_str_starts(rest, TN_LIT("/>")))
        return true;
    for (at = 0; at < rest.len && tn_xml_in_name(rest.s[at]);)
        at++;
    rest = skip_space(tn_str_from(rest, at));
    return at > 0 && (rest.len == 0 || rest.s[0] == '=');
}

/* Of text that begins with `<`. */
static enum tn_syntax syntax_of_markup(struct tn_str text)
{
    bool declared = false;
    text = skip_marks(text, &declared);
    if (text.len && text.s[0] == '<' && is_page(text, declared))
        return TN_SYNTAX_HTML;
    bool doctype = tn_str_starts(text, TN_LIT("<!DOCTYPE"));
    return declared || doctype || is_element(text) ? TN_SYNTAX_XML : TN_SYNTAX_TEXT;
}

enum tn_syntax tn_syntax_of(struct tn_str bytes)
{
    struct tn_str mark = TN_LIT("\xEF\xBB\xBF"); /* of the byte order; a line end may stand before it */
    struct tn_str whole = bytes;                 /* a table's first name may be empty: a tab is no blank there */
    for (bytes = skip_space(bytes); tn_str_starts(bytes, mark); bytes = skip_space(bytes))
        whole = bytes = tn_str_from(bytes, mark.len);
    while (bytes.len && bytes.s[0] == '[') {
        bytes = skip_space(tn_str_from(bytes, 1));
        if (bytes.len == 0 || bytes.s[0] == ']')
            return TN_SYNTAX_JSON;
        if (bytes.s[0] != '[' && bytes.s[0] != '{')
            return TN_SYNTAX_TEXT;
    }
    if (bytes.len && bytes.s[0] == '<')
        return syntax_of_markup(bytes);
    struct tn_delimited form;
    if (bytes.len == 0 || bytes.s[0] != '{')
        return tn_delimited_tell(whole, &form, NULL) ? TN_SYNTAX_DELIMITED : TN_SYNTAX_TEXT;
    bytes = skip_space(tn_str_from(bytes, 1));
    bool json = bytes.len == 0 || bytes.s[0] == '}' || (bytes.s[0] == '"' && is_member_start(bytes));
    return json ? TN_SYNTAX_JSON : TN_SYNTAX_TEXT;
}

/* `"$schema": "https://json-schema.org/..."` among the document's own first members: it says what records look like, and
 * has the names of all their keys. */
static bool is_json_schema(struct tn_str bytes)
{
    struct tn_str key = TN_LIT("\"$schema\"");
    size_t at = tn_str_find(bytes, key);
    struct tn_str before = tn_str_slice(bytes.s, at == TN_NO_OFFSET ? 0 : at);
    size_t open = tn_str_find_char(before, '{');
    if (open == TN_NO_OFFSET || tn_str_find_char(tn_str_from(before, open + 1), '{') != TN_NO_OFFSET)
        return false;
    struct tn_str value = skip_space(tn_str_from(bytes, at + key.len));
    value = skip_space(tn_str_from(value, value.len && value.s[0] == ':'));
    return tn_str_starts(value, TN_LIT("\"http://json-schema.org/")) ||
           tn_str_starts(value, TN_LIT("\"https://json-schema.org/"));
}

bool tn_reader_reads(const struct tn_reader *reader, enum tn_syntax syntax)
{
    return reader->syntaxes >> syntax & 1;
}

enum tn_syntax tn_reader_syntax(const struct tn_reader *reader, enum tn_syntax found)
{
    enum tn_syntax first = 0;
    while (first < TN_SYNTAX_COUNT - 1 && !tn_reader_reads(reader, first))
        first++;
    return tn_reader_reads(reader, found) ? found : first;
}

void tn_reader_syntax_names(const struct tn_reader *reader, char *names, size_t room)
{
    size_t used = 0;
    names[0] = '\0';
    for (enum tn_syntax i = 0; i < TN_SYNTAX_COUNT; i++)
        if (tn_reader_reads(reader, i) && used < room)
            used += (size_t)snprintf(names + used, room - used, "%s%s", used ? ", " : "", tn_syntax_name(i));
}

static void ask_all(const struct tn_reader *const *readers, const struct tn_peek *peek, struct tn_verdict *verdict)
{
    for (const struct tn_reader *const *at = readers; *at; at++) {
        struct tn_evidence evidence = {0};
        bool hopeless = (*at)->most_bits && verdict->evidence.bits >= (*at)->most_bits + LEAD_BITS;
        if (hopeless && !peek->worker->options.runner_up)
            continue;
        if (tn_reader_reads(*at, peek->syntax))
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
        if (!tn_reader_reads(*at, syntax))
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
static void say_unrecognised(const struct tn_worker *worker, enum tn_syntax syntax, struct tn_error *error)
{
    enum { HTML_ROOM = 80 }; /* a message is short, and that of HTML has more to say */
    char names[160];
    name_readers(worker->options.readers, syntax, names, syntax == TN_SYNTAX_HTML ? HTML_ROOM : sizeof names);
    if (syntax == TN_SYNTAX_HTML)
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL,
                     "no reader claims this html; looked for the labels or criteria of one trial, entries with identifiers or "
                     "addresses of many%s, and the labels of: %s", has_data(worker->page) ? ", its scripts' data" : "", names);
    else
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL,
                     "no reader claims this %s; looked for the %s of: %s", tn_syntax_name(syntax),
                     syntax == TN_SYNTAX_XML ? "elements" : "keys, headings and labels", names);
}

void tn_detect_at(struct tn_worker *worker, const char *address)
{
    worker->address = address;
}

bool tn_recognises(struct tn_worker *worker, const struct tn_reader *reader, struct tn_str bytes)
{
    struct tn_peek peek = {.syntax = tn_syntax_of(bytes), .bytes = bytes, .worker = worker};
    struct tn_evidence evidence = {0};
    struct tn_member_names names;
    tn_arena_reset(&worker->arena);
    worker->page = NULL;
    if (tn_syntax_is_page(peek.syntax) || !tn_reader_reads(reader, peek.syntax))
        return false;
    if (peek.syntax == TN_SYNTAX_JSON) {
        tn_member_names_gather(&names, &worker->arena, bytes);
        peek.names = &names;
    }
    reader->detect(reader, &peek, &evidence);
    return evidence.bits > 0;
}

enum tn_severity tn_detect(struct tn_worker *worker, struct tn_str bytes, struct tn_verdict *verdict,
                           struct tn_error *error)
{
    *verdict = (struct tn_verdict){.syntax = tn_syntax_of(bytes)};
    struct tn_peek peek = {.syntax = verdict->syntax, .bytes = bytes, .worker = worker};
    tn_arena_reset(&worker->arena);
    worker->page = NULL;
    if (tn_syntax_is_page(peek.syntax)) {
        peek.page = tn_page_blocks(worker, bytes, error);
        if (!peek.page)
            return TN_FAILED;
    }
    struct tn_member_names names;
    if (peek.syntax == TN_SYNTAX_JSON) {
        tn_member_names_gather(&names, &worker->arena, bytes);
        peek.names = &names;
        verdict->second = names.second;
    }
    if (peek.names && tn_member_names_have(peek.names, TN_LIT("$schema")) && is_json_schema(bytes)) {
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL, "a JSON Schema: it describes records and holds none");
        return TN_FAILED;
    }
    ask_all(worker->options.readers, &peek, verdict);
    if (worker->arena.failed) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        verdict->reader = NULL;
        return TN_FAILED;
    }
    if (!verdict->reader) {
        say_unrecognised(worker, verdict->syntax, error);
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
