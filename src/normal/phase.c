/* SPDX-License-Identifier: MIT */
#include "normal/phase.h"

#include "normal/fold.h"

/* Phases as a set. */
enum { NA = 1, EARLY_PHASE1 = 2, PHASE1 = 4, PHASE2 = 8, PHASE3 = 16, PHASE4 = 32 };

static const char *const phase_words[TN_PHASES_MAX] = {"NA", "EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4"};

/* Whole texts that are not made of the words below. */
static const struct phrase {
    const char *spelling;
    unsigned char set;
    bool coarser;
} phrases[] = {
    {"0", 0, true}, /* ChiCTR: exploratory or pilot study */
    {"0 exploratory trials", 0, true},
    {"bioequivalence", 0, true},
    {"bioequivalence study", 0, true},
    {"diagnostic new technique clincal study", 0, true}, /* ChiCTR's spelling */
    {"diagnostic new technique clinical study", 0, true},
    {"n", NA, false}, /* `N/` */
    {"n a", NA, false},
    {"na", NA, false},
    {"new treatment measure clinical study", 0, true},
    {"not applicable", NA, false},
    {"other", 0, true},
    {"others", 0, true},
    {"pilot", 0, true},
    {"pilot study", 0, true},
    {"post market", PHASE4, true},
    {"post marketing", PHASE4, true},
    {"post marketing surveillance", PHASE4, true},
    {"postmarketing surveillance", PHASE4, true},
    {"retrospective study", 0, true},
};

/* The words that phases are written with. */
enum role {
    FILLER, /* says nothing of its own */
    DETAIL, /* says more than the phase: the text is coarsened */
    EARLY,  /* of the phase behind it */
    NUMBER,
    RANGE, /* `first administration to humans`, but not `1 to 3` */
    YES,   /* of the phase before it, in the EudraCT matrix */
    NO
};

static const struct term {
    const char *word;
    unsigned char role; /* enum role */
    unsigned char set;
} terms[] = {
    {"0", NUMBER, EARLY_PHASE1},
    {"1", NUMBER, PHASE1},
    {"2", NUMBER, PHASE2},
    {"3", NUMBER, PHASE3},
    {"4", NUMBER, PHASE4},
    {"administration", DETAIL, 0},
    {"and", FILLER, 0},
    {"bioequivalence", DETAIL, 0},
    {"br", FILLER, 0}, /* <br> between the lines of the matrix */
    {"clinical", FILLER, 0},
    {"confirmatory", FILLER, 0},
    {"early", EARLY, 0},
    {"exploratory", FILLER, 0},
    {"first", DETAIL, 0},
    {"four", NUMBER, PHASE4},
    {"human", FILLER, 0},
    {"humans", DETAIL, 0},
    {"i", NUMBER, PHASE1},
    {"ii", NUMBER, PHASE2},
    {"iii", NUMBER, PHASE3},
    {"integrated", FILLER, 0},
    {"iv", NUMBER, PHASE4},
    {"n", FILLER, 0}, /* a line end that some exports spell out as \\n; also before the next word */
    {"na", NUMBER, NA},
    {"no", NO, 0},
    {"ntherapeutic", FILLER, 0},
    {"of", FILLER, 0},
    {"one", NUMBER, PHASE1},
    {"or", FILLER, 0},
    {"other", DETAIL, 0},
    {"pharmacology", FILLER, 0},
    {"phase", FILLER, 0},
    {"phases", FILLER, 0},
    {"studies", FILLER, 0},
    {"study", FILLER, 0},
    {"therapeutic", FILLER, 0},
    {"three", NUMBER, PHASE3},
    {"to", RANGE, 0},
    {"trial", FILLER, 0},
    {"two", NUMBER, PHASE2},
    {"use", FILLER, 0},
    {"yes", YES, 0},
};

struct reading {
    unsigned set;     /* phases that are sure */
    unsigned pending; /* phases read since the last yes or no */
    enum role before; /* of the word before */
    bool matrix;      /* there was a yes or a no */
    bool early;       /* the next phase is */
    bool detail;      /* DETAIL since the last yes or no */
    bool coarser;
};

static const struct term *find_term(const char *word)
{
    size_t row = tn_fold_find(terms, sizeof(terms) / sizeof(terms[0]), sizeof(terms[0]), word);
    return row == TN_NO_OFFSET ? NULL : &terms[row];
}

