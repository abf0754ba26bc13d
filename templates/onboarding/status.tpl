{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your application</title>{{>TOP}}
{{#SENT}}
<div class="receipt" role="status">
<p class="said">Thank you, {{NAME}}. We have your interview, and a person will read it.</p>
<dl class="pairs">
<div><dt>What happens next</dt><dd>The letter comes here, with reasons and a name under it. Your receipt code opens this page.</dd></div>
</dl>
</div>
{{/SENT}}
<h1>Your application</h1>
<p class="verdict">{{#IS_INTERVIEW_OPEN}}Your interview is open.{{/IS_INTERVIEW_OPEN}}{{#IS_WAITING}}Your interview waits for a reviewer.{{/IS_WAITING}}{{#IS_IN_REVIEW}}A reviewer is reading it.{{/IS_IN_REVIEW}}{{#IS_CERTIFIED}}You are in: we would like to work with you.{{/IS_CERTIFIED}}{{#IS_NOT_SELECTED}}We do not offer you work now. The letter says why.{{/IS_NOT_SELECTED}}{{#IS_LOOK_AGAIN}}You asked for another look. Somebody else takes it.{{/IS_LOOK_AGAIN}}{{#IS_UPHELD}}Somebody else looked again and came to the same end. Their letter says why.{{/IS_UPHELD}}{{#IS_WITHDRAWN}}You have withdrawn it. You may apply again at any time.{{/IS_WITHDRAWN}}</p>
{{#IS_INTERVIEW_OPEN}}
<p class="buttons"><a class="button" href="/apply/interview">Go to the interview</a></p>
{{/IS_INTERVIEW_OPEN}}
{{#OFFER_COMES}}
<p>The next step is an offer. You will find it here: what the work is for, what it pays, and by when.</p>
{{/OFFER_COMES}}
{{#DUE}}
<dl class="pairs">
<div><dt>Who has it</dt><dd>A reviewer</dd></div>
<div><dt>Our answer by</dt><dd>{{DUE_AT}}</dd></div>
</dl>
{{#LATE}}
<p>That moment has passed, and you have no answer. That is our fault, not yours. Nothing is decided, and you need not do anything.</p>
{{/LATE}}
{{/DUE}}
{{#OFFER}}
<h2>Our offer: {{PROJECT}}</h2>
{{#OFFER_OPEN}}
<p>It stands until {{UNTIL}}. Read first what the work is for and what it pays.</p>
<p class="buttons"><a class="button" href="/apply/offer">Read the offer</a></p>
{{/OFFER_OPEN}}
{{#OFFER_SIGNED}}
<p>You have signed it. <a href="/apply/welcome">What happens next</a></p>
{{/OFFER_SIGNED}}
{{#OFFER_DECLINED}}
<p>You have declined it. Until {{UNTIL}} you can take that back.</p>
<p><a class="button second" href="/apply/offer">Look at it again</a></p>
{{/OFFER_DECLINED}}
{{#OFFER_OVER}}
<p>It does not stand any more. <a href="/apply/offer">Read what it was</a></p>
{{/OFFER_OVER}}
{{/OFFER}}
{{#LETTER}}
<h2>Our letter</h2>
<div class="sheet letter">
{{#PARAGRAPH}}<p dir="auto">{{TEXT}}</p>{{/PARAGRAPH}}
<p class="signed">{{WHO}}, {{AT}}</p>
</div>
{{#HAS_REASON}}<p><strong>Reason:</strong> {{REASON}}</p>{{/HAS_REASON}}
<h3>What we liked</h3>
{{#STRENGTHS}}<p dir="auto">{{TEXT}}</p>{{/STRENGTHS}}
{{#HAS_GAPS}}
<h3>What we missed</h3>
{{#GAPS}}<p dir="auto">{{TEXT}}</p>{{/GAPS}}
{{/HAS_GAPS}}
{{/LETTER}}
{{#MAY_ASK}}
<h2>You do not agree?</h2>
<p>Ask once for another look. Somebody else reads everything afresh and answers within 14 days.</p>
<p><a class="button second" href="/apply/look-again">Ask for another look</a></p>
{{/MAY_ASK}}
<h2>What has happened</h2>
<ol class="timeline done">
{{#STEP}}
<li>{{#STEP_SENT}}<strong>You sent your application</strong>{{/STEP_SENT}}{{#STEP_INTERVIEW}}<strong>You sent your interview</strong>{{/STEP_INTERVIEW}}{{#STEP_READING}}<strong>A reviewer began to read</strong>{{/STEP_READING}}{{#STEP_DECIDED}}<strong>A person decided</strong>{{/STEP_DECIDED}}{{#STEP_LOOK_AGAIN}}<strong>You asked for another look</strong>{{/STEP_LOOK_AGAIN}}<span class="quiet">{{AT}}</span></li>
{{/STEP}}
</ol>
<div class="buttons">
{{#RENEW}}
<form method="post" action="/apply/code">
{{>TOKENS}}
<button class="second" type="submit">Make a new receipt code</button>
</form>
{{/RENEW}}
{{#HERE}}
<form method="post" action="/apply/leave">
{{>TOKENS}}
<button class="second" type="submit">Leave this computer</button>
</form>
{{/HERE}}
{{#MAY_WITHDRAW}}
<a href="/apply/withdraw">Withdraw my application</a>
{{/MAY_WITHDRAW}}
</div>
{{>END}}
