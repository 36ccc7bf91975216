/* SPDX-License-Identifier: MIT */
/* No word of a criterion is ever lost, over every block of the corpus: the words of the block in order, less markers
 * and headings, are the words of the items. What may be missing is judged here anew, not with the code under test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <dirent.h>
#include <cjson/cJSON.h>

#include "core/str.h"
#include "normal/criteria.h"
#include "normal/text.h"

struct word {
    struct tn_str text;
    struct tn_str line; /* the line it stands on */
    bool may_go;        /* a marker, or a word of a heading */
};

struct words {
    struct word *word;
    size_t count, room;
};

struct totals {
    size_t blocks, words, gone, wrong;
};

/* ---- words ---- */

static size_t letter(struct tn_str s)
{
    unsigned char c = (unsigned char)s.s[0];
    if (c < 0x80)
        return tn_is_alnum(s.s[0]) ? 1 : 0;
    size_t size = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    bool sign = c == 0xE2 || (c == 0xC2 && s.len > 1 && (unsigned char)s.s[1] == 0xB7) || /* punctuation, · */
                (c == 0xEF && s.len > 1 && ((unsigned char)s.s[1] == 0xBC || (unsigned char)s.s[1] < 0x84)); /* ： */
    return sign || size > s.len ? 0 : size;
}

static size_t skip_sign(struct tn_str s)
{
    unsigned char c = (unsigned char)s.s[0];
    size_t size = c < 0xC0 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    return size < s.len ? size : s.len;
}

static void add(struct words *words, struct tn_str text, struct tn_str line)
{
    if (words->count == words->room) {
        words->room = words->room ? words->room * 2 : 256;
        words->word = realloc(words->word, words->room * sizeof *words->word);
        assert_non_null(words->word);
    }
    words->word[words->count++] = (struct word){text, line, false};
}

static void words_of_line(struct words *words, struct tn_str line)
{
    for (size_t at = 0; at < line.len;) {
        size_t end = at, n;
        while (end < line.len && (n = letter(tn_str_from(line, end))) != 0)
            end += n;
        if (end > at)
            add(words, tn_str_slice(line.s + at, end - at), line);
        else
            end += skip_sign(tn_str_from(line, at));
        at = end;
    }
}

static void words_of(struct words *words, struct tn_str text)
{
    struct tn_str line;
    while (tn_str_next_line(&text, &line))
        words_of_line(words, line);
}

/* ---- what may go ---- */

static bool one_of(struct tn_str word, const char *list)
{
    struct tn_str rest = tn_str_of(list);
    while (rest.len) {
        size_t end = tn_str_find_char(rest, ' ');
        if (tn_str_eq_fold(word, end == TN_NO_OFFSET ? rest : tn_str_slice(rest.s, end)))
            return true;
        rest = end == TN_NO_OFFSET ? tn_str_from(rest, rest.len) : tn_str_from(rest, end + 1);
    }
    return false;
}

static char at_offset(struct tn_str line, const char *p)
{
    return p >= line.s && p < line.s + line.len ? *p : '\n';
}

/* The first word of the line, or the same number again. */
static bool first_number(const struct word *word)
{
    struct words words = {0};
    words_of_line(&words, word->line);
    bool first = words.count && tn_str_eq(words.word[0].text, word->text);
    free(words.word);
    return first;
}

/* 1. 1) (1) a. iv) 10.1 #1 o: short, set off before, and signed behind. */
static bool is_marker(const struct word *word)
{
    struct tn_str t = word->text;
    char before = at_offset(word->line, t.s - 1), after = at_offset(word->line, t.s + t.len);
    bool roman = true, number = true;
    for (size_t i = 0; i < t.len; i++) {
        roman = roman && strchr("ivxIVX", t.s[i]);
        number = number && tn_is_digit(t.s[i]);
    }
    bool circled = t.len == 3 && memcmp(t.s, "\xE2\x91", 2) == 0;
    if (!(number || roman || t.len == 1 || circled) || t.len > 4)
        return false;
    if (!strchr(" \n(#.*-;,:\t", before) && !((unsigned char)before & 0x80))
        return false;
    bool decimal = after == '.' && tn_is_digit(at_offset(word->line, t.s + t.len + 1));
    if (decimal && !first_number(word)) /* `RECIST 1.1` is no number of an item, `16.1 … 16.2` are */
        return false;
    if (strchr(".)-:", after) || before == '#' || (unsigned char)after >= 0x80)
        return true;
    if (after == ' ' && at_offset(word->line, t.s + t.len + 1) == '.')
        return true;
    return before == '.' || (t.s[0] == 'o' && (after == ' ' || after == '\t') && before != '.');
}

