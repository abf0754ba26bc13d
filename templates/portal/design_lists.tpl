{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>Lists and tables</title>{{>TOP}}
<h1>Lists and tables</h1>
<p class="lead">What waits, what there is, what has happened.</p>
{{>TABS}}
<h2>What waits</h2>
<p class="quiet"><code>items todo</code>: the first is the next step.</p>
<ul class="items todo">
<li><div><strong>Read the new guideline for legal reasoning</strong><span class="quiet">Version 3 changes how to cite cases. About 6 minutes, paid.</span></div><a class="button" href="/design/lists">Read it</a></li>
<li><div><strong>How was your week?</strong><span class="quiet">Three questions, anonymous.</span></div><a class="button" href="/design/lists">Answer</a></li>
<li><div><strong>Choose a time for your one-on-one</strong><span class="quiet">Tuesday 17:00 or Thursday 18:30, your time.</span></div><a class="button" href="/design/lists">Choose</a></li>
</ul>
<h2>Task list</h2>
<p class="quiet"><code>items</code> with a <code>tag</code> at the end of each line, under a <code>progress</code>.</p>
<div class="progress">
<p id="example-far">2 of 3 pages are done.</p>
<progress value="2" max="3" aria-labelledby="example-far"></progress>
</div>
<ul class="items">
<li><div><a href="/design/lists">About you</a></div><span class="tag good">Done</span></li>
<li><div><a href="/design/lists">Rechtsschutzversicherungsgesellschaften und ihre Kraftfahrzeughaftpflichtversicherungen</a></div><span class="tag good">Done</span></li>
<li><div><a href="/design/lists">Your time and what you need</a></div><span class="tag wait">Not done yet</span></li>
</ul>
<h2>List of things</h2>
<ul class="items">
<li><div><a href="/design/lists"><strong>2 to 15 November 2026</strong></a><span class="quiet">At your bank since 20 November</span></div><span class="money">1,762.50 USD</span></li>
<li><div><a href="/design/lists"><strong>19 October to 1 November 2026</strong></a><span class="quiet">At your bank since 6 November</span></div><span class="money">940.00 USD</span></li>
</ul>
<div class="pages"><a rel="prev" href="/design/lists">Newer statements</a><a rel="next" href="/design/lists">Older statements</a></div>
<h2>Nothing there</h2>
<div class="empty"><p><strong>There is no statement yet.</strong></p><p>Your first one comes with the first period in which you have worked.</p></div>
<h2>Table</h2>
<p class="quiet"><code>cards</code>: on a phone each row is a card. Sorted by links in the heads; the one that sorts says so. Numbers stand under each other.</p>
<table class="cards">
<caption>Hours of three people. Choose a heading to sort by it.</caption>
<thead>
<tr><th scope="col" aria-sort="ascending"><a href="/design/lists">Person</a></th><th scope="col" class="number"><a href="/design/lists">Hours</a></th><th scope="col"><a href="/design/lists">Last statement</a></th><th scope="col" class="number">Amount</th></tr>
</thead>
<tbody>
<tr><th scope="row"><a href="/design/lists"><bdi>美咲</bdi></a></th><td class="number" data-label="Hours">31 h 30 min</td><td data-label="Last statement"><span class="tag good">On time</span></td><td class="number amount">1,762.50</td></tr>
<tr><th scope="row"><a href="/design/lists"><bdi>ليلى</bdi></a></th><td class="number" data-label="Hours">8 h</td><td data-label="Last statement"><span class="tag bad">Late</span></td><td class="number amount">−20.00</td></tr>
<tr><th scope="row"><a href="/design/lists"><bdi>Wolfeschlegelsteinhausenbergerdorff</bdi></a></th><td class="number" data-label="Hours">0 min</td><td data-label="Last statement"><span class="tag wait">On its way</span></td><td class="number amount">140,940.00</td></tr>
</tbody>
<tfoot><tr><th scope="row">Total</th><td class="number" data-label="Hours">39 h 30 min</td><td></td><td class="number amount">142,682.50</td></tr></tfoot>
</table>
<h2>Timeline</h2>
<div class="split">
<div class="sheet">
<h3>Newest first: <code>ul</code></h3>
<ul class="timeline">
<li><strong>Feedback on work</strong><span class="quiet">20 November, Helene</span><span>Wrote what was good in three tasks and one thing to try.</span></li>
<li><strong>Call</strong><span class="quiet">7 November, Helene</span><span>Called about a returned task.</span></li>
</ul>
</div>
<div>
<h3>One after the other: <code>ol</code></h3>
<ol class="timeline">
<li><strong>You sent your application</strong><span class="quiet">3 November</span></li>
<li><strong>A reviewer began to read</strong><span class="quiet">5 November</span></li>
<li><strong>A person decided</strong><span class="quiet">6 November</span></li>
</ol>
</div>
</div>
<h2>Thread</h2>
<p class="quiet"><code>thread</code>; one’s own words are <code>mine</code>.</p>
<ol class="thread">
<li><p class="quiet">Adaeze, 23 November, 09:12</p><p>What did you do on Tuesday between 10:00 and 12:00? We found no tasks of that time.</p></li>
<li class="mine"><p class="quiet">You, 23 November, 10:40</p><p>The training on the new guideline. Tomás was there, too.</p></li>
<li><p class="quiet">Adaeze, 23 November, 11:02</p><p>Thank you, that settles it. It is paid with this period.</p></li>
</ol>
<h2>From right to left</h2>
<div class="sheet" dir="rtl" lang="ar" translate="no">
<ul class="items">
<li><div><a href="/design/lists"><strong>من 2 إلى 15 نوفمبر</strong></a><span class="quiet">في حسابك منذ 20 نوفمبر</span></div><span class="money">1,762.50 USD</span></li>
<li><div><a href="/design/lists"><strong>بياناتك</strong></a></div><span class="tag good">تم</span></li>
</ul>
<table class="cards">
<thead><tr><th scope="col">العمل</th><th scope="col" class="number">الساعات</th><th scope="col" class="number">المبلغ</th></tr></thead>
<tbody><tr><th scope="row">Clinical answers</th><td class="number" data-label="الساعات">31 س 30 د</td><td class="number amount">1,417.50</td></tr></tbody>
</table>
<ul class="timeline"><li><strong>مكالمة</strong><span class="quiet">7 نوفمبر، Helene</span></li><li><strong>رسالة</strong><span class="quiet">5 نوفمبر، Helene</span></li></ul>
<ol class="thread"><li><p>ماذا فعلت يوم الثلاثاء؟</p></li><li class="mine"><p>تدريب على الدليل الجديد.</p></li></ol>
</div>
{{>END}}
