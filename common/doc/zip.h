/*
 * zip.h: several files as one ZIP (APPNOTE 6.3.3), stored as they are: what goes in is compressed
 * already (PDF) or small. An own writer of a hundred lines, because a library would bring more than
 * that is. Names are ASCII; no file and no archive reaches 4 GiB.
 */
#ifndef KEPTWORD_ZIP_H
#define KEPTWORD_ZIP_H

#include "base/text.h"
#include "base/time.h"

struct zip {
	struct buf out;      /* files so far, each behind its head */
	struct buf contents; /* the directory, which comes behind them */
	size_t n;            /* files; 65535 at most */
};
struct zip zip_new(struct arena *arena);
/* changed: shown as UTC, because the format has no zone; from 1980 on. */
void zip_add(struct zip *zip, const char *name, instant changed, struct bytes content);
/* Ends it. */
struct bytes zip_end(struct zip *zip);

#endif
