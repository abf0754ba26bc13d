{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Your code</title>{{>TOP}}
<div class="door">
<div>
{{>ERROR_SUMMARY}}
<p class="eyebrow">Step 2 of 2</p>
<h1>Your code</h1>
<p class="lead">Your password was right. Now open your authenticator app and type the six digits that it shows for this site.</p>
<form method="post" action="/sign-in/code" novalidate>
{{>FORM}}
<button type="submit">Sign in</button>
</form>
<p><a href="/sign-in/recovery?to={{TO:u}}">I do not have my phone: use a recovery code</a></p>
<p><a href="/sign-in">Start again with another account</a></p>
</div>
{{>ART}}
</div>
{{>END}}
