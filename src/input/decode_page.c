/* SPDX-License-Identifier: MIT */
/* The character set of a page: what was declared, held against what the bytes are. */
#include <stdio.h>

#include "core/utf8.h"
#include "input/decode.h"

/* What speaks for UTF-8 in some bytes, and against it. */
struct utf8_tally {
    size_t weight; /* of the sequences over ASCII: what is never seen in other sets weighs more */
    size_t bad;    /* bytes in no sequence */
};

/* By chance, two bytes are a sequence where a capital letter with an accent stands before a sign; less often so for the
 * two letters (C2, C3) before most of what is written in Latin letters; three hardly ever. */
static size_t weight_of(unsigned char lead)
{
    if (lead >= 0xF0)
        return 8;
    if (lead >= 0xE0)
        return 4;
    return lead == 0xC2 || lead == 0xC3 ? 2 : 1;
}

static size_t weigh(struct tn_str text)
{
    size_t weight = 0;
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.s[i] >= 0xC2)
            weight += weight_of((unsigned char)text.s[i]);
    return weight;
}

/* A sequence that the end of the text cut off behind its second byte. One byte may as well be a letter of its own. */
static bool is_cut_sequence(struct tn_str rest)
{
    static const char ends[2][3] = {"\x80\x80", "\xBF\xBF"};
    unsigned char lead = rest.len ? (unsigned char)rest.s[0] : 0;
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (rest.len < 2 || rest.len >= need)
        return false;
    for (int i = 0; i < 2; i++) {
        char whole[8];
        memcpy(whole, rest.s, rest.len);
        memcpy(whole + rest.len, ends[i], 2);
        if (tn_utf8_valid(tn_str_slice(whole, need)) == need)
            return true;
    }
    return false;
}

static struct utf8_tally tally_utf8(struct tn_str text)
{
    struct utf8_tally tally = {0, 0};
    while (text.len) {
        size_t good = tn_utf8_valid(text);
        tally.weight += weigh(tn_str_slice(text.s, good));
        text = tn_str_from(text, good);
        if (is_cut_sequence(text)) {
            tally.weight += 4;
            break;
        }
        tally.bad += text.len != 0;
        text = tn_str_from(text, 1);
    }
    return tally;
}

/* A decision in the making. */
struct choice {
    struct tn_str bytes;
    struct tn_buf *out;
    struct tn_decoded *decoded;
    struct tn_str labels[2];     /* of who sent the page, and its own */
    enum tn_charset declared[2]; /* what they mean; TN_CHARSET_NONE: nothing */
    char declared_as[48];        /* the label that counts, for the note; "" when there is none, or none to be shown */
    bool valid;                  /* the bytes are UTF-8 */
    size_t misfits;              /* places that the last conversion did not know */
};

static void note(struct tn_decoded *decoded, const char *format, const char *name)
{
    size_t used = strlen(decoded->note);
    if (used)
        used += (size_t)snprintf(decoded->note + used, sizeof decoded->note - used, "; ");
    snprintf(decoded->note + used, sizeof decoded->note - used, format, name);
}

static void empty_out(struct choice *choice)
{
    choice->out->cap = 4 * choice->bytes.len + 64;
    tn_buf_reset(choice->out);
}

static void take_out(struct choice *choice, enum tn_charset charset, size_t replaced)
{
    choice->decoded->text = tn_str_slice(choice->out->data, choice->out->len);
    choice->decoded->charset = charset;
    choice->decoded->replaced = replaced;
}

/* All of the page through one conversion; false when the C library has none. NULs are no text in any of the sets, and no
 * part of another character. */
static bool convert(struct choice *choice, enum tn_charset charset)
{
    struct tn_decoder decoder;
    struct tn_str rest = choice->bytes;
    size_t nuls = 0;
    empty_out(choice);
    if (!tn_decoder_open(&decoder, charset, TN_LIT(TN_REPLACEMENT)))
        return false;
    for (;;) {
        size_t nul = tn_str_find_char(rest, '\0');
        tn_decoder_add(&decoder, tn_str_slice(rest.s, nul == TN_NO_OFFSET ? rest.len : nul), true, choice->out);
        if (nul == TN_NO_OFFSET)
            break;
        tn_buf_str(choice->out, decoder.mark);
        nuls++;
        rest = tn_str_from(rest, nul + 1);
    }
    tn_decoder_close(&decoder);
    take_out(choice, charset, decoder.marks + nuls);
    choice->misfits = decoder.marks;
    return true;
}

