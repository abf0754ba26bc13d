{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{TITLE}}: results</title>{{>TOP}}
<p class="quiet"><a href="/feedback/results">What came of our surveys</a></p>
<h1>{{TITLE}}</h1>
<p class="quiet">Closed {{CLOSED}}, published {{PUBLISHED}}</p>
{{>RESULTS}}
<ul class="links"><li><a href="/feedback/results/{{RUN_ID:u}}/csv">CSV</a></li></ul>
{{>END}}
