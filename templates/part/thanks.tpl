{{%AUTOESCAPE context="HTML"}}
<svg class="art large" viewBox="0 0 240 170" width="240" height="170" aria-hidden="true">
<path class="hair" d="M26 154c60 10 128 10 188 0-60 14-128 14-188 0Z"/>
<path class="stroke" d="M40 44c-14-8-16-22-12-32 8 2 16 12 14 26M200 40c16-6 20-18 18-30-9 1-18 9-18 24M40 44c6 8 10 14 12 22M200 40c-6 8-9 14-11 22"/>
<path class="pine" d="M40 44c-14-8-16-22-12-32 8 2 16 12 14 26ZM200 40c16-6 20-18 18-30-9 1-18 9-18 24Z"/>
<path class="paper" d="M34 62h172v92H34Z"/>
<path class="tint" d="M34 154l66-52 20 14 20-14 66 52Z"/>
<path class="paper" d="M34 62l86 62 86-62Z"/>
<path class="stroke" d="M34 62h172v92H34ZM34 62l86 62 86-62M34 154l58-46M206 154l-58-46"/>
<circle class="ember" cx="120" cy="118" r="21"/><path class="stroke" d="M110 118l8 8 13-17"/>
<path class="stroke ember" d="M120 38V26M96 42l-6-11M144 42l6-11"/>
</svg>
