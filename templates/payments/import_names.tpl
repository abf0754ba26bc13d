{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Names in files</title>{{>TOP}}
<p class="back"><a href="/payments/staff/import">Import time entries</a></p>
{{>ERROR_SUMMARY}}
<h1>Names in files</h1>
<p class="lead">Where a file names somebody or something differently than we do, say once what is meant. An e-mail that we know needs no word here.</p>
{{#NONE}}
<div class="empty"><p>Nothing was said so far.</p></div>
{{/NONE}}
<ul class="items">
{{#LINE}}
<li><div><strong>{{NAME}}</strong>{{#IS_PERSON}}<span class="quiet">is the person {{MEANS}}</span>{{/IS_PERSON}}{{#IS_PROJECT}}<span class="quiet">is the project {{MEANS}}</span>{{/IS_PROJECT}}</div></li>
{{/LINE}}
</ul>
<h2>A person</h2>
<form method="post" action="/payments/staff/import/names/person" novalidate>
{{>PERSON_FORM}}
<button type="submit">This is the person</button>
</form>
<h2>A project</h2>
<form method="post" action="/payments/staff/import/names/project" novalidate>
{{>PROJECT_FORM}}
<button type="submit">This is the project</button>
</form>
{{>END}}
