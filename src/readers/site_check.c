/* SPDX-License-Identifier: MIT */
/* A description whose parts are of the right kind may still not go together: what the page engine counts on is checked
 * here, once, so that no page has to. */
#include <stddef.h>

#include "normal/word.h"
#include "readers/site_terms.h"

struct checking {
    struct tn_arena *arena;
    struct tn_error *error;
    const struct tn_site *site;
    const struct tn_site_row *row; /* the one at hand, */
    const struct tn_trail *at;     /* ... and its place */
};

#define REFUSE(check, at, ...) tn_site_refuse((check)->arena, (check)->error, at, __VA_ARGS__)

/* The first of a list apart by `|`, cut off *rest. */
static bool next_of(struct tn_str *rest, struct tn_str *one)
{
    if (rest->len == 0)
        return false;
    size_t bar = tn_str_find_char(*rest, '|');
    *one = tn_str_slice(rest->s, bar == TN_NO_OFFSET ? rest->len : bar);
    *rest = tn_str_from(*rest, bar == TN_NO_OFFSET ? rest->len : bar + 1);
    return true;
}

static const struct tn_field *field_of(const struct tn_site_row *row)
{
    return row->type ? &row->type->fields[row->field] : NULL;
}

/* "kind=CENTRAL": a field of the type, and a value that it may have. */
static bool check_setting(const struct checking *check, const struct tn_trail *at, const struct tn_record_type *type,
                          const char *setting)
{
    struct tn_str value;
    struct tn_word word;
    bool truth;
    int i = tn_preset_field(type, setting, &value);
    const struct tn_field *field = i < 0 ? NULL : &type->fields[i];
    if (!field)
        return REFUSE(check, at, "'%s' is not 'FIELD=VALUE' with a field of '%s'", setting, type->name);
    if (!tn_site_may_fill(type, i) || field->record)
        return REFUSE(check, at, "'%s' cannot be set", field->name);
    bool fits = value.len > 0;
    if (field->vocabulary)
        fits = tn_normal_word(field->vocabulary, value, &word) == TN_CODE_NONE && word.exact;
    else if (field->kind == TN_BOOL)
        fits = tn_normal_truth(value, &truth) == TN_CODE_NONE;
    return fits || REFUSE(check, at, "'%.*s' is no value of '%s'", (int)value.len, value.s, field->name);
}

/* Labels. */

/* `Name: *`, `Locations (# total)`, `About @lead_sponsor`: one sign, with something before it. */
static bool check_sign(const struct checking *check, const struct tn_trail *at, struct tn_str label)
{
    size_t signs = 0, sign = 0;
    for (size_t i = 0; i < label.len; i++)
        if (label.s[i] == '*' || label.s[i] == '#' || label.s[i] == '@' || label.s[i] == '%') {
            signs++;
            sign = i;
        }
    if (signs == 0)
        return true;
    if (signs > 1)
        return REFUSE(check, at, "one of the signs '*', '#', '@' and '%%' is enough (or set the flag 'literal')");
    if (tn_str_trim(tn_str_slice(label.s, sign)).len == 0)
        return REFUSE(check, at, "something must stand before '%c' (or set the flag 'literal')", label.s[sign]);
    if ((label.s[sign] == '*' || label.s[sign] == '%') && sign + 1 < label.len)
        return REFUSE(check, at, "'%c' must stand at the end (or set the flag 'literal')", label.s[sign]);
    const struct tn_record_type *type;
    struct tn_str name = tn_str_trim(tn_str_from(label, sign + 1));
    if (label.s[sign] != '@')
        return true;
    int field = tn_site_field_named(check->arena, check->error, at, tn_str_copy(check->arena, name).s, false, &type);
    return field >= 0;
}

/* Two rows for one label: the second would never be asked. */
static bool check_only(const struct checking *check, const struct tn_trail *at, struct tn_str label)
{
    for (size_t r = 0; r < check->site->count; r++) {
        const struct tn_site_row *other = &check->site->rows[r];
        bool anywhere = !other->within && !check->row->within;
        bool same = anywhere || (other->within && check->row->within && strcmp(other->within, check->row->within) == 0);
        struct tn_str rest = tn_str_of(other->labels), one;
        for (int i = 0; same && next_of(&rest, &one); i++) {
            if (other == check->row && i >= at->index)
                return true;
            if (tn_str_eq_fold(one, label))
                return REFUSE(check, at, "rows[%zu] has the label '%.*s' already", r, (int)tn_str_cut(label, 80), label.s);
        }
        if (other == check->row)
            return true;
    }
    return true;
}

