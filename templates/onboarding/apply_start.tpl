{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Apply</title>{{>TOP}}
<div class="hello">
<div>
<h1>Apply to work with us</h1>
<p class="lead">You need no account and no documents. You can stop at any time and come back with a code that we give you at the beginning.</p>
</div>
{{>ART}}
</div>
{{#BEGUN}}
<div class="notice">
<p>You have begun already.</p>
<p><a class="button" href="{{URL}}">Go on where you left</a></p>
</div>
{{/BEGUN}}
<h2>What we ask</h2>
<ol>
<li>Four short pages: who you are, what you work on, your time and what you need, and your consent. About 15 minutes.</li>
<li>An interview in writing, at your own hour: a few questions, not timed. Plan about 40 minutes, in one go or several.</li>
</ol>
<h2>What happens then</h2>
<ul>
<li>A person reads what you wrote and answers within 5 days, with reasons, in a letter with a name under it.</li>
<li>No program decides. No time limit and no score decides either.</li>
<li>If you do not agree with the answer, you can ask once for somebody else to look again.</li>
</ul>
<form method="post" action="/apply">
{{>TOKENS}}
<button type="submit">Start now</button>
</form>
<p>Begun before? <a href="/apply/return">Come back with your code</a>.</p>
{{>END}}
