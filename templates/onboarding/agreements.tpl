{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your agreements</title>{{>TOP}}
<h1>Your agreements</h1>
{{#NOTHING}}
<div class="empty"><p>Nothing has been offered to you yet.</p></div>
{{/NOTHING}}
<ul class="items">
{{#LINE}}
<li><div>{{#MAY_OPEN}}<a href="/onboarding/offers/{{OFFER_ID:u}}"><strong>{{PROJECT}}</strong></a>{{/MAY_OPEN}}{{#NOT_SIGNED}}<a href="/apply/offer"><strong>{{PROJECT}}</strong></a>{{/NOT_SIGNED}}
{{#BY_HOUR}}<span class="quiet">{{RATE}} an hour</span>{{/BY_HOUR}}{{#BY_TASK}}<span class="quiet">{{RATE}} a task</span>{{/BY_TASK}}</div>
<span class="tag{{#OFFER_SENT}} wait{{/OFFER_SENT}}{{#OFFER_VIEWED}} wait{{/OFFER_VIEWED}}{{#OFFER_SIGNED}} good{{/OFFER_SIGNED}}{{#OFFER_DECLINED}} bad{{/OFFER_DECLINED}}">{{#OFFER_SENT}}Waits for you{{/OFFER_SENT}}{{#OFFER_VIEWED}}Waits for your signature{{/OFFER_VIEWED}}{{#OFFER_SIGNED}}Signed{{/OFFER_SIGNED}}{{#OFFER_DECLINED}}Declined{{/OFFER_DECLINED}}{{#OFFER_EXPIRED}}Expired{{/OFFER_EXPIRED}}{{#OFFER_WITHDRAWN}}Withdrawn{{/OFFER_WITHDRAWN}}</span></li>
{{/LINE}}
</ul>
{{>END}}
