{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{TITLE}}: your pods</title>{{>TOP}}
<p class="back"><a href="/feedback/staff/surveys">Surveys</a></p>
<h1>{{TITLE}}</h1>
<p class="lead">Closed {{CLOSED}}. {{#STEP_PUBLISHED}}<a href="/feedback/results/{{RUN_ID:u}}">Results of everyone</a>{{/STEP_PUBLISHED}}</p>
{{#RATES}}
<table>
<caption>How many of your pods answered</caption>
<thead><tr><th scope="col">Pod</th><th scope="col" class="number">Answered</th></tr></thead>
<tbody>
{{#POD}}
<tr><th scope="row">{{POD_NAME}}</th><td class="number">{{#RATE_SHOWN}}{{RATE}} %{{/RATE_SHOWN}}{{#RATE_HIDDEN}}hidden{{/RATE_HIDDEN}}</td></tr>
{{/POD}}
</tbody>
</table>
{{/RATES}}
<p class="quiet">Hidden where fewer than five were asked, and where a smaller group could be worked out from it. A rate never says all or nobody. Who answered, and what, is nobody's business.</p>
{{>END}}
