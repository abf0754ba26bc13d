{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your application</title>{{>TOP}}
<h1>Your application</h1>
<div class="progress">
<p class="lead" id="far">Pages done: {{N}} of {{OF}}. Take them in any order.</p>
<progress value="{{DONE_N}}" max="{{TOTAL_N}}" aria-labelledby="far"></progress>
</div>
<ul class="items">
{{#TASK}}
<li>
<div><a href="/apply/{{PAGE:u}}">{{#ABOUT}}About you{{/ABOUT}}{{#WORK}}Your work{{/WORK}}{{#TIME}}Your time and what you need{{/TIME}}{{#CONSENT}}How we use programs, and your consent{{/CONSENT}}</a></div>
{{#DONE}}<span class="tag good">Done</span>{{/DONE}}{{#OPEN_TASK}}<span class="tag wait">Not done yet</span>{{/OPEN_TASK}}
</li>
{{/TASK}}
</ul>
<div class="buttons">
{{#READY}}
<a class="button" href="/apply/check">Check your answers</a>
{{/READY}}
<a class="button second" href="/apply/later">Save and come back later</a>
</div>
{{>END}}
