{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Welcome</title>{{>TOP}}
<h1>Welcome to {{PROJECT}}</h1>
<p>The agreement is signed. Your first day is {{STARTS}}.</p>
{{#NEW_LINK}}
<div class="notice" role="status">
<p>Now choose a password: with it and your e-mail address you sign in from now on. This button works once.</p>
<p><a class="button" href="/set-up/{{TOKEN:u}}">Choose your password</a></p>
</div>
{{/NEW_LINK}}
{{#LINK_AGAIN}}
<p>Have you chosen a password already? <a href="/sign-in">Sign in</a>. If not:</p>
<form method="post" action="/apply/welcome">
{{>TOKENS}}
<button type="submit">Give me a link to choose a password</button>
</form>
{{/LINK_AGAIN}}
{{#HAS_ACCOUNT}}
<p>You have an account already. <a href="/">Go to your first page</a>; your agreement stands under <a href="/onboarding/offers">your agreements</a>.</p>
{{/HAS_ACCOUNT}}
{{>END}}
