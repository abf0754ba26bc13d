{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{DAY}}</title>{{>TOP}}
<p class="back"><a href="/payments/entries">All your entries</a></p>
{{>ERROR_SUMMARY}}
<h1>{{DAY}}</h1>
<p><span class="tag{{#TAG_GOOD}} good{{/TAG_GOOD}}{{#TAG_WARN}} warn{{/TAG_WARN}}{{#TAG_BAD}} bad{{/TAG_BAD}}{{#TAG_WAIT}} wait{{/TAG_WAIT}}">{{STATE_WORD}}</span></p>
<dl class="pairs">
<div><dt>Project</dt><dd>{{PROJECT}}</dd></div>
<div><dt>Kind of work</dt><dd>{{KIND}}</dd></div>
<div><dt>Time</dt><dd>{{MINUTES}}</dd></div>
{{#BY_TASK}}<div><dt>Tasks</dt><dd>{{UNITS}}</dd></div>{{/BY_TASK}}
<div><dt>Paid with</dt><dd>{{PERIOD}}{{#IS_LATE}}<span class="quiet block">It came after the period of its day was locked.</span>{{/IS_LATE}}</dd></div>
{{#NOTED}}<div><dt>Note</dt><dd class="lines">{{NOTE_TEXT}}</dd></div>{{/NOTED}}
{{#REASONED}}<div><dt>Reason</dt><dd>{{REASON}}</dd></div>{{/REASONED}}
{{#ASKED}}<div><dt>Question</dt><dd class="lines">{{QUESTION}}</dd></div>{{/ASKED}}
{{#ANSWERED}}<div><dt>Answer</dt><dd class="lines">{{ANSWER}}</dd></div>{{/ANSWERED}}
{{#PROVEN}}<div><dt>What it rests on</dt><dd class="lines">{{EVIDENCE}}</dd></div>{{/PROVEN}}
</dl>
{{#OPEN_QUESTION}}
<h2>Your answer</h2>
<p>The rest of your time is paid meanwhile; this entry waits for your answer.</p>
<form method="post" action="/payments/entries/{{ENTRY_ID:u}}/answer" novalidate>
{{>ANSWER_FORM}}
<button type="submit">Send the answer</button>
</form>
{{/OPEN_QUESTION}}
{{#IS_REJECTED}}
<div class="notice warn"><p>This entry is not paid. If you see it differently, tell <a href="/hdm/my-contacts">your HDM</a>; somebody else will look at it.</p></div>
{{/IS_REJECTED}}
{{>END}}
