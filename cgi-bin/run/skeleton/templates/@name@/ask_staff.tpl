{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{TITLE}}</title>{{>TOP}}
<p class="back"><a href="/@name@/staff/asks">All that waits</a></p>
{{>ERROR_SUMMARY}}
{{#STALE}}
<div class="notice bad" role="alert">
<p><strong>Nothing was sent: this was answered elsewhere since you opened it.</strong> The answer stands below. Yours was:</p>
<blockquote class="lines" dir="auto">{{YOURS}}</blockquote>
</div>
{{/STALE}}
<h1 dir="auto">{{TITLE}}</h1>
<dl class="pairs">
<div><dt>Asked by</dt><dd>{{WHO}}</dd></div>
<div><dt>Asked</dt><dd>{{ASKED_AT}}</dd></div>
<div><dt>An answer was promised by</dt><dd>{{DUE_AT}}</dd></div>
</dl>
<div class="sheet"><p class="lines" dir="auto">{{BODY}}</p></div>
{{#IS_ANSWERED}}
<h2>The answer</h2>
<div class="sheet"><p class="lines" dir="auto">{{ANSWER}}</p></div>
{{/IS_ANSWERED}}
{{#IS_OPEN}}
<form method="post" action="/@name@/staff/asks/{{ASK_ID:u}}" novalidate>
{{>FORM}}
<button type="submit">Send the answer</button>
</form>
{{/IS_OPEN}}
{{>END}}
