/*
 * document.c: see document.h.
 */
#include "payments/document.h"

#include "base/config.h"
#include "payments/seal.h"
#include "web/language.h"
#include "web/words.h"

struct pdf_doc *
document_new(struct arena *arena, const char *locale, const char *payer, instant created)
{
	struct pdf_doc *doc = pdf_new(arena);

	doc->author = payer;
	doc->language = language_attribute(locale);
	doc->right_to_left = language_right_to_left(locale);
	doc->page_words = words_get(locale, "pdf.page");
	doc->created = created;
	doc->footer = words_say(arena, locale, "pdf.footer", { "payer", payer });
	return doc;
}

void
document_facts(struct pdf_doc *doc, const struct document_facts *facts)
{
	struct arena *arena = doc->arena;

	pdf_block(doc, PDF_FACT, "kind", facts->kind);
	pdf_block(doc, PDF_FACT, "number", facts->number);
	pdf_block(doc, PDF_FACT, "issuer", facts->issuer);
	pdf_block(doc, PDF_FACT, "payee", facts->payee);
	pdf_block(doc, PDF_FACT, "issued", instant_iso(arena, facts->issued));
	pdf_block(doc, PDF_FACT, "from", day_iso(arena, facts->from));
	pdf_block(doc, PDF_FACT, "to", day_iso(arena, facts->to));
}

void
document_amount(struct pdf_doc *doc, struct money amount)
{
	pdf_block(doc, PDF_FACT, "currency", amount.currency);
	pdf_block(doc, PDF_FACT, "amount", money_plain(doc->arena, amount));
}

void
document_note(struct pdf_doc *doc, const char *locale, const char *number)
{
	struct arena *arena = doc->arena;
	const char *url =
	    text_printf(arena, "%s/payments/verify", config_text(CONFIG_PUBLIC_URL));

	pdf_block(doc, PDF_QUIET,
	    words_say(arena, locale, "pdf.verify", { "url", url }, { "number", number }));
	if (!language_checked(language_of(locale)))
		pdf_block(doc, PDF_QUIET, words_say(arena, locale, "pdf.unchecked"));
}

enum status
document_signed(struct arena *arena, const char *locale, const struct pdf_doc *doc,
    struct bytes *ret, const char **ret_missing)
{
	const char *reason = words_say(arena, locale, "pdf.reason", { "payer", doc->author });
	struct bytes pdf;
	enum status status = pdf_render(arena, doc, &pdf, ret_missing);

	return status != OK ? status
			    : pdf_sign(arena, pdf, seal_own(), time_now(), reason, ret);
}
