{{%AUTOESCAPE context="HTML"}}
<div class="field{{#ERROR}} bad{{/ERROR}}">
<label for="{{ID}}">{{LABEL}}{{#OPTIONAL}} <span class="quiet">(optional)</span>{{/OPTIONAL}}</label>
{{#HINT}}
<p class="hint" id="{{ID}}-hint">{{HINT_TEXT}}</p>
{{/HINT}}
{{#ERROR}}
<p class="error" id="{{ID}}-error"><span class="hidden">Error: </span>{{ERROR_TEXT}}</p>
{{/ERROR}}
<div class="with-unit">
<input id="{{ID}}" name="{{NAME}}" type="text" value="{{VALUE}}" autocomplete="{{AUTOCOMPLETE}}" class="short" inputmode="decimal"
 aria-describedby="{{ID}}-unit{{#DESCRIBED}} {{DESCRIBED_BY}}{{/DESCRIBED}}"{{#ERROR}} aria-invalid="true"{{/ERROR}}>
<span id="{{ID}}-unit">{{CURRENCY}}</span>
</div>
</div>
