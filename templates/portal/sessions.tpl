{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Where you are signed in</title>{{>TOP}}
<p class="back"><a href="/profile">Your profile</a></p>
{{#DONE}}
<div class="receipt" role="status">
<p><strong>Signed out there.</strong> Whoever sits in front of it has to sign in again.</p>
</div>
{{/DONE}}
<h1>Where you are signed in</h1>
<p class="lead">Do you not know one of these? End it, then choose another password.</p>
<ul class="items">
{{#SESSION}}
<li><div>
<strong>{{DEVICE}}{{#UNKNOWN}}A browser that does not say its name{{/UNKNOWN}}</strong>
<span class="quiet">Signed in: <span>{{BEGUN}}</span></span>
{{#OTHER}}
<span class="quiet">Last used: <span>{{SEEN}}</span></span>
{{/OTHER}}
</div>
{{#THIS}}
<span class="tag good">This one</span>
{{/THIS}}
{{#OTHER}}
<form method="post" action="/profile/sessions/{{SESSION_ID:u}}/end">
{{>TOKENS}}
<button class="second" type="submit">End it<span class="hidden">: {{BEGUN}}</span></button>
</form>
{{/OTHER}}
</li>
{{/SESSION}}
</ul>
{{#OTHERS}}
<form method="post" action="/profile/sessions/end-others">
{{>TOKENS}}
<button class="bad" type="submit">End all but this one</button>
</form>
{{/OTHERS}}
{{#ALONE}}
<p class="quiet">You are signed in nowhere else.</p>
{{/ALONE}}
<p class="quiet">We keep no address and no place, only what the browser says of itself. The time of last use may be five minutes old.</p>
{{>END}}
