{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Surveys</title>{{>TOP}}
<h1>Surveys</h1>
<p class="buttons"><a class="button" href="/feedback/staff/import">Import a survey</a></p>
<h2>Rounds</h2>
{{#NO_RUNS}}
<div class="empty"><p>Nobody was asked yet. Open a survey below to ask.</p></div>
{{/NO_RUNS}}
{{#SOME_RUNS}}
<ul class="items">
{{#RUN}}
<li><div>
<a href="/feedback/staff/runs/{{RUN_ID:u}}"><strong>{{TITLE}}</strong></a>
<span class="quiet">from {{OPENS}} to {{CLOSES}}</span>
</div><span class="tag">{{STATE}}</span></li>
{{/RUN}}
</ul>
{{/SOME_RUNS}}
<h2>Questions we have</h2>
{{#NONE}}
<div class="empty"><p>There is no survey yet. Import one that was made with LimeSurvey.</p></div>
{{/NONE}}
<ul class="items">
{{#SURVEY}}
<li><div>
<a href="/feedback/staff/surveys/{{SURVEY_ID:u}}"><strong>{{TITLE}}</strong></a>
<span class="quiet">version {{VERSION}}{{#OWNED}}, kept by {{OWNER}}{{/OWNED}}</span>
</div></li>
{{/SURVEY}}
</ul>
{{>END}}
