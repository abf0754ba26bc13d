{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>{{>ERROR_PREFIX}}What we mail you</title>{{>TOP}}
<p class="back"><a href="/profile">Your profile</a></p>
{{>ERROR_SUMMARY}}
{{#SAVED}}
<div class="receipt" role="status">
<p><strong>Saved.</strong> It counts from the next mail on.</p>
</div>
{{/SAVED}}
<h1>What we mail you</h1>
<form method="post" action="/profile/notices" novalidate>
{{>FORM}}
<button type="submit">Save</button>
</form>
<h2>What always comes</h2>
<p>Mails about your account, so that nobody changes it behind your back. Mails about your application and your agreements, and about your pay, because what they tell has dates that count for you.</p>
<p>You find everything in these pages too, with or without a mail.</p>
{{>END}}
