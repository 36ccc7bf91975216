/* SPDX-License-Identifier: MIT */
/* Conditions and outcomes: lists, and the labelled texts of EudraCT's form. */
#include "readers/ictrp.h"

/* A label of a text, and what becomes of what stands behind it. */
struct label {
    const char *label;
    void (*put)(struct tn_reading *reading, struct tn_str text);
};

static void put_text(struct tn_reading *reading, struct tn_record *record, int field, struct tn_str text)
{
    const struct tn_stated stated = tn_stated_of(text);
    tn_put(reading, record, field, &stated);
}

/* Without the semicolons that ICTRP puts between its parts. */
static struct tn_str bare(struct tn_str text)
{
    text = tn_str_trim(text);
    while (text.len && text.s[text.len - 1] == ';')
        text = tn_str_trim(tn_str_slice(text.s, text.len - 1));
    while (text.len && text.s[0] == ';')
        text = tn_str_trim(tn_str_from(text, 1));
    return text;
}

/* The label that stands at the beginning of the text. */
static const struct label *label_of(const struct label *labels, size_t count, struct tn_str text)
{
    for (size_t i = 0; i < count; i++)
        if (tn_str_starts_fold(text, tn_str_of(labels[i].label)))
            return &labels[i];
    return NULL;
}

/* Puts what stands before the first label by `head`, and what stands behind each by its own function. A label begins a line
 * or stands behind a semicolon. */
static void put_labelled(struct tn_reading *reading, const struct label *labels, size_t count, struct tn_str text,
                         void (*head)(struct tn_reading *reading, struct tn_str text))
{
    while (text.len) {
        const struct label *label = label_of(labels, count, text);
        size_t at = label ? strlen(label->label) : 0, end = at ? at : 1;
        while (end < text.len && !((text.s[end - 1] == ';' || text.s[end - 1] == '\n' || text.s[end - 1] == ' ') &&
                                   label_of(labels, count, tn_str_from(text, end))))
            end++;
        struct tn_str part = bare(tn_str_slice(text.s + at, end - at));
        if (part.len)
            (label ? label->put : head)(reading, part);
        text = tn_str_from(text, end);
    }
}

/* Outcomes. */

static bool is_secondary(const struct tn_reading *reading)
{
    for (const struct tn_trail *at = reading->trail; at; at = at->up)
        if (at->key && tn_str_starts_fold(tn_str_of(at->key), TN_LIT("Secondary")))
            return true;
    return false;
}

static struct tn_record *add_outcome(struct tn_reading *reading, struct tn_str kind, struct tn_str measure)
{
    struct tn_record *outcome = tn_add_record(reading->trial, TN_trial_outcomes);
    put_text(reading, outcome, TN_outcome_measure, measure);
    tn_set_text(outcome, TN_outcome_kind, kind);
    return outcome;
}

static void put_main_objective(struct tn_reading *reading, struct tn_str text)
{
    put_text(reading, reading->trial, TN_trial_primary_objective, text);
}

static void put_secondary_objective(struct tn_reading *reading, struct tn_str text)
{
    put_text(reading, reading->trial, TN_trial_secondary_objectives, text);
}

static void put_primary(struct tn_reading *reading, struct tn_str text)
{
    add_outcome(reading, TN_LIT("PRIMARY"), text);
}

static void put_secondary(struct tn_reading *reading, struct tn_str text)
{
    add_outcome(reading, TN_LIT("SECONDARY"), text);
}

/* Belongs to the end point before it. */
static void put_time_point(struct tn_reading *reading, struct tn_str text)
{
    size_t count = tn_count(reading->trial, TN_trial_outcomes);
    struct tn_record *last = count ? tn_record_edit(reading->trial, TN_trial_outcomes, count - 1) : NULL;
    bool same = last && tn_str_eq(tn_text(last, TN_outcome_kind), is_secondary(reading) ? TN_LIT("SECONDARY") : TN_LIT("PRIMARY"));
    const struct tn_stated stated = tn_stated_of(text);
    if (same && !tn_has(last, TN_outcome_time_frame))
        tn_put(reading, last, TN_outcome_time_frame, &stated);
    else
        tn_put_extra_here(reading, &stated);
}

