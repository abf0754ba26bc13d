{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>What came of our surveys</title>{{>TOP}}
{{#OWN}}<p class="back"><a href="/feedback/surveys">Surveys</a></p>{{/OWN}}
<h1>What came of our surveys</h1>
<p class="lead">Everyone who works here can read this. Nobody can see who answered, or what one person said.</p>
{{#NONE}}
<div class="empty"><p>Nothing is published yet.</p></div>
{{/NONE}}
<ul class="items">
{{#RUN}}
<li><div>
<a href="/feedback/results/{{RUN_ID:u}}"><strong>{{TITLE}}</strong></a>
<span class="quiet">Closed {{CLOSED}}</span>{{#HIDDEN}}<span class="quiet">Too few answered to show anything</span>{{/HIDDEN}}
</div></li>
{{/RUN}}
</ul>
{{>END}}
