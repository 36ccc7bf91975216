/* SPDX-License-Identifier: MIT */
/* Containers: header fields, transfer encodings, HTTP headers, and small archives and saved pages cut at every length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/buf.h"
#include "input/fields.h"
#include "input/http.h"
#include "input/mail_parts.h"
#include "input/page_type.h"
#include "input/transfer.h"
#include "unit/support_document.h"

#define INPUTS TN_FIXTURES "/../tests/cli/inputs/"

static void assert_str(struct tn_str found, const char *expected)
{
    if (!tn_str_eq(found, tn_str_of(expected)))
        fail_msg("'%.*s' is not '%s'", (int)found.len, found.s ? found.s : "", expected);
}

static void header_fields(void **state)
{
    (void)state;
    const struct tn_str text = TN_LIT("A: 1\r\nno field\r\n b: x\nContent-Type : text/html;\r\n\tCharset = \"a b\" ; x;y=z;"
                                      "last=\r\na: 2\r\n\r\nbody");
    size_t end = tn_fields_end(text);
    assert_str(tn_str_from(text, end), "body");
    assert_int_equal(tn_fields_end(TN_LIT("A: 1\r\nB: 2\r\n")), 0);
    assert_int_equal(tn_fields_end(TN_LIT("\nA: 1")), 1);
    const struct tn_str fields = tn_str_slice(text.s, end);
    assert_str(tn_fields_get(fields, TN_LIT("a")), "1");
    assert_null(tn_fields_get(fields, TN_LIT("b")).s);
    struct tn_str type = tn_fields_get(fields, TN_LIT("content-type"));
    assert_str(tn_field_word(type), "text/html");
    assert_str(tn_field_parameter(type, TN_LIT("charset")), "a b");
    assert_str(tn_field_parameter(type, TN_LIT("Y")), "z");
    assert_str(tn_field_parameter(type, TN_LIT("last")), "");
    assert_null(tn_field_parameter(type, TN_LIT("x")).s);
    assert_str(tn_field_parameter(TN_LIT("a;b=\"never ends"), TN_LIT("b")), "never ends");
}

static void check_transfer(void (*decode)(struct tn_str, struct tn_buf *), const char *text, const char *expected)
{
    struct tn_buf out;
    tn_buf_init(&out, strlen(text) + 1);
    decode(tn_str_of(text), &out);
    assert_false(out.failed);
    assert_str(tn_str_slice(out.data, out.len), expected);
    tn_buf_release(&out);
}

static void transfer_encodings(void **state)
{
    (void)state;
    check_transfer(tn_transfer_quoted, "=E2=89=A5 18=\r\n years=  \n, a=b=3d=3Dc =", "≥ 18 years, a=b==c =");
    check_transfer(tn_transfer_quoted, "=4", "=4");
    check_transfer(tn_transfer_quoted, "=zz=", "=zz=");
    check_transfer(tn_transfer_base64, "4omlIDE4\r\nIHllYXJz", "≥ 18 years");
    check_transfer(tn_transfer_base64, "YQ==\nYmM=\n!Y*g", "abcb");
    check_transfer(tn_transfer_base64, "=", "");
}

static void http_headers(void **state)
{
    (void)state;
    struct tn_http http;
    const struct tn_str answer = TN_LIT("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/2 200\r\ncontent-type: Text/HTML; "
                                        "charset=gbk\r\nTransfer-Encoding: chunked\r\n\r\nbody");
    assert_true(tn_http_read(answer, &http));
    assert_int_equal(http.status, 200);
    assert_str(http.type, "Text/HTML");
    assert_str(http.charset, "gbk");
    assert_str(http.transfer, "chunked");
    assert_str(tn_str_from(answer, http.len), "body");
    for (size_t cut = 0; cut < answer.len - 4; cut++)
        assert_false(tn_http_read(tn_str_slice(answer.s, cut), &http));
    assert_false(tn_http_read(TN_LIT("HTTP/1.1 2000 x\r\n\r\n"), &http));
    assert_false(tn_http_read(TN_LIT("<html>\r\n\r\n"), &http));
    assert_true(tn_may_be_page(TN_LIT("")));
    assert_true(tn_may_be_page(TN_LIT("application/pdf")));
    assert_false(tn_may_be_page(TN_LIT("Image/PNG")));
}

static void mail_page(void **state)
{
    (void)state;
    bool open;
    struct tn_mail_part part = tn_mail_message(TN_LIT("Content-Type: multipart/mixed; boundary=b\n\n--bb\nx\n--b \n\n"
                                                      "one\n--b\nContent-Type: text/html\n\ntwo\r\n--b--\n--b\n\nx"));
    assert_true(tn_mail_page(&part, &open));
    assert_str(part.body, "two");
    assert_false(open);
    part = tn_mail_message(TN_LIT("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none"));
    assert_true(tn_mail_page(&part, &open));
    assert_true(open);
    assert_true(part.cut);
    assert_str(part.body, "one");
    part = tn_mail_message(TN_LIT("Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\none"));
    assert_false(tn_mail_page(&part, &open));
}

static bool check_trial(void *context, const tn_trial *trial)
{
    (void)context;
    assert_true(tn_has(trial, TN_trial_trial_id));
    assert_true(tn_has(trial, TN_trial_source));
    return true;
}

/* A copy that ends where the text ends, read at once and in small steps: the same comes out. */
static struct document_outcome read_cut(struct tn_worker *worker, struct tn_str whole, size_t cut)
{
    char *copy = malloc(cut ? cut : 1);
    assert_non_null(copy);
    memcpy(copy, whole.s, cut);
    struct tn_str bytes = tn_str_slice(copy, cut);
    struct document_outcome outcome = document_read(worker, NULL, bytes, 0, check_trial, NULL);
    struct document_outcome steps = document_read(worker, NULL, bytes, 1 + cut % 50, check_trial, NULL);
    assert_int_equal(outcome.trials, steps.trials);
    assert_int_equal(outcome.failed, steps.failed);
    free(copy);
    return outcome;
}

static void cut_everywhere(void **state)
{
    static const struct {
        const char *path;
        size_t trials;
    } inputs[] = {{INPUTS "lifts.warc", 3}, {INPUTS "lifts.warc.gz", 2}, {INPUTS "hallways.mhtml", 1}};
    (void)state;
    const struct tn_read_options options = {.provenance = true};
    struct tn_worker *worker = tn_worker_new(&options);
    assert_non_null(worker);
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        struct tn_str whole = document_load(inputs[i].path);
        size_t before = 0;
        assert_true(whole.len > 0);
        for (size_t cut = 0; cut <= whole.len; cut++) {
            size_t trials = read_cut(worker, whole, cut).trials;
            if (trials < before || trials > inputs[i].trials)
                fail_msg("%s cut at %zu: %zu trials, %zu before", inputs[i].path, cut, trials, before);
            before = trials;
        }
        assert_int_equal(before, inputs[i].trials);
        free((void *)(uintptr_t)whole.s);
    }
    tn_worker_free(worker);
}

int main(void)
{
    tn_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_fields), cmocka_unit_test(transfer_encodings), cmocka_unit_test(http_headers),
        cmocka_unit_test(mail_page),     cmocka_unit_test(cut_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
