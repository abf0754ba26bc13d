{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{TITLE}}: check your answers</title>{{>TOP}}
<p class="back"><a href="/feedback/answer/{{RUN_ID:u}}">Back to the beginning</a></p>
<h1>Check your answers</h1>
{{#NOT_READY}}
<div class="notice warn" role="status"><p><strong>Not quite there.</strong> Answers that we need are still missing; they are marked below. What you have saved is kept.</p></div>
{{/NOT_READY}}
<dl class="pairs" lang="{{LANG_SHOWN}}">
{{#ASKED_QUESTION}}
<div><dt dir="auto">{{QUESTION}}</dt><dd dir="auto">{{#MISSING}}<strong class="error">Still needed</strong>{{/MISSING}}{{#GIVEN}}<span class="lines block">{{#ROWED}}{{ROW}}: {{/ROWED}}{{ANSWER}}</span>{{/GIVEN}}</dd><dd class="change"><a href="/feedback/answer/{{RUN_ID:u}}?page={{PAGE:u}}">Change<span class="hidden">: {{QUESTION}}</span></a></dd></div>
{{/ASKED_QUESTION}}
</dl>
{{#READY}}
<form method="post" action="/feedback/answer/{{RUN_ID:u}}/check">
{{>TOKENS}}
<p>You can change and send them again until {{CLOSES}}.</p>
<button type="submit">Send my answers</button>
</form>
{{/READY}}
{{>END}}
