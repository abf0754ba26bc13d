{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Pay run for {{PERIOD}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/periods/{{PERIOD_ID:u}}">{{PERIOD}}</a></p>
{{>ERROR_SUMMARY}}
<h1>{{#IS_PREPARING}}The pay run is being worked out{{/IS_PREPARING}}{{#IS_BLOCKED}}The pay run cannot be issued yet{{/IS_BLOCKED}}{{#IS_READY}}The pay run is ready{{/IS_READY}}{{#IS_ISSUING}}The statements are being issued{{/IS_ISSUING}}{{#IS_ISSUED}}The statements are issued{{/IS_ISSUED}}{{#IS_ABANDONED}}This pay run was abandoned{{/IS_ABANDONED}}</h1>
<p class="lead">Money arrives by <strong>{{PAY_ON}}</strong>.</p>
<p class="quiet">Made by {{WHO}}, {{STARTED}}{{#ISSUED_BY}}; issued by {{WHO}}, {{ISSUED}}{{/ISSUED_BY}}</p>
{{#AT_WORK}}{{>PROGRESS}}{{/AT_WORK}}
{{#WORK_STOPPED}}
<div class="notice">
<p><strong>The work has stopped ({{REASON}}).</strong> What was done stands, nothing was done twice. It can go on where it stopped.</p>
<form method="post" action="/payments/staff/runs/{{RUN_ID:u}}/again">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">Go on</button>
</form>
</div>
{{/WORK_STOPPED}}
{{#IS_BLOCKED}}
<p class="notice warn">Settle what stands below, abandon this run and make it again.</p>
{{/IS_BLOCKED}}
<ul class="items">
{{#BLOCK}}
<li><div><strong>{{WHO}}</strong><span>{{#WHY_NO_RATE}}Approved work on {{PROJECT}} from {{DAY}} on (entries: {{COUNT}}) has no rate by the {{#BY_HOUR}}hour{{/BY_HOUR}}{{#BY_TASK}}task{{/BY_TASK}}.{{/WHY_NO_RATE}}{{#WHY_NO_PAYEE}}There are no payout details.{{/WHY_NO_PAYEE}}{{#WHY_BELOW_ZERO}}The deductions are more than the pay.{{/WHY_BELOW_ZERO}}</span></div></li>
{{/BLOCK}}
</ul>
{{#MORE_BLOCKS}}<p class="quiet">These are the first 200.</p>{{/MORE_BLOCKS}}
<dl class="stats">
{{#SUM}}
<div><dt>Statements: {{COUNT}}; time: {{MINUTES}}</dt><dd class="figure">{{NET}}</dd></div>
{{/SUM}}
</dl>
{{#NOT_BY_YOU}}
<div class="notice"><p>You made this run. Somebody else of finance looks at it and issues it.</p></div>
{{/NOT_BY_YOU}}
<div class="buttons">
{{#MAY_ISSUE}}
<form method="post" action="/payments/staff/runs/{{RUN_ID:u}}/issue">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">Issue these statements</button>
</form>
{{/MAY_ISSUE}}
{{#MAY_ABANDON}}
<form method="post" action="/payments/staff/runs/{{RUN_ID:u}}/abandon">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button class="bad" type="submit">Abandon this run</button>
</form>
{{/MAY_ABANDON}}
</div>
{{#PEOPLE}}
<h2>Who gets what</h2>
<ul class="items">
{{#LINE}}
<li><div>{{#DRAFT}}<strong>{{WHO}}</strong>{{/DRAFT}}{{#ISSUED_ONE}}<a href="/payments/staff/statements/{{STATEMENT_ID:u}}"><strong>{{WHO}}</strong></a>{{/ISSUED_ONE}}<span class="quiet">{{MINUTES}}</span></div><span class="money">{{NET}}</span></li>
{{/LINE}}
</ul>
{{#MORE}}<p class="quiet">These are the first 200.</p>{{/MORE}}
{{/PEOPLE}}
{{>END}}
