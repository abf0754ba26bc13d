{{%AUTOESCAPE context="HTML"}}
<p class="note">This page was translated, and no native reader has checked it yet. If something is unclear, ask us; amounts and dates are the same in every language.</p>
