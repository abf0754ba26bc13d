{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Second factor</title>{{>TOP}}
<p class="back"><a href="/profile">Your profile</a></p>
{{#REMOVED}}
<div class="receipt" role="status">
<p><strong>Removed.</strong> From now on your password alone signs you in.</p>
</div>
{{/REMOVED}}
<h1>Second factor</h1>
{{#NONE}}
<p class="lead">A code from your phone besides your password. Whoever learns your password still does not get in.</p>
<p>You need an authenticator app, and two minutes.</p>
<p class="buttons"><a class="button" href="/profile/second-factor/new">Set it up</a></p>
{{/NONE}}
{{#HAS}}
<p class="lead">Signing in asks for a code of your authenticator app.</p>
<dl class="pairs">
<div><dt>Set up</dt><dd>{{SINCE}}</dd></div>
<div><dt>Recovery codes</dt><dd>{{LEFT}}</dd></div>
</dl>
<h2>Recovery codes</h2>
<p>They let you in when you do not have your phone. New ones take the place of the old.</p>
{{#NEW_CODES}}
<form method="post" action="/profile/second-factor/codes">
{{>TOKENS}}
<button class="second" type="submit">Make new recovery codes</button>
</form>
{{/NEW_CODES}}
<h2>Another phone</h2>
<p>Set it up anew; the old app stops working for this site then.</p>
<p class="buttons"><a class="button second" href="/profile/second-factor/new">Set it up anew</a></p>
<h2>Without it</h2>
{{#REQUIRED}}
<p>Your roles need a second factor, so it can be changed but not removed.</p>
{{/REQUIRED}}
{{#MAY_REMOVE}}
<form method="post" action="/profile/second-factor/remove">
{{>TOKENS}}
<p>After this your password alone signs you in. We send you a mail about it.</p>
<button class="bad" type="submit">Remove my second factor</button>
</form>
{{/MAY_REMOVE}}
{{/HAS}}
{{>END}}
