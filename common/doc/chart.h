/*
 * chart.h: the geometry of charts. From values with labels to places: where each line, bar,
 * cell, tick and text of a drawing stands. No markup, no words and no number format here:
 * web/chart_page.h puts what is made here into templates. Every text comes from the caller.
 *
 * The drawing is CHART_WIDTH wide, which is about a phone's width in pixels, so that text of
 * CHART_FONT is read there as it is; style sheets bound how far it grows. Places and lengths
 * are whole tenths of such a pixel (CHART_TENTHS), y goes down. A text's place is the start,
 * middle or end of its base line, start and end by the direction of the page.
 *
 * Values are whole numbers of 10^-decimals: with two decimals 386 is 3.86. A hidden value
 * (a group so small that people could be recognised) leaves a gap and an outline; it has no
 * figure, no mark and no part in scale or extremes, so nothing of it can be worked out from the
 * picture. What a total beside it would give away is the caller's matter: then another value
 * is hidden too.
 */
#ifndef KEPTWORD_CHART_H
#define KEPTWORD_CHART_H

#include "base/arena.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHART_TENTHS 10
#define CHART_WIDTH 360 /* pixels */
#define CHART_FONT 13

/* More than these is E_LIMIT: no picture that a person could read; the table tells all. */
#define CHART_PERIODS_MAX 366 /* labels of a trend: the days of a year */
#define CHART_LINES_MAX 3 /* series of a trend: as many dashes and shapes as are told apart */
#define CHART_CLASSES_MAX 40 /* labels of a distribution */
#define CHART_BARS_MAX 60
#define CHART_COHORTS_MAX 36 /* series of a cohort table */
#define CHART_AGES_MAX 12    /* its labels */
/* A value outside of +-CHART_VALUE_MAX is E_INPUT, so that sums and scales are exact enough. */
#define CHART_VALUE_MAX INT64_C(1000000000000000)
#define CHART_SHADES 7
#define CHART_LABEL_LINES 3 /* of a bar's label */

enum chart_kind {
	CHART_TREND,        /* lines over periods: labels are periods */
	CHART_DISTRIBUTION, /* a histogram: labels are classes; one series, nothing below 0 */
	CHART_BAR,          /* horizontal bars: one series, a bar for each label */
	CHART_COHORT,       /* shaded cells: a series is a row, labels are the columns */
	CHART_HOURS, /* shaded cells of a week: 7 series are the columns, 24 labels the rows */
	CHART_KIND_MAX
};

enum chart_state {
	CHART_GIVEN,
	CHART_HIDDEN, /* there is a value, which may not be told */
	CHART_ABSENT  /* there is none: a period without figures, a month to come */
};
struct chart_value {
	int64_t n;
	enum chart_state state;
};
struct chart_series {
	const char *name;
	const struct chart_value *values; /* as many as the chart has labels */
};

struct chart {
	enum chart_kind kind;
	const char *title; /* what it shows */
	const char *about; /* a sentence for those who do not see it; NULL: its extremes only */
	const char
	    *unit; /* what is counted or measured ("Hours a week"); NULL: title says it */
	const char *of_labels; /* head of the table's first column: "Month", "Answer" */
	const char *locale;    /* of its texts; NULL: the page's. Gives direction and digits */
	bool titled_above; /* the page says the title above: the caption is not shown again */
	int decimals;      /* 0 to 6 */
	size_t n_labels;
	const char *const *labels;
	size_t n_series;
	const struct chart_series *series;
	const int64_t
	    *shares;       /* bars: whole percents beside the values, one per label; or NULL */
	int64_t low, high; /* a range that is known before (-100, 100); equal: from values */
	const char *target_label; /* of a trend's target line, with its figure; NULL: none */
	int64_t target;
};

