/*
 * statement_year.c: all statements of a year as one ZIP: of each the signed PDF, CSV and XML.
 * It is put together in memory, which a year bounds (some 27 statements of 60 KB), so that a
 * failure on the way is still a page and never half a file.
 */
#include "base/text.h"
#include "doc/zip.h"
#include "payments/certificate.h"
#include "payments/statement.h"
#include "web/page.h"

#include <string.h>

static const struct stmt OF_YEAR = {
	"SELECT public_id FROM statement WHERE person_id = ? AND period_end BETWEEN ? AND ?"
	" ORDER BY period_end, id LIMIT 120"
};

/* Adds its forms under a name that none has yet: two may end on one day. */
static enum status
add_statement(struct request *req, struct zip *zip, const struct statement *s, size_t number,
    const char **ret_missing)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;
	const char *name =
	    text_printf(arena, "%02zu-%s", number, statement_file_name(arena, s));
	struct bytes pdf, xml = statement_xml_of(arena, locale, s);
	enum status status = statement_pdf_of(req, s, &pdf, ret_missing);

	if (status != OK)
		return status;
	if (xml.p == NULL)
		return E_BUSY;
	zip_add(zip, text_printf(arena, "%s.pdf", name), s->issued, pdf);
	zip_add(zip, text_printf(arena, "%s.csv", name), s->issued, statement_csv_of(arena, s));
	zip_add(zip, text_printf(arena, "%s.xml", name), s->issued, xml);
	return OK;
}

static enum status
add_all(struct request *req, struct zip *zip, struct rows *rows)
{
	struct db *db = request_db(req);
	const char *missing = "";
	struct statement s;
	struct id id;

	for (size_t number = 1; rows_next(rows); number++) {
		if (rows_bytes(rows, 0).n != ID_BYTES)
			return E_FAULT;
		memcpy(id.b, rows_bytes(rows, 0).p, ID_BYTES);
		enum status status = statement_read(db, id, request_caller(req)->person, &s);
		if (status != OK)
			return status;
		statement_read_pending(db, &s);
		status = add_statement(req, zip, &s, number, &missing);
		if (status == E_INPUT) {
			struct page *page = page_open(req, TPL_PAYMENTS_STATEMENT_NO_PDF);
			page_text(page, MARK_MISSING, missing);
			page_text(page, MARK_STATEMENT_ID, s.public_id);
			return reply_page(req, 200, page);
		}
		if (status != OK)
			return status;
	}
	return OK;
}

/* GET /payments/years/:year/zip */
enum status
statement_year(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct zip zip = zip_new(arena);
	const char *year = request_param(req, 0);
	int64_t n;
	day first, last;

	if (!text_to_int(year, &n) || n < 1980 || n > 9999 ||
	    !day_of_ymd((struct ymd){ (int)n, 1, 1 }, &first) ||
	    !day_of_ymd((struct ymd){ (int)n, 12, 31 }, &last))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &OF_YEAR,
	    v_int(request_caller(req)->person), v_day(first), v_day(last));
	if (rows_count(rows) == 0)
		return db_absent(request_db(req));
	enum status status = add_all(req, &zip, rows);
	if (status != OK || zip.n < rows_count(rows))
		return status;
	return reply_file(req, "application/zip",
	    text_printf(arena, "statements-%lld.zip", (long long)n), zip_end(&zip));
}
