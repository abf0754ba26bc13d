{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>That is more than we can take</title>{{>TOP}}
<h1>That is more than we can take</h1>
<p class="lead">What was sent is larger than this page accepts. Nothing was changed.</p>
<p>Go back and send a smaller file or a shorter text.</p>
<p class="quiet">If you write to us about this, give this number: <code>{{REQUEST_ID}}</code></p>
{{>END}}
