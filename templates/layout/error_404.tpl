{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>We could not find that page</title>{{>TOP}}
<h1>We could not find that page</h1>
<p class="lead">The address may be mistyped, or what was here may have moved, or it may belong to somebody else.</p>
<p>Check the address, or <a href="/">go to the home page</a>.</p>
<p class="quiet">If you write to us about this, give this number: <code>{{REQUEST_ID}}</code></p>
{{>END}}
