/*
 * arena.h: memory that dies together.
 *
 * One arena per request, per command or per job step; everything allocated from
 * it is freed whole by arena_free(), after its hooks have run in reverse order.
 * An arena belongs to one thread at a time.
 *
 * Allocation never returns NULL. When the arena's limit is reached or the
 * machine is out of memory, arena_alloc() jumps to the recovery point that the
 * skeleton set with arena_recover() (a request answers 503, a command ends with a
 * sentence); without one it aborts. So no caller checks for NULL, and no caller
 * may hold a resource that only a later line of its own would release: give such
 * a resource to arena_hook().
 */
#ifndef KEPTWORD_ARENA_H
#define KEPTWORD_ARENA_H

#include "base/status.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new arena that may hand out up to limit bytes in all. NULL when out of memory.
 * The caller frees it with arena_free(). */
struct arena *arena_new(size_t limit);

/* Runs the hooks, last first, then frees everything. NULL is allowed. */
void arena_free(struct arena *arena);

/* Runs the hooks and forgets everything handed out, but keeps the first block for
 * the next request. */
void arena_reset(struct arena *arena);

/* n bytes of zeroed memory, aligned for any type, never NULL. n = 0 gives a valid
 * pointer to nothing. */
void *arena_alloc(struct arena *arena, size_t n)
    __attribute__((returns_nonnull, malloc, alloc_size(2)));

/* One zeroed T, or an array of n of them (overflow of the product counts as out of
 * memory). */
#define arena_new_of(arena, T) ((T *)arena_alloc((arena), sizeof(T)))
#define arena_array_of(arena, T, n) ((T *)arena_array((arena), sizeof(T), (n)))
void *arena_array(struct arena *arena, size_t size, size_t n)
    __attribute__((returns_nonnull, malloc, alloc_size(3, 2)));

/* A copy of n bytes with a NUL behind them. */
char *arena_copy(struct arena *arena, const void *bytes, size_t n)
    __attribute__((returns_nonnull));

/* Makes the newest allocation p longer in place, from old to n bytes, the new ones zero.
 * False when it is not the newest or there is no room: then nothing has changed. */
MUST_USE bool arena_grow(struct arena *arena, void *p, size_t old, size_t n);

/* run(arg) will be called when the arena is reset or freed. Hooks may use memory of
 * the arena, but must not allocate. When there is no memory left to remember the hook,
 * run(arg) is called at once, then it goes on as for arena_alloc(). */
void arena_hook(struct arena *arena, void (*run)(void *arg), void *arg);

/* Where to jump (longjmp with 1) when memory runs out; NULL takes the point away.
 * The point must be live: its function has not returned. */
void arena_recover(struct arena *arena, jmp_buf *point);

/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *arena);

#endif
