{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>What your people ask</title>{{>TOP}}
<p class="eyebrow">@Name@</p>
<h1>What your people ask</h1>
{{#NONE}}
<div class="empty"><p>Nothing waits for an answer.</p></div>
{{/NONE}}
<ul class="items todo">
{{#LINE}}
<li><div><a href="/@name@/staff/asks/{{ASK_ID:u}}"><strong>{{TITLE}}</strong></a><span class="quiet">{{WHO}}</span>
<span class="quiet">An answer was promised by {{DUE_AT}}</span>{{#OVERDUE}}<span class="tag bad">Overdue</span>{{/OVERDUE}}</div></li>
{{/LINE}}
</ul>
{{>END}}
