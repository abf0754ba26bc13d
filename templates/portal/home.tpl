{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Home</title>{{>TOP}}
<div class="hello">
<div>
<h1>{{#NIGHT}}Hello, {{NAME}}{{/NIGHT}}{{#MORNING}}Good morning, {{NAME}}{{/MORNING}}{{#AFTERNOON}}Good afternoon, {{NAME}}{{/AFTERNOON}}{{#EVENING}}Good evening, {{NAME}}{{/EVENING}}</h1>
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
<div><strong>{{SENTENCE}}</strong><span class="quiet">{{WHY}}</span>{{#DUE}}<span class="quiet">By {{DUE_AT}}</span>{{/DUE}}{{#OVERDUE}}<span class="tag bad">Overdue</span> <span class="quiet">It was promised by {{DUE_AT}}</span>{{/OVERDUE}}</div>
<a class="button" href="{{URL}}">{{ACTION}}<span class="hidden">: {{SENTENCE}}</span></a>
</li>
{{/WAITING_ITEM}}
</ul>
{{/WAITING}}
{{#WORKING}}
<h2>Working on it</h2>
<p>It goes on by itself. You can leave and come back.</p>
<ul class="items">
{{#WORKING_ITEM}}
<li><div><a href="{{URL}}">{{SENTENCE}}</a></div></li>
{{/WORKING_ITEM}}
</ul>
{{/WORKING}}
<h2>Since you were last here</h2>
{{#NOTHING_NEW}}
<div class="empty"><p>All quiet since {{SINCE}}, and you have seen the rest.</p></div>
{{/NOTHING_NEW}}
{{#NOTHING_YET}}
<div class="empty"><p>Nothing yet. It is good to have you here.</p></div>
{{/NOTHING_YET}}
{{#CHANGED}}
<ul class="timeline">
{{#CHANGED_ITEM}}
<li><a href="{{URL}}">{{SENTENCE}}</a><span class="quiet">{{CHANGED_AT}}</span></li>
{{/CHANGED_ITEM}}
</ul>
{{/CHANGED}}
{{#LAST}}
<h3>What came last</h3>
<ul class="timeline">
{{#LAST_ITEM}}
<li><a href="{{URL}}">{{SENTENCE}}</a><span class="quiet">{{CHANGED_AT}}</span></li>
{{/LAST_ITEM}}
</ul>
{{/LAST}}
{{>END}}
