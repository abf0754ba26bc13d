{{%AUTOESCAPE context="HTML"}}
{{! staff }}
<ul class="items">
{{#FAULT}}
<li><div><strong>Row {{ROW_NO}}{{#IN_COLUMN}}, column “{{COLUMN}}”{{/IN_COLUMN}}</strong><span>{{SENTENCE}}</span></div></li>
{{/FAULT}}
</ul>
