{{%AUTOESCAPE context="HTML"}}
<figure class="chart" lang="{{LANG}}" dir="{{DIR}}">
<figcaption{{#TITLED_ABOVE}} class="hidden"{{/TITLED_ABOVE}}>{{TITLE}}{{#MEASURED}} <span class="quiet block">{{UNIT}}</span>{{/MEASURED}}</figcaption>
{{#DRAWN}}
<svg class="kind-{{KIND}}" role="img" aria-labelledby="{{CHART_ID}}-title" aria-describedby="{{CHART_ID}}-desc" viewBox="0 0 {{WIDTH}} {{HEIGHT}}">
<title id="{{CHART_ID}}-title">{{TITLE}}</title>
<desc id="{{CHART_ID}}-desc">{{#DESCRIBED}}{{ABOUT}} {{/DESCRIBED}}{{#EXTREMES}}Highest: {{HIGH}}, at “{{HIGH_LABEL}}”. Lowest: {{LOW}}, at “{{LOW_LABEL}}”.{{/EXTREMES}}{{#EXTREMES_OF_SERIES}}Highest: {{HIGH}}, of “{{HIGH_SERIES}}” at “{{HIGH_LABEL}}”. Lowest: {{LOW}}, of “{{LOW_SERIES}}” at “{{LOW_LABEL}}”.{{/EXTREMES_OF_SERIES}}</desc>
{{#VEIL}}
<rect class="veil" x="{{X}}" y="{{Y}}" width="{{WIDTH}}" height="{{HEIGHT}}"/>
{{/VEIL}}
{{#RULE}}
<line class="{{LOOK}}" x1="{{X1}}" y1="{{Y1}}" x2="{{X2}}" y2="{{Y2}}"/>
{{/RULE}}
{{#BOX}}
<rect class="{{LOOK}}" x="{{X}}" y="{{Y}}" width="{{WIDTH}}" height="{{HEIGHT}}"/>
{{/BOX}}
{{#RUN}}
<polyline class="line {{LOOK}}" points="{{POINTS}}"/>
{{/RUN}}
{{#DOT}}
<path class="dot {{LOOK}}" d="{{SHAPE}}"/>
{{/DOT}}
{{#LABEL}}
<text class="{{LOOK}}" text-anchor="{{ANCHOR}}" x="{{X}}" y="{{Y}}">{{TEXT}}{{#CUT}}<title>{{WHOLE}}</title>{{/CUT}}</text>
{{/LABEL}}
{{#FIGURE}}
<text class="{{LOOK}}" text-anchor="{{ANCHOR}}" x="{{X}}" y="{{Y}}">{{#PLAIN}}{{NUMBER}}{{/PLAIN}}{{#SHARED}}{{NUMBER}} ({{PERCENT}} %){{/SHARED}}{{#HIDDEN}}hidden{{/HIDDEN}}{{#ABSENT}}–{{/ABSENT}}</text>
{{/FIGURE}}
</svg>
{{/DRAWN}}
{{#VEILED}}
<p class="quiet">A dashed outline is a figure that is hidden, so that nobody can be recognised.</p>
{{/VEILED}}
{{#EMPTY}}
<p class="quiet">There are no figures yet.</p>
{{/EMPTY}}
{{#TOO_MANY}}
<p class="quiet">These are too many figures for one picture. The table has them all.</p>
{{/TOO_MANY}}
{{>TABLE}}
</figure>
