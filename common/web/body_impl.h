/*
 * body_impl.h: what body.c and multipart.c share.
 */
#ifndef KEPTWORD_BODY_IMPL_H
#define KEPTWORD_BODY_IMPL_H

#include "web/body.h"

/* Appends a part; body->parts has room for *room. */
void body_add(struct arena *arena, struct body *body, size_t *room, struct body_part part);

/* The byte of two hex digits, -1 when one is none. */
int body_hex(unsigned char high, unsigned char low);

/* multipart/form-data; body->bad on E_INPUT and E_LIMIT. */
MUST_USE enum status multipart_read(
    struct arena *arena, const char *content_type, struct bytes raw, struct body *body);

#endif
