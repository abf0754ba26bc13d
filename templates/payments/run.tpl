{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Pay run for {{PERIOD}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/periods/{{PERIOD_ID:u}}">{{PERIOD}}</a></p>
{{>ERROR_SUMMARY}}
<h1>{{#IS_PREPARING}}The pay run is being worked out{{/IS_PREPARING}}{{#IS_BLOCKED}}The pay run cannot be issued yet{{/IS_BLOCKED}}{{#IS_READY}}The pay run is ready{{/IS_READY}}{{#IS_CHECKING}}The sign-off is being checked{{/IS_CHECKING}}{{#IS_CHANGED}}The sign-off was refused{{/IS_CHANGED}}{{#IS_ISSUING}}The statements are being issued{{/IS_ISSUING}}{{#IS_ISSUED}}The statements are issued{{/IS_ISSUED}}{{#IS_ABANDONED}}This pay run was abandoned{{/IS_ABANDONED}}</h1>
<p class="lead">Money arrives by <strong>{{PAY_ON}}</strong>.</p>
{{#IS_OFF_CYCLE}}
<div class="notice"><p><strong>Outside the schedule.</strong> It belongs to the period {{PERIOD}}.</p><p class="lines">{{REASON}}</p></div>
{{/IS_OFF_CYCLE}}
{{#IS_CORRECTION}}
<div class="notice"><p><strong>A correction.</strong> It adds to a statement for {{PERIOD}} that stays as it is.</p>{{#CORRECTS}}<p><a href="/payments/staff/statements/{{STATEMENT_ID:u}}">The statement of {{WHO}}, {{NET}}</a></p>{{/CORRECTS}}<p class="lines">{{REASON}}</p></div>
{{/IS_CORRECTION}}
<dl class="pairs">
<div><dt>Made</dt><dd>{{STARTED}} by {{WHO}}</dd></div>
{{#ISSUED_BY}}<div><dt>Signed off</dt><dd>{{ISSUED}} by {{WHO}}</dd></div>{{/ISSUED_BY}}
{{#HASHED}}<div><dt>Fingerprint</dt><dd><code>{{HASH}}</code><p class="quiet">It stands for every person, line and sum of this run. If one of them changes, it is another one.</p></dd></div>{{/HASHED}}
</dl>
{{#AT_WORK}}{{>PROGRESS}}{{/AT_WORK}}
{{#WORK_STOPPED}}
<div class="notice">
<p><strong>The work has stopped ({{STOPPED_BY}}).</strong> What was done stands, nothing was done twice. It can go on where it stopped.</p>
<form method="post" action="/payments/staff/runs/{{RUN_ID:u}}/again">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">Go on</button>
</form>
</div>
{{/WORK_STOPPED}}
{{#IS_CHANGED}}
<div class="notice warn"><p><strong>This is not what was signed any more.</strong> Since the run was worked out, what is named below has changed. No statement was issued. Abandon this run, make it again and have it signed anew.</p></div>
{{/IS_CHANGED}}
{{#OTHER_DAY}}
<p>The day on which the money arrives has moved.</p>
{{/OTHER_DAY}}
<ul class="items">
{{#CHANGE}}
<li><div><strong>{{WHO}}</strong><span>{{#WAS_NOT_THERE}}Was not in it; would get {{NOW}} now.{{/WAS_NOT_THERE}}{{#IS_NOT_THERE}}Had {{WAS}}; is not in it any more.{{/IS_NOT_THERE}}{{#OTHER_SUM}}Had {{WAS}}; would get {{NOW}} now.{{/OTHER_SUM}}{{#SAME_SUM}}Gets {{NOW}} as before, for other work or from another payer.{{/SAME_SUM}}</span></div></li>
{{/CHANGE}}
</ul>
{{#MORE_CHANGES}}<p class="quiet">These are the first 50.</p>{{/MORE_CHANGES}}
{{#IS_BLOCKED}}
<p class="notice warn">Settle what stands below, abandon this run and make it again.</p>
{{/IS_BLOCKED}}
<ul class="items">
{{#BLOCK}}
<li><div><strong>{{WHO}}</strong><span>{{#WHY_NO_RATE}}Approved work on {{PROJECT}} from {{DAY}} on (entries: {{COUNT}}) has no rate by the {{#BY_HOUR}}hour{{/BY_HOUR}}{{#BY_TASK}}task{{/BY_TASK}}.{{/WHY_NO_RATE}}{{#WHY_NO_PAYEE}}There are no payout details.{{/WHY_NO_PAYEE}}{{#WHY_BELOW_ZERO}}The deductions are more than the pay.{{/WHY_BELOW_ZERO}}</span></div></li>
{{/BLOCK}}
</ul>
{{#MORE_BLOCKS}}<p class="quiet">These are the first 200.</p>{{/MORE_BLOCKS}}
{{#TOTALS}}
<h2>{{#IS_ISSUED}}What it came to{{/IS_ISSUED}}{{#NOT_ISSUED}}What it needs{{/NOT_ISSUED}}</h2>
<dl class="stats">
{{#SUM}}
<div><dt>{{#PAYS}}{{PAYER}}{{/PAYS}}</dt><dd class="figure">{{NET}}</dd><dd class="quiet">Statements: {{COUNT}}; time: {{MINUTES}}</dd></div>
{{/SUM}}
</dl>
{{/TOTALS}}
{{#NO_WARNINGS}}
<div class="notice good"><p><strong>Nothing needs a closer look.</strong> Tax forms, payout references, rates, hours, double entries and unusual sums were looked at.</p></div>
{{/NO_WARNINGS}}
{{#WARNINGS}}
{{#IS_ISSUED}}
<h2>What needed a look</h2>
<p>Nothing of this stood in the way. Whoever signed said that they had seen it.</p>
{{/IS_ISSUED}}
{{#NOT_ISSUED}}
<h2>Have a look before you sign</h2>
<p>Nothing of this stands in the way. Whoever signs says that they have seen it.</p>
{{/NOT_ISSUED}}
<ul class="items">
{{#WARNING}}
<li><div><a href="/payments/staff/runs/{{RUN_ID:u}}/warnings?why={{WHY:u}}"><strong>{{#WHY_NO_TAX_FORM}}No valid tax form{{/WHY_NO_TAX_FORM}}{{#WHY_NO_REFERENCE}}No reference at the payout partner{{/WHY_NO_REFERENCE}}{{#WHY_BELOW_BENCHMARK}}A rate below the middle of the market{{/WHY_BELOW_BENCHMARK}}{{#WHY_BELOW_FLOOR}}Less than a living wage{{/WHY_BELOW_FLOOR}}{{#WHY_OVER_CAP}}Very long weeks{{/WHY_OVER_CAP}}{{#WHY_OVERLAP}}Perhaps the same time twice{{/WHY_OVERLAP}}{{#WHY_FAR_OFF}}Far from what they usually get{{/WHY_FAR_OFF}}{{#WHY_BY_SILENCE}}Approved because nobody looked{{/WHY_BY_SILENCE}}</strong></a></div><span class="tag warn">{{COUNT}}</span></li>
{{/WARNING}}
</ul>
{{/WARNINGS}}
{{#DIFFERENCE}}
<h2>Against the run before</h2>
<dl class="stats">
<div><dt>New</dt><dd class="figure">{{NEW_N}}</dd></div>
<div><dt>Not in it any more</dt><dd class="figure">{{GONE_N}}</dd></div>
<div><dt>More than {{PERCENT}} % off</dt><dd class="figure">{{CHANGED_N}}</dd></div>
</dl>
{{/DIFFERENCE}}
{{#REPORTS}}
<ul class="links">
<li><a href="/payments/staff/runs/{{RUN_ID:u}}/variance">Control totals and differences, with names</a></li>
<li><a href="/payments/staff/runs/{{RUN_ID:u}}/people">Everybody in this run</a></li>
{{#IS_ISSUED}}<li><a href="/payments/staff/runs/{{RUN_ID:u}}/journal">Journal for the general ledger (CSV)</a></li>{{/IS_ISSUED}}
</ul>
{{/REPORTS}}
{{#NOT_BY_YOU}}
<div class="notice"><p>You made this run. Somebody else of finance looks at it and signs it off.</p></div>
{{/NOT_BY_YOU}}
{{#MAY_ISSUE}}
<section class="sheet">
<h2>Sign off</h2>
<form method="post" action="/payments/staff/runs/{{RUN_ID:u}}/issue" novalidate>
{{>SIGN_FORM}}
<button type="submit">Sign and issue these statements</button>
</form>
</section>
{{/MAY_ISSUE}}
{{#MAY_ABANDON}}
<form class="buttons" method="post" action="/payments/staff/runs/{{RUN_ID:u}}/abandon">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button class="bad" type="submit">Abandon this run</button>
</form>
{{/MAY_ABANDON}}
{{#PEOPLE}}
<h2>Who gets what</h2>
<ul class="items">
{{#LINE}}
<li><div><a href="/payments/staff/runs/{{RUN_ID:u}}/people?who={{PERSON_ID:u}}"><strong>{{WHO}}</strong></a><span class="quiet">{{MINUTES}}</span></div><span class="money">{{NET}}</span></li>
{{/LINE}}
</ul>
{{#MORE}}<p><a href="/payments/staff/runs/{{RUN_ID:u}}/people">Everybody in this run</a></p>{{/MORE}}
{{/PEOPLE}}
{{>END}}
