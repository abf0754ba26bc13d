/*
 * offer_make.c: a people officer makes an offer for somebody certified: project and pod, rate
 * beside the benchmark, hours, start. It is kept with the text of the agreement, looked at, and
 * then sent; from then on nothing of it can be changed, only taken back.
 *
 * Rules (README 14, 15): an offer stands on a benchmark of the project's field and unit and is
 * not below it; work by the task says how long a task takes and what an hour of training pays;
 * the purpose is the project's, told before signing.
 */
#include "base/config.h"
#include "base/text.h"
#include "onboarding/onboarding.h"
#include "onboarding/rule.h"
#include "web/language.h"
#include "web/words.h"

enum {
	POD,
	BENCHMARK,
	RATE,
	TASK_MINUTES,
	HOURS_MIN,
	HOURS_MAX,
	STARTS
};

static const struct stmt PODS = {
	"SELECT d.public_id, j.name, d.name FROM keptword_core.pod d"
	" JOIN keptword_core.project j ON j.id = d.project_id"
	" WHERE d.state = 'active' AND j.state = 'active' ORDER BY j.name, d.name"
};
static const struct stmt BENCHMARKS = {
	"SELECT benchmark_id, domain, level, region, p50_minor, currency, unit, as_of"
	" FROM keptword_payments.published_benchmark ORDER BY domain, unit, currency, level,"
	" as_of DESC"
};
static const struct stmt POD_ONE = {
	"SELECT d.id, j.id, j.domain, j.pay_unit, j.purpose, j.sensitive_note, j.name"
	" FROM keptword_core.pod d JOIN keptword_core.project j ON j.id = d.project_id"
	" WHERE d.public_id = ? AND d.state = 'active' AND j.state = 'active'"
};
static const struct stmt BENCHMARK_ONE = {
	"SELECT benchmark_id, domain, unit, p50_minor, currency, source, level, region"
	" FROM keptword_payments.published_benchmark WHERE benchmark_id = ?"
};
static const struct stmt HOUR_BENCHMARK = {
	"SELECT p50_minor, currency, benchmark_id FROM keptword_payments.published_benchmark"
	" WHERE domain = ? AND level = ? AND region = ? AND currency = ? AND unit = 'hour'"
	" ORDER BY as_of DESC LIMIT 1"
};
static const struct stmt LAST_BEGUN = {
	"SELECT starts_on FROM offer WHERE person_id = ? AND project_id = ? AND unit = ?"
	" AND state = 'signed' ORDER BY starts_on DESC LIMIT 1"
};
static const struct stmt ADD = {
	"INSERT INTO offer (public_id, application_id, person_id, project_id, pod_id, unit,"
	" rate_minor, currency, benchmark_id, benchmark_minor, benchmark_source, hour_minor,"
	" hour_benchmark_id, task_minutes, hours_min, hours_max, starts_on, purpose,"
	" sensitive_note, document, document_hash, created_by, created_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
};

static const struct choice *
pods(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct rows *rows = db_read(request_db(req), &PODS);
	struct choice *list = arena_array_of(arena, struct choice, rows_count(rows) + 1);

	for (size_t i = 0; rows_next(rows); i++)
		list[i] = (struct choice){ rows_id_text(request_arena(req), rows, 0),
			text_printf(arena, "%s: %s", rows_text(rows, 1), rows_text(rows, 2)) };
	return list;
}

static const struct choice *
benchmarks(struct request *req)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;
	struct rows *rows = db_read(request_db(req), &BENCHMARKS);
	struct choice *list = arena_array_of(arena, struct choice, rows_count(rows) + 1);

	for (size_t i = 0; rows_next(rows); i++) {
		const char *label = words_say(arena, locale,
		    text_printf(arena, "offer_make.benchmark_of.%s", rows_text(rows, 6)),
		    { "domain", choice_word(req, "apply_work.domain", rows_text(rows, 1)) },
		    { "level", choice_word(req, "apply_work.level", rows_text(rows, 2)) },
		    { "region", rows_text(rows, 3) },
		    { "rate", money_text(arena, rows_money(rows, 4), locale) },
		    { "as_of", day_text(arena, rows_day(rows, 7), locale, DAY_SHORT) });

		list[i] =
		    (struct choice){ text_printf(arena, "%lld", (long long)rows_int(rows, 0)),
			    label };
	}
	return list;
}

static const struct field OFFER_FIELDS[] = {
	[POD] = { "pod", FIELD_SELECT, .choices_of = pods },
	[BENCHMARK] = { "benchmark", FIELD_SELECT, .choices_of = benchmarks },
	[RATE] = { "rate", FIELD_TEXT, .max = 40 },
	[TASK_MINUTES] = { "task_minutes", FIELD_INT, .min = 1, .max = 6000, .optional = true },
	[HOURS_MIN] = { "hours_min", FIELD_INT, .min = 0, .max = 80 },
	[HOURS_MAX] = { "hours_max", FIELD_INT, .min = 1, .max = 80 },
	[STARTS] = { "starts", FIELD_DAY },
	{ 0 },
};
const struct form OFFER_FORM = { "offer_make", OFFER_FIELDS, offer_make_show, false };

