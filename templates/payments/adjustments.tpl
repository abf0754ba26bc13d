{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Bonuses, expenses and other adjustments</title>{{>TOP}}
{{>ERROR_SUMMARY}}
<h1>Bonuses, expenses and other adjustments</h1>
{{#NONE}}
<p>There are none for a period that is not issued yet.</p>
{{/NONE}}
<ul class="items">
{{#LINE}}
<li><div><a href="/payments/staff/adjustments/{{ADJUSTMENT_ID:u}}"><strong>{{WHO}}</strong></a><span>{{KIND}}: {{REASON}}</span>
<span class="quiet"><span class="tag">{{#IS_PROPOSED}}Proposed{{/IS_PROPOSED}}{{#IS_APPROVED}}Approved{{/IS_APPROVED}}{{#IS_DECLINED}}Declined{{/IS_DECLINED}}</span> by {{#IS_PROPOSED}}{{PROPOSER}}{{/IS_PROPOSED}}{{#DECIDED}}{{DECIDER}}{{/DECIDED}}, with {{PERIOD}}</span></div><span class="money">{{AMOUNT}}</span></li>
{{/LINE}}
</ul>
<h2>Propose one</h2>
<p>It is paid with the running period, after somebody else of finance has approved it.</p>
<form method="post" action="/payments/staff/adjustments" novalidate>
{{>FORM}}
<button type="submit">Propose this adjustment</button>
</form>
{{>END}}
