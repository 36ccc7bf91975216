/* SPDX-License-Identifier: MIT */
/* Which blocks of an unknown page are labels, and what their value is. */
#include "normal/fold.h"
#include "normal/word.h"
#include "readers/generic_cut.h"

enum { LONGEST_LABEL = 70, LONGEST_PHRASE = 110 };

static bool is_line(const struct tn_block *block)
{
    return block->kind == TN_BLOCK_PARAGRAPH || block->kind == TN_BLOCK_ITEM;
}

static const struct tn_block *block_at(const struct tn_generic_cutting *cut, size_t at)
{
    return at < cut->blocks->count ? &cut->blocks->blocks[at] : NULL;
}

/* `Label: value` and `Can healthy people join? No`. */
static bool split(struct tn_str text, struct tn_str *label, struct tn_str *value)
{
    for (size_t i = 0; i < text.len && i <= LONGEST_LABEL; i++) {
        if ((text.s[i] != ':' && text.s[i] != '?') || (i + 1 < text.len && !tn_is_space(text.s[i + 1])))
            continue;
        *label = tn_str_slice(text.s, i + 1);
        *value = tn_str_trim(tn_str_from(text, i + 1));
        return i > 0;
    }
    return false;
}

static bool starts_with_any(const char *key, const char *const *starts)
{
    for (; *starts; starts++)
        if (strncmp(key, *starts, strlen(*starts)) == 0)
            return true;
    return false;
}

static bool holds_any(const char *key, const char *const *parts)
{
    for (; *parts; parts++)
        if (strstr(key, *parts))
            return true;
    return false;
}

/* "You may be able to join this trial if all of these apply": sites speak to the reader in words of their own. */
static enum tn_label_how phrase(struct tn_str text)
{
    static const char *const starts[] = {"you ", "who ", "people ", "patients ", "participants ", "anyone ", "to take part", "to join",
                                         "to be eligible", "to be included", "we are looking for", "we cannot include", "we cant include",
                                         "unfortunately you", "women ", "adults ", "children ", "your child ", "volunteers ", NULL};
    static const char *const joins[] = {"take part", "taking part", "join", "participate", "eligible", "enrol", "qualify", "be included",
                                        "be excluded", "enter this", "enter the", "looking for", "cannot include", "cant include", NULL};
    static const char *const nots[] = {" not ", "cannot", " cant ", "shouldnt", " wont ", "excluded", "ineligible", "unable", NULL};
    static const char *const ends[] = {" if", " if you", " if they", " apply", " apply to you", " you must", " must", " who", " if you have",
                                       " if you are", " true", " met", " if any", " if your child", " you need to", " need to", NULL};
    char key[TN_FOLD_MAX];
    if (text.len < 8 || text.len > LONGEST_PHRASE || tn_fold(text, key) == 0)
        return TN_HOW_KEEP;
    if (!starts_with_any(key, starts) || !holds_any(key, joins))
        return TN_HOW_KEEP;
    bool ends_well = text.s[text.len - 1] == ':' || text.s[text.len - 1] == '?' || strncmp(key, "who ", 4) == 0;
    for (size_t i = 0; ends[i] && !ends_well; i++) {
        size_t len = strlen(ends[i]), all = strlen(key);
        ends_well = all > len && strcmp(key + all - len, ends[i]) == 0;
    }
    if (!ends_well)
        return TN_HOW_KEEP;
    return holds_any(key, nots) ? TN_HOW_EXCLUSION : TN_HOW_INCLUSION;
}

static const struct tn_label_word *word_of(enum tn_label_how how)
{
    const struct tn_label_word *word;
    for (size_t i = 0; (word = tn_label_word(i)) != NULL; i++)
        if (word->how == how)
            return word;
    return NULL;
}

static struct tn_label find(const struct tn_generic_cutting *cut, struct tn_str text)
{
    struct tn_label label = tn_generic_find(text, cut->within);
    enum tn_label_how how = label.word || cut->within == TN_WITHIN_RELATED ? TN_HOW_KEEP : phrase(text);
    if (how != TN_HOW_KEEP)
        label.word = word_of(how);
    return label;
}