static bool check_labels(const struct checking *check)
{
    const struct tn_trail labels = {check->at, "labels", 0};
    struct tn_str rest = tn_str_of(check->row->labels), label;
    for (int i = 0; next_of(&rest, &label); i++) {
        const struct tn_trail at = {&labels, NULL, i};
        if (!(check->row->flags & TN_ROW_LITERAL) && !check_sign(check, &at, label))
            return false;
        if (!check_only(check, &at, label))
            return false;
    }
    return true;
}

/* The first spellings of all rows, in the arena. */
static const char **sections_of(const struct checking *check, size_t *count)
{
    const char **names = tn_arena_alloc(check->arena, (check->site->count + 1) * sizeof *names);
    *count = 0;
    for (size_t r = 0; names && r < check->site->count; r++) {
        struct tn_str rest = tn_str_of(check->site->rows[r].labels), first;
        if (next_of(&rest, &first) && check->site->rows[r].mode != TN_MODE_NOTE)
            names[(*count)++] = tn_str_copy(check->arena, first).s;
    }
    return names;
}

static bool check_within(const struct checking *check)
{
    const struct tn_trail at = {check->at, "within", 0};
    if (!check->row->within)
        return true;
    for (size_t r = 0; r < check->site->count; r++) {
        struct tn_str rest = tn_str_of(check->site->rows[r].labels), first;
        if (&check->site->rows[r] != check->row && next_of(&rest, &first) &&
            tn_str_eq(first, tn_str_of(check->row->within)))
            return true;
    }
    size_t count;
    const char **names = sections_of(check, &count);
    return tn_site_refuse_word(check->arena, check->error, &at, "no row begins with the label", check->row->within,
                               names, names ? count : 0);
}

/* Members that a mode needs, or has no use for. */

static bool is_set(const struct tn_site_row *row, const struct tn_site_member *member)
{
    unsigned number;
    const char *text;
    const char *from = (const char *)row + member->offset;
    if (member->kind == TN_SITE_ROW_FIELD)
        return row->type != NULL;
    if (member->kind == TN_SITE_WORD || member->kind == TN_SITE_BITS || member->kind == TN_SITE_COUNT_FIELD ||
        member->kind == TN_SITE_OTHER_FIELD) {
        memcpy(&number, from, sizeof number);
        return number != 0;
    }
    memcpy(&text, from, sizeof text); /* a text or a list */
    return text != NULL;
}

static bool check_members(const struct checking *check)
{
    const struct tn_site_rule *rule = tn_site_rule_of(check->row->mode);
    const char *mode = tn_site_word_of(&tn_site_modes, check->row->mode)->word;
    for (const struct tn_site_member *member = tn_site_row_members; member->name; member++) {
        const struct tn_trail at = {check->at, member->name, 0};
        bool set = is_set(check->row, member), needed = tn_site_lists(rule->needs, member->name);
        if (needed && !set)
            return REFUSE(check, check->at, "mode '%s' needs the member '%s'", mode, member->name);
        if (set && !needed && strcmp(member->name, "labels") != 0 && strcmp(member->name, "mode") != 0 &&
            !tn_site_lists(rule->may, member->name))
            return REFUSE(check, &at, "mode '%s' has no use for it", mode);
    }
    return true;
}

/* A flag, and the only modes that it says something to. */
static bool check_flags(const struct checking *check)
{
    static const struct {
        unsigned flag;
        enum tn_mode mode, other;
    } only[] = {{TN_ROW_PASSING, TN_MODE_VALUE, TN_MODE_VALUE},
                {TN_ROW_LINES, TN_MODE_CRITERIA, TN_MODE_CRITERIA},
                {TN_ROW_PEOPLE, TN_MODE_KEEP, TN_MODE_VALUE},
                {TN_ROW_CUT, TN_MODE_VALUE, TN_MODE_VALUE}};
    const struct tn_trail at = {check->at, "flags", 0};
    for (size_t i = 0; i < sizeof only / sizeof only[0]; i++)
        if ((check->row->flags & only[i].flag) && check->row->mode != only[i].mode &&
            check->row->mode != only[i].other)
            return REFUSE(check, &at, "'%s' is for mode '%s'", tn_site_word_of(&tn_site_flags, only[i].flag)->word,
                          tn_site_word_of(&tn_site_modes, only[i].mode)->word);
    return true;
}

