{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Set up your second factor</title>{{>TOP}}
{{#SIGNED_IN_ALREADY}}
<p class="back"><a href="/profile/second-factor">Second factor</a></p>
{{/SIGNED_IN_ALREADY}}
{{>ERROR_SUMMARY}}
<h1>Set up your second factor</h1>
{{#SIGNED_IN_ALREADY}}
<p class="lead">A code from your phone besides your password. Whoever learns your password still does not get in.</p>
{{/SIGNED_IN_ALREADY}}
{{#BETWEEN}}
<p class="lead">Your password was right. Here signing in takes a code from your phone as well, so that whoever learns your password still does not get in. Setting it up takes two minutes, once.</p>
{{/BETWEEN}}
<h2>1. Scan this with an authenticator app</h2>
<p>Any such app on your phone will do. Choose “add an account” in it and point the camera here.</p>
<p>{{>QR}}</p>
<details>
<summary>I cannot scan it</summary>
<dl class="pairs">
<div><dt>Type this key into the app</dt><dd><code>{{SECRET}}</code></dd></div>
<div><dt>Account</dt><dd><bdi>{{EMAIL}}</bdi></dd></div>
<div><dt>Kind</dt><dd>Six digits, a new code every 30 seconds</dd></div>
</dl>
</details>
<h2>2. Type the code that it shows</h2>
<form method="post" novalidate>
{{>FORM}}
<button type="submit">Set it up</button>
</form>
{{>END}}
