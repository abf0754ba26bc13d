{{%AUTOESCAPE context="HTML"}}
{{! staff }}
{{>OPEN}}<title>{{>ERROR_PREFIX}}Notices</title>{{>TOP}}
{{>ERROR_SUMMARY}}
{{#TESTED}}
<div class="receipt" role="status"><p><strong>A test is on its way.</strong> Load this page again in a moment to see what became of it.</p></div>
{{/TESTED}}
{{#QUEUED_AGAIN}}
<div class="receipt" role="status"><p><strong>It is tried again.</strong> It stays in the queue for at most seven days.</p></div>
{{/QUEUED_AGAIN}}
<h1>Notices</h1>
<p class="lead">What people are told outside these pages, and whether it reaches them.</p>
{{#DEMO}}
<p><a href="/demo/outbox">The mails of this demo</a></p>
{{/DEMO}}
<h2>Ways</h2>
<ul class="items">
{{#CHANNEL}}
<li><div>
{{#IS_MAIL}}<strong>Mail</strong>{{/IS_MAIL}}{{#IS_HOOK}}<strong>{{CHANNEL_NAME}}</strong> <span class="quiet">A webhook</span>{{/IS_HOOK}}
<span class="tags">{{#WORKS}}<span class="tag good">Works</span>{{/WORKS}}{{#PAUSED}}<span class="tag warn">Tried again soon</span>{{/PAUSED}}{{#FAILED_LAST}}<span class="tag warn">Did not work last</span>{{/FAILED_LAST}}{{#NOT_SET}}<span class="tag warn">Not set up</span>{{/NOT_SET}}{{#UNUSABLE}}<span class="tag bad">Cannot be used</span>{{/UNUSABLE}}{{#IN_DEMO}}<span class="tag">Into the demo’s outbox</span>{{/IN_DEMO}}</span>
<span class="quiet">{{QUEUE}}</span>
{{#OLDEST}}<span class="quiet">The oldest is due since {{AT}}</span>{{/OLDEST}}
{{#WORKED}}<span class="quiet">It worked last on {{AT}}</span>{{/WORKED}}
{{#WENT_WRONG}}<span class="quiet">It failed last on {{AT}}</span> <span class="quiet">{{WHY}}</span>{{/WENT_WRONG}}
{{#UNUSABLE}}<span>{{FAULT}}</span>{{/UNUSABLE}}
{{#NOT_SET}}<span>No mail server is set. Mails wait until KEPTWORD_MAIL_URL and KEPTWORD_MAIL_FROM name one.</span>{{/NOT_SET}}
</div>
{{#TEST_MAIL}}<form method="post" action="/staff/notices/test">{{>TOKENS}}<input type="hidden" name="channel" value="{{CHANNEL_NAME}}"><button class="second" type="submit">Send yourself a test mail</button></form>{{/TEST_MAIL}}
{{#TEST_HOOK}}<form method="post" action="/staff/notices/test">{{>TOKENS}}<input type="hidden" name="channel" value="{{CHANNEL_NAME}}"><button class="second" type="submit">Send a test<span class="hidden"> to {{CHANNEL_NAME}}</span></button></form>{{/TEST_HOOK}}
</li>
{{/CHANNEL}}
</ul>
{{#NO_HOOKS}}
<p class="quiet">There are no webhooks. KEPTWORD_WEBHOOKS names a file that lists them.</p>
{{/NO_HOOKS}}
{{#HOOKS_FAULT}}
<div class="notice warn"><p><strong>A line of the file of webhooks cannot be read.</strong> Where: <span>{{FAULT}}</span></p></div>
{{/HOOKS_FAULT}}
<h2>Not delivered</h2>
{{#NOTHING_LOST}}
<div class="empty"><p>Everything was delivered or still waits for its turn.</p></div>
{{/NOTHING_LOST}}
<ul class="items">
{{#LOST}}
<li><div><strong>{{KIND}}</strong> <span class="quiet">{{CHANNEL_NAME}} <bdi>{{TO_NAME}}</bdi></span>
<span>{{REASON_WORDS}}</span> <span class="quiet">{{WHY}}</span> <span class="quiet">{{AT}}</span></div>
{{#AGAIN}}<form method="post" action="/staff/notices/{{NOTICE_ID:u}}/again">{{>TOKENS}}<button class="second" type="submit">Try again<span class="hidden">: {{KIND}}</span></button></form>{{/AGAIN}}
</li>
{{/LOST}}
</ul>
{{>END}}
