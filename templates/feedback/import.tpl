{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Import a survey</title>{{>TOP}}
<p class="back"><a href="/feedback/staff/surveys">Back to the surveys</a></p>
{{>ERROR_SUMMARY}}
<h1>Import a survey</h1>
<p class="lead">Send a survey that LimeSurvey has exported as a file with the ending <code>.lss</code>. You see first what of it we can keep, and what not; nothing is used before you say so.</p>
<form method="post" action="/feedback/staff/import" enctype="multipart/form-data" novalidate>
{{>FORM}}
<button type="submit">Read the file</button>
</form>
{{>END}}
