{{%AUTOESCAPE context="HTML"}}
<h2>What the work is for</h2>
{{#PURPOSE}}<p dir="auto">{{PURPOSE_LINE}}</p>{{/PURPOSE}}
{{#SENSITIVE}}
<p class="notice warn"><strong>Hard content:</strong> {{SENSITIVE_NOTE}}</p>
{{/SENSITIVE}}
{{#NOT_SENSITIVE}}
<p>We know of no distressing content in this work.</p>
{{/NOT_SENSITIVE}}
<h2>What it pays</h2>
{{#BY_HOUR}}<p><strong class="figure">{{RATE}}</strong> an hour</p>{{/BY_HOUR}}{{#BY_TASK}}<p><strong class="figure">{{RATE}}</strong> a task</p>{{/BY_TASK}}
<dl class="pairs">
{{#HAS_BENCHMARK}}
<div><dt>The market’s median</dt><dd>{{BENCHMARK}} ({{SOURCE}})</dd></div>
{{/HAS_BENCHMARK}}
{{#HAS_TASK_TIME}}
<div><dt>A task takes about</dt><dd>{{TASK_TIME}}</dd></div>
{{/HAS_TASK_TIME}}
{{#HAS_HOUR}}
<div><dt>Training and meetings</dt><dd>{{HOUR_RATE}} an hour</dd></div>
{{/HAS_HOUR}}
<div><dt>Project</dt><dd>{{PROJECT}}</dd></div>
<div><dt>Pod</dt><dd>{{POD}}</dd></div>
<div><dt>Hours a week</dt><dd>{{HOURS_MIN}} to {{HOURS_MAX}}, as you choose; no duty</dd></div>
<div><dt>First day</dt><dd>{{STARTS}}</dd></div>
</dl>
<h2>When the money comes</h2>
{{#CALENDAR}}
<p>Work from {{PERIOD}} is paid by {{PAY_ON}}, and so on every two weeks. A statement shows each line before that day.</p>
{{/CALENDAR}}
{{#NO_CALENDAR}}
<p>Every two weeks, by the day that each statement names.</p>
{{/NO_CALENDAR}}
