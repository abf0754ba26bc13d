{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Your time</title>{{>TOP}}
{{>ERROR_SUMMARY}}
{{#ADDED}}
<div class="receipt" role="status">
<p class="said">Your entry is kept</p>
<dl class="pairs">
<div><dt>Day</dt><dd>{{DAY}}</dd></div>
<div><dt>Time</dt><dd>{{MINUTES}}</dd></div>
<div><dt>Number</dt><dd><code>{{ENTRY_ID}}</code></dd></div>
<div><dt>What happens next</dt><dd>Finance looks at it before the lock. It is paid with {{PERIOD}}.</dd></div>
</dl>
</div>
{{/ADDED}}
<h1>Your time</h1>
{{#NEXT_PAY}}
<p class="lead">What you do in {{PERIOD}} is paid by <strong>{{PAY_ON}}</strong>. Entries can be added until {{LOCK_AT}}; a later one is paid with the next period.</p>
{{/NEXT_PAY}}
{{#OVER_CAP}}
<div class="notice warn"><p><strong>{{MINUTES}} on {{PROJECT}}, {{WEEK}}.</strong> Agreed are up to {{AGREED}} a week. Is it right? <a href="/payments/hours/{{QUESTION_ID:u}}">Tell us<span class="hidden">: {{PROJECT}}, {{WEEK}}</span></a></p></div>
{{/OVER_CAP}}
<ul class="links chips">
<li><a href="/payments/statements">Your statements</a></li>
<li><a href="/payments/entries" aria-current="page">Your time in the running period</a></li>
<li><a href="/payments/calendar">When you are paid</a></li>
</ul>
<div class="split">
<section class="sheet">
<h2>Add an entry</h2>
<form method="post" action="/payments/entries" novalidate>
{{>FORM}}
<button type="submit">Add this entry</button>
</form>
</section>
<section>
<h2>What is entered</h2>
{{#NONE}}
<div class="empty"><p>Nothing is entered for the running period yet.</p></div>
{{/NONE}}
<ul class="items">
{{#ENTRY}}
<li><div><a href="/payments/entries/{{ENTRY_ID:u}}"><strong>{{DAY}}</strong></a><span class="quiet">{{PROJECT}}, {{KIND}}</span>{{#BY_TASK}}<span class="quiet">Tasks: {{UNITS}}</span>{{/BY_TASK}}
<span class="tag{{#TAG_GOOD}} good{{/TAG_GOOD}}{{#TAG_WARN}} warn{{/TAG_WARN}}{{#TAG_BAD}} bad{{/TAG_BAD}}{{#TAG_WAIT}} wait{{/TAG_WAIT}}">{{STATE_WORD}}</span>{{#IS_LATE}}<span class="quiet">It came after its period was locked and is paid with {{PERIOD}}.</span>{{/IS_LATE}}{{#OPEN_QUESTION}}{{#ASKED}}<span>{{QUESTION}}</span>{{/ASKED}}{{/OPEN_QUESTION}}</div>
<span class="money">{{MINUTES}}</span>{{#OPEN_QUESTION}}<a class="button second" href="/payments/entries/{{ENTRY_ID:u}}">Answer<span class="hidden">: {{DAY}}</span></a>{{/OPEN_QUESTION}}</li>
{{/ENTRY}}
</ul>
</section>
</div>
{{>END}}
