{{%AUTOESCAPE context="HTML"}}
</main>
<footer class="site">
<div class="wide">
<p>{{ORGANISATION}}</p>
</div>
</footer>
</body>
</html>
