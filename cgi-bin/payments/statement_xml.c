/*
 * statement_xml.c: a statement as UBL 2.1, in the shape of a self-billed invoice (an Invoice of
 * type 389: who pays makes it for who is paid), for programs. It is no tax invoice and says so;
 * that is why it names no profile of one. Lines are the work, charges and allowances the
 * adjustments:
 *
 *     LineExtensionAmount (gross) + ChargeTotalAmount - AllowanceTotalAmount = PayableAmount
 * (net)
 *
 * Made from the same record as the page. Element order is the schema's.
 */
#include "base/text.h"
#include "payments/statement.h"
#include "web/language.h"
#include "web/words.h"

#include <libxml/xmlwriter.h>

#define UBL "urn:oasis:names:specification:ubl:schema:xsd:"
#define SELF_BILLED "389"
#define CREDIT_TRANSFER "30"
/* UN/ECE Recommendation 20: minutes, and one of a thing. */
#define MINUTE_UNIT "MIN"
#define ONE_UNIT "C62"

/* A document under way; what fails once fails it whole. */
struct xml {
	struct arena *arena;
	xmlTextWriterPtr writer;
	bool failed;
};

static void
free_buffer(void *buffer)
{
	xmlBufferFree(buffer);
}

static void
free_writer(void *writer)
{
	xmlFreeTextWriter(writer);
}

static void
done(struct xml *xml, int result)
{
	xml->failed = xml->failed || result < 0;
}

static void
open_element(struct xml *xml, const char *name)
{
	done(xml, xmlTextWriterStartElement(xml->writer, BAD_CAST name));
}

static void
close_element(struct xml *xml)
{
	done(xml, xmlTextWriterEndElement(xml->writer));
}

static void
element(struct xml *xml, const char *name, const char *text)
{
	done(xml, xmlTextWriterWriteElement(xml->writer, BAD_CAST name, BAD_CAST text));
}

/* An element with one attribute. */
static void
marked(struct xml *xml, const char *name, const char *attribute, const char *value,
    const char *text)
{
	open_element(xml, name);
	done(xml, xmlTextWriterWriteAttribute(xml->writer, BAD_CAST attribute, BAD_CAST value));
	done(xml, xmlTextWriterWriteString(xml->writer, BAD_CAST text));
	close_element(xml);
}

static void
amount(struct xml *xml, const char *name, struct money m)
{
	marked(xml, name, "currencyID", m.currency, money_plain(xml->arena, m));
}

static void
quantity(struct xml *xml, const char *name, const char *unit, int64_t n)
{
	marked(xml, name, "unitCode", unit, text_printf(xml->arena, "%lld", (long long)n));
}

static void
remark(struct xml *xml, const char *locale, const char *text)
{
	marked(xml, "cbc:Note", "languageID", language_attribute(locale), text);
}

static void
head(struct xml *xml, const char *locale, const struct statement *s)
{
	struct arena *arena = xml->arena;

	element(xml, "cbc:UBLVersionID", "2.1");
	element(xml, "cbc:ID", s->public_id);
	element(xml, "cbc:IssueDate", day_iso(arena, day_in_zone(s->issued, "UTC")));
	element(xml, "cbc:DueDate", day_iso(arena, s->promised));
	element(xml, "cbc:InvoiceTypeCode", SELF_BILLED);
	remark(xml, locale, words_say(arena, locale, "statement_xml.no_invoice"));
	remark(xml, locale,
	    words_say(arena, locale, "statement_xml.year_to_date",
		{ "amount", money_text(arena, s->year_to_date, locale) }));
	remark(xml, locale,
	    words_say(arena, locale, "pdf.fees",
		{ "who", words_say(arena, locale, text_printf(arena, "fees.%s", s->fees)) }));
	element(xml, "cbc:DocumentCurrencyCode", s->net.currency);
	open_element(xml, "cac:InvoicePeriod");
	element(xml, "cbc:StartDate", day_iso(arena, s->start));
	element(xml, "cbc:EndDate", day_iso(arena, s->end));
	element(xml, "cbc:Description", s->zone);
	close_element(xml);
	if (s->corrects != NULL) {
		open_element(xml, "cac:BillingReference");
		open_element(xml, "cac:InvoiceDocumentReference");
		element(xml, "cbc:ID", s->corrects);
		close_element(xml);
		close_element(xml);
	}
}

