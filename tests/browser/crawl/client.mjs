/*
 * A person without a browser: asks for pages and sends forms, and keeps cookies. The same cookies
 * go to a browser's context, so both are one person.
 */
import * as plain from "node:http";
import * as secure from "node:https";
import assert from "node:assert/strict";
import { BASE } from "../lib.mjs";
import { totp } from "../totp.mjs";

const origin = new URL(BASE ?? "http://127.0.0.1:1");
/* The certificate of a test's instance is one that nobody else knows. */
const { Agent, request } = origin.protocol === "https:" ? secure : plain;
const trust = origin.protocol === "https:" ? { rejectUnauthorized: false } : {};

export class Client {
	constructor(language = "en") {
		this.cookies = new Map();
		this.agent = new Agent({ keepAlive: true, maxSockets: 2, ...trust });
		this.language = language;
	}

	done() {
		this.agent.destroy();
	}

	/* The answer to one request: { status, headers, text, path }; redirects are not followed. */
	ask(method, path, headers = {}, body = null) {
		const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
		const options = {
			agent: this.agent, host: origin.hostname, port: origin.port, method, path, timeout: 30000,
			headers: {
				Host: origin.host, Accept: "text/html", "Accept-Language": this.language,
				...(cookie && { Cookie: cookie }),
				...(body !== null && { Origin: origin.origin, "Content-Length": Buffer.byteLength(body) }),
				...headers,
			},
		};
		return new Promise((resolve, reject) => {
			const asked = request(options, (answer) => {
				const parts = [];
				answer.on("data", (part) => parts.push(part));
				answer.on("error", reject);
				answer.on("end", () => {
					this.keep(answer.headers["set-cookie"] ?? []);
					resolve({
						status: answer.statusCode, headers: answer.headers, path,
						text: Buffer.concat(parts).toString("utf8"),
					});
				});
			});
			asked.on("timeout", () => asked.destroy(new Error(`${method} ${path}: no answer in 30 s`)));
			asked.on("error", reject);
			asked.end(body);
		});
	}

	keep(lines) {
		for (const line of lines) {
			const [pair, ...rest] = line.split(";");
			const at = pair.indexOf("=");
			const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
			if (value === "" || rest.some((r) => /max-age=0\b/i.test(r))) this.cookies.delete(name);
			else this.cookies.set(name, value);
		}
	}

	/* GET, with redirects followed on this host; path is where it ended. */
	async get(path) {
		for (let hops = 0; hops < 6; hops++) {
			const answer = await this.ask("GET", path);
			if (answer.status < 300 || answer.status > 399) return answer;
			const to = new URL(answer.headers.location, new URL(path, origin));
			if (to.origin !== origin.origin) return answer;
			path = to.pathname + to.search;
		}
		throw new Error(`${path}: redirects without an end`);
	}

	/* Sends fields ([name, value] or [name, { file, content }]) as a form does. */
	send(path, fields, multipart = false) {
		if (!multipart) {
			const body = new URLSearchParams(fields).toString();
			return this.ask("POST", path, { "Content-Type": "application/x-www-form-urlencoded" }, body);
		}
		const edge = "----edge-of-a-part-7d1f";
		const parts = fields.map(([name, value]) => {
			const file = typeof value === "object";
			const of = file ? `; filename="${value.file}"\r\nContent-Type: application/octet-stream` : "";
			return `--${edge}\r\nContent-Disposition: form-data; name="${name}"${of}\r\n\r\n${file ? value.content : value}\r\n`;
		});
		return this.ask("POST", path, { "Content-Type": `multipart/form-data; boundary=${edge}` }, `${parts.join("")}--${edge}--\r\n`);
	}

	/* Sends a page's form with these fields besides its hidden ones. */
	async sendForm(path, fields) {
		const page = await this.ask("GET", path);
		const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map((m) => [m[1], m[2]]);
		return this.send(path, [...hidden, ...fields]);
	}

	async signIn({ email, password, secret }) {
		const answer = await this.sendForm("/sign-in", [["email", email], ["password", password]]);
		assert.equal(answer.status, 303, `${email} signs in`);
		if (secret)
			assert.equal((await this.sendForm("/sign-in/code", [["code", totp(secret)]])).status, 303, `${email}'s code`);
	}

	/* Makes a browser's context this person. */
	async lend(context) {
		await context.clearCookies();
		await context.addCookies([...this.cookies].map(([name, value]) => ({
			name, value, domain: origin.hostname, path: "/", secure: name.startsWith("__"), httpOnly: true, sameSite: "Lax",
		})));
	}
}
