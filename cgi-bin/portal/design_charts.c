/*
 * design_charts.c: sample charts for the catalogue: every kind in every state that pages can
 * bring it into. The figures are made up; words are those of the samples, not of the product,
 * so they stand here.
 */
#include "portal/design_charts.h"

#include "web/chart_page.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define V(n)                     \
	{                        \
		(n), CHART_GIVEN \
	}
#define HIDDEN                  \
	{                       \
		0, CHART_HIDDEN \
	}
#define ABSENT                  \
	{                       \
		0, CHART_ABSENT \
	}

static const char *const MONTHS[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
	"Sep", "Oct", "Nov", "Dec" };

/* ---- Trends ---- */

static const struct chart_value ON_TIME[] = { V(912), V(930), V(954), V(948), V(961), V(940),
	V(972), V(981), V(975), V(990), V(988), V(994) };
static const struct chart_value SCORES[] = { V(-40), V(-25), V(-10), HIDDEN, V(5), V(20), V(15),
	HIDDEN, V(35), V(30), V(45), V(40) };
static const struct chart_value ASKED[] = { V(34), V(41), V(38), V(52), V(49), V(61) };
static const struct chart_value ANSWERED[] = { V(20), V(33), V(30), V(44), ABSENT, V(57) };
static const struct chart_value LATE[] = { V(6), V(5), V(7), V(3), V(2), V(2) };
static const struct chart_value SAME[] = { V(8), V(8), V(8), V(8), V(8), V(8) };
static const struct chart_value ONE[] = { V(12) };
static const struct chart_series ON_TIME_SERIES[] = { { "Statements on time", ON_TIME } };
static const struct chart_series SCORE_SERIES[] = { { "Score", SCORES } };
static const struct chart_series QUESTIONS[] = { { "Asked", ASKED }, { "Answered", ANSWERED },
	{ "Answered late", LATE } };
static const struct chart_series SAME_SERIES[] = { { "Hours", SAME } };
static const struct chart_series ONE_SERIES[] = { { "People", ONE } };

/* ---- Distributions ---- */

static const char *const HOURS_WORKED[] = { "0–4", "5–9", "10–14", "15–19", "20–24", "25–29",
	"30–34", "35–39" };
static const struct chart_value PEOPLE_BY_HOURS[] = { V(12), V(31), V(48), V(66), V(52), V(27),
	V(9), HIDDEN };
static const struct chart_series HOURS_SERIES[] = { { "People", PEOPLE_BY_HOURS } };

/* ---- Bars ---- */

static const char *const ANSWERS[] = { "1", "2", "3", "4", "5" };
static const struct chart_value ANSWER_COUNTS[] = { V(2), V(0), V(9), V(21), V(18) };
static const int64_t ANSWER_SHARES[] = { 4, 0, 18, 42, 36 };
static const struct chart_series ANSWER_SERIES[] = { { "People", ANSWER_COUNTS } };

static const char *const REASONS[] = {
	"The guidelines changed while I was working",
	"I could not reach anybody who knows the project when I had a question about it, and "
	"so I"
	" waited, or guessed, and had to do the work again",
	"Nothing did",
	"Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung",
};
static const struct chart_value REASON_COUNTS[] = { V(23), V(17), V(31), HIDDEN };
static const int64_t REASON_SHARES[] = { 41, 30, 55, 0 };
static const struct chart_series REASON_SERIES[] = { { "People", REASON_COUNTS } };

static const char *const PODS[] = { "Alder", "Birch", "Hazel", "Rowan", "Willow" };
static const struct chart_value POD_SCORES[] = { V(42), V(-18), HIDDEN, V(7), V(0) };
static const struct chart_series POD_SERIES[] = { { "Score", POD_SCORES } };

/* ---- Cohorts ---- */

static const char *const AGES[] = { "0", "1", "2", "3", "4", "5" };
static const struct chart_value JANUARY[] = { V(100), V(92), V(85), V(81), V(78), V(77) };
static const struct chart_value FEBRUARY[] = { V(100), V(88), V(79), V(70), V(66), ABSENT };
static const struct chart_value MARCH[] = { V(100), V(95), V(90), V(88), ABSENT, ABSENT };
static const struct chart_value APRIL[] = { V(100), V(60), V(45), ABSENT, ABSENT, ABSENT };
static const struct chart_value MAY[] = { V(100), HIDDEN, ABSENT, ABSENT, ABSENT, ABSENT };
static const struct chart_value JUNE[] = { V(100), ABSENT, ABSENT, ABSENT, ABSENT, ABSENT };
static const struct chart_series COHORTS[] = { { "January", JANUARY }, { "February", FEBRUARY },
	{ "March", MARCH }, { "April", APRIL }, { "May", MAY }, { "June", JUNE } };

/* ---- Hours of a week ---- */

