{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your HDM</title>{{>TOP}}
<h1>Your HDM</h1>
{{#NOBODY}}
<p>Nobody looks after you yet. It is your right that somebody does: tell the person who hired you.</p>
{{/NOBODY}}
{{#HDM}}
<dl class="pairs">
<div><dt>Name</dt><dd>{{PREFERRED_NAME}}</dd></div>
<div><dt>Write to</dt><dd><a href="mailto:{{EMAIL:u}}">{{EMAIL}}</a></dd></div>
<div><dt>Their clock says</dt><dd>{{THEIR_NOW}}</dd></div>
<div><dt>Your pod</dt><dd>{{POD_NAME}}</dd></div>
<div><dt>You hear from them by</dt><dd>{{DUE_AT}}{{#OVERDUE}} <strong class="warn">This is over {{DUE_DAYS}} days since the last time. Your HDM is reminded.</strong>{{/OVERDUE}}</dd></div>
</dl>
{{/HDM}}
{{#TALK}}
<p>Your first talk is due by <strong>{{TALK_DUE}}</strong>.</p>
{{/TALK}}
<h2>When you were in touch</h2>
<p>You see what your HDM sees about you, from the same minute. Only what they write for themselves alone is left out; no decision may rest on it.</p>
{{#NO_CONTACTS}}
<p>Nothing yet.</p>
{{/NO_CONTACTS}}
<ul class="items">
{{#CONTACT}}
<li><div><strong>{{KIND}}</strong>
<span class="quiet">{{AT}}, {{AUTHOR}}</span>
{{#WORDS}}<span>{{BODY}}</span>{{#CHANGED}}<span class="quiet">Corrected {{CHANGED_AT}}</span>{{/CHANGED}}{{/WORDS}}
</div></li>
{{/CONTACT}}
</ul>
<h2>Notes about you</h2>
{{#NO_NOTES}}
<p>None beside those above.</p>
{{/NO_NOTES}}
<ul class="items">
{{#NOTE}}
<li><div><span class="quiet">{{AT}}, {{AUTHOR}}</span>
{{#WORDS}}<span>{{BODY}}</span>{{#CHANGED}}<span class="quiet">Corrected {{CHANGED_AT}}</span>{{/CHANGED}}{{/WORDS}}
</div></li>
{{/NOTE}}
</ul>
{{>END}}
