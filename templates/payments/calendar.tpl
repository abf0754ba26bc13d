{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>When you are paid</title>{{>TOP}}
{{#NONE}}
<h1>When you are paid</h1>
<div class="empty"><p>You are not set up to be paid yet. The days stand here once you have signed.</p></div>
{{/NONE}}
{{#YEAR}}
<p class="eyebrow">Your next money, for {{NEXT_PERIOD}}</p>
<h1 class="figure">{{NEXT_DAY}}</h1>
<p class="lead">{{IN_DAYS}}</p>
<ul class="links chips">
<li><a href="/payments/statements">Statements</a></li>
<li><a href="/payments/entries">Your time in the running period</a></li>
<li><a href="/payments/calendar" aria-current="page">When you are paid</a></li>
</ul>
{{#IN_US}}
<p>In the U.S. banks need longer; your days have that in them.</p>
{{/IN_US}}
<h2>The year ahead</h2>
<table class="cards">
<thead><tr><th scope="col">Work of</th><th scope="col">Add time until</th><th scope="col">Statement</th><th scope="col">Money</th></tr></thead>
<tbody>
{{#LINE}}
<tr>
<th scope="row">{{PERIOD}}{{#IS_OPEN}} <span class="tag wait">Running</span>{{/IS_OPEN}}{{#IS_LOCKED}} <span class="tag">Locked</span>{{/IS_LOCKED}}{{#IS_ISSUED}} <span class="tag good">Statement is there</span>{{/IS_ISSUED}}</th>
<td data-label="Add time until">{{LOCK_AT}}</td>
<td data-label="Statement">{{ISSUE_ON}}</td>
<td data-label="Money"><strong>{{PAY_ON}}</strong>{{#ROLLED}}<span class="quiet block">{{#BY_WEEKEND}}Instead of {{ROLLED_FROM}}: banks rest on weekends.{{/BY_WEEKEND}}{{#BY_HOLIDAY}}Instead of {{ROLLED_FROM}}: banks are closed, {{HOLIDAY}}.{{/BY_HOLIDAY}}</span>{{/ROLLED}}{{#WAS_MOVED}}<span class="quiet block">It was promised for {{MOVED_FROM}} before.</span>{{/WAS_MOVED}}</td>
</tr>
{{/LINE}}
</tbody>
</table>
<p class="quiet">Periods begin and end at midnight in {{ZONE}}.</p>
<h2>In your own calendar</h2>
{{#NEW_ADDRESS}}
<div class="receipt" role="status">
<p class="said">Your calendar has an address</p>
<p>Add it to your calendar program as a subscription. We show it once; whoever has it sees these days, and nothing else.</p>
<p translate="no"><code dir="ltr">{{ADDRESS}}</code></p>
</div>
{{/NEW_ADDRESS}}
{{#NO_ADDRESS}}
<p>Your calendar program can show these days and follow when one moves. For that it needs an address that only you know.</p>
<form method="post" action="/payments/calendar/address">
{{>TOKENS}}
<button class="second" type="submit">Make an address for my calendar</button>
</form>
{{/NO_ADDRESS}}
{{#HAS_ADDRESS}}
<p>You made an address for your calendar: {{STARTED}}. If somebody else has it, make a new one; the old one ends at once.</p>
<div class="buttons">
{{#AGAIN}}
<form method="post" action="/payments/calendar/address">
{{>TOKENS}}
<button class="second" type="submit">Make a new address</button>
</form>
{{/AGAIN}}
{{#END_IT}}
<form method="post" action="/payments/calendar/address/end">
{{>TOKENS}}
<button class="second" type="submit">End the subscription</button>
</form>
{{/END_IT}}
</div>
{{/HAS_ADDRESS}}
{{/YEAR}}
{{>END}}
