{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>What needs a look: pay run for {{PERIOD}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/runs/{{RUN_ID:u}}">The pay run for {{PERIOD}}</a></p>
<p class="eyebrow">Pay run for {{PERIOD}}</p>
<h1>What needs a look</h1>
<p class="lead">Nothing of this stands in the way. A name opens what the person gets, entry by entry.</p>
{{#CHOSEN}}<p><strong>{{#WHY_NO_TAX_FORM}}No valid tax form{{/WHY_NO_TAX_FORM}}{{#WHY_NO_REFERENCE}}No reference at the payout partner{{/WHY_NO_REFERENCE}}{{#WHY_BELOW_BENCHMARK}}A rate below the middle of the market{{/WHY_BELOW_BENCHMARK}}{{#WHY_BELOW_FLOOR}}Less than a living wage{{/WHY_BELOW_FLOOR}}{{#WHY_OVER_CAP}}Very long weeks{{/WHY_OVER_CAP}}{{#WHY_OVERLAP}}Perhaps the same time twice{{/WHY_OVERLAP}}{{#WHY_FAR_OFF}}Far from what they usually get{{/WHY_FAR_OFF}}{{#WHY_BY_SILENCE}}Approved because nobody looked{{/WHY_BY_SILENCE}}</strong></p>
<p><a href="/payments/staff/runs/{{RUN_ID:u}}/warnings">All that needs a look</a></p>{{/CHOSEN}}
{{#NONE}}
<div class="empty"><p>There is nothing here.</p></div>
{{/NONE}}
<ul class="items">
{{#LINE}}
<li><div><a href="/payments/staff/runs/{{RUN_ID:u}}/people?who={{PERSON_ID:u}}"><strong>{{WHO}}</strong></a><span>{{#WHY_NO_TAX_FORM}}There is no valid tax form.{{#OF_DAY}} The last one was valid until {{DAY}}.{{/OF_DAY}}{{/WHY_NO_TAX_FORM}}{{#WHY_NO_REFERENCE}}The payout partner’s reference is missing, so the partner cannot tell whom to pay.{{/WHY_NO_REFERENCE}}{{#WHY_BELOW_BENCHMARK}}The rate on {{PROJECT}} is {{NOW}}; the middle of the market was {{USUAL}} when it was set.{{/WHY_BELOW_BENCHMARK}}{{#WHY_BELOW_FLOOR}}An hour on {{PROJECT}} comes to {{NOW}}; a living wage where they live is {{USUAL}}.{{/WHY_BELOW_FLOOR}}{{#WHY_OVER_CAP}}{{MINUTES}} in one week{{#OF_DAY}} from {{DAY}} on{{/OF_DAY}}; more than {{CAP}} asks for a look.{{/WHY_OVER_CAP}}{{#WHY_OVERLAP}}Entries on {{PROJECT}}{{#OF_DAY}} on {{DAY}}{{/OF_DAY}}: {{COUNT}}, {{MINUTES}} in all. Some are equal or come from two sources.{{/WHY_OVERLAP}}{{#WHY_FAR_OFF}}Gets {{NOW}}; the mean of the last three months is {{USUAL}}.{{/WHY_FAR_OFF}}{{#WHY_BY_SILENCE}}Entries that nobody looked at before the lock: {{COUNT}}, {{MINUTES}} in all.{{/WHY_BY_SILENCE}}</span></div></li>
{{/LINE}}
</ul>
<div class="pages">
{{#MORE}}<a rel="next" href="/payments/staff/runs/{{RUN_ID:u}}/warnings?why={{WHY:u}}&amp;after={{AFTER:u}}">More</a>{{/MORE}}
</div>
{{>END}}
