{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Audit</title>{{>TOP}}
<h1>Audit</h1>
<p class="lead">Who did what, in every program, newest first. Rows are never changed, and each is sealed within seconds.</p>
<form class="filter" method="get" action="/staff/audit" role="search">
<div><label for="from">From</label><input id="from" name="from" type="date" value="{{FROM}}"></div>
<div><label for="to">To</label><input id="to" name="to" type="date" value="{{TO}}"></div>
<div><label for="who">Who: name, e-mail or “system”</label><input id="who" name="who" type="search" value="{{Q_WHO}}"></div>
<div><label for="object">To what, like person:31</label><input id="object" name="object" type="search" value="{{Q_OBJECT}}"></div>
<div><label for="action">What was done</label><select id="action" name="action"><option value="">Anything</option>{{#ACTION_CHOICE}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{SENTENCE}}</option>{{/ACTION_CHOICE}}</select></div>
<div><label for="program">Where</label><select id="program" name="program"><option value="">Anywhere</option>{{#CHAIN_CHOICE}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{SENTENCE}}</option>{{/CHAIN_CHOICE}}</select></div>
<div class="buttons"><button class="second" type="submit">Show</button><a href="/staff/audit">Show everything</a></div>
</form>
{{#BAD_DAY}}
<div class="notice bad"><p><strong>One of the days does not exist.</strong> Write it as year-month-day, like 2026-11-23.</p></div>
{{/BAD_DAY}}
{{#TOO_LONG}}
<div class="notice"><p><strong>Looking for this took too long.</strong> Choose fewer days, or one program.</p></div>
{{/TOO_LONG}}
{{#NONE}}
<div class="empty"><p>Nothing fits. Leave something out, or choose more days.</p></div>
{{/NONE}}
{{#WHICH}}
<h2>Who is meant?</h2>
<ul class="items">
{{#PERSON}}
<li><div><a href="{{URL}}"><strong>{{NAME}}</strong></a><span class="quiet">{{CODE}}</span></div></li>
{{/PERSON}}
</ul>
{{/WHICH}}
{{#ROWS}}
<table class="cards">
<thead><tr><th scope="col">What was done</th><th scope="col">By</th><th scope="col">When</th><th scope="col">Where</th></tr></thead>
<tbody>
{{#ROW}}
<tr><th scope="row">{{ACTION}} <span class="quiet">{{#WHOM}}<bdi>{{NAME}}</bdi>, {{/WHOM}}<code>{{OBJECT}}</code></span>{{#WHY}} <span class="quiet"><bdi>{{REASON}}</bdi></span>{{/WHY}}{{#WITH_REQUEST}} <span class="quiet">Request <code>{{REQUEST}}</code></span>{{/WITH_REQUEST}}</th>
<td data-label="By">{{#BY_SYSTEM}}The system{{/BY_SYSTEM}}{{#BY_PERSON}}<bdi>{{NAME}}</bdi>{{/BY_PERSON}}{{#BY_LINKED}}<a href="/staff/people/{{PERSON_ID:u}}"><bdi>{{NAME}}</bdi></a>{{/BY_LINKED}}</td>
<td data-label="When">{{AT}}</td>
<td data-label="Where">{{PROGRAM}}, row {{ROW_NO}} {{#SEALED}}<span class="quiet">Seal {{SEAL}}</span>{{/SEALED}}{{#UNSEALED}}<span class="tag wait">Not sealed yet</span>{{/UNSEALED}}</td></tr>
{{/ROW}}
</tbody>
</table>
{{/ROWS}}
<div class="pages">{{#BACK}}<a rel="prev" href="{{URL}}">The newest</a>{{/BACK}}{{#MORE}}<a rel="next" href="{{NEXT}}">Older ones</a>{{/MORE}}</div>
{{#MAY_EXPORT}}
<form method="post" action="/staff/audit/export">
{{>TOKENS}}
<input type="hidden" name="from" value="{{FROM}}">
<input type="hidden" name="to" value="{{TO}}">
<input type="hidden" name="who" value="{{Q_WHO}}">
<input type="hidden" name="action" value="{{Q_ACTION}}">
<input type="hidden" name="object" value="{{Q_OBJECT}}">
<input type="hidden" name="program" value="{{Q_CHAIN}}">
<input type="hidden" name="format" value="csv">
<p class="quiet">The file holds all rows that fit, the newest 100,000 at most. That you took it stands in the audit.</p>
<button class="second" type="submit">Export as CSV</button>
</form>
{{/MAY_EXPORT}}
{{>END}}
