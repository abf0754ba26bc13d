{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{TITLE}}</title>{{>TOP}}
<p class="back"><a href="/@name@/asks">All that you have asked</a></p>
{{#ADDED}}
<div class="receipt" role="status">
<p class="said">Your question is kept</p>
<dl class="pairs">
<div><dt>Number</dt><dd><code>{{ASK_ID}}</code></dd></div>
<div><dt>What happens next</dt><dd>Your HDM reads it and answers by {{DUE_AT}}.</dd></div>
</dl>
</div>
{{/ADDED}}
<h1 dir="auto">{{TITLE}}</h1>
<p class="quiet">{{ASKED_AT}}</p>
<div class="sheet"><p class="lines" dir="auto">{{BODY}}</p></div>
{{#IS_OPEN}}
<p class="notice">You hear from us by <strong>{{DUE_AT}}</strong>.</p>
{{/IS_OPEN}}
{{#IS_ANSWERED}}
<h2>The answer</h2>
<p class="quiet">{{WHO}}, {{ANSWERED_AT}}</p>
<div class="sheet"><p class="lines" dir="auto">{{ANSWER}}</p></div>
{{/IS_ANSWERED}}
{{>END}}
