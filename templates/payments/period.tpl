{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Pay period {{PERIOD}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/periods">All periods</a></p>
{{>ERROR_SUMMARY}}
<p class="eyebrow">{{SCHEDULE}}</p>
<h1>{{PERIOD}}</h1>
<p><span class="tag{{#IS_OPEN}} wait{{/IS_OPEN}}{{#IS_IN_REVIEW}} warn{{/IS_IN_REVIEW}}{{#IS_ISSUED}} good{{/IS_ISSUED}}{{#IS_PAID}} good{{/IS_PAID}}">{{#IS_OPEN}}Open{{/IS_OPEN}}{{#IS_LOCKED}}Locked{{/IS_LOCKED}}{{#IS_IN_REVIEW}}In review{{/IS_IN_REVIEW}}{{#IS_ISSUED}}Issued{{/IS_ISSUED}}{{#IS_PAID}}Paid{{/IS_PAID}}</span></p>
<dl class="pairs">
<div><dt>Lock</dt><dd>{{LOCK_AT}}{{#LOCKED}}; locked {{LOCKED_AT}} by {{WHO}}{{/LOCKED}}</dd></div>
<div><dt>Statements</dt><dd>{{ISSUE_ON}}</dd></div>
<div><dt>Money</dt><dd>{{PAY_ON}}{{#ROLLED}} ({{ROLLED_FROM}} is a day on which banks move nothing){{/ROLLED}}</dd></div>
<div><dt>Days counted in</dt><dd>{{ZONE}}</dd></div>
</dl>
<h2>Time entries</h2>
{{#NO_ENTRIES}}
<div class="empty"><p>There are none.</p></div>
{{/NO_ENTRIES}}
<dl class="pairs">
{{#COUNTED}}
<div><dt>{{STATE_WORD}}</dt><dd>{{COUNT}}, {{MINUTES}}{{#BY_SILENCE}}; {{SILENT}} of them because nobody looked at them before the lock{{/BY_SILENCE}}</dd></div>
{{/COUNTED}}
</dl>
{{#MAY_LOCK}}
<h2>Lock</h2>
<p>After the lock, new entries are paid with the next period. What nobody has looked at is approved{{#UNLOOKED}} (now {{COUNT}}){{/UNLOOKED}}. Entries with an open question wait for their answer and go to the next period.</p>
{{#IS_EARLY}}
<div class="notice warn"><p>This is early: people may add time until {{LOCK_AT}}.</p></div>
{{/IS_EARLY}}
<form method="post" action="/payments/staff/periods/{{PERIOD_ID:u}}/lock">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">Lock this period</button>
</form>
{{/MAY_LOCK}}
{{#SILENCE_RUNS}}
<p>What nobody has looked at is being approved.</p>
{{>PROGRESS}}
{{/SILENCE_RUNS}}
{{#SILENCE_STOPPED}}
<p class="notice">Approving what nobody has looked at has stopped. What was approved stands. Tell your administrator; until then no pay run can be made.</p>
{{/SILENCE_STOPPED}}
{{#MAY_RUN}}
<h2>Pay run</h2>
<p>It works out what everybody gets. Nobody is told anything before somebody else than you has issued it.</p>
<form method="post" action="/payments/staff/periods/{{PERIOD_ID:u}}/run">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">Make the pay run</button>
</form>
{{/MAY_RUN}}
<ul class="items">
{{#RUN}}
<li><div><a href="/payments/staff/runs/{{RUN_ID:u}}"><strong>Pay run of {{STARTED}}</strong></a><span class="quiet">made by {{WHO}}</span></div><span class="tag">{{STATE_WORD}}</span></li>
{{/RUN}}
</ul>
{{>END}}
