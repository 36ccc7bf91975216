/* SPDX-License-Identifier: MIT */
/* Which trial an unknown page is about, and what it is called. */
#include "normal/fold.h"
#include "normal/identifier.h"
#include "normal/phase.h"
#include "normal/word.h"
#include "readers/generic.h"

/* Titles. */

/* Words that headings of any page about trials hold; a title says more. */
static bool is_empty_word(const char *word)
{
    static const char *const words[] = {
        "a", "about", "age", "ages", "all", "an", "and", "at", "browse", "clinical", "condition",
        "conditions", "contact", "contacts", "criteria", "database", "date", "dates", "description",
        "design", "detail", "details", "eligibility", "facts", "find", "for", "home", "id", "in", "info",
        "information", "is", "key", "location", "locations", "of", "open", "our", "overview", "page",
        "participants", "phase", "protocol", "record", "records", "recruiting", "register", "registry",
        "report", "research", "result", "results", "search", "sponsor", "sponsors", "status", "studies",
        "study", "summary", "the", "this", "timeline", "to", "trial", "trials", "view", "welcome"};
    for (const char *c = word; *c; c++)
        if (tn_is_digit(*c))
            return true;
    return tn_fold_find(words, sizeof words / sizeof words[0], sizeof words[0], word) != TN_NO_OFFSET;
}

static bool is_status(struct tn_str text)
{
    struct tn_phases phases;
    struct tn_word word;
    return !tn_normal_word(&tn_vocabulary_status, text, &word) || (!tn_normal_phases(text, &phases) && phases.count);
}

static bool says(struct tn_str text, size_t enough)
{
    enum { LONGEST = 1000 };
    char key[TN_FOLD_MAX], *rest = key, *word;
    size_t words = 0;
    if (text.len > LONGEST || is_status(text) || tn_generic_find(text, TN_WITHIN_ANY).word ||
        tn_generic_is_furniture(text) || tn_generic_is_menu(text))
        return false;
    if (tn_fold(tn_str_slice(text.s, tn_str_cut(text, 200)), key) == 0)
        return text.len > 20; /* another script */
    while ((word = tn_fold_next_word(&rest)) != NULL)
        words += !is_empty_word(word);
    return words >= enough;
}

static bool says_enough(struct tn_str text)
{
    return text.len >= 8 && says(text, 2);
}

/* "Salt for Lungs | Harbour Institute": what stands before the site's name; behind a number of its own. */
static struct tn_str part_of_title(struct tn_str title)
{
    static const char *const signs[] = {" | ", " \xC2\xB7 ", " \xC2\xBB ", " :: ", " \xE2\x80\x94 ", " \xE2\x80\x93 ", " - "};
    struct tn_identifier id;
    for (size_t s = 0; s < sizeof signs / sizeof signs[0]; s++) {
        struct tn_str sign = tn_str_of(signs[s]);
        size_t at = tn_str_find(title, sign);
        if (at == TN_NO_OFFSET)
            continue;
        struct tn_str first = tn_str_trim(tn_str_slice(title.s, at)), rest = tn_str_from(title, at + sign.len);
        if (tn_identifier_is(first, NULL, &id)) {
            at = tn_str_find(rest, sign);
            first = tn_str_slice(rest.s, at == TN_NO_OFFSET ? rest.len : at);
        }
        return says_enough(first) ? first : (struct tn_str){NULL, 0};
    }
    return says_enough(title) ? title : (struct tn_str){NULL, 0};
}

/* "Harbour Institute" of "Salt for Lungs | Harbour Institute", or what the page calls its site. */
static bool is_site_name(const struct tn_page *blocks, struct tn_str text)
{
    for (size_t i = 0; i < blocks->meta_count; i++)
        if (tn_str_eq_fold(blocks->metas[i].name, TN_LIT("og:site_name")) && tn_str_eq_fold(blocks->metas[i].content, text))
            return true;
    struct tn_str title = blocks->title;
    size_t before = title.len > text.len ? title.len - text.len : 0;
    struct tn_str front = before > 3 ? tn_str_slice(title.s, before) : (struct tn_str){NULL, 0};
    bool sign = front.len > 2 && front.s[front.len - 1] == ' ' && !tn_is_alnum(front.s[front.len - 2]) && front.s[front.len - 2] != ':';
    struct tn_str part = part_of_title(title);
    return sign && tn_str_ends_fold(title, text) && part.len && !tn_str_eq_fold(part, text);
}

