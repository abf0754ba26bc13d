{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Change your e-mail address</title>{{>TOP}}
<p class="back"><a href="/profile">Your profile</a></p>
{{#SENT}}
<div class="receipt" role="status">
<p><strong>Look into the mail of the new address.</strong> The link in it makes the change; it works for a day. Until then nothing changes.</p>
</div>
<h1>Change your e‑mail address</h1>
<p>No mail there after five minutes? Check the address and ask again. If somebody here uses that address already, none is sent.</p>
<p class="buttons"><a class="button second" href="/profile/email">Ask again</a></p>
{{/SENT}}
{{#ASK}}
{{>ERROR_SUMMARY}}
<h1>Change your e‑mail address</h1>
<p class="lead">Now it is <strong>{{EMAIL}}</strong>. We send a link to the new address, and tell the old one.</p>
<form method="post" action="/profile/email" novalidate>
{{>FORM}}
<button type="submit">Send the link</button>
</form>
{{/ASK}}
{{>END}}
