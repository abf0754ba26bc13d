{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Your note about {{PREFERRED_NAME}}</title>{{>TOP}}
<p class="back"><a href="{{BACK}}">Back without a change</a></p>
{{>ERROR_SUMMARY}}
{{#STALE}}
<div class="notice bad" role="alert">
<p><strong>Nothing was changed: these words were changed elsewhere since you opened them.</strong> They now are:</p>
<blockquote>{{BODY}}</blockquote>
<p>Yours stand below. Copy what you want to keep, then <a href="/hdm/staff/notes/{{NOTE_ID:u}}">open the note anew</a>.</p>
</div>
{{/STALE}}
<h1>Your note about {{PREFERRED_NAME}}</h1>
<form method="post" action="/hdm/staff/notes/{{NOTE_ID:u}}" novalidate>
{{>FORM}}
<button type="submit">Save</button>
</form>
{{>END}}
