{{%AUTOESCAPE context="HTML"}}
<div class="field{{#ERROR}} bad{{/ERROR}}">
{{#HINT}}
<p class="hint" id="{{ID}}-hint">{{HINT_TEXT}}</p>
{{/HINT}}
{{#ERROR}}
<p class="error" id="{{ID}}-error"><span class="hidden">Error: </span>{{ERROR_TEXT}}</p>
{{/ERROR}}
<div class="choice"><input id="{{ID}}" name="{{NAME}}" type="checkbox" value="yes"{{#CHOSEN}} checked{{/CHOSEN}}
{{#DESCRIBED}} aria-describedby="{{DESCRIBED_BY}}"{{/DESCRIBED}}{{#ERROR}} aria-invalid="true"{{/ERROR}}><label for="{{ID}}">{{LABEL}}</label></div>
</div>
