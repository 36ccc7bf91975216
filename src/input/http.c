/* SPDX-License-Identifier: MIT */
#include "input/http.h"

#include "input/fields.h"

/* `HTTP/1.1 200 OK` */
static bool read_status(struct tn_str line, unsigned *status)
{
    size_t blank = tn_str_find_char(line, ' ');
    unsigned long number;
    if (!tn_str_starts_fold(line, TN_LIT("HTTP/")) || blank == TN_NO_OFFSET)
        return false;
    line = tn_str_trim(tn_str_from(line, blank));
    if (line.len < 3 || (line.len > 3 && tn_is_digit(line.s[3])) || !tn_str_uint(tn_str_slice(line.s, 3), 999, &number))
        return false;
    *status = (unsigned)number;
    return true;
}

static bool read_one(struct tn_str head, struct tn_http *http)
{
    struct tn_str line, fields;
    *http = (struct tn_http){.len = tn_fields_end(head)};
    if (http->len == 0)
        return false;
    fields = tn_str_slice(head.s, http->len);
    if (!tn_str_next_line(&fields, &line) || !read_status(line, &http->status))
        return false;
    struct tn_str type = tn_fields_get(fields, TN_LIT("Content-Type"));
    http->type = tn_field_word(type);
    http->charset = tn_field_parameter(type, TN_LIT("charset"));
    http->transfer = tn_fields_get(fields, TN_LIT("Transfer-Encoding"));
    http->content = tn_fields_get(fields, TN_LIT("Content-Encoding"));
    return true;
}

bool tn_http_read(struct tn_str head, struct tn_http *http)
{
    size_t passed = 0;
    while (read_one(tn_str_from(head, passed), http)) {
        passed += http->len;
        http->len = passed;
        if (http->status >= 200 || http->status == 101)
            return true;
    }
    return false;
}
