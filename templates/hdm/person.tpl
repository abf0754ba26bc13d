{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{PREFERRED_NAME}}</title>{{>TOP}}
{{>ERROR_SUMMARY}}
{{#NOTED}}
<p class="notice" role="status">Noted. <bdi>{{PREFERRED_NAME}}</bdi> can see it now.</p>
{{/NOTED}}
<p class="quiet"><a href="/hdm/staff/people">Your people</a></p>
<h1>{{PREFERRED_NAME}}</h1>
<dl class="pairs">
<div><dt>Last contact</dt><dd>{{#LAST}}{{AT}}{{/LAST}}{{#NEVER}}not yet{{/NEVER}}{{#OVERDUE}} <strong class="warn">over {{DUE_DAYS}} days</strong>{{/OVERDUE}}</dd></div>
<div><dt>Next one by</dt><dd>{{DUE_AT}}</dd></div>
{{#TALK}}<div><dt>First talk due by</dt><dd>{{TALK_DUE}}</dd></div>{{/TALK}}
<div><dt>Pod and project</dt><dd>{{POD_NAME}}</dd></div>
<div><dt>Their clock says</dt><dd>{{THEIR_NOW}}</dd></div>
</dl>
{{#MAY_NOTE}}
<h2>Note a contact</h2>
<p><bdi>{{PREFERRED_NAME}}</bdi> sees at once that you were in touch, how and when, and reads your words unless they are private to you.</p>
<form method="post" action="/hdm/staff/people/{{PERSON_ID:u}}/contacts" novalidate>
{{>FORM}}
<button type="submit">Note this contact</button>
</form>
{{/MAY_NOTE}}
<h2>Contacts</h2>
{{#NO_CONTACTS}}
<p>None yet.</p>
{{/NO_CONTACTS}}
{{#MAY_NOT_NOTE}}
<p class="quiet">What was said is between <bdi>{{PREFERRED_NAME}}</bdi> and their HDM.</p>
{{/MAY_NOT_NOTE}}
<ul class="items">
{{#CONTACT}}
<li><div><strong>{{KIND}}</strong>
<span class="quiet">{{AT}}, {{AUTHOR}}</span>
{{#WORDS}}<span>{{BODY}}</span>{{#PRIVATE}}<span class="quiet">Private: only you can read these words.</span>{{/PRIVATE}}{{#CHANGED}}<span class="quiet">Corrected {{CHANGED_AT}}</span>{{/CHANGED}}{{#MINE}}<a href="/hdm/staff/notes/{{NOTE_ID:u}}">Change these words<span class="hidden">, {{AT}}</span></a>{{/MINE}}{{/WORDS}}
</div></li>
{{/CONTACT}}
</ul>
{{#MAY_NOTE}}
<h2>Notes</h2>
{{#NO_NOTES}}
<p>None beside those of contacts.</p>
{{/NO_NOTES}}
<ul class="items">
{{#NOTE}}
<li><div><span class="quiet">{{AT}}, {{AUTHOR}}</span>
{{#WORDS}}<span>{{BODY}}</span>{{#PRIVATE}}<span class="quiet">Private: only you can read these words.</span>{{/PRIVATE}}{{#CHANGED}}<span class="quiet">Corrected {{CHANGED_AT}}</span>{{/CHANGED}}{{#MINE}}<a href="/hdm/staff/notes/{{NOTE_ID:u}}">Change these words<span class="hidden">, {{AT}}</span></a>{{/MINE}}{{/WORDS}}
</div></li>
{{/NOTE}}
</ul>
{{/MAY_NOTE}}
<h2>Statements and their days</h2>
<p class="quiet">Whether the money came on the day that was promised. Amounts are between <bdi>{{PREFERRED_NAME}}</bdi> and finance.</p>
{{#NO_STATEMENTS}}
<p>There is no statement yet.</p>
{{/NO_STATEMENTS}}
<ul class="items">
{{#STATEMENT}}
<li><div><strong>{{PERIOD}}</strong></div><div>{{>PUNCTUAL}}</div></li>
{{/STATEMENT}}
</ul>
{{>END}}
