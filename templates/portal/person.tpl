{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{LEGAL_NAME}}</title>{{>TOP}}
<p class="back"><a href="/staff/people">People</a></p>
{{>ERROR_SUMMARY}}
<h1>{{LEGAL_NAME}}</h1>
<p>{{#ACTIVE}}<span class="tag good">Active</span>{{/ACTIVE}}{{#DISABLED}}<span class="tag bad">Disabled</span>{{/DISABLED}}</p>
{{#NEW_LINK}}
<div class="receipt" role="status">
<p><strong>This link chooses a password.</strong> It is shown only now, works once and for seven days:</p>
<p><code>{{LINK}}</code></p>
</div>
{{/NEW_LINK}}
{{#MAILED}}
<div class="receipt" role="status">
<p><strong>A mail is on its way to them.</strong> The link in it chooses a password; it works once.</p>
</div>
{{/MAILED}}
{{#MAILED_PROVIDER}}
<div class="receipt" role="status">
<p><strong>A mail is on its way to them.</strong> The link in it leads to where they sign in.</p>
</div>
{{/MAILED_PROVIDER}}
<dl class="pairs">
<div><dt>Called</dt><dd>{{PREFERRED_NAME}}</dd></div>
<div><dt>E-mail</dt><dd>{{EMAIL}}</dd></div>
<div><dt>Time zone</dt><dd>{{ZONE}}</dd></div>
</dl>
<h2>Roles</h2>
<ul class="items">
{{#GRANT}}
<li><div><strong>{{ROLE_WORD}}</strong>{{#SCOPED}} <span>{{SCOPE}}</span>{{/SCOPED}}
<span class="quiet">since {{FROM}}{{#ENDED}}, ended {{TO}}{{/ENDED}}</span></div>
{{#OPEN_GRANT}}
<form method="post" action="/staff/people/{{PERSON_ID:u}}/roles/end">
{{>TOKENS}}
<input type="hidden" name="role" value="{{ROLE_CODE}}">
<button class="second" type="submit">End<span class="hidden">: {{ROLE_WORD}}</span></button>
</form>
{{/OPEN_GRANT}}
</li>
{{/GRANT}}
</ul>
<form method="post" action="/staff/people/{{PERSON_ID:u}}/roles" novalidate>
{{>GIVE_FORM}}
<button class="second" type="submit">Give this role</button>
</form>
<h2>Access</h2>
<dl class="pairs">
<div><dt>Signed in</dt><dd>{{SESSIONS}}</dd></div>
<div><dt>Second factor</dt><dd>{{#FACTOR}}<p>Since <span>{{SINCE}}</span></p><p><a href="/staff/people/{{PERSON_ID:u}}/second-factor">Remove it: they have lost their phone</a></p>{{/FACTOR}}{{#NO_FACTOR}}None{{/NO_FACTOR}}</dd></div>
</dl>
{{#SESSIONS_FORM}}
<form method="post" action="/staff/people/{{PERSON_ID:u}}/sessions">
{{>TOKENS}}
<button class="second" type="submit">Sign them out everywhere</button>
</form>
{{/SESSIONS_FORM}}
{{#MAIL_FORM}}
<form method="post" action="/staff/people/{{PERSON_ID:u}}/mail">
{{>TOKENS}}
<p>No password yet, or lost? They get a link by mail and choose one.</p>
<button class="second" type="submit">Send them a link by mail</button>
</form>
{{/MAIL_FORM}}
{{#LINK_FORM}}
<form method="post" action="/staff/people/{{PERSON_ID:u}}/link">
{{>TOKENS}}
<p>Or the link is shown to you, once, and you give it to them in a way that only they can read.</p>
<button class="second" type="submit">Make a link and show it</button>
</form>
{{/LINK_FORM}}
{{#PROVIDER_FORM}}
<form method="post" action="/staff/people/{{PERSON_ID:u}}/mail">
{{>TOKENS}}
<p>They sign in with {{OPENID_NAME}}, with a user there that has the e-mail address above; a password would not let them in here. Send them this link by mail, or give it to them yourself: <code translate="no" dir="ltr">{{LINK}}</code></p>
<button class="second" type="submit">Send them the link by mail</button>
</form>
{{/PROVIDER_FORM}}
{{#TIED}}
<form method="post" action="/staff/people/{{PERSON_ID:u}}/untie">
{{>TOKENS}}
<p>Signs in with {{OPENID_NAME}}. If they have another user there now, untie the old one: the next sign-in with their e-mail address ties the new one.</p>
<button class="second" type="submit">Untie from {{OPENID_NAME}}</button>
</form>
{{/TIED}}
{{#MAY_DISABLE}}
<form method="post" action="/staff/people/{{PERSON_ID:u}}/state">
{{>TOKENS}}
<input type="hidden" name="state" value="disabled">
<input type="hidden" name="version" value="{{VERSION}}">
<p>A disabled person is signed out everywhere at once and cannot sign in. Approved pay is paid all the same.</p>
<button class="bad" type="submit">Disable this account</button>
</form>
{{/MAY_DISABLE}}
{{#MAY_ENABLE}}
<form method="post" action="/staff/people/{{PERSON_ID:u}}/state">
{{>TOKENS}}
<input type="hidden" name="state" value="active">
<input type="hidden" name="version" value="{{VERSION}}">
<button class="second" type="submit">Let them sign in again</button>
</form>
{{/MAY_ENABLE}}
{{>END}}
