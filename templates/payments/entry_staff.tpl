{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{WHO}}, {{DAY}}</title>{{>TOP}}
{{>ERROR_SUMMARY}}
<p class="quiet">{{WHO}}</p>
<h1>{{DAY}}</h1>
<p><span class="tag">{{STATE_WORD}}</span></p>
<dl class="pairs">
<div><dt>Project</dt><dd>{{PROJECT}}</dd></div>
<div><dt>Kind of work</dt><dd>{{KIND}}</dd></div>
<div><dt>Time</dt><dd>{{MINUTES}}</dd></div>
{{#BY_TASK}}<div><dt>Tasks</dt><dd>{{UNITS}}</dd></div>{{/BY_TASK}}
<div><dt>Paid with</dt><dd>{{PERIOD}}{{#IS_LATE}} (it came after the period of its day was locked){{/IS_LATE}}</dd></div>
{{#NOTED}}<div><dt>Note</dt><dd>{{NOTE_TEXT}}</dd></div>{{/NOTED}}
{{#REASONED}}<div><dt>Reason</dt><dd>{{REASON}}</dd></div>{{/REASONED}}
{{#ASKED}}<div><dt>Question</dt><dd>{{QUESTION}}</dd></div>{{/ASKED}}
{{#ANSWERED}}<div><dt>Answer</dt><dd>{{ANSWER}}</dd></div>{{/ANSWERED}}
{{#PROVEN}}<div><dt>What it rests on</dt><dd>{{EVIDENCE}}</dd></div>{{/PROVEN}}
</dl>
{{#MAY_APPROVE}}
<form method="post" action="/payments/staff/entries/{{ENTRY_ID:u}}/approve">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">Approve this entry</button>
</form>
{{/MAY_APPROVE}}
<ul class="links">
{{#MAY_ASK}}<li><a href="/payments/staff/entries/{{ENTRY_ID:u}}/query">Ask about it</a></li>{{/MAY_ASK}}
{{#MAY_REJECT}}<li><a href="/payments/staff/entries/{{ENTRY_ID:u}}/reject">Reject it</a></li>{{/MAY_REJECT}}
<li><a href="/payments/staff/entries">All entries</a></li>
</ul>
{{>END}}
