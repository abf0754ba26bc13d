{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>A mail of this demo</title>{{>TOP}}
<p class="back"><a href="/demo/outbox">All mails of this demo</a></p>
<h1 lang="{{MAIL_LANG}}" dir="{{MAIL_DIR}}">{{SUBJECT}}</h1>
<dl class="pairs">
<div><dt>To</dt><dd><bdi>{{TO_NAME}}</bdi></dd></div>
<div><dt>When</dt><dd>{{AT}}</dd></div>
</dl>
<div class="sheet letter" lang="{{MAIL_LANG}}" dir="{{MAIL_DIR}}">
{{#PARAGRAPH}}
<p class="address">{{TEXT}}</p>
{{/PARAGRAPH}}
<p><a class="button" href="{{URL}}">{{ACTION}}</a></p>
</div>
{{>END}}
