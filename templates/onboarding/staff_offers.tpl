{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Offers and engagements</title>{{>TOP}}
<h1>Offers and engagements</h1>
<h2>Offers</h2>
{{#NOTHING}}<div class="empty"><p>No offer has been made yet. An offer is made on the page of a certified application.</p></div>{{/NOTHING}}
<ul class="items">
{{#LINE}}
<li><div><a href="/onboarding/staff/offers/{{OFFER_ID:u}}"><strong>{{LEGAL_NAME}}</strong></a><span>{{PROJECT}}</span>
{{#BY_HOUR}}<span class="quiet">{{RATE}} for an hour</span>{{/BY_HOUR}}{{#BY_TASK}}<span class="quiet">{{RATE}} for a task</span>{{/BY_TASK}}</div>
<span class="tag{{#OFFER_DRAFT}} wait{{/OFFER_DRAFT}}{{#OFFER_SENT}} wait{{/OFFER_SENT}}{{#OFFER_VIEWED}} wait{{/OFFER_VIEWED}}{{#OFFER_SIGNED}} good{{/OFFER_SIGNED}}{{#OFFER_DECLINED}} bad{{/OFFER_DECLINED}}">{{#OFFER_DRAFT}}Not sent yet{{/OFFER_DRAFT}}{{#OFFER_SENT}}Sent{{/OFFER_SENT}}{{#OFFER_VIEWED}}Sent and read{{/OFFER_VIEWED}}{{#OFFER_SIGNED}}Signed{{/OFFER_SIGNED}}{{#OFFER_DECLINED}}Declined{{/OFFER_DECLINED}}{{#OFFER_EXPIRED}}Over{{/OFFER_EXPIRED}}{{#OFFER_WITHDRAWN}}Taken back{{/OFFER_WITHDRAWN}}</span></li>
{{/LINE}}
</ul>
<h2>Engagements</h2>
<ul class="items">
{{#ENGAGEMENT}}
<li><div><strong>{{LEGAL_NAME}}</strong><span>{{PROJECT}}</span><span class="quiet">from {{STARTS}}</span></div>
<span class="tag{{#ENGAGED_SIGNED}} wait{{/ENGAGED_SIGNED}}{{#ENGAGED_ACTIVE}} good{{/ENGAGED_ACTIVE}}{{#ENGAGED_PAUSED}} warn{{/ENGAGED_PAUSED}}{{#ENGAGED_ENDING}} warn{{/ENGAGED_ENDING}}">{{#ENGAGED_SIGNED}}Signed{{/ENGAGED_SIGNED}}{{#ENGAGED_ACTIVE}}Active{{/ENGAGED_ACTIVE}}{{#ENGAGED_PAUSED}}Paused{{/ENGAGED_PAUSED}}{{#ENGAGED_ENDING}}Ending{{/ENGAGED_ENDING}}{{#ENGAGED_CLOSED}}Closed{{/ENGAGED_CLOSED}}</span></li>
{{/ENGAGEMENT}}
</ul>
{{>END}}
