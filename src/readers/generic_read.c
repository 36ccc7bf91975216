/* SPDX-License-Identifier: MIT */
/* What stands at each kind of label of an unknown page. */
#include "normal/place.h"
#include "normal/word.h"
#include "normal/fold.h"
#include "readers/generic.h"

static void keep(struct tn_page_reading *page, struct tn_str text)
{
    struct tn_stated value = tn_stated_of(text);
    tn_put_extra_here(&page->reading, &value);
}

/* True for a line that is nothing of the trial. One that reads like a menu is left over, and shown as such: it may be a
 * list after all. */
static bool leave_out(struct tn_page_reading *page, const struct tn_block *line)
{
    if (page->data)
        return false;
    if (tn_generic_is_furniture(line->whole))
        tn_page_boilerplate(page, line);
    else if (!tn_generic_is_menu(line->whole))
        return false;
    return true;
}

static void keep_line(struct tn_page_reading *page, const struct tn_block *line)
{
    tn_page_at(page, line);
    if (!leave_out(page, line))
        keep(page, line->whole);
}

static void keep_lines(struct tn_page_reading *page, const struct tn_span *span, size_t from)
{
    for (size_t i = from; i < span->count; i++)
        keep_line(page, span->lines[i]);
}

static struct tn_record *record_of(struct tn_page_reading *page, const struct tn_label_word *word)
{
    return word->type == &tn_type_source ? tn_add_record(page->reading.trial, TN_trial_source) : page->reading.trial;
}

/* "Short title: KASTANIE". */
static bool is_acronym(const struct tn_label_word *word, struct tn_str text)
{
    enum { LONGEST = 20 };
    bool title = word->type == &tn_type_trial && word->field == TN_trial_title && text.len >= 3 && text.len <= LONGEST;
    for (size_t i = 0; title && i < text.len; i++)
        title = tn_is_upper(text.s[i]) || tn_is_digit(text.s[i]) || text.s[i] == '-';
    return title;
}

static void put_one(struct tn_page_reading *page, const struct tn_span *span, struct tn_str text)
{
    const struct tn_label_word *word = tn_generic_word(span);
    struct tn_label label = tn_generic_find(span->name, TN_WITHIN_ANY);
    if (label.word != word)
        label = tn_generic_find(span->name, TN_WITHIN_DATES);
    if (label.word != word)
        label = (struct tn_label){.word = word};
    if (tn_generic_fits(word, text)) {
        tn_generic_put(page, record_of(page, word), &label, text);
        return;
    }
    if (tn_fold_absent(text))
        return;
    if (is_acronym(word, text)) {
        tn_page_put(page, page->reading.trial, TN_trial_acronym, text);
        return;
    }
    tn_warn(&page->reading, TN_UNMAPPED, page->reading.trial, word->type == &tn_type_trial ? word->field : TN_trial_extra,
            "'%.*s' does not suit its label '%.*s'; kept in extra", (int)tn_str_cut(text, 80), text.s, (int)tn_str_cut(span->name, 60),
            span->name.s);
    keep(page, text);
}

static void read_value(struct tn_page_reading *page, const struct tn_span *span)
{
    bool behind = span->value.len > 0;
    tn_page_at(page, behind || span->count == 0 ? span->label : span->lines[0]);
    if (behind)
        put_one(page, span, span->value);
    else if (span->count && !span->continued)
        put_one(page, span, tn_page_line(span->lines[0]));
    keep_lines(page, span, behind || span->continued ? 0 : 1);
}

static void put_ages(struct tn_page_reading *page, const struct tn_block *line, struct tn_str text)
{
    struct tn_word word;
    struct tn_str rest = text, entry;
    size_t bracket = tn_str_find(text, TN_LIT(" ("));
    struct tn_str front = bracket == TN_NO_OFFSET ? text : tn_str_slice(text.s, bracket);
    tn_page_at(page, line);
    if (tn_page_put_ages(page, front)) {
        if (front.len < text.len)
            keep(page, text);
        return;
    }
    struct tn_label_word minimum = {.type = &tn_type_trial, .field = TN_trial_minimum_age, .how = TN_HOW_VALUE};
    bool groups = rest.len < 80;
    while (groups && tn_generic_next(&rest, true, &entry))
        groups = tn_normal_word(&tn_vocabulary_std_age, entry, &word) == TN_CODE_NONE;
    rest = text;
    while (groups && tn_generic_next(&rest, true, &entry))
        tn_page_put(page, page->reading.trial, TN_trial_std_ages, entry);
    if (groups)
        return;
    /* "18 Years" alone may be a limit of either side: only with a word that says which it is one */
    bool open = tn_str_find_fold(text, TN_LIT("min")) != TN_NO_OFFSET || tn_str_find_char(text, '+') != TN_NO_OFFSET ||
                tn_str_find(text, TN_LIT(">")) != TN_NO_OFFSET || tn_str_find(text, TN_LIT("\xE2\x89\xA5")) != TN_NO_OFFSET;
    if (open && tn_generic_fits(&minimum, text))
        tn_page_put(page, page->reading.trial, TN_trial_minimum_age, text);
    else if (!tn_fold_absent(text))
        keep(page, text);
}