static const char sides[] = "inclusion exclusion inclusions exclusions";
static const char criteria[] = "criteria criterion citeria criteras criterias critera";
static const char around[] = "key main major principal general study list of other non clinical solid hematologic "
                             "malignancies tumor b d and is are were as follows following the for in include includes "
                             "enrollment this patients subjects participants eligibility criteria";

/* A line that a reader would call a heading: the side and `criteria` (or a colon, or nothing at all) behind few other
 * words, and a colon, full stop, bracket, bullet, `for` or the end behind them. */
static bool is_heading_line(struct tn_str line)
{
    struct words words = {0};
    bool heading = false;
    words_of_line(&words, line);
    for (size_t i = 0; i < words.count && i < 6; i++) {
        const struct word *next = i + 1 < words.count ? &words.word[i + 1] : NULL;
        if (one_of(words.word[i].text, "eligibility") && next && one_of(next->text, criteria))
            heading = true;
        if (one_of(words.word[i].text, criteria) && i + 2 < words.count &&
            (one_of(words.word[i + 2].text, sides) || one_of(words.word[i + 2].text, "non")) && i == 0)
            heading = true;
        if (!one_of(words.word[i].text, sides))
            continue;
        const struct word *last = next && one_of(next->text, criteria) ? next : &words.word[i];
        struct tn_str behind = tn_str_trim(tn_str_slice(last->text.s + last->text.len,
                                                        (size_t)(line.s + line.len - last->text.s) - last->text.len));
        heading = heading || behind.len == 0 || strchr(":.(*-", behind.s[0]) || (unsigned char)behind.s[0] >= 0x80 ||
                  (last == next && tn_str_starts_fold(behind, TN_LIT("for "))) ||
                  (last == next && tn_str_find_char(line, ':') != TN_NO_OFFSET && line.len < 80) ||
                  tn_str_starts(behind, TN_LIT("PRIOR"));
    }
    free(words.word);
    return heading && line.len < 2000;
}

static void judge(struct words *words)
{
    struct tn_str line = {NULL, 0};
    bool heading = false;
    for (size_t i = 0; i < words->count; i++) {
        struct word *word = &words->word[i];
        if (word->line.s != line.s) {
            line = word->line;
            heading = is_heading_line(line);
        }
        bool early = (size_t)(word->text.s - line.s) < 100;
        word->may_go = is_marker(word) || (heading && early && (one_of(word->text, sides) ||
                                                               one_of(word->text, criteria) ||
                                                               one_of(word->text, around)));
    }
}

/* ---- the property ---- */

/* Places in `out` that can be reached with the words so far: each word is either the next one there, or may go. Several
 * are possible for a while (`1. 1.5 mg`). */
struct places {
    size_t *at, count, room;
};

static void reach(struct places *places, size_t at)
{
    if (places->count && places->at[places->count - 1] == at)
        return;
    if (places->count == places->room) {
        places->room = places->room ? places->room * 2 : 16;
        places->at = realloc(places->at, places->room * sizeof *places->at);
        assert_non_null(places->at);
    }
    places->at[places->count++] = at;
}

static void step(const struct places *from, struct places *to, const struct words *out, const struct word *word)
{
    to->count = 0;
    for (size_t i = 0; i < from->count; i++) {
        size_t at = from->at[i];
        if (word->may_go)
            reach(to, at);
        if (at < out->count && tn_str_eq(out->word[at].text, word->text))
            reach(to, at + 1);
    }
}

static void compare(const char *where, const struct words *in, const struct words *out, struct totals *totals)
{
    struct places now = {0}, next = {0};
    const struct word *lost = NULL;
    reach(&now, 0);
    for (size_t i = 0; i < in->count && !lost; i++) {
        step(&now, &next, out, &in->word[i]);
        struct places swap = now;
        if (next.count == 0) {
            lost = &in->word[i];
            break;
        }
        now = next;
        next = swap;
    }
    size_t at = now.at[now.count - 1];
    if (lost)
        print_error("%s: '%.*s' is lost from '%.*s'\n", where, (int)lost->text.len, lost->text.s,
                    (int)(lost->line.len < 200 ? lost->line.len : 200), lost->line.s);
    else if (at < out->count)
        print_error("%s: '%.*s' was never there\n", where, (int)out->word[at].text.len, out->word[at].text.s);
    totals->wrong += lost || at < out->count;
    totals->gone += in->count - at;
    free(now.at);
    free(next.at);
}

