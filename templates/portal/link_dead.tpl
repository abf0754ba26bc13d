{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>This link does not work any more</title>{{>TOP}}
<h1>This link does not work any more</h1>
{{#USED}}
<p class="lead">It was used already, and each link works once.</p>
<p>Sign in with the password that you chose. If it was not you who used it, ask for a new password now.</p>
{{/USED}}
{{#EXPIRED}}
<p class="lead">Its time is over.</p>
<p>Ask for a new one: it comes by mail.</p>
{{/EXPIRED}}
{{#UNKNOWN}}
<p class="lead">Perhaps a part of it is missing, or a newer one took its place.</p>
<p>Open it once more from your mail, the whole of it. Otherwise ask for a new one.</p>
{{/UNKNOWN}}
<p class="buttons"><a class="button" href="/sign-in">Sign in</a> <a class="button second" href="/forgot">Ask for a new password</a></p>
{{>END}}