static void read_ages(struct tn_page_reading *page, const struct tn_span *span)
{
    if (span->value.len)
        put_ages(page, span->label, span->value);
    for (size_t i = 0; i < span->count; i++)
        put_ages(page, span->lines[i], tn_page_line(span->lines[i]));
}

/* "Randomised, crossover, double-blind": put where all pieces are words of the design, else text. */
static int design_field(struct tn_str piece)
{
    static const int fields[] = {TN_trial_allocation, TN_trial_intervention_model, TN_trial_masking, TN_trial_observational_model,
                                 TN_trial_time_perspective, TN_trial_study_type, TN_trial_primary_purpose};
    struct tn_word word;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (tn_normal_word(tn_type_trial.fields[fields[i]].vocabulary, piece, &word) == TN_CODE_NONE &&
            !(word.word && (strcmp(word.word, "NA") == 0 || strcmp(word.word, "OTHER") == 0)))
            return fields[i];
    return -1;
}

static void put_design(struct tn_page_reading *page, struct tn_str text)
{
    struct tn_str rest = text, piece;
    bool all = text.len < 200;
    while (all && tn_generic_next(&rest, true, &piece))
        all = design_field(piece) >= 0;
    rest = text;
    while (all && tn_generic_next(&rest, true, &piece))
        tn_page_put(page, page->reading.trial, design_field(piece), piece);
    if (!all && !tn_has(page->reading.trial, TN_trial_design_text))
        tn_page_put(page, page->reading.trial, TN_trial_design_text, text);
    else if (!all)
        keep(page, text);
}

static void read_design(struct tn_page_reading *page, const struct tn_span *span)
{
    tn_page_at(page, span->label);
    if (span->value.len)
        put_design(page, span->value);
    for (size_t i = 0; i < span->count; i++) {
        tn_page_at(page, span->lines[i]);
        if (span->count == 1 || design_field(tn_page_line(span->lines[i])) >= 0)
            put_design(page, tn_page_line(span->lines[i]));
        else
            keep_line(page, span->lines[i]);
    }
}

static void read_text(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_record *trial = page->reading.trial;
    size_t kept = 0;
    for (size_t i = 0; i < span->count; i++) { /* moved together inside the span */
        if (!leave_out(page, span->lines[i]))
            span->lines[kept++] = span->lines[i];
    }
    if (kept == 0)
        return;
    tn_page_at(page, span->lines[0]);
    struct tn_str text = tn_page_join(page, span->lines, kept, true);
    if (tn_has(trial, span->row->field))
        keep(page, text); /* a page has many words for its summary */
    else
        tn_page_put(page, trial, span->row->field, text);
}

static void put_entry(struct tn_page_reading *page, const struct tn_label_word *word, struct tn_str entry)
{
    struct tn_record *trial = page->reading.trial;
    const struct tn_field *field = &tn_type_trial.fields[word->field];
    struct tn_word known;
    bool unknown = field->kind == TN_ENUM_LIST && tn_normal_word(field->vocabulary, entry, &known) != TN_CODE_NONE;
    bool nobody = word->field == TN_trial_funders && (tn_str_eq_fold(entry, TN_LIT("no")) || tn_str_eq_fold(entry, TN_LIT("none.")));
    if (tn_fold_absent(entry))
        return;
    if (unknown || nobody || tn_generic_is_open(entry) || tn_generic_find(entry, TN_WITHIN_ANY).word || (word->field != TN_trial_secondary_objectives && (entry.len > 250 || tn_generic_is_sentence(entry))))
        keep(page, entry);
    else if (field->kind == TN_RECORD_LIST)
        tn_page_put(page, tn_add_record(trial, word->field), 0, entry);
    else
        tn_page_put(page, trial, word->field, entry);
}

