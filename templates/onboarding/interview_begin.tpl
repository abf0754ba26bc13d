{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your interview</title>{{>TOP}}
{{#SENT}}
<div class="receipt" role="status">
<p class="said">Thank you, {{NAME}}. Your application is here.</p>
<dl class="pairs">
<div><dt>What happens next</dt><dd>The interview is open from now on, at any hour.</dd></div>
<div><dt>And then</dt><dd>A person reads both and answers within 5 days after you have sent the interview.</dd></div>
</dl>
</div>
{{/SENT}}
<h1>Your interview</h1>
<p class="lead">{{WELCOME}}</p>
<ul>
<li>There is no clock and no appointment.</li>
<li>Each page is kept when you save it. If your connection breaks, come back with your receipt code: you lose at most the page that you were writing.</li>
<li>A person reads it within 5 days after you have sent it.</li>
</ul>
<div class="progress">
<p id="far">Pages done: {{N}} of {{OF}}.</p>
<progress value="{{DONE_N}}" max="{{TOTAL_N}}" aria-labelledby="far"></progress>
</div>
<ul class="items">
{{#TASK}}
<li><div><a href="/apply/interview/{{PAGE:u}}">{{GROUP_TITLE}}</a></div>
{{#DONE}}<span class="tag good">Done</span>{{/DONE}}{{#OPEN_TASK}}<span class="tag wait">Not done yet</span>{{/OPEN_TASK}}</li>
{{/TASK}}
</ul>
<div class="buttons">
{{#BEGIN}}
<a class="button" href="/apply/interview/{{PAGE:u}}">Begin the interview</a>
{{/BEGIN}}
{{#GO_ON}}
<a class="button" href="/apply/interview/{{PAGE:u}}">Go on with the interview</a>
{{/GO_ON}}
{{#READY}}
<a class="button" href="/apply/interview/check">Check your answers</a>
{{/READY}}
<a class="button second" href="/apply/later">Come back later</a>
</div>
{{>END}}
