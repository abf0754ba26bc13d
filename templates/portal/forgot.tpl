{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}A new password</title>{{>TOP}}
<p class="back"><a href="/sign-in">Sign in</a></p>
<div class="door">
<div>
{{#ASK}}
{{>ERROR_SUMMARY}}
<h1>A new password</h1>
<p class="lead">Type the e-mail address that you sign in with. We send you a link by which you choose a new password.</p>
<form method="post" action="/forgot" novalidate>
{{>FORM}}
<button type="submit">Send me the link</button>
</form>
{{/ASK}}
{{#SENT}}
<h1>Look into your mail</h1>
<p class="lead">If somebody here has this address, a link is on its way to it. It works once, for an hour.</p>
<p>Nothing after five minutes? Look among unwanted mail, check the address, and ask again. An administrator can make you a link as well.</p>
<p class="buttons"><a class="button second" href="/forgot">Ask again</a></p>
{{/SENT}}
</div>
{{>ART}}
</div>
{{>END}}
