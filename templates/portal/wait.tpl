{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Please wait a little</title>{{>TOP}}
<h1>Please wait a little</h1>
<p class="lead">There were too many tries in a short time, so we stopped checking. Try again in 15 minutes.</p>
<p>Your account is not locked: a browser in which you have signed in before still lets you in.</p>
<p class="buttons"><a class="button" href="/sign-in">Sign in</a></p>
{{>END}}
