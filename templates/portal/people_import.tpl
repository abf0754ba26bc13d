{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Import people</title>{{>TOP}}
<p class="back"><a href="/staff/people">People</a></p>
{{>ERROR_SUMMARY}}
<h1>Import people</h1>
<p class="lead">Send a list of people as a CSV file. We read it and show you what it would change. Nothing is kept before you say so.</p>
<form method="post" action="/staff/people/import" enctype="multipart/form-data" novalidate>
{{>FORM}}
<button type="submit">Read the file</button>
</form>
<h2>What the file holds</h2>
<p>One row for each person, at most 20,000, under a first row with the names of the columns, in any order. The e-mail says who somebody is: whoever is here with it is changed, nobody is added twice. People whom the file does not name stay as they are. <a href="/staff/people/import/sample">Download a sample</a></p>
<dl class="pairs">
<div><dt><code>email</code></dt><dd>Needed.</dd></div>
<div><dt><code>legal_name</code></dt><dd>Needed. As contracts and statements carry it.</dd></div>
<div><dt><code>preferred_name</code></dt><dd>What they are called. Left empty: the legal name.</dd></div>
<div><dt><code>time_zone</code></dt><dd>Like Europe/Warsaw. Left empty: UTC, until they choose.</dd></div>
<div><dt><code>country</code></dt><dd>Two letters, like PL.</dd></div>
<div><dt><code>locale</code></dt><dd>Language, like en or es-MX. Left empty: en.</dd></div>
<div><dt><code>roles</code></dt><dd>Roles to give, parted by semicolons: applicant, contributor, reviewer, pod_lead, hdm, hdl, spl, people_officer, finance, care_officer, benchmark_keeper, auditor. No role is taken away. An administrator is made on the page of the person, never by a file.</dd></div>
</dl>
<p>An empty cell leaves what is there. Columns with other names are not used.</p>
{{#IMPORTS}}
<h2>Lately read</h2>
<ul class="items">
{{#IMPORT}}
<li><div><a href="/staff/people/imports/{{IMPORT_ID:u}}"><strong>{{FILE_NAME}}</strong></a>
<span class="quiet">{{STARTED}}</span>
</div><span class="tag{{#IS_PREVIEW}} wait{{/IS_PREVIEW}}{{#IS_DONE}} good{{/IS_DONE}}">{{#IS_PREVIEW}}Waiting for your yes{{/IS_PREVIEW}}{{#IS_APPLYING}}Being applied{{/IS_APPLYING}}{{#IS_DONE}}Applied{{/IS_DONE}}{{#IS_ABANDONED}}Given up{{/IS_ABANDONED}}</span></li>
{{/IMPORT}}
</ul>
{{/IMPORTS}}
{{>END}}
