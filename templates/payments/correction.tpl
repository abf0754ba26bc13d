{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Correct the statement of {{WHO}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/statements/{{STATEMENT_ID:u}}">The statement of {{WHO}} for {{PERIOD}}</a></p>
{{>ERROR_SUMMARY}}
<h1>Correct this statement</h1>
<p class="lead">It says <strong>{{NET}}</strong> and stays as it is. What was too little is paid on a statement of its own; each of the two names the other.</p>
<ul class="items">
{{#CORRECTED_BY}}
<li><div><a href="/payments/staff/statements/{{STATEMENT_ID:u}}"><strong>Corrected already</strong></a><span class="quiet">{{ISSUED}}</span></div><span class="money">{{NET}}</span></li>
{{/CORRECTED_BY}}
</ul>
<form method="post" action="/payments/staff/statements/{{STATEMENT_ID:u}}/correct" novalidate>
{{>FORM}}
<button type="submit">Make this correction</button>
</form>
{{>END}}