/* In a section whose lines are entries or text, only what can be nothing else is a label. */
static bool is_closed(const struct tn_generic_cutting *cut)
{
    enum tn_label_how how = cut->how;
    return how == TN_HOW_TEXT || how == TN_HOW_LIST || how == TN_HOW_INCLUSION || how == TN_HOW_EXCLUSION ||
           how == TN_HOW_ELIGIBILITY || how == TN_HOW_INTERVENTIONS || how == TN_HOW_ARMS || how == TN_HOW_OUTCOMES ||
           how == TN_HOW_CITATIONS;
}

static bool is_value(const struct tn_label_word *word)
{
    return word->how == TN_HOW_VALUE || word->how == TN_HOW_AGES || word->how == TN_HOW_ID;
}

/* "Drug: Aspirin" in a list of interventions is an entry with its type. */
static bool is_type_of_entry(const struct tn_generic_cutting *cut, struct tn_str label)
{
    struct tn_word word;
    while (label.len && strchr(": ", label.s[label.len - 1]))
        label.len--;
    return (cut->within == TN_WITHIN_INTERVENTIONS &&
            tn_normal_word(&tn_vocabulary_intervention_type, label, &word) == TN_CODE_NONE) ||
           (cut->within == TN_WITHIN_ARMS && tn_normal_word(&tn_vocabulary_arm_type, label, &word) == TN_CODE_NONE);
}

/* `Sponsor: N/A` behind criteria: no criterion, though the value suits no field. */
static bool is_absent(const struct tn_generic_cutting *cut, const struct tn_label_word *word, struct tn_str value)
{
    bool criteria = cut->how == TN_HOW_INCLUSION || cut->how == TN_HOW_EXCLUSION || cut->how == TN_HOW_ELIGIBILITY;
    if (!criteria || word->type != &tn_type_trial || !(is_value(word) || (word->how == TN_HOW_LIST && word->weight)))
        return false;
    return tn_fold_absent(value) || tn_generic_is_open(value);
}

bool tn_generic_split(const struct tn_generic_cutting *cut, struct tn_str text, struct tn_generic_label *found)
{
    struct tn_str label, value;
    if (!split(text, &label, &value) || value.len == 0 || is_type_of_entry(cut, label))
        return false;
    struct tn_label known = tn_generic_find(label, cut->within);
    if (!known.word || (is_closed(cut) && !(is_value(known.word) && tn_generic_fits(known.word, value)) &&
                        !is_absent(cut, known.word, value) && known.word->how != TN_HOW_PART))
        return false;
    *found = (struct tn_generic_label){.label = known, .name = label, .value = value};
    return true;
}

/* "will be masked": the label goes on as a sentence. */
static bool goes_on(struct tn_str value)
{
    enum { LONGEST = 160 };
    return value.len > LONGEST || tn_is_lower(value.s[0]) || value.s[value.len - 1] == '.';
}

/* `<b>Phase</b> 2`, `<span>Sponsor</span><span>Tea Board</span>`: without a colon only what fits the label. */
static bool begins_with_label(const struct tn_generic_cutting *cut, const struct tn_block *block, struct tn_generic_label *found)
{
    struct tn_str label = tn_str_trim(tn_str_slice(block->whole.s, block->lead));
    struct tn_str value = tn_str_trim(tn_str_from(block->whole, block->lead));
    if (block->lead == 0 || is_closed(cut) || label.len > LONGEST_LABEL || value.len == 0 || goes_on(value) || is_type_of_entry(cut, label))
        return false;
    struct tn_label known = tn_generic_find(label, cut->within);
    if (!known.word || !is_value(known.word) || !tn_generic_fits(known.word, value))
        return false;
    *found = (struct tn_generic_label){.label = known, .name = label, .value = value};
    return true;
}

