/*
 * builtin.h: the addresses that every plugin answers on its socket. They begin with "/-/",
 * which nginx hands to nobody, so they are for whoever may connect to the socket.
 */
#ifndef KEPTWORD_BUILTIN_H
#define KEPTWORD_BUILTIN_H

#include "web/route.h"

/* Ended by path NULL. */
extern const struct route BUILTIN_ROUTES[];

#endif
