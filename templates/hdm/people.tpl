{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your people</title>{{>TOP}}
<h1>Your people</h1>
{{#NO_POD}}
<p>No pod is yours to look after just now. When one is, its people stand here.</p>
{{/NO_POD}}
{{#NOBODY}}
<p>Nobody is here yet. Somebody appears on the day they join the pod.</p>
{{/NOBODY}}
{{#PEOPLE}}
<p>Everybody hears from their HDM at least every {{DUE_DAYS}} days.{{#BY_DUE}} Whoever has waited longest stands first.{{/BY_DUE}}</p>
<div class="scroll" tabindex="0" role="region" aria-label="Your people">
<table>
<thead>
<tr>
<th scope="col"{{#BY_NAME}} aria-sort="ascending"{{/BY_NAME}}>{{#BY_NAME}}Person{{/BY_NAME}}{{#TO_NAME}}<a href="/hdm/staff/people?sort=name&amp;pod={{CHOSEN_POD:u}}">Person</a>{{/TO_NAME}}</th>
<th scope="col"{{#BY_DUE}} aria-sort="descending"{{/BY_DUE}}>{{#BY_DUE}}Last contact{{/BY_DUE}}{{#TO_DUE}}<a href="/hdm/staff/people?sort=due&amp;pod={{CHOSEN_POD:u}}">Last contact</a>{{/TO_DUE}}</th>
<th scope="col" class="number"{{#BY_HOURS}} aria-sort="descending"{{/BY_HOURS}}>{{#BY_HOURS}}This period{{/BY_HOURS}}{{#TO_HOURS}}<a href="/hdm/staff/people?sort=hours&amp;pod={{CHOSEN_POD:u}}">This period</a>{{/TO_HOURS}}</th>
<th scope="col" class="number"{{#BY_BEFORE}} aria-sort="descending"{{/BY_BEFORE}}>{{#BY_BEFORE}}Last period{{/BY_BEFORE}}{{#TO_BEFORE}}<a href="/hdm/staff/people?sort=before&amp;pod={{CHOSEN_POD:u}}">Last period</a>{{/TO_BEFORE}}</th>
<th scope="col"{{#BY_PAY}} aria-sort="descending"{{/BY_PAY}}>{{#BY_PAY}}Last statement{{/BY_PAY}}{{#TO_PAY}}<a href="/hdm/staff/people?sort=pay&amp;pod={{CHOSEN_POD:u}}">Last statement</a>{{/TO_PAY}}</th>
<th scope="col"{{#BY_PROJECT}} aria-sort="ascending"{{/BY_PROJECT}}>{{#BY_PROJECT}}Project{{/BY_PROJECT}}{{#TO_PROJECT}}<a href="/hdm/staff/people?sort=project&amp;pod={{CHOSEN_POD:u}}">Project</a>{{/TO_PROJECT}}</th>
</tr>
</thead>
<tbody>
{{#LINE}}
<tr>
<th scope="row"><a href="/hdm/staff/people/{{PERSON_ID:u}}"><bdi>{{PREFERRED_NAME}}</bdi></a></th>
<td>{{#TODAY}}today{{/TODAY}}{{#YESTERDAY}}yesterday{{/YESTERDAY}}{{#DAYS_AGO}}{{DAYS}} days ago{{/DAYS_AGO}}{{#NEVER}}not yet{{/NEVER}}{{#OVERDUE}}<br><strong class="warn">over {{DUE_DAYS}} days</strong>{{/OVERDUE}}{{#TALK}}<br><strong>First talk due by {{TALK_DUE}}</strong>{{/TALK}}</td>
<td class="number">{{MINUTES}}</td>
<td class="number">{{MINUTES_BEFORE}}</td>
<td>{{>PUNCTUAL}}</td>
<td>{{PROJECT}}</td>
</tr>
{{/LINE}}
</tbody>
</table>
</div>
<p class="quiet">{{#THIS_PERIOD}}This period: {{PERIOD}}. {{/THIS_PERIOD}}{{#NO_PERIOD}}No pay period covers today. {{/NO_PERIOD}}{{#PERIOD_BEFORE}}Last period: {{PERIOD}}. {{/PERIOD_BEFORE}}Hours are what people entered, approved or not yet.</p>
<ul class="links">
<li><a href="/hdm/staff/people.csv?sort={{SORT:u}}&amp;pod={{CHOSEN_POD:u}}">This list as CSV</a></li>
{{#MORE}}<li><a href="/hdm/staff/people?sort={{SORT:u}}&amp;pod={{CHOSEN_POD:u}}&amp;page={{NEXT:u}}">More people</a></li>{{/MORE}}
{{#NOT_FIRST}}<li><a href="/hdm/staff/people?sort={{SORT:u}}&amp;pod={{CHOSEN_POD:u}}">The first ones</a></li>{{/NOT_FIRST}}
{{#ONE_POD}}<li><a href="/hdm/staff/people?sort={{SORT:u}}">All pods</a></li>{{/ONE_POD}}
</ul>
{{/PEOPLE}}
<h2>Who answered the last survey</h2>
<p>Who answered is nobody’s business; how many of a pod did, is worth knowing.</p>
<ul class="items">
{{#POD}}
<li>
<div><a href="/hdm/staff/people?pod={{POD_ID:u}}"><strong>{{POD_NAME}}</strong></a>
{{#RATE_SHOWN}}<span class="quiet">{{TITLE}}, closed {{CLOSED_ON}}</span>{{/RATE_SHOWN}}
{{#RATE_HIDDEN}}<span class="quiet">The rate is hidden: fewer than five people of this pod were asked, or no survey has ended yet. With so few, a rate would tell who did not answer.</span>{{/RATE_HIDDEN}}</div>
{{#RATE_SHOWN}}<span class="money">{{PERCENT}} %</span>{{/RATE_SHOWN}}
{{#POD_CHOSEN}}<span class="tag">Shown above</span>{{/POD_CHOSEN}}
</li>
{{/POD}}
</ul>
{{#MORE_PODS}}
<p>The first 50 pods are shown.</p>
{{/MORE_PODS}}
{{>END}}
