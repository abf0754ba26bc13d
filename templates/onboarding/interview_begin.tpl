{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your interview</title>{{>TOP}}
{{#SENT}}
<p class="notice" role="status">Thank you, {{NAME}}. Your application is here. The interview is open from now on, at any hour.</p>
{{/SENT}}
<h1>Your interview</h1>
<p>{{WELCOME}}</p>
<ul>
<li>There is no clock and no appointment.</li>
<li>Each page is kept when you save it. If your connection breaks, come back with your receipt code: you lose at most the page that you were writing.</li>
<li>A person reads it within 5 days after you have sent it.</li>
</ul>
<p>{{N}} of {{OF}} pages are done.</p>
<ul class="items">
{{#TASK}}
<li><div><a href="/apply/interview/{{PAGE:u}}">{{GROUP_TITLE}}</a></div>
{{#DONE}}<span class="good">Done</span>{{/DONE}}{{#OPEN_TASK}}<span class="quiet">Not done yet</span>{{/OPEN_TASK}}</li>
{{/TASK}}
</ul>
{{#BEGIN}}
<p><a class="button" href="/apply/interview/{{PAGE:u}}">Begin the interview</a></p>
{{/BEGIN}}
{{#GO_ON}}
<p><a class="button" href="/apply/interview/{{PAGE:u}}">Go on with the interview</a></p>
{{/GO_ON}}
{{#READY}}
<p><a class="button" href="/apply/interview/check">Check your answers</a></p>
{{/READY}}
<p><a href="/apply/later">Come back later</a></p>
{{>END}}
