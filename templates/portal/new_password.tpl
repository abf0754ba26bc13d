{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Choose your password</title>{{>TOP}}
{{>ERROR_SUMMARY}}
<h1>Choose your password</h1>
<p class="lead">For the account of <strong>{{EMAIL}}</strong>. Wherever you are signed in now, you will be signed out.</p>
<form method="post" novalidate>
{{>FORM}}
<button type="submit">Save and sign in</button>
</form>
{{>END}}