bool tn_generic_is_leaf(const struct tn_generic_cutting *cut, size_t at)
{
    const struct tn_block *block = block_at(cut, at), *next = block_at(cut, at + 1);
    return block->kind == TN_BLOCK_HEADING && (!next || (next->kind == TN_BLOCK_HEADING && next->level <= block->level));
}

bool tn_generic_is_heading_value(const struct tn_generic_cutting *cut, size_t at, const struct tn_label_word *word)
{
    const struct tn_block *block = block_at(cut, at);
    bool takes = is_value(word) || word->how == TN_HOW_DESIGN || word->how == TN_HOW_LIST || word->how == TN_HOW_COUNTRIES;
    return takes && at > 0 && block[-1].kind == TN_BLOCK_HEADING && block->level > block[-1].level && tn_generic_is_leaf(cut, at) &&
           !find(cut, block->whole).word && (!is_value(word) || tn_generic_fits(word, block->whole));
}

/* The next block can be the value of a label that stands alone. */
static bool has_value_below(const struct tn_generic_cutting *cut, size_t at, const struct tn_label_word *word)
{
    const struct tn_block *block = block_at(cut, at), *next = block_at(cut, at + 1);
    if (!next || next->kind == TN_BLOCK_HEADING)
        return next && block->kind == TN_BLOCK_HEADING && tn_generic_is_heading_value(cut, at + 1, word);
    if (block->kind == TN_BLOCK_ITEM && !(next->kind == TN_BLOCK_ITEM ? next->level > block->level
                                                                      : next->level > block->level && is_line(next)))
        return false;
    if (is_value(word))
        return is_line(next) && tn_generic_fits(word, next->whole);
    if (next->kind == TN_BLOCK_PAIR || next->kind == TN_BLOCK_ROW)
        return word->opens != TN_WITHIN_ANY || word->how == TN_HOW_SECTION;
    struct tn_label below = tn_generic_find(next->whole, cut->within);
    if (word->how == TN_HOW_SECTION || word->how == TN_HOW_ELIGIBILITY)
        return true;
    return !below.word || below.word == word;
}

static bool is_alone(const struct tn_generic_cutting *cut, size_t at, struct tn_generic_label *found)
{
    const struct tn_block *block = block_at(cut, at);
    struct tn_str text = block->kind == TN_BLOCK_ITEM ? block->text : block->whole;
    if (text.len > LONGEST_PHRASE)
        return false;
    struct tn_label label = find(cut, text);
    if (!label.word || !has_value_below(cut, at, label.word))
        return false;
    if (cut->within == TN_WITHIN_DESIGN && block->kind == TN_BLOCK_PARAGRAPH && !is_value(label.word))
        return false; /* TREATMENT, COHORT: words of the design */
    *found = (struct tn_generic_label){.label = label, .name = text};
    return true;
}

bool tn_generic_label_at(const struct tn_generic_cutting *cut, size_t at, struct tn_generic_label *found)
{
    const struct tn_block *block = block_at(cut, at);
    *found = (struct tn_generic_label){.name = block->whole};
    switch (block->kind) {
    case TN_BLOCK_PAIR:
        found->label = find(cut, block->label);
        found->name = block->label;
        found->value = block->text;
        return found->label.word && !is_type_of_entry(cut, block->label);
    case TN_BLOCK_HEADING:
        if (tn_generic_split(cut, block->whole, found))
            return true;
        found->label = find(cut, block->whole);
        return found->label.word && !(is_value(found->label.word) && at + 1 < cut->blocks->count &&
                                      !has_value_below(cut, at, found->label.word));
    case TN_BLOCK_PARAGRAPH:
        return is_alone(cut, at, found) || tn_generic_split(cut, block->whole, found) || begins_with_label(cut, block, found);
    case TN_BLOCK_ITEM:
        return is_alone(cut, at, found) || tn_generic_split(cut, block->text, found) || begins_with_label(cut, block, found);
    case TN_BLOCK_ROW: break;
    }
    return false;
}
