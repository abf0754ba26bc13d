{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Statement for {{PERIOD}}</title>{{>TOP}}
<div class="on-paper address">
<p>{{PAYER}}<br>{{PAYER_ADDRESS}}</p>
<p>{{PAYEE}}</p>
</div>
{{#OWN}}
<p class="back"><a href="/payments/statements">Your statements</a></p>
{{/OWN}}
{{#NOT_OWN}}
<p class="back"><a href="/payments/staff/periods">Pay periods</a></p>
{{/NOT_OWN}}
<p class="eyebrow">Statement for {{PERIOD}}</p>
<h1 class="figure">{{NET}}</h1>
{{#ON_ITS_WAY}}<p class="lead">Arrives by <strong>{{PROMISED_ON}}</strong>, sent through your payout partner.</p>{{/ON_ITS_WAY}}
{{#THERE}}<p class="lead">At your bank since <strong>{{FUNDS_ON}}</strong>.</p>{{/THERE}}
{{#ROLLED}}<p class="quiet">Banks move nothing on {{ROLLED_FROM}}, so the money comes on the next day on which they do.</p>{{/ROLLED}}
{{#LATE}}
<div class="notice warn">
<p><strong>This was late.</strong> We had promised it for {{PROMISED_ON}}.</p>
{{#LATE_HOLIDAY_ROLL}}<p>A bank holiday came in between.</p>{{/LATE_HOLIDAY_ROLL}}
{{#LATE_PAYEE_DETAILS}}<p>Your payout details were not complete in time.</p>{{/LATE_PAYEE_DETAILS}}
{{#LATE_TAX_FORM}}<p>A tax form was missing.</p>{{/LATE_TAX_FORM}}
{{#LATE_PARTNER}}<p>The fault was with the payout partner.</p>{{/LATE_PARTNER}}
{{#LATE_BANK}}<p>The bank had sent it back.</p>{{/LATE_BANK}}
{{#LATE_OURS}}<p>The fault was ours, and we are sorry.</p>{{/LATE_OURS}}
{{#LATE_DISPUTE}}<p>A part of it was being looked into.</p>{{/LATE_DISPUTE}}
</div>
{{/LATE}}
{{#CORRECTED}}
<div class="notice warn"><p><strong>This statement was corrected.</strong> <a href="{{OTHER_URL}}">The correction</a> holds what has changed.</p></div>
{{/CORRECTED}}
{{#CORRECTS}}
<div class="notice"><p><strong>This statement corrects an earlier one.</strong> <a href="{{OTHER_URL}}">The earlier statement</a> stays as it was issued.</p></div>
{{/CORRECTS}}
<ol class="steps">
<li class="done"><strong>Approved</strong><span>{{ISSUED}}</span></li>
{{#SENT}}<li class="done"><strong>Sent</strong><span>{{SENT_ON}}</span></li>{{/SENT}}
{{#NOT_SENT}}<li><strong>Sent</strong><span>This comes next</span></li>{{/NOT_SENT}}
{{#THERE}}<li class="done"><strong>At your bank</strong><span>{{FUNDS_ON}}</span></li>{{/THERE}}
{{#ON_ITS_WAY}}<li><strong>At your bank</strong><span>by {{PROMISED_ON}}</span></li>{{/ON_ITS_WAY}}
</ol>
<h2>What it is made of</h2>
<table class="cards ledger">
<thead>
<tr><th scope="col">Work</th><th scope="col" class="number">Hours or units</th><th scope="col" class="number">Rate</th><th scope="col" class="number">Amount in {{CURRENCY}}</th></tr>
</thead>
<tbody>
{{#LINE}}
<tr>
<th scope="row"><span>{{PROJECT}}, {{KIND}}</span><span class="quiet">Rate since {{RATE_FROM}}{{#COMPARED}}; {{COMPA}} × the middle of the market ({{BENCHMARK}}){{/COMPARED}}</span></th>
<td class="number" data-label="Hours or units">{{#BY_HOUR}}<span>{{MINUTES}}</span>{{/BY_HOUR}}{{#BY_TASK}}<span>{{UNITS}}</span>{{/BY_TASK}}</td>
<td class="number" data-label="Rate">{{#AN_HOUR}}<span>{{RATE}} an hour</span>{{/AN_HOUR}}{{#A_TASK}}<span>{{RATE}} a task</span>{{/A_TASK}}</td>
<td class="number amount">{{AMOUNT}}</td>
</tr>
{{/LINE}}
{{#WITH_GROSS}}
<tr>
<th scope="row">All work together (gross)</th>
<td></td><td></td>
<td class="number amount">{{GROSS}}</td>
</tr>
{{/WITH_GROSS}}
{{#ADJUSTMENT}}
<tr>
<th scope="row"><span>{{KIND}}: {{REASON}}</span>{{#APPROVED}}<span class="quiet">Approved by {{APPROVER}}</span>{{/APPROVED}}</th>
<td></td><td></td>
<td class="number amount">{{AMOUNT}}</td>
</tr>
{{/ADJUSTMENT}}
</tbody>
<tfoot>
<tr><th scope="row">Total</th><td class="number" data-label="Time"><span>{{MINUTES}}</span></td><td></td><td class="number amount">{{TOTAL}}</td></tr>
</tfoot>
</table>
{{#WAITING}}
<h2>Work of these days that still waits</h2>
<p class="quiet">It is in none of the sums above. How it stands today:</p>
<ul class="items">
{{#PENDING}}
<li>
<div><strong>{{DAY}}</strong> <span>{{PROJECT}}, {{KIND}}</span>
{{#WHY_YOUR_ANSWER}}<span class="quiet">We have asked you something about it. It is paid with the next statement once you have answered.</span>{{/WHY_YOUR_ANSWER}}
{{#WHY_OUR_ANSWER}}<span class="quiet">You have answered our question; now it is our turn. Without an answer from us it is approved at the next lock.</span>{{/WHY_OUR_ANSWER}}
{{#WHY_LOOK}}<span class="quiet">It came after the lock. It is paid with the next statement.</span>{{/WHY_LOOK}}
{{#WHY_NEXT}}<span class="quiet">It is approved, and paid with the next statement.</span>{{/WHY_NEXT}}
</div>
<span class="money">{{#BY_HOUR}}<span>{{MINUTES}}</span>{{/BY_HOUR}}{{#BY_TASK}}<span>{{UNITS}}</span>{{/BY_TASK}}</span>
</li>
{{/PENDING}}
</ul>
{{/WAITING}}
{{#REFERRALS}}
<h2>Referrals, apart from this pay</h2>
<p class="quiet">In none of the sums above. How it stands today:</p>
<ul class="items">
{{#REFERRAL}}
<li><div><strong>{{BROUGHT}}</strong> <span class="quiet">{{HOW}}</span></div><span class="money">{{AMOUNT}}</span></li>
{{/REFERRAL}}
</ul>
{{/REFERRALS}}
{{#OWN}}
<div class="notice">
<p><strong>Something not right?</strong> Tell <a href="/hdm/my-contacts">your HDM</a> which line. An approved line is never changed behind your back: it is corrected on a statement of its own.</p>
<p>You can do so until <strong>{{QUESTION_UNTIL}}</strong>. {{HEARD}} {{DECIDED}}</p>
</div>
<ul class="links">
<li><a href="/payments/statements/{{STATEMENT_ID:u}}/pdf">PDF</a></li>
<li><a href="/payments/statements/{{STATEMENT_ID:u}}/csv">CSV</a></li>
<li><a href="/payments/statements/{{STATEMENT_ID:u}}/xml">XML, for programs</a></li>
</ul>
{{/OWN}}
<h2>About this statement</h2>
<dl class="pairs">
<div><dt>Paid to</dt><dd>{{PAYEE}}</dd></div>
<div><dt>Payee number</dt><dd><code>{{PAYEE_ID}}</code></dd></div>
<div><dt>Paid by</dt><dd>{{PAYER}}, {{PAYER_ADDRESS}}</dd></div>
<div><dt>Currency</dt><dd><span>{{CURRENCY}}</span>. <span>Worked out and paid in it; we convert nothing.</span></dd></div>
<div><dt>Fees of the payout</dt><dd>{{FEES}}</dd></div>
<div><dt>This year so far</dt><dd>{{YEAR_TO_DATE}}</dd></div>
<div><dt>Days counted in</dt><dd>{{PERIOD_ZONE}}</dd></div>
<div><dt>Number</dt><dd><code>{{STATEMENT_ID}}</code></dd></div>
</dl>
<p class="quiet">Each line is time × rate, rounded to the nearest smallest coin once.</p>
<p class="quiet">The PDF is signed. Whoever you show it to can <a href="/payments/verify">check that it is real</a>, with the file or with its number. The XML is a copy for programs, not a tax invoice.</p>
<p class="quiet on-paper">Check its number at <code>{{VERIFY_URL}}</code></p>
{{>UNCHECKED}}
{{>END}}
