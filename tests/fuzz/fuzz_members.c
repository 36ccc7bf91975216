/* SPDX-License-Identifier: MIT */
/* Any bytes as a container: compressed, a web archive, a mail. Every member is read to its end, whatever it is; the same
 * comes out however the bytes come in. */
#include <stdint.h>
#include <stdlib.h>

#include "input/members.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 1 << 24, RECORD = 1 << 16 };

/* What came out. */
struct outcome {
    uint64_t sum;
    size_t bytes;
    size_t results[TN_MEMBER_DAMAGE + 1];
};

static void add(struct outcome *outcome, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        outcome->sum = outcome->sum * 31 + (unsigned char)bytes[i];
    outcome->bytes += len;
}

static void add_text(struct outcome *outcome, const char *text)
{
    if (text)
        add(outcome, text, strlen(text) + 1);
}

static void drain(struct tn_source *source, struct outcome *outcome)
{
    char block[4096];
    struct tn_error error;
    size_t got = 1;
    while (got && outcome->bytes < MOST && tn_source_read(source, block, sizeof block, &got, &error))
        add(outcome, block, got);
}

static struct outcome read_all(struct tn_str bytes, size_t step)
{
    struct outcome outcome = {0};
    struct tn_source source;
    struct tn_member member;
    struct tn_error error;
    enum tn_members_result result;
    tn_source_memory(&source, bytes, step);
    struct tn_members *members = tn_members_new(&source, RECORD);
    if (!members)
        return outcome;
    while ((result = tn_members_next(members, &member, &error)) != TN_MEMBERS_END && outcome.bytes < MOST) {
        outcome.results[result]++;
        add_text(&outcome, member.name);
        add_text(&outcome, member.url);
        add_text(&outcome, member.fetched);
        add(&outcome, member.source.charset.s, member.source.charset.len);
        if (result == TN_MEMBER)
            drain(&member.source, &outcome);
        else if (result == TN_MEMBER_PASSED)
            add_text(&outcome, member.why);
        else
            add_text(&outcome, error.message);
    }
    tn_members_free(members);
    return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tn_str bytes = tn_str_slice((const char *)data, size);
    struct outcome whole = read_all(bytes, 0), pieces = read_all(bytes, 1 + size % 97);
    if (whole.bytes < MOST && (whole.sum != pieces.sum || memcmp(whole.results, pieces.results, sizeof whole.results) != 0))
        abort();
    return 0;
}
