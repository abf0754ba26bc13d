{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{PREFERRED_NAME}}</title>{{>TOP}}
<p class="back"><a href="/hdm/staff/people">Your people</a></p>
{{>ERROR_SUMMARY}}
{{#NOTED}}
<div class="receipt" role="status"><p class="said">Noted. <bdi>{{PREFERRED_NAME}}</bdi> can see it now.</p></div>
{{/NOTED}}
<h1>{{PREFERRED_NAME}}</h1>
<dl class="pairs">
<div><dt>Last contact</dt><dd>{{#LAST}}{{AT}}{{/LAST}}{{#NEVER}}not yet{{/NEVER}}{{#OVERDUE}} <strong class="warn">over {{DUE_DAYS}} days</strong>{{/OVERDUE}}</dd></div>
<div><dt>Next one by</dt><dd>{{DUE_AT}}</dd></div>
{{#TALK}}<div><dt>First talk due by</dt><dd>{{TALK_DUE}}</dd></div>{{/TALK}}
<div><dt>Pod and project</dt><dd>{{POD_NAME}}</dd></div>
<div><dt>Their clock says</dt><dd>{{THEIR_NOW}}</dd></div>
</dl>
<div class="split">
<div>
{{#MAY_NOTE}}
<section class="sheet">
<h2>Note a contact</h2>
<p><bdi>{{PREFERRED_NAME}}</bdi> sees at once that you were in touch, how and when, and reads your words unless they are private to you.</p>
<form method="post" action="/hdm/staff/people/{{PERSON_ID:u}}/contacts" novalidate>
{{>FORM}}
<button type="submit">Note this contact</button>
</form>
</section>
{{/MAY_NOTE}}
</div>
<div>
<h2>Contacts</h2>
{{#NO_CONTACTS}}
<div class="empty"><p>None yet.</p></div>
{{/NO_CONTACTS}}
{{#MAY_NOT_NOTE}}
<p class="quiet">What was said is between <bdi>{{PREFERRED_NAME}}</bdi> and their HDM.</p>
{{/MAY_NOT_NOTE}}
<ul class="timeline">
{{#CONTACT}}
<li><strong>{{KIND}}</strong>
<span class="quiet">{{AT}}, {{AUTHOR}}</span>
{{#WORDS}}<span class="lines">{{BODY}}</span>{{#PRIVATE}}<span class="quiet">Private: only you can read these words.</span>{{/PRIVATE}}{{#CHANGED}}<span class="quiet">Corrected {{CHANGED_AT}}</span>{{/CHANGED}}{{#MINE}}<a href="/hdm/staff/notes/{{NOTE_ID:u}}">Change these words<span class="hidden">, {{AT}}</span></a>{{/MINE}}{{/WORDS}}
</li>
{{/CONTACT}}
</ul>
{{#MAY_NOTE}}
<h2>Notes</h2>
{{#NO_NOTES}}
<div class="empty"><p>None beside those of contacts.</p></div>
{{/NO_NOTES}}
<ul class="timeline">
{{#NOTE}}
<li><span class="quiet">{{AT}}, {{AUTHOR}}</span>
{{#WORDS}}<span class="lines">{{BODY}}</span>{{#PRIVATE}}<span class="quiet">Private: only you can read these words.</span>{{/PRIVATE}}{{#CHANGED}}<span class="quiet">Corrected {{CHANGED_AT}}</span>{{/CHANGED}}{{#MINE}}<a href="/hdm/staff/notes/{{NOTE_ID:u}}">Change these words<span class="hidden">, {{AT}}</span></a>{{/MINE}}{{/WORDS}}
</li>
{{/NOTE}}
</ul>
{{/MAY_NOTE}}
</div>
</div>
<h2>Statements and their days</h2>
<p class="quiet">Whether the money came on the day that was promised. Amounts are between <bdi>{{PREFERRED_NAME}}</bdi> and finance.</p>
{{#NO_STATEMENTS}}
<div class="empty"><p>There is no statement yet.</p></div>
{{/NO_STATEMENTS}}
<ul class="items">
{{#STATEMENT}}
<li><div><strong>{{PERIOD}}</strong></div><div>{{>PUNCTUAL}}</div></li>
{{/STATEMENT}}
</ul>
{{>END}}
