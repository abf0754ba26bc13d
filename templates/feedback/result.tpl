{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{TITLE}}: results</title>{{>TOP}}
<p class="back"><a href="/feedback/results">What came of our surveys</a></p>
<h1>{{TITLE}}</h1>
<p class="lead">Closed {{CLOSED}}, published {{PUBLISHED}}</p>
{{>RESULTS}}
<ul class="links"><li><a href="/feedback/results/{{RUN_ID:u}}/csv">CSV</a></li></ul>
{{>END}}
