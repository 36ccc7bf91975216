/* SPDX-License-Identifier: MIT */
#include "core/xml_lexer.h"

bool tn_xml_begins_name(char c)
{
    return tn_is_alpha(c) || c == '_' || c == ':' || (unsigned char)c >= 0x80;
}

bool tn_xml_in_name(char c)
{
    return tn_xml_begins_name(c) || tn_is_digit(c) || c == '-' || c == '.';
}

static enum tn_xml_token literal(struct tn_xml_lexer *lexer, size_t *at, size_t start)
{
    lexer->state = 0;
    lexer->len = 0;
    *at = start + 1;
    return TN_XML_LITERAL;
}

/* What begins at the `<` at bytes[at]; TN_XML_MORE when that is not known yet. */
static enum tn_xml_token opened(const char *bytes, size_t at, size_t end, bool last)
{
    static const char cdata[] = "<![CDATA[";
    struct tn_str text = tn_str_slice(bytes + at, end - at);
    if (text.len < sizeof cdata - 1 && !last && tn_str_find_char(text, '>') == TN_NO_OFFSET)
        return TN_XML_MORE;
    char next = text.len > 1 ? text.s[1] : '\0', third = text.len > 2 ? text.s[2] : '\0';
    if (tn_xml_begins_name(next))
        return TN_XML_START;
    if (next == '/')
        return tn_xml_begins_name(third) ? TN_XML_END : TN_XML_LITERAL;
    if (next == '?')
        return TN_XML_PI;
    if (tn_str_starts(text, TN_LIT("<!--")))
        return TN_XML_COMMENT;
    if (tn_str_starts(text, TN_LIT(cdata)))
        return TN_XML_CDATA;
    return next == '!' && tn_is_alpha(third) ? TN_XML_DECL : TN_XML_LITERAL;
}

/* Behind the next `mark` and `>`, or TN_NO_OFFSET; the token begins at `start` with `opening` bytes. */
static size_t find_end(const char *bytes, size_t at, size_t end, size_t least, struct tn_str mark)
{
    const char *found;
    while (at < end && (found = memchr(bytes + at, '>', end - at)) != NULL) {
        at = (size_t)(found - bytes) + 1;
        if (at >= least && memcmp(bytes + at - 1 - mark.len, mark.s, mark.len) == 0)
            return at;
    }
    return TN_NO_OFFSET;
}

static size_t end_of_marked(const struct tn_xml_lexer *lexer, const char *bytes, size_t at, size_t end, size_t start)
{
    if (lexer->state == TN_XML_COMMENT)
        return find_end(bytes, at, end, start + 7, TN_LIT("--"));
    if (lexer->state == TN_XML_CDATA)
        return find_end(bytes, at, end, start + 12, TN_LIT("]]"));
    return find_end(bytes, at, end, start + 4, TN_LIT("?"));
}

/* Behind the tag; start where it turns out to be none; TN_NO_OFFSET when its end is not there. */
static size_t end_of_tag(struct tn_xml_lexer *lexer, const char *bytes, size_t at, size_t end, size_t start)
{
    for (; at < end; at++) {
        char c = bytes[at];
        if (c == '<')
            return start;
        if (lexer->quote) {
            if (c == lexer->quote)
                lexer->quote = '\0';
        } else if (c == '>') {
            return at + 1;
        } else if ((c == '"' || c == '\'') && lexer->state == TN_XML_START) {
            lexer->quote = c;
        } else if (c == '=' && ++lexer->equals > TN_XML_ATTRIBUTES) {
            return start;
        }
    }
    return TN_NO_OFFSET;
}

/* Behind the DOCTYPE, with what is in its brackets; there, in comments brackets and quotation marks mean nothing. */
static size_t end_of_decl(struct tn_xml_lexer *lexer, const char *bytes, size_t at, size_t end, size_t start)
{
    for (; at < end; at++) {
        char c = bytes[at];
        if (lexer->quote == '-') {
            if (c == '>' && memcmp(bytes + at - 2, "--", 2) == 0)
                lexer->quote = '\0';
        } else if (lexer->quote) {
            if (c == lexer->quote)
                lexer->quote = '\0';
        } else if (c == '"' || c == '\'') {
            lexer->quote = c;
        } else if (c == '-' && at >= start + 3 && memcmp(bytes + at - 3, "<!-", 3) == 0) {
            lexer->quote = '-';
        } else if (c == '[') {
            lexer->brackets++;
        } else if (c == ']' && lexer->brackets) {
            lexer->brackets--;
        } else if (c == '>' && lexer->brackets == 0) {
            return at + 1;
        }
    }
    return TN_NO_OFFSET;
}

