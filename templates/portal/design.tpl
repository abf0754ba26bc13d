{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>How this site is put together</title>{{>TOP}}
<h1>How this site is put together</h1>
<p class="lead">Every page is made of these parts. They are live here, in each state: if one looks wrong, it is wrong everywhere.</p>
{{>TABS}}
<h2>What holds for all</h2>
<ul>
<li>The figure or the fact that matters is the largest thing on a page. One primary button.</li>
<li>A state is said in words; its colour and shape only repeat them.</li>
<li>Whatever has the focus of the keyboard has a line of three pixels round it: press Tab and see.</li>
<li>Text is never smaller than this. Nothing scrolls sideways at 320 pixels.</li>
<li>Everything works without scripts, in the dark, on paper, and from right to left.</li>
</ul>
<h2>Colours</h2>
<ul class="swatches">
<li><span class="swatch ground"></span><code>--ground</code></li>
<li><span class="swatch raised"></span><code>--raised</code></li>
<li><span class="swatch tint"></span><code>--tint</code></li>
<li><span class="swatch ink"></span><code>--ink</code></li>
<li><span class="swatch quiet-ground"></span><code>--quiet</code></li>
<li><span class="swatch ember"></span><code>--ember</code></li>
<li><span class="swatch pine"></span><code>--pine</code></li>
<li><span class="swatch good-ground"></span><code>--good</code></li>
<li><span class="swatch warn-ground"></span><code>--warn</code></li>
<li><span class="swatch bad-ground"></span><code>--bad</code></li>
<li><span class="swatch line"></span><code>--line</code></li>
<li><span class="swatch hair"></span><code>--hair</code></li>
</ul>
<h2>Type</h2>
<div class="sheet">
<p class="eyebrow">The line over a heading: <code>eyebrow</code></p>
<div class="figure">1,762.50 USD</div>
<p class="lead">The first paragraph says what matters: <code>lead</code></p>
<h3>A heading of the third order</h3>
<p>A paragraph is at most 66 characters wide, so that an eye finds the next line. A <a href="/design">link</a> is underlined. <strong>What counts</strong> is bold.</p>
<p class="quiet">What only some people need is quiet: <code>quiet</code></p>
<blockquote><p>What somebody said stands like this.</p></blockquote>
</div>
<h2>The head of a page</h2>
<p class="quiet"><code>back</code>, the error summary, <code>eyebrow</code>, the heading, <code>lead</code>, in this order.</p>
<div class="sheet">
<p class="back"><a href="/design">Your statements</a></p>
<p class="eyebrow">Page 2 of 4</p>
<h3 class="figure">Donaudampfschifffahrtsgesellschaft</h3>
<p class="lead">Long words break where they have to, and only there.</p>
</div>
<h2>Buttons</h2>
<div class="buttons">
<button type="button">Save and go on</button>
<button class="second" type="button">Come back later</button>
<button class="bad" type="button">Withdraw</button>
<button class="plain" type="button">Sign out</button>
<a class="button second" href="/design">A link as a button</a>
</div>
<p class="quiet">One primary button on a page; <code>second</code> for what else can be done; <code>bad</code> for what cannot be taken back; <code>plain</code> where a button must not call. A form that was sent says so on its button and cannot be sent twice.</p>
<h2>Drawings</h2>
<p class="quiet">Our own, in the page’s colours, hidden from screen readers: <code>page_include(page, MARK_ART, TPL_PART_CAKE)</code></p>
<div class="drawings">
{{#DRAWING}}
<div>{{>ART}}</div>
{{/DRAWING}}
</div>
<h2>From right to left</h2>
<div class="sheet" dir="rtl" lang="ar" translate="no">
<p class="back"><a href="/design">كشوف الحساب</a></p>
<p class="eyebrow">الصفحة 2 من 4</p>
<div class="figure">1,762.50 USD</div>
<p class="lead">يصل يوم الجمعة <strong>20 November 2026</strong></p>
<div class="buttons"><button type="button">حفظ ومتابعة</button> <button class="second" type="button">العودة لاحقًا</button></div>
</div>
{{>END}}
