{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Import of {{FILE_NAME}}</title>{{>TOP}}
<p class="back"><a href="/staff/people/import">Import people</a></p>
{{>ERROR_SUMMARY}}
<p class="eyebrow">{{FILE_NAME}}, read {{STARTED}}{{#BY}}, sent by {{WHO}}{{/BY}}</p>
<h1>{{#IS_PREVIEW}}What this file would change{{/IS_PREVIEW}}{{#IS_APPLYING}}The file is being applied{{/IS_APPLYING}}{{#IS_DONE}}The file has been applied{{/IS_DONE}}{{#IS_ABANDONED}}Given up, nothing was changed{{/IS_ABANDONED}}</h1>
{{#IS_PREVIEW}}<p class="lead">Nothing has been changed yet.</p>{{/IS_PREVIEW}}
{{#AT_WORK}}{{>PROGRESS}}{{/AT_WORK}}
{{#WORK_STOPPED}}
<div class="notice">
<p><strong>The work has stopped.</strong> What was done stands, nothing was done twice. It can go on where it stopped.</p>
<form method="post" action="/staff/people/imports/{{IMPORT_ID:u}}/take">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">Go on</button>
</form>
</div>
{{/WORK_STOPPED}}
<dl class="pairs">
<div><dt>New people</dt><dd>{{COUNT_NEW}}</dd></div>
<div><dt>People who change</dt><dd>{{COUNT_CHANGED}}</dd></div>
<div><dt>Here already, as in the file</dt><dd>{{COUNT_SAME}}</dd></div>
<div><dt>Rows with errors, left out</dt><dd>{{COUNT_BAD}}</dd></div>
</dl>
{{#INVITED}}<p>Each new person is sent an invitation by mail.</p>{{/INVITED}}
{{#UNUSED}}<p class="quiet">These columns of the file are not used: <bdi>{{COLUMNS}}</bdi></p>{{/UNUSED}}
{{#NOTHING_NEW}}<div class="notice good"><p><strong>There is nothing to apply.</strong> Everybody in this file is here already, as the file has them.</p></div>{{/NOTHING_NEW}}
{{#NOTHING_FINE}}<div class="notice"><p><strong>There is nothing to apply.</strong> Correct the rows below and send the file again.</p></div>{{/NOTHING_FINE}}
{{#MAY_TAKE}}
<form method="post" action="/staff/people/imports/{{IMPORT_ID:u}}/take">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
{{#MAY_INVITE}}
<div class="field"><p class="hint" id="invite-hint">The mail holds the link by which they get in. Without it you give a link to each of them yourself, on their page.</p>
<div class="choice"><input id="invite" name="invite" type="checkbox" value="yes" aria-describedby="invite-hint"><label for="invite">{{INVITE_LABEL}}</label></div></div>
{{/MAY_INVITE}}
<button type="submit">{{TAKE_LABEL}}</button>
</form>
{{/MAY_TAKE}}
{{#MAY_ABANDON}}
<form method="post" action="/staff/people/imports/{{IMPORT_ID:u}}/abandon">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button class="second" type="submit">Give this file up</button>
</form>
{{/MAY_ABANDON}}
{{#FAULTS}}
<h2>Rows with errors</h2>
<p>These rows are left out. <a href="/staff/people/imports/{{IMPORT_ID:u}}/errors">Download them with the reasons</a>, correct them and send that file.</p>
{{>FAULT_LIST}}
{{#MORE}}<p class="quiet">These are the first 200; the file to download has all.</p>{{/MORE}}
{{/FAULTS}}
{{#LATE_ROWS}}
<h2>Left alone</h2>
<p>Somebody changed these people after the file was read. Send the file again to see what it would change now.</p>
<ul class="items">
{{#PERSON}}
<li><div>{{#KNOWN}}<a href="/staff/people/{{PERSON_ID:u}}"><strong>{{LEGAL_NAME}}</strong></a>{{/KNOWN}}<span class="quiet">{{EMAIL}}</span></div></li>
{{/PERSON}}
</ul>
{{#MORE}}<p class="quiet">These are the first 200.</p>{{/MORE}}
{{/LATE_ROWS}}
{{#CHANGED_ROWS}}
<h2>Changes</h2>
<table class="cards">
<thead><tr><th scope="col">Person</th><th scope="col">What</th><th scope="col">Now</th><th scope="col">In the file</th></tr></thead>
<tbody>
{{#CHANGED_PERSON}}
{{#CHANGE}}
<tr><th scope="row">{{#KNOWN}}<a href="/staff/people/{{PERSON_ID:u}}">{{EMAIL}}</a>{{/KNOWN}}</th><td data-label="What">{{FIELD}}</td><td data-label="Now"><bdi>{{FROM}}</bdi></td><td data-label="In the file"><bdi>{{TO}}</bdi></td></tr>
{{/CHANGE}}
{{/CHANGED_PERSON}}
</tbody>
</table>
{{#MORE}}<p class="quiet">These are those of the first 200 people.</p>{{/MORE}}
{{/CHANGED_ROWS}}
{{#UPDATED_ROWS}}
<h2>Changed</h2>
<ul class="items">
{{#PERSON}}
<li><div>{{#KNOWN}}<a href="/staff/people/{{PERSON_ID:u}}"><strong>{{LEGAL_NAME}}</strong></a>{{/KNOWN}}<span class="quiet">{{EMAIL}}</span></div></li>
{{/PERSON}}
</ul>
{{#MORE}}<p class="quiet">These are the first 200.</p>{{/MORE}}
{{/UPDATED_ROWS}}
{{#NEW_ROWS}}
<h2>New people</h2>
<ul class="items">
{{#PERSON}}
<li><div><strong>{{LEGAL_NAME}}</strong>{{#CALLED}}<span>{{PREFERRED_NAME}}</span>{{/CALLED}}<span class="quiet">{{EMAIL}}</span></div>{{#WITH_ROLES}}<span class="quiet">{{ROLE_WORDS}}</span>{{/WITH_ROLES}}</li>
{{/PERSON}}
</ul>
{{#MORE}}<p class="quiet">These are the first 200; all are added.</p>{{/MORE}}
{{/NEW_ROWS}}
{{#ADDED_ROWS}}
<h2>Added</h2>
<ul class="items">
{{#PERSON}}
<li><div>{{#KNOWN}}<a href="/staff/people/{{PERSON_ID:u}}"><strong>{{LEGAL_NAME}}</strong></a>{{/KNOWN}}<span class="quiet">{{EMAIL}}</span></div>{{#WITH_ROLES}}<span class="quiet">{{ROLE_WORDS}}</span>{{/WITH_ROLES}}</li>
{{/PERSON}}
</ul>
{{#MORE}}<p class="quiet">These are the first 200.</p>{{/MORE}}
{{/ADDED_ROWS}}
{{>END}}
