{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Your profile</title>{{>TOP}}
{{>ERROR_SUMMARY}}
{{#SAVED}}
<div class="receipt" role="status">
<p><strong>Saved.</strong> Dates and greetings follow it from now on.</p>
</div>
{{/SAVED}}
<h1>Your profile</h1>
<dl class="pairs">
<div><dt>Legal name</dt><dd>{{LEGAL_NAME}}</dd></div>
<div><dt>E-mail</dt><dd>{{EMAIL}}</dd></div>
</dl>
<p class="quiet">Contracts and statements carry your legal name. To correct it, ask an administrator.</p>
<h2>How we greet you, and your clock</h2>
<form method="post" action="/profile" novalidate>
{{>FORM}}
<button type="submit">Save</button>
</form>
<h2>What we mail you</h2>
<p><a href="/profile/notices">Choose what we mail you</a></p>
<h2>Signing in</h2>
<ul class="links chips">
<li><a href="/profile/second-factor">Second factor</a></li>
<li><a href="/profile/password">Change your password</a></li>
<li><a href="/profile/email">Change your e-mail address</a></li>
</ul>
<h2>Where you are signed in</h2>
<p>Browsers signed in now, this one included: <strong>{{SESSIONS}}</strong></p>
<p><a href="/profile/sessions">See each of them</a></p>
{{#EVERYWHERE}}
<form method="post" action="/profile/sign-out-everywhere">
{{>TOKENS}}
<button class="second" type="submit">Sign out everywhere</button>
</form>
{{/EVERYWHERE}}
{{#WORKS_HERE}}
<h2>Programs that ask in your name</h2>
<p>A program of yours can read what you may read here, with an API token. <a href="/profile/tokens">See and make API tokens</a>.</p>
{{/WORKS_HERE}}
{{>END}}
