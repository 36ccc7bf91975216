/* SPDX-License-Identifier: MIT */
#include "batch/progress.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

void tn_bytes_text(uint64_t bytes, char out[TN_AMOUNT_ROOM])
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    size_t unit = 0;
    uint64_t tenths = bytes < 1000 ? bytes * 10 : 0;
    for (uint64_t whole = bytes; whole >= 1000; whole /= 1000, unit++)
        tenths = whole / 100; /* the last time: of the unit that comes out */
    if (unit && tenths < 100)
        snprintf(out, TN_AMOUNT_ROOM, "%" PRIu64 ".%" PRIu64 " %s", tenths / 10, tenths % 10, units[unit]);
    else
        snprintf(out, TN_AMOUNT_ROOM, "%" PRIu64 " %s", tenths / 10, units[unit]);
}

/* amount * times / of, for amounts that the product would not fit. */
static uint64_t scale(uint64_t amount, double times, double of)
{
    double result = (double)amount * times / of;
    return result < 1e18 ? (uint64_t)result : (uint64_t)1e18;
}

void tn_rate_text(uint64_t bytes, uint64_t milliseconds, char out[TN_AMOUNT_ROOM])
{
    out[0] = '\0';
    if (milliseconds == 0)
        return;
    char amount[TN_AMOUNT_ROOM];
    tn_bytes_text(scale(bytes, 1000, (double)milliseconds), amount);
    snprintf(out, TN_AMOUNT_ROOM, "%.20s/s", amount);
}

void tn_clock_text(uint64_t milliseconds, char out[TN_AMOUNT_ROOM])
{
    uint64_t seconds = milliseconds / 1000, minutes = seconds / 60, hours = minutes / 60;
    if (hours)
        snprintf(out, TN_AMOUNT_ROOM, "%" PRIu64 ":%02u:%02u", hours, (unsigned)(minutes % 60), (unsigned)(seconds % 60));
    else
        snprintf(out, TN_AMOUNT_ROOM, "%u:%02u", (unsigned)minutes, (unsigned)(seconds % 60));
}

void tn_seconds_text(uint64_t milliseconds, char out[TN_AMOUNT_ROOM])
{
    uint64_t seconds = milliseconds / 1000;
    unsigned part = (unsigned)(milliseconds % 1000);
    if (seconds < 10)
        snprintf(out, TN_AMOUNT_ROOM, "%u.%02u s", (unsigned)seconds, part / 10);
    else
        snprintf(out, TN_AMOUNT_ROOM, "%" PRIu64 ".%u s", seconds, part / 100);
}

/* Adds what fits, behind ", " unless it is the first. */
__attribute__((format(printf, 4, 5))) static void add(char *out, size_t room, size_t *len, const char *format, ...)
{
    va_list args;
    if (*len && *len + 1 < room)
        *len += (size_t)snprintf(out + *len, room - *len, ", ");
    if (*len + 1 >= room) {
        *len = room - 1;
        return;
    }
    va_start(args, format);
    *len += (size_t)vsnprintf(out + *len, room - *len, format, args);
    va_end(args);
    if (*len >= room)
        *len = room - 1;
}

/* 0 to 1, by bytes or by trials, whichever is nearer to the end; negative when nobody knows. */
static double share_of(const struct tn_pace *pace)
{
    double by_bytes = pace->extent.known && pace->extent.bytes
                          ? (double)pace->taken / (double)pace->extent.bytes : -1;
    double by_trials = pace->limit ? (double)pace->counts->written / (double)pace->limit : -1;
    double share = by_bytes > by_trials ? by_bytes : by_trials;
    return share > 1 ? 1 : share;
}

static void add_count(char *out, size_t room, size_t *len, size_t count, const char *what)
{
    if (count)
        add(out, room, len, "%zu %s", count, what);
}

static size_t warnings(const struct tn_counts *counts)
{
    size_t all = 0;
    for (int code = 1; code <= TN_LAST_WARNING; code++)
        all += counts->warned[code];
    return all;
}

size_t tn_progress_text(const struct tn_pace *pace, char *out, size_t room)
{
    const struct tn_counts *counts = pace->counts;
    char text[TN_AMOUNT_ROOM];
    size_t len = 0, warned = warnings(counts);
    double share = share_of(pace);
    out[0] = '\0';
    if (share >= 0) {
        add(out, room, &len, "%u %%", (unsigned)(share * 100));
    } else {
        tn_bytes_text(pace->taken, text);
        add(out, room, &len, "%s", text);
    }
    if (share > 0.001 && share < 1) {
        tn_clock_text(scale(pace->milliseconds, 1 - share, share), text);
        add(out, room, &len, "%s left", text);
    }
    tn_rate_text(pace->taken, pace->milliseconds, text);
    if (*text)
        add(out, room, &len, "%s", text);
    add(out, room, &len, "%zu record%s", counts->records, counts->records == 1 ? "" : "s");
    add_count(out, room, &len, counts->failed, "failed");
    add_count(out, room, &len, counts->left_out, "left out");
    add_count(out, room, &len, warned, warned == 1 ? "warning" : "warnings");
    return len;
}
