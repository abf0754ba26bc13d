{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Add a person</title>{{>TOP}}
<p class="back"><a href="/staff/people">People</a></p>
{{>ERROR_SUMMARY}}
<h1>Add a person</h1>
<p class="lead">They get a link by which they choose their password; it works once, for seven days. Where people sign in with their provider, the link leads there.</p>
<form method="post" action="/staff/people/add" novalidate>
{{>FORM}}
<button type="submit">Add</button>
</form>
{{>END}}
