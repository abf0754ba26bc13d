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
<div><strong>{{SENTENCE}}</strong><span class="quiet">{{WHY}}</span>{{#DUE}}<span class="quiet">By {{DUE_AT}}</span>{{/DUE}}{{#OVERDUE}}<span class="warn">Overdue: it was promised by {{DUE_AT}}</span>{{/OVERDUE}}</div>
<a class="button" href="{{URL}}">{{ACTION}}</a>
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
<p>All quiet since {{SINCE}}, and you have seen the rest.</p>
{{/NOTHING_NEW}}
{{#NOTHING_YET}}
<p>Nothing yet. It is good to have you here.</p>
{{/NOTHING_YET}}
{{#CHANGED}}
<ul class="items">
{{#CHANGED_ITEM}}
<li><div><a href="{{URL}}">{{SENTENCE}}</a><span class="quiet">{{CHANGED_AT}}</span></div></li>
{{/CHANGED_ITEM}}
</ul>
{{/CHANGED}}
{{#LAST}}
<h3>What came last</h3>
<ul class="items">
{{#LAST_ITEM}}
<li><div><a href="{{URL}}">{{SENTENCE}}</a><span class="quiet">{{CHANGED_AT}}</span></div></li>
{{/LAST_ITEM}}
</ul>
{{/LAST}}
{{>END}}
