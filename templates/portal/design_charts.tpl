{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Charts</title>{{>TOP}}
<h1>Charts</h1>
<p class="lead">Drawn on the server, titled, described, and with a table of the same figures.</p>
{{>TABS}}
{{>CHART}}
{{>END}}
