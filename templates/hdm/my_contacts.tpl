{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your HDM</title>{{>TOP}}
<h1>Your HDM</h1>
{{#NOBODY}}
<div class="empty"><p>Nobody looks after you yet. It is your right that somebody does: tell the person who hired you.</p></div>
{{/NOBODY}}
{{#HDM}}
<section class="sheet">
<h2>{{PREFERRED_NAME}}</h2>
<dl class="pairs">
<div><dt>E-mail</dt><dd><a href="mailto:{{EMAIL:u}}">{{EMAIL}}</a></dd></div>
<div><dt>Local time there</dt><dd>{{THEIR_NOW}}</dd></div>
<div><dt>Your pod</dt><dd>{{POD_NAME}}</dd></div>
<div><dt>Next contact by</dt><dd>{{DUE_AT}}{{#OVERDUE}}<strong class="warn block">{{OVERDUE_WORDS}}</strong>{{/OVERDUE}}</dd></div>
</dl>
</section>
{{/HDM}}
{{#TALK}}
<p class="notice">Your first talk is due by <strong>{{TALK_DUE}}</strong>.</p>
{{/TALK}}
<h2>When you were in touch</h2>
<p>You see what your HDM sees about you, from the same minute. Only what they write for themselves alone is left out; no decision may rest on it.</p>
{{#NO_CONTACTS}}
<div class="empty"><p>Nothing yet.</p></div>
{{/NO_CONTACTS}}
<ul class="timeline">
{{#CONTACT}}
<li><strong>{{KIND}}</strong>
<span class="quiet">{{AT}}, {{AUTHOR}}</span>
{{#WORDS}}<span class="lines" dir="auto">{{BODY}}</span>{{#CHANGED}}<span class="quiet">Corrected {{CHANGED_AT}}</span>{{/CHANGED}}{{/WORDS}}
</li>
{{/CONTACT}}
</ul>
<h2>Notes about you</h2>
{{#NO_NOTES}}
<div class="empty"><p>None beside those above.</p></div>
{{/NO_NOTES}}
<ul class="timeline">
{{#NOTE}}
<li><span class="quiet">{{AT}}, {{AUTHOR}}</span>
{{#WORDS}}<span class="lines" dir="auto">{{BODY}}</span>{{#CHANGED}}<span class="quiet">Corrected {{CHANGED_AT}}</span>{{/CHANGED}}{{/WORDS}}
</li>
{{/NOTE}}
</ul>
{{>END}}
