/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "cli/session.h"

void cli_print_document(FILE *out, const struct tn_document *document)
{
    const struct tn_verdict *verdict = document->verdict;
    char name[4096];
    tn_escape((struct tn_str){document->path, strlen(document->path)}, name, sizeof name, NULL);
    fprintf(out, "%s:", name);
    if (document->member) {
        tn_escape((struct tn_str){document->member, strlen(document->member)}, name, sizeof name, NULL);
        fprintf(out, "%s:", name);
    }
    fprintf(out, " %s (%s)", verdict->reader->name, tn_syntax_name(verdict->syntax));
    if (verdict->evidence.bits == 0) {
        fputs(", as prescribed\n", out);
        return;
    }
    tn_escape((struct tn_str){verdict->evidence.what, strlen(verdict->evidence.what)}, name, sizeof name, NULL);
    fprintf(out, ", %u bits: %s; runner-up: %s", verdict->evidence.bits, name,
            verdict->runner_up ? verdict->runner_up->name : "none\n");
    if (verdict->runner_up)
        fprintf(out, ", %u bits\n", verdict->runner_up_bits);
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
                                       .document = show_document};
    return cli_visit(settings, &visitor);
}
