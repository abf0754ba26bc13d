{{%AUTOESCAPE context="HTML"}}
<div class="field{{#ERROR}} bad{{/ERROR}}">
<label for="{{ID}}">{{LABEL}}{{#OPTIONAL}} <span class="quiet">(optional)</span>{{/OPTIONAL}}</label>
{{#HINT}}
<p class="hint" id="{{ID}}-hint">{{HINT_TEXT}}</p>
{{/HINT}}
{{#ERROR}}
<p class="error" id="{{ID}}-error"><span class="hidden">Error: </span>{{ERROR_TEXT}}</p>
{{/ERROR}}
<textarea id="{{ID}}" name="{{NAME}}" rows="{{ROWS}}" autocomplete="{{AUTOCOMPLETE}}"
{{#DESCRIBED}} aria-describedby="{{DESCRIBED_BY}}"{{/DESCRIBED}}{{#ERROR}} aria-invalid="true"{{/ERROR}}>
{{VALUE:p}}</textarea>
{{#LIMITED}}
<p class="hint count" role="status" data-for="{{ID}}" data-limit="{{LIMIT}}" hidden><span>Characters left:</span><span hidden>Characters too many:</span> <strong></strong></p>
{{/LIMITED}}
</div>
