/* SPDX-License-Identifier: MIT */
/* Sixteen bytes at a time, in the vectors that gcc and clang know on every machine. A comparison of vectors gives 0xFF
 * in each byte where it holds. */
#ifndef TN_CORE_BYTES_H
#define TN_CORE_BYTES_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { TN_BYTES = 16 };

typedef unsigned char tn_bytes __attribute__((vector_size(TN_BYTES)));

static inline tn_bytes tn_bytes_load(const char *p)
{
    tn_bytes bytes;
    memcpy(&bytes, p, TN_BYTES);
    return bytes;
}

/* A text of 4 to 15 bytes: all of them, some more than once. For asking whether a byte is among them. */
static inline tn_bytes tn_bytes_load_short(const char *p, size_t len)
{
    typedef uint64_t halves __attribute__((vector_size(TN_BYTES)));
    uint32_t start, end;
    uint64_t first, last;
    if (len >= 8) {
        memcpy(&first, p, 8);
        memcpy(&last, p + len - 8, 8);
        return (tn_bytes)(halves){first, last};
    }
    memcpy(&start, p, 4);
    memcpy(&end, p + len - 4, 4);
    const uint64_t twice = UINT64_C(0x100000001);
    return (tn_bytes)(halves){start * twice, end * twice};
}

/* Copies 4 to 15 bytes, some of them twice. */
static inline void tn_bytes_copy_short(char *to, const char *from, size_t len)
{
    if (len >= 8) {
        memcpy(to, from, 8);
        memcpy(to + len - 8, from + len - 8, 8);
    } else {
        memcpy(to, from, 4);
        memcpy(to + len - 4, from + len - 4, 4);
    }
}

/* All sixteen are `byte`. */
static inline tn_bytes tn_bytes_each(unsigned char byte)
{
    return (tn_bytes){0} + byte;
}

/* Index of the first byte of `marks` whose highest bit is set; TN_BYTES where none is. x86 has one instruction for it. */
static inline size_t tn_bytes_first(tn_bytes marks)
{
#ifdef __SSE2__
    typedef char signed_bytes __attribute__((vector_size(TN_BYTES)));
    unsigned mask = (unsigned)__builtin_ia32_pmovmskb128((signed_bytes)marks);
    return mask ? (size_t)__builtin_ctz(mask) : TN_BYTES;
#else
    uint64_t half[2];
    marks &= tn_bytes_each(0x80);
    memcpy(half, &marks, TN_BYTES);
    if ((half[0] | half[1]) == 0)
        return TN_BYTES;
    return half[0] ? (size_t)__builtin_ctzll(le64toh(half[0])) / 8 : 8 + (size_t)__builtin_ctzll(le64toh(half[1])) / 8;
#endif
}

/* Where, from `at` on, the first of two bytes stands in s[0..len); len where neither does. */
static inline size_t tn_bytes_find_either(const char *s, size_t at, size_t len, unsigned char one, unsigned char other)
{
    for (; at + TN_BYTES <= len; at += TN_BYTES) {
        tn_bytes bytes = tn_bytes_load(s + at);
        size_t first = tn_bytes_first((tn_bytes)(bytes == tn_bytes_each(one)) | (tn_bytes)(bytes == tn_bytes_each(other)));
        if (first < TN_BYTES)
            return at + first;
    }
    while (at < len && (unsigned char)s[at] != one && (unsigned char)s[at] != other)
        at++;
    return at;
}

#endif
