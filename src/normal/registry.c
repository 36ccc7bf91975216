/* SPDX-License-Identifier: MIT */
/* Registries: their names, the hosts that they live or lived at, and their addresses of trials. */
#include "normal/identifier.h"

enum { HOSTS_MAX = 3 };

struct registry {
    const char *name;
    const char *hosts[HOSTS_MAX];
    const char *before, *after; /* of the identifier in an address; NULL where there is no form that lasts */
};

static const struct registry registries[] = {
    {"ClinicalTrials.gov", {"clinicaltrials.gov"}, "https://clinicaltrials.gov/study/", ""},
    {"EUCTR", {"clinicaltrialsregister.eu"},
     "https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:", ""},
    {"CTIS", {"euclinicaltrials.eu"}, "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT=", ""},
    {"ISRCTN", {"isrctn.com", "isrctn.org", "controlled-trials.com"}, "https://www.isrctn.com/", ""},
    {"ANZCTR", {"anzctr.org.au"}, "https://anzctr.org.au/", ".aspx"},
    {"ChiCTR", {"chictr.org.cn", "chictr.org"}, NULL, NULL},
    {"CTRI", {"ctri.nic.in", "ctri.icmr.org.in"}, NULL, NULL},
    {"DRKS", {"drks.de", "germanctr.de"}, "https://drks.de/search/en/trial/", ""},
    {"jRCT", {"jrct.mhlw.go.jp", "jrct.niph.go.jp"}, "https://jrct.mhlw.go.jp/en-latest-detail/", ""},
    {"UMIN", {"umin.ac.jp"}, NULL, NULL},
    {"JapicCTI", {"clinicaltrials.jp", "japic.or.jp"}, NULL, NULL},
    {"JMA", {"jmacct.med.or.jp"}, NULL, NULL},
    {"IRCT", {"irct.ir", "irct.behdasht.gov.ir"}, NULL, NULL},
    {"CRiS", {"cris.nih.go.kr"}, NULL, NULL}, /* its addresses hold an internal number */
    {"NTR", {"trialregister.nl"}, NULL, NULL},
    {"OMON", {"onderzoekmetmensen.nl"}, NULL, NULL},
    {"PACTR", {"pactr.samrc.ac.za", "pactr.org"}, NULL, NULL},
    {"ReBEC", {"ensaiosclinicos.gov.br"}, "https://ensaiosclinicos.gov.br/rg/", ""},
    {"RPCEC", {"rpcec.sld.cu", "registroclinico.sld.cu"}, NULL, NULL},
    {"SLCTR", {"slctr.lk"}, NULL, NULL},
    {"TCTR", {"thaiclinicaltrials.org", "clinicaltrials.in.th"}, "https://www.thaiclinicaltrials.org/show/", ""},
    {"REPEC", {"ensayosclinicos-repec.ins.gob.pe"}, NULL, NULL},
    {"LBCTR", {"lbctr.moph.gov.lb"}, NULL, NULL},
    {"ITMCTR", {"itmctr.ccebtcm.org.cn"}, NULL, NULL},
    {"HKUCTR", {"hkuctr.com"}, NULL, NULL},
};

enum { REGISTRY_COUNT = sizeof registries / sizeof *registries };

static const struct registry *registry_named(const char *name)
{
    for (size_t i = 0; name && i < REGISTRY_COUNT; i++)
        if (strcmp(registries[i].name, name) == 0)
            return &registries[i];
    return NULL;
}

const char *tn_registry_name(size_t i)
{
    return i < REGISTRY_COUNT ? registries[i].name : NULL;
}

static bool may_stand_in_address(struct tn_str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (!tn_is_alnum(value.s[i]) && value.s[i] != '-' && value.s[i] != '/')
            return false;
    return value.len > 0 && value.len < TN_IDENTIFIER_MAX;
}

struct tn_str tn_identifier_url(struct tn_arena *arena, const char *registry, struct tn_str value)
{
    const struct registry *row = registry_named(registry);
    if (!row || !row->before || !may_stand_in_address(value))
        return (struct tn_str){NULL, 0};
    struct tn_str before = tn_str_of(row->before), after = tn_str_of(row->after);
    char *url = tn_arena_alloc(arena, before.len + value.len + after.len + 1);
    if (!url)
        return (struct tn_str){NULL, 0};
    memcpy(url, before.s, before.len);
    memcpy(url + before.len, value.s, value.len);
    memcpy(url + before.len + value.len, after.s, after.len + 1);
    return tn_str_slice(url, before.len + value.len + after.len);
}

/* The host in `url`: behind scheme and user, without port and final point. */
static struct tn_str host_of(struct tn_str url)
{
    size_t scheme = tn_str_find(url, TN_LIT("://"));
    size_t end = 0;
    if (scheme != TN_NO_OFFSET && tn_str_find_char(tn_str_slice(url.s, scheme), '/') == TN_NO_OFFSET)
        url = tn_str_from(url, scheme + 3);
    else if (tn_str_starts(url, TN_LIT("//")))
        url = tn_str_from(url, 2);
    while (end < url.len && !memchr("/?#\\", url.s[end], 4))
        end++;
    url.len = end;
    for (size_t user; (user = tn_str_find_char(url, '@')) != TN_NO_OFFSET;)
        url = tn_str_from(url, user + 1);
    size_t port = tn_str_find_char(url, ':');
    if (port != TN_NO_OFFSET)
        url.len = port;
    if (url.len && url.s[url.len - 1] == '.')
        url.len--;
    return url;
}

bool tn_identifier_url_is_of(const char *registry, struct tn_str url)
{
    const struct registry *row = registry_named(registry);
    struct tn_str host = host_of(tn_str_trim(url));
    for (size_t i = 0; row && i < HOSTS_MAX && row->hosts[i]; i++) {
        struct tn_str want = tn_str_of(row->hosts[i]);
        bool under = host.len > want.len && host.s[host.len - want.len - 1] == '.';
        if (tn_str_ends_fold(host, want) && (under || host.len == want.len))
            return true;
    }
    return false;
}
