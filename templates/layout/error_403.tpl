{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>This page is not open to you</title>{{>TOP}}
<h1>This page is not open to you</h1>
<p class="lead">You are signed in, but your roles do not include what is here. Nothing was changed.</p>
<p>If you need it for your work, ask an administrator, or <a href="/">go to your home page</a>.</p>
<p class="quiet">If you write to us about this, give this number: <code>{{REQUEST_ID}}</code></p>
{{>END}}
