/*
 * design_charts.h: sample charts for the catalogue of the design system.
 */
#ifndef KEPTWORD_PORTAL_DESIGN_CHARTS_H
#define KEPTWORD_PORTAL_DESIGN_CHARTS_H

#include "web/page.h"

/* Each kind of chart in each state, one behind the other, as {{>CHART}} of the page. */
void design_charts(struct page *page);

#endif
