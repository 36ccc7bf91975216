/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "core/utf8.h"
#include "input/decode.h"
#include "input/split_inside.h"

enum { BLOCK = 32 * 1024, LEAST_RECORD = 64 };

unsigned tn_window_line(const struct tn_split *split, size_t index)
{
    return split->line + tn_str_line_ends(tn_str_slice(split->buffer + split->counted, index - split->counted));
}

void tn_window_count(struct tn_split *split, size_t index)
{
    if (index <= split->counted)
        return;
    split->line = tn_window_line(split, index);
    split->counted = index;
}

static void drop_before(struct tn_split *split, size_t low)
{
    tn_window_count(split, low);
    memmove(split->buffer, split->buffer + low, split->filled - low);
    split->base += low;
    split->filled -= low;
    split->at -= low;
    split->counted -= low;
}

static size_t largest(const struct tn_split *split)
{
    return split->max_record < LEAST_RECORD ? LEAST_RECORD : split->max_record;
}

/* Room for at least one byte more, as a rule for a block. What is done with goes as soon as it is the larger part, so
 * that the same few bytes of memory, which are in the cache, are used again and again. */
static bool make_room(struct tn_split *split, size_t low)
{
    if (low && low >= split->filled - low) {
        drop_before(split, low);
        low = 0;
    }
    if (split->room && split->room - split->filled - TN_SCAN_SLACK >= BLOCK / 2)
        return true;
    size_t most = largest(split) > SIZE_MAX / 4 ? SIZE_MAX / 2 : 2 * largest(split) + 4 * BLOCK;
    size_t room = split->room ? 2 * split->room : 2 * BLOCK;
    if (room > most)
        room = most;
    if (room <= split->room) {
        drop_before(split, low);
        return true;
    }
    char *buffer = realloc(split->buffer, room);
    if (!buffer)
        return false;
    split->buffer = buffer;
    split->room = room;
    return true;
}

enum tn_fill tn_window_fill(struct tn_split *split, size_t low, struct tn_error *error)
{
    if (split->ended)
        return TN_FILL_END;
    if (split->filled - low > largest(split))
        return TN_FILL_OVER;
    if (!make_room(split, low)) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "memory is short");
        return TN_FILL_FAILED;
    }
    size_t room = split->room - split->filled - TN_SCAN_SLACK;
    size_t got;
    if (!tn_source_read(split->source, split->buffer + split->filled, room < BLOCK ? room : BLOCK, &got, error))
        return TN_FILL_FAILED;
    split->filled += got;
    memset(split->buffer + split->filled, 0, TN_SCAN_SLACK);
    split->ended = got == 0;
    return split->ended ? TN_FILL_END : TN_FILL_MORE;
}

/* A NUL behind the piece that ends there in the window. */
static void end_piece(struct tn_split *split, size_t end)
{
    split->saved_at = end;
    split->saved = split->buffer[end];
    split->buffer[end] = '\0';
}

/* In whatever character set; UTF-16 and UTF-32 were converted before. What the scanner repaired of it counts besides. */
static bool decode(struct tn_split *split, size_t start, struct tn_str text, struct tn_piece *piece)
{
    struct tn_decoded *decoded = &split->decoded;
    struct tn_str label = split->marked ? TN_LIT("utf-8") : split->source->charset;
    if (split->xml.charset[0] && !split->marked)
        label = tn_str_of(split->xml.charset);
    bool good = split->recoded ? tn_decode_utf8(text, &split->repaired, decoded)
                               : tn_decode_page(text, label, &split->repaired, decoded);
    if (!good)
        return false;
    piece->replaced += decoded->replaced;
    piece->repaired |= decoded->replaced ? TN_PIECE_BYTES : 0;
    piece->note = decoded->note[0] ? decoded->note : NULL;
    piece->len = decoded->text.len;
    piece->bytes = split->buffer + start;
    if (decoded->text.s == text.s) {
        end_piece(split, start + text.len);
        return true;
    }
    piece->bytes = split->repaired.data;
    return true;
}

bool tn_window_piece(struct tn_split *split, size_t start, size_t end, struct tn_piece *piece)
{
    struct tn_str text = tn_str_slice(split->buffer + start, end - start);
    const struct tn_scan *scan = &split->scan;
    if (split->whole)
        return decode(split, start, text, piece);
    bool json = !split->xml.on && !split->rows.on && !split->lines.on;
    bool may_have_nul = !json || (scan->repaired & TN_PIECE_BYTES);
    if (json) {
        piece->repaired = scan->repaired;
        piece->replaced = scan->replaced;
    }
    if (may_have_nul ? !tn_decode_clean(text) : tn_utf8_valid(text) < text.len)
        return decode(split, start, text, piece);
    piece->bytes = split->buffer + start;
    piece->len = text.len;
    memcpy(piece->large, scan->large, sizeof piece->large);
    end_piece(split, end);
    return true;
}

void tn_window_restore(struct tn_split *split)
{
    if (split->saved_at != TN_NO_OFFSET)
        split->buffer[split->saved_at] = split->saved;
    split->saved_at = TN_NO_OFFSET;
}
