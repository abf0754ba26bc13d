{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Accounts and cost centres</title>{{>TOP}}
<p class="back"><a href="/payments/staff/periods">Pay periods</a></p>
{{>ERROR_SUMMARY}}
<h1>Accounts and cost centres</h1>
<p class="lead">They stand in the journal that each pay run gives to the general ledger.</p>
{{#LACKS}}
<div class="notice warn"><p><strong>The journal cannot be written yet.</strong> An account or the cost centre of a project in it is missing. Set them below, then <a href="/payments/staff/runs/{{RUN_ID:u}}">go back to the run</a>.</p></div>
{{/LACKS}}
<h2>Accounts</h2>
{{#NONE}}
<div class="empty"><p>There are none yet. A journal needs at least those for work, for adjustments and for what is owed to people.</p></div>
{{/NONE}}
<ul class="items">
{{#ACCOUNT}}
<li><div><strong>{{WHAT}}</strong><span class="quiet">{{NAME}}</span></div><span>{{CODE}}</span></li>
{{/ACCOUNT}}
</ul>
<section class="sheet">
<h3>Set an account</h3>
<form method="post" action="/payments/staff/accounts" novalidate>
{{>ACCOUNT_FORM}}
<button class="second" type="submit">Keep this account</button>
</form>
</section>
<h2>Cost centres</h2>
<ul class="items">
{{#CENTRE}}
<li><div><strong>{{PROJECT}}</strong></div><span>{{#NO_CODE}}none yet{{/NO_CODE}}{{CODE}}</span></li>
{{/CENTRE}}
</ul>
<section class="sheet">
<h3>Set a cost centre</h3>
<form method="post" action="/payments/staff/accounts/cost-centre" novalidate>
{{>CENTRE_FORM}}
<button class="second" type="submit">Keep this cost centre</button>
</form>
</section>
{{>END}}
