{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Add a person</title>{{>TOP}}
<p class="back"><a href="/staff/people">People</a></p>
{{>ERROR_SUMMARY}}
<h1>Add a person</h1>
<p class="lead">Next you get a link, once, by which they choose their password. Give it to them in a way that only they can read.</p>
<form method="post" action="/staff/people/add" novalidate>
{{>FORM}}
<button type="submit">Add</button>
</form>
{{>END}}
