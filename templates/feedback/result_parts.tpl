{{%AUTOESCAPE context="HTML"}}
<h2>Results</h2>
{{#ALL_HIDDEN}}
<p class="notice">{{TOO_FEW}}</p>
{{/ALL_HIDDEN}}
{{#ANSWERS_GONE}}
<p class="lead">Answered: <strong>{{ANSWERED}}</strong> of {{INVITED}}.</p>
<p class="notice">We keep answers for a limited time. That time is over, and they are deleted.</p>
{{/ANSWERS_GONE}}
{{#SHOWN}}
<p class="lead">Answered: <strong>{{ANSWERED}}</strong> of {{INVITED}}.</p>
{{#ITEM_RESULT}}
{{#HEADED}}<h3 class="lines" lang="{{LANG_SHOWN}}" dir="auto">{{QUESTION}}</h3>{{/HEADED}}
{{#ROWED}}<h4 lang="{{LANG_SHOWN}}" dir="auto">{{ROW}}</h4>{{/ROWED}}
{{#HIDDEN}}<p class="quiet">Not shown: fewer than {{LEAST}} answered this, or a small group answered all alike.</p>{{/HIDDEN}}
{{#TEXTS_HIDDEN}}<p class="quiet">Not shown: what people wrote is shown from 10 writers on.</p>{{/TEXTS_HIDDEN}}
{{#ENPS}}<div class="figure">{{SCORE}}</div>
<p>eNPS: promoters (9 and 10) less detractors (0 to 6), in percent of all.</p>{{/ENPS}}
<p class="quiet facts">{{#COUNTED}}<span>Answers: {{N}}</span>{{/COUNTED}} {{#MEANT}}<span>Mean: {{MEAN}}</span>{{/MEANT}}</p>
{{>CHART}}
{{#WRITTEN}}
<ul class="items">
{{#TEXT}}<li><div class="lines letter" dir="auto">{{WORDS}}</div></li>
{{/TEXT}}
</ul>
{{/WRITTEN}}
{{/ITEM_RESULT}}
{{/SHOWN}}
