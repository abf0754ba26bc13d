/*
 * arena.c: memory that dies together, see arena.h. Used by everything.
 *
 * An arena owns a chain of blocks; the first one made stays when the arena is reset.
 * Small things are cut from the newest block; a thing larger than a quarter of the next
 * block gets a block of its own behind the newest. The limit counts what was handed out
 * (rounded up to the alignment), not what blocks cost; blocks double up to 1 MiB.
 *
 * Under AddressSanitizer what is not handed out is poisoned, and a gap stands between
 * two allocations, so that an overrun is found at once.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#define GAP ALIGN
#else
#define POISON(p, n) ((void)0)
#define UNPOISON(p, n) ((void)0)
#define GAP 0
#endif

#define ALIGN alignof(max_align_t)
#define FIRST_BLOCK ((size_t)8 * 1024)
#define LARGEST_BLOCK ((size_t)1024 * 1024)

struct block {
	struct block *older;
	size_t room; /* bytes in data */
	size_t used;
	alignas(max_align_t) unsigned char data[];
};

struct hook {
	struct hook *older;
	void (*run)(void *arg);
	void *arg;
};

struct arena {
	struct block *newest;
	struct block *first; /* the one that a reset keeps */
	size_t next_room;
	struct hook *hooks;
	jmp_buf *recovery;
	size_t limit;
	size_t used;
	bool closing; /* hooks are running */
};

static struct block *
block_new(size_t room)
{
	struct block *block = malloc(sizeof *block + room);

	if (!block)
		return NULL;
	block->older = NULL;
	block->room = room;
	block->used = 0;
	POISON(block->data, room);
	return block;
}

static void
block_free(struct block *block)
{
	UNPOISON(block->data, block->room);
	free(block);
}

static _Noreturn void
out_of_memory(const struct arena *arena)
{
	if (arena->recovery)
		longjmp(*arena->recovery, 1);
	abort();
}

struct arena *
arena_new(size_t limit)
{
	struct arena *arena = calloc(1, sizeof *arena);

	if (!arena)
		return NULL;
	arena->limit = limit;
	arena->next_room = FIRST_BLOCK * 2;
	arena->first = block_new(FIRST_BLOCK);
	if (!arena->first) {
		free(arena);
		return NULL;
	}
	arena->newest = arena->first;
	return arena;
}

/* A hook may look at the arena's memory, so it runs before anything is taken back. Each
 * is taken off the list first, so none runs twice. */
static void
run_hooks(struct arena *arena)
{
	arena->closing = true;
	while (arena->hooks) {
		struct hook *hook = arena->hooks;

		arena->hooks = hook->older;
		hook->run(hook->arg);
	}
	arena->closing = false;
}

void
arena_free(struct arena *arena)
{
	if (!arena)
		return;
	run_hooks(arena);
	while (arena->newest) {
		struct block *block = arena->newest;

		arena->newest = block->older;
		block_free(block);
	}
	free(arena);
}

void
arena_reset(struct arena *arena)
{
	run_hooks(arena);
	while (arena->newest) {
		struct block *block = arena->newest;

		arena->newest = block->older;
		if (block != arena->first)
			block_free(block);
	}
	arena->newest = arena->first;
	arena->newest->older = NULL;
	arena->newest->used = 0;
	arena->next_room = FIRST_BLOCK * 2;
	POISON(arena->newest->data, arena->newest->room);
	arena->used = 0;
}

/* n is a multiple of ALIGN. NULL when out of memory. */
static void *
alloc_in_new_block(struct arena *arena, size_t n)
{
	struct block *block;

	if (n > arena->next_room / 4) {
		/* Of its own, behind the newest, which may still have room for small things. */
		block = block_new(n + GAP);
		if (!block)
			return NULL;
		block->older = arena->newest->older;
		arena->newest->older = block;
	} else {
		block = block_new(arena->next_room);
		if (!block)
			return NULL;
		block->older = arena->newest;
		arena->newest = block;
		if (arena->next_room < LARGEST_BLOCK)
			arena->next_room *= 2;
	}
	block->used = n + GAP;
	return block->data;
}

/* NULL when there is no memory left for n bytes. */
static void *
alloc_or_null(struct arena *arena, size_t n)
{
	struct block *block = arena->newest;
	size_t rounded = (n + ALIGN - 1) & ~(ALIGN - 1);
	void *p;

	if (rounded < n || rounded > arena->limit - arena->used || arena->closing)
		return NULL;
	if (rounded + GAP <= block->room - block->used) {
		p = block->data + block->used;
		block->used += rounded + GAP;
	} else {
		p = alloc_in_new_block(arena, rounded);
		if (!p)
			return NULL;
	}
	arena->used += rounded;
	UNPOISON(p, n);
	return p;
}

void *
arena_alloc(struct arena *arena, size_t n)
{
	void *p = alloc_or_null(arena, n);

	if (!p)
		out_of_memory(arena);
	return memset(p, 0, n);
}

void *
arena_array(struct arena *arena, size_t size, size_t n)
{
	size_t all;

	if (__builtin_mul_overflow(size, n, &all))
		out_of_memory(arena);
	return arena_alloc(arena, all);
}

char *
arena_copy(struct arena *arena, const void *bytes, size_t n)
{
	char *p;

	if (n == SIZE_MAX)
		out_of_memory(arena);
	p = alloc_or_null(arena, n + 1);
	if (!p)
		out_of_memory(arena);
	if (n > 0)
		memcpy(p, bytes, n);
	p[n] = '\0';
	return p;
}

bool
arena_grow(struct arena *arena, void *p, size_t old, size_t n)
{
	struct block *block = arena->newest;
	size_t had = (old + ALIGN - 1) & ~(ALIGN - 1);
	size_t rounded = (n + ALIGN - 1) & ~(ALIGN - 1);
	unsigned char *end = (unsigned char *)p + had + GAP;

	if (rounded < n || rounded < had || end != block->data + block->used)
		return false;
	if (rounded - had > block->room - block->used ||
	    rounded - had > arena->limit - arena->used)
		return false;
	block->used += rounded - had;
	arena->used += rounded - had;
	UNPOISON(p, n);
	memset((unsigned char *)p + old, 0, n - old);
	return true;
}

void
arena_hook(struct arena *arena, void (*run)(void *arg), void *arg)
{
	struct hook *hook = alloc_or_null(arena, sizeof *hook);

	if (!hook) {
		run(arg);
		out_of_memory(arena);
	}
	hook->run = run;
	hook->arg = arg;
	hook->older = arena->hooks;
	arena->hooks = hook;
}

void
arena_recover(struct arena *arena, jmp_buf *point)
{
	arena->recovery = point;
}

size_t
arena_used(const struct arena *arena)
{
	return arena->used;
}
