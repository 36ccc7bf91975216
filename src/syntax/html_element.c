/* SPDX-License-Identifier: MIT */
#include "syntax/html_element.h"

#include <stdlib.h>

static const struct tn_element elements[] = {
#define ELEMENT(name, kind, rank) {name, TN_ELEMENT_##kind, rank},
#include "syntax/html_elements.inc"
#undef ELEMENT
};

static const struct tn_element unknown = {"", TN_ELEMENT_INLINE, 0};

static const char *const chrome[] = {
#define CHROME(word) word,
#include "syntax/html_chrome.inc"
#undef CHROME
};

/* Roles of the ARIA standard (w3.org/TR/wai-aria) that hold no content. */
static const char *const chrome_roles[] = {"alertdialog", "contentinfo", "dialog",     "menu",
                                           "menubar",     "navigation",  "search",     "toolbar"};

/* What they hold says whether they are content (html_chrome.c). */
static const char *const perhaps_chrome[] = {"cookie", "cookies", "gdpr", "sharing"};

/* Of the classes of Bootstrap, Foundation, W3.CSS and of what people make up. */
static const char *const widths[] = {
    "d-lg-none",     "d-md-none",         "d-none",      "desktop",     "desktop-only", "desktop-view",   "hidden-desktop",
    "hidden-lg",     "hidden-md",         "hidden-mobile", "hidden-phone", "hidden-sm",    "hidden-xs",
    "hide-for-large", "hide-for-medium",  "hide-for-small", "lg-only",    "md-hidden",     "mobile",
    "mobile-only",   "mobile-view",       "only-desktop", "only-mobile", "show-for-large", "show-for-medium",
    "show-for-small", "visible-desktop",  "visible-lg",  "visible-md",   "visible-mobile", "visible-phone",
    "visible-sm",    "visible-xs",        "w3-hide-large", "w3-hide-medium", "w3-hide-small",
};

/* Parts of the classes and ids of Bootstrap, jQuery UI, page builders and of what people make up: `tab` of
 * `elementor-tab-content`. */
static const char *const revealed[] = {
    "accordion", "collapse", "collapsed", "collapsible", "expand", "expandable", "expanded", "full", "more", "pane",
    "panel",     "readmore", "reveal",    "tab",         "tabpanel", "tabs",     "toggle",
};

/* ... and of what is no content, hidden or not. */
static const char *const windows[] = {
    "cookie", "dialog", "dropdown", "filter", "filters", "lightbox", "login", "menu",  "modal",
    "nav",    "navbar", "overlay",  "popup",  "search",  "share",    "sidebar", "tooltip",
};

/* Values of data-toggle and data-bs-toggle (Bootstrap), and what begins the classes of openers. */
static const char *const openers[] = {"accordion", "collapse", "collapsible", "expander"};

static const char *const excerpts[] = {"excerpt", "expanded", "full", "full-text", "less", "more", "short", "teaser",
                                       "truncated"};

static const char *const button_texts[] = {"back to top", "read less", "read more", "show less", "show more",
                                           "skip to content", "skip to main content", "view less", "view more"};

static const char *const labels[] = {"field-label", "field-name", "field__label", "key",         "label",
                                     "name",        "prop",       "property",     "term",        "title"};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static int by_name(const void *key, const void *entry)
{
    return strcmp(key, ((const struct tn_element *)entry)->name);
}

const struct tn_element *tn_element_find(const char *name)
{
    const struct tn_element *found = bsearch(name, elements, COUNT(elements), sizeof elements[0], by_name);
    return found ? found : &unknown;
}

bool tn_element_is_inline(enum tn_element_kind kind)
{
    static const bool parts[TN_ELEMENT_SKIP + 1] = {
        [TN_ELEMENT_INLINE] = true, [TN_ELEMENT_BREAK] = true, [TN_ELEMENT_LINK] = true,     [TN_ELEMENT_BOLD] = true,
        [TN_ELEMENT_RAISED] = true, [TN_ELEMENT_IMAGE] = true, [TN_ELEMENT_TITLE] = true,    [TN_ELEMENT_META] = true,
        [TN_ELEMENT_SCRIPT] = true, [TN_ELEMENT_SKIP] = true,  [TN_ELEMENT_RELATION] = true,
        [TN_ELEMENT_BASE] = true,   [TN_ELEMENT_BUTTON] = true,
    };
    return parts[kind];
}

