{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{#ABOUT}}About you (page {{N}} of {{OF}}){{/ABOUT}}{{#WORK}}Your work (page {{N}} of {{OF}}){{/WORK}}{{#TIME}}Your time and what you need (page {{N}} of {{OF}}){{/TIME}}{{#CONSENT}}How we use programs, and your consent (page {{N}} of {{OF}}){{/CONSENT}}</title>{{>TOP}}
<p class="back"><a href="/apply/tasks">Back to the list of pages</a></p>
{{>ERROR_SUMMARY}}
<p class="eyebrow">Page {{N}} of {{OF}}</p>
<h1>{{#ABOUT}}About you{{/ABOUT}}{{#WORK}}Your work{{/WORK}}{{#TIME}}Your time and what you need{{/TIME}}{{#CONSENT}}How we use programs, and your consent{{/CONSENT}}</h1>
{{#ABOUT}}
<p class="lead">Your legal name stands in a contract later. Everybody here uses the name that you like to be called by.</p>
{{/ABOUT}}
{{#WORK}}
<p class="lead">What you know decides which work we can offer you. Certificates are not needed.</p>
{{/WORK}}
{{#TIME}}
<p class="lead">We ask for your time zone so that dates are right where you are, and for what you need so that the interview works for you.</p>
{{/TIME}}
{{#CONSENT}}
<p class="lead">Please read this before you agree. It is version 1 of this notice.</p>
<ul>
<li><strong>No program decides about you.</strong> A person reads your application and your interview, gives reasons, and signs the answer.</li>
<li>Programs sort the list of applications by how long they have waited, and check that fields are filled in. They do not rate, rank or reject anybody.</li>
<li>What you write here is used to decide on your application, and is not used to train models.</li>
<li>Those who read it are reviewers and people officers. What you need to take part, your legal name and your e-mail address are shown to people officers only.</li>
<li>You can withdraw at any time before you sign an agreement.</li>
</ul>
{{/CONSENT}}
<form method="post" action="/apply/{{PAGE:u}}" novalidate>
{{>FORM}}
<div class="buttons">
<button type="submit">Save and go on</button>
{{#ABOUT}}<button class="second" type="submit" formaction="/apply/about?later=1">Save and come back later</button>{{/ABOUT}}
{{#WORK}}<button class="second" type="submit" formaction="/apply/work?later=1">Save and come back later</button>{{/WORK}}
{{#TIME}}<button class="second" type="submit" formaction="/apply/time?later=1">Save and come back later</button>{{/TIME}}
{{#CONSENT}}<button class="second" type="submit" formaction="/apply/consent?later=1">Save and come back later</button>{{/CONSENT}}
</div>
</form>
{{>END}}