static void put_entries(struct tn_page_reading *page, const struct tn_label_word *word, struct tn_str text)
{
    struct tn_str entry;
    bool keywords = word->field == TN_trial_keywords || word->field == TN_trial_std_ages;
    bool organisations = word->field == TN_trial_funders || word->field == TN_trial_collaborators;
    bool apart = page->data && organisations; /* "Department of Surgery, Academic Hospital": exports have other signs for lists */
    bool commas = keywords || (!apart && tn_generic_commas(text));
    if (word->field == TN_trial_secondary_objectives || tn_generic_is_sentence(text))
        put_entry(page, word, text);
    else
        while (tn_generic_next(&text, commas, &entry))
            put_entry(page, word, entry);
}

static void read_list(struct tn_page_reading *page, const struct tn_span *span)
{
    const struct tn_label_word *word = tn_generic_word(span);
    bool told = true; /* labels among the entries: the values stand somewhere else */
    for (size_t i = 0; i < span->count; i++)
        told = told && !tn_generic_find(tn_page_line(span->lines[i]), TN_WITHIN_ANY).word;
    tn_page_at(page, span->label);
    if (span->value.len)
        put_entries(page, word, span->value);
    for (size_t i = 0; i < span->count; i++) {
        tn_page_at(page, span->lines[i]);
        if (!told || span->lines[i]->kind == TN_BLOCK_ROW || tn_generic_is_furniture(span->lines[i]->whole) ||
            tn_generic_is_menu(span->lines[i]->whole))
            keep_line(page, span->lines[i]);
        else
            put_entries(page, word, tn_page_line(span->lines[i]));
    }
}

/* "Germany:5" of CTIS's tables: five sites there. */
static struct tn_str take_site_count(struct tn_str entry, struct tn_str *count)
{
    size_t colon = tn_str_find_char(entry, ':'), digits = 0;
    *count = tn_str_from(entry, colon == TN_NO_OFFSET ? entry.len : colon + 1);
    while (digits < count->len && tn_is_digit(count->s[digits]))
        digits++;
    count->len = digits == count->len ? digits : 0;
    return count->len ? tn_str_trim(tn_str_slice(entry.s, colon)) : entry;
}

static void put_countries(struct tn_page_reading *page, struct tn_str text)
{
    struct tn_place place;
    struct tn_str entry, sites;
    bool whole = tn_place_split(text, &place) && place.city.len == 0; /* "Korea, Republic of" */
    while (tn_generic_next(&text, !whole, &entry)) {
        struct tn_str name = take_site_count(entry, &sites);
        if (!tn_place_split(name, &place) || place.city.len) {
            keep(page, entry);
            continue;
        }
        struct tn_record *country = tn_add_record(page->reading.trial, TN_trial_countries);
        tn_page_put(page, country, TN_country_name, name);
        tn_page_put(page, country, TN_country_site_count, sites);
    }
}

static void read_countries(struct tn_page_reading *page, const struct tn_span *span)
{
    tn_page_at(page, span->label);
    put_countries(page, span->value);
    for (size_t i = 0; i < span->count; i++) {
        tn_page_at(page, span->lines[i]);
        put_countries(page, tn_page_line(span->lines[i]));
    }
}

