{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Is it you?</title>{{>TOP}}
{{>ERROR_SUMMARY}}
<h1>Is it you?</h1>
{{#ASK}}
<p class="lead">What comes next decides who can act in your name here. So we ask once more, however long you have been signed in. It holds for five minutes.</p>
<form method="post" action="/profile/confirm" novalidate>
{{>FORM}}
<button type="submit">Go on</button>
</form>
{{/ASK}}
{{#NO_PASSWORD}}
<p class="lead">What comes next decides who can act in your name here, and you have no password here that we could ask for.</p>
<p>Sign out and in again, then do it within five minutes.</p>
<form method="post" action="/sign-out">
{{>TOKENS}}
<button type="submit">Sign out</button>
</form>
{{/NO_PASSWORD}}
{{>END}}
