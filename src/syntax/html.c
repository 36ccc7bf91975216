/* SPDX-License-Identifier: MIT */
/* HTML through the SAX interface of libxml2's HTML parser: no tree is made. */
#include <limits.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "syntax/html_build.h"

enum { ATTRIBUTES_MAX = 256 }; /* in one tag: libxml2 compares each with all before it */

struct parsing {
    struct tn_html html;
    htmlParserCtxtPtr parser;
};

static unsigned line_of(const struct parsing *parsing)
{
    return parsing->parser->input->line > 0 ? (unsigned)parsing->parser->input->line : 1;
}

static size_t offset_of(const struct parsing *parsing)
{
    const xmlParserInput *input = parsing->parser->input;
    return (size_t)input->consumed + (size_t)(input->cur - input->base);
}

static void on_start(void *context, const xmlChar *name, const xmlChar **atts)
{
    struct parsing *parsing = context;
    tn_html_start(&parsing->html, (const char *)name, (const unsigned char *const *)atts, line_of(parsing),
                  offset_of(parsing));
    if (parsing->html.too_deep || parsing->html.too_many || parsing->html.arena->failed)
        xmlStopParser(parsing->parser);
}

static void on_end(void *context, const xmlChar *name)
{
    struct parsing *parsing = context;
    (void)name;
    if (!parsing->html.too_deep)
        tn_html_end(&parsing->html);
}

/* The parser stands behind the text when it hands it out. */
static void on_text(void *context, const xmlChar *s, int len)
{
    struct parsing *parsing = context;
    struct tn_str text = tn_str_slice((const char *)s, len > 0 ? (size_t)len : 0);
    unsigned line = line_of(parsing), ends = tn_str_line_ends(text);
    size_t offset = offset_of(parsing);
    tn_html_text(&parsing->html, text, line > ends ? line - ends : 1, offset > text.len ? offset - text.len : 0);
}

/* Where a quoted or bare value ends, as libxml2 sees it. */
static size_t skip_value(struct tn_str html, size_t at)
{
    while (at < html.len && tn_is_space(html.s[at]))
        at++;
    if (at < html.len && (html.s[at] == '"' || html.s[at] == '\'')) {
        const char *end = memchr(html.s + at + 1, html.s[at], html.len - at - 1);
        return end ? (size_t)(end - html.s) + 1 : html.len;
    }
    while (at < html.len && !tn_is_space(html.s[at]) && html.s[at] != '>')
        at++;
    return at;
}

/* Attributes of the tag that begins at `at`; *end is set behind it. */
static size_t count_attributes(struct tn_str html, size_t at, size_t *end)
{
    size_t count = 0;
    bool blank = false;
    while (at < html.len && html.s[at] != '>') {
        if (html.s[at] == '=') {
            at = skip_value(html, at + 1);
            blank = true;
            continue;
        }
        bool space = tn_is_space(html.s[at]) || html.s[at] == '/' || html.s[at] == '"' || html.s[at] == '\'';
        count += !space && blank;
        blank = space;
        at++;
    }
    *end = at;
    return count;
}

/* The line of the first tag that has too many attributes; 0: none has. */
static unsigned overloaded_tag(struct tn_str html)
{
    const char *open;
    for (size_t at = 0, end; at < html.len && (open = memchr(html.s + at, '<', html.len - at)) != NULL; at = end) {
        size_t start = (size_t)(open - html.s);
        end = start + 1;
        if (end < html.len && tn_is_alpha(html.s[end]) && count_attributes(html, end, &end) > ATTRIBUTES_MAX)
            return 1 + tn_str_line_ends(tn_str_slice(html.s, start));
    }
    return 0;
}

static bool refuse(struct tn_error *error, enum tn_code code, unsigned line, const char *message)
{
    tn_error_set(error, TN_FAILED, code, NULL, "%s", message);
    if (error)
        error->line = line;
    return false;
}

static bool parse(struct parsing *parsing, struct tn_str text, struct tn_error *error)
{
    htmlSAXHandler handler = {.startElement = on_start,
                              .endElement = on_end,
                              .characters = on_text,
                              .ignorableWhitespace = on_text,
                              .cdataBlock = on_text};
    if (text.len > INT_MAX)
        return refuse(error, TN_TOO_LARGE, 0, "an HTML page of more than 2 GiB");
    parsing->parser = text.len ? htmlCreateMemoryParserCtxt(text.s, (int)text.len) : NULL;
    if (!parsing->parser)
        return text.len == 0 || refuse(error, TN_NO_MEMORY, 0, "out of memory");
    htmlSAXHandlerPtr own = parsing->parser->sax;
    parsing->parser->sax = &handler;
    parsing->parser->userData = parsing;
    htmlCtxtUseOptions(parsing->parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    parsing->parser->charset = XML_CHAR_ENCODING_UTF8;
    htmlParseDocument(parsing->parser);
    unsigned line = line_of(parsing);
    int code = parsing->parser->errNo;
    parsing->parser->sax = own;
    htmlFreeParserCtxt(parsing->parser);
    if (parsing->html.too_deep)
        return refuse(error, TN_TOO_DEEP, line, "elements are nested too deep");
    if (parsing->html.too_many)
        return refuse(error, TN_TOO_LARGE, line, "a page of more than a million lines");
    if (code == XML_ERR_NO_MEMORY || parsing->html.arena->failed)
        return refuse(error, TN_NO_MEMORY, line, "out of memory");
    return true;
}

void tn_html_init(void)
{
    xmlInitParser();
}

const struct tn_page *tn_html_blocks(struct tn_arena *arena, struct tn_str html, struct tn_error *error)
{
    struct parsing *parsing = tn_arena_zero(arena, sizeof *parsing);
    unsigned line = overloaded_tag(html);
    if (line) {
        refuse(error, TN_SYNTAX, line, "a tag with more than 256 attributes");
        return NULL;
    }
    if (!parsing) {
        refuse(error, TN_NO_MEMORY, 0, "out of memory");
        return NULL;
    }
    struct tn_html *building = &parsing->html;
    building->arena = arena;
    building->frames = tn_arena_alloc(arena, TN_HTML_DEPTH * sizeof *building->frames);
    if (!building->frames) {
        refuse(error, TN_NO_MEMORY, 0, "out of memory");
        return NULL;
    }
    building->item = building->pairs = building->table = -1;
    building->blank_before = true;
    if (!parse(parsing, html, error))
        return NULL;
    while (building->depth)
        tn_html_end(building);
    tn_html_flush(building);
    for (size_t i = 0; i < building->count; i++)
        building->blocks[i].number = i;
    building->page.is_html = true;
    building->page.blocks = building->blocks;
    building->page.count = building->count;
    building->page.boxes = building->boxes;
    building->page.box_count = building->box_count;
    building->page.metas = building->metas;
    building->page.scripts = building->scripts;
    return &building->page;
}