/* Shapes. */

/* A shape fills a field of a record type in one way, or not at all. */
static bool shape_suits(enum tn_shape shape, const struct tn_record_type *type, int i)
{
    const struct tn_field *field = &type->fields[i];
    bool trial = type == &tn_type_trial;
    switch (shape) {
    case TN_SHAPE_WORD:
    case TN_SHAPE_EXACT: return field->vocabulary != NULL;
    case TN_SHAPE_PLACE:
    case TN_SHAPE_PLACE_DOWN:
    case TN_SHAPE_SITE: return type == &tn_type_location && i <= TN_location_country;
    case TN_SHAPE_CLINIC: return trial && i == TN_trial_locations;
    case TN_SHAPE_GROUPS: return trial && i == TN_trial_enrollment;
    case TN_SHAPE_TYPED: return tn_field_named(type, TN_LIT("type")) >= 0 && field->kind == TN_TEXT;
    case TN_SHAPE_ARMS: return type == &tn_type_intervention && i == TN_intervention_arm_labels;
    case TN_SHAPE_PARTY: return trial && i == TN_trial_responsible_party;
    case TN_SHAPE_NUMBER: return field->kind == TN_INT;
    case TN_SHAPE_MASKED: return trial && i == TN_trial_masking;
    case TN_SHAPE_GIVEN: return type == &tn_type_arm && i == TN_arm_intervention_names;
    case TN_SHAPE_URL: return trial && field->kind == TN_TEXT;
    case TN_SHAPE_ID: return field->kind == TN_TEXT;
    case TN_SHAPE_PHASE: return trial && i == TN_trial_phases;
    case TN_SHAPE_DATE: return field->kind == TN_DATE || field->kind == TN_TEXT;
    case TN_SHAPE_TRUTH: return field->kind == TN_BOOL || field->kind == TN_TEXT;
    case TN_SHAPE_PARTICIPANTS: return field->kind == TN_INT;
    case TN_SHAPE_NONE:
    case TN_SHAPE_TEXT:
    case TN_SHAPE_AGE: break;
    }
    return !field->record;
}

static bool check_shape(const struct checking *check, const struct tn_trail *at, enum tn_shape shape,
                        const struct tn_record_type *type, int field)
{
    return shape_suits(shape, type, field) ||
           REFUSE(check, at, "shape '%s' does not suit the field '%s'", tn_site_word_of(&tn_site_shapes, shape)->word,
                  type->fields[field].name);
}

static bool check_shapes(const struct checking *check)
{
    const struct tn_trail list = {check->at, "shapes", 0};
    const struct tn_site_shape *shapes = check->row->shapes;
    for (int i = 0; shapes && shapes[i].shape != TN_SHAPE_NONE; i++) {
        const struct tn_trail at = {&list, NULL, i}, when = {&at, "when", 0}, spare = {&at, "spare", 0};
        if (!check_shape(check, &at, shapes[i].shape, &tn_type_trial, shapes[i].field))
            return false;
        if (shapes[i].when && !check_setting(check, &when, &tn_type_trial, shapes[i].when))
            return false;
        if (shapes[i].spare && shapes[i + 1].shape != shapes[i].shape)
            return REFUSE(check, &spare, "the next shape is not the same");
    }
    return true;
}

/* Parts of entries. */

/* "a=B|c=|*" */
static bool check_words(const struct checking *check, const struct tn_trail *at, const char *words)
{
    struct tn_str rest = tn_str_of(words), one;
    while (next_of(&rest, &one))
        if (!tn_str_eq(one, TN_LIT("*")) && (tn_str_find_char(one, '=') == TN_NO_OFFSET || one.s[0] == '='))
            return REFUSE(check, at, "'%.*s' is neither 'WORD=VALUE' nor '*'", (int)tn_str_cut(one, 80), one.s);
    return true;
}