static bool denies(struct tn_str text)
{
    static const char *const parts[] = {"no results", "not yet", "not available", "no study results", "have not been", "no publications",
                                        "not been posted", "no trial results", "will be published", "not posted", "none yet"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (text.len < 200 && tn_str_find_fold(text, tn_str_of(parts[i])) != TN_NO_OFFSET)
            return true;
    return false;
}

static void put_results(struct tn_page_reading *page, struct tn_str text)
{
    bool truth;
    if (tn_normal_truth(text, &truth) == TN_CODE_NONE)
        tn_page_put(page, page->reading.trial, TN_trial_has_results, text);
    else if (denies(text))
        tn_page_put(page, page->reading.trial, TN_trial_has_results, TN_LIT("No"));
    else
        keep(page, text);
}

static void read_results(struct tn_page_reading *page, const struct tn_span *span)
{
    tn_page_at(page, span->label);
    if (span->value.len)
        put_results(page, span->value);
    for (size_t i = 0; i < span->count; i++) {
        tn_page_at(page, span->lines[i]);
        if (span->count == 1)
            put_results(page, span->lines[i]->whole);
        else
            keep_line(page, span->lines[i]);
    }
}

static void read_ipd(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_word word;
    struct tn_str text = tn_generic_value(span);
    tn_page_at(page, span->value.len ? span->label : span->count ? span->lines[0] : NULL);
    if (tn_normal_word(&tn_vocabulary_ipd_sharing, text, &word) == TN_CODE_NONE)
        tn_page_put(page, page->reading.trial, TN_trial_ipd_sharing, text);
    else if (text.len && !tn_fold_absent(text))
        tn_page_put(page, page->reading.trial, TN_trial_ipd_description, text);
    keep_lines(page, span, span->value.len ? 0 : 1);
}

static void read_citations(struct tn_page_reading *page, const struct tn_span *span)
{
    enum { SHORTEST = 40 };
    tn_page_at(page, span->label);
    if (span->value.len)
        keep(page, span->value);
    for (size_t i = 0; i < span->count; i++) {
        tn_page_at(page, span->lines[i]);
        struct tn_str text = tn_page_line(span->lines[i]);
        if (text.len >= SHORTEST && tn_str_find(text, TN_LIT("20")) != TN_NO_OFFSET && !denies(text))
            tn_page_put(page, tn_add_record(page->reading.trial, TN_trial_publications), TN_publication_citation, text);
        else
            keep_line(page, span->lines[i]);
    }
}

static void read_kept(struct tn_page_reading *page, const struct tn_span *span)
{
    tn_page_at(page, span->label);
    if (span->value.len)
        keep(page, span->value);
    keep_lines(page, span, 0);
}

/* 18 Years, Female, Yes: values that some sites print behind the criteria. */
static bool is_bare_value(struct tn_str text)
{
    return tn_shape_fits(TN_SHAPE_AGE, NULL, text) || tn_shape_fits(TN_SHAPE_TRUTH, NULL, text) ||
           tn_shape_fits(TN_SHAPE_GROUPS, NULL, text) || tn_shape_fits(TN_SHAPE_PARTICIPANTS, NULL, text) ||
           tn_shape_fits(TN_SHAPE_WORD, &tn_type_trial.fields[TN_trial_sex], text);
}

/* Where criteria end though no heading follows: behind the last item of a list, or at a line of the site's own. */
static size_t end_of_criteria(const struct tn_span *span)
{
    size_t end = span->count, last = span->count;
    bool listed = false;
    for (size_t i = 0; i < span->count; i++)
        listed = listed || span->lines[i]->kind == TN_BLOCK_ITEM;
    while (last > 0 && span->lines[last - 1]->kind == TN_BLOCK_PARAGRAPH && span->lines[last - 1]->blank_before)
        last--;
    if (listed && last > 0)
        end = last;
    for (size_t i = 0; i < end; i++)
        if (span->lines[i]->kind == TN_BLOCK_PARAGRAPH &&
            (tn_generic_is_furniture(span->lines[i]->whole) || tn_generic_is_menu(span->lines[i]->whole)))
            end = i;
    while (end > 0 && span->lines[end - 1]->kind == TN_BLOCK_PARAGRAPH && is_bare_value(span->lines[end - 1]->whole))
        end--;
    return end;
}

static void cut_tail(struct tn_page_reading *page, struct tn_span *span)
{
    size_t end = page->is_html ? end_of_criteria(span) : span->count;
    page->reading.label = span->name;
    for (size_t i = end; i < span->count; i++)
        keep_line(page, span->lines[i]);
    span->count = end;
    if (end == 1 && !span->continued && tn_fold_absent(tn_page_line(span->lines[0]))) { /* Exclusion: None */
        tn_page_boilerplate(page, span->lines[0]);
        span->count = 0;
    }
}

static void read_criteria(struct tn_page_reading *page, const struct tn_span *span)
{
    for (size_t i = 0; i < page->count; i++)
        if (page->spans[i].row && page->spans[i].row->mode == TN_MODE_CRITERIA && &page->spans[i] == span)
            for (size_t j = i; j < page->count; j++)
                if (page->spans[j].row && page->spans[j].row->mode == TN_MODE_CRITERIA)
                    cut_tail(page, &page->spans[j]);
    for (size_t i = 0; i < page->count; i++)
        if (page->spans[i].row && page->spans[i].row->mode == TN_MODE_CRITERIA) {
            if (&page->spans[i] == span)
                tn_page_criteria(page);
            return;
        }
}

static void read_part(struct tn_page_reading *page, const struct tn_span *span)
{
    if (tn_generic_word(span)->type == &tn_type_contact)
        tn_generic_contact(page, span);
    else
        read_kept(page, span);
}

static void read_nothing(struct tn_page_reading *page, const struct tn_span *span)
{
    (void)page; /* identifiers are read before */
    (void)span;
}

/* The lines are moved together inside the span. */
static struct tn_span without_furniture(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_span content = *span;
    content.count = 0;
    for (size_t i = 0; i < span->count; i++) {
        bool line = span->lines[i]->kind == TN_BLOCK_PARAGRAPH || span->lines[i]->kind == TN_BLOCK_ITEM;
        if (!line || !leave_out(page, span->lines[i]))
            span->lines[content.count++] = span->lines[i];
    }
    return content;
}

/* A label under which nothing stands. That criteria follow under headings of the same rank is usual. */
static void warn_lost(struct tn_page_reading *page, const struct tn_span *span)
{
    const struct tn_label_word *word = tn_generic_word(span);
    if (!word)
        word = tn_generic_find(span->name, TN_WITHIN_ANY).word;
    if (!word || word->how == TN_HOW_SECTION || word->how == TN_HOW_RELATED || word->how == TN_HOW_KEEP ||
        word->how == TN_HOW_ELIGIBILITY)
        return;
    tn_page_at(page, span->label);
    tn_page_boilerplate(page, span->label);
    tn_warn(&page->reading, TN_LOST_VALUE, word->type == &tn_type_trial ? page->reading.trial : NULL,
            word->type == &tn_type_trial ? word->field : 0, "nothing stands under '%.*s'", (int)tn_str_cut(span->name, 80), span->name.s);
}

/* Headings that name nothing else: what they say is said nowhere again, they are left over. */
static bool is_bare_heading(const struct tn_span *span)
{
    bool heading = span->label && span->label->kind == TN_BLOCK_HEADING && !tn_generic_word(span);
    return heading && span->count == 0 && span->value.len == 0 && (!span->inner || span->label->level == 1);
}

void tn_generic_read_span(struct tn_page_reading *page, const struct tn_span *span)
{
    static void (*const ways[])(struct tn_page_reading *, const struct tn_span *) = {
        [TN_HOW_ID] = read_nothing,
        [TN_HOW_NUMBER] = read_nothing,
        [TN_HOW_VALUE] = read_value,
        [TN_HOW_AGES] = read_ages,
        [TN_HOW_DESIGN] = read_design,
        [TN_HOW_TEXT] = read_text,
        [TN_HOW_LIST] = read_list,
        [TN_HOW_ELIGIBILITY] = read_criteria,
        [TN_HOW_INCLUSION] = read_criteria,
        [TN_HOW_EXCLUSION] = read_criteria,
        [TN_HOW_INTERVENTIONS] = tn_generic_named,
        [TN_HOW_ARMS] = tn_generic_named,
        [TN_HOW_OUTCOMES] = tn_generic_named,
        [TN_HOW_SITES] = tn_generic_sites,
        [TN_HOW_CONTACT] = tn_generic_contact,
        [TN_HOW_PEOPLE] = read_kept,
        [TN_HOW_COUNTRIES] = read_countries,
        [TN_HOW_OFFICIAL] = tn_generic_official,
        [TN_HOW_PART] = read_part,
        [TN_HOW_PLACE] = read_kept,
        [TN_HOW_SITE_CONTACT] = read_kept,
        [TN_HOW_RESULTS] = read_results,
        [TN_HOW_CITATIONS] = read_citations,
        [TN_HOW_IPD] = read_ipd,
        [TN_HOW_KEEP] = read_kept,
        [TN_HOW_SECTION] = read_kept,
        [TN_HOW_RELATED] = tn_generic_related,
    };
    const struct tn_label_word *word = tn_generic_word(span);
    struct tn_span content;
    if (span->label && !span->continued && !span->inner && span->count == 0 && span->value.len == 0)
        warn_lost(page, span);
    if (is_bare_heading(span))
        return;
    if (!span->row || span->row->mode != TN_MODE_CRITERIA) {
        content = without_furniture(page, span);
        span = &content;
    }
    page->reading.label = span->name.len ? span->name : TN_LIT("page head");
    if (word)
        ways[word->how](page, span);
    else
        read_kept(page, span);
    tn_page_boilerplate(page, span->label);
}
