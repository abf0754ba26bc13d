{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}A recovery code</title>{{>TOP}}
<p class="back"><a href="/sign-in/code?to={{TO:u}}">Your code</a></p>
<div class="door">
<div>
{{>ERROR_SUMMARY}}
<p class="eyebrow">Step 2 of 2</p>
<h1>A recovery code</h1>
<p class="lead">Type one of the ten codes that you kept when you set up your second factor. Each works once.</p>
<form method="post" action="/sign-in/recovery" novalidate>
{{>FORM}}
<button type="submit">Sign in</button>
</form>
<details>
<summary>I have no recovery codes either</summary>
<p>Ask an administrator to remove your second factor. They make sure that it is you, then you sign in with your password and set up a new one.</p>
</details>
</div>
{{>ART}}
</div>
{{>END}}
