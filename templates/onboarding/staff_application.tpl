{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Application of {{PREFERRED_NAME}}</title>{{>TOP}}
<p class="back"><a href="/onboarding/staff/applications">Back to the applications</a></p>
<h1>Application of {{PREFERRED_NAME}}</h1>
<p><span class="tag{{#IS_INTERVIEW_OPEN}} wait{{/IS_INTERVIEW_OPEN}}{{#IS_WAITING}} warn{{/IS_WAITING}}{{#IS_IN_REVIEW}} wait{{/IS_IN_REVIEW}}{{#IS_CERTIFIED}} good{{/IS_CERTIFIED}}{{#IS_LOOK_AGAIN}} warn{{/IS_LOOK_AGAIN}}">{{#IS_INTERVIEW_OPEN}}Interview open{{/IS_INTERVIEW_OPEN}}{{#IS_WAITING}}To be read{{/IS_WAITING}}{{#IS_IN_REVIEW}}Being read{{/IS_IN_REVIEW}}{{#IS_CERTIFIED}}Certified{{/IS_CERTIFIED}}{{#IS_NOT_SELECTED}}Not selected{{/IS_NOT_SELECTED}}{{#IS_LOOK_AGAIN}}To be looked at again{{/IS_LOOK_AGAIN}}{{#IS_UPHELD}}Not selected, looked at twice{{/IS_UPHELD}}{{#IS_WITHDRAWN}}Withdrawn{{/IS_WITHDRAWN}}</span></p>
<p class="quiet">Sent {{SINCE}}{{#DUE}}; answer promised by {{DUE_AT}}{{/DUE}}</p>
{{#MINE}}<p class="notice">You have it since {{AT}}.</p>{{/MINE}}
{{#CLAIMED}}<p class="notice">{{WHO}} has it since {{AT}}.</p>{{/CLAIMED}}
{{#DECIDED_BEFORE}}<p class="notice warn">You decided on it before, so somebody else looks again.</p>{{/DECIDED_BEFORE}}
<div class="buttons">
{{#MAY_CLAIM}}
<form method="post" action="/onboarding/staff/applications/{{APPLICATION_ID:u}}/claim">
{{>TOKENS}}<input type="hidden" name="version" value="{{VERSION}}">
<button type="submit">Claim it: I read and decide</button>
</form>
{{/MAY_CLAIM}}
{{#MAY_SCORE}}
<a class="button" href="/onboarding/staff/applications/{{APPLICATION_ID:u}}/score">Score it on the rubric</a>
{{/MAY_SCORE}}
{{#MAY_DECIDE}}
<a class="button" href="/onboarding/staff/applications/{{APPLICATION_ID:u}}/decide">Write the letter and decide</a>
{{/MAY_DECIDE}}
{{#MAY_RELEASE}}
<form method="post" action="/onboarding/staff/applications/{{APPLICATION_ID:u}}/release">
{{>TOKENS}}<input type="hidden" name="version" value="{{VERSION}}">
<button class="second" type="submit">Give it back</button>
</form>
{{/MAY_RELEASE}}
{{#MAY_TAKE_OVER}}
<form method="post" action="/onboarding/staff/applications/{{APPLICATION_ID:u}}/claim">
{{>TOKENS}}<input type="hidden" name="version" value="{{VERSION}}">
<button class="second" type="submit">Take it over</button>
</form>
{{/MAY_TAKE_OVER}}
{{#MAY_OFFER}}
<a class="button" href="/onboarding/staff/applications/{{APPLICATION_ID:u}}/offer">Make an offer</a>
{{/MAY_OFFER}}
</div>
{{#ADDRESS_KNOWN}}
<div class="notice warn">
<p>Somebody we know has this e-mail address already. Make sure that it is the same person before you make an offer.</p>
<form method="post" action="/onboarding/staff/applications/{{APPLICATION_ID:u}}/same-person">
{{>TOKENS}}<input type="hidden" name="version" value="{{VERSION}}">
<button class="second" type="submit">I made sure: it is the same person</button>
</form>
</div>
{{/ADDRESS_KNOWN}}
{{#OFFER}}
<p>Offer: <a href="/onboarding/staff/offers/{{OFFER_ID:u}}">{{PROJECT}}</a> ({{#OFFER_DRAFT}}not sent yet{{/OFFER_DRAFT}}{{#OFFER_SENT}}sent{{/OFFER_SENT}}{{#OFFER_VIEWED}}read{{/OFFER_VIEWED}}{{#OFFER_SIGNED}}signed{{/OFFER_SIGNED}}{{#OFFER_DECLINED}}declined{{/OFFER_DECLINED}}{{#OFFER_EXPIRED}}over{{/OFFER_EXPIRED}}{{#OFFER_WITHDRAWN}}taken back{{/OFFER_WITHDRAWN}})</p>
{{/OFFER}}
{{#LOOK_AGAIN}}
<h2>Why another look was asked for</h2>
<p><strong>{{GROUND}}</strong>, {{AT}}</p>
<blockquote>{{#PARAGRAPH}}<p>{{TEXT}}</p>{{/PARAGRAPH}}</blockquote>
{{/LOOK_AGAIN}}
<h2>Who applies</h2>
<dl class="pairs">
<div><dt>Field</dt><dd>{{DOMAIN}}</dd></div>
<div><dt>Level</dt><dd>{{LEVEL}}{{#HAS_YEARS}}, years in it: {{YEARS}}{{/HAS_YEARS}}</dd></div>
<div><dt>Can do</dt><dd>{{#SKILLS}}<p>{{SKILLS_LINE}}</p>{{/SKILLS}}</dd></div>
<div><dt>Time zone</dt><dd>{{ZONE}}</dd></div>
<div><dt>Hours a week</dt><dd>{{#HAS_HOURS}}{{HOURS}}{{/HAS_HOURS}}</dd></div>
<div><dt>Interview</dt><dd>{{MODE}}</dd></div>
{{#RESTRICTED}}
<div><dt>Legal name</dt><dd>{{LEGAL_NAME}}</dd></div>
<div><dt>E-mail</dt><dd>{{EMAIL}}</dd></div>
<div><dt>Needs</dt><dd>{{#NEEDS}}<p>{{NEEDS_LINE}}</p>{{/NEEDS}}{{#NO_NEEDS}}Nothing in particular{{/NO_NEEDS}}</dd></div>
<div><dt>Heard of us</dt><dd>{{SOURCE}}</dd></div>
{{/RESTRICTED}}
</dl>
<h2>Interview</h2>
{{#NO_INTERVIEW}}<p>Not sent yet.</p>{{/NO_INTERVIEW}}
{{#GROUP}}
<h3>{{GROUP_TITLE}}</h3>
{{#QUESTION}}
<h4>{{QUESTION_TEXT}}</h4>
{{#NO_ANSWER}}<p class="quiet">Not answered</p>{{/NO_ANSWER}}
{{#ANSWER}}<p>{{ANSWER_LINE}}</p>{{/ANSWER}}
{{/QUESTION}}
{{/GROUP}}
{{#HIDDEN_SCORES}}
<h2>Scores</h2>
<p>Scores given by others: {{N}}. You see them when yours are in.</p>
{{/HIDDEN_SCORES}}
{{#ASSESSMENT}}
<h2>Scores by {{WHO}}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Scores by {{WHO}}">
<table>
<caption>Given {{AT}}</caption>
<thead><tr><th scope="col">Criterion</th><th scope="col" class="number">Score</th><th scope="col">Reason</th></tr></thead>
<tbody>
{{#SCORE}}<tr><th scope="row">{{CRITERION}}</th><td class="number">{{N}}</td><td>{{REASON}}</td></tr>{{/SCORE}}
</tbody>
</table>
</div>
{{/ASSESSMENT}}
{{#LETTER}}
<h2>Letter</h2>
<div class="sheet letter">
{{#PARAGRAPH}}<p>{{TEXT}}</p>{{/PARAGRAPH}}
<p class="signed">{{WHO}}, {{AT}}</p>
</div>
{{/LETTER}}
{{>END}}
