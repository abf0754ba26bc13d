{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Thank you</title>{{>TOP}}
<div class="hello">
<div>
<h1>Thank you</h1>
<p class="lead">Your answers to “{{TITLE}}” are sent and count.</p>
</div>
{{>ART}}
</div>
{{#ENDED}}<p class="lines" lang="{{LANG_SHOWN}}" dir="auto">{{END_TEXT}}</p>{{/ENDED}}
<div class="receipt">
<h2>What happens next</h2>
<dl class="pairs">
<div><dt>Until {{CLOSES}}</dt><dd>You can <a href="/feedback/answer/{{RUN_ID:u}}">change them</a>. What you send last counts.</dd></div>
<div><dt>Then</dt><dd>The key is destroyed, and nobody can tell which answers were yours.</dd></div>
<div><dt>Within 14 days</dt><dd>Everybody reads what came of it, under <a href="/feedback/results">our surveys</a>.</dd></div>
</dl>
</div>
<p class="buttons"><a class="button" href="/">To the home page</a></p>
{{>END}}
