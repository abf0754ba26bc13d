{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}A pay run outside the schedule</title>{{>TOP}}
<p class="back"><a href="/payments/staff/periods">Pay periods</a></p>
{{>ERROR_SUMMARY}}
<h1>A pay run outside the schedule</h1>
<p class="lead">It pays chosen people what is approved of the days of one period and before, and not paid yet. Nobody has to wait for the next regular run.</p>
<p>It goes the same way as a regular run: it is worked out, you look at it, somebody else of finance signs it off. What it pays, the regular run leaves out.</p>
<ul class="items">
{{#LATE_PERIOD}}
<li><div><a href="/payments/staff/runs?period={{PERIOD_ID:u}}"><strong>Work came late for {{PERIOD}}</strong></a></div><span class="tag wait">{{COUNT}}</span></li>
{{/LATE_PERIOD}}
</ul>
<form method="post" action="/payments/staff/runs" novalidate>
{{>FORM}}
<button type="submit">Make this run</button>
</form>
{{>END}}
