/* SPDX-License-Identifier: MIT */
/* The list of all readers. Their order means nothing: evidence decides. */
#include <string.h>

#include "trialnorm/reader.h"

extern const struct tn_reader tn_reader_normalized;
extern const struct tn_reader tn_reader_ctgov_v2;
extern const struct tn_reader tn_reader_ctgov_xml;
extern const struct tn_reader tn_reader_ctgov_csv;
extern const struct tn_reader tn_reader_aact;
extern const struct tn_reader tn_reader_anzctr;
extern const struct tn_reader tn_reader_ctis;
extern const struct tn_reader tn_reader_ctgov_v1;
extern const struct tn_reader tn_reader_ctgov_json_fields;
extern const struct tn_reader tn_reader_drks;
extern const struct tn_reader tn_reader_ictrp;
extern const struct tn_reader tn_reader_isrctn;
extern const struct tn_reader tn_reader_who_xml;
extern const struct tn_reader tn_reader_ignite_sd;
extern const struct tn_reader tn_reader_meddatax;
extern const struct tn_reader tn_reader_clinconnect;
extern const struct tn_reader tn_reader_ctv_veeva;
extern const struct tn_reader tn_reader_clinicaltrialsfinder;
extern const struct tn_reader tn_reader_ctgov_page;
extern const struct tn_reader tn_reader_euctr;
extern const struct tn_reader tn_reader_euctr_page;
extern const struct tn_reader tn_reader_gsk_studyregister;
extern const struct tn_reader tn_reader_cris_page;
extern const struct tn_reader tn_reader_takeda;
extern const struct tn_reader tn_reader_chictr_page;
extern const struct tn_reader tn_reader_delimited;
extern const struct tn_reader tn_reader_json;
extern const struct tn_reader tn_reader_xml;
extern const struct tn_reader tn_reader_listing;
extern const struct tn_reader tn_reader_page;

const struct tn_reader *const *tn_readers(void)
{
    static const struct tn_reader *const all[] = {
        &tn_reader_normalized,
        &tn_reader_ctgov_v2,
        &tn_reader_ctgov_xml,
        &tn_reader_ctgov_csv,
        &tn_reader_aact,
        &tn_reader_anzctr,
        &tn_reader_ctgov_v1,
        &tn_reader_ctgov_json_fields,
        &tn_reader_ictrp,
        &tn_reader_isrctn,
        &tn_reader_who_xml,
        &tn_reader_ignite_sd, &tn_reader_meddatax,
        &tn_reader_clinconnect,   &tn_reader_ctv_veeva, &tn_reader_clinicaltrialsfinder,
        &tn_reader_ctgov_page,
        &tn_reader_ctis,
        &tn_reader_drks,
        &tn_reader_euctr,
        &tn_reader_euctr_page,
        &tn_reader_gsk_studyregister,
        &tn_reader_cris_page,
        &tn_reader_takeda,
        &tn_reader_chictr_page,
        &tn_reader_listing,
        &tn_reader_page,
        &tn_reader_delimited,
        &tn_reader_json,
        &tn_reader_xml,
        NULL,
    };
    return all;
}

const struct tn_reader *tn_reader_among(const struct tn_reader *const *readers, const char *name)
{
    for (; *readers; readers++)
        if (strcmp((*readers)->name, name) == 0)
            return *readers;
    return NULL;
}

const struct tn_reader *tn_reader_find(const char *name)
{
    return tn_reader_among(tn_readers(), name);
}
