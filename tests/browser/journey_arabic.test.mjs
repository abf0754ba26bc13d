/*
 * The journey of somebody who reads Arabic among people who read English. The words are those of
 * templates/languages/ar.po; what no translator writes (amounts, lengths of time, periods) stands here,
 * by hand, as a reader in Cairo writes it.
 */
import { journey } from "./journey.mjs";
import { Tongue } from "./tongue.mjs";

const FIGURES = {
	"61.37 USD": "٦١٫٣٧ USD",
	"40.00 USD": "٤٠٫٠٠ USD",
	"200.48 USD": "٢٠٠٫٤٨ USD",
	"61.37": "٦١٫٣٧",
	"1.53 × the middle of the market": "١٫٥٣ ×",
	"3 h 16 min": "٣ س ١٦ د",
};
const MONTHS = {
	January: "يناير", February: "فبراير", March: "مارس", April: "أبريل", May: "مايو", June: "يونيو",
	July: "يوليو", August: "أغسطس", September: "سبتمبر", October: "أكتوبر", November: "نوفمبر", December: "ديسمبر",
};
const digits = (text) => text.replace(/\d/g, (d) => "٠١٢٣٤٥٦٧٨٩"[d]);

/* "16 to 29 November 2026", "30 November to 13 December 2026". */
function period(english) {
	if (!/^\d+( \w+)?( \d{4})? to \d+ \w+ \d{4}$/.test(english)) return undefined;
	return new RegExp(digits(english).replace(/ to /, " ?– ?").replace(/ ([A-Z]\w+)( ?)/g, (_, name, blank) => ` ${MONTHS[name]}${blank && "،? "}`));
}

const arabic = new Tongue("ar", (english) => FIGURES[english] ?? period(english));

journey({ javaScript: true, tongue: arabic });
