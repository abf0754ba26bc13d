{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Your people</title>{{>TOP}}
<h1>Your people</h1>
{{#NO_POD}}
<p class="empty">No pod is yours to look after just now. When one is, its people stand here.</p>
{{/NO_POD}}
{{#NOBODY}}
<p class="empty">Nobody is here yet. Somebody appears on the day they join the pod.</p>
{{/NOBODY}}
{{#PEOPLE}}
<p class="lead">Everybody hears from their HDM at least every {{DUE_DAYS}} days.{{#BY_DUE}} Whoever has waited longest stands first.{{/BY_DUE}}</p>
<table class="cards">
<caption class="off-paper">Choose a heading to sort the list by it.</caption>
<thead>
<tr>
<th scope="col"{{#BY_NAME}} aria-sort="ascending"{{/BY_NAME}}><a href="/hdm/staff/people?sort=name&amp;pod={{CHOSEN_POD:u}}">Person</a></th>
<th scope="col"{{#BY_DUE}} aria-sort="ascending"{{/BY_DUE}}><a href="/hdm/staff/people?sort=due&amp;pod={{CHOSEN_POD:u}}">Last contact</a></th>
<th scope="col" class="number"{{#BY_HOURS}} aria-sort="descending"{{/BY_HOURS}}><a href="/hdm/staff/people?sort=hours&amp;pod={{CHOSEN_POD:u}}">This period</a></th>
<th scope="col" class="number"{{#BY_BEFORE}} aria-sort="descending"{{/BY_BEFORE}}><a href="/hdm/staff/people?sort=before&amp;pod={{CHOSEN_POD:u}}">Last period</a></th>
<th scope="col"{{#BY_PAY}} aria-sort="descending"{{/BY_PAY}}><a href="/hdm/staff/people?sort=pay&amp;pod={{CHOSEN_POD:u}}">Last statement</a></th>
<th scope="col"{{#BY_PROJECT}} aria-sort="ascending"{{/BY_PROJECT}}><a href="/hdm/staff/people?sort=project&amp;pod={{CHOSEN_POD:u}}">Project</a></th>
</tr>
</thead>
<tbody>
{{#LINE}}
<tr>
<th scope="row"><a href="/hdm/staff/people/{{PERSON_ID:u}}"><bdi>{{PREFERRED_NAME}}</bdi></a></th>
<td class="amount">{{#TODAY}}today{{/TODAY}}{{#YESTERDAY}}yesterday{{/YESTERDAY}}{{#DAYS_AGO}}{{DAYS}} days ago{{/DAYS_AGO}}{{#NEVER}}not yet{{/NEVER}}{{#OVERDUE}}<strong class="warn block">over {{DUE_DAYS}} days</strong>{{/OVERDUE}}{{#TALK}}<strong class="block">First talk due by {{TALK_DUE}}</strong>{{/TALK}}</td>
<td class="number" data-label="This period"><span>{{MINUTES}}</span></td>
<td class="number" data-label="Last period"><span>{{MINUTES_BEFORE}}</span></td>
<td data-label="Last statement">{{>PUNCTUAL}}</td>
<td data-label="Project"><span>{{PROJECT}}</span></td>
</tr>
{{/LINE}}
</tbody>
</table>
<p class="quiet">{{#THIS_PERIOD}}This period: {{PERIOD}}. {{/THIS_PERIOD}}{{#NO_PERIOD}}No pay period covers today. {{/NO_PERIOD}}{{#PERIOD_BEFORE}}Last period: {{PERIOD}}. {{/PERIOD_BEFORE}}Hours are what people entered, approved or not yet.</p>
<div class="pages">
{{#NOT_FIRST}}<a rel="prev" href="/hdm/staff/people?sort={{SORT:u}}&amp;pod={{CHOSEN_POD:u}}">The first ones</a>{{/NOT_FIRST}}
{{#MORE}}<a rel="next" href="/hdm/staff/people?sort={{SORT:u}}&amp;pod={{CHOSEN_POD:u}}&amp;page={{NEXT:u}}">More people</a>{{/MORE}}
</div>
<ul class="links">
<li><a href="/hdm/staff/people.csv?sort={{SORT:u}}&amp;pod={{CHOSEN_POD:u}}">This list as CSV</a></li>
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
{{#RATE_HIDDEN}}<span class="quiet">The rate is hidden. It is shown once a survey has ended, if at least five people were asked here and it gives no smaller pod away: with so few, it would tell who did not answer.</span>{{/RATE_HIDDEN}}</div>
{{#RATE_SHOWN}}<span class="money">{{PERCENT}} %</span>{{/RATE_SHOWN}}
{{#POD_CHOSEN}}<span class="tag">Shown above</span>{{/POD_CHOSEN}}
</li>
{{/POD}}
</ul>
{{#MORE_PODS}}
<p>The first 50 pods are shown.</p>
{{/MORE_PODS}}
{{>END}}
