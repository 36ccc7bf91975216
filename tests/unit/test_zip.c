/* SPDX-License-Identifier: MIT */
/* Zip archives made here, byte by byte: what their directory says, and what it says wrongly; cut at every length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <libdeflate.h>

#include "core/buf.h"
#include "input/zip_directory.h"
#include "input/members.h"

enum { MAX_RECORD = 1 << 20, MOST = 8, TEXT = 2000 };

/* What one member is, and what the archive says of it. */
struct file {
    const char *name;
    unsigned method, flags;
    bool large;           /* its numbers stand in the zip64 field */
    uint32_t crc_off;     /* what its checksum is off by, */
    uint64_t unpacked_off; /* ... and its length */
    bool overlaps;        /* it says that it stands where the first one stands */
};

static char text[TEXT];

static void put(struct tn_buf *out, uint64_t value, size_t count)
{
    for (size_t i = 0; i < count; i++, value >>= 8)
        tn_buf_char(out, (char)(value & 0xFF));
}

static size_t pack(const struct file *file, char *into, size_t room)
{
    if (file->method != 8) {
        memcpy(into, text, TEXT);
        return TEXT;
    }
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(6);
    assert_non_null(compressor);
    size_t size = libdeflate_deflate_compress(compressor, text, TEXT, into, room);
    libdeflate_free_compressor(compressor);
    assert_true(size > 0);
    return size;
}

static void put_common(struct tn_buf *out, const struct file *file, size_t size)
{
    put(out, 45, 2);
    put(out, file->flags, 2);
    put(out, file->method, 2);
    put(out, 33u << 16, 4);
    put(out, libdeflate_crc32(0, text, TEXT) + file->crc_off, 4);
    put(out, file->large ? 0xFFFFFFFFu : size, 4);
    put(out, file->large ? 0xFFFFFFFFu : TEXT + file->unpacked_off, 4);
    put(out, strlen(file->name), 2);
}

static void put_entry(struct tn_buf *out, const struct file *file, size_t size, uint64_t offset)
{
    put(out, 0x02014b50, 4);
    put(out, 45, 2);
    put_common(out, file, size);
    put(out, file->large ? 28 : 0, 2);
    put(out, 0, 10);
    put(out, file->large ? 0xFFFFFFFFu : offset, 4);
    tn_buf_add(out, file->name, strlen(file->name));
    if (!file->large)
        return;
    put(out, 1, 2);
    put(out, 24, 2);
    put(out, TEXT + file->unpacked_off, 8);
    put(out, size, 8);
    put(out, offset, 8);
}

/* `before` stands in front of the archive, `behind` in its comment. */
static struct tn_buf make(const struct file *files, const char *before, const char *behind)
{
    struct tn_buf out, directory;
    char packed[2 * TEXT];
    tn_buf_init(&out, MAX_RECORD);
    tn_buf_init(&directory, MAX_RECORD);
    tn_buf_add(&out, before, strlen(before));
    size_t start = out.len, count = 0;
    for (; files[count].name; count++) {
        size_t size = pack(&files[count], packed, sizeof packed);
        put_entry(&directory, &files[count], size, files[count].overlaps ? 0 : out.len - start);
        put(&out, 0x04034b50, 4);
        put_common(&out, &files[count], size);
        put(&out, 0, 2);
        tn_buf_add(&out, files[count].name, strlen(files[count].name));
        tn_buf_add(&out, packed, size);
    }
    size_t offset = out.len - start;
    tn_buf_add(&out, directory.data, directory.len);
    put(&out, 0x06054b50, 4);
    put(&out, 0, 4);
    put(&out, count | count << 16, 4);
    put(&out, directory.len, 4);
    put(&out, offset, 4);
    put(&out, strlen(behind), 2);
    tn_buf_add(&out, behind, strlen(behind));
    tn_buf_release(&directory);
    assert_false(out.failed);
    return out;
}

struct outcome {
    size_t whole, lost, damage, packed;
    char names[256];
};

/* True when all of the text comes out, and nothing else. */
static bool reads_well(struct tn_source *source)
{
    char room[TEXT + 1];
    size_t len = 0, got = 1;
    struct tn_error error;
    while (got && len < sizeof room) {
        if (!tn_source_read(source, room + len, sizeof room - len, &got, &error)) {
            assert_int_not_equal(error.code, TN_CODE_NONE);
            assert_false(tn_source_read(source, room, sizeof room, &got, &error)); /* and fails again */
            return false;
        }
        len += got;
    }
    return len == TEXT && memcmp(room, text, TEXT) == 0;
}

/* As somebody with threads reads it; the same must come of it. */
static bool unpacks_well(struct tn_members *members, const struct tn_packed *packed)
{
    struct tn_unpacker *unpacker = tn_unpacker_new(MAX_RECORD);
    struct tn_source source;
    struct tn_error error;
    char *bytes = malloc(packed->size + 1);
    assert_true(unpacker && bytes);
    bool good = tn_packed_read(members, packed, bytes, &error) &&
                tn_unpacker_open(unpacker, packed, tn_str_slice(bytes, (size_t)packed->size), &source, &error) &&
                reads_well(&source);
    free(bytes);
    tn_unpacker_free(unpacker);
    return good;
}

