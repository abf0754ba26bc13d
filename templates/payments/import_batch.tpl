{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Import of {{FILE_NAME}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/import">Import time entries</a></p>
{{>ERROR_SUMMARY}}
<p class="eyebrow">{{FILE_NAME}}, read {{STARTED}}</p>
<h1>{{#IS_PREVIEW}}{{#ONE_NEW}}{{COUNT_NEW}} new entry, {{MINUTES}}{{/ONE_NEW}}{{#MANY_NEW}}{{COUNT_NEW}} new entries, {{MINUTES}}{{/MANY_NEW}}{{/IS_PREVIEW}}{{#IS_DONE}}{{#ONE_NEW}}{{COUNT_NEW}} entry taken{{/ONE_NEW}}{{#MANY_NEW}}{{COUNT_NEW}} entries taken{{/MANY_NEW}}{{/IS_DONE}}{{#IS_REFUSED}}Nothing was taken: rows that cannot be used: {{COUNT_BAD}}{{/IS_REFUSED}}{{#IS_ABANDONED}}Abandoned, nothing was taken{{/IS_ABANDONED}}</h1>
{{#IS_DONE}}
<div class="receipt" role="status"><p>They wait for approval under <a href="/payments/staff/entries">time entries</a>.</p></div>
{{/IS_DONE}}
{{#LEFT_OUT}}
<p class="lead">Rows that could not be used were left out: {{COUNT_BAD}}. They stand below with their reasons; corrected, they can be sent again.</p>
{{/LEFT_OUT}}
{{#IS_REFUSED}}
<p class="lead">Correct the rows below and <a href="/payments/staff/import">send the file again</a>. Names that stand for one of our people or projects can be <a href="/payments/staff/import/names">told to us once</a>.</p>
{{/IS_REFUSED}}
<dl class="pairs">
<div><dt>Format</dt><dd>{{SOURCE}}</dd></div>
<div><dt>Rows read</dt><dd>{{COUNT_READ}}</dd></div>
<div><dt>New</dt><dd>{{COUNT_NEW}}</dd></div>
<div><dt>Known already</dt><dd>{{COUNT_KNOWN}}</dd></div>
<div><dt>Of 0 minutes</dt><dd>{{COUNT_EMPTY}}</dd></div>
<div><dt>Not usable</dt><dd>{{COUNT_BAD}}</dd></div>
</dl>
<div class="buttons">
{{#MAY_TAKE}}
<form method="post" action="/payments/staff/imports/{{IMPORT_ID:u}}/take">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">{{#ONE_NEW}}Take this entry{{/ONE_NEW}}{{#MANY_NEW}}Take these {{COUNT_NEW}} entries{{/MANY_NEW}}</button>
</form>
{{/MAY_TAKE}}
{{#MAY_TAKE_GOOD}}
<form method="post" action="/payments/staff/imports/{{IMPORT_ID:u}}/take">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<input type="hidden" name="good_only" value="yes">
<button class="second" type="submit">{{#ONE_NEW}}Take the good row and leave the others out{{/ONE_NEW}}{{#MANY_NEW}}Take the {{COUNT_NEW}} good rows and leave the others out{{/MANY_NEW}}</button>
</form>
{{/MAY_TAKE_GOOD}}
{{#MAY_ABANDON}}
<form method="post" action="/payments/staff/imports/{{IMPORT_ID:u}}/abandon">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button class="second" type="submit">Abandon</button>
</form>
{{/MAY_ABANDON}}
</div>
{{#FAULTS}}
<h2>Rows that cannot be used</h2>
{{>FAULT_LIST}}
{{#MORE}}<p class="quiet">These are the first 200.</p>{{/MORE}}
{{/FAULTS}}
{{#NEW_ROWS}}
<h2>New</h2>
<ul class="items">
{{#ENTRY}}
<li><div><strong>{{DAY}}, {{WHO}}</strong><span>{{PROJECT}}</span><span class="quiet">Row {{ROW_NO}}{{#PAID_LATER}}. {{#BELONGS}}Belongs to {{OWN_PERIOD}}, which is locked; {{/BELONGS}}paid with {{PERIOD}}{{/PAID_LATER}}{{#NOTE_DIFFERS}}. Start, end and duration differ; the duration counts{{/NOTE_DIFFERS}}{{#NOTE_SKIPPED}}. The clock was put forward over this time{{/NOTE_SKIPPED}}{{#NOTE_TWICE}}. This time came twice that night; we took the one that fits the duration{{/NOTE_TWICE}}{{#NOTE_EQUAL}}. An equal row stands above it; both count{{/NOTE_EQUAL}}{{#NOTE_CLEANED}}. Characters that cannot be shown were taken out of a text{{/NOTE_CLEANED}}</span></div>
{{#OVERLAPS_ROW}}<span class="tag warn">Overlaps with row {{OTHER_ROW}}</span>{{/OVERLAPS_ROW}}{{#OVERLAPS}}<a href="/payments/staff/entries/{{OTHER_ID:u}}">Overlaps with an entry that is here<span class="hidden">: row {{ROW_NO}}</span></a>{{/OVERLAPS}}<span class="money">{{MINUTES}}</span></li>
{{/ENTRY}}
</ul>
{{#MORE}}<p class="quiet">These are the first 200; all are taken.</p>{{/MORE}}
{{/NEW_ROWS}}
{{#KNOWN_ROWS}}
<h2>Known already</h2>
<p>These rows were taken from an earlier file. They are not taken again.</p>
<ul class="items">
{{#ENTRY}}
<li><div><strong>{{DAY}}, {{WHO}}</strong><span>{{PROJECT}}</span><span class="quiet">Row {{ROW_NO}}</span></div><span class="money">{{MINUTES}}</span></li>
{{/ENTRY}}
</ul>
{{#MORE}}<p class="quiet">These are the first 200.</p>{{/MORE}}
{{/KNOWN_ROWS}}
{{#EMPTY_ROWS}}
<h2>Of 0 minutes</h2>
<p>Less than half a minute rounds to nothing. These rows are left out.</p>
<ul class="items">
{{#ENTRY}}
<li><div><strong>{{DAY}}, {{WHO}}</strong><span>{{PROJECT}}</span><span class="quiet">Row {{ROW_NO}}</span></div><span class="money">{{MINUTES}}</span></li>
{{/ENTRY}}
</ul>
{{#MORE}}<p class="quiet">These are the first 200.</p>{{/MORE}}
{{/EMPTY_ROWS}}
{{>END}}
