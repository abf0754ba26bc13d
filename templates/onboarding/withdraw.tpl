{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Withdraw your application</title>{{>TOP}}
<p class="back"><a href="/apply/status">Back to your application</a></p>
{{>ERROR_SUMMARY}}
<h1>Withdraw your application</h1>
<p class="lead">Nobody reads it any further, and an offer that you have not signed ends. You may apply again at any time.</p>
<form method="post" action="/apply/withdraw" novalidate>
{{>FORM}}
<button class="bad" type="submit">Withdraw</button>
</form>
{{>END}}
