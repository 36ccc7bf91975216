/* SPDX-License-Identifier: MIT */
/* Superscripts and subscripts: `10<sup>9</sup>/L` must not become `109/L`. */
#include "core/utf8.h"
#include "normal/text_stages.h"
#include "normal/text_tag.h"

struct form {
    char plain;
    unsigned short sup, sub; /* 0: stays as it is, and so does what it stands in */
};

/* Few letters: of those that Unicode has as subscripts, more would turn `C<sub>max</sub>`, which everybody writes and
 * searches as `Cmax`, into another word. */
static const struct form forms[] = {
    {'0', 0x2070, 0x2080}, {'1', 0x00B9, 0x2081}, {'2', 0x00B2, 0x2082}, {'3', 0x00B3, 0x2083}, {'4', 0x2074, 0x2084},
    {'5', 0x2075, 0x2085}, {'6', 0x2076, 0x2086}, {'7', 0x2077, 0x2087}, {'8', 0x2078, 0x2088}, {'9', 0x2079, 0x2089},
    {'+', 0x207A, 0x208A}, {'-', 0x207B, 0x208B}, {'=', 0x207C, 0x208C}, {'(', 0x207D, 0x208D}, {')', 0x207E, 0x208E},
    {'n', 0x207F, 0x2099}, {'a', 0, 0x2090},      {'e', 0, 0x2091},      {'i', 0, 0x1D62},      {'o', 0, 0x2092},
    {'x', 0, 0x2093},
};

/* How far to look for the closing tag, and how many characters change together: 11 of 3 bytes each are half as much
 * again as what they replace, the tags included (TN_TAGS_ROOM). */
enum { WINDOW = 256, FORMS_MAX = 11, MINUS = 0x2212 };

/* The character that `text` starts with once escapes and entities are undone. */
static uint32_t undone_character(struct tn_str text, size_t *size)
{
    bool repaired;
    size_t escape = text.len > 1 && text.s[0] == '\\' && tn_is_punctuation(text.s[1]) ? 1 : 0;
    struct tn_str rest = tn_str_from(text, escape);
    uint32_t character = rest.s[0] == '&' ? tn_text_entity(rest, size, &repaired) : 0;
    if (character == 0)
        character = tn_utf8_next(rest, size);
    *size += escape;
    return character == MINUS ? '-' : character;
}

static uint32_t form_of(uint32_t character, enum tn_tag_kind kind)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if ((uint32_t)forms[i].plain == character)
            return kind == TN_TAG_SUP ? forms[i].sup : forms[i].sub;
    return 0;
}

/* Adds the form of `character`; false where it has none, or there are too many. */
static bool add_form(struct tn_script *script, uint32_t character, enum tn_tag_kind kind, unsigned count)
{
    uint32_t form = form_of(character, kind);
    if (form == 0 || count >= FORMS_MAX)
        return false;
    script->len += tn_utf8_encode(form, script->forms + script->len);
    return true;
}

/* Tags inside that only dress the text do no harm: `<sup><b>9</b></sup>`. */
struct tn_script tn_script_read(struct tn_str text, enum tn_tag_kind kind)
{
    struct tn_script script = {.size = 0};
    bool whole = true;
    unsigned count = 0;
    text.len = text.len < WINDOW ? text.len : WINDOW;
    for (size_t at = 0, size; at < text.len && (whole || !script.has_digit); at += size) {
        struct tn_str rest = tn_str_from(text, at);
        struct tn_tag tag;
        if (rest.s[0] == '<' && tn_tag_read(rest, &tag)) {
            size = tag.size;
            if (tag.kind == TN_TAG_SUP || tag.kind == TN_TAG_SUB) {
                script.size = whole && count && tag.closing && tag.kind == kind ? at + size : 0;
                return script;
            }
            whole = whole && tag.kind == TN_TAG_INLINE;
            continue;
        }
        uint32_t character = undone_character(rest, &size);
        script.has_digit = script.has_digit || (character >= '0' && character <= '9');
        whole = whole && add_form(&script, character, kind, count++);
    }
    return script;
}
