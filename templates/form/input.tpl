{{%AUTOESCAPE context="HTML"}}
<div class="field{{#ERROR}} bad{{/ERROR}}">
<label for="{{ID}}">{{LABEL}}{{#OPTIONAL}} <span class="quiet">(optional)</span>{{/OPTIONAL}}</label>
{{#HINT}}
<p class="hint" id="{{ID}}-hint">{{HINT_TEXT}}</p>
{{/HINT}}
{{#ERROR}}
<p class="error" id="{{ID}}-error"><span class="hidden">Error: </span>{{ERROR_TEXT}}</p>
{{/ERROR}}
<input id="{{ID}}" name="{{NAME}}" type="{{TYPE}}" value="{{VALUE}}" autocomplete="{{AUTOCOMPLETE}}"{{#SHORT}} class="short"{{/SHORT}}{{#INPUTMODE}} inputmode="{{INPUTMODE_NAME}}"{{/INPUTMODE}}
{{#DESCRIBED}} aria-describedby="{{DESCRIBED_BY}}"{{/DESCRIBED}}{{#ERROR}} aria-invalid="true"{{/ERROR}}>
</div>
