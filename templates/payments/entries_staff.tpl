{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Time entries</title>{{>TOP}}
{{>ERROR_SUMMARY}}
{{#APPROVED}}
<div class="receipt" role="status"><p><strong>Approved: {{COUNT}}.</strong></p></div>
{{/APPROVED}}
<h1>Time entries</h1>
{{#NONE}}
<div class="empty"><p>No entry waits for approval.</p></div>
{{/NONE}}
{{#OVER_CAPS}}
<h2>More hours than agreed</h2>
<p>They were asked whether it is right. Nothing is cut, and the lock does not wait for it.</p>
<ul class="items">
{{#OVER_CAP}}
<li><div><a href="/payments/staff/entries?person={{PERSON_ID:u}}"><strong>{{WHO}}, {{WEEK}}</strong></a><span>{{PROJECT}}: {{MINUTES}}; agreed are up to {{AGREED}} a week</span>{{#ANSWERED}}<span>{{ANSWER}}</span>{{/ANSWERED}}</div>
<span class="tag{{#IS_DENIED}} warn{{/IS_DENIED}}{{#IS_ASKED}} wait{{/IS_ASKED}}">{{#IS_DENIED}}Says that something is wrong{{/IS_DENIED}}{{#IS_ASKED}}No answer yet{{/IS_ASKED}}</span></li>
{{/OVER_CAP}}
</ul>
{{/OVER_CAPS}}
{{#IN_PERIOD}}
<p class="lead">Paid with {{PERIOD}}, which is locked from {{LOCK_AT}} on. What nobody has looked at by then is approved.</p>
{{#MAY_APPROVE_ALL}}
<form method="post" action="/payments/staff/entries/approve-all">
{{>TOKENS}}
<input type="hidden" name="period" value="{{PERIOD_ID}}">
<button type="submit">Approve all {{COUNT}} of this period</button>
</form>
{{/MAY_APPROVE_ALL}}
{{#LIST}}
<form method="post" action="/payments/staff/entries/approve?period={{PERIOD_ID:u}}">
{{>TOKENS}}
{{#ERROR}}
<p class="error" id="entries_approve-entry-error"><span class="hidden">Error: </span>{{ERROR_TEXT}}</p>
{{/ERROR}}
{{#PERSON}}
<h2>{{WHO}}</h2>
<ul class="items">
{{#ENTRY}}
<li><div class="choice"><input id="{{CHOICE_ID}}" name="entry" type="checkbox" value="{{ENTRY_ID}}"{{#CHOSEN}} checked{{/CHOSEN}}{{#ERROR}} aria-describedby="entries_approve-entry-error" aria-invalid="true"{{/ERROR}}><label for="{{CHOICE_ID}}"><strong>{{DAY}}</strong>, {{MINUTES}}{{#BY_TASK}}, {{UNITS}} tasks{{/BY_TASK}}<span class="quiet block">{{PROJECT}}, {{KIND}}</span>{{#OVERLAPS}}<span class="block"><span class="tag warn">Overlaps with another entry</span></span>{{/OVERLAPS}}{{#IS_LATE}}<span class="quiet block">came after the period of its day was locked</span>{{/IS_LATE}}{{#ANSWERED}}<span class="block"><span class="tag">Answered</span> {{ANSWER}}</span>{{/ANSWERED}}{{#NOTED}}<span class="quiet block">{{NOTE_TEXT}}</span>{{/NOTED}}</label></div>
{{#OVERLAPS}}<a href="/payments/staff/entries/{{OTHER_ID:u}}">The other one<span class="hidden">, with which {{DAY}}, {{MINUTES}} of {{WHO}} overlaps</span></a>{{/OVERLAPS}}<a href="/payments/staff/entries/{{ENTRY_ID:u}}">Look closer<span class="hidden"> at {{WHO}}, {{DAY}}, {{MINUTES}}</span></a></li>
{{/ENTRY}}
</ul>
{{/PERSON}}
<button type="submit">Approve the ticked ones</button>
</form>
{{/LIST}}
{{#MORE}}<p class="quiet">These are the first 100.</p>{{/MORE}}
{{/IN_PERIOD}}
{{#WAIT_FOR_ANSWER}}
<h2>Waiting for an answer</h2>
<ul class="items">
{{#ENTRY}}
<li><div><a href="/payments/staff/entries/{{ENTRY_ID:u}}"><strong>{{WHO}}, {{DAY}}</strong></a>{{#ASKED}}<span>{{QUESTION}}</span>{{/ASKED}}</div><span class="money">{{MINUTES}}</span></li>
{{/ENTRY}}
</ul>
{{/WAIT_FOR_ANSWER}}
{{>END}}
