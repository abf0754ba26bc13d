{{%AUTOESCAPE context="HTML"}}
<svg class="art" viewBox="0 0 280 128" width="280" height="128" aria-hidden="true">
<path class="hair" d="M10 122C54 66 112 70 150 94S236 84 270 122Z"/>
<path class="ember" d="M226 18a19 19 0 1 0 20 27 16 16 0 0 1-20-27Z"/><circle class="ink" cx="120" cy="26" r="1.6"/><circle class="ink" cx="164" cy="42" r="1.6"/><circle class="ink" cx="48" cy="40" r="1.6"/><circle class="ink" cx="262" cy="66" r="1.6"/><circle class="ink" cx="86" cy="58" r="1.6"/><path class="stroke" d="M188 20v6M185 23h6M66 18v6M63 21h6"/>
<path class="tint" d="M30 122C80 96 128 102 168 112S246 108 264 122Z"/>
<circle class="pine" cx="72" cy="96" r="15"/><path class="stroke" d="M72 122V96"/>
<circle class="pine" cx="99" cy="106" r="9"/><path class="stroke" d="M99 122v-14"/>
<path class="paper" d="M172 122V90l20-17 20 17v32Z"/>
<path class="stroke" d="M172 122V92M212 122V92M164 96l28-23 28 23M204 82V70h6v17"/>
<path class="paper" d="M178 122v-19h11v19Z"/>
<path class="ember" d="M195 99h11v11h-11Z"/><path class="stroke" d="M195 99h11v11h-11ZM178 122v-19h11v19"/>
<path class="stroke" d="M4 122h272"/>
</svg>
