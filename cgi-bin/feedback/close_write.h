/*
 * close_write.h: the answers of a closed round, written without anything that tells whose they
 * are.
 */
#ifndef KEPTWORD_FEEDBACK_CLOSE_WRITE_H
#define KEPTWORD_FEEDBACK_CLOSE_WRITE_H

#include "data/db.h"
#include "data/questionnaire.h"

/* Brings n things in an order that says nothing of the one before. */
void close_shuffle(const char **answers, size_t n);

/* Inside a transaction: each (JSON of answers_write()) as a response with a new random id and
 * its answers: choices as choices (also numbers from 0 to 10, which are counted one by one;
 * options of several as Y or N from everyone who answered it), other numbers, texts. */
void close_write(struct db *db, int64_t run, const struct questionnaire *q,
    const char *const *answers, size_t n);

#endif
