{{%AUTOESCAPE context="HTML"}}
</main>
<footer class="site">
<div class="wide">
<p>{{ORGANISATION}}</p>
<p><a href="/accessibility">Accessibility</a></p>
</div>
</footer>
</body>
</html>
