{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Score the application of {{PREFERRED_NAME}}</title>{{>TOP}}
<p class="back"><a href="/onboarding/staff/applications/{{APPLICATION_ID:u}}">Back to the application</a></p>
{{>ERROR_SUMMARY}}
<h1>Score the application of {{PREFERRED_NAME}}</h1>
<p class="lead">The same measure for everyone: 1 to 5, with a reason that the applicant could read. Scores stand as they are once you have saved them; those of others are shown to you afterwards.</p>
<details>
<summary>Read the interview beside it</summary>
{{#GROUP}}
<h2>{{GROUP_TITLE}}</h2>
{{#QUESTION}}
<h3>{{QUESTION_TEXT}}</h3>
{{#NO_ANSWER}}<p class="quiet">Not answered</p>{{/NO_ANSWER}}
{{#ANSWER}}<p>{{ANSWER_LINE}}</p>{{/ANSWER}}
{{/QUESTION}}
{{/GROUP}}
</details>
<form method="post" action="/onboarding/staff/applications/{{APPLICATION_ID:u}}/score" novalidate>
{{>FORM}}
<button type="submit">Save my scores</button>
</form>
{{>END}}
