{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Surveys</title>{{>TOP}}
<h1>Surveys</h1>
{{#NONE}}
<div class="empty"><p>We are not asking anything just now. When we do, it stands here and on your home page.</p></div>
{{/NONE}}
{{#SOME_OPEN}}
<ul class="items todo">
{{#OPEN_RUN}}
<li>
<div><strong>{{TITLE}}</strong>
<span class="quiet">Open until {{CLOSES}}</span>{{#PAID}}<span class="quiet">{{MINUTES}} are credited to you, whether you answer or not</span>{{/PAID}}
{{#SENT}}<span>Your answers are sent. You can change them until it closes.</span>{{/SENT}}
{{#BEGUN}}<span>You have begun. What you saved is kept, but counts only when it is sent.</span>{{/BEGUN}}</div>
<a class="button{{#SENT}} second{{/SENT}}" href="/feedback/answer/{{RUN_ID:u}}">{{#FRESH}}Answer{{/FRESH}}{{#BEGUN}}Go on{{/BEGUN}}{{#SENT}}Change{{/SENT}}<span class="hidden">: {{TITLE}}</span></a>
</li>
{{/OPEN_RUN}}
</ul>
{{/SOME_OPEN}}
{{#SOME_OVER}}
<h2>Closed</h2>
<ul class="items">
{{#OVER_RUN}}
<li><div><strong>{{TITLE}}</strong>
<span class="quiet">Closed {{CLOSED}}</span>{{#NOT_TOLD}}<span class="quiet">Results follow within 14 days</span>{{/NOT_TOLD}}
{{#TOLD}}<a href="/feedback/results/{{RUN_ID:u}}">What came of it<span class="hidden">: {{TITLE}}</span></a>{{/TOLD}}</div></li>
{{/OVER_RUN}}
</ul>
{{/SOME_OVER}}
<p><a href="/feedback/results">What came of all our surveys</a></p>
{{>END}}
