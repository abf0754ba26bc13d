{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Mails from us</title>{{>TOP}}
{{#ASK}}
<h1>No more of these mails?</h1>
<p class="lead">They are about this: <strong>{{TOPIC}}</strong></p>
<form method="post" action="/unsubscribe/{{TOKEN:u}}">
{{>TOKENS}}
<button type="submit">Stop these mails</button>
</form>
<p class="quiet">Everything else still comes. You find what they tell in these pages too.</p>
{{/ASK}}
{{#DONE}}
<h1>These mails have stopped</h1>
<p class="lead">You get no more mails about this: <strong>{{TOPIC}}</strong></p>
<p>You can have them back at any time: <a href="/profile/notices">choose what we mail you</a>.</p>
{{/DONE}}
{{>END}}
