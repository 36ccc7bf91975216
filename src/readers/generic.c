/* SPDX-License-Identifier: MIT */
/* The reader `page`: pages about one trial of sites that nobody has described. */
#include "readers/generic.h"
#include "readers/page_data.h"


/* Rows. */

static enum tn_mode mode_of(enum tn_label_how how)
{
    switch (how) {
    case TN_HOW_ELIGIBILITY:
    case TN_HOW_INCLUSION:
    case TN_HOW_EXCLUSION: return TN_MODE_CRITERIA;
    case TN_HOW_TEXT: return TN_MODE_PARAGRAPHS;
    case TN_HOW_RELATED: return TN_MODE_IGNORE;
    case TN_HOW_ID:
    case TN_HOW_NUMBER:
    case TN_HOW_VALUE:
    case TN_HOW_AGES:
    case TN_HOW_DESIGN:
    case TN_HOW_LIST:
    case TN_HOW_INTERVENTIONS:
    case TN_HOW_ARMS:
    case TN_HOW_OUTCOMES:
    case TN_HOW_SITES:
    case TN_HOW_CONTACT:
    case TN_HOW_PEOPLE:
    case TN_HOW_COUNTRIES:
    case TN_HOW_OFFICIAL:
    case TN_HOW_PART:
    case TN_HOW_PLACE:
    case TN_HOW_SITE_CONTACT:
    case TN_HOW_RESULTS:
    case TN_HOW_CITATIONS:
    case TN_HOW_IPD:
    case TN_HOW_KEEP:
    case TN_HOW_SECTION: break;
    }
    return TN_MODE_KEEP;
}

bool tn_generic_start(struct tn_generic *generic, struct tn_arena *arena)
{
    size_t count = 0;
    while (tn_label_word(count))
        count++;
    generic->rows = tn_arena_zero(arena, (count + 1) * sizeof *generic->rows);
    if (!generic->rows)
        return false;
    for (size_t i = 0; i <= count; i++) {
        const struct tn_label_word *word = tn_label_word(i);
        generic->rows[i].word = word;
        if (!word)
            continue;
        generic->rows[i].row = (struct tn_site_row){
            .labels = word->name,
            .mode = mode_of(word->how),
            .type = word->type,
            .field = word->field,
            .side = word->how == TN_HOW_INCLUSION   ? TN_CRITERIA_INCLUSION
                    : word->how == TN_HOW_EXCLUSION ? TN_CRITERIA_EXCLUSION
                                                    : TN_CRITERIA_OTHER,
            .flags = generic->blocks->is_html && word->how != TN_HOW_ELIGIBILITY ? TN_ROW_LINES : 0,
        };
    }
    generic->page.site = &generic->site;
    return true;
}

/* Reading. */

/* A date of the page whose day is past the twelfth tells how it writes all of them: 28/02/2023. */
static void look_at_dates(enum tn_date_order *order, struct tn_str text)
{
    for (size_t i = 0; i + 8 < text.len; i++) {
        const char *s = text.s + i;
        bool form = tn_is_digit(s[0]) && tn_is_digit(s[1]) && strchr("/.-", s[2]) && tn_is_digit(s[3]) && tn_is_digit(s[4]) &&
                    s[5] == s[2] && tn_is_digit(s[6]) && tn_is_digit(s[7]);
        if (!form || (i && tn_is_alnum(s[-1])))
            continue;
        int first = (s[0] - '0') * 10 + s[1] - '0', second = (s[3] - '0') * 10 + s[4] - '0';
        if (first > 12 && first <= 31 && second <= 12)
            *order = TN_DATE_DAY_FIRST;
        else if (second > 12 && second <= 31 && first <= 12)
            *order = TN_DATE_MONTH_FIRST;
    }
}

enum tn_date_order tn_generic_date_order(const struct tn_page *blocks)
{
    enum { LONGEST = 200 };
    enum tn_date_order found = TN_DATE_ORDER_UNKNOWN;
    for (size_t i = 0; i < blocks->count; i++) {
        enum tn_date_order here = found;
        if (blocks->blocks[i].whole.len <= LONGEST)
            look_at_dates(&here, blocks->blocks[i].whole);
        if (found != TN_DATE_ORDER_UNKNOWN && here != found)
            return TN_DATE_ORDER_UNKNOWN;
        found = here;
    }
    return found;
}

static void put_host(struct tn_generic *generic)
{
    struct tn_str url = generic->blocks->canonical;
    size_t slashes = tn_str_find(url, TN_LIT("://")), end = 0;
    if (slashes == TN_NO_OFFSET)
        return;
    struct tn_str host = tn_str_from(url, slashes + 3);
    while (end < host.len && !strchr("/?#:", host.s[end]))
        end++;
    host.len = end;
    if (tn_str_starts_fold(host, TN_LIT("www.")))
        host = tn_str_from(host, 4);
    struct tn_record *source = tn_add_record(generic->page.reading.trial, TN_trial_source);
    tn_set_text(source, TN_source_site, tn_str_copy(generic->page.reading.arena, host));
}

static void read_all(struct tn_generic *generic)
{
    struct tn_page_reading *page = &generic->page;
    static const struct {
        const struct tn_record_type *type;
        int field;
    } first[] = {{&tn_type_trial, TN_trial_title}, {&tn_type_trial, TN_trial_official_title}};
    for (size_t f = 0; f < sizeof first / sizeof first[0]; f++)
        for (size_t i = 0; i < page->count; i++) {
            const struct tn_label_word *word = tn_generic_word(&page->spans[i]);
            if (word && word->type == first[f].type && word->field == first[f].field)
                tn_generic_read_span(page, &page->spans[i]);
        }
    tn_generic_head(generic);
    for (size_t i = 0; i < page->count; i++) {
        const struct tn_label_word *word = tn_generic_word(&page->spans[i]);
        bool read = word && word->type == &tn_type_trial && (word->field == TN_trial_title || word->field == TN_trial_official_title);
        if (!read)
            tn_generic_read_span(page, &page->spans[i]);
    }
    put_host(generic);
}

static enum tn_severity read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                             tn_emit_fn *emit, void *context, struct tn_error *error)
{
    const struct tn_page *blocks = tn_page_blocks(worker, tn_str_slice(raw->bytes, raw->len), error); /* as counted */
    struct tn_generic generic = {.blocks = blocks};
    struct tn_page_reading *page = &generic.page;
    if (!blocks)
        return TN_FAILED;
    page->worker = worker;
    page->reading = tn_reading_start(self, worker, raw);
    page->reading.date_order = tn_generic_date_order(blocks);
    if (!page->reading.trial || !tn_generic_start(&generic, page->reading.arena) ||
        !tn_page_cover_start(page, blocks) || !tn_page_data_start(&page->reading, blocks) ||
        !tn_generic_cut(&generic)) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FAILED;
    }
    read_all(&generic);
    page->reading.label = (struct tn_str){NULL, 0};
    page->reading.fate = NULL;
    if (!tn_page_data_join(&page->reading, worker, blocks)) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FAILED;
    }
    tn_page_cover_end(page, blocks, worker);
    tn_page_sort_warnings(page);
    return tn_reading_end(&page->reading, emit, context, error);
}

const struct tn_reader tn_reader_page = {
    .name = "page",
    .description = "pages about one trial of any other site",
    .syntaxes = TN_READS_PAGE,
    .most_bits = TN_GENERIC_BITS,
    .generic = true,
    .detect = tn_generic_detect,
    .read = read,
};
