{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{TITLE}}</title>{{>TOP}}
<p class="back"><a href="/feedback/surveys">Surveys</a></p>
<h1 dir="auto">{{TITLE}}</h1>
<p class="lead lines" dir="auto">{{PURPOSE}}</p>
{{#WELCOMED}}<p class="lines" lang="{{LANG_SHOWN}}" dir="auto">{{WELCOME}}</p>{{/WELCOMED}}
{{#SENT}}<p class="notice good">You have sent your answers. Until it closes you can change them; what you send last counts.</p>{{/SENT}}
{{#RESENT}}<p class="notice warn">You have changed something since you sent your answers. The change counts when you send them again.</p>{{/RESENT}}
{{#BEGUN}}<p class="notice">You have begun. What you saved is still there.</p>{{/BEGUN}}
<p class="buttons"><a class="button" href="/feedback/answer/{{RUN_ID:u}}?page={{FIRST:u}}">{{#FRESH}}Begin{{/FRESH}}{{#BEGUN}}Go on{{/BEGUN}}{{#SENT}}Change my answers{{/SENT}}{{#RESENT}}Go on{{/RESENT}}</a></p>
<h2>Before you answer</h2>
<ul>
<li>It is open until {{CLOSES}}. You can stop after any page and come back.</li>
{{#PAID}}<li>{{MINUTES}} are credited to everyone who was asked, whether they answer or not.</li>{{/PAID}}
<li>Not answering has no effect on anything, and no manager is told who did.</li>
<li>Until it closes, your answers are one sealed block that only this page can open for you. When it closes, all answers are shuffled and kept without name, pod or date, and the key is destroyed.</li>
<li>Everyone who works here reads the results, nobody reads a single person's answers. Nothing is shown of fewer than {{LEAST}} answers, and what people wrote is shown from 10 writers on: then everybody reads your words, so write nothing by which you could be recognised.</li>
<li>What we cannot promise: while it is open, somebody who runs this machine and takes the key could find out who answered what. After it is closed nobody can, not even with every backup.</li>
<li>The key is in no backup. Should this machine be lost before it closes, your answers are lost with it, and we would have to ask you again.</li>
</ul>
{{>END}}
