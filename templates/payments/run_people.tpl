{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Everybody in the pay run for {{PERIOD}}</title>{{>TOP}}
<p class="back"><a href="/payments/staff/runs/{{RUN_ID:u}}">The pay run for {{PERIOD}}</a></p>
<p class="eyebrow">Pay run for {{PERIOD}}</p>
<h1>Everybody in it</h1>
{{#NONE}}
<div class="empty"><p>There is nobody here. While a run is being worked out, people appear as it goes on.</p></div>
{{/NONE}}
<ul class="items">
{{#LINE}}
<li><div><a href="/payments/staff/runs/{{RUN_ID:u}}/people?who={{PERSON_ID:u}}"><strong>{{WHO}}</strong></a><span class="quiet">{{MINUTES}}</span></div><span class="money">{{NET}}</span></li>
{{/LINE}}
</ul>
<div class="pages">
{{#NOT_FIRST}}<a rel="prev" href="/payments/staff/runs/{{RUN_ID:u}}/people?page={{BEFORE:u}}">Those before</a>{{/NOT_FIRST}}
{{#MORE}}<a rel="next" href="/payments/staff/runs/{{RUN_ID:u}}/people?page={{NEXT:u}}">More</a>{{/MORE}}
</div>
{{>END}}
