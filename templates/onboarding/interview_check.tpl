{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Check your interview</title>{{>TOP}}
<p class="back"><a href="/apply/interview">Back to the interview’s pages</a></p>
{{>ERROR_SUMMARY}}
<h1>Check your interview</h1>
{{#GROUP}}
<div class="check-head"><h2>{{GROUP_TITLE}}</h2>{{#CHANGE}}<a href="/apply/interview/{{PAGE:u}}">Change<span class="hidden">: {{GROUP_TITLE}}</span></a>{{/CHANGE}}</div>
{{#QUESTION}}
<h3>{{QUESTION_TEXT}}</h3>
{{#NO_ANSWER}}<p class="quiet">Not answered</p>{{/NO_ANSWER}}
{{#ANSWER}}<p>{{ANSWER_LINE}}</p>{{/ANSWER}}
{{/QUESTION}}
{{/GROUP}}
{{#READY}}
<h2>Send it</h2>
<p>A person reads it and answers within 5 days. After sending, the answers stand as they are.</p>
<form method="post" action="/apply/interview/check" novalidate>
{{>FORM}}
<button type="submit">Send my interview</button>
</form>
{{/READY}}
{{#NOT_READY}}
<p class="notice warn">A question that we need is not answered yet. <a href="/apply/interview">See which page is not done</a>.</p>
{{/NOT_READY}}
{{>END}}
