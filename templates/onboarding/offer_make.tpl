{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Make an offer to {{LEGAL_NAME}}</title>{{>TOP}}
<p class="back"><a href="/onboarding/staff/applications/{{APPLICATION_ID:u}}">Back to the application</a></p>
{{>ERROR_SUMMARY}}
<h1>Make an offer to {{LEGAL_NAME}}</h1>
<p class="lead">{{DOMAIN}}, {{LEVEL}}{{#HAS_HOURS}}; would like to work {{HOURS}} hours a week{{/HAS_HOURS}}. Purpose, hard content and unit come from the project. You see the whole offer before it is sent.</p>
<form method="post" action="/onboarding/staff/applications/{{APPLICATION_ID:u}}/offer" novalidate>
{{>FORM}}
<button type="submit">Go on to see the offer</button>
</form>
{{>END}}