static void put_outcome(struct tn_reading *reading, struct tn_str text)
{
    (is_secondary(reading) ? put_secondary : put_primary)(reading, text);
}

/* ANZCTR's "measure[time point]", SLCTR's "measure [3 months]": the last brackets of the part. */
static bool split_time(struct tn_str part, struct tn_str *measure, struct tn_str *time)
{
    int open = 0;
    if (part.len == 0 || part.s[part.len - 1] != ']')
        return false;
    for (size_t at = part.len; at-- > 1;) {
        open += (part.s[at] == ']') - (part.s[at] == '[');
        if (open)
            continue;
        *measure = tn_str_trim(tn_str_slice(part.s, at));
        *time = tn_str_trim(tn_str_slice(part.s + at + 1, part.len - at - 2));
        return measure->len && time->len;
    }
    return false;
}

/* IRCT's "Fever. Timepoint: Days 1-7. Method of measurement: Thermometer." and CTRI's "RecoveryTimepoint: 28 days". A part with
 * several times is several outcomes, and nobody knows where one ends. */
struct timed {
    struct tn_str measure, time, method;
};

static size_t find_time(struct tn_str part, struct tn_str *label)
{
    static const char *const labels[] = {"Timepoint:", "Measurement time:", "Measure Time:"}; /* the others: RPCEC, REPEC */
    size_t at = TN_NO_OFFSET;
    for (size_t i = 0; i < sizeof labels / sizeof labels[0] && at == TN_NO_OFFSET; i++) {
        *label = tn_str_of(labels[i]);
        at = tn_str_find(part, *label);
    }
    return at;
}

static bool split_timepoint(struct tn_str part, struct timed *timed)
{
    struct tn_str label, method = TN_LIT("Method of measurement:");
    size_t at = find_time(part, &label);
    if (at == TN_NO_OFFSET)
        return false;
    *timed = (struct timed){.measure = tn_str_trim(tn_str_slice(part.s, at)), .time = tn_str_from(part, at + label.len)};
    if (tn_str_find(timed->time, label) != TN_NO_OFFSET)
        return false;
    size_t end = tn_str_find(timed->time, method);
    if (end != TN_NO_OFFSET) {
        timed->method = tn_str_trim(tn_str_from(timed->time, end));
        timed->time.len = end;
    }
    timed->time = tn_str_trim(timed->time);
    if (timed->time.len && timed->time.s[timed->time.len - 1] == '.')
        timed->time.len--;
    return timed->measure.len && timed->time.len;
}

static void put_outcomes(struct tn_reading *reading, struct tn_str text)
{
    const struct tn_ictrp *own = tn_ictrp_of(reading);
    bool brackets = own->of.registry && (strcmp(own->of.registry, "ANZCTR") == 0 || strcmp(own->of.registry, "SLCTR") == 0);
    struct tn_str part, kind = is_secondary(reading) ? TN_LIT("SECONDARY") : TN_LIT("PRIMARY");
    while (tn_ictrp_next(&text, &part, true)) {
        struct timed timed = {.measure = part};
        if (part.len == 0)
            continue;
        if (!(brackets && split_time(part, &timed.measure, &timed.time)) && !split_timepoint(part, &timed))
            timed = (struct timed){.measure = part};
        struct tn_record *outcome = add_outcome(reading, kind, timed.measure);
        if (timed.time.len)
            put_text(reading, outcome, TN_outcome_time_frame, timed.time);
        if (timed.method.len)
            put_text(reading, outcome, TN_outcome_description, timed.method);
    }
}

