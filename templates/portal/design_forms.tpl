{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Forms</title>{{>TOP}}
{{>ERROR_SUMMARY}}
{{#SENT}}
<div class="receipt" role="status">
<p class="said">All fields were right. Nothing was kept.</p>
</div>
{{/SENT}}
<h1>Forms</h1>
<p class="lead">A form is a table of fields in C; each kind of field is one template in <code>templates/form</code>. Send this one empty to see every error.</p>
{{>TABS}}
<form class="sheet" method="post" action="/design/forms" enctype="multipart/form-data" novalidate>
{{>FORM}}
<div class="buttons">
<button type="submit">Send it</button>
<a class="button second" href="/design/forms">Empty it</a>
</div>
</form>
<h2>An error</h2>
<p class="quiet">The same sentence stands in the summary, as a link to the field, and over the field. The title begins with “Error:”.</p>
<div class="sheet">
<div class="field bad">
<label for="example-bad">Your full legal name</label>
<p class="hint" id="example-bad-hint">As it stands in your passport or identity card.</p>
<p class="error" id="example-bad-error"><span class="hidden">Error: </span>Enter your full legal name.</p>
<input id="example-bad" type="text" autocomplete="off" aria-describedby="example-bad-hint example-bad-error" aria-invalid="true">
</div>
</div>
<h2>Check your answers</h2>
<p class="quiet">Before something is sent for good: what was said, and a way to change each group.</p>
<div class="sheet">
<div class="check-head"><h3>About you</h3><a href="/design/forms">Change<span class="hidden"> what you said about yourself</span></a></div>
<dl class="pairs">
<div><dt>Legal name</dt><dd>Adaeze Nwankwo</dd></div>
<div><dt>Called</dt><dd>Ada</dd></div>
<div><dt>What you need</dt><dd>Nothing in particular</dd></div>
</dl>
</div>
<h2>Filter bar</h2>
<form class="filter" method="get" action="/design/forms">
<label for="example-state">Show</label>
<select id="example-state" name="state">
<option>Waiting for us</option>
<option>All</option>
</select>
<button class="second" type="submit">Show</button>
</form>
<h2>From right to left</h2>
<div class="sheet" dir="rtl" lang="ar" translate="no">
<div class="field bad">
<label for="rtl-name">الاسم القانوني الكامل</label>
<p class="hint" id="rtl-name-hint">كما هو مكتوب في جواز السفر.</p>
<p class="error" id="rtl-name-error">أدخل اسمك القانوني الكامل.</p>
<input id="rtl-name" type="text" autocomplete="off" aria-describedby="rtl-name-hint rtl-name-error" aria-invalid="true">
</div>
<div class="field">
<label for="rtl-mail">البريد الإلكتروني</label>
<input id="rtl-mail" type="email" value="ada@example.org" autocomplete="off">
</div>
<fieldset class="field">
<legend>كيف تفضل المقابلة؟</legend>
<div class="choice"><input id="rtl-a" name="rtl" type="radio" checked><label for="rtl-a">كتابةً</label></div>
<div class="choice"><input id="rtl-b" name="rtl" type="radio"><label for="rtl-b">صوتًا</label></div>
</fieldset>
<div class="field">
<label for="rtl-rate">المبلغ</label>
<div class="with-unit"><input id="rtl-rate" class="short" type="text" value="45.00" autocomplete="off" aria-describedby="rtl-unit"><span id="rtl-unit">USD</span></div>
</div>
</div>
{{>END}}
