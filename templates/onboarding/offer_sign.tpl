{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Sign the agreement</title>{{>TOP}}
<p class="back"><a href="/apply/offer">Back to the offer</a></p>
{{>ERROR_SUMMARY}}
<h1>Sign the agreement</h1>
<p class="lead">{{#BY_HOUR}}{{PROJECT}}, <strong>{{RATE}}</strong> an hour, from {{STARTS}}. The offer stands until {{UNTIL}}.{{/BY_HOUR}}{{#BY_TASK}}{{PROJECT}}, <strong>{{RATE}}</strong> a task, from {{STARTS}}. The offer stands until {{UNTIL}}.{{/BY_TASK}}</p>
<div class="sheet letter">
{{#PARAGRAPH}}<p dir="auto">{{TEXT}}</p>{{/PARAGRAPH}}
</div>
<p class="quiet">SHA-256 of this text: <code>{{HASH}}</code>. It is kept with your signature, so nobody can change the text afterwards.</p>
<h2>Your signature</h2>
<p>Your legal name, as in your application: <strong>{{LEGAL_NAME}}</strong></p>
<form method="post" action="/apply/offer/sign" novalidate>
{{>FORM}}
<button type="submit">Sign</button>
</form>
{{>UNCHECKED}}
{{>END}}
