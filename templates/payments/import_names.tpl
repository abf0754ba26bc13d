{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Names in files</title>{{>TOP}}
{{>ERROR_SUMMARY}}
<h1>Names in files</h1>
<p>Where a file names somebody or something differently than we do, say once what is meant. An e-mail that we know needs no word here.</p>
{{#NONE}}
<p>Nothing was said so far.</p>
{{/NONE}}
<ul class="items">
{{#LINE}}
<li><div><strong>{{NAME}}</strong><span class="quiet">{{#IS_PERSON}}is the person {{/IS_PERSON}}{{#IS_PROJECT}}is the project {{/IS_PROJECT}}{{MEANS}}</span></div></li>
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
<p><a href="/payments/staff/import">Import time entries</a></p>
{{>END}}
