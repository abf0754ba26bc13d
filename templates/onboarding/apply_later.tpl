{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Saved</title>{{>TOP}}
<div class="receipt" role="status">
<h1>Saved</h1>
<p>Come back whenever you like: open <strong>/apply/return</strong> on this site and type your receipt code.</p>
{{#KEPT}}
<p>We keep an application that was not sent for 30 days after you last saved it: until {{UNTIL}}.</p>
{{/KEPT}}
</div>
<p class="buttons"><a class="button" href="{{URL}}">Go on now</a></p>
{{#RENEW}}
<h2>Lost your code?</h2>
<p>You can have a new one, here and now. The old one then stops working.</p>
<form method="post" action="/apply/code">
{{>TOKENS}}
<button class="second" type="submit">Make a new code</button>
</form>
{{/RENEW}}
{{#HERE}}
<h2>Is this somebody else’s computer?</h2>
<p>Then let this browser forget your application.</p>
<form method="post" action="/apply/leave">
{{>TOKENS}}
<button class="second" type="submit">Leave this computer</button>
</form>
{{/HERE}}
{{>END}}