static bool is_label_block(const struct tn_block *block)
{
    return tn_generic_find(block->kind == TN_BLOCK_PAIR ? block->label : block->whole, TN_WITHIN_ANY).word != NULL;
}

/* h1; else the first h2, or the last bold line, above all labels. */
static const struct tn_block *heading_of(const struct tn_page *blocks)
{
    const struct tn_block *lower = NULL, *bold = NULL;
    bool begun = false;
    for (size_t i = 0; i < blocks->count; i++) {
        const struct tn_block *block = &blocks->blocks[i];
        begun = begun || (block->kind != TN_BLOCK_ITEM && is_label_block(block));
        bool heading = block->kind == TN_BLOCK_HEADING, caption = block->kind == TN_BLOCK_PARAGRAPH && block->emphatic;
        if (!(heading && block->level <= 2) && !caption)
            continue;
        if ((block->level != 1 && begun) || !says_enough(block->whole) || is_site_name(blocks, block->whole))
            continue;
        if (heading && block->level == 1)
            return block;
        if (heading && !lower)
            lower = block;
        else if (caption)
            bold = block;
    }
    return lower ? lower : bold;
}

/* True when <title> is `text`, or begins with it before the site's name. Where what follows could be a title, the site's
 * name may stand first: then only a code is one ("KEYNOTE-189"). */
static bool begins_title(struct tn_str title, struct tn_str text)
{
    struct tn_str rest = tn_str_trim(tn_str_from(title, text.len));
    bool code = false;
    for (size_t i = 0; i < text.len; i++)
        code = code || tn_is_digit(text.s[i]);
    if (!tn_str_starts_fold(title, text) || (rest.len && (rest.len == title.len - text.len || tn_is_alnum(rest.s[0]))))
        return false;
    return code || !says_enough(rest);
}

/* "KEYNOTE-189", "Zoster": one word is a title where it is the only h1, and the page's <title> begins with it. */
static const struct tn_block *short_heading(const struct tn_page *blocks)
{
    enum { SHORTEST = 4 };
    const struct tn_block *found = NULL;
    for (size_t i = 0; i < blocks->count; i++) {
        const struct tn_block *block = &blocks->blocks[i];
        if (block->kind != TN_BLOCK_HEADING || block->level != 1)
            continue;
        if (found)
            return NULL;
        found = block;
    }
    bool title = found && found->whole.len >= SHORTEST && says(found->whole, 1) && begins_title(blocks->title, found->whole) &&
                 !is_site_name(blocks, found->whole);
    return title ? found : NULL;
}

/* A text page begins with its title. */
static const struct tn_block *first_line(const struct tn_page *blocks)
{
    enum { LINES = 3 };
    for (size_t i = 0; !blocks->is_html && i < blocks->count && i < LINES; i++) {
        const struct tn_block *block = &blocks->blocks[i];
        if (block->kind == TN_BLOCK_PARAGRAPH && says_enough(block->whole) && tn_str_find(block->whole, TN_LIT(": ")) == TN_NO_OFFSET)
            return block;
        if (tn_generic_find(block->kind == TN_BLOCK_PAIR ? block->label : block->whole, TN_WITHIN_ANY).word)
            return NULL;
    }
    return NULL;
}

/* The line that repeats what <title> says. */
static const struct tn_block *line_of_title(const struct tn_page *blocks)
{
    struct tn_str title = part_of_title(blocks->title);
    for (size_t i = 0; title.len && i < blocks->count; i++)
        if (tn_str_eq_fold(blocks->blocks[i].whole, title))
            return &blocks->blocks[i];
    return NULL;
}

