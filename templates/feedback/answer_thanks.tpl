{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Thank you</title>{{>TOP}}
<h1>Thank you</h1>
<p>Your answers to “{{TITLE}}” are sent and count.</p>
{{#ENDED}}<p class="lines" lang="{{LANG_SHOWN}}" dir="auto">{{END_TEXT}}</p>{{/ENDED}}
<p>Until {{CLOSES}} you can <a href="/feedback/answer/{{RUN_ID:u}}">change them</a>. Then the key is destroyed, and nobody can tell which answers were yours.</p>
<p><a class="button" href="/">To the home page</a></p>
{{>END}}
