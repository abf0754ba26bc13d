{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Earnings, {{PERIOD}}</title>{{>TOP}}
<div class="on-paper address">
<p>{{PAYER}}<br>{{PAYER_ADDRESS}}</p>
<p>{{PAYEE}}</p>
</div>
<p class="back"><a href="/payments/certificates">Certificates of earnings</a></p>
<p class="eyebrow">{{#KIND_MONTHS}}Certificate of earnings{{/KIND_MONTHS}}{{#KIND_YEAR}}Summary of a year{{/KIND_YEAR}}</p>
<h1>{{PERIOD}}</h1>
{{#HEADLINE}}
<div class="figure">{{NET}}</div>
{{/HEADLINE}}
{{#SUPERSEDED}}
<div class="notice warn"><p><strong>A statement of these days has come since.</strong> Who checks this certificate is told that something newer has taken its place. Make a new one.</p></div>
{{/SUPERSEDED}}
<div class="buttons off-paper"><a class="button" href="/payments/certificates/{{CERTIFICATE_ID:u}}/pdf">Get the signed PDF</a></div>
<h2>What it is made of</h2>
<table class="cards ledger">
<thead>
<tr><th scope="col">Pay period</th><th scope="col">At your bank</th><th scope="col" class="number">Work</th><th scope="col" class="number">Adjustments</th><th scope="col" class="number">Paid</th></tr>
</thead>
<tbody>
{{#LINE}}
<tr>
<th scope="row">{{PAY_PERIOD}}</th>
<td data-label="At your bank">{{#THERE}}<span>{{ARRIVES}}</span>{{/THERE}}{{#ON_ITS_WAY}}<span>by {{ARRIVES}}</span>{{/ON_ITS_WAY}}</td>
<td class="number" data-label="Work"><span>{{GROSS}}</span></td>
<td class="number" data-label="Adjustments"><span>{{ADJUSTMENTS}}</span></td>
<td class="number amount">{{NET}}</td>
</tr>
{{/LINE}}
</tbody>
<tfoot>
{{#SUM}}
<tr><th scope="row">Total</th><td></td><td class="number" data-label="Work"><span>{{GROSS}}</span></td><td class="number" data-label="Adjustments"><span>{{ADJUSTMENTS}}</span></td><td class="number amount">{{NET}}</td></tr>
{{/SUM}}
</tfoot>
</table>
<dl class="pairs">
<div><dt>Paid to</dt><dd>{{PAYEE}}</dd></div>
<div><dt>Paid by</dt><dd>{{PAYER}}, {{PAYER_ADDRESS}}</dd></div>
<div><dt>Issued</dt><dd>{{ISSUED}}</dd></div>
<div><dt>Number</dt><dd><code>{{CERTIFICATE_ID}}</code></dd></div>
</dl>
<p class="quiet">Pay periods that ended on these days count. It holds what we paid; it is no tax document.</p>
{{>UNCHECKED}}
{{>END}}
