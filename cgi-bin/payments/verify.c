/*
 * verify.c: see verify.h. Rule (README 29): whoever knows a document's number learns issuer,
 * date and whether it still stands; name and amounts only who has the file, and out of the
 * file.
 */
#include "payments/verify.h"

#include "base/text.h"
#include "data/crypto.h"
#include "doc/pdf.h"
#include "doc/xml.h"
#include "payments/seal.h"
#include "web/page.h"

#define FILE_MOST ((int64_t)5 << 20)
#define XMP_MOST ((size_t)256 << 10)

enum {
	NUMBER
};
enum {
	SENT_FILE
};
static const struct field NUMBER_FIELDS[] = {
	[NUMBER] = { .name = "number", .kind = FIELD_CODE, .max = 40 },
	{ 0 },
};
static const struct field FILE_FIELDS[] = {
	[SENT_FILE] = { .name = "file", .kind = FIELD_FILE, .max = FILE_MOST },
	{ 0 },
};
const struct form VERIFY_FORM = { "verify", NUMBER_FIELDS, .show = verify_show };
const struct form VERIFY_FILE_FORM = { "verify_file", FILE_FIELDS, .show = verify_show,
	.multipart = true };

/* superseded: a statement that corrects it, or, for a certificate, one of the same days that
 * was issued later. */
static const struct stmt BY_NUMBER = {
	"SELECT e.name, s.issued_at,"
	" EXISTS (SELECT 1 FROM statement f WHERE f.corrects_id = s.id)"
	" FROM statement s JOIN legal_entity e ON e.id = s.legal_entity_id WHERE s.public_id = "
	"?"
	" UNION ALL"
	" SELECT e.name, c.issued_at,"
	" EXISTS (SELECT 1 FROM statement f WHERE f.person_id = c.person_id"
	"  AND f.period_end BETWEEN c.first_day AND c.last_day AND f.issued_at > c.issued_at)"
	" FROM certificate c JOIN legal_entity e ON e.id = c.legal_entity_id"
	" WHERE c.public_id = ?"
};

/* ---- In the parser child ---- */

static const char *const FACTS[] = { "kind", "number", "issuer", "payee", "issued", "from",
	"to", "currency", "amount" };

static void
tell_fact(struct arena *arena, const struct xml_node *node, struct parse_out *out)
{
	for (size_t i = 0; i < sizeof FACTS / sizeof *FACTS; i++) {
		if (!xml_is(node, FACTS[i]) || !text_is(xml_namespace(node), PDF_FACTS))
			continue;
		out_record(out, 3, (const char *[]){ "fact", FACTS[i], xml_text(arena, node) });
	}
}

static void
tell_facts(struct arena *arena, struct bytes xmp, struct parse_out *out)
{
	const struct xml_node *root;
	struct xml_fault fault;

	if (xmp.n == 0 || xml_read(arena, xmp, XMP_MOST, &root, &fault) != OK)
		return;
	const struct xml_node *description = xml_child(xml_child(root, "RDF"), "Description");
	for (const struct xml_node *node = xml_child(description, NULL); node != NULL;
	     node = xml_next(node, NULL))
		tell_fact(arena, node, out);
}

enum status
verify_parse(
    struct arena *arena, struct bytes file, const char *unused_options, struct parse_out *out)
{
	struct pdf_signed found;
	const char *result;
	enum status status = pdf_signature_find(arena, file, &found);

	(void)unused_options;
	if (status == OK)
		status = sealer_verify(seal_own(), found.head, found.tail, found.der);
	switch (status) {
	case OK:
		result = found.whole ? "intact" : "added";
		break;
	case E_ABSENT:
		result = "no_pdf";
		break;
	case E_CONFLICT:
		result = "changed";
		break;
	case E_DENIED:
		result = "foreign";
		break;
	default:
		result = "unsigned";
	}
	out_record(out, 2, (const char *[]){ "result", result });
	if (status == OK && found.whole)
		tell_facts(arena, found.xmp, out);
	return OK;
}

/* ---- In the plugin ---- */

/* Both forms, and above them what there is to say. */
static struct page *
open_page(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_VERIFY);

	page_form(page, MARK_NUMBER_FORM, &VERIFY_FORM);
	page_form(page, MARK_FILE_FORM, &VERIFY_FILE_FORM);
	return page;
}

/* GET /payments/verify */
enum status
verify_show(struct request *req)
{
	return reply_page(req, 200, open_page(req));
}

bool
verify_number(struct db *db, struct id id, const char **ret_issuer, instant *ret_issued,
    bool *ret_superseded)
{
	const struct value number = v_bytes(id.b, ID_BYTES);
	struct rows *rows = db_read(db, &BY_NUMBER, number, number);

	if (!rows_next(rows))
		return false;
	if (ret_issuer != NULL)
		*ret_issuer = rows_text(rows, 0);
	if (ret_issued != NULL)
		*ret_issued = rows_instant(rows, 1);
	*ret_superseded = rows_int(rows, 2) != 0;
	return true;
}

