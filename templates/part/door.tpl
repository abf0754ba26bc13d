{{%AUTOESCAPE context="HTML"}}
<svg class="art large" viewBox="0 0 260 232" width="260" height="232" aria-hidden="true">
<path class="hair" d="M6 222h248v4H6Z"/>
<path class="tint" d="M92 222L40 230h150l-26-8Z"/>
<path class="paper" d="M84 30h92v192H84Z"/>
<path class="tint" d="M92 40h76v182H92Z"/>
<path class="ember" d="M130 84a26 26 0 0 1 26 26v2h-52v-2a26 26 0 0 1 26-26Z"/>
<path class="stroke" d="M130 40v44M104 112h52M122 112a8 8 0 0 0 16 0M108 128l-7 9M130 130v12M152 128l7 9"/>
<path class="pine" d="M92 40l-46 20v152l46 10Z"/>
<path class="stroke" d="M92 40l-46 20v152l46 10ZM56 80l26-10v48l-26 6ZM56 140l26-5v62l-26-3M84 222V30h92v192M92 222V40h76v182M6 222h248"/>
<circle class="paper" cx="84" cy="132" r="4"/>
<path class="ember" d="M204 222l-5-30h34l-5 30Z"/>
<path class="pine" d="M216 192c-22-8-24-30-20-42 12 4 20 16 20 30 0-18 8-34 22-40 6 18 0 42-22 52Z"/>
<path class="stroke" d="M204 222l-5-30h34l-5 30M216 192v-44M216 180l-12-16M216 174l14-18"/>
</svg>