static bool check_parts(const struct checking *check)
{
    const struct tn_record_type *type = tn_site_entry_type(check->row);
    const struct tn_trail list = {check->at, "parts", 0};
    const struct tn_site_part *parts = check->row->parts;
    int count = 0;
    for (; parts && count < TN_PARTS_MAX && parts[count].shape != TN_SHAPE_NONE; count++) {
        const struct tn_trail at = {&list, NULL, count}, words = {&at, "words", 0};
        if (!check_shape(check, &at, parts[count].shape, type, parts[count].field))
            return false;
        if (parts[count].words && !check_words(check, &words, parts[count].words))
            return false;
    }
    bool two = check->row->mode == TN_MODE_PAIRS || check->row->mode == TN_MODE_SPONSORS;
    return !two || count == 2 ||
           REFUSE(check, &list, "mode '%s' has two parts", tn_site_word_of(&tn_site_modes, check->row->mode)->word);
}

/* Fields. */

static bool is_list_of_texts(const struct tn_field *field)
{
    return field->kind != TN_RECORD_LIST || field->record->fields[0].kind == TN_TEXT;
}

/* What the mode makes of its lines goes into the field. */
static bool field_suits(const struct tn_site_row *row)
{
    const struct tn_field *field = field_of(row);
    bool trial = row->type == &tn_type_trial;
    switch (row->mode) {
    case TN_MODE_VALUE: return row->shape == TN_SHAPE_CLINIC || row->shape == TN_SHAPE_PARTY || !field->record;
    case TN_MODE_ITEMS: return trial && field->kind == TN_RECORD_LIST;
    case TN_MODE_PARAGRAPHS: return field->kind == TN_TEXT || field->kind == TN_TEXT_LIST;
    case TN_MODE_LIST: return field->kind != TN_RECORD_ONE && field->kind != TN_MAP && is_list_of_texts(field);
    case TN_MODE_ENTRIES: return trial && (field->kind == TN_RECORD_LIST || field->kind == TN_RECORD_ONE);
    case TN_MODE_SPONSORS: return trial && row->field == TN_trial_collaborators;
    case TN_MODE_PAIRS: return trial && field->kind == TN_RECORD_LIST;
    case TN_MODE_ARMS: return trial && (row->field == TN_trial_arms || row->field == TN_trial_interventions);
    case TN_MODE_GROUPS: return trial && row->field == TN_trial_arms;
    case TN_MODE_AGES: return trial && (row->field == TN_trial_minimum_age || row->field == TN_trial_maximum_age);
    case TN_MODE_RANGE: return field->kind == TN_DATE;
    case TN_MODE_FLAG:
    case TN_MODE_SECTION:
    case TN_MODE_NOTE:
    case TN_MODE_IGNORE:
    case TN_MODE_END:
    case TN_MODE_KEEP:
    case TN_MODE_SHAPES:
    case TN_MODE_CRITERIA: break;
    }
    return true;
}

static bool check_field(const struct checking *check)
{
    const struct tn_trail at = {check->at, "field", 0};
    if (!check->row->type || field_suits(check->row))
        return true;
    return REFUSE(check, &at, "mode '%s' does not suit the field '%s'",
                  tn_site_word_of(&tn_site_modes, check->row->mode)->word, field_of(check->row)->name);
}

static bool check_preset(const struct checking *check)
{
    const struct tn_trail at = {check->at, "preset", 0};
    const struct tn_record_type *type = check->row->mode == TN_MODE_NOTE      ? &tn_type_trial
                                        : check->row->also                    ? &tn_type_trial
                                        : tn_site_entry_type(check->row)      ? tn_site_entry_type(check->row)
                                                                              : check->row->type;
    if (!check->row->preset)
        return true;
    return type ? check_setting(check, &at, type, check->row->preset) : REFUSE(check, &at, "the row has no field");
}

/* Rows. */

/* A row without labels is for lines of a shape, or for what stands before the first label: one row can be that. */
static bool check_head(const struct checking *check)
{
    if (check->row->labels || check->row->shape)
        return true;
    for (size_t r = 0; r < check->site->count && &check->site->rows[r] != check->row; r++)
        if (!check->site->rows[r].labels && !check->site->rows[r].shape)
            return REFUSE(check, check->at, "rows[%zu] is for what stands before the first label already", r);
    if (check->row->within || (check->row->flags & ~(unsigned)TN_ROW_MENU))
        return REFUSE(check, check->at, "without labels there is no use for '%s'",
                      check->row->within ? "within" : "flags");
    return true;
}

