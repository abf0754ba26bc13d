{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Referrals</title>{{>TOP}}
<p class="back"><a href="/payments/staff/periods">Pay periods</a></p>
{{>ERROR_SUMMARY}}
<h1>Referrals</h1>
<p class="lead">Who brought whom, and what is promised for it. Statements show it apart; no sum holds it.</p>
{{#NONE}}
<div class="empty"><p>Nobody is written down yet.</p></div>
{{/NONE}}
<ul class="items">
{{#LINE}}
<li><div><strong>{{WHO}}</strong> <span>brought {{BROUGHT}}, {{SINCE}}: {{AMOUNT}}</span>
{{#IS_WAITING}}<span class="tag wait">Milestone not reached yet</span>{{/IS_WAITING}}{{#IS_EARNED}}<span class="tag warn">Earned {{EARNED_ON}}, to be paid</span>{{/IS_EARNED}}</div>
{{#IS_PAID}}<span class="tag good">Paid {{PAID_ON}}</span>{{/IS_PAID}}
{{#MAY_EARN}}<form method="post" action="/payments/staff/referrals/{{REFERRAL_ID:u}}/step">{{>TOKENS}}<input type="hidden" name="version" value="{{VERSION}}"><button type="submit" class="second">Milestone reached<span class="hidden"> by whom {{WHO}} brought</span></button></form>{{/MAY_EARN}}
{{#MAY_PAY}}<form method="post" action="/payments/staff/referrals/{{REFERRAL_ID:u}}/step">{{>TOKENS}}<input type="hidden" name="version" value="{{VERSION}}"><button type="submit" class="second">Paid<span class="hidden"> to {{WHO}}</span></button></form>{{/MAY_PAY}}
</li>
{{/LINE}}
</ul>
<h2>Write one down</h2>
<form method="post" action="/payments/staff/referrals" novalidate>
{{>FORM}}
<button type="submit">Write it down</button>
</form>
{{>END}}
