{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>How things stand</title>{{>TOP}}
<h1>How things stand</h1>
<p class="lead">States, notices, receipts and figures: the fact first, then what to do.</p>
{{>TABS}}
<h2>Tags</h2>
<p class="tags"><span class="tag">Locked</span> <span class="tag wait">Waits for approval</span> <span class="tag good">Paid</span> <span class="tag warn">We have a question</span> <span class="tag bad">Late, not there yet</span></p>
<h2>Notices</h2>
<div class="notice"><p><strong>Something not right?</strong> Tell <a href="/design/words">your HDM</a> which line.</p></div>
<div class="notice good"><p><strong>Published.</strong> Everybody can read it now.</p></div>
<div class="notice warn"><p><strong>This was late.</strong> We had promised it for Friday 20 November. The fault was ours, and we are sorry.</p></div>
<div class="notice bad"><p><strong>Nothing was imported.</strong> Row 12 holds the date 31/02/2026, which does not exist. Correct the row and send the file again.</p></div>
<h2>Receipt</h2>
<p class="quiet">Whenever somebody has given us something: what was done, its number, what happens next and when. In front of a heading the sentence is <code>said</code>, behind it a heading.</p>
<div class="receipt">
<p class="said">Thank you, Marta. Your entry is kept.</p>
<dl class="pairs">
<div><dt>Time</dt><dd>2 h 8 min on Tuesday 24 November 2026</dd></div>
<div><dt>Number</dt><dd><code>5wh22t1rtp9nsd2rdx3wsveabw</code></dd></div>
<div><dt>What happens next</dt><dd>Finance looks at it before the lock on 1 December. It is paid by Friday 4 December.</dd></div>
</dl>
</div>
<h2>Confirmation page</h2>
<div class="sheet">
<div class="hello">
<div>
<h3 class="figure">Welcome to Clinical answers</h3>
<p class="lead">The agreement is signed. Your first day is <strong>Monday 30 November</strong>.</p>
</div>
{{>ART}}
</div>
<p class="buttons"><a class="button" href="/design/words">Choose your password</a></p>
</div>
<h2>Statement</h2>
<div class="sheet">
<p class="eyebrow">Statement for 2 to 15 November 2026</p>
<div class="figure">{{NET}}</div>
<p class="lead">arrives by <strong>Friday 20 November</strong>, sent through your payout partner</p>
<ol class="steps">
<li class="done"><strong>Approved</strong><span>17 November, 09:12</span></li>
<li class="done"><strong>Sent</strong><span>18 November</span></li>
<li><strong>At your bank</strong><span>by 20 November</span></li>
</ol>
</div>
<h2>Stat tiles</h2>
<dl class="stats">
<div><dt>Paid on the promised day</dt><dd class="figure">99.8 %</dd><dd class="quiet">1,204 statements; 3 late</dd></div>
<div><dt>A person answers within</dt><dd class="figure">4 min</dd><dd class="quiet">the middle of 318 answers</dd></div>
<div><dt>This period</dt><dd class="figure">31 h 30 min</dd><dd class="quiet">approved or not yet</dd></div>
</dl>
<h2>Progress</h2>
<div class="progress"><p id="example-run">212 of 412 people.</p><progress value="212" max="412" aria-labelledby="example-run"></progress></div>
<div class="progress"><p id="example-none">Not begun yet.</p><progress value="0" max="412" aria-labelledby="example-none"></progress></div>
<h2>Facts in pairs</h2>
<dl class="pairs">
<div><dt>Paid to</dt><dd>Marta Kowalczyk-Núñez</dd></div>
<div><dt>This year so far</dt><dd>9,039.75 USD</dd></div>
</dl>
<h2>Letter</h2>
<div class="sheet letter">
<p>Dear Noor, welcome. You checked each claim by itself, which is what patients need from us. The next step is an offer.</p>
<p class="signed">Maja Lindqvist, 6 November 2026</p>
</div>
<h2>From right to left</h2>
<div class="sheet" dir="rtl" lang="ar" translate="no">
<p class="tags"><span class="tag wait">في الانتظار</span> <span class="tag good">مدفوع</span> <span class="tag bad">متأخر</span></p>
<div class="notice warn"><p><strong>تأخر هذا الدفع.</strong> كنا قد وعدنا به يوم Friday 20 November.</p></div>
<div class="receipt"><p class="said">شكرًا. تم حفظ الإدخال.</p><dl class="pairs"><div><dt>الرقم</dt><dd><code>5wh22t1rtp9nsd2rdx3wsveabw</code></dd></div></dl></div>
<ol class="steps"><li class="done"><strong>تمت الموافقة</strong><span>17 نوفمبر</span></li><li><strong>أُرسل</strong><span>قريبًا</span></li><li><strong>في البنك</strong><span>20 نوفمبر</span></li></ol>
</div>
{{>END}}
