/* SPDX-License-Identifier: MIT */
/* The character set that a page declares: the Encoding Standard's prescan, which reads tags and attributes and knows
 * nothing of what they mean. Other than there, what a script, style, title or text field holds is stepped over. */
#include "input/charset.h"

static struct tn_str skip_space(struct tn_str text)
{
    size_t at = 0;
    while (at < text.len && tn_is_space(text.s[at]))
        at++;
    return tn_str_from(text, at);
}

/* The rest behind the first `end`; nothing where there is none. */
static struct tn_str behind(struct tn_str text, struct tn_str end)
{
    size_t at = tn_str_find(text, end);
    return tn_str_from(text, at == TN_NO_OFFSET ? text.len : at + end.len);
}

static bool ends_name(char c)
{
    return tn_is_space(c) || c == '/' || c == '>' || c == '=';
}

/* A value in quotes, or up to the next blank or `>`; nothing when its second quote is missing. */
static struct tn_str cut_value(struct tn_str *rest)
{
    struct tn_str text = *rest;
    size_t at = 0;
    if (text.len && (text.s[0] == '"' || text.s[0] == '\'')) {
        const char *quote = memchr(text.s + 1, text.s[0], text.len - 1);
        at = quote ? (size_t)(quote - text.s) : text.len;
        *rest = tn_str_from(text, at + 1);
        return quote ? tn_str_slice(text.s + 1, at - 1) : (struct tn_str){NULL, 0};
    }
    while (at < text.len && !tn_is_space(text.s[at]) && text.s[at] != '>')
        at++;
    *rest = tn_str_from(text, at);
    return tn_str_slice(text.s, at);
}

/* The next attribute of a tag; false at its end, which is stepped over. */
static bool next_attribute(struct tn_str *rest, struct tn_str *name, struct tn_str *value)
{
    size_t at = 0;
    while (rest->len && (tn_is_space(rest->s[0]) || rest->s[0] == '/'))
        *rest = tn_str_from(*rest, 1);
    if (rest->len == 0 || rest->s[0] == '>') {
        *rest = tn_str_from(*rest, 1);
        return false;
    }
    do
        at++;
    while (at < rest->len && !ends_name(rest->s[at]));
    *name = tn_str_slice(rest->s, at);
    *value = (struct tn_str){NULL, 0};
    struct tn_str more = skip_space(tn_str_from(*rest, at));
    *rest = tn_str_from(*rest, at);
    if (more.len && more.s[0] == '=') {
        *rest = skip_space(tn_str_from(more, 1));
        *value = cut_value(rest);
    }
    return true;
}

/* `text/html; charset=gb2312`: the label behind `charset=`. */
static struct tn_str charset_in(struct tn_str content)
{
    size_t at;
    while ((at = tn_str_find_fold(content, TN_LIT("charset"))) != TN_NO_OFFSET) {
        content = skip_space(tn_str_from(content, at + 7));
        if (content.len == 0 || content.s[0] != '=')
            continue;
        content = skip_space(tn_str_from(content, 1));
        size_t len = 0;
        bool quoted = content.len && (content.s[0] == '"' || content.s[0] == '\'');
        if (quoted)
            return cut_value(&content);
        while (len < content.len && !tn_is_space(content.s[len]) && content.s[len] != ';')
            len++;
        return tn_str_slice(content.s, len);
    }
    return (struct tn_str){NULL, 0};
}

/* What a <meta> declares; `rest` stands behind its name. */
static struct tn_str read_meta(struct tn_str *rest)
{
    struct tn_str name, value, charset = {NULL, 0}, content = {NULL, 0};
    bool content_type = false;
    while (next_attribute(rest, &name, &value)) {
        if (tn_str_eq_fold(name, TN_LIT("charset")) && !charset.s)
            charset = value;
        else if (tn_str_eq_fold(name, TN_LIT("content")) && !content.s)
            content = charset_in(value);
        else if (tn_str_eq_fold(name, TN_LIT("http-equiv")))
            content_type = tn_str_eq_fold(tn_str_trim(value), TN_LIT("content-type"));
    }
    if (rest->s[-1] != '>') /* cut off, perhaps within `iso-8859-15` */
        return (struct tn_str){NULL, 0};
    return charset.len || !content_type ? charset : content;
}

/* Elements whose content is no markup. */
static const struct tn_str raw_elements[] = {
    {"script", 6}, {"style", 5}, {"title", 5}, {"textarea", 8}, {"template", 8}, {"noscript", 8},
};

/* Over the content of such an element, up to its end tag. */
static struct tn_str skip_raw(struct tn_str rest, struct tn_str element)
{
    size_t at;
    while ((at = tn_str_find(rest, TN_LIT("</"))) != TN_NO_OFFSET) {
        rest = tn_str_from(rest, at + 2);
        if (tn_str_starts_fold(rest, element) && rest.len > element.len && ends_name(rest.s[element.len]))
            return rest;
    }
    return tn_str_from(rest, rest.len);
}

static void skip_attributes(struct tn_str *rest)
{
    struct tn_str name, value;
    while (next_attribute(rest, &name, &value))
        ;
}

static struct tn_str skip_element(struct tn_str rest, struct tn_str name)
{
    skip_attributes(&rest);
    for (size_t i = 0; i < sizeof raw_elements / sizeof raw_elements[0]; i++)
        if (tn_str_eq_fold(name, raw_elements[i]))
            return skip_raw(rest, name);
    return rest;
}

static struct tn_str tag_name(struct tn_str text)
{
    size_t len = 0;
    while (len < text.len && !ends_name(text.s[len]))
        len++;
    return tn_str_slice(text.s, len);
}

/* `<?xml version="1.0" encoding="ISO-8859-1"?>`, with which a document begins. */
static struct tn_str xml_encoding(struct tn_str head)
{
    struct tn_str name, value;
    if (!tn_str_starts(head, TN_LIT("<?xml")) || head.len < 6 || !tn_is_space(head.s[5]))
        return (struct tn_str){NULL, 0};
    head = tn_str_from(head, 5);
    while (next_attribute(&head, &name, &value) && !tn_str_eq(name, TN_LIT("?")))
        if (tn_str_eq(name, TN_LIT("encoding")))
            return value;
    return (struct tn_str){NULL, 0};
}

struct tn_str tn_charset_declared(struct tn_str head)
{
    struct tn_str label = xml_encoding(head);
    size_t at;
    while (!label.len && (at = tn_str_find_char(head, '<')) != TN_NO_OFFSET) {
        head = tn_str_from(head, at + 1);
        struct tn_str name = tag_name(head);
        if (tn_str_starts(head, TN_LIT("!--"))) {
            head = behind(tn_str_from(head, 1), TN_LIT("-->"));
        } else if (tn_str_eq_fold(name, TN_LIT("body"))) {
            break;
        } else if (tn_str_eq_fold(name, TN_LIT("meta"))) {
            head = tn_str_from(head, name.len);
            label = read_meta(&head);
        } else if (name.len && tn_is_alpha(name.s[0])) {
            head = skip_element(tn_str_from(head, name.len), name);
        }
    }
    return label;
}
