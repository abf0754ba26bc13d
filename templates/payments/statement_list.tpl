{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your statements</title>{{>TOP}}
<h1>Your statements</h1>
<ul class="links chips">
<li><a href="/payments/statements" aria-current="page">Statements</a></li>
<li><a href="/payments/entries">Your time in the running period</a></li>
<li><a href="/payments/calendar">When you are paid</a></li>
<li><a href="/payments/certificates">Certificates of earnings, a year at once</a></li>
</ul>
{{#NONE}}
<div class="empty">{{#OLDER_SHOWN}}<p>There are no older ones.</p>{{/OLDER_SHOWN}}{{#FIRST_COMES}}<p>There is no statement yet. Your first one comes with the first period in which you have worked.</p>{{/FIRST_COMES}}</div>
{{/NONE}}
<ul class="items latest">
{{#LINE}}
<li>
<div><a href="/payments/statements/{{STATEMENT_ID:u}}"><strong>{{PERIOD}}</strong></a>
<span class="quiet">{{#STATE_ISSUED}}Issued, arrives by {{ARRIVES}}{{/STATE_ISSUED}}{{#STATE_SENT}}Sent, arrives by {{ARRIVES}}{{/STATE_SENT}}{{#STATE_FAILED}}Came back from the bank; we are on it{{/STATE_FAILED}}{{#STATE_THERE}}At your bank since {{ARRIVES}}{{/STATE_THERE}}{{#STATE_RECEIVED}}Received {{ARRIVES}}{{/STATE_RECEIVED}}</span></div>
<span class="money">{{NET}}</span>
</li>
{{/LINE}}
</ul>
<div class="pages">
{{#OLDER_SHOWN}}
<a rel="prev" href="/payments/statements">The newest ones</a>
{{/OLDER_SHOWN}}
{{#OLDER}}
<a rel="next" href="/payments/statements?before={{BEFORE:u}}">Older statements</a>
{{/OLDER}}
</div>
{{>END}}