/* Issuer, date, and whether it stands. False: no such number. */
static bool
show_number(struct request *req, struct page *page, struct id id)
{
	const char *issuer;
	instant issued;
	bool superseded;

	if (!verify_number(request_db(req), id, &issuer, &issued, &superseded))
		return false;
	struct page *part =
	    page_repeat(page, superseded ? MARK_NUMBER_SUPERSEDED : MARK_NUMBER_STANDS);
	page_text(part, MARK_ISSUER, issuer);
	page_day(part, MARK_ISSUED_ON, day_in_zone(issued, "UTC"), DAY_LONG);
	return true;
}

/* POST /payments/verify: by the number. */
enum status
verify_submit(struct request *req)
{
	struct page *page = open_page(req);
	struct id id;

	if (!form_id(req, NUMBER, &id))
		return E_INPUT;
	if (!show_number(req, page, id) && db_status(request_db(req)) == OK)
		form_error(req, NUMBER, "unknown", NULL);
	return reply_page(req, 200, page);
}

static const struct code_mark RESULTS[] = {
	{ "intact", MARK_FILE_INTACT },
	{ "added", MARK_FILE_ADDED },
	{ "changed", MARK_FILE_CHANGED },
	{ "foreign", MARK_FILE_FOREIGN },
	{ "unsigned", MARK_FILE_UNSIGNED },
	{ "no_pdf", MARK_FILE_NO_PDF },
	{ 0 },
};
static const struct code_mark KINDS[] = {
	{ "statement", MARK_KIND_STATEMENT },
	{ "months", MARK_KIND_MONTHS },
	{ "year", MARK_KIND_YEAR },
	{ 0 },
};

/* "1762.50" of a fact as money; the file says it in the way of money_plain(). */
static void
show_amount(struct page *facts, const char *text, const char *currency)
{
	const bool below = text[0] == '-';
	struct money amount;

	if (!money_parse(below ? text + 1 : text, currency, &amount))
		return;
	if (below)
		amount.minor = -amount.minor;
	page_money(page_repeat(facts, MARK_OF_AMOUNT), MARK_AMOUNT, amount);
}

/* What stands in the file. */
static void
show_facts(struct request *req, struct page *page, const struct records *records)
{
	struct page *facts = page_repeat(page, MARK_FACTS);
	const char *currency = "";
	day from = DAY_NONE, to = DAY_NONE;
	instant issued;
	struct id id;
	bool known = false;

	for (const struct record *at = records->first; at != NULL; at = at->next) {
		if (at->n != 3 || !text_is(at->cells[0], "fact") || at->cells[2] == NULL)
			continue;
		const char *name = at->cells[1], *value = at->cells[2];
		if (text_is(name, "kind"))
			page_code(facts, KINDS, value);
		else if (text_is(name, "issuer"))
			page_text(facts, MARK_ISSUER, value);
		else if (text_is(name, "payee"))
			page_text(facts, MARK_PAYEE, value);
		else if (text_is(name, "issued") && instant_parse(value, &issued))
			page_day(facts, MARK_ISSUED_ON, day_in_zone(issued, "UTC"), DAY_LONG);
		else if (text_is(name, "from"))
			(void)!day_parse(value, &from);
		else if (text_is(name, "to"))
			(void)!day_parse(value, &to);
		else if (text_is(name, "currency"))
			currency = value;
		else if (text_is(name, "amount"))
			show_amount(facts, value, currency);
		else if (text_is(name, "number") && id_parse(value, &id)) {
			page_text(facts, MARK_NUMBER, value);
			known = show_number(req, page, id);
		}
	}
	if (from != DAY_NONE && to != DAY_NONE)
		page_period(facts, MARK_PERIOD, from, to);
	if (!known && db_status(request_db(req)) == OK)
		page_show(page, MARK_NOT_RECORDED);
}

/* POST /payments/verify/file */
enum status
verify_file_submit(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct page *page = open_page(req);
	struct records records = { NULL, 0 };
	const char *why = "";
	enum status status = helper_parse(
	    arena, "signed-pdf", form_file(req, SENT_FILE)->content, "", &records, &why);

	if (status == E_LIMIT) {
		form_error(req, SENT_FILE, "stopped", why);
		return reply_page(req, 200, page);
	}
	if (status != OK)
		return status;
	const struct record *first = records.first;
	if (first == NULL || first->n != 2 || first->cells[1] == NULL)
		return E_FAULT;
	page_code(page, RESULTS, first->cells[1]);
	if (text_is(first->cells[1], "intact"))
		show_facts(req, page, &records);
	return reply_page(req, 200, page);
}
