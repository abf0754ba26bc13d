{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}API tokens</title>{{>TOP}}
<p class="back"><a href="/profile">Your profile</a></p>
{{>ERROR_SUMMARY}}
{{#NEW_TOKEN}}
<div class="receipt" role="status">
<p class="said">Your token is ready</p>
<p>Copy it into your program now. It is shown only this once; we keep no copy.</p>
<p translate="no"><code dir="ltr">{{TOKEN}}</code></p>
</div>
{{/NEW_TOKEN}}
{{#JUST_REVOKED}}
<div class="receipt" role="status">
<p><strong>Revoked.</strong> Nobody can use that token any more.</p>
</div>
{{/JUST_REVOKED}}
<h1>API tokens</h1>
<p class="lead">With a token, a program of yours asks here in your name. Whoever has it can do what it may do, so keep it as you keep a password.</p>
<p>What it can ask stands in <a href="/static/openapi.json">one file for your tools</a> (OpenAPI).</p>
{{#SOME}}
<ul class="items">
{{#API_TOKEN}}
<li><div><strong>{{TOKEN_NAME}}</strong>
{{#SCOPE_LINE}}<span class="quiet">{{SCOPE}}</span>
{{/SCOPE_LINE}}
{{#COUNTS}}<span class="quiet">Works until {{EXPIRES_AT}}</span>{{/COUNTS}}
{{#EXPIRED}}<span class="quiet">Ended on {{EXPIRES_AT}}</span>{{/EXPIRED}}
{{#REVOKED}}<span class="quiet">Revoked on {{REVOKED_AT}}</span>{{/REVOKED}}
{{#USED}}<span class="quiet">Last used {{USED_AT}}</span>{{/USED}}
{{#NEVER_USED}}<span class="quiet">Never used</span>{{/NEVER_USED}}
</div>
{{#MAY_REVOKE}}
<form method="post" action="/profile/tokens/{{TOKEN_ID:u}}/revoke">
{{>TOKENS}}
<button class="bad" type="submit">Revoke<span class="hidden">: {{TOKEN_NAME}}</span></button>
</form>
{{/MAY_REVOKE}}
{{#EXPIRED}}<span class="tag">Ended</span>{{/EXPIRED}}
{{#REVOKED}}<span class="tag">Revoked</span>{{/REVOKED}}
</li>
{{/API_TOKEN}}
</ul>
{{/SOME}}
{{#NONE}}
<div class="empty"><p>You have no tokens. If you do not write programs, you need none.</p></div>
{{/NONE}}
<h2>Make a token</h2>
{{#PROVED}}
<p class="lead" role="status">Thank you, it is you. What you filled in is here; now make your token.</p>
{{/PROVED}}
<form method="post" action="/profile/tokens" novalidate>
{{>FORM}}
<button type="submit">Make this token</button>
</form>
{{>END}}
