{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{WHO}}, {{DAY}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/entries">All entries</a></p>
{{>ERROR_SUMMARY}}
<p class="eyebrow">{{WHO}}</p>
<h1>{{DAY}}</h1>
<p><span class="tag{{#TAG_GOOD}} good{{/TAG_GOOD}}{{#TAG_WARN}} warn{{/TAG_WARN}}{{#TAG_BAD}} bad{{/TAG_BAD}}{{#TAG_WAIT}} wait{{/TAG_WAIT}}">{{STATE_WORD}}</span></p>
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
<div class="buttons">
{{#MAY_APPROVE}}
<form method="post" action="/payments/staff/entries/{{ENTRY_ID:u}}/approve">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">Approve this entry</button>
</form>
{{/MAY_APPROVE}}
{{#MAY_ASK}}<a class="button second" href="/payments/staff/entries/{{ENTRY_ID:u}}/query">Ask about it</a>{{/MAY_ASK}}
{{#MAY_REJECT}}<a class="button second" href="/payments/staff/entries/{{ENTRY_ID:u}}/reject">Reject it</a>{{/MAY_REJECT}}
</div>
{{>END}}
