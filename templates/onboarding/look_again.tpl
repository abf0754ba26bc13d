{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Ask for another look</title>{{>TOP}}
<p class="back"><a href="/apply/status">Back to your application</a></p>
{{>ERROR_SUMMARY}}
<h1>Ask for another look</h1>
<p class="lead">Somebody who has not decided on your application reads it afresh, without seeing the first scores, and answers within 14 days. You can ask once.</p>
<form method="post" action="/apply/look-again" novalidate>
{{>FORM}}
<button type="submit">Ask for another look</button>
</form>
{{>END}}