static const struct tn_block *title_block(const struct tn_page *blocks)
{
    const struct tn_block *found = blocks->is_html ? heading_of(blocks) : first_line(blocks);
    if (found || !blocks->is_html)
        return found;
    found = line_of_title(blocks);
    return found || part_of_title(blocks->title).len ? found : short_heading(blocks);
}

struct tn_str tn_generic_title(const struct tn_page *blocks)
{
    const struct tn_block *block = title_block(blocks);
    return block ? block->whole : part_of_title(blocks->title);
}

/* Identifiers. */

enum { IDS_MAX = 32 };

struct numbers {
    struct tn_identifier ids[IDS_MAX];
    size_t count;
    size_t primary;
    int best; /* how sure the primary one is; smaller is surer */
};

/* How the registries rank where a page names several of one trial: ClinicalTrials.gov is joined by most, EudraCT and
 * the EU's numbers are those of an application. */
static int rank_of(const struct tn_identifier *id)
{
    if (!id->registry)
        return 9;
    if (strcmp(id->registry, "EUCTR") == 0)
        return 3;
    if (strcmp(id->registry, "CTIS") == 0)
        return 2;
    return strcmp(id->registry, "ClinicalTrials.gov") == 0 ? 0 : 1;
}

static void add_id(struct numbers *numbers, const struct tn_identifier *id, int trust)
{
    size_t at = 0;
    while (at < numbers->count && strcmp(numbers->ids[at].value, id->value) != 0)
        at++;
    if (at == IDS_MAX)
        return;
    if (at == numbers->count)
        numbers->ids[numbers->count++] = *id;
    int sure = trust * 10 + rank_of(id);
    if (id->registry && sure < numbers->best) {
        numbers->best = sure;
        numbers->primary = at;
    }
}

static bool add_all(struct numbers *numbers, struct tn_str text, int trust)
{
    struct tn_identifier id;
    bool any = false;
    for (size_t from = 0; tn_identifier_find(text, from, NULL, &id); from = id.at + (id.len ? id.len : 1)) {
        add_id(numbers, &id, trust);
        any = true;
    }
    return any;
}

/* The labels that name no registry say which number is the trial's own. */
static int trust_of(const struct tn_span *span)
{
    struct tn_str name = span->name;
    bool own = tn_str_find_fold(name, TN_LIT("regist")) != TN_NO_OFFSET || tn_str_find_fold(name, TN_LIT("trial id")) != TN_NO_OFFSET ||
               tn_str_find_fold(name, TN_LIT("main id")) != TN_NO_OFFSET || tn_str_find_fold(name, TN_LIT("primary")) != TN_NO_OFFSET;
    return own ? 0 : 1;
}

/* What stands at a label of identifiers; a number that is nobody's is kept beside. */
static void read_number(struct tn_page_reading *page, const struct tn_span *span, struct tn_str text, struct numbers *numbers)
{
    enum { LONGEST = 200 };
    const struct tn_label_word *word = tn_generic_word(span);
    struct tn_str entry;
    bool own = word->how == TN_HOW_ID;
    while (tn_generic_next(&text, true, &entry)) {
        struct tn_stated value = tn_stated_of(entry);
        if (tn_fold_absent(entry)) {
            continue;
        } else if (own && entry.len <= LONGEST && add_all(numbers, entry, trust_of(span))) {
            if (page->reading.fate)
                *page->reading.fate = TN_FATE_FIELD;
        } else if (entry.len > 60 || tn_generic_is_sentence(entry) || tn_identifier_placeholder(entry)) {
            tn_put_extra_here(&page->reading, &value);
        } else {
            struct tn_record *record = tn_add_record(page->reading.trial, TN_trial_identifiers);
            tn_page_preset(page, record, word->preset);
            tn_page_put(page, record, TN_identifier_value, entry);
        }
    }
}

