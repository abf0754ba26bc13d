{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{LEGAL_NAME}}: pay run for {{PERIOD}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/runs/{{RUN_ID:u}}">The pay run for {{PERIOD}}</a></p>
<p class="eyebrow">Pay run for {{PERIOD}}</p>
<h1>{{LEGAL_NAME}}</h1>
<p class="quiet">{{EMAIL}}</p>
<dl class="stats">
{{#SUM}}
<div><dt>Gets</dt><dd class="figure">{{NET}}</dd><dd class="quiet">Work {{GROSS}}, adjustments {{ADJUSTMENTS}}; time: {{MINUTES}}</dd></div>
{{/SUM}}
</dl>
<ul class="links">
{{#ISSUED_ONE}}
<li><a href="/payments/staff/statements/{{STATEMENT_ID:u}}">The statement</a></li>
<li><a href="/payments/staff/statements/{{STATEMENT_ID:u}}/correct">Correct it</a></li>
{{/ISSUED_ONE}}
</ul>
<ul class="items">
{{#WARNING}}
<li><span class="tag warn">{{#WHY_NO_TAX_FORM}}No valid tax form{{/WHY_NO_TAX_FORM}}{{#WHY_NO_REFERENCE}}No reference at the payout partner{{/WHY_NO_REFERENCE}}{{#WHY_BELOW_BENCHMARK}}A rate below the middle of the market{{/WHY_BELOW_BENCHMARK}}{{#WHY_BELOW_FLOOR}}Less than a living wage{{/WHY_BELOW_FLOOR}}{{#WHY_OVER_CAP}}Very long weeks{{/WHY_OVER_CAP}}{{#WHY_OVERLAP}}Perhaps the same time twice{{/WHY_OVERLAP}}{{#WHY_FAR_OFF}}Far from what they usually get{{/WHY_FAR_OFF}}{{#WHY_BY_SILENCE}}Approved because nobody looked{{/WHY_BY_SILENCE}}</span></li>
{{/WARNING}}
</ul>
{{#LINES}}
<h2>Lines</h2>
<table class="cards">
<thead><tr><th scope="col">Work</th><th scope="col" class="number">Time or tasks</th><th scope="col" class="number">Rate</th><th scope="col" class="number">Amount</th></tr></thead>
<tbody>
{{#LINE}}
<tr><th scope="row"><span>{{PROJECT}}, {{KIND}}</span></th><td class="number" data-label="Time or tasks">{{#BY_HOUR}}<span>{{MINUTES}}</span>{{/BY_HOUR}}{{#BY_TASK}}<span>{{UNITS}}</span>{{/BY_TASK}}</td><td class="number" data-label="Rate"><span>{{RATE}}</span></td><td class="number amount">{{AMOUNT}}</td></tr>
{{/LINE}}
</tbody>
</table>
{{/LINES}}
<ul class="items">
{{#ADJUSTMENT}}
<li><div><a href="/payments/staff/adjustments/{{ADJUSTMENT_ID:u}}"><strong>{{KIND}}</strong></a><span>{{REASON}}</span></div><span class="money">{{AMOUNT}}</span></li>
{{/ADJUSTMENT}}
</ul>
{{#ENTRIES}}
<h2>Entries</h2>
<ul class="items">
{{#ENTRY}}
<li><div><a href="/payments/staff/entries/{{ENTRY_ID:u}}"><strong>{{DAY}}</strong></a><span>{{PROJECT}}, {{KIND}}</span>{{#BY_SILENCE}}<span class="quiet">Approved because nobody looked before the lock</span>{{/BY_SILENCE}}<span class="quiet">{{NOTE}}</span></div><span>{{MINUTES}}{{#BY_TASK}}; tasks: {{UNITS}}{{/BY_TASK}}</span></li>
{{/ENTRY}}
</ul>
{{#MORE}}<p class="quiet">These are the first 300.</p>{{/MORE}}
{{/ENTRIES}}
<ul class="items">
{{#EARLIER}}
<li><div><a href="/payments/staff/statements/{{STATEMENT_ID:u}}"><strong>Statement for {{PERIOD}}</strong></a></div><span class="money">{{NET}}</span></li>
{{/EARLIER}}
</ul>
{{>END}}