enum chart_anchor {
	CHART_START,
	CHART_MIDDLE,
	CHART_END
};
struct chart_box {
	int x, y, w, h;
};
struct chart_spot { /* where a text stands */
	int x, y;
	enum chart_anchor anchor;
};
struct chart_text {
	struct chart_spot spot;
	const char *text;
	const char *whole; /* what text was cut from; NULL: it is all there */
};
struct chart_tick {
	int y;
	struct chart_spot spot;
	int64_t n; /* with tick_decimals */
};
struct chart_point {
	size_t series, label;
	int x, y;
	bool marked; /* has a mark: few points, the last one, or one between two gaps */
	bool valued; /* its figure is written at value */
	struct chart_spot value;
};
struct chart_run {               /* neighbours without a gap, joined by a line */
	size_t series, first, n; /* points[first] to points[first + n - 1] */
};
struct chart_bar { /* of a histogram or a bar chart */
	size_t label;
	enum chart_state state;
	struct chart_box box; /* hidden: the outline; absent, or zero wide or high: not drawn */
	bool valued;
	struct chart_spot value; /* of its figure, or of the word for hidden */
};
struct chart_cell {
	size_t series, label;
	enum chart_state state;
	struct chart_box box;
	int shade; /* 1 to CHART_SHADES; 0 when not given */
	bool valued;
	struct chart_spot value;
};
struct chart_key { /* which line is which */
	size_t series;
	bool target;
	int x1, x2, y;
	struct chart_text text;
};

struct chart_drawing {
	bool empty;  /* no value is given or hidden: nothing but this is set */
	bool hidden; /* some value is */
	bool ranged; /* there is a given value: highest and lowest are set, first of equals */
	size_t highest_series, highest_label, lowest_series, lowest_label;
	int width, height; /* of the view box */
	struct chart_box plot;
	int zero;          /* y of the axis; x for bars */
	bool labels_above; /* bars: each label has a line over its bar, which no axis crosses */
	bool targeted;
	int target; /* y */
	int tick_decimals;
	size_t n_ticks, n_points, n_runs, n_bars, n_cells, n_veils, n_texts, n_keys;
	struct chart_tick *ticks;
	struct chart_point *points;
	struct chart_run *runs;
	struct chart_bar *bars;
	struct chart_cell *cells;
	struct chart_box *veils;  /* a trend's hidden values: outlines over the whole height */
	struct chart_text *texts; /* labels of axes, bars, rows and columns */
	struct chart_key *keys;
};

/* Works the drawing out, in the arena; right_to_left mirrors every x, so that time runs and
 * bars grow from the right. E_LIMIT: more than a picture can show. E_INPUT: a kind, count,
 * value or text that no chart has (a bug of the caller). Texts of the chart are kept, not
 * copied. */
MUST_USE enum status chart_draw(struct arena *arena, const struct chart *chart,
    bool right_to_left, struct chart_drawing *ret);

/* The scale of an axis: the smallest step of 1, 2 or 5 times a power of ten with which at most
 * most steps lead from at or below low to at or above high. *ret_first is that step's multiple
 * at or below low, *ret_n the number of steps, at least 1 (low = high widens upwards).
 * low <= high, both within CHART_VALUE_MAX; most >= 2. */
void chart_steps(
    int64_t low, int64_t high, int most, int64_t *ret_first, int64_t *ret_step, int64_t *ret_n);

/* Counts n raw values into classes of equal width for a distribution: the smallest nice step
 * (1, 2, 5 times a power of ten) that needs at most most classes; class i holds first + i*step
 * up to but not including the next. Counts are given to the caller, who makes the labels and
 * hides what is too small. No values: no classes. E_INPUT: a value outside of
 * CHART_VALUE_MAX, or most below 2. */
struct chart_classes {
	int64_t first, step;
	size_t n;
	int64_t *counts;
};
MUST_USE enum status chart_classify(
    struct arena *arena, const int64_t *values, size_t n, int most, struct chart_classes *ret);

/* About how wide a text is in tenths at CHART_FONT in a sans serif; rather too much. Marks
 * that stand above others have no width, East Asian letters a full one. */
int chart_text_width(const char *text);

/* The text itself when it is at most width wide, else as much of it as fits with "…" behind,
 * never parting a letter from its marks; at least one letter stays. */
const char *chart_text_cut(struct arena *arena, const char *text, int width);

/* Breaks a text at blanks into at most most lines of width; a word that is longer than a line
 * is broken between letters, and what does not fit is cut with "…". White space is one blank.
 * Answers how many lines were set, at least one ("" for an empty text); *ret_whole tells
 * whether all is there. */
size_t chart_text_lines(struct arena *arena, const char *text, int width, size_t most,
    const char **ret_lines, bool *ret_whole);

#endif
