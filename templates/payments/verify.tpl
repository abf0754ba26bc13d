{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Check a document</title>{{>TOP}}
{{>ERROR_SUMMARY}}
<h1>Check a document</h1>
<p class="lead">You were shown a payment statement or a certificate of earnings from here. Find out whether it is real.</p>
{{#FILE_INTACT}}
<div class="notice good" role="status"><p><strong>This file is real.</strong> It is signed by us, and nothing in it was changed.</p></div>
{{/FILE_INTACT}}
{{#FILE_ADDED}}
<div class="notice bad" role="status"><p><strong>Something was added to this file.</strong> It began as ours, but it is not as we issued it. Ask for the file as it came from us.</p></div>
{{/FILE_ADDED}}
{{#FILE_CHANGED}}
<div class="notice bad" role="status"><p><strong>This file was changed.</strong> It says that we signed it, but what stands in it is not what we signed. Do not rely on it.</p></div>
{{/FILE_CHANGED}}
{{#FILE_FOREIGN}}
<div class="notice bad" role="status"><p><strong>This file is not signed by us.</strong> Its signature belongs to somebody else.</p></div>
{{/FILE_FOREIGN}}
{{#FILE_UNSIGNED}}
<div class="notice warn" role="status"><p><strong>This file has no signature of ours.</strong> It may have been printed and scanned, or saved anew by another program. Ask for the file as it came from us, or check its number.</p></div>
{{/FILE_UNSIGNED}}
{{#FILE_NO_PDF}}
<div class="notice warn" role="status"><p><strong>This is no PDF.</strong> Choose the PDF that you were sent.</p></div>
{{/FILE_NO_PDF}}
{{#NUMBER_STANDS}}
<div class="notice good" role="status"><p><strong>This document stands.</strong> Issued by <strong>{{ISSUER}}</strong> on <strong>{{ISSUED_ON}}</strong>; nothing newer has taken its place.</p></div>
{{/NUMBER_STANDS}}
{{#NUMBER_SUPERSEDED}}
<div class="notice warn" role="status"><p><strong>Something newer has taken its place.</strong> Issued by <strong>{{ISSUER}}</strong> on <strong>{{ISSUED_ON}}</strong>, and corrected or added to since. Ask for the newer document.</p></div>
{{/NUMBER_SUPERSEDED}}
{{#NOT_RECORDED}}
<div class="notice warn" role="status"><p><strong>Its number is not in our records.</strong> The signature is ours. Ask whoever issued it before you rely on it.</p></div>
{{/NOT_RECORDED}}
{{#FACTS}}
<h2>What stands in the file</h2>
<dl class="pairs">
<div><dt>What it is</dt><dd>{{#KIND_STATEMENT}}<span>A payment statement</span>{{/KIND_STATEMENT}}{{#KIND_MONTHS}}<span>A certificate of earnings</span>{{/KIND_MONTHS}}{{#KIND_YEAR}}<span>A summary of a year</span>{{/KIND_YEAR}}</dd></div>
<div><dt>Paid to</dt><dd>{{PAYEE}}</dd></div>
<div><dt>Paid by</dt><dd>{{ISSUER}}</dd></div>
<div><dt>For</dt><dd>{{PERIOD}}</dd></div>
{{#OF_AMOUNT}}
<div><dt>Amount</dt><dd>{{AMOUNT}}</dd></div>
{{/OF_AMOUNT}}
<div><dt>Issued</dt><dd>{{ISSUED_ON}}</dd></div>
<div><dt>Number</dt><dd><code>{{NUMBER}}</code></dd></div>
</dl>
<p class="quiet">Compare this with what you were shown. It comes out of the file; we keep nothing of it.</p>
{{/FACTS}}
<div class="split">
<section class="sheet">
<h2>With the file</h2>
<form method="post" action="/payments/verify/file" enctype="multipart/form-data" novalidate>
{{>FILE_FORM}}
<button type="submit">Check the file</button>
</form>
</section>
<section class="sheet">
<h2>With its number</h2>
<form method="post" action="/payments/verify" novalidate>
{{>NUMBER_FORM}}
<button type="submit" class="second">Check the number</button>
</form>
</section>
</div>
{{>END}}
