{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{TITLE}}</title>{{>TOP}}
<h1>{{TITLE}}</h1>
{{#OVER}}
<p class="lead">This survey closed {{CLOSES}}, so nothing more can be sent or changed. What was sent before counts; what was only saved is deleted.</p>
<p>Results follow within 14 days. You find them under <a href="/feedback/results">What came of our surveys</a>.</p>
{{/OVER}}
{{#LOST}}
<p class="lead">The answers to this survey cannot be read on this machine. Its key is not here: it is kept on one machine and in no backup, so that nobody can ever link answers to people. We told you that this can happen, and we are sorry that it did.</p>
<p>You need not do anything. The time is credited to you all the same, and we may ask you again.</p>
{{/LOST}}
<p class="buttons"><a class="button" href="/feedback/surveys">To your surveys</a></p>
{{>END}}