/* The same for UTF-16 and UTF-32, where a NUL is a character as others. */
static bool convert_wide(struct choice *choice, enum tn_charset charset)
{
    struct tn_decoder decoder;
    struct tn_buf text;
    empty_out(choice);
    tn_buf_init(&text, choice->out->cap);
    if (!tn_decoder_open(&decoder, charset, TN_LIT("\xFF")))
        return false;
    tn_decoder_add(&decoder, choice->bytes, true, &text);
    tn_decoder_close(&decoder);
    take_out(choice, charset, tn_decode_repair(tn_str_slice(text.data, text.len), choice->out));
    choice->out->failed = choice->out->failed || text.failed;
    choice->misfits = decoder.marks;
    tn_buf_release(&text);
    return true;
}

static bool convert_any(struct choice *choice, enum tn_charset charset)
{
    return (tn_charset_unit(charset) > 1 ? convert_wide : convert)(choice, charset);
}

static void keep_utf8(struct choice *choice)
{
    *choice->decoded = (struct tn_decoded){.text = choice->bytes, .charset = TN_CHARSET_UTF_8};
    if (choice->valid && tn_str_find_char(choice->bytes, '\0') == TN_NO_OFFSET)
        return;
    empty_out(choice);
    take_out(choice, TN_CHARSET_UTF_8, tn_decode_repair(choice->bytes, choice->out));
}

/* The first set that was declared and is known; TN_CHARSET_NONE when there is none. */
static enum tn_charset first_declared(const struct choice *choice)
{
    return choice->declared[0] ? choice->declared[0] : choice->declared[1];
}

/* The page as one of the declared sets in which all bytes have a meaning. */
static bool fits_declared(struct choice *choice)
{
    for (int i = 0; i < 2; i++) {
        enum tn_charset charset = choice->declared[i];
        if (charset == TN_CHARSET_NONE || charset == TN_CHARSET_UTF_8 || !convert_any(choice, charset))
            continue;
        if (choice->misfits == 0)
            return true;
    }
    return false;
}

static size_t count_beyond_ascii(struct tn_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += (unsigned char)text.s[i] >= 0xC0;
    return count;
}

/* A declared set in which at least two thirds of what is not ASCII have a meaning. */
static bool mostly_fits(struct choice *choice)
{
    for (int i = 0; i < 2; i++) {
        enum tn_charset charset = choice->declared[i];
        if (charset != TN_CHARSET_NONE && charset != TN_CHARSET_UTF_8 && convert_any(choice, charset) &&
            count_beyond_ascii(choice->decoded->text) - choice->decoded->replaced >= 2 * choice->misfits)
            return true;
    }
    return false;
}

/* Bytes that are valid UTF-8, though something else was declared. */
static void choose_valid(struct choice *choice)
{
    enum tn_charset declared = first_declared(choice);
    size_t weight = weigh(choice->bytes);
    bool escapes = declared == TN_CHARSET_ISO_2022_JP && tn_str_find_char(choice->bytes, 0x1B) != TN_NO_OFFSET;
    bool pair = weight == 1 && tn_charset_pairs(declared);
    if (weight == 0 && escapes && (fits_declared(choice) || mostly_fits(choice)))
        return;
    if (pair && fits_declared(choice))
        return;
    keep_utf8(choice);
    if (weight)
        note(choice->decoded, "declared as %s, but the text is UTF-8", choice->declared_as);
}

static void fall_back(struct choice *choice)
{
    const char *name = choice->declared_as;
    convert(choice, TN_CHARSET_WINDOWS_1252);
    if (first_declared(choice))
        note(choice->decoded, "declared as %s, which it is not: read as windows-1252", name);
    else if (name[0])
        note(choice->decoded, "declared as '%s', which nobody knows, and not UTF-8: read as windows-1252", name);
    else
        note(choice->decoded, "%s", "no character set declared, and not UTF-8: read as windows-1252");
}

