{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>We are busy just now</title>{{>TOP}}
<h1>We are busy just now</h1>
<p class="lead">This page needs something that does not answer at the moment. What you sent may not have been saved.</p>
<p>Wait a minute and try again. If you were sending a form, you can send the same one again: it counts only once.</p>
<p class="quiet">If you write to us about this, give this number: <code>{{REQUEST_ID}}</code></p>
{{>END}}
