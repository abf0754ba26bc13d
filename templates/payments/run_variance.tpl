{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Control totals and differences: pay run for {{PERIOD}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/runs/{{RUN_ID:u}}">The pay run for {{PERIOD}}</a></p>
<p class="eyebrow">Pay run for {{PERIOD}}</p>
<h1>Control totals and differences</h1>
{{#COMPARED}}<p class="lead">Compared with the run for {{PERIOD}}.</p>{{/COMPARED}}
{{#NOTHING_BEFORE}}<p class="lead">There is no run before it to compare with.</p>{{/NOTHING_BEFORE}}
<p><a href="/payments/staff/runs/{{RUN_ID:u}}/variance/csv">All of it as CSV</a></p>
<h2>What each legal entity has to fund</h2>
<table class="cards">
<thead><tr><th scope="col">Payer</th><th scope="col" class="number">People</th><th scope="col" class="number">Work</th><th scope="col" class="number">Adjustments</th><th scope="col" class="number">To fund</th><th scope="col" class="number">Before</th></tr></thead>
<tbody>
{{#ENTITY_TOTAL}}
<tr><th scope="row">{{WHAT}}</th><td class="number" data-label="People"><span>{{COUNT}}</span></td><td class="number" data-label="Work"><span>{{GROSS}}</span></td><td class="number" data-label="Adjustments"><span>{{ADJUSTMENTS}}</span></td><td class="number amount">{{NET}}</td><td class="number" data-label="Before"><span>{{WAS}}</span></td></tr>
{{/ENTITY_TOTAL}}
</tbody>
</table>
<h2>What each project comes to</h2>
<table class="cards">
<thead><tr><th scope="col">Project</th><th scope="col" class="number">People</th><th scope="col" class="number">Time</th><th scope="col" class="number">Tasks</th><th scope="col" class="number">Amount</th><th scope="col" class="number">Before</th></tr></thead>
<tbody>
{{#PROJECT_TOTAL}}
<tr><th scope="row">{{WHAT}}</th><td class="number" data-label="People"><span>{{COUNT}}</span></td><td class="number" data-label="Time"><span>{{MINUTES}}</span></td><td class="number" data-label="Tasks"><span>{{UNITS}}</span></td><td class="number amount">{{GROSS}}</td><td class="number" data-label="Before"><span>{{WAS}}</span></td></tr>
{{/PROJECT_TOTAL}}
</tbody>
</table>
{{#NEW}}
<h2>New in this run</h2>
<ul class="items">
{{#LINE}}
<li><div><a href="/payments/staff/runs/{{RUN_ID:u}}/people?who={{PERSON_ID:u}}"><strong>{{WHO}}</strong></a></div><span class="money">{{NOW}}</span></li>
{{/LINE}}
</ul>
{{#MORE}}<p class="quiet">These are the first 100. The CSV has all.</p>{{/MORE}}
{{/NEW}}
{{#GONE}}
<h2>Not in it any more</h2>
<ul class="items">
{{#LINE}}
<li><div><a href="/payments/staff/runs/{{RUN_ID:u}}/people?who={{PERSON_ID:u}}"><strong>{{WHO}}</strong></a></div><span class="money">{{WAS}}</span></li>
{{/LINE}}
</ul>
{{#MORE}}<p class="quiet">These are the first 100. The CSV has all.</p>{{/MORE}}
{{/GONE}}
{{#CHANGED}}
<h2>More than {{PERCENT}} % more or less than before</h2>
<ul class="items">
{{#LINE}}
<li><div><a href="/payments/staff/runs/{{RUN_ID:u}}/people?who={{PERSON_ID:u}}"><strong>{{WHO}}</strong></a><span class="quiet">Before: {{WAS}}</span></div><span class="money">{{NOW}}</span></li>
{{/LINE}}
</ul>
{{#MORE}}<p class="quiet">These are the first 100. The CSV has all.</p>{{/MORE}}
{{/CHANGED}}
{{>END}}