/* Bytes that are no valid UTF-8. */
static void choose_invalid(struct choice *choice)
{
    enum tn_charset declared = first_declared(choice);
    struct utf8_tally tally = tally_utf8(choice->bytes);
    size_t weight = declared == TN_CHARSET_UTF_8 ? 4 * tally.weight : declared ? tally.weight / 2 : tally.weight;
    if (weight > tally.bad) {
        keep_utf8(choice);
        if (declared && declared != TN_CHARSET_UTF_8)
            note(choice->decoded, "declared as %s, but the text is UTF-8", choice->declared_as);
    } else if (!fits_declared(choice) && !mostly_fits(choice)) {
        fall_back(choice);
    }
}

static void undo_mojibake(struct choice *choice)
{
    struct tn_decoded *decoded = choice->decoded;
    if (!tn_decode_is_mojibake(decoded->text))
        return;
    if (decoded->text.s == choice->bytes.s) {
        empty_out(choice);
        tn_buf_str(choice->out, decoded->text);
    }
    if (choice->out->failed)
        return;
    choice->out->len = tn_decode_undo_mojibake(choice->out->data, choice->out->len);
    decoded->text = tn_str_slice(choice->out->data, choice->out->len);
    note(decoded, "%s", "the text was UTF-8 taken for windows-1252: put right");
}

static bool is_plain(struct tn_str label)
{
    for (size_t i = 0; i < label.len; i++)
        if (label.s[i] <= ' ' || label.s[i] > '~')
            return false;
    return label.len > 0;
}

/* The label that is known, or else the first that is there. */
static void name_declaration(struct choice *choice)
{
    bool second = choice->labels[0].len == 0 || (!choice->declared[0] && choice->declared[1]);
    struct tn_str label = choice->labels[second];
    if (label.len < sizeof choice->declared_as && is_plain(label)) {
        memcpy(choice->declared_as, label.s, label.len);
        choice->declared_as[label.len] = '\0';
    }
}

/* A NUL behind what stands in `out`, which may move for it. False when memory was short for anything. */
static bool finish(struct choice *choice)
{
    struct tn_decoded *decoded = choice->decoded;
    if (decoded->text.s != choice->bytes.s && tn_buf_terminate(choice->out))
        decoded->text.s = choice->out->data;
    return !choice->out->failed;
}

static void declare(struct choice *choice, struct tn_str sent)
{
    struct tn_str head = choice->bytes;
    if (head.len > TN_DECODE_HEAD)
        head.len = TN_DECODE_HEAD;
    choice->labels[0] = tn_str_trim(sent);
    choice->labels[1] = tn_str_trim(tn_charset_declared(head));
    for (int i = 0; i < 2; i++)
        choice->declared[i] = tn_charset_find(choice->labels[i]);
    /* Whoever reads the declaration as single bytes knows that the page cannot be in UTF-16. */
    if (tn_charset_unit(choice->declared[1]) > 1)
        choice->declared[1] = TN_CHARSET_UTF_8;
    name_declaration(choice);
}

static void choose(struct choice *choice)
{
    enum tn_charset declared = first_declared(choice);
    choice->valid = tn_utf8_valid(choice->bytes) == choice->bytes.len;
    if (choice->valid && (declared == TN_CHARSET_NONE || declared == TN_CHARSET_UTF_8))
        keep_utf8(choice);
    else if (choice->valid)
        choose_valid(choice);
    else
        choose_invalid(choice);
}

bool tn_decode_utf8(struct tn_str text, struct tn_buf *out, struct tn_decoded *decoded)
{
    struct choice choice = {.bytes = text, .out = out, .decoded = decoded, .valid = tn_decode_clean(text)};
    tn_buf_reset(out);
    keep_utf8(&choice);
    undo_mojibake(&choice);
    return finish(&choice);
}

bool tn_decode_page(struct tn_str bytes, struct tn_str declared, struct tn_buf *out, struct tn_decoded *decoded)
{
    struct tn_beginning beginning = tn_decode_beginning(bytes);
    struct choice choice = {.bytes = tn_str_from(bytes, beginning.skip), .out = out, .decoded = decoded};
    *decoded = (struct tn_decoded){.text = choice.bytes, .charset = TN_CHARSET_UTF_8};
    tn_buf_reset(out);
    if (tn_charset_unit(beginning.charset) == 1 || !convert_wide(&choice, beginning.charset)) {
        declare(&choice, beginning.charset == TN_CHARSET_UTF_8 ? TN_LIT("utf-8") : declared);
        choose(&choice);
    }
    undo_mojibake(&choice);
    return finish(&choice);
}
