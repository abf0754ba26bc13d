{{%AUTOESCAPE context="HTML"}}
<svg class="art" viewBox="0 0 280 128" width="280" height="128" aria-hidden="true">
<path class="hair" d="M10 122C54 66 112 70 150 94S236 84 270 122Z"/>
<circle class="ember" cx="128" cy="32" r="20"/><path class="stroke ember" d="M128 4V2M128 62v-3M98 32h-3M161 32h-3M106 11l-2-2M150 11l2-2M106 53l-2 2M150 53l2 2"/>
<path class="tint" d="M30 122C80 96 128 102 168 112S246 108 264 122Z"/>
<circle class="pine" cx="72" cy="96" r="15"/><path class="stroke" d="M72 122V96"/>
<circle class="pine" cx="99" cy="106" r="9"/><path class="stroke" d="M99 122v-14"/>
<path class="paper" d="M172 122V90l20-17 20 17v32Z"/>
<path class="stroke" d="M172 122V92M212 122V92M164 96l28-23 28 23M204 82V70h6v17"/>
<path class="paper" d="M178 122v-19h11v19Z"/>
<path class="tint" d="M195 99h11v11h-11Z"/><path class="stroke" d="M195 99h11v11h-11ZM178 122v-19h11v19"/>
<path class="stroke" d="M4 122h272"/>
<path class="stroke" d="M216 34c4-4 7-4 9 0 2-4 6-4 9 0M238 50c3-3 6-3 7 0 2-3 5-3 7 0"/>
</svg>
