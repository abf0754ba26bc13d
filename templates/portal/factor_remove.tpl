{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Remove a second factor</title>{{>TOP}}
<p class="back"><a href="/staff/people/{{PERSON_ID:u}}"><bdi>{{LEGAL_NAME}}</bdi></a></p>
{{>ERROR_SUMMARY}}
<h1>Remove a second factor</h1>
<p class="lead">Of <strong>{{LEGAL_NAME}}</strong>, <bdi>{{EMAIL}}</bdi>. Make sure that it is they who ask: call them at a number that you know, or meet them.</p>
<p>They are signed out everywhere and get a mail about it. Their password signs them in; if their role needs a second factor, they set a new one up then.</p>
<form method="post" action="/staff/people/{{PERSON_ID:u}}/second-factor" novalidate>
{{>FORM}}
<button class="bad" type="submit">Remove it</button>
</form>
{{>END}}
