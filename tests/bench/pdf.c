/*
 * pdf.c: processor time of a statement as PDF: drawn (with language, metadata and facts), and signed
 * besides. The statement is one of five lines and two adjustments, as the demo has them. Prints
 * medians of BATCHES batches in milliseconds: "drawn 2.61 signed 1.92 bytes 52533".
 */
#include "base/config.h"
#include "base/text.h"
#include "data/cms.h"
#include "data/crypto.h"
#include "doc/pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define BATCHES 15
#define BATCH 20
#define CALLS 4 /* for what is drawn before the clock runs */
#define MEMORY ((size_t)64 << 20)

static struct pdf_doc *
statement(struct arena *arena)
{
	struct pdf_doc *doc = pdf_new(arena);

	doc->title = "Statement for 2 to 15 November 2026";
	doc->author = doc->footer = "Lindenhof Data GmbH";
	doc->created = (instant)1795000000 * SECOND;
	doc->page_words = "Page {n} of {m}";
	pdf_block(doc, PDF_TITLE, doc->title);
	pdf_block(doc, PDF_FIGURE, "1,762.50 USD");
	pdf_block(doc, PDF_TEXT, "At your bank since Friday 20 November 2026.");
	pdf_block(doc, PDF_PAIRS, "Paid to", "Ana Lima de Souza", "Payee number",
	    "es5s06afd9ns911g7n8xp700kg", "Paid by",
	    "Lindenhof Data GmbH, Example Street 1, Vienna", "Issued",
	    "18 Nov 2026, 10:00 (Vienna)", "Sent", "18 Nov 2026", "This year so far",
	    "9,039.75 USD");
	pdf_block(doc, PDF_HEADING, "What it is made of");
	pdf_block(
	    doc, PDF_COLUMNS, "Work", ">Hours or units", ">Rate", ">Amount in USD");
	for (int i = 0; i < 5; i++)
		pdf_block(doc, PDF_ROW,
		    "Clinical answers, production\nRate since 19 May 2026; 1.13 × the middle "
		    "of the market (40.00)",
		    "31 h 30 min", "45.00 an hour", "1,417.50");
	for (int i = 0; i < 2; i++)
		pdf_block(doc, PDF_ROW,
		    "Bonus: Ten answers chosen as examples for everyone\nApproved by Ines", "",
		    "", "100.00");
	pdf_block(doc, PDF_TOTAL, "Total", "36 h 30 min", "", "1,762.50");
	for (int i = 0; i < 3; i++)
		pdf_block(doc, PDF_QUIET,
		    "Each line is time × rate, rounded to the nearest smallest coin once. "
		    "Something not right? Tell your HDM which line; it is corrected on a "
		    "statement of its own.");
	pdf_block(doc, PDF_FACT, "number", "9njvydrfkx1cfadx05vzdxvrkc");
	pdf_block(doc, PDF_FACT, "amount", "1762.50");
	return doc;
}

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
give_up(const char *what)
{
	(void)fprintf(stderr, "%s\n", what);
	exit(1); /* NOLINT(concurrency-mt-unsafe) */
}

int
main(void)
{
	char message[200], path[] = "/tmp/keptword-bench-XXXXXX", file[64];
	double drawn[BATCHES], sealed[BATCHES];
	struct arena *arena = arena_new(MEMORY);
	struct bytes pdf, with;
	struct sealer *sealer;
	const char *text = "";

	if (arena == NULL || config_read(message, sizeof message) != OK ||
	    crypto_start() != OK || mkdtemp(path) == NULL)
		give_up("cannot start");
	(void)snprintf(file, sizeof file, "%s/k", path);
	if (sealer_make(file, "Lindenhof Data", time_now()) != OK ||
	    sealer_open(file, file, &sealer, &text) != OK)
		give_up("no key");
	for (int i = -1; i < BATCHES; i++) {
		double at = now(), draw = 0, sign = 0;
		for (int n = 0; n < (i < 0 ? CALLS : BATCH); n++) {
			arena_reset(arena);
			at = now();
			if (pdf_render_here(arena, statement(arena), &pdf, &text) != OK)
				give_up("not drawn");
			draw += now() - at;
			at = now();
			if (pdf_sign(arena, pdf, sealer, time_now(), "Issued", &with) != OK)
				give_up("not signed");
			sign += now() - at;
		}
		if (i >= 0) {
			drawn[i] = draw / BATCH;
			sealed[i] = sign / BATCH;
		}
	}
	(void)unlink(file);
	(void)rmdir(path);
	qsort(drawn, BATCHES, sizeof *drawn, order);
	qsort(sealed, BATCHES, sizeof *sealed, order);
	(void)printf("drawn %.2f signed %.2f bytes %zu\n", drawn[BATCHES / 2],
	    sealed[BATCHES / 2], with.n);
	return 0;
}
