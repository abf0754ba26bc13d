{{%AUTOESCAPE context="HTML"}}
<fieldset class="field{{#ERROR}} bad{{/ERROR}}"{{#DESCRIBED}} aria-describedby="{{DESCRIBED_BY}}"{{/DESCRIBED}}>
<legend>{{LABEL}}{{#OPTIONAL}} <span class="quiet">(optional)</span>{{/OPTIONAL}}</legend>
{{#HINT}}
<p class="hint" id="{{ID}}-hint">{{HINT_TEXT}}</p>
{{/HINT}}
{{#ERROR}}
<p class="error" id="{{ID}}-error"><span class="hidden">Error: </span>{{ERROR_TEXT}}</p>
{{/ERROR}}
{{#CHOICE}}
<div class="choice"><input id="{{CHOICE_ID}}" name="{{NAME}}" type="checkbox" value="{{CODE}}"{{#CHOSEN}} checked{{/CHOSEN}}><label for="{{CHOICE_ID}}">{{CHOICE_LABEL}}</label></div>
{{/CHOICE}}
</fieldset>
