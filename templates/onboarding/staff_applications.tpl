{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Applications</title>{{>TOP}}
<h1>Applications</h1>
<form class="filter" method="get" action="/onboarding/staff/applications">
<label for="state">Show</label>
<select id="state" name="state">
{{#FILTER}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/FILTER}}
</select>
<button class="second" type="submit">Show</button>
</form>
{{#NOTHING}}
<div class="empty"><p>Nothing here just now. Choose another state above to see others.</p></div>
{{/NOTHING}}
<ul class="items">
{{#LINE}}
<li><div><a href="/onboarding/staff/applications/{{APPLICATION_ID:u}}"><strong>{{NAME}}</strong></a>
<span>{{DOMAIN}}, {{LEVEL}}</span>
<span class="quiet">Since {{SINCE}}{{#CLAIMED}}; {{WHO}} is reading it{{/CLAIMED}}</span></div>
<div><span class="tag{{#IS_INTERVIEW_OPEN}} wait{{/IS_INTERVIEW_OPEN}}{{#IS_WAITING}} warn{{/IS_WAITING}}{{#IS_IN_REVIEW}} wait{{/IS_IN_REVIEW}}{{#IS_CERTIFIED}} good{{/IS_CERTIFIED}}{{#IS_LOOK_AGAIN}} warn{{/IS_LOOK_AGAIN}}">{{#IS_INTERVIEW_OPEN}}Interview open{{/IS_INTERVIEW_OPEN}}{{#IS_WAITING}}To be read{{/IS_WAITING}}{{#IS_IN_REVIEW}}Being read{{/IS_IN_REVIEW}}{{#IS_CERTIFIED}}Certified{{/IS_CERTIFIED}}{{#IS_NOT_SELECTED}}Not selected{{/IS_NOT_SELECTED}}{{#IS_LOOK_AGAIN}}To be looked at again{{/IS_LOOK_AGAIN}}{{#IS_UPHELD}}Not selected, looked at twice{{/IS_UPHELD}}{{#IS_WITHDRAWN}}Withdrawn{{/IS_WITHDRAWN}}</span>
{{#WAITS}}<span>Waiting days: {{DAYS}}</span>{{#OVERDUE}}<span class="error">Answer was promised by {{DUE_AT}}</span>{{/OVERDUE}}{{#IN_TIME}}<span class="quiet">Answer by {{DUE_AT}}</span>{{/IN_TIME}}{{/WAITS}}</div></li>
{{/LINE}}
</ul>
{{#MORE}}
<p>The first 100 are shown. Choose a state to see others.</p>
{{/MORE}}
{{>END}}
