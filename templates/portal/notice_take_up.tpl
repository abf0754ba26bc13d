{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>A notice</title>{{>TOP}}
<p class="eyebrow">{{AT}}</p>
<h1>{{SUBJECT}}</h1>
<p class="lead">{{TEXT}}</p>
<p><a href="{{URL}}">{{ACTION}}</a></p>
{{#ASK}}
<p>Nobody has said yet that they look after this.</p>
<form method="post" action="/staff/notices/told/{{TOKEN:u}}">
{{>TOKENS}}
<button type="submit">I look after this</button>
</form>
{{/ASK}}
{{#TAKEN}}
<div class="notice good"><p><strong><bdi>{{TO_NAME}}</bdi> looks after this.</strong> <span>{{TAKEN_AT}}</span></p></div>
{{/TAKEN}}
{{>END}}
