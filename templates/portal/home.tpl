{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Home</title>{{>TOP}}
<h1>{{#NIGHT}}Good night{{/NIGHT}}{{#MORNING}}Good morning{{/MORNING}}{{#AFTERNOON}}Good afternoon{{/AFTERNOON}}{{#EVENING}}Good evening{{/EVENING}}, {{NAME}}</h1>
<p class="quiet">{{NOW}}</p>
<h2>Waiting for you</h2>
{{#NOTHING_WAITS}}
<p>Nothing just now. We tell you here when something needs you.</p>
{{/NOTHING_WAITS}}
{{#WAITING}}
<ul class="items">
{{#WAITING_ITEM}}
<li>
<div><strong>{{SENTENCE}}</strong>{{#DUE}}<span class="quiet">by {{DUE_AT}}</span>{{/DUE}}</div>
<a class="button" href="{{URL}}">{{ACTION}}</a>
</li>
{{/WAITING_ITEM}}
</ul>
{{/WAITING}}
{{#CHANGED}}
<h2>New since lately</h2>
<ul class="items">
{{#CHANGED_ITEM}}
<li><div><a href="{{URL}}">{{SENTENCE}}</a><span class="quiet">{{CHANGED_AT}}</span></div></li>
{{/CHANGED_ITEM}}
</ul>
{{/CHANGED}}
{{>END}}
