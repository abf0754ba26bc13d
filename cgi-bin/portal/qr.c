/* qr.c: a text as a QR code, see qr.h. */
#include "portal/qr.h"

#include "base/text.h"

#include <errno.h>
#include <qrencode.h>

#define QUIET 4 /* modules around it: what ISO/IEC 18004 asks for */

static void
code_free(void *arg)
{
	QRcode_free(arg);
}

/* One run of dark modules of a row after the other: "M4 4h7v1H4z". */
static const char *
runs_of(struct arena *arena, const QRcode *code)
{
	struct buf path = buf_new(arena);

	for (int y = 0; y < code->width; y++) {
		const unsigned char *row = code->data + (ptrdiff_t)y * code->width;

		for (int x = 0, from; x < code->width; x++) {
			if (!(row[x] & 1))
				continue;
			for (from = x; x + 1 < code->width && row[x + 1] & 1;)
				x++;
			buf_printf(&path, "M%d %dh%dv1H%dz", from + QUIET, y + QUIET,
			    x - from + 1, from + QUIET);
		}
	}
	return path.p;
}

enum status
qr_draw(struct arena *arena, const char *text, const char **ret_path, int *ret_width)
{
	QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

	if (!code)
		return errno == ERANGE ? E_LIMIT : E_FAULT;
	arena_hook(arena, code_free, code);
	*ret_path = runs_of(arena, code);
	*ret_width = code->width + 2 * QUIET;
	return OK;
}

enum status
qr_show(struct page *page, struct arena *arena, const char *text)
{
	const char *path = "";
	int width = 0;
	enum status status = qr_draw(arena, text, &path, &width);

	if (status != OK)
		return status;
	struct page *part = page_include(page, MARK_QR, TPL_PORTAL_QR);
	page_text(part, MARK_SHAPE, path);
	page_id(part, MARK_WIDTH, width);
	return OK;
}
