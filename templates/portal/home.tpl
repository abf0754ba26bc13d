{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Home</title>{{>TOP}}
<div class="hello">
<div>
<h1>{{#NIGHT}}Good night, {{NAME}}{{/NIGHT}}{{#MORNING}}Good morning, {{NAME}}{{/MORNING}}{{#AFTERNOON}}Good afternoon, {{NAME}}{{/AFTERNOON}}{{#EVENING}}Good evening, {{NAME}}{{/EVENING}}</h1>
<p class="lead"><span>{{NOW}}</span></p>
</div>
{{>ART}}
</div>
<h2>Waiting for you</h2>
{{#NOTHING_WAITS}}
<div class="empty"><p>Nothing just now. We tell you here when something needs you.</p></div>
{{/NOTHING_WAITS}}
{{#WAITING}}
<ul class="items todo">
{{#WAITING_ITEM}}
<li>
<div><strong>{{SENTENCE}}</strong>{{#DUE}}<span class="quiet">by {{DUE_AT}}</span>{{/DUE}}</div>
<a class="button" href="{{URL}}">{{ACTION}}<span class="hidden">: {{SENTENCE}}</span></a>
</li>
{{/WAITING_ITEM}}
</ul>
{{/WAITING}}
{{#CHANGED}}
<h2>New since lately</h2>
<ul class="timeline">
{{#CHANGED_ITEM}}
<li><a href="{{URL}}">{{SENTENCE}}</a><span class="quiet">{{CHANGED_AT}}</span></li>
{{/CHANGED_ITEM}}
</ul>
{{/CHANGED}}
{{>END}}
