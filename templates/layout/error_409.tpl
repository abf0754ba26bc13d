{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Somebody else was first</title>{{>TOP}}
<h1>Somebody else was first</h1>
<p class="lead">What you were working on was changed since you opened it, or was already sent with other content. Your change was not made.</p>
<p>Go back, reload the page to see how it stands now, and make your change again if it is still needed.</p>
<p class="quiet">If you write to us about this, give this number: <code>{{REQUEST_ID}}</code></p>
{{>END}}
