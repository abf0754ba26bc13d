{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Pay periods</title>{{>TOP}}
<h1>Pay periods</h1>
<ul class="links chips">
<li><a href="/payments/staff/periods" aria-current="page">Periods</a></li>
<li><a href="/payments/staff/schedules">Schedules</a></li>
<li><a href="/payments/staff/holidays">Days without banks</a></li>
<li><a href="/payments/staff/entries">Time entries</a></li>
<li><a href="/payments/staff/adjustments">Bonuses, expenses and other adjustments</a></li>
<li><a href="/payments/staff/referrals">Referrals</a></li>
<li><a href="/payments/staff/import">Import time entries</a></li>
<li><a href="/payments/staff/runs">A pay run outside the schedule</a></li>
<li><a href="/payments/staff/accounts">Accounts and cost centres</a></li>
</ul>
{{#BOARD}}
<section class="sheet">
<h2><a href="/payments/staff/periods/{{PERIOD_ID:u}}">{{PERIOD}}</a></h2>
<p class="verdict">{{#IS_OVERDUE}}The lock is overdue: it was due {{LOCK_AT}}.{{/IS_OVERDUE}}{{#IS_RUNNING}}{{CLOCK}} until the lock, {{LOCK_AT}}.{{/IS_RUNNING}}{{#IS_LOCKED}}Locked. Statements are promised for {{ISSUE_ON}}, money for {{PAY_ON}}.{{/IS_LOCKED}}{{#IS_IN_REVIEW}}A pay run is made. Statements are promised for {{ISSUE_ON}}, money for {{PAY_ON}}.{{/IS_IN_REVIEW}}</p>
<dl class="stats">
<div><dt>Approved</dt><dd class="figure">{{APPROVED}}</dd><dd class="quiet">{{APPROVED_TIME}}</dd></div>
<div><dt>To look at</dt><dd class="figure">{{SUBMITTED}}</dd><dd class="quiet">{{SUBMITTED_TIME}}</dd></div>
<div><dt>Asked about</dt><dd class="figure">{{QUERIED}}</dd><dd class="quiet">{{QUERIED_TIME}}</dd></div>
</dl>
{{#CLEAR}}
<p>Nothing is left to settle.</p>
{{/CLEAR}}
{{#BLOCKED}}
<h3>To settle before pay day</h3>
<ul class="items">
{{#NO_RATE}}<li><div><strong>{{SENTENCE}}</strong><span class="quiet">Nothing of it can be paid before there is a rate.</span></div></li>{{/NO_RATE}}
{{#NO_PAYOUT}}<li><div><strong>{{SENTENCE}}</strong><span class="quiet">The payout partner does not know them yet.</span></div></li>{{/NO_PAYOUT}}
{{#UNDECIDED}}<li><div><strong>{{SENTENCE}}</strong><span class="quiet">What is undecided at the lock goes to the next period.</span></div><a href="/payments/staff/adjustments">Decide</a></li>{{/UNDECIDED}}
{{#OVER_CAP}}<li><div><strong>{{SENTENCE}}</strong><span class="quiet">Nothing waits for it; have a look.</span></div><a href="/payments/staff/entries">Look</a></li>{{/OVER_CAP}}
{{#RUN_BLOCKED}}<li><div><strong>The pay run cannot be issued yet.</strong><span class="quiet">Its page says what is missing, and for whom.</span></div></li>{{/RUN_BLOCKED}}
</ul>
{{/BLOCKED}}
</section>
{{/BOARD}}
{{#NONE}}
<div class="empty"><p>There is no period yet. They are made ahead of time, once a pay schedule is set up.</p></div>
{{/NONE}}
<h2>All periods</h2>
<ul class="items">
{{#LINE}}
<li><div><a href="/payments/staff/periods/{{PERIOD_ID:u}}"><strong>{{PERIOD}}</strong></a>
<span class="quiet">{{SCHEDULE}}. Lock {{LOCK_AT}}, statements {{ISSUE_ON}}, money {{PAY_ON}}</span>{{#UNLOOKED}}<span>Waiting for approval: {{COUNT}}</span>{{/UNLOOKED}}</div>
<span class="tag{{#IS_OPEN}} wait{{/IS_OPEN}}{{#IS_IN_REVIEW}} warn{{/IS_IN_REVIEW}}{{#IS_ISSUED}} good{{/IS_ISSUED}}{{#IS_PAID}} good{{/IS_PAID}}">{{#IS_OPEN}}Open{{/IS_OPEN}}{{#IS_LOCKED}}Locked{{/IS_LOCKED}}{{#IS_IN_REVIEW}}In review{{/IS_IN_REVIEW}}{{#IS_ISSUED}}Issued{{/IS_ISSUED}}{{#IS_PAID}}Paid{{/IS_PAID}}</span></li>
{{/LINE}}
</ul>
{{>END}}
