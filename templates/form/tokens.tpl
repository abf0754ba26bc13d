{{%AUTOESCAPE context="HTML"}}
<input type="hidden" name="_token" value="{{FORM_TOKEN}}">
{{#SUBMISSION}}
<input type="hidden" name="_submission" value="{{SUBMISSION_ID}}">
{{/SUBMISSION}}