enum status
offer_make_show(struct request *req)
{
	struct application application;
	enum status status = staff_application(req, &application);

	if (status != OK)
		return status;
	if (!application_is(&application, "certified") || !application.person)
		return reply_redirect(req, staff_place(req));
	struct page *page = page_open(req, TPL_ONBOARDING_OFFER_MAKE);
	page_text(page, MARK_APPLICATION_ID, request_param(req, 0));
	page_text(page, MARK_LEGAL_NAME, application.legal_name);
	page_text(page, MARK_PREFERRED_NAME, application.preferred_name);
	page_text(page, MARK_DOMAIN, choice_word(req, "apply_work.domain", application.domain));
	page_text(page, MARK_LEVEL, choice_word(req, "apply_work.level", application.level));
	if (application.has_hours)
		page_int(
		    page_repeat(page, MARK_HAS_HOURS), MARK_HOURS, application.hours_wanted);
	return reply_page(req, 200, page);
}

/* ---- What was chosen ---- */

struct terms {
	struct application application;
	struct rows *pod, *benchmark; /* at their only row */
	struct money rate;
	struct money hour; /* of work by the task */
	int64_t hour_benchmark;
	const char *document;
};

/* By the task: how long one takes, and what an hour of training pays. */
static void
check_task(struct request *req, struct terms *terms)
{
	const struct rows *benchmark = terms->benchmark;

	if (text_empty(form_text(req, TASK_MINUTES)))
		form_error(req, TASK_MINUTES, "needed", NULL);
	struct rows *rows = db_read(request_db(req), &HOUR_BENCHMARK,
	    v_text(rows_text(benchmark, 1)), v_text(rows_text(benchmark, 6)),
	    v_text(rows_text(benchmark, 7)), v_text(rows_text(benchmark, 4)));
	if (rows_next(rows)) {
		terms->hour = rows_money(rows, 0);
		terms->hour_benchmark = rows_int(rows, 2);
	} else {
		form_error(req, BENCHMARK, "no_hour", NULL);
	}
}

static void
check_rate(struct request *req, struct terms *terms)
{
	struct money benchmark = rows_money(terms->benchmark, 3);

	if (!money_parse(form_text(req, RATE), benchmark.currency, &terms->rate) ||
	    terms->rate.minor <= 0)
		form_error(req, RATE, "not_money", rows_text(terms->benchmark, 4));
	else if (terms->rate.minor < benchmark.minor)
		form_error(req, RATE, "below",
		    money_text(request_arena(req), benchmark, request_caller(req)->locale));
}

/* Not in the past, and behind the first day of an agreement that this one would follow. */
static void
check_start(struct request *req, const struct terms *terms)
{
	const char *zone = request_caller(req)->zone;
	struct rows *rows =
	    db_read(request_db(req), &LAST_BEGUN, v_int(terms->application.person),
		v_int(rows_int(terms->pod, 1)), v_text(rows_text(terms->benchmark, 2)));

	if (form_day(req, STARTS) < day_in_zone(time_now(), zone))
		form_error(req, STARTS, "past", NULL);
	else if (rows_next(rows) && form_day(req, STARTS) <= rows_day(rows, 0))
		form_error(req, STARTS, "begun",
		    day_text(request_arena(req), rows_day(rows, 0), request_caller(req)->locale,
			DAY_LONG));
}

/* Reads what the form names and says what does not fit together. */
static enum status
terms_read(struct request *req, struct terms *terms)
{
	struct db *db = request_db(req);
	int64_t benchmark = 0;
	struct id pod;

	if (!id_parse(form_text(req, POD), &pod) ||
	    !text_to_int(form_text(req, BENCHMARK), &benchmark))
		return E_INPUT;
	terms->pod = db_read(db, &POD_ONE, v_bytes(pod.b, sizeof pod.b));
	terms->benchmark = db_read(db, &BENCHMARK_ONE, v_int(benchmark));
	if (!rows_next(terms->pod) || !rows_next(terms->benchmark))
		return db_status(db) == OK ? E_CONFLICT : db_status(db);
	const char *unit = rows_text(terms->benchmark, 2);
	if (!text_is(unit, rows_text(terms->pod, 3)))
		form_error(req, BENCHMARK, "other_unit", NULL);
	else if (!text_is(rows_text(terms->benchmark, 1), rows_text(terms->pod, 2)))
		form_error(req, BENCHMARK, "other_domain", NULL);
	else if (text_is(unit, "task"))
		check_task(req, terms);
	check_rate(req, terms);
	if (form_int(req, HOURS_MAX) < form_int(req, HOURS_MIN))
		form_error(req, HOURS_MAX, "order", NULL);
	check_start(req, terms);
	return form_failed(req) ? E_INPUT : OK;
}

