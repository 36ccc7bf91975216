/* SPDX-License-Identifier: MIT */
#include "core/number.h"
#include "core/str.h"
#include "trialnorm/trial.h"

_Static_assert((int)TN_VALUE_MAX >= (int)TN_NUMBER_MAX, "a number must fit");

struct tn_str tn_value_text(const struct tn_record *record, int field, char *buffer)
{
    if (!tn_has(record, field))
        return (struct tn_str){NULL, 0};
    enum tn_kind kind = tn_record_type_of(record)->fields[field].kind;
    if (kind == TN_BOOL)
        return tn_bool(record, field) ? TN_LIT("true") : TN_LIT("false");
    if (kind == TN_INT)
        return tn_str_slice(buffer, tn_integer_format(tn_int(record, field), buffer));
    if (kind == TN_NUMBER)
        return tn_str_slice(buffer, tn_number_format(tn_number(record, field), buffer));
    return tn_text(record, field);
}
