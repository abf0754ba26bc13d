{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>We could not read that request</title>{{>TOP}}
<h1>We could not read that request</h1>
<p class="lead">Part of it was missing or damaged on the way. Nothing was changed.</p>
<p>Go back, reload the page and try once more, or <a href="/">start from the home page</a>.</p>
<p class="quiet">If you write to us about this, give this number: <code>{{REQUEST_ID}}</code></p>
{{>END}}
