/*
 * provider.mjs: a real OpenID Connect provider (npm oidc-provider) on loopback, with people of the
 * demo and one whom nobody here knows. It signs in whoever names a login, with its own pages.
 */
import Provider from "oidc-provider";

/* login -> what the provider says of the person. */
export const PEOPLE = {
	marta: { email: "marta.kowalczyk@example.org", email_verified: true, groups: ["experts"] },
	adaeze: { email: "Adaeze.Nwankwo@example.org", email_verified: true, groups: ["keepers", "money"] },
	stranger: { email: "nobody.here@example.net", email_verified: true, groups: [] },
	unconfirmed: { email: "declan.ofaolain@example.org", email_verified: false, groups: [] },
	impostor: { email: "marta.kowalczyk@example.org", email_verified: true, groups: [] },
};

/* Listens on the port; resolves to what ends it. */
export async function startProvider(port, site, secret) {
	const provider = new Provider(`http://127.0.0.1:${port}`, {
		clients: [{
			client_id: "keptword",
			client_secret: secret,
			redirect_uris: [`${site}/sign-in/openid/callback`],
			token_endpoint_auth_method: "client_secret_basic",
		}],
		pkce: { required: () => true },
		claims: { openid: ["sub"], email: ["email", "email_verified"], groups: ["groups"] },
		cookies: { keys: ["only for tests"] },
		findAccount: (_, id) => PEOPLE[id] && ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
	});
	const server = provider.listen(port, "127.0.0.1");
	await new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));
	return () => new Promise((resolve) => {
		server.close(resolve);
		server.closeAllConnections();
	});
}