static void one_block(const char *where, struct tn_str raw, bool markup, struct totals *totals)
{
    struct tn_arena arena;
    struct tn_criteria items;
    struct words in = {0}, out = {0};
    tn_arena_init(&arena, (size_t)1 << 28);
    assert_true(tn_criteria_split(&arena, raw, TN_CRITERIA_OTHER, markup, &items));
    words_of(&in, markup ? tn_text_markup(&arena, raw, false, NULL) : tn_text_plain(&arena, raw, false, NULL));
    for (size_t i = 0; i < items.count; i++)
        words_of(&out, items.items[i].text);
    judge(&in);
    compare(where, &in, &out, totals);
    totals->blocks++;
    totals->words += in.count;
    free(in.word);
    free(out.word);
    tn_arena_release(&arena);
}

/* ---- the corpus ---- */

static char *read_whole(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    assert_non_null(text);
    *len = fread(text, 1, (size_t)size, file);
    text[*len] = '\0';
    fclose(file);
    return text;
}

static void study(const cJSON *root, struct totals *totals)
{
    const cJSON *protocol = cJSON_GetObjectItemCaseSensitive(root, "protocolSection");
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(
        cJSON_GetObjectItemCaseSensitive(protocol, "identificationModule"), "nctId");
    const cJSON *text = cJSON_GetObjectItemCaseSensitive(
        cJSON_GetObjectItemCaseSensitive(protocol, "eligibilityModule"), "eligibilityCriteria");
    if (cJSON_IsString(text))
        one_block(cJSON_IsString(id) ? id->valuestring : "?", tn_str_of(text->valuestring), true, totals);
}

/* One document, or several one after the other. */
static void json_file(const char *path, struct totals *totals)
{
    size_t len = 0;
    char *text = read_whole(path, &len);
    if (!text)
        return;
    for (const char *at = text; at < text + len;) {
        const char *end = NULL;
        cJSON *root = cJSON_ParseWithLengthOpts(at, len - (size_t)(at - text), &end, 0);
        if (!root)
            break;
        const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "studies"), *each;
        list = list ? list : root;
        if (cJSON_IsArray(list))
            cJSON_ArrayForEach(each, list) study(each, totals);
        else
            study(root, totals);
        cJSON_Delete(root);
        for (at = end; at < text + len && tn_is_space(*at); at++) {}
    }
    free(text);
}

static void text_file(const char *path, struct totals *totals)
{
    size_t len = 0;
    char *text = read_whole(path, &len);
    if (text)
        one_block(path, tn_str_slice(text, len), false, totals);
    free(text);
}

static void folder(const char *root, const char *name, struct totals *totals)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", root, name);
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s/%s", root, name, entry->d_name);
        if (tn_str_ends_fold(tn_str_of(path), TN_LIT(".json")) || tn_str_ends_fold(tn_str_of(path), TN_LIT(".ndjson")))
            json_file(path, totals);
        else if (tn_str_ends_fold(tn_str_of(path), TN_LIT(".txt")))
            text_file(path, totals);
    }
    if (dir)
        closedir(dir);
}

static void test_no_word_is_lost(void **state)
{
    static const char *const folders[] = {"ctgov-v2",       "ctgov-v2/single",  "pages/truth",    "pages/meddatax",
                                          "pages/ctv-veeva", "pages/clinconnect", "pages/ignite-sd",
                                          "pages/clinicaltrialsfinder", "seeds", "euctr"};
    const char *root = getenv("TRIALNORM_CORPUS");
    struct totals totals = {0};
    (void)state;
    root = root ? root : TN_FIXTURES "/../../shared/corpus";
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        folder(root, folders[i], &totals);
    if (totals.blocks == 0) {
        print_message("SKIP: no corpus at %s (TRIALNORM_CORPUS names another place)\n", root);
        return;
    }
    print_message("%zu blocks, %zu words, %zu markers and words of headings left out, %zu blocks wrong\n",
                  totals.blocks, totals.words, totals.gone, totals.wrong);
    assert_int_equal(totals.wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_word_is_lost)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