static bool is_sub_phase(char c)
{
    return c >= 'a' && c <= 'c';
}

/* The term of a number with `phase` before it (phase2, phaseiii) or a sub-phase's letter behind it (2a, iiib). */
static const struct term *find_number(char *word, bool *coarser)
{
    word += strncmp(word, "phase", 5) == 0 ? 5 : 0;
    const struct term *term = find_term(word);
    size_t len = strlen(word);
    if (!term && len > 1 && is_sub_phase(word[len - 1])) {
        word[len - 1] = '\0';
        *coarser = true;
        term = find_term(word);
    }
    return term && term->role == NUMBER ? term : NULL;
}

static void read_answer(struct reading *reading, bool yes)
{
    if (yes) {
        reading->set |= reading->pending;
        reading->coarser = reading->coarser || reading->detail || !reading->pending;
    }
    reading->pending = 0;
    reading->detail = false;
    reading->matrix = true;
}

static bool read_number(struct reading *reading, unsigned set)
{
    bool sense = reading->before != RANGE && (!reading->early || set == PHASE1);
    reading->pending |= reading->early ? EARLY_PHASE1 : set;
    reading->early = false;
    return sense;
}

/* False where the word makes no sense in a phase. */
static bool read_word(struct reading *reading, char *word)
{
    if (reading->pending && is_sub_phase(word[0]) && word[1] == '\0') { /* `Phase II b` */
        reading->coarser = true;
        return true;
    }
    const struct term *term = find_term(word);
    if (!term)
        term = find_number(word, &reading->coarser);
    enum role role = term ? (enum role)term->role : FILLER;
    bool sense = term != NULL;
    switch (role) {
    case FILLER:
    case RANGE: break;
    case DETAIL: reading->detail = true; break;
    case EARLY: reading->early = true; break;
    case NUMBER: sense = read_number(reading, term->set); break;
    case YES: read_answer(reading, true); break;
    case NO: read_answer(reading, false); break;
    }
    reading->before = role;
    return sense;
}

static bool read_words(char *key, struct reading *reading)
{
    for (char *word; (word = tn_fold_next_word(&key)) != NULL;)
        if (!read_word(reading, word))
            return false;
    reading->set |= reading->pending; /* behind the last answer, or all where there was none */
    reading->coarser = reading->coarser || reading->detail;
    return !reading->early && (reading->set || reading->matrix);
}

/* `1-3` may mean two phases or three: the words are the two, and the raw text is kept. */
static bool has_gap(unsigned set)
{
    return ((set & PHASE1) && (set & (PHASE3 | PHASE4)) && !(set & PHASE2)) ||
           ((set & PHASE2) && (set & PHASE4) && !(set & PHASE3));
}

static void set_words(struct tn_phases *phases, unsigned set, bool coarser)
{
    for (unsigned i = 0; i < TN_PHASES_MAX; i++)
        if (set & (1U << i))
            phases->words[phases->count++] = phase_words[i];
    phases->coarser = coarser;
}

static const struct phrase *find_phrase(const char *key)
{
    if (strncmp(key, "phase ", 6) == 0 && strcmp(key + 6, "0") != 0) /* `Phase Not Applicable` */
        key += 6;
    size_t row = tn_fold_find(phrases, sizeof(phrases) / sizeof(phrases[0]), sizeof(phrases[0]), key);
    return row == TN_NO_OFFSET ? NULL : &phrases[row];
}

enum tn_code tn_normal_phases(struct tn_str raw, struct tn_phases *phases)
{
    struct reading reading = {.before = FILLER};
    char key[TN_FOLD_MAX];
    *phases = (struct tn_phases){.count = 0};
    for (unsigned i = 0; i < TN_PHASES_MAX; i++)
        if (tn_str_eq(raw, tn_str_of(phase_words[i]))) {
            set_words(phases, 1U << i, false);
            return TN_CODE_NONE;
        }
    const struct phrase *phrase = tn_fold(raw, key) ? find_phrase(key) : NULL;
    if (phrase) {
        set_words(phases, phrase->set, phrase->coarser);
        return TN_CODE_NONE;
    }
    if (tn_fold_absent(raw))
        return TN_CODE_NONE;
    if (!read_words(key, &reading))
        return TN_UNKNOWN_VALUE;
    set_words(phases, reading.set, reading.coarser || has_gap(reading.set));
    return TN_CODE_NONE;
}
