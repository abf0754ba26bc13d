{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Set up the first administrator</title>{{>TOP}}
{{>ERROR_SUMMARY}}
<h1>Set up the first administrator</h1>
<p class="lead">Nobody has an account here yet. The first one adds all the others.</p>
<form method="post" novalidate>
{{>FORM}}
<button type="submit">Create the account</button>
</form>
{{>END}}
