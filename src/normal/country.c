/* SPDX-License-Identifier: MIT */
#include "normal/country.h"

#include "normal/fold.h"

static const struct {
    const char *name;
    char code[3];
} names[] = {
#define TN_COUNTRY(name, code) {name, code},
#include "normal/countries.inc"
#undef TN_COUNTRY
};

static const struct {
    char alpha2[3];
    char alpha3[4];
} codes[] = {
#define TN_COUNTRY_CODE(alpha2, alpha3) {alpha2, alpha3},
#include "normal/country_codes.inc"
#undef TN_COUNTRY_CODE
};

/* Takes the word `the` out of a folded name. */
static void drop_articles(char *key)
{
    char *out = key;
    for (const char *in = key; *in;) {
        size_t len = strcspn(in, " ");
        bool article = len == 3 && memcmp(in, "the", 3) == 0;
        if (!article) {
            if (out != key)
                *out++ = ' ';
            memmove(out, in, len);
            out += len;
        }
        in += len;
        in += *in == ' ';
    }
    *out = '\0';
}

bool tn_normal_country_name(struct tn_str raw, struct tn_country *country)
{
    char key[TN_FOLD_MAX];
    if (tn_fold(raw, key) == 0)
        return false;
    drop_articles(key);
    size_t row = tn_fold_find(names, sizeof(names) / sizeof(names[0]), sizeof(names[0]), key);
    if (row == TN_NO_OFFSET)
        return false;
    memcpy(country->code, names[row].code, sizeof(country->code));
    return true;
}

static bool find_code(struct tn_str code, struct tn_country *country)
{
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        const char *known = code.len == 2 ? codes[i].alpha2 : codes[i].alpha3;
        if (memcmp(known, code.s, code.len) == 0) {
            memcpy(country->code, codes[i].alpha2, sizeof(country->code));
            return true;
        }
    }
    return false;
}

bool tn_normal_country(struct tn_str raw, struct tn_country *country)
{
    raw = tn_str_trim(raw);
    return ((raw.len == 2 || raw.len == 3) && find_code(raw, country)) || tn_normal_country_name(raw, country);
}