static void read_numbers(struct tn_page_reading *page, struct numbers *numbers)
{
    for (size_t s = 0; s < page->count; s++) {
        const struct tn_span *span = &page->spans[s];
        const struct tn_label_word *word = tn_generic_word(span);
        if (!word || (word->how != TN_HOW_ID && word->how != TN_HOW_NUMBER))
            continue;
        page->reading.label = span->name;
        tn_page_at(page, span->label);
        if (span->value.len)
            read_number(page, span, span->value, numbers);
        for (size_t i = 0; i < span->count; i++) {
            tn_page_at(page, span->lines[i]);
            read_number(page, span, tn_page_line(span->lines[i]), numbers);
        }
    }
}

static bool is_identifying(struct tn_str name)
{
    static const char *const names[] = {"og:title", "og:url", "twitter:title", "dc.identifier", "dc.title", "identifier",
                                        "citation_title", "trial_id", "nct_id"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (tn_str_eq_fold(name, tn_str_of(names[i])))
            return true;
    return false;
}

/* The page's address and titles; a page that is about one trial names one there. */
static void read_self(const struct tn_generic *generic, struct numbers *numbers)
{
    const struct tn_page *blocks = generic->blocks;
    const struct tn_block *heading = title_block(blocks);
    const struct tn_raw *raw = generic->page.reading.raw;
    if (heading)
        add_all(numbers, heading->whole, 2);
    for (size_t i = 0; i < blocks->count; i++)
        if (blocks->blocks[i].kind == TN_BLOCK_HEADING && blocks->blocks[i].level == 1)
            add_all(numbers, blocks->blocks[i].whole, 2);
    add_all(numbers, blocks->canonical, 2);
    add_all(numbers, blocks->title, 2);
    for (size_t i = 0; i < blocks->meta_count; i++)
        if (is_identifying(blocks->metas[i].name))
            add_all(numbers, blocks->metas[i].content, 2);
    if (raw && raw->url)
        add_all(numbers, tn_str_of(raw->url), 2);
}

/* Words that stand beside a number of the trial's own: "EudraCT No.", "Trial registration". */
static bool is_word_of_number(const char *word)
{
    static const char *const words[] = {"clinicaltrials", "code",   "ctis",         "ctri",   "drks",  "eu",  "eudract",
                                        "gov",            "identifier", "identifiers", "isrctn", "ids", "nct", "no",
                                        "nr",             "nct no", "number",       "ref",    "registered", "registration"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return is_empty_word(word);
}

/* True for what may stand beside the number: a status, a phase, words that any heading holds. */
static bool is_beside_number(struct tn_str text)
{
    char key[TN_FOLD_MAX], *rest = key, *word;
    if (is_status(text) || tn_fold(text, key) == 0)
        return true;
    while ((word = tn_fold_next_word(&rest)) != NULL)
        if (!is_word_of_number(word))
            return false;
    return true;
}

/* "NCT01234567 - Recruiting", not "Rolls over from NCT01234567". */
static bool is_little_more(struct tn_str text)
{
    struct tn_identifier id;
    struct tn_str before = text;
    for (size_t from = 0; from <= text.len; from = id.at + (id.len ? id.len : 1)) {
        bool found = tn_identifier_find(text, from, NULL, &id);
        before = tn_str_slice(text.s + from, (found ? id.at : text.len) - from);
        while (before.len) {
            size_t end = 0;
            while (end < before.len && !strchr("|,;()[]", before.s[end]) && (unsigned char)before.s[end] < 0x80 &&
                   !(before.s[end] == '-' && (end == 0 || before.s[end - 1] == ' ')))
                end++;
            if (!is_beside_number(tn_str_trim(tn_str_slice(before.s, end))))
                return false;
            before = tn_str_from(before, end + 1);
        }
        if (!found)
            break;
    }
    return true;
}

/* A short line right under the title: "NCT01234567 - Recruiting". */
static void read_head_lines(struct tn_page_reading *page, const struct tn_block *heading, struct numbers *numbers)
{
    enum { LONGEST = 80, LINES = 6 };
    for (size_t s = 0; s < page->count; s++) {
        const struct tn_span *span = &page->spans[s];
        bool head = span->label ? span->label == heading : s == 0;
        for (size_t i = 0; head && !tn_generic_word(span) && i < span->count && i < LINES; i++) {
            struct tn_str line = span->lines[i]->whole;
            if (line.len <= LONGEST && is_little_more(line) && add_all(numbers, line, 3) && line.len < 30)
                page->fates[span->lines[i]->number] = TN_FATE_FIELD;
        }
    }
}

static void put_ids(struct tn_page_reading *page, const struct numbers *numbers)
{
    page->reading.label = TN_LIT("trial id");
    for (size_t i = 0; i < numbers->count; i++) {
        struct tn_str value = tn_str_copy(page->reading.arena, tn_str_of(numbers->ids[i].value));
        tn_page_at(page, NULL);
        if (numbers->best < 1000 && i == numbers->primary)
            tn_page_put(page, page->reading.trial, TN_trial_trial_id, value);
        else
            tn_page_put(page, tn_add_record(page->reading.trial, TN_trial_identifiers), TN_identifier_value, value);
    }
}

/* Two numbers of one registry, one at a label and the other in the page's address: one of them is another trial's. */
static void check_self(struct tn_generic *generic, const struct numbers *labelled)
{
    struct numbers self = {.best = 1000};
    struct tn_page_reading *page = &generic->page;
    add_all(&self, generic->blocks->canonical, 2);
    if (self.best == 1000 || labelled->best == 1000)
        return;
    const struct tn_identifier *a = &self.ids[self.primary], *b = &labelled->ids[labelled->primary];
    if (strcmp(a->registry, b->registry) == 0 && strcmp(a->value, b->value) != 0)
        tn_warn(&page->reading, TN_CONFLICT, page->reading.trial, TN_trial_trial_id, "the page's address is that of %s, its label says %s",
                a->value, b->value);
}

static void put_title(struct tn_generic *generic)
{
    struct tn_page_reading *page = &generic->page;
    const struct tn_block *heading = title_block(generic->blocks);
    struct tn_str title = tn_generic_title(generic->blocks);
    struct tn_record *trial = page->reading.trial;
    struct tn_stated value = tn_stated_of(title);
    page->reading.label = TN_LIT("page title");
    tn_page_at(page, heading);
    if (title.len == 0)
        return;
    struct tn_str official = tn_text(trial, TN_trial_official_title);
    if (!tn_has(trial, TN_trial_title) && !(official.len && tn_str_eq_fold(official, title)))
        tn_page_put(page, trial, TN_trial_title, title);
    else if (heading && !tn_str_eq_fold(tn_text(trial, TN_trial_title), title) && !tn_str_eq_fold(official, title))
        tn_put_extra_here(&page->reading, &value);
    tn_page_boilerplate(page, heading);
}

/* What stands above the title is the site's. */
static void drop_above(struct tn_generic *generic)
{
    struct tn_page_reading *page = &generic->page;
    const struct tn_block *heading = title_block(generic->blocks);
    struct tn_span *head = &page->spans[0];
    size_t kept = 0;
    for (size_t i = 0; i < head->count; i++) {
        bool above = generic->blocks->is_html && page->count > 1 && (!heading || head->lines[i]->number < heading->number);
        if (head->lines[i] == heading)
            tn_page_boilerplate(page, head->lines[i]);
        else if (!above) /* left over, as on the pages of known sites */
            head->lines[kept++] = head->lines[i];
    }
    head->count = kept;
    for (size_t s = 1; heading && s < page->count; s++)
        if (page->spans[s].label == heading)
            page->spans[s].name = TN_LIT("page head");
}

void tn_generic_head(struct tn_generic *generic)
{
    struct tn_page_reading *page = &generic->page;
    struct numbers numbers = {.best = 1000};
    read_numbers(page, &numbers);
    check_self(generic, &numbers);
    struct numbers self = {.best = 1000};
    read_self(generic, &self);
    if (self.best < 1000 && numbers.best == 1000)
        add_id(&numbers, &self.ids[self.primary], 2);
    if (numbers.best == 1000)
        read_head_lines(page, title_block(generic->blocks), &numbers);
    put_ids(page, &numbers);
    put_title(generic);
    drop_above(generic);
}
