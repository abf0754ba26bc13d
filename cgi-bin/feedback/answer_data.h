/*
 * answer_data.h: what one person has answered in one round, while it is open. Nothing of it is
 * written anywhere but as one sealed row.
 */
#ifndef KEPTWORD_FEEDBACK_ANSWER_DATA_H
#define KEPTWORD_FEEDBACK_ANSWER_DATA_H

#include "feedback/seal.h"
#include "web/questionnaire_form.h"
#include "web/request.h"

/* Why a round takes no answers from this person. */
enum answering {
	ANSWERING,
	ANSWERING_CLOSED, /* its time is over */
	ANSWERING_LOST    /* its key is not on this machine */
};
struct answer_data {
	struct answers answers; /* first: form->answers points here */
	enum answering how;
	struct seal_place place;
	const struct questionnaire *q;
	size_t language;
	const char *id; /* of the round, in addresses */
	const char *title, *purpose;
	instant closes;
	int64_t least, minutes;
	bool begun, sent; /* something is saved; something was sent */
	bool changed;     /* ... and saved again since, which does not count yet */
};

/* The caller's own invitation to the round of the address; E_ABSENT when there is none. */
MUST_USE enum status answer_read(struct request *req, struct answer_data *ret);

/* Inside a transaction: what is saved replaces what was. sent: these answers count now.
 * E_INPUT: the round has ended meanwhile or its key is gone (*ret_how); E_LIMIT: too long. */
MUST_USE enum status answer_write(struct db *db, const struct answer_data *data,
    const struct answers *answers, bool sent, enum answering *ret_how);

#endif
