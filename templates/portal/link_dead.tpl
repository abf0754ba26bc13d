{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>This link does not work any more</title>{{>TOP}}
<h1>This link does not work any more</h1>
<p>Each link works once and for seven days at most. If you have already chosen your password with it, <a href="/sign-in">sign in</a>.</p>
<p>Otherwise ask the person who gave it to you for a new one.</p>
{{>END}}