/* START or EMPTY; what has words behind its name and none of them a value is text (`a <b or c> d`). */
static enum tn_xml_token kind_of_tag(const struct tn_xml_lexer *lexer, struct tn_str tag)
{
    bool empty = tag.s[tag.len - 2] == '/';
    size_t at = 1, end = tag.len - 1 - (size_t)empty;
    while (at < end && tn_xml_in_name(tag.s[at]))
        at++;
    bool words = tn_str_trim(tn_str_slice(tag.s + at, end - at)).len > 0;
    if (words && (lexer->equals == 0 || !tn_is_space(tag.s[at])))
        return TN_XML_LITERAL;
    return empty ? TN_XML_EMPTY : TN_XML_START;
}

static size_t end_of_token(struct tn_xml_lexer *lexer, const char *bytes, size_t at, size_t end, size_t start)
{
    if (lexer->state == TN_XML_START || lexer->state == TN_XML_END)
        return end_of_tag(lexer, bytes, at, end, start);
    if (lexer->state == TN_XML_DECL)
        return end_of_decl(lexer, bytes, at, end, start);
    return end_of_marked(lexer, bytes, at, end, start);
}

/* In a token from `start` on, of which *at is the next byte to look at. */
static enum tn_xml_token go_on(struct tn_xml_lexer *lexer, const char *bytes, size_t *at, size_t end, bool last,
                               size_t start)
{
    enum tn_xml_token token = (enum tn_xml_token)lexer->state;
    size_t behind = lexer->no_end >> token & 1 ? TN_NO_OFFSET : end_of_token(lexer, bytes, *at, end, start);
    if (behind == start)
        return literal(lexer, at, start);
    if (behind == TN_NO_OFFSET && last) {
        lexer->no_end |= token == TN_XML_START || token == TN_XML_END ? 0 : 1u << token;
        return literal(lexer, at, start);
    }
    if (behind == TN_NO_OFFSET) {
        *at = end;
        lexer->len = end - start;
        return TN_XML_MORE;
    }
    if (token == TN_XML_START)
        token = kind_of_tag(lexer, tn_str_slice(bytes + start, behind - start));
    if (token == TN_XML_LITERAL)
        return literal(lexer, at, start);
    lexer->state = 0;
    lexer->len = 0;
    *at = behind;
    return token;
}

enum tn_xml_token tn_xml_next(struct tn_xml_lexer *lexer, const char *bytes, size_t *at, size_t end, bool last,
                              size_t *start)
{
    if (lexer->state) {
        *start = *at - lexer->len;
        return go_on(lexer, bytes, at, end, last, *start);
    }
    const char *open = *at < end ? memchr(bytes + *at, '<', end - *at) : NULL;
    *at = *start = open ? (size_t)(open - bytes) : end;
    enum tn_xml_token token = open ? opened(bytes, *at, end, last) : TN_XML_MORE;
    if (token == TN_XML_MORE)
        return token;
    if (token == TN_XML_LITERAL)
        return literal(lexer, at, *start);
    lexer->state = (unsigned char)token;
    lexer->quote = '\0';
    lexer->brackets = lexer->equals = 0;
    ++*at;
    return go_on(lexer, bytes, at, end, last, *start);
}

struct tn_str tn_xml_name(struct tn_str tag)
{
    size_t from = tag.len > 1 && tag.s[1] == '/' ? 2 : 1, end = from;
    while (end < tag.len && tn_xml_in_name(tag.s[end])) {
        if (tag.s[end] == ':')
            from = end + 1;
        end++;
    }
    return tn_str_slice(tag.s + (from < tag.len ? from : 0), end > from ? end - from : 0);
}

bool tn_xml_attribute(struct tn_str *rest, struct tn_str *name, struct tn_str *value)
{
    size_t equals = tn_str_find_char(*rest, '=');
    if (equals == TN_NO_OFFSET)
        return false;
    size_t end = equals;
    while (end > 0 && tn_is_space(rest->s[end - 1]))
        end--;
    size_t from = end;
    while (from > 0 && tn_xml_in_name(rest->s[from - 1]))
        from--;
    *name = tn_str_slice(rest->s + from, end - from);
    *rest = tn_str_from(*rest, equals + 1);
    while (rest->len && tn_is_space(rest->s[0]))
        *rest = tn_str_from(*rest, 1);
    if (rest->len == 0 || (rest->s[0] != '"' && rest->s[0] != '\''))
        return false;
    size_t close = tn_str_find_char(tn_str_from(*rest, 1), rest->s[0]);
    if (close == TN_NO_OFFSET || from == end)
        return false;
    *value = tn_str_slice(rest->s + 1, close);
    *rest = tn_str_from(*rest, close + 2);
    return true;
}
