{{%AUTOESCAPE context="HTML"}}
<svg class="art large" viewBox="0 0 240 200" width="240" height="200" aria-hidden="true">
<path class="hair" d="M20 176c0 8 45 14 100 14s100-6 100-14Z"/>
<path class="stroke" d="M20 176h200c0 8-45 14-100 14S20 184 20 176Z"/>
<path class="tint" d="M44 176v-52c0-6 34-10 76-10s76 4 76 10v52Z"/>
<path class="paper" d="M44 124c0-6 34-10 76-10s76 4 76 10v16c-7 0-7 12-15 12s-8-10-16-10-7 16-15 16-8-14-15-14-8 10-15 10-8-12-16-12-7 14-15 14-8-16-15-16-8 10-15 10-8-10-15-10Z"/>
<path class="stroke" d="M44 176v-52c0-6 34-10 76-10s76 4 76 10v52M44 140c7 0 7 10 15 10s8-10 15-10 7 16 15 16 7-14 15-14 8 12 16 12 7-10 15-10 7 14 15 14 7-16 15-16 8 10 16 10 8-12 15-12"/>
<path class="pine" d="M74 114V82c0-4 20-7 46-7s46 3 46 7v32c-10-4-82-4-92 0Z"/>
<path class="paper" d="M74 82c0-4 20-7 46-7s46 3 46 7v8c-5 0-6 9-11 9s-7-7-12-7-6 11-11 11-7-9-12-9-6 7-12 7-6-9-11-9-6 8-11 8-6-9-12-9Z"/>
<path class="stroke" d="M74 114V82c0-4 20-7 46-7s46 3 46 7v32M74 90c6 0 7 9 12 9s6-8 11-8 5 9 11 9 7-7 12-7 7 9 12 9 6-11 11-11 7 7 12 7 6-8 11-8"/>
<path class="paper" d="M115 42h10v33h-10Z"/><path class="stroke" d="M115 75V42h10v33M115 54l10-6M115 66l10-6M120 42v-6"/>
<path class="ember" d="M120 8c8 10 11 15 11 20a11 11 0 0 1-22 0c0-5 3-10 11-20Z"/><path class="paper" d="M120 22c4 5 5 7 5 9a5 5 0 0 1-10 0c0-2 1-4 5-9Z"/>
<circle class="ember" cx="62" cy="166" r="4"/><circle class="ember" cx="91" cy="168" r="4"/><circle class="ember" cx="120" cy="169" r="4"/><circle class="ember" cx="149" cy="168" r="4"/><circle class="ember" cx="178" cy="166" r="4"/>
<path class="stroke ember" d="M92 20l-6-5M86 36h-8M148 20l6-5M154 36h8"/>
</svg>
