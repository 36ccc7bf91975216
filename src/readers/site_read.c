/* SPDX-License-Identifier: MIT */
/* A description in JSON -> struct tn_site. Walks the tables of site_terms.h: what they do not name is refused. */
#include "core/utf8.h"
#include "readers/site_terms.h"
#include "syntax/json.h"

enum { ROWS_MAX = 1000, LABELS_MAX = 4000 /* of all rows */, TEXTS_MAX = 200, NAMES_MAX = 64 };

struct reading {
    struct tn_arena *arena;
    struct tn_error *error;
    struct tn_site_row *row; /* the one at hand */
    int labels;              /* of all rows so far */
};

/* Reads `item`, a value of the member, into the struct that begins at `into`. */
typedef bool read_fn(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                     const cJSON *item, void *into);

static void *place(void *into, const struct tn_site_member *member)
{
    return (char *)into + member->offset;
}

static bool refuse_kind(struct reading *reading, const struct tn_trail *at, const char *wanted)
{
    return tn_site_refuse(reading->arena, reading->error, at, "must be %s", wanted);
}

/* A text in the arena; NULL with the error. */
static const char *mark_of(struct reading *reading, const struct tn_trail *at, const cJSON *item)
{
    if (!cJSON_IsString(item)) {
        refuse_kind(reading, at, "a text");
        return NULL;
    }
    struct tn_str text = tn_str_of(item->valuestring);
    for (size_t i = 0; i < text.len; i++)
        if (((unsigned char)text.s[i] < ' ' && text.s[i] != '\t') || text.s[i] == '\x7F') {
            tn_site_refuse(reading->arena, reading->error, at, "holds a control character");
            return NULL;
        }
    if (tn_str_trim(text).len || tn_str_eq(text, TN_LIT("\t")))
        return tn_str_copy(reading->arena, text).s;
    tn_site_refuse(reading->arena, reading->error, at, "is empty");
    return NULL;
}

/* The same without blanks at its ends, which would never be found. */
static const char *text_of(struct reading *reading, const struct tn_trail *at, const cJSON *item)
{
    const char *text = mark_of(reading, at, item);
    if (!text || tn_str_trim(tn_str_of(text)).len == strlen(text))
        return text;
    tn_site_refuse(reading->arena, reading->error, at, "begins or ends with a blank");
    return NULL;
}

static bool read_mark(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                      const cJSON *item, void *into)
{
    return (*(const char **)place(into, member) = mark_of(reading, at, item)) != NULL;
}

static bool read_text(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                      const cJSON *item, void *into)
{
    return (*(const char **)place(into, member) = text_of(reading, at, item)) != NULL;
}

/* The size of an array of at most `most` elements; -1 with the error. */
static int size_of_array(struct reading *reading, const struct tn_trail *at, const cJSON *item, int most)
{
    int size = cJSON_IsArray(item) ? cJSON_GetArraySize(item) : 0;
    if (!cJSON_IsArray(item))
        refuse_kind(reading, at, "an array");
    else if (size == 0)
        tn_site_refuse(reading->arena, reading->error, at, "is empty");
    else if (size > most)
        tn_site_refuse(reading->arena, reading->error, at, "has %d entries, more than %d", size, most);
    return size && size <= most ? size : -1;
}

static bool read_texts(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                       const cJSON *item, void *into)
{
    int size = size_of_array(reading, at, item, TEXTS_MAX), i = 0;
    const char **texts = size < 0 ? NULL : tn_arena_zero(reading->arena, ((size_t)size + 1) * sizeof *texts);
    for (const cJSON *one = item->child; texts && one; one = one->next, i++) {
        const struct tn_trail here = {at, NULL, i};
        if (!(texts[i] = text_of(reading, &here, one)))
            return false;
    }
    *(const char *const **)place(into, member) = texts;
    return texts != NULL;
}

/* An array of texts becomes one, apart by `|`. */
static bool read_labels(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                        const cJSON *item, void *into)
{
    const char *const *texts;
    struct tn_site_member array = *member;
    size_t len = 0;
    array.offset = 0;
    if (!read_texts(reading, at, &array, item, &texts))
        return false;
    for (int i = 0; texts[i]; i++) {
        const struct tn_trail here = {at, NULL, i};
        if (tn_str_find_char(tn_str_of(texts[i]), '|') != TN_NO_OFFSET)
            return tn_site_refuse(reading->arena, reading->error, &here, "no label may hold '|'");
        if (++reading->labels > LABELS_MAX)
            return tn_site_refuse(reading->arena, reading->error, &here, "there are more than %d labels", LABELS_MAX);
        len += strlen(texts[i]) + 1;
    }
    char *joined = tn_arena_alloc(reading->arena, len), *end = joined;
    for (int i = 0; joined && texts[i]; i++) {
        memcpy(end, texts[i], strlen(texts[i]));
        end += strlen(texts[i]);
        *end++ = texts[i + 1] ? '|' : '\0';
    }
    *(const char **)place(into, member) = joined;
    return joined != NULL;
}

