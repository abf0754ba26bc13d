/*
 * The statement list as one would write it for Node: fastify, mysql2 (prepared statements of a
 * pool), eta. Same SQL and same words as payments; peers.py compares the pages before it measures.
 * A process for each core, since one process computes on one.
 *
 *   DB_SOCKET DB_USER DB_PASSWORD PROCESSES node statements.js SOCKET
 */
import cluster from "node:cluster";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Eta } from "eta";
import Fastify from "fastify";
import mysql from "mysql2/promise";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
	"October", "November", "December"];
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const SQL = `SELECT c.person_id, c.roles, c.time_zone, c.locale, c.preferred_name, c.seen_at,
 s.public_id, s.period_start, s.period_end, s.net_minor, s.currency, s.state, s.promised_on, s.funds_on
 FROM keptword_core.caller c JOIN statement s ON s.person_id = c.person_id
 WHERE c.token_hash = ? AND c.seen_at > ? AND c.ends_at > ?
 ORDER BY s.period_end DESC, s.id DESC LIMIT 26`;

function id(bytes) {
	let out = "";
	for (let i = 0; i < 130; i += 5) {
		const pair = (bytes[i >> 3] << 8) | (bytes[(i >> 3) + 1] ?? 0);
		out += LETTERS[(pair >> (11 - (i & 7))) & 31];
	}
	return out;
}

function day(text) {
	const [y, m, d] = text.split("-");
	return `${+d} ${MONTHS[m - 1].slice(0, 3)} ${y}`;
}

function period(first, last) {
	const [y, m, d] = first.split("-");
	const [y2, m2, d2] = last.split("-");
	const begin = +d + (m !== m2 || y !== y2 ? ` ${MONTHS[m - 1]}` : "") + (y !== y2 ? ` ${y}` : "");
	return `${begin} to ${+d2} ${MONTHS[m2 - 1]} ${y2}`;
}

const format = new Intl.NumberFormat("en", { minimumFractionDigits: 2 });
const money = (minor, currency) => `${format.format(minor / 100)} ${currency}`;
const stamp = (ms) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");

async function serve() {
	const pool = mysql.createPool({ socketPath: process.env.DB_SOCKET, user: process.env.DB_USER,
		password: process.env.DB_PASSWORD, database: "keptword_payments", connectionLimit: 8,
		dateStrings: true, rowsAsArray: true });
	const eta = new Eta({ autoEscape: true, cache: true });
	const page = eta.compile(readFileSync(new URL("page.eta", import.meta.url), "utf8")).bind(eta);
	const app = Fastify();

	app.get("/peers/node/statements", async (request, reply) => {
		const token = /(?:^|; )__Host-session=([^;]*)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
		const now = Date.now();
		const [rows] = await pool.execute(SQL, [createHash("sha256").update(token).digest(),
			stamp(now - 8 * 3600 * 1000), stamp(now)]);
		if (!rows.length) return reply.code(303).header("Location", "/sign-in").send();
		const formToken = createHash("sha256").update(`keptword form\n${token}`).digest("hex").slice(0, 32);
		return reply.header("Cache-Control", "no-store").type("text/html; charset=utf-8")
			.send(page({ rows, token: formToken, id, day, period, money }));
	});
	await app.listen({ path: process.argv[2] });
}

if (cluster.isPrimary)
	for (let i = 0; i < +process.env.PROCESSES; i++) cluster.fork();
else
	await serve();
