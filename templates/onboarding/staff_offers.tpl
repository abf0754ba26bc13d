{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Offers and engagements</title>{{>TOP}}
<h1>Offers and engagements</h1>
<h2>Offers</h2>
{{#NOTHING}}<p>No offer has been made yet. An offer is made on the page of a certified application.</p>{{/NOTHING}}
<ul class="items">
{{#LINE}}
<li><div><a href="/onboarding/staff/offers/{{OFFER_ID:u}}"><strong>{{LEGAL_NAME}}</strong></a><span>{{PROJECT}}</span>
<span class="quiet">{{RATE}} {{#BY_HOUR}}for an hour{{/BY_HOUR}}{{#BY_TASK}}for a task{{/BY_TASK}}</span></div>
<span>{{#OFFER_DRAFT}}Not sent yet{{/OFFER_DRAFT}}{{#OFFER_SENT}}Sent{{/OFFER_SENT}}{{#OFFER_VIEWED}}Sent and read{{/OFFER_VIEWED}}{{#OFFER_SIGNED}}Signed{{/OFFER_SIGNED}}{{#OFFER_DECLINED}}Declined{{/OFFER_DECLINED}}{{#OFFER_EXPIRED}}Over{{/OFFER_EXPIRED}}{{#OFFER_WITHDRAWN}}Taken back{{/OFFER_WITHDRAWN}}</span></li>
{{/LINE}}
</ul>
<h2>Engagements</h2>
<ul class="items">
{{#ENGAGEMENT}}
<li><div><strong>{{LEGAL_NAME}}</strong><span>{{PROJECT}}</span><span class="quiet">from {{STARTS}}</span></div>
<span>{{#ENGAGED_SIGNED}}Signed{{/ENGAGED_SIGNED}}{{#ENGAGED_ACTIVE}}Active{{/ENGAGED_ACTIVE}}{{#ENGAGED_PAUSED}}Paused{{/ENGAGED_PAUSED}}{{#ENGAGED_ENDING}}Ending{{/ENGAGED_ENDING}}{{#ENGAGED_CLOSED}}Closed{{/ENGAGED_CLOSED}}</span></li>
{{/ENGAGEMENT}}
</ul>
{{>END}}
