{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>This link does not work any more</title>{{>TOP}}
<h1>This link does not work any more</h1>
<p class="lead">Each link works once and for seven days at most.</p>
<p>If you have already chosen your password with it, sign in. Otherwise ask the person who gave it to you for a new one.</p>
<p class="buttons"><a class="button" href="/sign-in">Sign in</a></p>
{{>END}}
