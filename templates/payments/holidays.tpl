{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Days without banks</title>{{>TOP}}
{{>ERROR_SUMMARY}}
{{#IS_ADDED}}
<div class="receipt" role="status"><p class="said">The holiday is entered</p><p>Promised days on it have moved, and people whose money moves are told.</p></div>
{{/IS_ADDED}}
{{#IS_REMOVED}}
<div class="receipt" role="status"><p class="said">The holiday is taken out</p><p>Promised days that it had moved are back, and people whose money moves are told.</p></div>
{{/IS_REMOVED}}
<h1>Days without banks</h1>
<ul class="links chips">
<li><a href="/payments/staff/periods">Periods</a></li>
<li><a href="/payments/staff/schedules">Schedules</a></li>
<li><a href="/payments/staff/holidays" aria-current="page">Days without banks</a></li>
</ul>
<p class="lead">On these days and on weekends banks move nothing, so money that is promised for one of them comes on another day. A day that is over cannot be changed.</p>
{{#MOVES}}
<h2>Promised days that move</h2>
<p>What is issued stays as it was promised. Everybody whose money moves is told.</p>
<ul class="items">
{{#MOVE}}
<li><div><strong>{{PERIOD}}</strong><span class="quiet">{{SCHEDULE}}, {{PEOPLE}}</span>{{#PAY_MOVES}}<span>Money <del>{{BEFORE}}</del> <strong>{{AFTER}}</strong></span>{{/PAY_MOVES}}{{#ISSUE_ONLY}}<span>Statement {{ISSUE_ON}}; the money stays on {{AFTER}}</span>{{/ISSUE_ONLY}}</div></li>
{{/MOVE}}
</ul>
{{/MOVES}}
<div class="split">
<section class="sheet">
<h2>Enter one</h2>
<form method="post" action="/payments/staff/holidays" novalidate>
{{>ADD_FORM}}
<button type="submit">Enter this holiday</button>
</form>
</section>
<section>
{{#NONE}}
<div class="empty"><p>No holiday is entered for the time ahead.</p></div>
{{/NONE}}
{{#CALENDAR_PART}}
<h2>{{CALENDAR}}</h2>
<ul class="items">
{{#LINE}}
<li><div><strong>{{DAY}}</strong><span class="quiet">{{HOLIDAY}}</span></div><a href="/payments/staff/holidays/{{HOLIDAY_CALENDAR:u}}/{{HOLIDAY_DAY:u}}">Take out<span class="hidden"> {{HOLIDAY}}, {{DAY}}</span></a></li>
{{/LINE}}
</ul>
{{/CALENDAR_PART}}
</section>
</div>
{{>END}}
