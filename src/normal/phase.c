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
    {"nil", 0, false},
    {"none", 0, false},
    {"not applicable", NA, false},
    {"not available", 0, false},
    {"not entered", 0, false},
    {"not provided", 0, false},
    {"not reported", 0, false},
    {"not selected", 0, false},
    {"not specified", 0, false},
    {"not stated", 0, false},
    {"null", 0, false},
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
    YES, /* of the phase before it, in the EudraCT matrix */
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
    {"applicable", NUMBER, NA}, /* behind `not` */
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
    {"na", NUMBER, NA},
    {"no", NO, 0},
    {"not", FILLER, 0},
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
    {"to", DETAIL, 0},
    {"trial", FILLER, 0},
    {"two", NUMBER, PHASE2},
    {"use", FILLER, 0},
    {"yes", YES, 0},
};

struct reading {
    unsigned set;     /* phases that are sure */
    unsigned pending; /* phases read since the last yes or no */
    bool matrix;      /* there was a yes or a no */
    bool early;
    bool coarser;
    bool unknown;
};

static const struct term *find_term(const char *word)
{
    size_t row = tn_fold_find(terms, sizeof(terms) / sizeof(terms[0]), sizeof(terms[0]), word);
    return row == TN_NO_OFFSET ? NULL : &terms[row];
}

/* The term of a word without `phase` before it (phase2, phaseiii) and a sub-phase's letter behind it (2a, iiib). */
static const struct term *find_number(char *word, bool *coarser)
{
    word += strncmp(word, "phase", 5) == 0 ? 5 : 0;
    const struct term *term = find_term(word);
    size_t len = strlen(word);
    if (!term && len > 1 && word[len - 1] >= 'a' && word[len - 1] <= 'd') {
        word[len - 1] = '\0';
        *coarser = true;
        term = find_term(word);
    }
    return term && term->role == NUMBER ? term : NULL;
}

static void read_answer(struct reading *reading, bool yes)
{
    reading->set |= yes ? reading->pending : 0;
    reading->coarser = reading->coarser || (yes && !reading->pending);
    reading->pending = 0;
    reading->matrix = true;
}

static void read_number(struct reading *reading, unsigned set)
{
    if (reading->early && set != PHASE1)
        reading->unknown = true;
    reading->pending |= reading->early ? EARLY_PHASE1 : set;
    reading->early = false;
}

static void read_word(struct reading *reading, char *word)
{
    const struct term *term = find_term(word);
    bool sub_phase_apart = word[0] >= 'a' && word[0] <= 'd' && word[1] == '\0' && reading->pending;
    if (!term && !sub_phase_apart)
        term = find_number(word, &reading->coarser);
    if (sub_phase_apart) {
        reading->coarser = true; /* `Phase II b` */
        return;
    }
    if (!term) {
        reading->unknown = true;
        return;
    }
    switch ((enum role)term->role) {
    case FILLER: break;
    case DETAIL: reading->coarser = true; break;
    case EARLY: reading->early = true; break;
    case NUMBER: read_number(reading, term->set); break;
    case YES: read_answer(reading, true); break;
    case NO: read_answer(reading, false); break;
    }
}

/* A matrix is coarsened by what it affirms and no phase stands for, not by the labels of its lines. */
static bool read_words(char *key, struct reading *reading)
{
    bool coarser_matrix = false;
    for (char *word = key; *word && !reading->unknown;) {
        size_t len = strcspn(word, " ");
        bool last = word[len] == '\0';
        word[len] = '\0';
        read_word(reading, word);
        word += len + !last;
    }
    (void)coarser_matrix;
    return !reading->unknown && !reading->early;
}

static void set_words(struct tn_phases *phases, unsigned set)
{
    for (unsigned i = 0; i < TN_PHASES_MAX; i++)
        if (set & (1U << i))
            phases->words[phases->count++] = phase_words[i];
}

enum tn_code tn_normal_phases(struct tn_str raw, struct tn_phases *phases)
{
    return TN_UNKNOWN_VALUE;
}
