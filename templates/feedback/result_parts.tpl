{{%AUTOESCAPE context="HTML"}}
<h2>Results</h2>
{{#ALL_HIDDEN}}
<p class="notice">Fewer than {{LEAST}} people answered. So that nobody can be recognised, nothing is shown.</p>
{{/ALL_HIDDEN}}
{{#SHOWN}}
<p class="lead"><strong>{{ANSWERED}}</strong> of {{INVITED}} people answered.</p>
{{#ITEM_RESULT}}
{{#HEADED}}<h3 class="lines">{{QUESTION}}</h3>{{/HEADED}}
{{#ROWED}}<h4>{{ROW}}</h4>{{/ROWED}}
{{#HIDDEN}}<p class="quiet">Not shown: fewer than {{LEAST}} answered this, or a small group answered all alike.</p>{{/HIDDEN}}
{{#TEXTS_HIDDEN}}<p class="quiet">Not shown: what people wrote is shown from 10 writers on.</p>{{/TEXTS_HIDDEN}}
{{#ENPS}}<p><strong class="figure">{{SIGN}}{{SCORE}}</strong> promoters (9 and 10) less detractors (0 to 6), in percent of all (eNPS)</p>{{/ENPS}}
<p class="quiet">{{#COUNTED}}{{N}} answers{{/COUNTED}}{{#MEANT}}; mean {{MEAN}}{{/MEANT}}</p>
{{>CHART}}
{{#WRITTEN}}
<ul class="items">
{{#TEXT}}<li><div class="lines letter" dir="auto">{{WORDS}}</div></li>
{{/TEXT}}
</ul>
{{/WRITTEN}}
{{/ITEM_RESULT}}
{{/SHOWN}}
