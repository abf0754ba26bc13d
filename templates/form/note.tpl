{{%AUTOESCAPE context="HTML"}}
<div class="note">
<p><strong>{{LABEL}}</strong></p>
{{#HINT}}
<p>{{HINT_TEXT}}</p>
{{/HINT}}
</div>
