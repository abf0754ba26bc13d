{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your agreement: {{PROJECT}}</title>{{>TOP}}
<p class="back"><a href="/onboarding/offers">Back to your agreements</a></p>
<h1>Your agreement: {{PROJECT}}</h1>
<p class="lead">Signed as <strong>{{SIGNED_NAME}}</strong> on {{AT}}.</p>
{{>TERMS}}
<h2>The text that you signed</h2>
<div class="sheet letter">
{{#PARAGRAPH}}<p dir="auto">{{TEXT}}</p>{{/PARAGRAPH}}
</div>
<p class="quiet">SHA-256 of this text: <code>{{HASH}}</code></p>
{{>UNCHECKED}}
{{>END}}