static bool read_switch(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                        const cJSON *item, void *into)
{
    *(bool *)place(into, member) = cJSON_IsTrue(item);
    return cJSON_IsBool(item) || refuse_kind(reading, at, "true or false");
}

static bool read_number(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                        const cJSON *item, void *into)
{
    enum { LARGEST = 1000 };
    double number = cJSON_IsNumber(item) ? item->valuedouble : 0;
    unsigned whole = number >= 1 && number <= LARGEST ? (unsigned)number : 0;
    *(unsigned *)place(into, member) = whole;
    return (whole && !(number > whole)) || refuse_kind(reading, at, "a whole number from 1 to 1000");
}

static bool find_word(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                      const cJSON *item, unsigned *value)
{
    const char *names[NAMES_MAX], *word = text_of(reading, at, item);
    const struct tn_site_words *words = member->words;
    for (size_t i = 0; word && i < words->count; i++) {
        names[i] = words->all[i].word;
        *value = words->all[i].value;
        if (strcmp(word, names[i]) == 0)
            return true;
    }
    return word && tn_site_refuse_word(reading->arena, reading->error, at,
                                       tn_str_format(reading->arena, "unknown %s", words->what).s, word, names,
                                       words->count);
}

static bool read_word(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                      const cJSON *item, void *into)
{
    _Static_assert(sizeof(enum tn_mode) == sizeof(unsigned) && sizeof(enum tn_shape) == sizeof(unsigned) &&
                       sizeof(enum tn_criteria_side) == sizeof(unsigned) &&
                       sizeof(enum tn_date_order) == sizeof(unsigned),
                   "enumerations are read as unsigned");
    unsigned value = 0;
    bool found = find_word(reading, at, member, item, &value);
    memcpy(place(into, member), &value, sizeof value);
    return found;
}

static bool read_bits(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                      const cJSON *item, void *into)
{
    unsigned *bits = place(into, member), bit;
    int i = 0;
    if (size_of_array(reading, at, item, NAMES_MAX) < 0)
        return false;
    for (const cJSON *one = item->child; one; one = one->next, i++) {
        const struct tn_trail here = {at, NULL, i};
        if (!find_word(reading, &here, member, one, &bit))
            return false;
        if (*bits & bit)
            return tn_site_refuse(reading->arena, reading->error, &here, "stands there already");
        *bits |= bit;
    }
    return true;
}

static bool read_row_field(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                           const cJSON *item, void *into)
{
    struct tn_site_row *row = into;
    const char *name = text_of(reading, at, item);
    int field = name ? tn_site_field_named(reading->arena, reading->error, at, name, true, &row->type) : -1;
    *(int *)place(into, member) = field;
    return field >= 0;
}

static bool read_trial_field(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                             const cJSON *item, void *into)
{
    const struct tn_record_type *type;
    const char *name = text_of(reading, at, item);
    int field = name ? tn_site_field_named(reading->arena, reading->error, at, name, false, &type) : -1;
    *(int *)place(into, member) = field;
    return field >= 0;
}

static bool read_count_field(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                             const cJSON *item, void *into)
{
    if (!read_trial_field(reading, at, member, item, into))
        return false;
    const struct tn_field *field = &tn_type_trial.fields[*(int *)place(into, member)];
    return field->kind == TN_INT ||
           tn_site_refuse(reading->arena, reading->error, at, "'%s' is no whole number", field->name);
}

static bool read_part_field(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                            const cJSON *item, void *into)
{
    const struct tn_record_type *type = tn_site_entry_type(reading->row);
    const char *names[NAMES_MAX], *name = text_of(reading, at, item);
    if (!name)
        return false;
    if (!type || !tn_site_may_fill(type, 0))
        return tn_site_refuse(reading->arena, reading->error, at, "the row's field holds no records");
    int field = *(int *)place(into, member) = tn_field_find(type, name);
    for (int i = 0; i < type->count && i < NAMES_MAX; i++)
        names[i] = type->fields[i].name;
    size_t count = (size_t)(type->count < NAMES_MAX ? type->count : NAMES_MAX);
    if (field < 0)
        return tn_site_refuse_word(reading->arena, reading->error, at,
                                   tn_str_format(reading->arena, "no member of '%s' is named",
                                                 tn_type_trial.fields[reading->row->field].name).s,
                                   name, names, count);
    return !type->fields[field].record ||
           tn_site_refuse(reading->arena, reading->error, at, "'%s' holds records itself", name);
}

