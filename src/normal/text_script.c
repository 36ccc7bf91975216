/* SPDX-License-Identifier: MIT */
/* Superscripts and subscripts: `10<sup>9</sup>/L` must not become `109/L`. */
#include "core/script.h"
#include "core/utf8.h"
#include "normal/text_stages.h"
#include "normal/text_tag.h"

/* How far to look for the closing tag, and how many characters change together: 11 of 3 bytes each are half as much
 * again as what they replace, the tags included (TN_TAGS_ROOM). */
enum { WINDOW = 256, FORMS_MAX = TN_SCRIPT_MAX, MINUS = 0x2212 };

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

/* Adds the form of `character`; false where it has none, or there are too many. */
static bool add_form(struct tn_script *script, uint32_t character, enum tn_tag_kind kind, unsigned count)
{
    uint32_t form = tn_script_form(character, kind == TN_TAG_SUP);
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