void tn_ictrp_put_outcomes(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    static const struct label labels[] = {
        {"Main Objective:", put_main_objective},
        {"Secondary Objective:", put_secondary_objective},
        {"Primary end point(s):", put_primary},
        {"Secondary end point(s):", put_secondary},
        {"Timepoint(s) of evaluation of this end point:", put_time_point},
    };
    const struct tn_ictrp *own = tn_ictrp_of(reading);
    struct tn_str text = tn_ictrp_text(reading, value->text);
    (void)record;
    (void)field;
    if (!own || text.len == 0)
        return;
    if (own->of.habit == TN_ICTRP_EUDRACT)
        put_labelled(reading, labels, sizeof labels / sizeof labels[0], text, put_outcome);
    else
        put_outcomes(reading, text);
}

/* Conditions. */

static bool is_there(const struct tn_record *trial, struct tn_str text)
{
    for (size_t i = 0; i < tn_count(trial, TN_trial_conditions) && i < TN_ICTRP_COMPARED; i++)
        if (tn_str_eq(tn_text_at(trial, TN_trial_conditions, i), text))
            return true;
    return false;
}

static void put_condition(struct tn_reading *reading, struct tn_str text)
{
    if (text.len && !is_there(reading->trial, text))
        put_text(reading, reading->trial, TN_trial_conditions, text);
}

static bool is_bullet(struct tn_str line)
{
    return tn_str_starts(line, TN_LIT("-")) || tn_str_starts(line, TN_LIT("\u2022"));
}

/* One text, or a list where each line has a bullet. */
static void put_conditions(struct tn_reading *reading, struct tn_str text)
{
    struct tn_str rest = text, line;
    bool list = is_bullet(text);
    while (list && tn_str_next_line(&rest, &line))
        list = is_bullet(tn_str_trim(line));
    if (!list)
        put_condition(reading, text);
    while (list && tn_str_next_line(&text, &line)) {
        line = tn_str_trim(line);
        put_condition(reading, tn_str_trim(tn_str_from(line, line.s[0] == '-' ? 1 : strlen("\u2022"))));
    }
}

static bool is_icd10(struct tn_str text)
{
    return text.len >= 3 && text.len <= 6 && text.s[0] >= 'A' && text.s[0] <= 'Z' && tn_is_digit(text.s[1]) &&
           tn_is_digit(text.s[2]) && (text.len == 3 || (text.s[3] == '.' && tn_is_digit(text.s[text.len - 1])));
}

/* A number of MeSH's tree, `C01.748.610`, as ReBEC has them: it does not say of which system its codes are. */
static bool is_tree_number(struct tn_str text)
{
    size_t at = 3;
    if (text.len < 7 || text.s[0] < 'A' || text.s[0] > 'Z' || !tn_is_digit(text.s[1]) || !tn_is_digit(text.s[2]))
        return false;
    for (; at + 3 < text.len && text.s[at] == '.'; at += 4)
        for (size_t i = 1; i <= 3; i++)
            if (!tn_is_digit(text.s[at + i]))
                return false;
    return at == text.len;
}

static struct tn_record *code_of(struct tn_reading *reading, struct tn_str system, struct tn_str code)
{
    struct tn_record *trial = reading->trial;
    for (size_t i = 0; i < tn_count(trial, TN_trial_condition_codes) && i < TN_ICTRP_COMPARED; i++)
        if (tn_str_eq(tn_text(tn_record_at(trial, TN_trial_condition_codes, i), TN_condition_code_code), code))
            return NULL;
    struct tn_record *entry = tn_add_record(trial, TN_trial_condition_codes);
    if (system.len)
        tn_set_text(entry, TN_condition_code_system, system);
    put_text(reading, entry, TN_condition_code_code, code);
    return entry;
}

/* Behind `label`, up to the first of the labels that may follow or the end of the line. */
static struct tn_str behind(struct tn_str text, const char *label)
{
    static const char *const ends[] = {"\n", "Level:", "Classification code", "Term:", "System Organ Class:", ";"};
    size_t at = tn_str_find(text, tn_str_of(label));
    if (at == TN_NO_OFFSET)
        return TN_LIT("");
    struct tn_str value = tn_str_from(text, at + strlen(label));
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t end = tn_str_find(value, tn_str_of(ends[i]));
        value.len = end == TN_NO_OFFSET ? value.len : end;
    }
    return tn_str_trim(value);
}

