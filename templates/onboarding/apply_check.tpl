{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Check your answers</title>{{>TOP}}
<p class="back"><a href="/apply/tasks">Back to the list of pages</a></p>
{{>ERROR_SUMMARY}}
<h1>Check your answers</h1>
<div class="check-head"><h2>About you</h2><a href="/apply/about">Change<span class="hidden">: about you</span></a></div>
<dl class="pairs">
<div><dt>Legal name</dt><dd>{{LEGAL_NAME}}</dd></div>
<div><dt>Name that you like to be called by</dt><dd>{{PREFERRED_NAME}}</dd></div>
<div><dt>E-mail</dt><dd>{{EMAIL}}</dd></div>
</dl>
<div class="check-head"><h2>Your work</h2><a href="/apply/work">Change<span class="hidden">: your work</span></a></div>
<dl class="pairs">
<div><dt>Field</dt><dd>{{DOMAIN}}</dd></div>
<div><dt>Level</dt><dd>{{LEVEL}}</dd></div>
<div><dt>Years in it</dt><dd>{{#HAS_YEARS}}{{YEARS}}{{/HAS_YEARS}}</dd></div>
<div><dt>What you can do</dt><dd>{{#SKILLS}}<p>{{SKILLS_LINE}}</p>{{/SKILLS}}</dd></div>
</dl>
<div class="check-head"><h2>Your time and what you need</h2><a href="/apply/time">Change<span class="hidden">: your time and what you need</span></a></div>
<dl class="pairs">
<div><dt>Time zone</dt><dd>{{ZONE}}</dd></div>
<div><dt>Hours a week</dt><dd>{{#HAS_HOURS}}{{HOURS}}{{/HAS_HOURS}}</dd></div>
<div><dt>Interview</dt><dd>{{MODE}}</dd></div>
<div><dt>What you need</dt><dd>{{#NEEDS}}<p>{{NEEDS_LINE}}</p>{{/NEEDS}}{{#NO_NEEDS}}Nothing in particular{{/NO_NEEDS}}</dd></div>
<div><dt>How you heard of us</dt><dd>{{SOURCE}}</dd></div>
</dl>
<div class="check-head"><h2>Consent</h2><a href="/apply/consent">Change<span class="hidden">: your consent</span></a></div>
<dl class="pairs">
<div><dt>Notice on programs</dt><dd>{{#AGREED}}Agreed on {{AGREED_AT}}{{/AGREED}}{{#NOT_AGREED}}Not agreed yet{{/NOT_AGREED}}</dd></div>
</dl>
{{#READY}}
<h2>Send it</h2>
<p>After this, your answers stand as they are, and the interview opens.</p>
<form method="post" action="/apply/check" novalidate>
{{>FORM}}
<button type="submit">Send my application</button>
</form>
{{/READY}}
{{#NOT_READY}}
<p class="notice warn">Something is still missing. <a href="/apply/tasks">See which pages are not done</a>.</p>
{{/NOT_READY}}
{{>END}}
