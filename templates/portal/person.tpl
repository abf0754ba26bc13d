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
{{#LINK_FORM}}
<form method="post" action="/staff/people/{{PERSON_ID:u}}/link">
{{>TOKENS}}
<p>Lost password? A new link is made here and shown once.</p>
<button class="second" type="submit">Make a link for a new password</button>
</form>
{{/LINK_FORM}}
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
