{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}What you have asked</title>{{>TOP}}
{{>ERROR_SUMMARY}}
<p class="eyebrow">@Name@</p>
<h1>What you have asked</h1>
<div class="split">
<section class="sheet">
<h2>Ask something</h2>
<form method="post" action="/@name@/asks" novalidate>
{{>FORM}}
<button type="submit">Send</button>
</form>
</section>
<section>
<h2>Asked so far</h2>
{{#NONE}}
<div class="empty"><p>Nothing yet. What you ask is answered within three working days.</p></div>
{{/NONE}}
<ul class="items">
{{#LINE}}
<li><div><a href="/@name@/asks/{{ASK_ID:u}}"><strong>{{TITLE}}</strong></a>
{{#IS_OPEN}}<span class="quiet">You hear from us by {{DUE_AT}}</span>{{/IS_OPEN}}{{#IS_ANSWERED}}<span class="quiet">{{ANSWERED_AT}}</span> <span class="tag good">Answered</span>{{/IS_ANSWERED}}</div></li>
{{/LINE}}
</ul>
</section>
</div>
{{>END}}
