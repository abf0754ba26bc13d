{{%AUTOESCAPE context="HTML"}}
</main>
<footer class="site">
<div class="wide">
<p>{{ORGANISATION}}</p>
{{#STAFF}}<p><a href="/design">How this site is put together</a></p>{{/STAFF}}
</div>
</footer>
</body>
</html>