/* The agreement in the words of templates/onboarding/words, in the applicant's language. */
static const char *
agreement_text(struct request *req, const struct terms *terms)
{
	struct arena *arena = request_arena(req);
	/* Days and amounts as its words have them, also for who reads English for want of
	 * others. */
	const char *locale = language_attribute(terms->application.locale);
	bool by_task = terms->hour_benchmark != 0;
	struct pay_days days;
	const char *pay = "";

	if (offer_pay_days(req, form_day(req, STARTS), &days))
		pay = words_say(arena, locale, "agreement.pay",
		    { "period", period_text(arena, days.first, days.last, locale) },
		    { "day", day_text(arena, days.pay_on, locale, DAY_LONG) });
	const char *rate = money_text(arena, terms->rate, locale);
	const char *rates =
	    by_task ? words_say(arena, locale, "agreement.by_task", { "rate", rate },
			  { "hour", money_text(arena, terms->hour, locale) },
			  { "time", minutes_text(arena, form_int(req, TASK_MINUTES), locale) })
		    : words_say(arena, locale, "agreement.by_hour", { "rate", rate });
	const char *text = words_say(arena, locale, "agreement.text",
	    { "entity", config_text(CONFIG_LEGAL_ENTITY) },
	    { "address", config_text(CONFIG_LEGAL_ADDRESS) },
	    { "name", terms->application.legal_name }, { "project", rows_text(terms->pod, 6) },
	    { "purpose", rows_text(terms->pod, 4) }, { "rates", rates },
	    { "benchmark", money_text(arena, rows_money(terms->benchmark, 3), locale) },
	    { "source", rows_text(terms->benchmark, 5) }, { "pay", pay },
	    { "least", number_text(arena, form_int(req, HOURS_MIN), locale) },
	    { "most", number_text(arena, form_int(req, HOURS_MAX), locale) },
	    { "start", day_text(arena, form_day(req, STARTS), locale, DAY_LONG) },
	    { "sensitive", text_empty(rows_text(terms->pod, 5))
			       ? words_say(arena, locale, "agreement.not_sensitive")
			       : rows_text(terms->pod, 5) });

	if (language_of(locale) == 0)
		return text;
	return text_printf(
	    arena, "%s\n%s", text, words_say(arena, locale, "agreement.unchecked"));
}

static enum status
add(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct terms *terms = arg;
	struct id id = id_new();
	unsigned char hash[SHA256_BYTES];
	struct money benchmark = rows_money(terms->benchmark, 3);
	bool by_task = terms->hour_benchmark != 0;

	crypto_sha256(bytes_of(terms->document), hash);
	db_write_one(db, &ADD, v_bytes(id.b, sizeof id.b), v_int(terms->application.id),
	    v_int(terms->application.person), v_int(rows_int(terms->pod, 1)),
	    v_int(rows_int(terms->pod, 0)), v_text(rows_text(terms->benchmark, 2)),
	    v_int(terms->rate.minor), v_text(terms->rate.currency),
	    v_int(rows_int(terms->benchmark, 0)), v_int(benchmark.minor),
	    v_text(rows_text(terms->benchmark, 5)),
	    by_task ? v_int(terms->hour.minor) : v_null(),
	    by_task ? v_int(terms->hour_benchmark) : v_null(),
	    by_task ? v_int(form_int(req, TASK_MINUTES)) : v_null(),
	    v_int(form_int(req, HOURS_MIN)), v_int(form_int(req, HOURS_MAX)),
	    v_day(form_day(req, STARTS)), v_text(rows_text(terms->pod, 4)),
	    rows_null(terms->pod, 5) ? v_null() : v_text(rows_text(terms->pod, 5)),
	    v_text(terms->document), v_bytes(hash, sizeof hash),
	    v_int(request_caller(req)->person), v_instant(time_now()));
	request_audit(req, db, "offer.made", offer_object(req, db_last_id(db)), NULL);
	receipt->location = text_printf(
	    request_arena(req), "/onboarding/staff/offers/%s", id_text(request_arena(req), id));
	return OK;
}

enum status
offer_make(struct request *req)
{
	struct terms terms = { 0 };
	enum status status = staff_application(req, &terms.application);

	if (status != OK)
		return status;
	if (!application_is(&terms.application, "certified") || !terms.application.person)
		return E_CONFLICT;
	status = terms_read(req, &terms);
	if (status == E_INPUT && form_failed(req))
		return offer_make_show(req);
	if (status != OK)
		return status;
	terms.document = agreement_text(req, &terms);
	return reply_submit(req, add, &terms);
}
