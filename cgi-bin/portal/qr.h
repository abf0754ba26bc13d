/*
 * qr.h: a text as a QR code, drawn into the part {{>QR}} of a page (templates/portal/qr.tpl): dark
 * modules on a light ground with the quiet zone around them, whatever the colours of the page. The
 * matrix is libqrencode's.
 */
#ifndef KEPTWORD_PORTAL_QR_H
#define KEPTWORD_PORTAL_QR_H

#include "web/page.h"

/* At most 2,000 bytes. E_LIMIT: it does not fit into a code. */
MUST_USE enum status qr_show(struct page *page, struct arena *arena, const char *text);

/* The dark modules as an SVG path of runs, and how wide the drawing is with its quiet zone. */
MUST_USE enum status qr_draw(
    struct arena *arena, const char *text, const char **ret_path, int *ret_width);

#endif