static bool check_value(const struct checking *check)
{
    const struct tn_trail at = {check->at, "shape", 0}, words = {check->at, "words", 0};
    const struct tn_site_row *row = check->row;
    if (row->separator && !row->rest && row->mode == TN_MODE_VALUE)
        return REFUSE(check, check->at, "'separator' and 'rest' stand together");
    if (row->shape && !row->labels && row->shape == TN_SHAPE_TEXT)
        return REFUSE(check, &at, "every line has the shape 'text'");
    if (row->shape && !row->labels && (row->shape == TN_SHAPE_WORD || row->shape == TN_SHAPE_EXACT))
        return REFUSE(check, &at, "without labels a line is not told by '%s'",
                      tn_site_word_of(&tn_site_shapes, row->shape)->word);
    if ((row->flags & TN_ROW_OPENS) && (!row->type || row->type == &tn_type_trial))
        return REFUSE(check, check->at, "'opens' needs a field that is a member of one of the trial's records");
    if (row->words && !check_words(check, &words, row->words))
        return false;
    return !row->shape || !row->type || check_shape(check, &at, row->shape, row->type, row->field);
}

static bool check_row(const struct checking *check)
{
    return check_members(check) && check_head(check) && check_labels(check) && check_within(check) &&
           check_flags(check) && check_field(check) && check_value(check) && check_shapes(check) &&
           check_parts(check) && check_preset(check);
}

/* The whole. */

static bool is_label(const struct tn_site *site, struct tn_str text)
{
    for (size_t r = 0; r < site->count; r++) {
        struct tn_str rest = tn_str_of(site->rows[r].labels), one;
        while (next_of(&rest, &one))
            if (tn_str_eq(one, text))
                return true;
    }
    return false;
}

static bool check_signatures(const struct checking *check)
{
    const struct tn_trail list = {NULL, "signatures", 0};
    for (int i = 0; check->site->signatures[i]; i++) {
        const struct tn_trail at = {&list, NULL, i};
        struct tn_str rest = tn_str_of(check->site->signatures[i]), one;
        while (next_of(&rest, &one))
            if (!is_label(check->site, one))
                return REFUSE(check, &at, "no row has the label '%.*s'", (int)one.len, one.s);
    }
    return true;
}

/* Small letters, digits and hyphens. */
static bool check_name(const struct checking *check, const char *name)
{
    enum { LONGEST = 40 };
    const struct tn_trail at = {NULL, "reader", 0};
    const struct tn_reader *other = tn_reader_find(name);
    size_t len = strlen(name);
    for (size_t i = 0; i < len; i++)
        if (!tn_is_lower(name[i]) && !tn_is_digit(name[i]) && (name[i] != '-' || i == 0 || i + 1 == len))
            return REFUSE(check, &at, "'%s' is not of small letters, digits and hyphens between them", name);
    if (len > LONGEST)
        return REFUSE(check, &at, "is longer than %d letters", LONGEST);
    return !other || tn_site_host(other) || REFUSE(check, &at, "'%s' is a built-in reader that is no site", name);
}

static bool check_host(const struct checking *check, const char *host)
{
    const struct tn_trail at = {NULL, "host", 0};
    for (; *host; host++)
        if (tn_is_space(*host) || *host == '/' || *host == ':')
            return REFUSE(check, &at, "is a host name alone, as in 'www.example.org'");
    return true;
}

bool tn_site_check(struct tn_arena *arena, const struct tn_described *described, struct tn_error *error)
{
    struct checking check = {.arena = arena, .error = error, .site = &described->site};
    const struct tn_trail rows = {NULL, "rows", 0};
    if (!check_name(&check, described->reader.name) || !check_host(&check, described->site.host))
        return false;
    for (size_t r = 0; r < described->site.count; r++) {
        const struct tn_trail at = {&rows, NULL, (int)r};
        check.row = &described->site.rows[r];
        check.at = &at;
        if (!check_row(&check))
            return false;
    }
    return check_signatures(&check);
}
