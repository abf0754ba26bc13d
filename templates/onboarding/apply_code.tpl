{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Your receipt code</title>{{>TOP}}
<h1>Your receipt code</h1>
<p class="lead">Write it down, or keep a picture of it. With this code you come back to your application, on any device, and later read our answer.</p>
<div class="receipt" role="status"><p>Your code</p><div><code class="figure" translate="no">{{CODE}}</code></div></div>
<p>We show it only now, and we do not keep it in a form that we could read. Whoever has it can read your application, so treat it like a key. Capitals and blanks do not matter when you type it.</p>
<p class="buttons"><a class="button" href="{{URL}}">I have it, go on</a></p>
{{>END}}
