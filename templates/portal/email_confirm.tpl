{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your new e-mail address</title>{{>TOP}}
{{#ASK}}
<h1>Your new e-mail address</h1>
<p class="lead">From now on you sign in as <strong>{{EMAIL}}</strong>, and our mails go there.</p>
<form method="post">
{{>TOKENS}}
<button type="submit">Yes, this is my address</button>
</form>
{{/ASK}}
{{#DONE}}
<div class="receipt" role="status">
<p><strong>Your new address counts from now on.</strong> Sign in with it from now on; your password is the same.</p>
</div>
<h1>Your new e-mail address</h1>
<p class="buttons"><a class="button" href="/">Home</a></p>
{{/DONE}}
{{#GONE}}
<h1>This link does not work any more</h1>
<p class="lead">It works once and for a day, and only the newest one. Your address is as it was before, or was changed already.</p>
<p class="buttons"><a class="button" href="/profile/email">Ask for a new one</a></p>
{{/GONE}}
{{>END}}
