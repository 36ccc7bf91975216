/* SPDX-License-Identifier: MIT */
/* What speaks for a list: the identifiers of its entries, and the labels and columns that they are told by. */
#include "readers/listing_entry.h"

struct telling {
    struct tn_evidence *evidence;
    bool seen[256]; /* fields of the trial */
};

static void tell_name(struct telling *telling, struct tn_str name)
{
    const struct tn_column *column = tn_column_find(name);
    if (!column || telling->seen[column->field])
        return;
    telling->seen[column->field] = true;
    tn_evidence_add(telling->evidence, name);
}

static void tell_text(struct telling *telling, struct tn_str label, struct tn_str text, struct tn_str link,
                      struct tn_identifier *id)
{
    struct tn_str name, value, piece;
    tell_name(telling, label);
    while (text.len < 1000 && tn_listing_piece(&text, &piece)) {
        if (tn_listing_labelled(piece, &name, &value)) {
            tell_name(telling, name);
            piece = value;
        } else if (tn_listing_speaks(piece)) {
            tn_evidence_add(telling->evidence, piece);
        }
        if (id->value[0] == '\0' && tn_listing_own_id(piece, link, id, NULL) == TN_OWN_NOT)
            id->value[0] = '\0';
    }
}

static void tell_block(struct telling *telling, const struct tn_block *block, struct tn_identifier *id)
{
    for (size_t i = 0; i < block->line_count; i++)
        tell_text(telling, block->lines[i].label, block->lines[i].text, block->lines[i].link, id);
    if (block->kind != TN_BLOCK_ROW)
        tell_text(telling, block->label, block->text, block->link, id);
    if (block->kind == TN_BLOCK_PAIR && id->value[0] == '\0')
        tell_text(telling, TN_LIT(""), block->label, TN_LIT(""), id);
}

void tn_listing_evidence(const struct tn_listing *listing, struct tn_evidence *evidence)
{
    struct telling telling = {.evidence = evidence};
    for (size_t e = 0; e < listing->count; e++) {
        struct tn_identifier id = {.value = ""};
        const struct tn_block *first = &listing->page->blocks[listing->entries[e].first];
        const struct tn_block *names = first->header ? first->header : listing->names;
        for (size_t c = 0; e == 0 && names && c < names->cell_count; c++)
            tell_name(&telling, names->cells[c]);
        for (size_t b = listing->entries[e].first; b < listing->entries[e].end; b++)
            tell_block(&telling, &listing->page->blocks[b], &id);
        tn_evidence_add(evidence, tn_str_of(id.value));
    }
}
