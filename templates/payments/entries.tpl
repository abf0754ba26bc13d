{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Your time</title>{{>TOP}}
{{>ERROR_SUMMARY}}
<h1>Your time</h1>
{{#NEXT_PAY}}
<p>What you do in {{PERIOD}} is paid by <strong>{{PAY_ON}}</strong>. Entries can be added until {{LOCK_AT}}; a later one is paid with the next period.</p>
{{/NEXT_PAY}}
<p><a href="/payments/statements">Your statements</a></p>
{{#NONE}}
<p>Nothing is entered for the running period yet.</p>
{{/NONE}}
<ul class="items">
{{#ENTRY}}
<li><div><a href="/payments/entries/{{ENTRY_ID:u}}"><strong>{{DAY}}</strong></a><span>{{PROJECT}}, {{KIND}}{{#BY_TASK}}, {{UNITS}} tasks{{/BY_TASK}}</span>
<span class="quiet"><span class="tag">{{STATE_WORD}}</span>{{#IS_LATE}} came after its period was locked; paid with {{PERIOD}}{{/IS_LATE}}</span>{{#OPEN_QUESTION}}<span>{{#ASKED}}{{QUESTION}}{{/ASKED}}</span>{{/OPEN_QUESTION}}</div>
<span class="money">{{MINUTES}}</span>{{#OPEN_QUESTION}}<a class="button second" href="/payments/entries/{{ENTRY_ID:u}}">Answer</a>{{/OPEN_QUESTION}}</li>
{{/ENTRY}}
</ul>
<h2>Add an entry</h2>
<form method="post" action="/payments/entries" novalidate>
{{>FORM}}
<button type="submit">Add this entry</button>
</form>
{{>END}}
