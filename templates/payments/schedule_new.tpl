{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}A new schedule of pay</title>{{>TOP}}
<p class="back"><a href="/payments/staff/schedules">Schedules of pay</a></p>
{{>ERROR_SUMMARY}}
<h1>A new schedule of pay</h1>
<p class="lead">A schedule is a promise: when time can be added until, when the statement comes, when the money is there.</p>
<form method="post" action="/payments/staff/schedules" novalidate>
{{>FORM}}
<button type="submit">Make this schedule</button>
</form>
{{>END}}
