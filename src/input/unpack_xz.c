/* SPDX-License-Identifier: MIT */
/* xz streams, one or several, through liblzma itself: it takes a limit of memory, which libarchive's filter leaves open. */
#include <lzma.h>

#include "input/unpack_inside.h"
#include "input/unpack_limit.h"

static bool fail(struct tn_unpack *unpack)
{
    lzma_ret result = (lzma_ret)unpack->lzma_result;
    tn_unpack_fail(unpack, unpack->base + unpack->at, result == LZMA_BUF_ERROR);
    if (result == LZMA_MEMLIMIT_ERROR)
        tn_unpack_refuse(lzma_memusage(&unpack->lzma), "the xz data want", &unpack->error);
    else if (result == LZMA_MEM_ERROR)
        tn_error_set(&unpack->error, TN_FAILED, TN_NO_MEMORY, NULL, "memory is short");
    return false;
}

/* Some more bytes, or the result that says why there are none. */
static void step(struct tn_unpack *unpack)
{
    lzma_stream *xz = &unpack->lzma;
    bool more = unpack->at < unpack->end || tn_unpack_block(unpack);
    xz->next_in = (const uint8_t *)unpack->block + unpack->at;
    xz->avail_in = unpack->end - unpack->at;
    unpack->lzma_result = (int)lzma_code(xz, more ? LZMA_RUN : LZMA_FINISH);
    unpack->at = unpack->end - xz->avail_in;
    if (unpack->lzma_result == LZMA_STREAM_END && unpack->in_failed)
        unpack->lzma_result = LZMA_DATA_ERROR; /* perhaps there was more */
}

bool tn_unpack_xz(struct tn_unpack *unpack, char *into, size_t room, size_t *got)
{
    lzma_stream *xz = &unpack->lzma;
    if (!unpack->opened)
        unpack->lzma_result = (int)lzma_stream_decoder(xz, TN_UNPACK_MEMORY + (1 << 20), LZMA_CONCATENATED);
    unpack->opened = true;
    xz->next_out = (uint8_t *)into;
    xz->avail_out = room;
    while (xz->avail_out == room && room && unpack->lzma_result == LZMA_OK)
        step(unpack);
    *got = room - xz->avail_out;
    return *got || !room || unpack->lzma_result == LZMA_STREAM_END || fail(unpack);
}
