{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Schedules of pay</title>{{>TOP}}
{{#IS_ADDED}}
<div class="receipt" role="status"><p class="said">The schedule is made</p><p>Its first periods stand below. People are paid by it once their terms or an import say so.</p></div>
{{/IS_ADDED}}
<h1>Schedules of pay</h1>
<ul class="links chips">
<li><a href="/payments/staff/periods">Periods</a></li>
<li><a href="/payments/staff/schedules" aria-current="page">Schedules</a></li>
<li><a href="/payments/staff/holidays">Days without banks</a></li>
</ul>
{{#NONE}}
<div class="empty"><p>There is no schedule yet, so nobody can be paid. Make the first one.</p></div>
{{/NONE}}
{{#SCHEDULE_PART}}
<section class="sheet">
<h2>{{SCHEDULE}}</h2>
<dl class="pairs">
<div><dt>Periods</dt><dd>{{#IS_BIWEEKLY}}Two weeks each{{/IS_BIWEEKLY}}{{#IS_SEMI_MONTHLY}}The 1st to the 15th, the 16th to the month’s end{{/IS_SEMI_MONTHLY}}</dd></div>
<div><dt>Days counted in</dt><dd>{{ZONE}}</dd></div>
<div><dt>Lock</dt><dd>{{LOCK_AFTER}}</dd></div>
<div><dt>Statements</dt><dd>{{ISSUE_AFTER}}</dd></div>
<div><dt>Money</dt><dd>{{PAY_AFTER}}{{#US_LATER}}; for payees in the U.S. {{DAYS}} later{{/US_LATER}}</dd></div>
<div><dt>A day without banks</dt><dd>{{#ROLLS_FORWARD}}The next day with banks{{/ROLLS_FORWARD}}{{#ROLLS_BACK}}The last day with banks before it{{/ROLLS_BACK}}</dd></div>
{{#HAS_HOLIDAYS}}
<div><dt>Holidays</dt><dd><a href="/payments/staff/holidays">{{CALENDAR}}</a></dd></div>
{{/HAS_HOLIDAYS}}
<div><dt>Who is paid by it</dt><dd>{{PEOPLE}}</dd></div>
</dl>
<ul class="items">
{{#LINE}}
<li><div><strong>{{PERIOD}}</strong><span class="quiet">Lock {{LOCK_ON}}, statements {{ISSUE_ON}}</span></div><span class="money">{{PAY_ON}}</span></li>
{{/LINE}}
</ul>
</section>
{{/SCHEDULE_PART}}
<div class="buttons">
<a class="button" href="/payments/staff/schedules/new">Make a schedule of two weeks</a>
<a class="button second" href="/payments/staff/schedules/new?kind=semi_monthly">Make one of half months</a>
</div>
{{>END}}
