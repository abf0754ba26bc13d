{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{TITLE}}: part {{PLACE}} of {{PLACES}}</title>{{>TOP}}
<p class="back">{{#TO_BEGIN}}<a href="/feedback/answer/{{RUN_ID:u}}">Back</a>{{/TO_BEGIN}}{{#TO_PAGE}}<a href="/feedback/answer/{{RUN_ID:u}}?page={{BEFORE:u}}">Back</a>{{/TO_PAGE}}</p>
{{>ERROR_SUMMARY}}
<p class="eyebrow">Part {{PLACE}} of {{PLACES}}</p>
<div lang="{{LANG_SHOWN}}" dir="auto">
<h1>{{HEADING}}</h1>
{{#TEXTED}}<p class="lead lines">{{GROUP_TEXT}}</p>{{/TEXTED}}
</div>
<form method="post" action="/feedback/answer/{{RUN_ID:u}}?page={{PAGE:u}}" novalidate>
{{>FORM}}
<button type="submit">Save and go on</button>
</form>
<p class="quiet">What is saved stays for when you come back. It counts once you have sent it at the end.</p>
{{>END}}