static struct outcome read_archive(struct tn_str bytes, size_t step)
{
    struct outcome outcome = {0};
    struct tn_source source;
    struct tn_member member;
    struct tn_error error;
    enum tn_members_result result;
    tn_source_memory(&source, bytes, step);
    struct tn_members *members = tn_members_new(&source, MAX_RECORD);
    assert_non_null(members);
    while ((result = tn_members_next(members, &member, &error)) != TN_MEMBERS_END) {
        outcome.lost += result == TN_MEMBER_LOST;
        outcome.damage += result == TN_MEMBER_DAMAGE;
        if (result != TN_MEMBER)
            continue;
        bool packed = member.packed && unpacks_well(members, member.packed), good = reads_well(&member.source);
        assert_true(!member.packed || packed == good);
        outcome.whole += good;
        outcome.packed += packed;
        outcome.lost += !good;
        size_t len = strlen(outcome.names);
        if (good && member.name)
            snprintf(outcome.names + len, sizeof outcome.names - len, "%s ", member.name);
    }
    tn_members_free(members);
    return outcome;
}

static void check(const struct file *files, const char *before, const char *behind, const char *names, size_t lost)
{
    struct tn_buf archive = make(files, before, behind);
    struct outcome outcome = read_archive(tn_str_slice(archive.data, archive.len), 0);
    assert_string_equal(outcome.names, names);
    assert_int_equal(outcome.packed, outcome.whole);
    assert_int_equal(outcome.lost, lost);
    assert_int_equal(outcome.damage, 0);
    tn_buf_release(&archive);
}

static const struct file plain[] = {{.name = "a"}, {.name = "b/c", .method = 8}, {.name = "d", .method = 8}, {.name = NULL}};

static void whole(void **state)
{
    const struct file large[] = {{.name = "a", .large = true}, {.name = "b", .method = 8, .large = true}, {.name = NULL}};
    const struct file streamed[] = {{.name = "a", .method = 8, .flags = 8}, {.name = "b", .method = 8, .flags = 8}, {.name = NULL}};
    const struct file passed[] = {{.name = "x/"}, {.name = ".a"}, {.name = "__MACOSX/b"}, {.name = "x/.y/z"}, {.name = "./c"},
                                  {.name = NULL}};
    (void)state;
    check(plain, "", "", "a b/c d ", 0);
    check(plain, "", "a comment with PK\5\6 in it, and more than an end record behind that", "a b/c d ", 0);
    check(plain, "#!/bin/sh\nexit\n", "", "a b/c d ", 0);
    check(plain, "MZ\x90", "and a comment", "a b/c d ", 0);
    check(large, "", "", "a b ", 0);
    check(large, "#!", "", "a b ", 0);
    check(streamed, "", "", "a b ", 0);
    check(passed, "", "", "./c ", 0);
}

static void wrong(void **state)
{
    const struct file files[] = {
        {.name = "crc", .crc_off = 1},        {.name = "overlap", .overlaps = true},
        {.name = "crc8", .method = 8, .crc_off = 1},
        {.name = "longer", .method = 8, .unpacked_off = 1}, {.name = "shorter", .method = 8, .unpacked_off = (uint64_t)-1},
        {.name = "encrypted", .flags = 1},    {.name = "unknown", .method = 77},
        {.name = "good", .method = 8}, {.name = NULL},
    };
    (void)state;
    check(files, "", "", "good ", 7);
}

/* Whatever is missing at the end: what is given is right, and something is said. */
static void cut_everywhere(void **state)
{
    struct tn_buf archive = make(plain, "", "comment");
    size_t before = 0;
    (void)state;
    for (size_t cut = 30; cut < archive.len; cut++) {
        char *copy = malloc(cut);
        assert_non_null(copy);
        memcpy(copy, archive.data, cut);
        struct outcome outcome = read_archive(tn_str_slice(copy, cut), 0);
        struct outcome steps = read_archive(tn_str_slice(copy, cut), 1 + cut % 50);
        free(copy);
        if (outcome.whole < before || outcome.whole > 3 || outcome.whole != steps.whole || outcome.lost != steps.lost ||
            outcome.damage != steps.damage || (cut < archive.len - strlen("comment")) != (outcome.lost + outcome.damage > 0))
            fail_msg("cut at %zu: %zu whole, %zu lost, %zu damages", cut, outcome.whole, outcome.lost, outcome.damage);
        before = outcome.whole;
    }
    assert_int_equal(before, 3);
    tn_buf_release(&archive);
}

/* Each byte is made another one: nothing falls over, and nothing wrong comes out. */
static void changed_everywhere(void **state)
{
    struct tn_buf archive = make(plain, "", "");
    (void)state;
    for (size_t i = 0; i < archive.len; i++)
        for (int change = 1; change < 256; change += 127) {
            archive.data[i] = (char)(archive.data[i] ^ change);
            read_archive(tn_str_slice(archive.data, archive.len), 0);
            archive.data[i] = (char)(archive.data[i] ^ change);
        }
    tn_buf_release(&archive);
}

int main(void)
{
    for (size_t i = 0; i < TEXT; i++)
        text[i] = (char)('a' + i * i % 23);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole),
        cmocka_unit_test(wrong),
        cmocka_unit_test(cut_everywhere),
        cmocka_unit_test(changed_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
