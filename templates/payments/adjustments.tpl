{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Bonuses, expenses and other adjustments</title>{{>TOP}}
<p class="back"><a href="/payments/staff/periods">Pay periods</a></p>
{{>ERROR_SUMMARY}}
<h1>Bonuses, expenses and other adjustments</h1>
{{#NONE}}
<div class="empty"><p>There are none for a period that is not issued yet.</p></div>
{{/NONE}}
<ul class="items">
{{#LINE}}
<li><div><a href="/payments/staff/adjustments/{{ADJUSTMENT_ID:u}}"><strong>{{WHO}}</strong></a><span>{{KIND}}: {{REASON}}</span>
<span class="tag{{#IS_PROPOSED}} wait{{/IS_PROPOSED}}{{#IS_APPROVED}} good{{/IS_APPROVED}}{{#IS_DECLINED}} bad{{/IS_DECLINED}}">{{#IS_PROPOSED}}Proposed{{/IS_PROPOSED}}{{#IS_APPROVED}}Approved{{/IS_APPROVED}}{{#IS_DECLINED}}Declined{{/IS_DECLINED}}</span>{{#IS_PROPOSED}}<span class="quiet">by {{PROPOSER}}, with {{PERIOD}}</span>{{/IS_PROPOSED}}{{#DECIDED}}<span class="quiet">by {{DECIDER}}, with {{PERIOD}}</span>{{/DECIDED}}</div><span class="money">{{AMOUNT}}</span></li>
{{/LINE}}
</ul>
<h2>Propose one</h2>
<p>It is paid with the running period, after somebody else of finance has approved it.</p>
<form method="post" action="/payments/staff/adjustments" novalidate>
{{>FORM}}
<button type="submit">Propose this adjustment</button>
</form>
{{>END}}
