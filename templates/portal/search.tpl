{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Search</title>{{>TOP}}
<h1>Search</h1>
<form class="filter" method="get" action="/search" role="search">
<label for="q">What are you looking for?</label>
<input id="q" name="q" type="search" value="{{Q}}" maxlength="200" autocomplete="off" aria-describedby="q-hint">
<button type="submit">Search</button>
</form>
<p class="quiet" id="q-hint">The beginning of a word is enough: a name, a month, a date like 2026-11, an amount, a page. You find what is open to you.</p>
{{#NOTHING}}
<p role="status"><strong>We found nothing for “{{Q}}”.</strong> Try fewer or shorter words; the beginning of each is enough.</p>
{{/NOTHING}}
{{#NO_WORDS}}
<p role="status"><strong>There is no word or number in this.</strong> Signs alone cannot be looked for.</p>
{{/NO_WORDS}}
{{#CUT}}
<p role="status">We looked for the first five words, in 200 characters at most.</p>
{{/CUT}}
{{#PLACES}}
<h2>Pages</h2>
<ul class="items">
{{#PLACE}}
<li><div><a href="{{URL}}"><strong>{{SENTENCE}}</strong></a></div></li>
{{/PLACE}}
</ul>
{{/PLACES}}
{{#GROUP}}
<h2>{{KIND}}</h2>
<ul class="items">
{{#HIT}}
<li><div><a href="{{URL}}"><strong>{{SENTENCE}}</strong></a>{{#ABOUT}}<span class="quiet">{{WHY}}</span>{{/ABOUT}}</div></li>
{{/HIT}}
</ul>
{{/GROUP}}
{{#MORE}}
<p><a class="button second" href="/search?q={{Q:u}}&amp;page={{NEXT:u}}">More results</a></p>
{{/MORE}}
{{#TOO_MANY}}
<p role="status">There is more than we can show at once. Add a word to find the rest.</p>
{{/TOO_MANY}}
{{#ALL_PLACES}}
<h2>Where you can go</h2>
<ul class="items">
{{#PLACE}}
<li><div><a href="{{URL}}">{{SENTENCE}}</a></div></li>
{{/PLACE}}
</ul>
{{/ALL_PLACES}}
{{>END}}
