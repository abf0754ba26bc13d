{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Mails of this demo</title>{{>TOP}}
<h1>Mails of this demo</h1>
<p class="lead">A demo sends no mail. What people would have found in their inbox stands here.</p>
{{#NO_MAIL}}
<div class="empty"><p>Nothing yet. A mail comes within a second or two of what it tells.</p></div>
{{/NO_MAIL}}
<ul class="items">
{{#MAIL}}
<li><div><a href="/demo/outbox/{{MAIL_ID:u}}"><strong>{{SUBJECT}}</strong></a>
<span class="quiet">{{TO_NAME}}</span></div>
<span class="quiet">{{AT}}</span></li>
{{/MAIL}}
</ul>
{{#MORE}}
<p class="quiet">The newest 100 are shown.</p>
{{/MORE}}
{{>END}}
