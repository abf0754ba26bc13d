{{%AUTOESCAPE context="HTML"}}
{{! A mail: no pictures, nothing fetched, readable without its styles. They stand here because a mail
has no other place for them; names of fonts and colours are those of static/site.css. }}
<!doctype html>
<html lang="{{LANG}}" dir="{{DIR}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{SUBJECT}}</title>
<style translate="no">
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px 16px; background: #FBF7F1; color: #221C17;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif;
  font-size: 16px; line-height: 1.6; }
.letter { max-width: 560px; margin: 0 auto; }
h1 { margin: 0 0 20px; font-family: Charter, "Noto Serif", "Noto Naskh Arabic", Georgia, serif;
  font-size: 24px; line-height: 1.3; font-weight: 600; }
p { margin: 0 0 16px; }
.do { display: inline-block; margin: 8px 0; padding: 12px 20px; border-radius: 6px; background: #A63F17;
  color: #FFFFFF; font-weight: 600; text-decoration: none; }
.quiet { color: #645A50; }
.address { overflow-wrap: anywhere; }
.quiet a { color: #A63F17; }
.foot { margin-top: 32px; padding-top: 16px; border-top: 1px solid #938678; }
@media (prefers-color-scheme: dark) {
  body { background: #191512; color: #F1EAE1; }
  .do { background: #F2A27E; color: #191512; }
  .quiet { color: #B3A89B; }
  .quiet a { color: #F2A27E; }
  .foot { border-top-color: #7D7266; }
}
</style>
</head>
<body>
<div class="letter" role="article" aria-label="{{SUBJECT}}">
<h1>{{SUBJECT}}</h1>
<p>{{GREETING}}</p>
{{#PARAGRAPH}}
<p>{{TEXT}}</p>
{{/PARAGRAPH}}
<p><a class="do" href="{{URL}}">{{ACTION}}</a></p>
<p class="quiet">{{HINT}}<br><a class="address" href="{{URL}}" dir="ltr">{{URL}}</a></p>
<div class="foot">
<p>{{ORGANISATION}}</p>
<p class="quiet">{{WHY}}</p>
{{#STOP}}
<p class="quiet"><a href="{{STOP_URL}}">{{STOP_WORDS}}</a></p>
{{/STOP}}
</div>
</div>
</body>
</html>
