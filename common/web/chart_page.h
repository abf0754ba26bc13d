/*
 * chart_page.h: a chart on a page: the picture that doc/chart.h works out, as SVG with a title
 * and a description, and a table of the same figures behind it. Markup and words stand in
 * templates/chart/; looks in the part "Charts" of site.css.
 */
#ifndef KEPTWORD_CHART_PAGE_H
#define KEPTWORD_CHART_PAGE_H

#include "doc/chart.h"
#include "web/page.h"

/* Fills {{>PART}}; may be repeated for the same part, also in sections. Numbers are written in
 * the chart's locale, else the page's; in one that is read from right to left the picture is
 * mirrored. Without figures it says so; of too many there is the table alone, open. One that
 * chart_draw() takes for a bug leaves a panic line and its title alone. The texts of the chart
 * must live until the reply, the chart itself need not. */
void page_chart(struct page *page, enum mark part, const struct chart *chart);

#endif
