{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Ask people: {{TITLE}}</title>{{>TOP}}
<p class="back"><a href="/feedback/staff/surveys/{{SURVEY_ID:u}}">{{TITLE}}</a></p>
{{>ERROR_SUMMARY}}
<h1>Ask people</h1>
<p class="lead">This makes a draft of a round. You see it once more before anybody is asked.</p>
<form method="post" action="/feedback/staff/surveys/{{SURVEY_ID:u}}/run" novalidate>
{{>FORM}}
<button type="submit">Make the draft</button>
</form>
{{>END}}
