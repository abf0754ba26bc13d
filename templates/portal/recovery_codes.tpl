{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Recovery codes</title>{{>TOP}}
{{#CODES}}
<div class="receipt" role="status">
{{#FIRST}}
<p><strong>Your second factor is ready.</strong> From now on signing in asks for a code of your authenticator app.</p>
{{/FIRST}}
{{#AGAIN}}
<p><strong>New codes are made.</strong> The old ones do not work any more.</p>
{{/AGAIN}}
</div>
<h1>Keep these recovery codes</h1>
<p class="lead">They are shown only now. Each lets you in once when you do not have your phone. Write them down or print this page, and keep it where your passwords are, not on that phone.</p>
<ol class="codes">
{{#ONE}}
<li><code>{{CODE}}</code></li>
{{/ONE}}
</ol>
<p class="buttons"><a class="button" href="{{TO}}">I have kept them</a></p>
{{/CODES}}
{{#GONE}}
<h1>Recovery codes</h1>
<p class="lead">The codes were shown once and are not kept in a form that can be read.</p>
<p>If you did not keep them, make new ones. The old ones stop working then.</p>
<p class="buttons"><a class="button" href="/profile/second-factor">Second factor</a></p>
{{/GONE}}
{{>END}}
