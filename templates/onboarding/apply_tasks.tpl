{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your application</title>{{>TOP}}
<h1>Your application</h1>
<p>{{N}} of {{OF}} pages are done. Take them in any order.</p>
<ul class="items">
{{#TASK}}
<li>
<div><a href="/apply/{{PAGE:u}}">{{#ABOUT}}About you{{/ABOUT}}{{#WORK}}Your work{{/WORK}}{{#TIME}}Your time and what you need{{/TIME}}{{#CONSENT}}How we use programs, and your consent{{/CONSENT}}</a></div>
{{#DONE}}<span class="good">Done</span>{{/DONE}}{{#OPEN_TASK}}<span class="quiet">Not done yet</span>{{/OPEN_TASK}}
</li>
{{/TASK}}
</ul>
{{#READY}}
<p><a class="button" href="/apply/check">Check your answers</a></p>
{{/READY}}
<p><a href="/apply/later">Save and come back later</a></p>
{{>END}}
