{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Sign in</title>{{>TOP}}
<div class="door">
<div>
{{>ERROR_SUMMARY}}
{{#SIGNED_OUT}}
<p class="notice" role="status">You are signed out. Thank you for today.</p>
{{/SIGNED_OUT}}
{{#TOO_LATE}}
<div class="notice warn" role="status"><p><strong>That took longer than ten minutes.</strong> Nothing is lost: sign in once more, then type the code.</p></div>
{{/TOO_LATE}}
{{#TOO_OFTEN}}
<div class="notice warn" role="status"><p><strong>Five codes were not right, so we stopped.</strong> Start again with your password. If your app keeps showing codes that do not work, let your phone set its clock by itself, or use a recovery code.</p></div>
{{/TOO_OFTEN}}
{{#OPENID_DENIED}}
<div class="error-summary" role="alert" tabindex="-1">
<h2>You are not signed in</h2>
<p>You, or {{OPENID_NAME}}, ended the sign-in there. Nothing has changed. Begin again whenever you like.</p>
</div>
{{/OPENID_DENIED}}
{{#OPENID_OLD}}
<div class="error-summary" role="alert" tabindex="-1">
<h2>Please begin again</h2>
<p>This sign-in was begun more than ten minutes ago, or in another window. Begin it once more from this page.</p>
</div>
{{/OPENID_OLD}}
{{#OPENID_AWAY}}
<div class="error-summary" role="alert" tabindex="-1">
<h2>{{OPENID_NAME}} does not answer just now</h2>
<p>Nothing is wrong with your account. Try again in a minute, or use a password if you have one here.</p>
</div>
{{/OPENID_AWAY}}
{{#OPENID_UNUSABLE}}
<div class="error-summary" role="alert" tabindex="-1">
<h2>{{OPENID_NAME}} and this site do not understand each other</h2>
<p>This is not your doing. Use a password if you have one here, and tell an administrator this number, by which they find the reason: <code>{{REQUEST_ID}}</code></p>
</div>
{{/OPENID_UNUSABLE}}
{{#OPENID_UNTRUSTED}}
<div class="error-summary" role="alert" tabindex="-1">
<h2>We could not check that it is you</h2>
<p>What came from {{OPENID_NAME}} could not be checked, so nobody was signed in. Begin again; if it happens twice, tell an administrator this number: <code>{{REQUEST_ID}}</code></p>
</div>
{{/OPENID_UNTRUSTED}}
{{#OPENID_MAIL}}
<div class="error-summary" role="alert" tabindex="-1">
<h2>Your e-mail address is not confirmed there yet</h2>
<p>{{OPENID_NAME}} has not confirmed your e-mail address, and we find your account by it. Confirm it there, then sign in again.</p>
</div>
{{/OPENID_MAIL}}
{{#OPENID_UNKNOWN}}
<div class="error-summary" role="alert" tabindex="-1">
<h2>We found no open account for you</h2>
<p>{{OPENID_NAME}} knows you, but no open account here has the e-mail address that it gave us. If you have one under another address, sign in with its password; otherwise ask an administrator.</p>
</div>
{{/OPENID_UNKNOWN}}
{{#OPENID_TIED}}
<div class="error-summary" role="alert" tabindex="-1">
<h2>Your account here belongs to another sign-in</h2>
<p>The account with this e-mail address is tied to another user of {{OPENID_NAME}}. Ask an administrator to untie it; until then your password works.</p>
</div>
{{/OPENID_TIED}}
<h1>Sign in</h1>
{{#OPENID}}
<p class="buttons"><a class="button" href="{{OPENID_URL}}">Sign in with {{OPENID_NAME}}</a></p>
<h2>Or with a password</h2>
{{#ADMINS_ALONE}}
<p>Only administrators sign in with a password here.</p>
{{/ADMINS_ALONE}}
{{/OPENID}}
<form method="post" action="/sign-in" novalidate>
{{>FORM}}
{{#PASSWORD_ALONE}}<button type="submit">Sign in</button>{{/PASSWORD_ALONE}}
{{#BESIDE_OPENID}}<button class="second" type="submit">Sign in</button>{{/BESIDE_OPENID}}
</form>
<p><a href="/forgot">I have forgotten my password</a></p>
<p>Not with us yet? <a href="/apply">Apply</a>.</p>
</div>
{{>ART}}
</div>
{{>END}}
