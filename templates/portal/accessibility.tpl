{{%AUTOESCAPE context="HTML"}}
{{>OPEN}}<title>Accessibility</title>{{>TOP}}
<h1>Accessibility</h1>
<p>Everybody should be able to apply, to see what they are paid and why, to be heard and to reach a person, whatever they see with, type with or read in. This page says how far we are.</p>
<h2>What we aim at</h2>
<p>We aim at the Web Content Accessibility Guidelines (WCAG) 2.2, level AA, on every page. No page needs JavaScript. Every page is meant to be used with the keyboard alone, at 320 pixels of width, at twice the size of the text, in light and dark, and with the colours that you have set.</p>
<h2>How it is tested</h2>
<ul>
<li>At each change of the software, a program opens the pages of every role in every language, and every form in its error state, and checks them against the rules that a program can check. One finding stops the change.</li>
<li>The way from an application to the first pay is walked through with the keyboard alone, without JavaScript, and from right to left.</li>
<li>The key pages are looked at by hand, as large as a phone and as a desk, in light and dark.</li>
</ul>
<h2>What does not work well yet</h2>
<ul>
<li>No person who uses a screen reader every day has tested these pages with us yet. A program finds only a part of what can be wrong.</li>
<li>Statements as PDF carry headings and tables, but do not name their language yet, and were not checked against PDF/UA. The page of the same statement has all that the PDF has.</li>
<li>Questions of surveys and project descriptions are written by people, and some of them may be hard to read. Pictures and films in imported surveys are left out.</li>
<li>Signing in ends after some hours without a request, and a warning before that is not given yet. A form that you send after it can be sent again after signing in; anonymous surveys keep each page that you have saved.</li>
<li>Each chart comes with a table of the same figures. Whether the table is as easy to use as the chart is to look at, we do not know yet.</li>
<li>Letters and notes appear in the language in which somebody wrote them, and screen readers may speak them in another.</li>
<li>Some pages for staff exist in English only.</li>
</ul>
<h2>When something does not work for you</h2>
<p>Tell us what you wanted to do, on which page, and what you use to read and type. You do not have to say why you use it.</p>
{{#CONTACT}}
<p>Write to <strong>{{CONTACT_ADDRESS}}</strong>.</p>
{{/CONTACT}}
{{#NO_CONTACT}}
<p>Tell your Human Data Manager, or whoever invited you to apply. An address for everybody has not been set up here yet.</p>
{{/NO_CONTACT}}
<p>A person answers within two working days. If it cannot be mended at once, we do what you wanted to do together with you in another way, on the phone or in writing, so that you lose neither time nor pay by it.</p>
<p>Did that not help? Ask for {{ORGANISATION}}’s management in the same way. In many countries a public body hears complaints about accessibility as well; you may turn to it at any time.</p>
<p class="quiet">This statement is of 25 November 2026 and is looked at again with each new version.</p>
{{>END}}
