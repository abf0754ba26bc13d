{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{HOLIDAY}}, {{DAY}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/holidays">Days without banks</a></p>
<p class="eyebrow">{{CALENDAR}}</p>
<h1>{{HOLIDAY}}, {{DAY}}</h1>
{{#NONE}}
<p class="lead">No promised day would move if it were taken out.</p>
{{/NONE}}
{{#MOVES}}
<h2>Promised days that move</h2>
<p>What is issued stays as it was promised. Everybody whose money moves is told.</p>
<ul class="items">
{{#MOVE}}
<li><div><strong>{{PERIOD}}</strong><span class="quiet">{{SCHEDULE}}, {{PEOPLE}}</span>{{#PAY_MOVES}}<span>Money <del>{{BEFORE}}</del> <strong>{{AFTER}}</strong></span>{{/PAY_MOVES}}{{#ISSUE_ONLY}}<span>Statement {{ISSUE_ON}}; the money stays on {{AFTER}}</span>{{/ISSUE_ONLY}}</div></li>
{{/MOVE}}
</ul>
{{/MOVES}}
{{#MAY_REMOVE}}
<form method="post" action="/payments/staff/holidays/remove">
{{>TOKENS}}
<input type="hidden" name="calendar" value="{{HOLIDAY_CALENDAR}}">
<input type="hidden" name="day" value="{{HOLIDAY_DAY}}">
<button class="bad" type="submit">Take this holiday out</button>
</form>
{{/MAY_REMOVE}}
{{>END}}
