{{%AUTOESCAPE context="HTML"}}
<svg class="art large" viewBox="0 0 240 170" width="240" height="170" aria-hidden="true">
<path class="hair" d="M22 156c60 8 130 8 196 0-60 14-136 14-196 0Z"/>
<path class="tint" d="M60 20l120-8 8 138-120 8Z"/>
<path class="paper" d="M46 18h122v138H46Z"/>
<path class="stroke" d="M46 18h122v138H46ZM66 46h58M66 66h82M66 86h70M66 106h40"/>
<path class="ember" d="M128 128l66-86 18 14-66 86Z"/>
<path class="paper" d="M128 128l-8 26 26-12Z"/><path class="ink" d="M120 154l3-11 7 6Z"/>
<path class="stroke" d="M128 128l66-86 18 14-66 86ZM128 128l-8 26 26-12M184 55l18 14"/>
<path class="stroke ember" d="M66 130c8-10 14 10 22 0s10 4 16 2"/>
</svg>
