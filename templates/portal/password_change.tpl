{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Change your password</title>{{>TOP}}
<p class="back"><a href="/profile">Your profile</a></p>
{{#DONE}}
<div class="receipt" role="status">
<p><strong>Your new password counts from now on.</strong> Everywhere but here you are signed out. A mail tells you the same.</p>
</div>
<h1>Change your password</h1>
<p class="buttons"><a class="button" href="/profile">Your profile</a></p>
{{/DONE}}
{{#ASK}}
{{>ERROR_SUMMARY}}
<h1>Change your password</h1>
<p class="lead">Everywhere but here you will be signed out.</p>
<form method="post" action="/profile/password" novalidate>
{{>FORM}}
<button type="submit">Change it</button>
</form>
<p><a href="/forgot">I have forgotten the old one</a></p>
{{/ASK}}
{{>END}}
