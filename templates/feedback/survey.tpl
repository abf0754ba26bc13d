{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{TITLE}}</title>{{>TOP}}
<p class="back"><a href="/feedback/staff/surveys">Surveys</a></p>
<h1>{{TITLE}}</h1>
{{#PURPOSED}}<p class="lead lines">{{PURPOSE}}</p>{{/PURPOSED}}
<dl class="pairs">
<div><dt>Version</dt><dd>{{VERSION}}</dd></div>
<div><dt>Questions</dt><dd>{{QUESTIONS}}, on {{PAGES}} pages</dd></div>
<div><dt>Languages</dt><dd>{{#LANGUAGE}}<span class="tag">{{LANGUAGE_CODE}}</span> {{/LANGUAGE}}</dd></div>
</dl>
<p class="buttons"><a class="button" href="/feedback/staff/surveys/{{SURVEY_ID:u}}/run">Ask people</a></p>
<h2>As people will see it</h2>
<p class="quiet">Nothing that you enter here is sent. Who answers gets one part after the other, and only what applies to them.</p>
<div class="sheet" lang="{{LANG_SHOWN}}" dir="auto">
{{#WELCOMED}}<p class="lines">{{WELCOME}}</p>{{/WELCOMED}}
{{#GROUP}}
{{#TITLED}}<h3>{{GROUP_TITLE}}</h3>{{/TITLED}}
{{#UNTITLED}}<hr>{{/UNTITLED}}
{{#TEXTED}}<p class="lines">{{GROUP_TEXT}}</p>{{/TEXTED}}
{{>ASKED}}
{{/GROUP}}
</div>
{{>END}}