struct tn_str tn_attribute(const unsigned char *const *atts, const char *name)
{
    for (; atts && atts[0]; atts += 2)
        if (strcmp((const char *)atts[0], name) == 0)
            return atts[1] ? tn_str_of((const char *)atts[1]) : TN_LIT("");
    return (struct tn_str){NULL, 0};
}

static bool next_word(struct tn_str *rest, struct tn_str *word)
{
    *rest = tn_str_trim(*rest);
    size_t end = 0;
    while (end < rest->len && !tn_is_space(rest->s[end]))
        end++;
    *word = tn_str_slice(rest->s, end);
    *rest = tn_str_from(*rest, end);
    return word->len > 0;
}

static bool is_among(struct tn_str word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tn_str_eq_fold(word, tn_str_of(list[i])))
            return true;
    return false;
}

static bool has_word_of(struct tn_str words, const char *const *list, size_t count)
{
    struct tn_str word;
    while (next_word(&words, &word))
        if (is_among(word, list, count))
            return true;
    return false;
}

/* The same of the parts of words: `tab` of `w-tab-pane`, `panel_1`. */
static bool has_part_of(struct tn_str words, const char *const *list, size_t count)
{
    for (size_t at = 0, end; at < words.len; at = end + 1) {
        end = at;
        while (end < words.len && words.s[end] != '-' && words.s[end] != '_' && !tn_is_space(words.s[end]))
            end++;
        if (is_among(tn_str_slice(words.s + at, end - at), list, count))
            return true;
    }
    return false;
}

/* `display: none` in whatever spacing. */
static bool has_style(struct tn_str style, struct tn_str way, struct tn_str value)
{
    size_t at = tn_str_find_fold(style, way);
    if (at == TN_NO_OFFSET)
        return false;
    struct tn_str rest = tn_str_trim(tn_str_from(style, at + way.len));
    return rest.len && rest.s[0] == ':' && tn_str_starts_fold(tn_str_trim(tn_str_from(rest, 1)), value);
}

static bool styled_away(struct tn_str style)
{
    return has_style(style, TN_LIT("display"), TN_LIT("none")) ||
           has_style(style, TN_LIT("visibility"), TN_LIT("hidden"));
}

bool tn_element_is_block(enum tn_element_kind kind, const unsigned char *const *atts)
{
    bool styled = kind == TN_ELEMENT_INLINE || kind == TN_ELEMENT_LINK || kind == TN_ELEMENT_BOLD;
    return !tn_element_is_inline(kind) ||
           (styled && has_style(tn_attribute(atts, "style"), TN_LIT("display"), TN_LIT("block")));
}

bool tn_element_is_chrome(const struct tn_element *element, const unsigned char *const *atts)
{
    if (!atts || element->kind == TN_ELEMENT_ROOT || (element->kind == TN_ELEMENT_CONTENT && element->rank == 0))
        return false;
    for (; atts[0]; atts += 2) {
        const char *name = (const char *)atts[0];
        struct tn_str value = tn_str_of((const char *)atts[1]);
        bool named = strcmp(name, "class") == 0 || strcmp(name, "id") == 0;
        if ((named && has_word_of(value, chrome, COUNT(chrome))) ||
            (strcmp(name, "role") == 0 && has_word_of(value, chrome_roles, COUNT(chrome_roles))))
            return true;
    }
    return false;
}

bool tn_element_may_be_chrome(const struct tn_element *element, const unsigned char *const *atts)
{
    bool container = element->kind == TN_ELEMENT_BLOCK || element->kind == TN_ELEMENT_LIST ||
                     (element->kind == TN_ELEMENT_CONTENT && element->rank);
    return atts && container &&
           (has_word_of(tn_attribute(atts, "class"), perhaps_chrome, COUNT(perhaps_chrome)) ||
            has_word_of(tn_attribute(atts, "id"), perhaps_chrome, COUNT(perhaps_chrome)));
}

