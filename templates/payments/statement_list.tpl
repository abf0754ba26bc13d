{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your statements</title>{{>TOP}}
<h1>Your statements</h1>
<p><a href="/payments/entries">Your time in the running period</a></p>
{{#NONE}}
<p>{{#OLDER_SHOWN}}There are no older ones.{{/OLDER_SHOWN}}{{#FIRST_COMES}}There is no statement yet. Your first one comes with the first period in which you have worked.{{/FIRST_COMES}}</p>
{{/NONE}}
<ul class="items">
{{#LINE}}
<li>
<div><a href="/payments/statements/{{STATEMENT_ID:u}}"><strong>{{PERIOD}}</strong></a>
<span class="quiet">{{#STATE_ISSUED}}Issued, arrives by {{ARRIVES}}{{/STATE_ISSUED}}{{#STATE_SENT}}Sent, arrives by {{ARRIVES}}{{/STATE_SENT}}{{#STATE_FAILED}}Came back from the bank; we are on it{{/STATE_FAILED}}{{#STATE_THERE}}At your bank since {{ARRIVES}}{{/STATE_THERE}}{{#STATE_RECEIVED}}Received {{ARRIVES}}{{/STATE_RECEIVED}}</span></div>
<span class="money">{{NET}}</span>
</li>
{{/LINE}}
</ul>
{{#OLDER}}
<p><a href="/payments/statements?before={{BEFORE:u}}">Older statements</a></p>
{{/OLDER}}
{{#OLDER_SHOWN}}
<p><a href="/payments/statements">The newest ones</a></p>
{{/OLDER_SHOWN}}
{{>END}}
