{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>No PDF of this certificate yet</title>{{>TOP}}
<p class="back"><a href="/payments/certificates/{{CERTIFICATE_ID:u}}">The certificate as a page</a></p>
<h1>No PDF of this certificate yet</h1>
<p class="lead">It holds the character <strong>{{MISSING}}</strong>, which none of our fonts can draw. Rather than give you a document with a box in it, we give you none.</p>
<p>The <a href="/payments/certificates/{{CERTIFICATE_ID:u}}">certificate as a page</a> shows everything and can be printed. An administrator can add the font.</p>
{{>END}}