static const char *const DAYS[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
static const char *const HOURS[] = { "00", "01", "02", "03", "04", "05", "06", "07", "08", "09",
	"10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23" };
/* Of a working day by hour, and how many tenths of it each day has. */
static const int BY_HOUR[] = { 6, 3, 2, 1, 1, 2, 5, 14, 32, 48, 55, 52, 40, 44, 53, 51, 46, 38,
	30, 33, 36, 29, 18, 10 };
static const int BY_DAY[] = { 10, 11, 12, 10, 8, 4, 3 };

/* ---- Right to left ---- */

static const char *const ARABIC_MONTHS[] = { "يناير", "فبراير", "مارس", "أبريل", "مايو",
	"يونيو" };
static const struct chart_series ARABIC_ASKED[] = { { "الأسئلة", ASKED },
	{ "الأجوبة", ANSWERED } };
static const char *const ARABIC_ANSWERS[] = { "نعم", "لا", "لا أعرف" };
static const struct chart_value ARABIC_COUNTS[] = { V(26), V(9), V(5) };
static const int64_t ARABIC_SHARES[] = { 65, 23, 13 };
static const struct chart_series ARABIC_SERIES[] = { { "الأشخاص", ARABIC_COUNTS } };

static const struct chart SAMPLES[] = {
	{ .kind = CHART_TREND,
	    .title = "Statements that arrived on the promised day",
	    .unit = "Percent of all statements of the month",
	    .of_labels = "Month",
	    .decimals = 1,
	    .n_labels = COUNT(MONTHS),
	    .labels = MONTHS,
	    .n_series = 1,
	    .series = ON_TIME_SERIES,
	    .low = 800,
	    .high = 1000,
	    .target_label = "Our promise: 97.5",
	    .target = 975 },
	{ .kind = CHART_TREND,
	    .title = "Would you recommend us?",
	    .about = "Promoters less detractors, from one hundred below to one hundred above.",
	    .of_labels = "Month",
	    .n_labels = COUNT(MONTHS),
	    .labels = MONTHS,
	    .n_series = 1,
	    .series = SCORE_SERIES,
	    .low = -100,
	    .high = 100 },
	{ .kind = CHART_TREND,
	    .title = "Questions to managers",
	    .of_labels = "Month",
	    .n_labels = COUNT(ASKED),
	    .labels = MONTHS,
	    .n_series = COUNT(QUESTIONS),
	    .series = QUESTIONS },
	{ .kind = CHART_TREND,
	    .title = "The same every month",
	    .of_labels = "Month",
	    .n_labels = COUNT(SAME),
	    .labels = MONTHS,
	    .n_series = 1,
	    .series = SAME_SERIES },
	{ .kind = CHART_TREND,
	    .title = "The first month",
	    .of_labels = "Month",
	    .n_labels = COUNT(ONE),
	    .labels = MONTHS,
	    .n_series = 1,
	    .series = ONE_SERIES },
	{ .kind = CHART_TREND, .title = "Nothing yet", .of_labels = "Month" },
	{ .kind = CHART_DISTRIBUTION,
	    .title = "How much people worked",
	    .unit = "People by hours in a week",
	    .of_labels = "Hours",
	    .n_labels = COUNT(HOURS_WORKED),
	    .labels = HOURS_WORKED,
	    .n_series = 1,
	    .series = HOURS_SERIES },
	{ .kind = CHART_BAR,
	    .title = "How well do the guidelines help you?",
	    .unit = "1 not at all, 5 very well",
	    .of_labels = "Answer",
	    .n_labels = COUNT(ANSWERS),
	    .labels = ANSWERS,
	    .n_series = 1,
	    .series = ANSWER_SERIES,
	    .shares = ANSWER_SHARES },
	{ .kind = CHART_BAR,
	    .title = "What held you up?",
	    .unit = "Several answers were possible",
	    .of_labels = "Answer",
	    .n_labels = COUNT(REASONS),
	    .labels = REASONS,
	    .n_series = 1,
	    .series = REASON_SERIES,
	    .shares = REASON_SHARES },
	{ .kind = CHART_BAR,
	    .title = "Promoters less detractors by pod",
	    .of_labels = "Pod",
	    .n_labels = COUNT(PODS),
	    .labels = PODS,
	    .n_series = 1,
	    .series = POD_SERIES },
	{ .kind = CHART_COHORT,
	    .title = "Who is still with us",
	    .unit = "Percent of those who began in a month, by months since then",
	    .of_labels = "Began in",
	    .n_labels = COUNT(AGES),
	    .labels = AGES,
	    .n_series = COUNT(COHORTS),
	    .series = COHORTS },
	{ .kind = CHART_TREND,
	    .title = "أسئلة إلى المديرين",
	    .locale = "ar",
	    .of_labels = "الشهر",
	    .n_labels = COUNT(ARABIC_MONTHS),
	    .labels = ARABIC_MONTHS,
	    .n_series = COUNT(ARABIC_ASKED),
	    .series = ARABIC_ASKED },
	{ .kind = CHART_BAR,
	    .title = "هل تساعدك الإرشادات؟",
	    .locale = "ar",
	    .of_labels = "الجواب",
	    .n_labels = COUNT(ARABIC_ANSWERS),
	    .labels = ARABIC_ANSWERS,
	    .n_series = 1,
	    .series = ARABIC_SERIES,
	    .shares = ARABIC_SHARES },
};

static void
show_hours(struct page *page)
{
	struct chart_value values[COUNT(DAYS)][COUNT(HOURS)] = { 0 };
	struct chart_series series[COUNT(DAYS)];

	for (size_t d = 0; d < COUNT(DAYS); d++) {
		series[d] = (struct chart_series){ DAYS[d], values[d] };
		for (size_t h = 0; h < COUNT(HOURS); h++) {
			int n = BY_HOUR[h] * BY_DAY[d] / 10;

			values[d][h].n = n;
			if (n > 0 && n < 5)
				values[d][h] = (struct chart_value)HIDDEN;
		}
	}
	page_chart(page, MARK_CHART,
	    &(const struct chart){ .kind = CHART_HOURS,
		.title = "When people work",
		.unit = "People by hour of the week, in their own time zone",
		.of_labels = "Hour",
		.n_labels = COUNT(HOURS),
		.labels = HOURS,
		.n_series = COUNT(DAYS),
		.series = series });
}

void
design_charts(struct page *page)
{
	for (size_t i = 0; i < COUNT(SAMPLES); i++)
		page_chart(page, MARK_CHART, &SAMPLES[i]);
	show_hours(page);
}
