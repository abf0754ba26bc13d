{{%AUTOESCAPE context="HTML"}}
<div class="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title">
<h2 id="error-summary-title">There is a problem</h2>
<ul>
{{#PROBLEM}}
<li>{{#LINKED}}<a href="#{{ID:u}}">{{ERROR_TEXT}}</a>{{/LINKED}}{{#UNLINKED}}{{ERROR_TEXT}}{{/UNLINKED}}</li>
{{/PROBLEM}}
</ul>
</div>
