/* SPDX-License-Identifier: MIT */
/* XML through libxml2's SAX interface: the tree is made as the parser goes, and none of its own. */
#include "syntax/xml.h"

#include <limits.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "syntax/xml_tree.h"

struct parsing {
    struct tn_xml_tree tree;
    xmlParserCtxtPtr parser;
    bool doctype;
    char message[96]; /* the parser's first */
    size_t offset;
};

static size_t offset_of(const struct parsing *parsing)
{
    const xmlParserInput *input = parsing->parser->input;
    return input ? (size_t)input->consumed + (size_t)(input->cur - input->base) : 0;
}

static void stop_when_over(const struct parsing *parsing)
{
    if (parsing->tree.too_deep || parsing->tree.arena->failed)
        xmlStopParser(parsing->parser);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int spaces,
                     const xmlChar **namespaces, int count, int defaulted, const xmlChar **attributes)
{
    struct parsing *parsing = context;
    (void)prefix, (void)uri, (void)spaces, (void)namespaces, (void)defaulted;
    const xmlParserInput *input = parsing->parser->input;
    const struct tn_xml_place place = {input->line > 0 ? input->line - 1 : 0, offset_of(parsing) + 1};
    tn_xml_tree_open(&parsing->tree, (const char *)name, place);
    enum { LOCAL, PREFIX, VALUE = 3, END, EACH };
    for (int i = 0; i < count && !parsing->tree.too_deep; i++, attributes += EACH)
        tn_xml_tree_attribute(&parsing->tree, (const char *)attributes[LOCAL], (const char *)attributes[PREFIX],
                              tn_str_slice((const char *)attributes[VALUE],
                                           (size_t)(attributes[END] - attributes[VALUE])), place);
    stop_when_over(parsing);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct parsing *parsing = context;
    (void)name, (void)prefix, (void)uri;
    if (!parsing->tree.too_deep)
        tn_xml_tree_close(&parsing->tree);
    stop_when_over(parsing);
}

static void on_text(void *context, const xmlChar *text, int len)
{
    struct parsing *parsing = context;
    tn_xml_tree_text(&parsing->tree, tn_str_slice((const char *)text, len > 0 ? (size_t)len : 0));
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
    struct parsing *parsing = context;
    (void)name, (void)id, (void)system;
    parsing->doctype = true;
    xmlStopParser(parsing->parser);
}

/* The parser's first error; what it only warns of, like a prefix that was declared around the record, is none. */
static void on_error(void *context, const xmlError *found)
{
    struct parsing *parsing = context;
    if (!found || found->level < XML_ERR_FATAL || parsing->message[0])
        return;
    struct tn_str message = tn_str_trim(tn_str_of(found->message ? found->message : "not XML"));
    size_t len = tn_str_cut(message, sizeof parsing->message - 1);
    memcpy(parsing->message, message.s, len);
    parsing->message[len] = '\0';
    parsing->offset = offset_of(parsing);
}

static void on_error_of_2_9(void *context, xmlErrorPtr found)
{
    on_error(context, found);
}

static cJSON *refuse(struct tn_error *error, enum tn_code code, const char *message)
{
    tn_error_set(error, TN_FAILED, code, NULL, "%s", message);
    return NULL;
}

static bool run(struct parsing *parsing, const char *bytes, size_t len)
{
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = on_start,
                             .endElementNs = on_end,
                             .characters = on_text,
                             .ignorableWhitespace = on_text,
                             .cdataBlock = on_text,
                             .internalSubset = on_doctype,
                             .serror = on_error_of_2_9};
    parsing->parser = xmlCreateMemoryParserCtxt(bytes, (int)len);
    if (!parsing->parser)
        return false;
    xmlSAXHandlerPtr own = parsing->parser->sax;
    parsing->parser->sax = &handler;
    parsing->parser->userData = parsing;
    xmlCtxtUseOptions(parsing->parser, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC);
    parsing->parser->sax2 = 1;
    xmlParseDocument(parsing->parser);
    bool good = parsing->parser->wellFormed && !parsing->tree.too_deep;
    if (parsing->parser->errNo == XML_ERR_NO_MEMORY)
        parsing->tree.arena->failed = true;
    parsing->parser->sax = own;
    xmlFreeDoc(parsing->parser->myDoc); /* libxml2 makes one for what a DOCTYPE declares, and leaves it when it is stopped */
    parsing->parser->myDoc = NULL;
    xmlFreeParserCtxt(parsing->parser);
    return good;
}

static cJSON *explain(const struct parsing *parsing, struct tn_str text, struct tn_error *error)
{
    if (parsing->tree.too_deep)
        return refuse(error, TN_TOO_DEEP, "nested too deep");
    if (parsing->tree.arena->failed)
        return refuse(error, TN_NO_MEMORY, "the record takes more memory than a record may");
    if (parsing->doctype)
        return refuse(error, TN_SYNTAX, "not XML: a DOCTYPE inside a record");
    tn_error_set(error, TN_FAILED, TN_SYNTAX, NULL, "not XML: %s", parsing->message[0] ? parsing->message : "no element");
    if (error) {
        error->offset = parsing->offset < text.len ? parsing->offset : text.len;
        error->line = tn_str_line_ends(tn_str_slice(text.s, error->offset));
    }
    return NULL;
}

/* Parses what could be put right once more; NULL where nothing could. */
static cJSON *parse_repaired(struct tn_arena *arena, struct tn_str text, struct tn_str *root,
                             struct tn_xml_repairs *repairs)
{
    struct tn_buf out;
    struct parsing parsing = {.message = ""};
    bool good = false;
    tn_buf_init(&out, INT_MAX);
    tn_xml_repair(text, &out, repairs);
    bool changed = repairs->signs || repairs->entities || repairs->unknown || repairs->controls;
    if (changed && !out.failed && tn_xml_tree_begin(&parsing.tree, arena))
        good = run(&parsing, out.data, out.len);
    tn_buf_release(&out);
    if (!good)
        *repairs = (struct tn_xml_repairs){0};
    if (good && root)
        *root = parsing.tree.root;
    return good && !arena->failed ? parsing.tree.top : NULL;
}

cJSON *tn_xml_parse(struct tn_arena *arena, const char *bytes, size_t len, struct tn_str *root,
                    struct tn_xml_repairs *repairs, struct tn_error *error)
{
    struct tn_str text = tn_str_slice(bytes, len);
    struct tn_xml_repairs none;
    struct parsing parsing = {.message = ""};
    repairs = repairs ? repairs : &none;
    *repairs = (struct tn_xml_repairs){0};
    if (len > INT_MAX)
        return refuse(error, TN_TOO_LARGE, "a record of more than 2 GiB");
    if (len == 0)
        return refuse(error, TN_SYNTAX, "no XML");
    if (!tn_xml_tree_begin(&parsing.tree, arena))
        return refuse(error, TN_NO_MEMORY, "the record takes more memory than a record may");
    if (run(&parsing, bytes, len) && !arena->failed && parsing.tree.top) {
        if (root)
            *root = parsing.tree.root;
        return parsing.tree.top;
    }
    bool hopeless = arena->failed || parsing.tree.too_deep || parsing.doctype;
    cJSON *tree = hopeless ? NULL : parse_repaired(arena, text, root, repairs);
    return tree ? tree : explain(&parsing, text, error);
}
