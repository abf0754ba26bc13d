{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Our offer: {{PROJECT}}</title>{{>TOP}}
{{#HAS_APPLICATION}}<p class="back"><a href="/apply/status">Back to your application</a></p>{{/HAS_APPLICATION}}
<h1>Our offer: {{PROJECT}}</h1>
{{#OFFER_SIGNED}}<p class="notice good" role="status">You signed it on {{AT}}. <a href="/apply/welcome">What happens next</a></p>{{/OFFER_SIGNED}}
{{#OFFER_OVER}}<p class="notice">This offer does not stand any more.</p>{{/OFFER_OVER}}
{{#MAY_UNDO}}
<div class="notice" role="status">
<p>You have declined this offer. If that was a slip, or you have thought again, take it back until {{UNTIL}}.</p>
<form method="post" action="/apply/offer/undo">
{{>TOKENS}}
<button type="submit">Take it back: I want to look at the offer again</button>
</form>
</div>
{{/MAY_UNDO}}
{{>TERMS}}
{{#OFFER_OPEN}}
<h2>Next</h2>
<p>The offer stands until {{UNTIL}}. You read the whole agreement before you sign.</p>
<div class="buttons">
{{#READ_FORM}}
<form method="post" action="/apply/offer/read">
{{>TOKENS}}
<button type="submit">I have read this: go on to the agreement</button>
</form>
{{/READ_FORM}}
{{#DECLINE_FORM}}
<form method="post" action="/apply/offer/decline">
{{>TOKENS}}
<button class="second" type="submit">Decline</button>
</form>
{{/DECLINE_FORM}}
</div>
<p class="quiet">You can take a “Decline” back for seven days.</p>
{{/OFFER_OPEN}}
{{>UNCHECKED}}
{{>END}}
