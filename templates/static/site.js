/*
 * What scripts add to pages that work without: a form is sent once per press, and a long text says
 * how much room is left. Every word comes from the page.
 */
(() => {
	"use strict";
	const sending = document.currentScript.dataset.label;
	const sent = new Map();

	function again(form) {
		const { button, words, timers } = sent.get(form) ?? {};
		timers?.forEach(clearTimeout);
		if (button) {
			button.removeAttribute("aria-disabled");
			button.textContent = words;
		}
		sent.delete(form);
	}

	/* The second press within eight seconds does nothing; by then the first has gone wrong, and
	 * sending again is right (it counts once). */
	document.addEventListener("submit", (event) => {
		const form = event.target;
		const button = event.submitter;
		if (form.method !== "post") return;
		if (sent.has(form)) {
			event.preventDefault();
			return;
		}
		const timers = [setTimeout(() => again(form), 8000)];
		sent.set(form, { button, words: button?.textContent, timers });
		if (!button) return;
		button.setAttribute("aria-disabled", "true");
		timers.push(setTimeout(() => { button.textContent = sending; }, 300));
	});
	/* Back to a page that the browser has kept. */
	addEventListener("pageshow", () => [...sent.keys()].forEach(again));

	/* Room left, once two thirds are used; counted in characters as the server counts. */
	for (const line of document.querySelectorAll(".count[data-limit]")) {
		const area = document.getElementById(line.dataset.for);
		const limit = Number(line.dataset.limit);
		const [left, over, number] = line.children;
		let timer;
		const tell = () => {
			const rest = limit - [...area.value].length;
			line.hidden = rest > limit / 3;
			left.hidden = rest < 0;
			over.hidden = rest >= 0;
			line.classList.toggle("error", rest < 0);
			number.textContent = new Intl.NumberFormat(document.documentElement.lang).format(Math.abs(rest));
		};
		area.addEventListener("input", () => {
			clearTimeout(timer);
			timer = setTimeout(tell, 250);
		});
		tell();
	}
})();
