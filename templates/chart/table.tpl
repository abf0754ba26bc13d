{{%AUTOESCAPE context="HTML"}}
<details{{#OPENED}} open{{/OPENED}}>
<summary>The figures</summary>
<div class="scroll" tabindex="0" role="region" aria-label="{{TITLE}}">
<table>
<thead><tr><th scope="col">{{OF_LABELS}}</th>{{#COLUMN}}<th scope="col" class="number">{{NAME}}</th>{{/COLUMN}}{{#SHARES}}<th scope="col" class="number">Share</th>{{/SHARES}}</tr></thead>
<tbody>
{{#ROW}}
<tr><th scope="row">{{NAME}}</th>{{#CELL}}<td class="number">{{#PLAIN}}{{NUMBER}}{{/PLAIN}}{{#HIDDEN}}hidden{{/HIDDEN}}{{#ABSENT}}–{{/ABSENT}}</td>{{/CELL}}{{#SHARE}}<td class="number">{{#PLAIN}}{{PERCENT}} %{{/PLAIN}}{{#HIDDEN}}hidden{{/HIDDEN}}{{#ABSENT}}–{{/ABSENT}}</td>{{/SHARE}}</tr>
{{/ROW}}
</tbody>
</table>
</div>
{{#TARGETED}}
<p class="quiet">{{TARGET_LABEL}}</p>
{{/TARGETED}}
</details>
