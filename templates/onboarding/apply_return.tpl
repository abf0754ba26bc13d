{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Come back to your application</title>{{>TOP}}
{{>ERROR_SUMMARY}}
{{#LEFT}}
<p class="notice" role="status">This browser has forgotten your application. What you saved is kept.</p>
{{/LEFT}}
{{#LOST}}
<p class="notice" role="status">This browser does not know your application (any more). Type your code and you are back where you were.</p>
{{/LOST}}
<h1>Come back to your application</h1>
<form method="post" action="/apply/return" novalidate>
{{>FORM}}
<button type="submit">Go on</button>
</form>
<p>No application yet? <a href="/apply">Apply</a>. Signed in here before? <a href="/sign-in?to=%2Fonboarding%2Fapplication">Sign in</a>: then you need no code.</p>
<details>
<summary>I have lost my code</summary>
<p>The code opens your application like a key, so we cannot look it up. If you still have it open in another browser, make a new code there, under “Save and come back later”. Otherwise apply again; what you sent before is read all the same.</p>
</details>
{{>END}}
