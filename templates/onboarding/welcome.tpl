{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Welcome</title>{{>TOP}}
<div class="hello">
<div>
<h1>Welcome to {{PROJECT}}</h1>
<p class="lead">The agreement is signed. Your first day is <strong>{{STARTS}}</strong>. We are glad that you are here.</p>
</div>
{{>ART}}
</div>
{{#NEW_LINK}}
<div class="receipt" role="status">
<h2>Your agreement is signed and kept</h2>
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
<div class="receipt" role="status">
<h2>Your agreement is signed and kept</h2>
<p>You have an account already. <a href="/">Go to your first page</a>; your agreement stands under <a href="/onboarding/offers">your agreements</a>.</p>
</div>
{{/HAS_ACCOUNT}}
<h2>What happens next</h2>
<ol class="timeline">
<li><strong>Your HDM says hello</strong><span class="quiet">A person who looks after you and your pod. Your first talk comes within your first days.</span></li>
<li><strong>You work at the hours that you choose</strong><span class="quiet">Enter your time whenever it suits you; what needs you stands on your home page.</span></li>
<li><strong>Every two weeks there is a statement</strong><span class="quiet">It shows each line with its rate, and the day on which the money arrives.</span></li>
</ol>
{{>END}}
