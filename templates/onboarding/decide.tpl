{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Decide on the application of {{PREFERRED_NAME}}</title>{{>TOP}}
<p class="back"><a href="/onboarding/staff/applications/{{APPLICATION_ID:u}}">Back to the application</a></p>
{{>ERROR_SUMMARY}}
<h1>Decide on the application of {{PREFERRED_NAME}}</h1>
<p class="lead">The letter is shown to the applicant at once, with your name under it.</p>
{{#ASSESSMENT}}
<h2>Scores by {{WHO}}</h2>
<dl class="pairs">
{{#SCORE}}<div><dt>{{CRITERION}}: {{N}}</dt><dd>{{REASON}}</dd></div>{{/SCORE}}
</dl>
{{/ASSESSMENT}}
<h2>Your decision</h2>
<form method="post" action="/onboarding/staff/applications/{{APPLICATION_ID:u}}/decide" novalidate>
{{>FORM}}
<button type="submit">Decide and send the letter</button>
</form>
{{>END}}
