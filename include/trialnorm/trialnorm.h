/* SPDX-License-Identifier: MIT */
/* libtrialnorm: clinical-trial records from any registry or site, in one clean form.
 *
 * trial.h   the record and how it is read
 * reader.h  who reads what: detection and reading
 * site.h    pages described by their user
 * where.h   which trials are wanted
 * writer.h  the forms that trials are written in
 * error.h   text slices, codes, severities
 *
 * The library neither prints nor exits, keeps no state outside what the caller holds (but for cJSON's hooks, see
 * tn_init), and knows no locale. */
#ifndef TRIALNORM_TRIALNORM_H
#define TRIALNORM_TRIALNORM_H

#include "trialnorm/error.h"
#include "trialnorm/reader.h"
#include "trialnorm/site.h"
#include "trialnorm/trial.h"
#include "trialnorm/where.h"
#include "trialnorm/writer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "0.1.0". Static. */
const char *tn_version(void);

#ifdef __cplusplus
}
#endif
#endif
