/* SPDX-License-Identifier: MIT */
/* What exports write that XML does not allow: signs that are text, entities of HTML, control characters. */
#include <libxml/HTMLparser.h>

#include "core/number.h"
#include "core/utf8.h"
#include "core/xml_lexer.h"
#include "syntax/xml.h"

enum { ENTITY_NAME = 32 };

static const struct tn_str mark = {"\xEF\xBF\xBD", 3};

static bool is_allowed(unsigned long character)
{
    return character == '\t' || character == '\n' || character == '\r' || (character >= 0x20 && character < 0xD800) ||
           (character >= 0xE000 && character < 0xFFFE) || (character >= 0x10000 && character <= 0x10FFFF);
}

/* The number of `#60` or `#x3C`. False where it is none; one too large is 0. */
static bool number_of(struct tn_str name, unsigned long *number)
{
    bool hex = name.len > 2 && (name.s[1] == 'x' || name.s[1] == 'X');
    *number = 0;
    for (size_t i = hex ? 2 : 1; i < name.len; i++) {
        char c = tn_lower(name.s[i]);
        unsigned long digit = tn_is_digit(c) ? (unsigned long)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned long)(c - 'a') + 10 : 16;
        if (digit >= (hex ? 16u : 10u))
            return false;
        *number = *number > 0x10FFFF ? *number : *number * (hex ? 16 : 10) + digit;
    }
    if (*number > 0x10FFFF)
        *number = 0;
    return name.len > 1;
}

static void put_number(struct tn_buf *out, unsigned number)
{
    char digits[TN_NUMBER_MAX];
    tn_buf_str(out, TN_LIT("&#"));
    tn_buf_add(out, digits, tn_integer_format((int64_t)number, digits));
    tn_buf_char(out, ';');
}

/* What stands behind an `&`, up to the semicolon; empty where it is no name. */
static struct tn_str entity_name(struct tn_str text)
{
    size_t end = 1;
    while (end < text.len && end < ENTITY_NAME && (tn_is_alnum(text.s[end]) || (end == 1 && text.s[end] == '#')))
        end++;
    return end < text.len && text.s[end] == ';' ? tn_str_slice(text.s + 1, end - 1) : TN_LIT("");
}

/* The entity at the `&` that text begins with; returns how many bytes of it were used. */
static size_t repair_entity(struct tn_str text, struct tn_buf *out, struct tn_xml_repairs *repairs)
{
    static const struct tn_str own[] = {{"amp", 3}, {"lt", 2}, {"gt", 2}, {"quot", 4}, {"apos", 4}};
    struct tn_str name = entity_name(text);
    char copy[ENTITY_NAME + 1] = "";
    unsigned long number;
    size_t len = name.len + 2;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (tn_str_eq(name, own[i])) {
            tn_buf_add(out, text.s, len);
            return len;
        }
    if (name.len && name.s[0] == '#' && number_of(name, &number)) {
        bool good = is_allowed(number) && name.s[1] != 'X';
        repairs->controls += !is_allowed(number);
        if (good)
            tn_buf_add(out, text.s, len);
        else if (is_allowed(number))
            put_number(out, (unsigned)number);
        else
            tn_buf_str(out, mark);
        return len;
    }
    memcpy(copy, name.s, name.len);
    const htmlEntityDesc *html = name.len ? htmlEntityLookup((const xmlChar *)copy) : NULL;
    repairs->entities += html != NULL;
    repairs->unknown += !html && name.len > 0;
    repairs->signs += name.len == 0;
    if (html)
        put_number(out, html->value);
    else
        tn_buf_str(out, TN_LIT("&amp;"));
    return html ? len : 1;
}

/* Text, or the inside of a tag: signs and control characters. */
static void repair_run(struct tn_str text, bool plain, struct tn_buf *out, struct tn_xml_repairs *repairs)
{
    size_t from = 0, at = 0;
    while (at < text.len) {
        unsigned char c = (unsigned char)text.s[at];
        bool control = c < 0x20 && !is_allowed(c);
        bool none = tn_str_starts(tn_str_from(text, at), TN_LIT("\xEF\xBF\xBE")) ||
                    tn_str_starts(tn_str_from(text, at), TN_LIT("\xEF\xBF\xBF"));
        bool close = plain && c == ']' && tn_str_starts(tn_str_from(text, at), TN_LIT("]]>"));
        if (!control && !none && !close && c != '&') {
            at++;
            continue;
        }
        tn_buf_add(out, text.s + from, at - from);
        if (c == '&') {
            at += repair_entity(tn_str_from(text, at), out, repairs);
        } else {
            tn_buf_str(out, close ? TN_LIT("]]&gt;") : mark);
            repairs->signs += close;
            repairs->controls += !close;
            at += control ? 1 : 3;
        }
        from = at;
    }
    tn_buf_add(out, text.s + from, at - from);
}

/* Comments and CDATA: control characters alone. */
static void repair_controls(struct tn_str text, struct tn_buf *out, struct tn_xml_repairs *repairs)
{
    for (size_t i = 0; i < text.len; i++) {
        bool control = (unsigned char)text.s[i] < 0x20 && !is_allowed((unsigned char)text.s[i]);
        repairs->controls += control;
        if (control)
            tn_buf_str(out, mark);
        else
            tn_buf_char(out, text.s[i]);
    }
}

void tn_xml_repair(struct tn_str text, struct tn_buf *out, struct tn_xml_repairs *repairs)
{
    struct tn_xml_lexer lexer = {0};
    size_t from = 0, at = 0, start;
    while (at < text.len) {
        enum tn_xml_token token = tn_xml_next(&lexer, text.s, &at, text.len, true, &start);
        repair_run(tn_str_slice(text.s + from, start - from), true, out, repairs);
        struct tn_str found = tn_str_slice(text.s + start, at - start);
        if (token == TN_XML_LITERAL) {
            tn_buf_str(out, TN_LIT("&lt;"));
            repairs->signs++;
        } else if (token == TN_XML_START || token == TN_XML_EMPTY) {
            repair_run(found, false, out, repairs);
        } else if (token == TN_XML_CDATA) {
            repair_controls(found, out, repairs);
        } else if (token != TN_XML_COMMENT) { /* two hyphens in a comment are enough for the parser to refuse it */
            tn_buf_add(out, found.s, found.len);
        } else {
            for (size_t i = 0; i < found.len; i++)
                if (found.s[i] == '\n')
                    tn_buf_char(out, '\n');
        }
        from = at;
    }
}
