{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}{{GROUP_TITLE}} (page {{N}} of {{OF}})</title>{{>TOP}}
<p class="back"><a href="/apply/interview">Back to the interview’s pages</a></p>
{{>ERROR_SUMMARY}}
<p class="eyebrow">Interview, page {{N}} of {{OF}}</p>
<h1>{{GROUP_TITLE}}</h1>
{{#ABOUT}}
<p class="lead">{{TEXT}}</p>
{{/ABOUT}}
<form method="post" action="/apply/interview/{{PAGE:u}}" novalidate>
{{>FORM}}
<div class="buttons">
<button type="submit">Save and go on</button>
<button class="second" type="submit" formaction="?later=1">Save and come back later</button>
</div>
</form>
{{>END}}
