/*
 * chart_inner.h: between the files that draw charts. Private to common/doc.
 *
 * All of them draw from left to right; chart_draw() mirrors what they made.
 */
#ifndef KEPTWORD_CHART_INNER_H
#define KEPTWORD_CHART_INNER_H

#include "doc/chart.h"

#define PX(n) ((n)*CHART_TENTHS)
#define CHART_RIGHT PX(CHART_WIDTH)
#define CHART_MIDDLE_DOWN 45 /* from the middle of a line of text down to its base line */

/* Is there a given value? Then the least and greatest, with 0, the target and the known range
 * among them; else 0 and 1 of the chart's unit. */
bool chart_range(const struct chart *chart, int64_t *ret_low, int64_t *ret_high);

/* About how wide a number is that is written with decimals. */
int chart_number_width(int64_t n, int decimals);

/* Where n lies between low and high on a way of length; low < high. */
int chart_along(int64_t n, int64_t low, int64_t high, int length);

/* Adds the chart's labels at their xs, which rise, on the base line y: each k-th, counted back
 * from the last, with the least k that keeps them apart. One that would leave the drawing is
 * pushed inside; one that is too long is cut. */
void chart_labels_across(struct arena *arena, const struct chart *chart, const int *xs, int y,
    struct chart_drawing *drawing);

/* Each fills a drawing whose extremes are set. */
void chart_draw_trend(
    struct arena *arena, const struct chart *chart, struct chart_drawing *drawing);
void chart_draw_distribution(
    struct arena *arena, const struct chart *chart, struct chart_drawing *drawing);
void chart_draw_bars(
    struct arena *arena, const struct chart *chart, struct chart_drawing *drawing);
void chart_draw_cohort(
    struct arena *arena, const struct chart *chart, struct chart_drawing *drawing);
void chart_draw_hours(
    struct arena *arena, const struct chart *chart, struct chart_drawing *drawing);

#endif
