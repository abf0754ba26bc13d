{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>That cannot be done here</title>{{>TOP}}
<h1>That cannot be done here</h1>
<p class="lead">This address exists, but not for what was asked of it. Nothing was changed.</p>
<p><a href="/">Go to the home page</a> and find your way from there.</p>
<p class="quiet">If you write to us about this, give this number: <code>{{REQUEST_ID}}</code></p>
{{>END}}