static bool read_object(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *members,
                        const cJSON *item, void *into);

/* An array of objects that becomes one of structs of `size` bytes with an empty one behind; NULL with the error. */
static void *read_objects(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *members,
                          const cJSON *item, size_t size, int most, size_t *count)
{
    int entries = size_of_array(reading, at, item, most), i = 0;
    char *all = entries < 0 ? NULL : tn_arena_zero(reading->arena, ((size_t)entries + 1) * size);
    for (const cJSON *one = item->child; all && one; one = one->next, i++) {
        const struct tn_trail here = {at, NULL, i};
        if (members == tn_site_row_members)
            reading->row = (struct tn_site_row *)(void *)(all + (size_t)i * size);
        if (!read_object(reading, &here, members, one, all + (size_t)i * size))
            return NULL;
    }
    *count = (size_t)i;
    return all;
}

static bool read_rows(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                      const cJSON *item, void *into)
{
    struct tn_described *described = into;
    struct tn_site_row *rows = read_objects(reading, at, tn_site_row_members, item, sizeof *rows, ROWS_MAX,
                                            &described->site.count);
    *(const struct tn_site_row **)place(into, member) = rows;
    return rows != NULL;
}

static bool read_shapes(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                        const cJSON *item, void *into)
{
    size_t count;
    struct tn_site_shape *shapes = read_objects(reading, at, tn_site_shape_members, item, sizeof *shapes,
                                                TN_SITE_SHAPES_MAX, &count);
    *(const struct tn_site_shape **)place(into, member) = shapes;
    return shapes != NULL;
}

static bool read_parts(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *member,
                       const cJSON *item, void *into)
{
    size_t count;
    struct tn_site_part *parts = read_objects(reading, at, tn_site_part_members, item, sizeof *parts, TN_PARTS_MAX,
                                              &count);
    *(const struct tn_site_part **)place(into, member) = parts;
    return parts != NULL;
}

static read_fn *const readers[] = {
    [TN_SITE_TEXT] = read_text,
    [TN_SITE_MARK] = read_mark,
    [TN_SITE_TEXTS] = read_texts,
    [TN_SITE_LABELS] = read_labels,
    [TN_SITE_SWITCH] = read_switch,
    [TN_SITE_NUMBER] = read_number,
    [TN_SITE_WORD] = read_word,
    [TN_SITE_BITS] = read_bits,
    [TN_SITE_ROW_FIELD] = read_row_field,
    [TN_SITE_TRIAL_FIELD] = read_trial_field,
    [TN_SITE_COUNT_FIELD] = read_count_field,
    [TN_SITE_OTHER_FIELD] = read_trial_field,
    [TN_SITE_PART_FIELD] = read_part_field,
    [TN_SITE_ROW_LIST] = read_rows,
    [TN_SITE_SHAPE_LIST] = read_shapes,
    [TN_SITE_PART_LIST] = read_parts,
};

/* Every member of the object is one of the table, and stands there once. */
static bool check_names(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *members,
                        const cJSON *object)
{
    const char *names[NAMES_MAX];
    bool seen[NAMES_MAX] = {false};
    size_t count = 0;
    for (; members[count].name; count++)
        names[count] = members[count].name;
    for (const cJSON *one = object->child; one; one = one->next) {
        size_t i = 0;
        while (i < count && strcmp(one->string, names[i]) != 0)
            i++;
        if (i == count)
            return tn_site_refuse_word(reading->arena, reading->error, at, "unknown member", one->string, names, count);
        if (seen[i])
            return tn_site_refuse(reading->arena, reading->error, at, "member '%s' stands there twice", one->string);
        seen[i] = true;
    }
    return true;
}

/* In the order of the table, not of the JSON: a row's field is known before its parts are. */
static bool read_object(struct reading *reading, const struct tn_trail *at, const struct tn_site_member *members,
                        const cJSON *item, void *into)
{
    if (!cJSON_IsObject(item))
        return refuse_kind(reading, at, "an object");
    if (!check_names(reading, at, members, item))
        return false;
    for (const struct tn_site_member *member = members; member->name; member++) {
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(item, member->name);
        const struct tn_trail here = {at, member->name, 0};
        if (!value && member->needed)
            return tn_site_refuse(reading->arena, reading->error, at, "member '%s' is missing", member->name);
        if (value && !readers[member->kind](reading, &here, member, value, into))
            return false;
    }
    return true;
}