/* Who worked is the supplier, who pays the customer, though the customer writes this. */
static void
parties(struct xml *xml, const struct statement *s)
{
	open_element(xml, "cac:AccountingSupplierParty");
	open_element(xml, "cac:Party");
	open_element(xml, "cac:PartyIdentification");
	element(xml, "cbc:ID", s->payee_id);
	close_element(xml);
	open_element(xml, "cac:PartyName");
	element(xml, "cbc:Name", s->payee);
	close_element(xml);
	close_element(xml);
	close_element(xml);

	open_element(xml, "cac:AccountingCustomerParty");
	open_element(xml, "cac:Party");
	open_element(xml, "cac:PartyName");
	element(xml, "cbc:Name", s->payer);
	close_element(xml);
	open_element(xml, "cac:PostalAddress");
	open_element(xml, "cac:AddressLine");
	element(xml, "cbc:Line", s->payer_address);
	close_element(xml);
	open_element(xml, "cac:Country");
	element(xml, "cbc:IdentificationCode", s->payer_country);
	close_element(xml);
	close_element(xml);
	open_element(xml, "cac:PartyLegalEntity");
	element(xml, "cbc:RegistrationName", s->payer);
	close_element(xml);
	close_element(xml);
	close_element(xml);
}

static void
payment(struct xml *xml, const struct statement *s)
{
	open_element(xml, "cac:PaymentMeans");
	element(xml, "cbc:PaymentMeansCode", CREDIT_TRANSFER);
	element(xml, "cbc:PaymentDueDate", day_iso(xml->arena, s->promised));
	close_element(xml);
}

/* Adjustments; what they add and what they take, summed. False: more than money holds. */
static bool
adjustments(struct xml *xml, const char *locale, const struct statement *s,
    struct money *ret_added, struct money *ret_taken)
{
	bool fine = true;

	*ret_added = *ret_taken = money_of(0, s->net.currency);
	for (size_t i = 0; i < s->n_adjustments; i++) {
		const struct statement_adjustment *a = &s->adjusted[i];
		const bool adds = a->amount.minor >= 0;
		const struct money size =
		    money_of(adds ? a->amount.minor : -a->amount.minor, a->amount.currency);
		struct money *sum = adds ? ret_added : ret_taken;
		open_element(xml, "cac:AllowanceCharge");
		element(xml, "cbc:ChargeIndicator", adds ? "true" : "false");
		element(xml, "cbc:AllowanceChargeReason",
		    words_say(xml->arena, locale, "pdf.adjustment",
			{ "kind", words_say(xml->arena, locale,
				      text_printf(xml->arena, "adjustment.%s", a->kind)) },
			{ "reason", a->reason }));
		amount(xml, "cbc:Amount", size);
		close_element(xml);
		fine = fine && money_add(*sum, size, sum);
	}
	return fine;
}

static void
property(struct xml *xml, const char *name, const char *value)
{
	open_element(xml, "cac:AdditionalItemProperty");
	element(xml, "cbc:Name", name);
	element(xml, "cbc:Value", value);
	close_element(xml);
}

static void
line(struct xml *xml, size_t number, const struct statement_line *l)
{
	const bool task = text_is(l->unit, "task");
	const char *unit = task ? ONE_UNIT : MINUTE_UNIT;

	open_element(xml, "cac:InvoiceLine");
	element(xml, "cbc:ID", text_printf(xml->arena, "%zu", number));
	quantity(xml, "cbc:InvoicedQuantity", unit, task ? l->units : l->minutes);
	amount(xml, "cbc:LineExtensionAmount", l->amount);
	open_element(xml, "cac:Item");
	element(xml, "cbc:Name", l->project);
	property(xml, "kind", l->kind);
	property(xml, "rate_from", day_iso(xml->arena, l->rate_from));
	if (task && l->minutes > 0)
		property(
		    xml, "minutes", text_printf(xml->arena, "%lld", (long long)l->minutes));
	if (l->benchmark.minor > 0)
		property(xml, "benchmark", money_plain(xml->arena, l->benchmark));
	close_element(xml);
	open_element(xml, "cac:Price");
	amount(xml, "cbc:PriceAmount", l->rate);
	quantity(xml, "cbc:BaseQuantity", unit, task ? 1 : 60);
	close_element(xml);
	close_element(xml);
}

