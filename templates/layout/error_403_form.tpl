{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Please send that form again</title>{{>TOP}}
<h1>Please send that form again</h1>
<p class="lead">We could not be sure that the form came from this browser: it may have been open since before you signed in or out, or cookies may be blocked. Nothing was changed.</p>
<p>Go back, reload the page so that it is fresh, and send it again.</p>
<p class="quiet">If you write to us about this, give this number: <code>{{REQUEST_ID}}</code></p>
{{>END}}
