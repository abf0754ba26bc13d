{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{TITLE}}: a round</title>{{>TOP}}
<p class="back"><a href="/feedback/staff/surveys">Surveys</a></p>
{{>ERROR_SUMMARY}}
<h1>{{TITLE}}</h1>
<p><span class="tag">{{STATE}}</span></p>
{{#STEP_REVIEW}}
<div class="notice">
<p><strong>Look it through.</strong> Then let it open: at its time everyone below is asked, and purpose, threshold and minutes can no longer be changed.</p>
<form method="post" action="/feedback/staff/runs/{{RUN_ID:u}}/review">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">Let it open</button>
</form>
</div>
{{/STEP_REVIEW}}
{{#STEP_WAIT}}
<p class="notice" role="status">It opens by itself at its time. If that is now, it takes a few seconds: reload this page.</p>
{{/STEP_WAIT}}
{{#STEP_CLOSE}}
<div class="notice">
<p>It closes by itself at its time. How many have answered is counted then, not before: whoever could see the count before and after one answer would know something about that answer.</p>
<form method="post" action="/feedback/staff/runs/{{RUN_ID:u}}/close">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button class="second" type="submit">Close it now</button>
</form>
</div>
{{/STEP_CLOSE}}
{{#STEP_CLOSING}}
<p>It is being closed. Then its key is destroyed, and nobody can tell any more who said what.</p>
{{>PROGRESS}}
{{/STEP_CLOSING}}
{{#STEP_GIVE_UP}}
<div class="notice bad">
<p><strong>The answers of this round cannot be read on this machine.</strong> Its key is not here: keys lie on the machine on which a round was opened, and in no backup. If the key folder was only left behind, bring it back and reload this page. If it is lost, the answers are lost too; then the round can only be closed without them. Everyone who was asked is credited the minutes all the same.</p>
<form method="post" action="/feedback/staff/runs/{{RUN_ID:u}}/give-up">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button class="second" type="submit">Close it without the answers</button>
</form>
</div>
{{/STEP_GIVE_UP}}
{{#STEP_PUBLISH}}
<div class="notice">
<p><strong>Everybody waits for this.</strong> Read it through, then publish it for everyone by {{PUBLISH_BY}}.</p>
<form method="post" action="/feedback/staff/runs/{{RUN_ID:u}}/publish">
{{>TOKENS}}
<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">Publish the results</button>
</form>
</div>
{{/STEP_PUBLISH}}
{{#STEP_PUBLISH_OTHER}}
<p class="notice">You made this round, so a colleague publishes it, by {{PUBLISH_BY}}. Ask one to read it through.</p>
{{/STEP_PUBLISH_OTHER}}
{{#STEP_PUBLISHED}}
<p class="notice good">Published {{PUBLISHED}} by {{PUBLISHER}}: <a href="/feedback/results/{{RUN_ID:u}}">what everyone sees</a>.</p>
{{/STEP_PUBLISHED}}
<dl class="pairs">
<div><dt>Why we ask</dt><dd class="lines">{{PURPOSE}}</dd></div>
<div><dt>Who is asked</dt><dd>{{#FOR_ALL}}Everyone who contributes{{/FOR_ALL}}{{#FOR_PROJECT}}The project {{AUDIENCE}}{{/FOR_PROJECT}}{{#FOR_POD}}The pod {{AUDIENCE}}{{/FOR_POD}}{{#ASKED_SOME}}: {{INVITED}} people{{/ASKED_SOME}}</dd></div>
<div><dt>Opens</dt><dd>{{OPENS}}</dd></div>
<div><dt>Closes</dt><dd>{{CLOSES}}</dd></div>
<div><dt>Credited to everyone asked</dt><dd>{{MINUTES}}</dd></div>
<div><dt>Results are shown from</dt><dd>{{LEAST}} answers on; texts from 10 on</dd></div>
<div><dt>Made by</dt><dd>{{MAKER}}</dd></div>
<div><dt>Questions</dt><dd><a href="/feedback/staff/surveys/{{SURVEY_ID:u}}">as they are asked</a></dd></div>
</dl>
{{#UNREADABLE}}
<p class="notice bad"><strong>{{UNREADABLE_N}} answers could not be read</strong> when it closed, and are not in the results.</p>
{{/UNREADABLE}}
{{#RATES}}
<h2>How many answered, by pod</h2>
<p class="quiet">Hidden where fewer than five were asked, and where a smaller group could be worked out from it. A rate never says all or nobody.</p>
<table>
<thead><tr><th scope="col">Pod</th><th scope="col" class="number">Answered</th></tr></thead>
<tbody>
{{#POD}}
<tr><th scope="row">{{POD_NAME}}</th><td class="number">{{#RATE_SHOWN}}{{RATE}} %{{/RATE_SHOWN}}{{#RATE_HIDDEN}}hidden{{/RATE_HIDDEN}}</td></tr>
{{/POD}}
</tbody>
</table>
{{/RATES}}
{{>RESULTS}}
{{#TABLE_LINK}}
<ul class="links"><li><a href="/feedback/staff/runs/{{RUN_ID:u}}/csv">CSV</a></li></ul>
{{/TABLE_LINK}}
{{>END}}
