{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Certificates of earnings</title>{{>TOP}}
<p class="back"><a href="/payments/statements">Your statements</a></p>
{{>ERROR_SUMMARY}}
<h1>Certificates of earnings</h1>
<p class="lead">For a bank, a landlord or a visa: what we paid you, on one signed page. Whoever you give it to can <a href="/payments/verify">check that it is real</a>.</p>
<section class="sheet">
<h2>A new certificate</h2>
<form method="post" action="/payments/certificates" novalidate>
{{>FORM}}
<button type="submit">Make the certificate</button>
</form>
</section>
{{#SOME}}
<h2>Those you have</h2>
<ul class="items">
{{#LINE}}
<li>
<div><a href="/payments/certificates/{{CERTIFICATE_ID:u}}"><strong>{{PERIOD}}</strong></a>
<span class="quiet">{{#KIND_MONTHS}}Certificate of earnings{{/KIND_MONTHS}}{{#KIND_YEAR}}Summary of a year{{/KIND_YEAR}}</span></div>
<span class="quiet">{{ISSUED}}</span>
</li>
{{/LINE}}
</ul>
{{/SOME}}
<h2>All statements of a year</h2>
<p>Each as PDF, CSV and XML, in one ZIP file.</p>
<ul class="links">
{{#YEARS}}
<li><a href="/payments/years/{{YEAR:u}}/zip">{{YEAR}}</a></li>
{{/YEARS}}
</ul>
{{>END}}
