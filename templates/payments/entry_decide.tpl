{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{#IS_QUERY}}Ask about an entry{{/IS_QUERY}}{{#IS_REJECT}}Reject an entry{{/IS_REJECT}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/entries/{{ENTRY_ID:u}}">Back to the entry</a></p>
{{>ERROR_SUMMARY}}
<p class="eyebrow">{{WHO}}, {{DAY}}</p>
<h1>{{#IS_QUERY}}Ask about an entry{{/IS_QUERY}}{{#IS_REJECT}}Reject an entry{{/IS_REJECT}}</h1>
{{#IS_QUERY}}<p class="lead">{{WHO}} reads your name, the reason and the question. The entry waits for the answer; all other entries are paid as usual.</p>{{/IS_QUERY}}
{{#IS_REJECT}}<p class="lead">Legitimate time is paid, whatever its quality. {{WHO}} reads your name, the reason and what it rests on.</p>{{/IS_REJECT}}
<dl class="pairs">
<div><dt>Project</dt><dd>{{PROJECT}}</dd></div>
<div><dt>Kind of work</dt><dd>{{KIND}}</dd></div>
<div><dt>Time</dt><dd>{{MINUTES}}</dd></div>
{{#BY_TASK}}<div><dt>Tasks</dt><dd>{{UNITS}}</dd></div>{{/BY_TASK}}
<div><dt>Paid with</dt><dd>{{PERIOD}}{{#IS_LATE}} (it came after the period of its day was locked){{/IS_LATE}}</dd></div>
{{#NOTED}}<div><dt>Note</dt><dd class="lines">{{NOTE_TEXT}}</dd></div>{{/NOTED}}
{{#REASONED}}<div><dt>Reason</dt><dd>{{REASON}}</dd></div>{{/REASONED}}
{{#ASKED}}<div><dt>Question</dt><dd class="lines">{{QUESTION}}</dd></div>{{/ASKED}}
{{#ANSWERED}}<div><dt>Answer</dt><dd class="lines">{{ANSWER}}</dd></div>{{/ANSWERED}}
{{#PROVEN}}<div><dt>What it rests on</dt><dd class="lines">{{EVIDENCE}}</dd></div>{{/PROVEN}}
</dl>
{{#IS_QUERY}}
<form method="post" action="/payments/staff/entries/{{ENTRY_ID:u}}/query" novalidate>
{{>FORM}}
<button type="submit">Send the question</button>
</form>
{{/IS_QUERY}}
{{#IS_REJECT}}
<form method="post" action="/payments/staff/entries/{{ENTRY_ID:u}}/reject" novalidate>
{{>FORM}}
<button class="bad" type="submit">Reject this entry</button>
</form>
{{/IS_REJECT}}
{{>END}}
