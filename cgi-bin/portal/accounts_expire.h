/* accounts_expire.h: what of signing in is over is thrown away. */
#ifndef KEPTWORD_PORTAL_ACCOUNTS_EXPIRE_H
#define KEPTWORD_PORTAL_ACCOUNTS_EXPIRE_H

#include "data/job.h"

/* A step of a job that runs every hour: half-open sign-ins, tries and addresses that wait, 2 days;
 * links 30 days after their end, sessions 90. */
enum status accounts_expire(struct db *db, struct job *job);

#endif
