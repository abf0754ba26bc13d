{{%AUTOESCAPE context="HTML"}}
<div class="notice progress" data-progress="{{POLL}}">
<p data-progress-text>{{SENTENCE}}</p>
{{#BAR}}<p><progress max="{{TOTAL}}" value="{{DONE}}" aria-label="How far the work is"></progress></p>{{/BAR}}
{{#NO_BAR}}<p><progress aria-label="The work goes on"></progress></p>{{/NO_BAR}}
<p>It goes on by itself, whether or not you wait here. <a href="{{AGAIN}}">Look again</a></p>
</div>
<script src="/static/progress.js" defer></script>
