/* Long work, looked at again every two seconds while its page is in view (layout/progress.tpl).
   Only the bar's value and one text change; when the work has ended the page is loaded anew, once.
   Without this script the link "Look again" does the same. */
"use strict";
(function () {
	var box = document.querySelector("[data-progress]");
	var bar = box && box.querySelector("progress");
	var text = box && box.querySelector("[data-progress-text]");
	var tag = "", timer = 0;

	if (!box || !box.dataset.progress || !window.fetch)
		return;

	function show(now) {
		if (now.ended) {
			window.location.reload();
			return;
		}
		text.textContent = now.text;
		if (now.total > 0) {
			bar.max = now.total;
			bar.value = now.done;
		}
		later(2000);
	}

	function later(wait) {
		window.clearTimeout(timer);
		if (!document.hidden)
			timer = window.setTimeout(look, wait);
	}

	function look() {
		fetch(box.dataset.progress, {
			credentials: "same-origin",
			cache: "no-store",
			headers: tag ? { "If-None-Match": tag } : {}
		}).then(function (reply) {
			if (reply.status === 304)
				return later(2000);
			if (!reply.ok)
				throw new Error(String(reply.status));
			tag = reply.headers.get("ETag") || "";
			return reply.json().then(show);
		}).catch(function () {
			later(10000);
		});
	}

	document.addEventListener("visibilitychange", function () {
		later(100);
	});
	later(2000);
})();
