/* SPDX-License-Identifier: MIT */
#include "input/page_type.h"

/* A name that ends in a slash or an incomplete word stands for all types that begin so. */
static const struct tn_str no_pages[] = {
    {"image/", 6},
    {"audio/", 6},
    {"video/", 6},
    {"font/", 5},
    {"application/font", 16},
    {"application/x-font", 18},
    {"application/vnd.ms-fontobject", 29},
    {"text/css", 8},
    {"text/javascript", 15},
    {"text/dns", 8},
    {"text/ecmascript", 15},
    {"application/javascript", 22},
    {"application/x-javascript", 24},
    {"application/ecmascript", 22},
    {"application/wasm", 16},
    {"application/manifest+json", 25},
};

bool tn_may_be_page(struct tn_str media_type)
{
    for (size_t i = 0; i < sizeof no_pages / sizeof no_pages[0]; i++)
        if (tn_str_starts_fold(media_type, no_pages[i]))
            return false;
    return true;
}
