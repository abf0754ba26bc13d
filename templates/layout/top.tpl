{{%AUTOESCAPE context="HTML"}}
<link rel="stylesheet" href="/static/site.css">
</head>
<body>
<a class="skip" href="#main">Skip to the page</a>
<header class="site">
<div class="wide">
<a class="brand" href="/">Keptword<span aria-hidden="true">.</span></a>
{{#SIGNED_IN}}
<nav aria-label="Site">
<ul>
<li><a href="/">Home</a></li>
{{#ROLE_CONTRIBUTOR}}
<li><a href="/payments/statements">My pay</a></li>
<li><a href="/feedback/surveys">Surveys</a></li>
<li><a href="/hdm/my-contacts">My HDM</a></li>
<li><a href="/onboarding/offers">My agreements</a></li>
{{/ROLE_CONTRIBUTOR}}
{{#NO_ROLE_CONTRIBUTOR}}{{#ROLE_APPLICANT}}
<li><a href="/onboarding/application">My application</a></li>
{{/ROLE_APPLICANT}}{{/NO_ROLE_CONTRIBUTOR}}
{{#ROLE_FINANCE}}
<li><a href="/payments/staff/periods">Pay periods</a></li>
<li><a href="/payments/staff/import">Time import</a></li>
{{/ROLE_FINANCE}}
{{#ROLE_REVIEWER}}
<li><a href="/onboarding/staff/applications">Applications</a></li>
{{/ROLE_REVIEWER}}
{{#NO_ROLE_REVIEWER}}{{#ROLE_PEOPLE_OFFICER}}
<li><a href="/onboarding/staff/applications">Applications</a></li>
{{/ROLE_PEOPLE_OFFICER}}{{/NO_ROLE_REVIEWER}}
{{#ROLE_PEOPLE_OFFICER}}
<li><a href="/onboarding/staff/offers">Offers</a></li>
{{/ROLE_PEOPLE_OFFICER}}
{{#ROLE_HDM}}
<li><a href="/hdm/staff/people">My people</a></li>
{{/ROLE_HDM}}
{{#NO_ROLE_HDM}}{{#ROLE_HDL}}
<li><a href="/hdm/staff/people">Pods</a></li>
{{/ROLE_HDL}}
{{#NO_ROLE_HDL}}{{#ROLE_POD_LEAD}}
<li><a href="/hdm/staff/people">My pod</a></li>
{{/ROLE_POD_LEAD}}{{/NO_ROLE_HDL}}{{/NO_ROLE_HDM}}
{{#ROLE_PEOPLE_OFFICER}}
<li><a href="/feedback/staff/surveys">Surveys</a></li>
{{/ROLE_PEOPLE_OFFICER}}
{{#NO_ROLE_PEOPLE_OFFICER}}{{#ROLE_HDL}}
<li><a href="/feedback/staff/surveys">Surveys</a></li>
{{/ROLE_HDL}}{{/NO_ROLE_PEOPLE_OFFICER}}
{{#ROLE_ADMIN}}
<li><a href="/staff/people">People</a></li>
{{/ROLE_ADMIN}}
<li><a href="/search">Search</a></li>
<li><a href="/profile">Profile</a></li>
</ul>
</nav>
<form class="caller" method="post" action="/sign-out">
{{>TOKENS}}
<span>{{CALLER_NAME}}</span>
<button class="plain" type="submit">Sign out</button>
</form>
{{/SIGNED_IN}}
{{#SIGNED_OUT}}
<nav aria-label="Site">
<ul>
<li><a href="/sign-in">Sign in</a></li>
</ul>
</nav>
{{/SIGNED_OUT}}
</div>
</header>
<main id="main" class="wide" tabindex="-1">
