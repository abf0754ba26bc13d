{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Import time entries</title>{{>TOP}}
{{>ERROR_SUMMARY}}
<h1>Import time entries</h1>
<p class="lead">We read the file and show you what it would bring. Nothing is kept as work before you say so, and a file with a row that we cannot use brings nothing unless you choose its good rows.</p>
<form method="post" action="/payments/staff/import" enctype="multipart/form-data" novalidate>
{{>FORM}}
<button type="submit">Read the file</button>
</form>
<p><a href="/payments/staff/import/names">Names in files: whom and what they mean</a></p>
{{#IMPORTS}}
<h2>Lately read</h2>
<ul class="items">
{{#IMPORT}}
<li><div><a href="/payments/staff/imports/{{IMPORT_ID:u}}"><strong>{{FILE_NAME}}</strong></a>
<span class="quiet">{{STARTED}}</span>
</div><div><span class="tag{{#IS_PREVIEW}} wait{{/IS_PREVIEW}}{{#IS_DONE}} good{{/IS_DONE}}{{#IS_REFUSED}} bad{{/IS_REFUSED}}">{{#IS_PREVIEW}}New, waiting for your yes: {{COUNT_NEW}}{{/IS_PREVIEW}}{{#IS_DONE}}Taken: {{COUNT_NEW}}{{/IS_DONE}}{{#IS_REFUSED}}Not taken; rows that cannot be used: {{COUNT_BAD}}{{/IS_REFUSED}}{{#IS_ABANDONED}}Abandoned{{/IS_ABANDONED}}</span></div></li>
{{/IMPORT}}
</ul>
{{/IMPORTS}}
{{>END}}
