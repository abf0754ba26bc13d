{{%AUTOESCAPE context="HTML"}}
{{! staff }}
<ul class="links chips">
<li><a href="/design"{{#TAB_BASICS}} aria-current="page"{{/TAB_BASICS}}>Basics</a></li>
<li><a href="/design/forms"{{#TAB_FORMS}} aria-current="page"{{/TAB_FORMS}}>Forms</a></li>
<li><a href="/design/lists"{{#TAB_LISTS}} aria-current="page"{{/TAB_LISTS}}>Lists and tables</a></li>
<li><a href="/design/words"{{#TAB_WORDS}} aria-current="page"{{/TAB_WORDS}}>How things stand</a></li>
<li><a href="/design/charts"{{#TAB_CHARTS}} aria-current="page"{{/TAB_CHARTS}}>Charts</a></li>
</ul>
