{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>No PDF of this statement yet</title>{{>TOP}}
<p class="back"><a href="/payments/statements/{{STATEMENT_ID:u}}">The statement as a page</a></p>
<h1>No PDF of this statement yet</h1>
<p class="lead">It holds the character <strong>{{MISSING}}</strong>, which none of our fonts can draw. Rather than give you a document with a box in it, we give you none.</p>
<p>The <a href="/payments/statements/{{STATEMENT_ID:u}}">statement as a page</a> shows everything and can be printed. An administrator can add the font.</p>
{{>END}}