/* "20.0 Level: PT Classification code 10036673 Term: Primary amyloidosis System Organ Class: ...": what no field has stays in
 * `extra`. */
static void put_meddra(struct tn_reading *reading, struct tn_str text)
{
    const struct tn_stated whole = tn_stated_of(tn_str_format(reading->arena, "MedDRA version: %.*s", (int)text.len, text.s));
    struct tn_str code = behind(text, "Classification code");
    while (code.len && !tn_is_digit(code.s[0]))
        code = tn_str_from(code, 1);
    struct tn_record *entry = code.len ? code_of(reading, TN_LIT("MedDRA"), code) : NULL;
    if (code.len == 0 || entry)
        tn_put_extra_here(reading, &whole);
    size_t end = 0;
    while (end < text.len && (tn_is_digit(text.s[end]) || text.s[end] == '.'))
        end++;
    if (!entry)
        return;
    put_text(reading, entry, TN_condition_code_version, tn_str_slice(text.s, end));
    put_text(reading, entry, TN_condition_code_term, behind(text, "Term:"));
}

static void put_area(struct tn_reading *reading, struct tn_str text)
{
    const struct tn_stated area = tn_stated_of(text);
    tn_put_extra(reading, TN_LIT("Therapeutic area"), &area);
}

/* How long "Condition 2: " (IRCT) or "Health Condition 2: " (CTRI) is at the beginning of the text; 0: it is not there. */
static size_t condition_label(struct tn_str text, unsigned number)
{
    struct tn_str label = TN_LIT("Condition "), health = TN_LIT("Health ");
    size_t at = tn_str_starts(text, health) ? health.len : 0, digits;
    unsigned long stated;
    if (!tn_str_starts(tn_str_from(text, at), label))
        return 0;
    for (at += label.len, digits = at; digits < text.len && tn_is_digit(text.s[digits]);)
        digits++;
    bool counts = tn_str_uint(tn_str_slice(text.s + at, digits - at), 999, &stated) && stated == number;
    return counts && digits < text.len && text.s[digits] == ':' ? digits + 1 : 0;
}

/* "Condition 1: COVID-19. Condition 2: Pneumonia." without the labels. */
static void put_counted(struct tn_reading *reading, struct tn_str text)
{
    unsigned number = 1;
    for (size_t len; (len = condition_label(text, number)) > 0; number++) {
        size_t end = len;
        while (end < text.len && !(text.s[end - 1] == ' ' && condition_label(tn_str_from(text, end), number + 1)))
            end++;
        struct tn_str condition = tn_str_trim(tn_str_slice(text.s + len, end - len));
        if (condition.len && condition.s[condition.len - 1] == '.')
            condition.len--;
        put_condition(reading, condition);
        text = tn_str_from(text, end);
    }
    put_condition(reading, text);
}

static void put_list(struct tn_reading *reading, struct tn_str text)
{
    const struct tn_ictrp *own = tn_ictrp_of(reading);
    bool unknown = own->of.registry && strcmp(own->of.registry, "ReBEC") == 0;
    struct tn_str line, part, none = {NULL, 0};
    while (tn_str_next_line(&text, &line))
        while (tn_ictrp_next(&line, &part, false)) {
            if (is_icd10(part))
                code_of(reading, unknown ? none : TN_LIT("ICD-10"), part);
            else if (is_tree_number(part))
                code_of(reading, none, part);
            else
                put_counted(reading, part);
        }
}

void tn_ictrp_put_conditions(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    static const struct label labels[] = {{"MedDRA version:", put_meddra}, {"Therapeutic area:", put_area}};
    const struct tn_ictrp *own = tn_ictrp_of(reading);
    struct tn_str text = tn_ictrp_text(reading, value->text);
    (void)record;
    (void)field;
    if (!own || text.len == 0)
        return;
    if (own->of.habit == TN_ICTRP_EUDRACT)
        put_labelled(reading, labels, sizeof labels / sizeof labels[0], text, put_conditions);
    else
        put_list(reading, text);
}
