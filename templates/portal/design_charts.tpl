{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Charts</title>{{>TOP}}
<h1>Charts</h1>
<p class="lead">Drawn on the server, titled, described, and with a table of the same figures.</p>
{{>TABS}}
{{#NO_CHARTS}}
<div class="empty"><p>No chart is shown here yet.</p></div>
{{/NO_CHARTS}}
{{>CHART}}
{{>END}}
