{{%AUTOESCAPE context="HTML"}}
</main>
<footer class="site">
<div class="wide">
<p>{{ORGANISATION}}</p>
<p><a href="/accessibility">Accessibility</a></p>
{{#STAFF}}<p><a href="/design">How this site is put together</a></p>{{/STAFF}}
{{#LANGUAGES}}
<nav aria-label="Language">
<ul class="links">
{{#LANGUAGE_READ}}
<li><span aria-current="true" translate="no">{{LANGUAGE_NAME}}</span></li>
{{/LANGUAGE_READ}}
{{#LANGUAGE_OTHER}}
<li><a href="/language/{{LANGUAGE_TAG:u}}?to={{HERE:u}}" lang="{{LANGUAGE_TAG}}" hreflang="{{LANGUAGE_TAG}}" translate="no">{{LANGUAGE_NAME}}</a></li>
{{/LANGUAGE_OTHER}}
</ul>
</nav>
{{/LANGUAGES}}
</div>
</footer>
</body>
</html>
