/* SPDX-License-Identifier: MIT */
/* How many results a page says there are. */
#include "readers/listing.h"

static const struct pattern {
    const char *text;
    unsigned rank;
    bool whole;
} patterns[] = {
#define TN_CLAIM(text, rank, whole) {text, rank, whole},
#include "readers/listing_claims.inc"
#undef TN_CLAIM
};

enum {
    PATTERNS = sizeof patterns / sizeof patterns[0],
    RANKS = 3,
    LONGEST = 200, /* bytes of a line that says it */
    NEAR = 80      /* blocks before and behind the entries */
};

/* `1,234`, `1.234`, `1 234`: digits, and groups of three. */
static size_t number_at(struct tn_str text, unsigned long *number)
{
    size_t len = 0;
    *number = 0;
    for (;;) {
        size_t start = len;
        while (len < text.len && tn_is_digit(text.s[len])) {
            *number = *number > 100000000 ? *number : *number * 10 + (unsigned long)(text.s[len] - '0');
            len++;
        }
        bool group = len && len + 3 < text.len && memchr(",.' ", text.s[len], 4) && tn_is_digit(text.s[len + 1]) &&
                     tn_is_digit(text.s[len + 2]) && tn_is_digit(text.s[len + 3]) &&
                     (len + 4 == text.len || !tn_is_digit(text.s[len + 4]));
        if (!group || len - start > 3)
            return len;
        len++;
    }
}

static size_t blanks_at(struct tn_str text)
{
    size_t len = 0;
    while (len < text.len && tn_is_space(text.s[len]))
        len++;
    return len;
}

/* Length of what fits the pattern at the beginning of `text`; 0: nothing does. */
static size_t fit(const char *pattern, struct tn_str text, struct tn_listing_claim *claim)
{
    size_t at = 0;
    for (; *pattern; pattern++) {
        struct tn_str rest = tn_str_from(text, at);
        unsigned long number;
        if (*pattern == ' ') {
            at += blanks_at(rest);
        } else if (*pattern == '%') {
            size_t len = number_at(rest, &number);
            if (len == 0)
                return 0;
            at += len;
            if (*++pattern == 't') {
                claim->total = number;
                at += at < text.len && text.s[at] == '+';
            } else if (*pattern == 'p') {
                claim->pages = number;
            } else if (*pattern == 'c') {
                claim->page = number;
            }
        } else if (rest.len == 0 || tn_lower(rest.s[0]) != *pattern) {
            return 0;
        } else {
            at++;
        }
    }
    bool cut = at < text.len && tn_is_alnum(text.s[at]) && tn_is_alnum(text.s[at - 1]);
    return cut ? 0 : at;
}

static bool may_start(const char *pattern, char c)
{
    return *pattern == '%' ? tn_is_digit(c) : tn_lower(c) == *pattern;
}

/* The bytes that some pattern may start with. */
struct starts {
    bool may[256];
};

static struct starts all_starts(void)
{
    struct starts starts = {{false}};
    for (char digit = '0'; digit <= '9'; digit++)
        starts.may[(unsigned char)digit] = true; /* %n */
    for (size_t p = 0; p < PATTERNS; p++)
        if (patterns[p].text[0] != '%')
            starts.may[(unsigned char)patterns[p].text[0]] = starts.may[(unsigned char)tn_upper(patterns[p].text[0])] =
                true;
    return starts;
}

/* What stands behind the number at a place: most patterns that begin with one are told apart by it. */
struct behind {
    char next, after_blanks; /* '\0': nothing */
    bool plus;
};

static char lower_at(struct tn_str text, size_t at)
{
    return at < text.len ? tn_lower(text.s[at]) : '\0';
}

static struct behind behind_number(struct tn_str text)
{
    unsigned long number;
    size_t len = number_at(text, &number);
    char next = lower_at(text, len);
    return (struct behind){next, lower_at(text, len + blanks_at(tn_str_from(text, len))), next == '+'};
}

static bool may_go_on(const char *pattern, const struct behind *behind)
{
    if (*pattern != '%' || behind->plus)
        return true;
    bool blank = pattern[2] == ' ';
    char want = pattern[blank ? 3 : 2];
    return want == '\0' || want == '%' || want == ' ' || want == (blank ? behind->after_blanks : behind->next);
}

/* The first pattern that fits at a place, of a rank under *rank. */
static bool read_at(struct tn_str text, size_t at, unsigned *rank, struct tn_listing_claim *claim)
{
    struct behind behind = behind_number(tn_str_from(text, at));
    for (size_t p = 0; p < PATTERNS; p++) {
        struct tn_listing_claim found = {0};
        if (patterns[p].rank >= *rank || !may_start(patterns[p].text, text.s[at]) ||
            !may_go_on(patterns[p].text, &behind))
            continue;
        size_t len = fit(patterns[p].text, tn_str_from(text, at), &found);
        if (len == 0 || (patterns[p].whole && (at > 0 || at + len < text.len)))
            continue;
        *rank = patterns[p].rank;
        *claim = found;
        return true;
    }
    return false;
}

static bool has_digits(struct tn_str text)
{
    unsigned char any = 0;
    for (size_t at = 0; at < text.len; at++) /* without a branch: compilers make vectors of it */
        any |= (unsigned char)(text.s[at] - '0') <= 9;
    return any;
}

static void read_line(const struct starts *starts, const struct tn_page *page, size_t b, unsigned *rank,
                      struct tn_listing_claim *claim)
{
    struct tn_str text = page->blocks[b].whole;
    bool may = text.len <= LONGEST && has_digits(text);
    for (size_t at = 0; may && at < text.len; at++) {
        if (!starts->may[(unsigned char)text.s[at]] || (at && tn_is_alnum(text.s[at]) && tn_is_alnum(text.s[at - 1])) ||
            !read_at(text, at, rank, claim))
            continue;
        claim->words = text;
        claim->line = page->blocks[b].line;
        claim->block = b;
    }
}

/* A link to the next page of a list; its words are a link's whole text. */
static bool is_next(const struct tn_block *block)
{
    static const char *const words[] = {"next",       "next page",   "next \xC2\xBB", "next >",  "next \xE2\x80\xBA", "next \xE2\x86\x92",
                                        "load more",  "show more results", "more results", "n\xC3\xA4" "chste",        "n\xC3\xA4" "chste seite",
                                        "weiter",     "suivant",     "page suivante", "siguiente", "pr\xC3\xB3xima",  "successiva",
                                        "volgende",   "下一页",      "下页",          "次へ",    "次のページ",           "다음"};
    if (!tn_listing_is_address(block->link))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (tn_str_eq_fold(block->text, tn_str_of(words[i])))
            return true;
    return false;
}

void tn_listing_read_claim(struct tn_listing *listing)
{
    const struct tn_page *page = listing->page;
    size_t first = listing->count ? listing->entries[0].first : 0;
    size_t end = listing->count ? listing->entries[listing->count - 1].end : 0;
    const struct starts starts = all_starts();
    unsigned rank = RANKS;
    bool next = false;
    for (size_t back = 1; back <= NEAR && back <= first; back++)
        read_line(&starts, page, first - back, &rank, &listing->claim);
    for (size_t b = end; b < page->count && b - end < NEAR; b++) {
        read_line(&starts, page, b, &rank, &listing->claim);
        next = next || is_next(&page->blocks[b]);
    }
    listing->claim.next = next;
}