/* The schema wants a line, and there are statements of adjustments alone. */
static void
no_line(struct xml *xml, const char *locale, const struct statement *s)
{
	open_element(xml, "cac:InvoiceLine");
	element(xml, "cbc:ID", "1");
	quantity(xml, "cbc:InvoicedQuantity", MINUTE_UNIT, 0);
	amount(xml, "cbc:LineExtensionAmount", money_of(0, s->net.currency));
	open_element(xml, "cac:Item");
	element(xml, "cbc:Name", words_say(xml->arena, locale, "statement_xml.no_work"));
	close_element(xml);
	close_element(xml);
}

static void
invoice(struct xml *xml, const char *locale, const struct statement *s)
{
	struct money added, taken;

	done(xml, xmlTextWriterStartDocument(xml->writer, "1.0", "UTF-8", NULL));
	done(xml, xmlTextWriterStartElementNS(
		      xml->writer, NULL, BAD_CAST "Invoice", BAD_CAST UBL "Invoice-2"));
	done(xml, xmlTextWriterWriteAttribute(xml->writer, BAD_CAST "xmlns:cac",
		      BAD_CAST UBL "CommonAggregateComponents-2"));
	done(xml, xmlTextWriterWriteAttribute(xml->writer, BAD_CAST "xmlns:cbc",
		      BAD_CAST UBL "CommonBasicComponents-2"));
	head(xml, locale, s);
	parties(xml, s);
	payment(xml, s);
	xml->failed = !adjustments(xml, locale, s, &added, &taken) || xml->failed;
	open_element(xml, "cac:LegalMonetaryTotal");
	amount(xml, "cbc:LineExtensionAmount", s->gross);
	amount(xml, "cbc:TaxExclusiveAmount", s->net);
	amount(xml, "cbc:TaxInclusiveAmount", s->net);
	amount(xml, "cbc:AllowanceTotalAmount", taken);
	amount(xml, "cbc:ChargeTotalAmount", added);
	amount(xml, "cbc:PayableAmount", s->net);
	close_element(xml);
	for (size_t i = 0; i < s->n_lines; i++)
		line(xml, i + 1, &s->lines[i]);
	if (s->n_lines == 0)
		no_line(xml, locale, s);
	done(xml, xmlTextWriterEndDocument(xml->writer));
	done(xml, xmlTextWriterFlush(xml->writer));
}

struct bytes
statement_xml_of(struct arena *arena, const char *locale, const struct statement *s)
{
	xmlBufferPtr buffer = xmlBufferCreate();
	struct xml xml = { .arena = arena };

	if (buffer == NULL)
		return (struct bytes){ NULL, 0 };
	arena_hook(arena, free_buffer, buffer);
	xml.writer = xmlNewTextWriterMemory(buffer, 0);
	if (xml.writer == NULL)
		return (struct bytes){ NULL, 0 };
	arena_hook(arena, free_writer, xml.writer);
	done(&xml, xmlTextWriterSetIndent(xml.writer, 1));
	invoice(&xml, locale, s);
	return xml.failed ? (struct bytes){ NULL, 0 }
			  : (struct bytes){ xmlBufferContent(buffer),
				    (size_t)xmlBufferLength(buffer) };
}

/* GET /payments/statements/:id/xml */
enum status
statement_xml(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct statement s;
	enum status status = statement_read_own(req, &s);

	if (status != OK)
		return status;
	struct bytes xml = statement_xml_of(arena, request_caller(req)->locale, &s);
	if (xml.p == NULL)
		return E_BUSY;
	return reply_file(req, "application/xml",
	    text_printf(arena, "%s.xml", statement_file_name(arena, &s)), xml);
}
