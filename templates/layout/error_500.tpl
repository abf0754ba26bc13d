{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Something went wrong on our side</title>{{>TOP}}
<h1>Something went wrong on our side</h1>
<p class="lead">This is our fault, not yours, and it has been written down for us to look at. What you sent may not have been saved.</p>
<p>Try again in a few minutes. If you were sending a form, you can send the same one again: it counts only once.</p>
<p class="quiet">If you write to us about this, give this number: <code>{{REQUEST_ID}}</code></p>
{{>END}}
