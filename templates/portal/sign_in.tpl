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
<h1>Sign in</h1>
<form method="post" action="/sign-in" novalidate>
{{>FORM}}
<button type="submit">Sign in</button>
</form>
<p><a href="/forgot">I have forgotten my password</a></p>
<p>Not with us yet? <a href="/apply">Apply</a>.</p>
</div>
{{>ART}}
</div>
{{>END}}
