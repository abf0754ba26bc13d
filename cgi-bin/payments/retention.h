/* retention.h: how long rows of payments are kept; retention.c. */
#ifndef KEPTWORD_PAYMENTS_RETENTION_H
#define KEPTWORD_PAYMENTS_RETENTION_H

#include "data/retention.h"

extern const struct retention PAYMENTS_RETENTION[];

#endif
