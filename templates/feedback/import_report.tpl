{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}What we read in {{FILE_NAME}}</title>{{>TOP}}
<p class="back"><a href="/feedback/staff/import">Import a survey</a></p>
{{>ERROR_SUMMARY}}
<p class="eyebrow">{{FILE_NAME}}, read {{READ_AT}}</p>
<h1>{{TITLE}}</h1>
{{#USED}}
<p class="notice good">This file is in use: <a href="/feedback/staff/surveys/{{SURVEY_ID:u}}">{{SURVEY_TITLE}}</a>.</p>
{{/USED}}
<p class="lead"><strong>{{KEPT_N}}</strong> questions come along, <strong>{{NOT_KEPT_N}}</strong> do not. {{#USE}}<a href="#use">Use it</a>{{/USE}}</p>
{{#NOT_KEPT}}
<h2>Not kept</h2>
<ul class="items">
{{#NOT_KEPT_LINE}}
<li><div>{{#CODED}}<code>{{ITEM}}</code>{{/CODED}}{{#WHOLE}}<strong>The survey</strong>{{/WHOLE}} <span>{{SENTENCE}}</span></div></li>
{{/NOT_KEPT_LINE}}
</ul>
{{/NOT_KEPT}}
{{#CHANGED}}
<h2>Kept, but not all of it</h2>
<ul class="items">
{{#CHANGED_LINE}}
<li><div>{{#CODED}}<code>{{ITEM}}</code>{{/CODED}}{{#WHOLE}}<strong>The survey</strong>{{/WHOLE}} <span>{{SENTENCE}}</span></div></li>
{{/CHANGED_LINE}}
</ul>
{{/CHANGED}}
{{#KEPT}}
<h2>Kept</h2>
<ul class="items">
{{#KEPT_LINE}}
<li><div>{{#CODED}}<code>{{ITEM}}</code>{{/CODED}}{{#WHOLE}}<strong>The survey</strong>{{/WHOLE}} <span>{{SENTENCE}}</span></div></li>
{{/KEPT_LINE}}
</ul>
{{/KEPT}}
{{#USE}}
<h2 id="use">Use it</h2>
<form method="post" action="/feedback/staff/import/{{FILE_ID:u}}" novalidate>
{{>USE_FORM}}
<button type="submit">Use this survey</button>
</form>
<p>If you do not want it, leave this page: nothing else will come of it. <a href="/feedback/staff/import">Read another file</a></p>
{{/USE}}
{{>END}}
