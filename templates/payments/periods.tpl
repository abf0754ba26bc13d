{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Pay periods</title>{{>TOP}}
<h1>Pay periods</h1>
<ul class="links chips">
<li><a href="/payments/staff/entries">Time entries</a></li>
<li><a href="/payments/staff/adjustments">Bonuses, expenses and other adjustments</a></li>
<li><a href="/payments/staff/referrals">Referrals</a></li>
<li><a href="/payments/staff/import">Import time entries</a></li>
<li><a href="/payments/staff/runs">A pay run outside the schedule</a></li>
<li><a href="/payments/staff/accounts">Accounts and cost centres</a></li>
</ul>
{{#NONE}}
<div class="empty"><p>There is no period yet. They are made ahead of time, once a pay schedule is set up.</p></div>
{{/NONE}}
<ul class="items">
{{#LINE}}
<li><div><a href="/payments/staff/periods/{{PERIOD_ID:u}}"><strong>{{PERIOD}}</strong></a>
<span class="quiet">{{SCHEDULE}}. Lock {{LOCK_AT}}, statements {{ISSUE_ON}}, money {{PAY_ON}}</span>{{#UNLOOKED}}<span>Waiting for approval: {{COUNT}}</span>{{/UNLOOKED}}</div>
<span class="tag{{#IS_OPEN}} wait{{/IS_OPEN}}{{#IS_IN_REVIEW}} warn{{/IS_IN_REVIEW}}{{#IS_ISSUED}} good{{/IS_ISSUED}}{{#IS_PAID}} good{{/IS_PAID}}">{{#IS_OPEN}}Open{{/IS_OPEN}}{{#IS_LOCKED}}Locked{{/IS_LOCKED}}{{#IS_IN_REVIEW}}In review{{/IS_IN_REVIEW}}{{#IS_ISSUED}}Issued{{/IS_ISSUED}}{{#IS_PAID}}Paid{{/IS_PAID}}</span></li>
{{/LINE}}
</ul>
{{>END}}
