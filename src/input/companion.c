/* SPDX-License-Identifier: MIT */
#include "input/companion.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"

/* What browsers and office programs put behind the page's name: the list that Windows keeps ("connected files"). */
static const char *const endings[] = {
    "_files",     "-Dateien",    "_fichiers",  "_bestanden", "_file",      "_archivos", "-filer",    "_tiedostot",
    "_pliki",     "_soubory",    "_elemei",    "_ficheiros", "_arquivos",  "_dosyalar", "_datoteke", "_fitxers",
    "_failid",    "_fails",      "_bylos",     "_fajlovi",   "_fitxategiak", ".files",  "_filer",
};

static const char *const pages[] = {".html", ".htm", ".xhtml", ".HTML", ".HTM"};

/* Room for a name as long as file systems have it (255 bytes), and an ending. */
enum { NAME_ROOM = 512 };

static bool is_there(const char *name, const char *const *sorted, size_t count)
{
    size_t from = 0;
    while (from < count) {
        size_t middle = from + (count - from) / 2;
        int order = strcmp(name, sorted[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            count = middle;
        else
            from = middle + 1;
    }
    return false;
}

static bool has_page(struct tn_str stem, const char *const *sorted, size_t count)
{
    char page[NAME_ROOM];
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        int len = snprintf(page, sizeof page, "%.*s%s", (int)stem.len, stem.s, pages[i]);
        if (len > 0 && (size_t)len < sizeof page && is_there(page, sorted, count))
            return true;
    }
    return false;
}

bool tn_is_companion(const char *name, const char *const *sorted, size_t count)
{
    struct tn_str whole = tn_str_of(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        struct tn_str ending = tn_str_of(endings[i]);
        if (whole.len > ending.len && whole.len < NAME_ROOM && tn_str_ends_fold(whole, ending) &&
            has_page(tn_str_slice(whole.s, whole.len - ending.len), sorted, count))
            return true;
    }
    return false;
}
