{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Sign in</title>{{>TOP}}
<div class="door">
<div>
{{>ERROR_SUMMARY}}
{{#SIGNED_OUT}}
<p class="notice" role="status">You are signed out. Thank you for today.</p>
{{/SIGNED_OUT}}
{{#THROTTLED}}
<div class="error-summary" role="alert" tabindex="-1">
<h2>Please wait a little</h2>
<p>There were too many tries in a short time, so we stopped checking. Try again in 15 minutes. Your account is not locked: a browser in which you have signed in before still lets you in.</p>
</div>
{{/THROTTLED}}
<h1>Sign in</h1>
<form method="post" action="/sign-in" novalidate>
{{>FORM}}
<button type="submit">Sign in</button>
</form>
<p>Not with us yet? <a href="/apply">Apply</a>.</p>
<details>
<summary>I have forgotten my password</summary>
<p>Your HDM or an administrator makes you a link for a new one. Ask either of them; you need nothing but your e-mail address.</p>
</details>
</div>
{{>ART}}
</div>
{{>END}}
