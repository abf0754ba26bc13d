{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{KIND}} for {{WHO}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/adjustments">All adjustments</a></p>
{{>ERROR_SUMMARY}}
<p class="eyebrow">{{KIND}} for {{WHO}}</p>
<h1 class="figure">{{AMOUNT}}</h1>
<p><span class="tag{{#IS_PROPOSED}} wait{{/IS_PROPOSED}}{{#IS_APPROVED}} good{{/IS_APPROVED}}{{#IS_DECLINED}} bad{{/IS_DECLINED}}">{{#IS_PROPOSED}}Proposed{{/IS_PROPOSED}}{{#IS_APPROVED}}Approved{{/IS_APPROVED}}{{#IS_DECLINED}}Declined{{/IS_DECLINED}}</span></p>
<dl class="pairs">
<div><dt>Reason</dt><dd>{{REASON}}</dd></div>
<div><dt>Paid with</dt><dd>{{PERIOD}}</dd></div>
<div><dt>Proposed</dt><dd>{{PROPOSED_AT}} by {{PROPOSER}}</dd></div>
{{#DECIDED}}<div><dt>Decided</dt><dd>{{DECIDED_AT}} by {{DECIDER}}</dd></div>{{/DECIDED}}
{{#REASONED}}<div><dt>Why not</dt><dd>{{WHY_NOT}}</dd></div>{{/REASONED}}
</dl>
{{#NOT_BY_YOU}}
<div class="notice"><p>You proposed it. Somebody else of finance decides.</p></div>
{{/NOT_BY_YOU}}
{{#MAY_DECIDE}}
<form method="post" action="/payments/staff/adjustments/{{ADJUSTMENT_ID:u}}/approve">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">Approve this adjustment</button>
</form>
<h2>Or decline it</h2>
<form method="post" action="/payments/staff/adjustments/{{ADJUSTMENT_ID:u}}/decline" novalidate>
{{>DECLINE_FORM}}
<button class="bad" type="submit">Decline this adjustment</button>
</form>
{{/MAY_DECIDE}}
{{>END}}
