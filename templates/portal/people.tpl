{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>People</title>{{>TOP}}
<h1>People</h1>
<p class="buttons"><a class="button" href="/staff/people/add">Add a person</a> <a class="button second" href="/staff/people/import">Import people</a></p>
<form class="filter" method="get" action="/staff/people" role="search">
<label for="q">Name or e-mail</label>
<input id="q" name="q" type="search" value="{{Q}}">
<button class="second" type="submit">Search</button>
</form>
{{#NOBODY}}
<div class="empty"><p>Nobody matches. Try a part of the name, or <a href="/staff/people">show everybody</a>.</p></div>
{{/NOBODY}}
<ul class="items">
{{#PERSON}}
<li><div>
<a href="/staff/people/{{PERSON_ID:u}}"><strong>{{LEGAL_NAME}}</strong></a>
<span class="quiet">{{PREFERRED_NAME}}, {{EMAIL}}</span></div>
<p class="tags">{{#DISABLED}}<span class="tag bad">Disabled</span> {{/DISABLED}}{{#ROLE}}<span class="tag">{{ROLE_WORD}}</span> {{/ROLE}}</p>
</li>
{{/PERSON}}
</ul>
{{#MORE}}
<p class="quiet">The first 50 are shown. Search to find others.</p>
{{/MORE}}
{{>END}}