/* \u0000 in a string, which would end it there; not the text `\\u0000`. */
static bool holds_nul(struct tn_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.s[i] == '\0')
            return true;
        if (text.s[i] == '\\' && tn_str_starts(tn_str_from(text, i), TN_LIT("\\u0000")))
            return true;
        i += text.s[i] == '\\';
    }
    return false;
}

/* What cJSON would not notice, or would cut short. */
static bool check_bytes(struct tn_str text, struct tn_error *error)
{
    size_t valid = tn_utf8_valid(text);
    if (text.len > TN_SITE_MAX_BYTES)
        tn_error_set(error, TN_FATAL, TN_TOO_LARGE, NULL, "more than %d bytes", TN_SITE_MAX_BYTES);
    else if (valid < text.len)
        tn_error_set(error, TN_FATAL, TN_BINARY, NULL, "not UTF-8");
    else if (holds_nul(text))
        tn_error_set(error, TN_FATAL, TN_BINARY, NULL, "holds a NUL");
    else
        return true;
    if (text.len <= TN_SITE_MAX_BYTES && valid < text.len)
        error->line = 1 + tn_str_line_ends(tn_str_slice(text.s, valid));
    return false;
}

/* How many brackets are open at the end, and at most; a string that has no end counts as one. */
static size_t open_at_end(struct tn_str text, size_t *deepest)
{
    size_t open = 0;
    bool string = false;
    *deepest = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.s[i];
        if (string && c == '\\')
            i++;
        else if (c == '"')
            string = !string;
        else if (!string && (c == '{' || c == '['))
            open++;
        else if (!string && (c == '}' || c == ']'))
            open -= open > 0;
        *deepest = open > *deepest ? open : *deepest;
    }
    return open + string;
}

/* cJSON says where it gave up; that may be long before what is wrong. */
static void explain(struct tn_str text, struct tn_error *error)
{
    size_t deepest, open = open_at_end(text, &deepest);
    struct tn_str rest = tn_str_from(text, error->offset);
    unsigned line = 1 + tn_str_line_ends(tn_str_slice(text.s, error->offset));
    if (deepest > TN_MAX_DEPTH)
        tn_error_set(error, TN_FATAL, TN_TOO_DEEP, NULL, "nested too deep");
    else if (open && error->code != TN_TRUNCATED)
        tn_error_set(error, TN_FATAL, TN_TRUNCATED, NULL, "not JSON at '%.*s'; at the end %zu bracket%s open",
                     (int)tn_str_cut(rest, 20), rest.s, open, open == 1 ? " is" : "s are");
    error->line = deepest > TN_MAX_DEPTH ? 0 : line;
}

static bool parse(struct tn_arena *scratch, struct tn_str text, cJSON **tree, struct tn_error *error)
{
    *tree = NULL;
    if (text.len == 0) {
        tn_error_set(error, TN_FATAL, TN_EMPTY_INPUT, NULL, "is empty");
        return false;
    }
    if (!check_bytes(text, error))
        return false;
    *tree = tn_json_parse(scratch, text.s, text.len, error);
    if (!*tree && error->offset != TN_NO_OFFSET)
        explain(text, error);
    return *tree != NULL;
}

bool tn_site_read(struct tn_arena *arena, const char *bytes, size_t len, struct tn_described *described,
                  struct tn_error *error)
{
    static const char *const no_signatures[] = {NULL};
    enum { FEW_LABELS = 4 };
    struct tn_str text = tn_str_slice(bytes, len);
    struct tn_arena scratch;
    struct reading reading = {.arena = arena, .error = error};
    cJSON *tree;
    if (tn_str_starts(text, TN_LIT("\xEF\xBB\xBF")))
        text = tn_str_from(text, 3);
    *described = (struct tn_described){
        .reader = {.syntaxes = TN_READS_PAGE, .detect = tn_page_detect, .read = tn_page_read},
        .site = {.signatures = no_signatures, .few_labels = FEW_LABELS},
    };
    tn_arena_init(&scratch, (size_t)1 << 30);
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory"); /* unless somebody says something else */
    bool read = parse(&scratch, text, &tree, error) &&
                read_object(&reading, NULL, tn_site_members, tree, described);
    tn_arena_release(&scratch);
    if (arena->failed)
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return read && !arena->failed;
}