bool tn_element_is_hidden(const struct tn_element *element, const unsigned char *const *atts)
{
    if (!atts || element->kind == TN_ELEMENT_ROOT)
        return false;
    for (; atts[0]; atts += 2) {
        const char *name = (const char *)atts[0];
        struct tn_str value = tn_str_of((const char *)atts[1]);
        if (strcmp(name, "hidden") == 0 || (strcmp(name, "aria-hidden") == 0 && tn_str_eq_fold(value, TN_LIT("true"))) ||
            (strcmp(name, "style") == 0 && styled_away(value)))
            return true;
    }
    return false;
}

bool tn_element_is_window(const unsigned char *const *atts)
{
    return has_part_of(tn_attribute(atts, "class"), windows, COUNT(windows)) ||
           has_part_of(tn_attribute(atts, "id"), windows, COUNT(windows));
}

bool tn_element_is_revealed(const unsigned char *const *atts)
{
    struct tn_str named = tn_attribute(atts, "class"), id = tn_attribute(atts, "id");
    if (tn_element_is_window(atts))
        return false;
    return has_part_of(named, revealed, COUNT(revealed)) || has_part_of(id, revealed, COUNT(revealed)) ||
           tn_attribute(atts, "data-tab").s || tn_str_eq_fold(tn_attribute(atts, "role"), TN_LIT("tabpanel")) ||
           tn_str_eq_fold(tn_attribute(atts, "hidden"), TN_LIT("until-found"));
}

static bool opens(const unsigned char *const *atts)
{
    struct tn_str toggle = tn_attribute(atts, "data-bs-toggle");
    if (toggle.len == 0)
        toggle = tn_attribute(atts, "data-toggle");
    if (toggle.len)
        return is_among(toggle, openers, COUNT(openers));
    return tn_attribute(atts, "aria-expanded").len || tn_attribute(atts, "onclick").len ||
           tn_str_eq_fold(tn_attribute(atts, "role"), TN_LIT("button")) ||
           has_part_of(tn_attribute(atts, "class"), openers, COUNT(openers));
}

bool tn_element_is_opener(const unsigned char *const *atts)
{
    return atts && opens(atts) && !tn_attribute(atts, "aria-haspopup").len && !tn_element_is_window(atts) &&
           !tn_str_eq_fold(tn_attribute(atts, "role"), TN_LIT("tab"));
}

bool tn_element_is_excerpt(const unsigned char *const *atts)
{
    return atts && has_word_of(tn_attribute(atts, "class"), excerpts, COUNT(excerpts));
}

bool tn_element_is_button_text(struct tn_str line)
{
    return is_among(line, button_texts, COUNT(button_texts));
}

bool tn_element_is_for_width(const unsigned char *const *atts)
{
    return atts && has_word_of(tn_attribute(atts, "class"), widths, COUNT(widths));
}

bool tn_element_is_chip(const unsigned char *const *atts)
{
    static const char *const chips[] = {"badge", "chip", "pill", "tag"};
    return atts && has_word_of(tn_attribute(atts, "class"), chips, COUNT(chips));
}

bool tn_element_is_label(const unsigned char *const *atts)
{
    return atts && has_word_of(tn_attribute(atts, "class"), labels, COUNT(labels));
}

static uint32_t mix(uint32_t form, struct tn_str text)
{
    for (size_t i = 0; i < text.len; i++) /* FNV-1a; rows and cards are often numbered (card-1, card-2) */
        form = tn_is_digit(text.s[i]) ? form : (form ^ (unsigned char)text.s[i]) * 16777619u;
    return form;
}

/* Of the class only the first word: what follows is often a state (odd, even, active, first), which rows and items have
 * for their only class. */
uint32_t tn_element_form(const char *name, const unsigned char *const *atts)
{
    struct tn_str rest = tn_attribute(atts, "class"), first = {NULL, 0};
    if (strcmp(name, "tr") != 0 && strcmp(name, "li") != 0)
        next_word(&rest, &first);
    return mix(mix(2166136261u, tn_str_of(name)) * 31u, first);
}
