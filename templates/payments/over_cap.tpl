{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Hours above what was agreed</title>{{>TOP}}
<p class="back"><a href="/payments/entries">Your time</a></p>
{{>ERROR_SUMMARY}}
{{#IS_DONE}}
<div class="receipt" role="status">
<p class="said">Thank you, your answer is kept</p>
<dl class="pairs">
<div><dt>What happens next</dt><dd>Finance sees it. What you worked is paid on the promised day.</dd></div>
</dl>
</div>
{{/IS_DONE}}
<p class="eyebrow">{{PROJECT}}</p>
<h1 class="figure">{{MINUTES}}</h1>
<p class="lead">So much is entered for {{WEEK}}. Agreed are up to {{AGREED}} a week. Nothing is cut, and nothing waits for your answer; we ask so that no mistake stays.</p>
{{#ANSWERED}}
<dl class="pairs">
<div><dt>What you said</dt><dd>{{ANSWER}}</dd></div>
</dl>
{{/ANSWERED}}
{{#IS_ASKED}}
<form method="post" action="/payments/hours/{{QUESTION_ID:u}}" novalidate>
{{>FORM}}
<button type="submit">Send</button>
</form>
{{/IS_ASKED}}
{{>END}}
