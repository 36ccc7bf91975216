/* SPDX-License-Identifier: MIT */
#include "input/beside.h"

static const char document[] = "a document about the files, and no record";
static const char licence[] = "a licence";
static const char schema[] = "a schema: it says what records look like";
static const char dictionary[] = "a data dictionary: it says what columns and members mean";
static const char checksums[] = "checksums or a signature of other files";
static const char picture[] = "a picture";
static const char part[] = "a part of how pages look";
static const char desktop[] = "what a desktop keeps of a folder";

/* The first words of a name, however they are joined (`data dictionary`, `data_dictionary-v2`, `DataDictionary`). */
static const struct {
    const char *words;
    const char *what;
    bool anywhere; /* also behind other words */
} names[] = {
    {"readme", document, false},       {"read me", document, false},   {"contents", document, false},
    {"changelog", document, false},    {"changes", document, false},   {"release notes", document, false},
    {"authors", document, false},      {"citation", document, false},  {"disclaimer", document, false},
    {"manifest", document, false},     {"license", licence, false},    {"licence", licence, false},
    {"copying", licence, false},       {"copyright", licence, false},  {"notice", licence, false},
    {"terms of use", licence, false},  {"nlm study", document, false}, {"nlm protocol definitions", document, false},
    {"nlm results definitions", document, false},                      {"data dictionary", dictionary, true},
    {"data definitions", dictionary, true},                            {"codebook", dictionary, true},
    {"schema", schema, true},          {"md5sums", checksums, false},  {"sha1sums", checksums, false},
    {"sha256sums", checksums, false},  {"checksums", checksums, false},
};

static const struct {
    const char *ending;
    const char *what;
} endings[] = {
    {".xsd", schema},       {".dtd", schema},     {".rng", schema},      {".xsl", part},       {".xslt", part},
    {".css", part},         {".js", part},        {".woff", part},       {".woff2", part},     {".ttf", part},
    {".png", picture},      {".jpg", picture},    {".jpeg", picture},    {".gif", picture},    {".svg", picture},
    {".ico", picture},      {".bmp", picture},    {".tif", picture},     {".tiff", picture},   {".webp", picture},
    {".md5", checksums},    {".sha1", checksums}, {".sha256", checksums}, {".sha512", checksums}, {".sig", checksums},
    {".asc", checksums},    {"desktop.ini", desktop}, {"thumbs.db", desktop}, {"ehthumbs.db", desktop},
};

/* What is in an archive is looked at file by file. */
static const char *const archives[] = {".zip", ".tar", ".tgz", ".7z", ".gz", ".xz", ".zst", ".bz2", ".warc"};

static struct tn_str last_part(struct tn_str path)
{
    size_t from = path.len;
    while (from && path.s[from - 1] != '/' && path.s[from - 1] != '\\')
        from--;
    return tn_str_from(path, from);
}

static bool joins(char c)
{
    return c == ' ' || c == '_' || c == '-';
}

/* The words stand at the beginning of `text` as whole words. */
static bool starts_with(struct tn_str text, const char *words)
{
    size_t at = 0;
    for (; *words; words++) {
        if (*words == ' ') {
            at += at < text.len && joins(text.s[at]);
            continue;
        }
        if (at == text.len || tn_lower(text.s[at]) != *words)
            return false;
        at++;
    }
    return at == text.len || !tn_is_alnum(text.s[at]);
}

static bool has_words(struct tn_str text, const char *words, bool anywhere)
{
    bool found = starts_with(text, words);
    for (size_t i = 1; i < text.len && anywhere && !found; i++)
        found = !tn_is_alnum(text.s[i - 1]) && starts_with(tn_str_from(text, i), words);
    return found;
}

const char *tn_beside_what(struct tn_str path)
{
    struct tn_str name = last_part(path);
    for (size_t i = 0; i < sizeof archives / sizeof archives[0]; i++)
        if (tn_str_ends_fold(name, tn_str_of(archives[i])))
            return NULL;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (tn_str_ends_fold(name, tn_str_of(endings[i].ending)))
            return endings[i].what;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (has_words(name, names[i].words, names[i].anywhere))
            return names[i].what;
    return NULL;
}
