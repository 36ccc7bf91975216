/* SPDX-License-Identifier: MIT */
/* Numbers that stand in bytes, the lowest first. */
#ifndef TN_INPUT_LITTLE_H
#define TN_INPUT_LITTLE_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t tn_little(const char *bytes, size_t count)
{
    uint64_t value = 0;
    while (count--)
        value = value << 8 | (unsigned char)bytes[count];
    return value;
}

static inline unsigned tn_little_16(const char *bytes)
{
    return (unsigned)tn_little(bytes, 2);
}

static inline uint32_t tn_little_32(const char *bytes)
{
    return (uint32_t)tn_little(bytes, 4);
}

static inline uint64_t tn_little_64(const char *bytes)
{
    return tn_little(bytes, 8);
}

#endif
