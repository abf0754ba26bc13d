{{%AUTOESCAPE context="HTML"}}
{{! The head's end and the site's frame. A section HERE_PAYMENTS_STATEMENTS shows on the page
/payments/statements and on those below it, HERE_HOME on the first page alone; see
common/web/page_open.c. }}
<link rel="icon" type="image/svg+xml" href="/static/icon.svg">
<link rel="stylesheet" href="/static/site.css">
<script src="/static/site.js" defer data-label="Sending…"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the page</a>
<header class="site">
<div class="wide">
<a class="brand" href="/" translate="no">Keptword<span aria-hidden="true">.</span></a>
{{#SIGNED_IN}}
<details class="menu"><summary>Menu</summary></details>
<div class="ways">
<nav aria-label="Site">
<ul>
<li><a href="/"{{#HERE_HOME}} aria-current="true"{{/HERE_HOME}}>Home</a></li>
{{#ROLE_CONTRIBUTOR}}
<li><a href="/payments/statements"{{#HERE_PAYMENTS_STATEMENTS}} aria-current="true"{{/HERE_PAYMENTS_STATEMENTS}}{{#HERE_PAYMENTS_ENTRIES}} aria-current="true"{{/HERE_PAYMENTS_ENTRIES}}>My pay</a></li>
<li><a href="/feedback/surveys"{{#HERE_FEEDBACK_SURVEYS}} aria-current="true"{{/HERE_FEEDBACK_SURVEYS}}{{#HERE_FEEDBACK_ANSWER}} aria-current="true"{{/HERE_FEEDBACK_ANSWER}}{{#HERE_FEEDBACK_RESULTS}} aria-current="true"{{/HERE_FEEDBACK_RESULTS}}>Surveys</a></li>
<li><a href="/hdm/my-contacts"{{#HERE_HDM_MY_CONTACTS}} aria-current="true"{{/HERE_HDM_MY_CONTACTS}}>My HDM</a></li>
<li><a href="/onboarding/offers"{{#HERE_ONBOARDING_OFFERS}} aria-current="true"{{/HERE_ONBOARDING_OFFERS}}>My agreements</a></li>
{{/ROLE_CONTRIBUTOR}}
{{#NO_ROLE_CONTRIBUTOR}}{{#ROLE_APPLICANT}}
<li><a href="/onboarding/application"{{#HERE_APPLY}} aria-current="true"{{/HERE_APPLY}}{{#HERE_ONBOARDING_APPLICATION}} aria-current="true"{{/HERE_ONBOARDING_APPLICATION}}>My application</a></li>
{{/ROLE_APPLICANT}}{{/NO_ROLE_CONTRIBUTOR}}
{{#ROLE_FINANCE}}
<li><a href="/payments/staff/periods"{{#HERE_PAYMENTS_STAFF_PERIODS}} aria-current="true"{{/HERE_PAYMENTS_STAFF_PERIODS}}{{#HERE_PAYMENTS_STAFF_RUNS}} aria-current="true"{{/HERE_PAYMENTS_STAFF_RUNS}}{{#HERE_PAYMENTS_STAFF_STATEMENTS}} aria-current="true"{{/HERE_PAYMENTS_STAFF_STATEMENTS}}{{#HERE_PAYMENTS_STAFF_ADJUSTMENTS}} aria-current="true"{{/HERE_PAYMENTS_STAFF_ADJUSTMENTS}}>Pay periods</a></li>
<li><a href="/payments/staff/entries"{{#HERE_PAYMENTS_STAFF_ENTRIES}} aria-current="true"{{/HERE_PAYMENTS_STAFF_ENTRIES}}>Time entries</a></li>
<li><a href="/payments/staff/import"{{#HERE_PAYMENTS_STAFF_IMPORT}} aria-current="true"{{/HERE_PAYMENTS_STAFF_IMPORT}}{{#HERE_PAYMENTS_STAFF_IMPORTS}} aria-current="true"{{/HERE_PAYMENTS_STAFF_IMPORTS}}>Time import</a></li>
{{/ROLE_FINANCE}}
{{#ROLE_REVIEWER}}
<li><a href="/onboarding/staff/applications"{{#HERE_ONBOARDING_STAFF_APPLICATIONS}} aria-current="true"{{/HERE_ONBOARDING_STAFF_APPLICATIONS}}>Applications</a></li>
{{/ROLE_REVIEWER}}
{{#NO_ROLE_REVIEWER}}{{#ROLE_PEOPLE_OFFICER}}
<li><a href="/onboarding/staff/applications"{{#HERE_ONBOARDING_STAFF_APPLICATIONS}} aria-current="true"{{/HERE_ONBOARDING_STAFF_APPLICATIONS}}>Applications</a></li>
{{/ROLE_PEOPLE_OFFICER}}{{/NO_ROLE_REVIEWER}}
{{#ROLE_PEOPLE_OFFICER}}
<li><a href="/onboarding/staff/offers"{{#HERE_ONBOARDING_STAFF_OFFERS}} aria-current="true"{{/HERE_ONBOARDING_STAFF_OFFERS}}>Offers</a></li>
{{/ROLE_PEOPLE_OFFICER}}
{{#ROLE_HDM}}
<li><a href="/hdm/staff/people"{{#HERE_HDM_STAFF}} aria-current="true"{{/HERE_HDM_STAFF}}>My people</a></li>
{{/ROLE_HDM}}
{{#NO_ROLE_HDM}}{{#ROLE_HDL}}
<li><a href="/hdm/staff/people"{{#HERE_HDM_STAFF}} aria-current="true"{{/HERE_HDM_STAFF}}>Pods</a></li>
{{/ROLE_HDL}}
{{#NO_ROLE_HDL}}{{#ROLE_POD_LEAD}}
<li><a href="/hdm/staff/people"{{#HERE_HDM_STAFF}} aria-current="true"{{/HERE_HDM_STAFF}}>My pod</a></li>
{{/ROLE_POD_LEAD}}{{/NO_ROLE_HDL}}{{/NO_ROLE_HDM}}
{{#ROLE_PEOPLE_OFFICER}}
<li><a href="/feedback/staff/surveys"{{#HERE_FEEDBACK_STAFF}} aria-current="true"{{/HERE_FEEDBACK_STAFF}}>Surveys</a></li>
{{/ROLE_PEOPLE_OFFICER}}
{{#NO_ROLE_PEOPLE_OFFICER}}{{#ROLE_HDL}}
<li><a href="/feedback/staff/surveys"{{#HERE_FEEDBACK_STAFF}} aria-current="true"{{/HERE_FEEDBACK_STAFF}}>Surveys</a></li>
{{/ROLE_HDL}}{{/NO_ROLE_PEOPLE_OFFICER}}
{{#ROLE_ADMIN}}
<li><a href="/staff/people"{{#HERE_STAFF_PEOPLE}} aria-current="true"{{/HERE_STAFF_PEOPLE}}>People</a></li>
<li><a href="/staff/audit"{{#HERE_STAFF_AUDIT}} aria-current="true"{{/HERE_STAFF_AUDIT}}>Audit</a></li>
<li><a href="/staff/notices"{{#HERE_STAFF_NOTICES}} aria-current="true"{{/HERE_STAFF_NOTICES}}>Notices</a></li>
{{/ROLE_ADMIN}}
{{#NO_ROLE_ADMIN}}{{#ROLE_AUDITOR}}
<li><a href="/staff/audit"{{#HERE_STAFF_AUDIT}} aria-current="true"{{/HERE_STAFF_AUDIT}}>Audit</a></li>
{{/ROLE_AUDITOR}}{{/NO_ROLE_ADMIN}}
{{#STAFF_FACE}}
<li><a href="{{STAFF_FACE_URL}}">Staff pages</a></li>
{{/STAFF_FACE}}
<li><a href="/search"{{#HERE_SEARCH}} aria-current="true"{{/HERE_SEARCH}}>Search</a></li>
<li><a href="/profile"{{#HERE_PROFILE}} aria-current="true"{{/HERE_PROFILE}}>Profile</a></li>
</ul>
</nav>
<form class="caller" method="post" action="/sign-out">
{{>TOKENS}}
<span>{{CALLER_NAME}}</span>
<button class="plain" type="submit">Sign out</button>
</form>
</div>
{{/SIGNED_IN}}
{{#SIGNED_OUT}}
<nav class="few" aria-label="Site">
<ul>
<li><a href="/apply"{{#HERE_APPLY}} aria-current="true"{{/HERE_APPLY}}>Apply</a></li>
<li><a href="/sign-in"{{#HERE_SIGN_IN}} aria-current="true"{{/HERE_SIGN_IN}}>Sign in</a></li>
</ul>
</nav>
{{/SIGNED_OUT}}
</div>
</header>
<main id="main" class="wide" tabindex="-1"{{#IN_ENGLISH}} lang="en" dir="ltr"{{/IN_ENGLISH}}>
