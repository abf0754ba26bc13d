/* Sends a form in every way that is surely wrong and judges the answers. */
import { MAY_BE_EMPTY, formKey, optional, wrongWays } from "./forms.mjs";
import { errorPage, headings, validHtml } from "./words.mjs";

/*
 * client, read: who sends, and what reads (read.mjs); normal: the facts of the page with the form;
 * prefixes: the words that titles tell of errors with, kept for a language; isOptional: which fields
 * may be left empty. Returns [{ where, wrong, answer, facts }]; without facts no error page came.
 */
export async function refusals({ client, read, form, action, normal, prefixes, isOptional = optional }) {
	const key = formKey(form, action);
	const ways = wrongWays(form, isOptional);
	if (ways.length === 0) return [{ where: key, wrong: ["there is no way to fill this form in wrong"] }];
	const said = [];
	for (const { way, fields, typed } of ways) {
		const where = `${key} sent ${way}`;
		const answer = await client.send(action, fields, form.multipart);
		if (answer.status === 422) {
			const facts = await read(answer.text);
			const wrong = [...errorPage(facts, normal, typed, prefixes, form.action), ...headings(facts), ...(await validHtml(answer.text))];
			said.push({ where, wrong, answer, facts });
		} else if (answer.status >= 400) {
			said.push({ where, wrong: [`it answers ${answer.status} instead of 422`] });
		} else if (!MAY_BE_EMPTY.has(key)) {
			said.push({ where, wrong: ["it took effect"] });
		}
	}
	return said;
}
