/*
 * pdf.c: a document's blocks, and asking a helper to draw them. The helper's side is
 * pdf_serve.c, the drawing pdf_draw.c, pdf_layout.c and pdf_table.c.
 */
#include "doc/pdf.h"

#include "doc/helper_inner.h"
#include "doc/pdf_inner.h"
#include "doc/pipework.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define ANSWER_SECONDS 15 /* a helper gives up after 10 (pdf_serve.c) */
#define PDF_BYTES_MAX ((uint32_t)64 << 20)

struct pdf_doc *
pdf_new(struct arena *arena)
{
	struct pdf_doc *doc = arena_new_of(arena, struct pdf_doc);

	doc->arena = arena;
	doc->title = doc->author = "";
	doc->language = "en";
	return doc;
}

void
pdf_add(struct pdf_doc *doc, enum pdf_kind kind, size_t n, const char *const *cells)
{
	struct pdf_block *block = arena_new_of(doc->arena, struct pdf_block);

	block->kind = kind;
	block->n = n;
	block->cells = arena_array_of(doc->arena, const char *, n);
	for (size_t i = 0; i < n; i++)
		block->cells[i] = text_copy(doc->arena, cells[i]);
	if (doc->last != NULL)
		doc->last->next = block;
	else
		doc->first = block;
	doc->last = block;
}

static void
sink(void *to, const void *bytes, size_t n)
{
	buf_add(to, bytes, n);
}

bool
pdf_pack(struct arena *arena, const struct pdf_doc *doc, struct bytes *ret)
{
	struct buf out = buf_new(arena);
	const char *head[] = { doc->title, doc->author, doc->language,
		doc->right_to_left ? "1" : "0",
		text_printf(arena, "%lld", (long long)doc->created), doc->footer,
		doc->page_words };
	bool good = record_emit(sizeof head / sizeof *head, head, sink, &out);

	for (const struct pdf_block *at = doc->first; good && at != NULL; at = at->next) {
		const char **cells = arena_array_of(arena, const char *, at->n + 1);
		cells[0] = text_printf(arena, "%d", (int)at->kind);
		for (size_t i = 0; i < at->n; i++)
			cells[i + 1] = at->cells[i];
		good = record_emit(at->n + 1, cells, sink, &out);
	}
	*ret = (struct bytes){ (unsigned char *)out.p, out.n };
	return good;
}

/* The next record of packed; its cells point into the bytes. */
static bool
next_record(struct arena *arena, struct bytes *packed, struct record *ret)
{
	struct record_head head;

	if (packed->n < sizeof head)
		return false;
	memcpy(&head, packed->p, sizeof head);
	if (head.bytes > packed->n - sizeof head || head.cells > RECORD_CELLS_MAX)
		return false;
	ret->n = head.cells;
	ret->cells = arena_array_of(arena, const char *, head.cells);
	if (!record_take(head, (const char *)packed->p + sizeof head, ret->cells))
		return false;
	packed->p += sizeof head + head.bytes;
	packed->n -= sizeof head + head.bytes;
	return true;
}

struct pdf_doc *
pdf_unpack(struct arena *arena, struct bytes packed)
{
	struct pdf_doc *doc = pdf_new(arena);
	struct record record;
	int64_t number;

	if (!next_record(arena, &packed, &record) || record.n != 7 || record.cells[4] == NULL ||
	    !text_to_int(record.cells[4], &number))
		return NULL;
	doc->title = text_copy(arena, record.cells[0]);
	doc->author = text_copy(arena, record.cells[1]);
	doc->language = text_copy(arena, record.cells[2]);
	doc->right_to_left = text_is(record.cells[3], "1");
	doc->created = number;
	doc->footer = record.cells[5];
	doc->page_words = record.cells[6];
	while (packed.n > 0) {
		if (!next_record(arena, &packed, &record) || record.n == 0 ||
		    record.cells[0] == NULL || !text_to_int(record.cells[0], &number) ||
		    number < 0 || number >= PDF_KIND_MAX)
			return NULL;
		pdf_add(doc, (enum pdf_kind)number, record.n - 1, record.cells + 1);
	}
	return doc;
}

/* What a call holds, given back by the arena's hook or, on the straight way, earlier. */
struct pdf_call {
	struct pipe_reader answer;
	int far, file;
	bool slot;
};

static void
release(void *arg)
{
	struct pdf_call *call = arg;

	close_fd(&call->answer.fd);
	close_fd(&call->far);
	close_fd(&call->file);
	if (call->slot)
		helper_give_slot(HELPER_PDF);
	call->slot = false;
}

static enum status
take_answer(
    struct arena *arena, struct pdf_call *call, struct bytes *ret_pdf, const char **ret_missing)
{
	struct pdf_answer head;

	if (pipe_read(&call->answer, &head, sizeof head) != PIPE_OK)
		return E_AWAY;
	if (head.status >= STATUS_MAX || head.missing > 16 || head.pdf > PDF_BYTES_MAX)
		return E_FAULT;
	char *missing = arena_alloc(arena, head.missing + 1);
	unsigned char *pdf = arena_alloc(arena, head.pdf);
	if (pipe_read(&call->answer, missing, head.missing) != PIPE_OK ||
	    pipe_read(&call->answer, pdf, head.pdf) != PIPE_OK)
		return E_AWAY;
	if (head.status == OK)
		*ret_pdf = (struct bytes){ pdf, head.pdf };
	if (head.status == E_INPUT)
		*ret_missing = missing;
	return (enum status)head.status;
}

static enum status
through_helper(struct arena *arena, struct pdf_call *call, struct bytes packed,
    struct bytes *ret_pdf, const char **ret_missing)
{
	int both[2];
	enum status status = helper_take_slot(HELPER_PDF);

	if (status != OK)
		return status;
	call->slot = true;
	call->file = bytes_to_fd(packed);
	if (call->file < 0 || pipe2(both, O_CLOEXEC) < 0)
		return E_BUSY;
	call->answer.fd = both[0];
	call->far = both[1];
	call->answer.deadline = time_ticks() + ANSWER_SECONDS * SECOND;
	status = helper_send(HELPER_PDF, 0, "", (const int[]){ call->file, call->far }, 2);
	close_fd(&call->far);
	return status != OK ? status : take_answer(arena, call, ret_pdf, ret_missing);
}

enum status
pdf_render(struct arena *arena, const struct pdf_doc *doc, struct bytes *ret_pdf,
    const char **ret_missing)
{
	struct bytes packed;

	if (!helper_runs(HELPER_PDF))
		return E_AWAY;
	if (!pdf_pack(arena, doc, &packed))
		return E_FAULT;
	enum status status = E_AWAY;
	/* A helper that dies with our job in hand has done nothing that matters: once more. */
	for (int attempt = 0; attempt < 2 && status == E_AWAY; attempt++) {
		struct pdf_call *call = arena_new_of(arena, struct pdf_call);
		call->answer.fd = call->far = call->file = -1;
		arena_hook(arena, release, call);
		status = through_helper(arena, call, packed, ret_pdf, ret_missing);
		release(call);
	}
	return status;
}
