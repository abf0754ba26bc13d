{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Offer to {{LEGAL_NAME}}</title>{{>TOP}}
<p class="back"><a href="/onboarding/staff/offers">Back to the offers</a></p>
<h1>Offer to {{LEGAL_NAME}}</h1>
<p><span class="tag{{#OFFER_DRAFT}} wait{{/OFFER_DRAFT}}{{#OFFER_SENT}} wait{{/OFFER_SENT}}{{#OFFER_VIEWED}} wait{{/OFFER_VIEWED}}{{#OFFER_SIGNED}} good{{/OFFER_SIGNED}}{{#OFFER_DECLINED}} bad{{/OFFER_DECLINED}}">{{#OFFER_DRAFT}}Not sent yet{{/OFFER_DRAFT}}{{#OFFER_SENT}}Sent{{/OFFER_SENT}}{{#OFFER_VIEWED}}Sent and read{{/OFFER_VIEWED}}{{#OFFER_SIGNED}}Signed{{/OFFER_SIGNED}}{{#OFFER_DECLINED}}Declined{{/OFFER_DECLINED}}{{#OFFER_EXPIRED}}Over{{/OFFER_EXPIRED}}{{#OFFER_WITHDRAWN}}Taken back{{/OFFER_WITHDRAWN}}</span></p>
{{#HAS_APPLICATION}}<p><a href="/onboarding/staff/applications/{{APPLICATION_ID:u}}">The application</a></p>{{/HAS_APPLICATION}}
{{#AS_SIGNED}}<p>Signed as {{SIGNED_NAME}} on {{AT}}.</p>{{/AS_SIGNED}}
{{#MAY_SEND}}
<form method="post" action="/onboarding/staff/offers/{{OFFER_ID:u}}/send">
{{>TOKENS}}<input type="hidden" name="version" value="{{VERSION}}">
<p>This is what will be read. Nothing of it can be changed after sending.</p>
<button type="submit">Send the offer</button>
</form>
{{/MAY_SEND}}
{{#MAY_WITHDRAW}}
<form method="post" action="/onboarding/staff/offers/{{OFFER_ID:u}}/withdraw">
{{>TOKENS}}<input type="hidden" name="version" value="{{VERSION}}">
<button class="second" type="submit">Take it back</button>
</form>
{{/MAY_WITHDRAW}}
{{>TERMS}}
<h2>The text to be signed</h2>
<div class="sheet letter">
{{#PARAGRAPH}}<p>{{TEXT}}</p>{{/PARAGRAPH}}
</div>
<p class="quiet">SHA-256 of this text: <code>{{HASH}}</code></p>
{{>END}}
