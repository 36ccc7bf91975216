/* SPDX-License-Identifier: MIT */
#include "cli/session.h"

void cli_print_document(FILE *out, const struct tn_document *document)
{
    const struct tn_verdict *verdict = document->verdict;
    cli_print(out, cli_str(document->path), 0);
    fputc(':', out);
    if (document->member) {
        cli_print(out, cli_str(document->member), 0);
        fputc(':', out);
    }
    fprintf(out, " %s (%s)", verdict->reader->name, tn_syntax_name(verdict->syntax));
    if (verdict->evidence.bits == 0) {
        fputs(", as told\n", out);
        return;
    }
    fprintf(out, ", %u bits: ", verdict->evidence.bits);
    cli_print(out, cli_str(verdict->evidence.what), 0);
    if (verdict->runner_up)
        fprintf(out, "; runner-up: %s, %u bits\n", verdict->runner_up->name, verdict->runner_up_bits);
    else
        fputs("; runner-up: none\n", out);
}

/* Nothing but its reader is asked of a document. */
static bool show_document(void *context, const struct tn_document *document)
{
    (void)context;
    cli_print_document(stdout, document);
    return false;
}

int cli_detect(const struct cli_settings *settings)
{
    const struct tn_visitor visitor = {.context = (void *)(uintptr_t)settings, .report = cli_report,
                                       .document = show_document, .passed = cli_show_passed};
    return cli_visit(settings, &visitor);
}
