/*
 * demo.c: the command "demo": what stands in the databases before anybody has used them.
 *
 * DEMO=1: the demo*.sql of every folder, core first, relative to today; then a random password
 * for each account of core/demo_accounts.tsv, written to RUN/demo-accounts.tsv (0600) as
 * role<TAB>address<TAB>password, and for the one marked "totp" there a second factor, whose
 * secret is the fourth column, in base32. Done once; again only after "schema" has made the
 * demo anew. DEMO=0: as long as there is nobody, a link by which the first administrator is
 * made, once, within a day. No account exists before.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config.h"
#include "base/text.h"
#include "base/time.h"
#include "data/crypto.h"
#include "portal/portal.h"
#include "portal/schema.h"
#include "portal/second_factor.h"

#define LINK_LASTS DAY_LENGTH
#define GROUPS 4 /* of four characters of five bits: 80 bits */
#define ARENA_OF_SHARE ((size_t)1024 * 1024)
#define LOADED "(demo)"

static const struct stmt IS_LOADED = {
	"SELECT COUNT(*) FROM keptword_core.schema_file WHERE path = '(demo)'"
};
static const struct stmt MARK = {
	"INSERT INTO keptword_core.schema_file (path, sum, applied_at) VALUES (?, ?, ?)"
};
static const struct stmt FORGET = { "DELETE FROM keptword_core.schema_file" };
static const struct stmt PASSWORD = {
	"UPDATE keptword_core.person SET password = ? WHERE email = ?"
};
static const struct stmt PERSON = { "SELECT id FROM keptword_core.person WHERE email = ?" };
static const struct stmt PEOPLE = { "SELECT COUNT(*) FROM keptword_core.person" };
static const struct stmt LINKS_END = {
	"DELETE FROM keptword_core.one_time_link WHERE kind = 'set_up' AND used_at IS NULL"
};
static const struct stmt LINK_ADD = { "INSERT INTO keptword_core.one_time_link (token_hash, "
				      "kind, person_id, created_at, expires_at)"
				      " VALUES (?, 'set_up', NULL, ?, ?)" };

/* ---- The first administrator ---- */

static enum status
link_add(struct db *db, void *arg)
{
	const char *token = arg;
	unsigned char hash[SHA256_BYTES];
	instant now = time_now();

	crypto_sha256(bytes_of(token), hash);
	db_write(db, &LINKS_END);
	db_write(db, &LINK_ADD, v_bytes(hash, sizeof hash), v_instant(now),
	    v_instant(now + LINK_LASTS));
	return OK;
}

static int
first_link(struct schema *schema)
{
	char *token;

	if (db_int(schema->db, &PEOPLE, -1) != 0)
		return db_status(schema->db) == OK ? 0 : 1;
	token = token_new(schema->cli->arena);
	if (db_transact(schema->db, link_add, NULL, token) != OK) {
		(void)fprintf(
		    stderr, "The link for the first administrator could not be kept.\n");
		return 1;
	}
	(void)printf("Nobody has an account yet. The first administrator is made here, once, "
		     "within a day:\n  %s/set-up/%s\n",
	    config_text(CONFIG_PUBLIC_URL), token);
	return 0;
}

/* ---- Demo data ---- */

static const char *
clock_statements(struct arena *arena)
{
	instant now = time_now();
	const char *at = instant_iso(arena, now);

	/* 2026-11-23T03:04:05Z without T and Z is what MariaDB reads. */
	return text_printf(arena,
	    "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci, @today = CAST('%s' AS DATE), "
	    "@now = CAST('%.10s %.8s' AS DATETIME(6)), autocommit = 0",
	    day_iso(arena, day_in_zone(now, "UTC")), at, at + 11);
}

static bool
data_load(struct schema *schema)
{
	struct arena *arena = schema->cli->arena;
	const char *before = clock_statements(arena);

	for (size_t i = 0; i < schema->n; i++) {
		struct schema_file *file = &schema->files[i];
		const char *reason = "";
		if (file->kind != SCHEMA_DEMO)
			continue;
		/* One transaction a file. */
		if (!schema_file_run(schema, file, before, "COMMIT", &reason)) {
			(void)fprintf(stderr, "%s: %s\n", file->path, reason);
			return false;
		}
	}
	return true;
}

/* "k3vn-0w8m-..." */
static const char *
password_new(struct arena *arena)
{
	const char *random = id_text(arena, id_new());
	struct buf password = buf_new(arena);

	for (int group = 0; group < GROUPS; group++) {
		if (group)
			buf_char(&password, '-');
		buf_add(&password, random + (size_t)group * 4, 4);
	}
	return password.p;
}

/* Accounts of the demo, and the threads that hash their passwords (a slot takes 0.4 s). */
struct account {
	const char *role, *email, *password;
	bool second_factor;
	const char *hash; /* NULL until a thread has it */
};
struct hashing {
	struct account *accounts;
	size_t n, first, step; /* this thread's: first, first + step ... */
	struct arena *arena;   /* of this thread */
};

static void *
hash_share(void *arg)
{
	struct hashing *share = arg;

	for (size_t i = share->first; i < share->n; i += share->step)
		if (password_hash(share->arena, share->accounts[i].password,
			&share->accounts[i].hash) != OK)
			break;
	return NULL;
}

static void
share_done(void *arg)
{
	arena_free(arg);
}

/* Every account's hash, by as many threads as there are slots. What a thread could not do stays
 * NULL. The arenas live as long as the command's. */
static void
hash_all(struct arena *arena, struct account *accounts, size_t n)
{
	size_t slots = (size_t)config_int(CONFIG_SCRYPT_SLOTS);
	struct hashing *shares = arena_array_of(arena, struct hashing, slots);
	pthread_t *threads = arena_array_of(arena, pthread_t, slots);
	size_t started = 0;

	for (size_t i = 0; i < slots; i++) {
		shares[i] =
		    (struct hashing){ accounts, n, i, slots, arena_new(ARENA_OF_SHARE) };
		if (!shares[i].arena)
			break;
		arena_hook(arena, share_done, shares[i].arena);
		if (pthread_create(&threads[i], NULL, hash_share, &shares[i]) != 0)
			break;
		started++;
	}
	for (size_t i = 0; i < started; i++)
		(void)pthread_join(threads[i], NULL);
}

/* A second factor for this address; its secret as an app wants it. */
static const char *
secret_give(struct schema *schema, const char *email)
{
	unsigned char secret[TOTP_SECRET_BYTES];
	struct bytes bytes = { secret, sizeof secret };
	int64_t person = db_int(schema->db, &PERSON, 0, v_text(email));

	crypto_random(secret, sizeof secret);
	second_factor_keep(schema->db, person, bytes, 0);
	return totp_base32(schema->cli->arena, bytes, false);
}

static bool
account_give(struct schema *schema, const struct account *account, struct buf *list)
{
	if (!account->hash || db_write(schema->db, &PASSWORD, v_text(account->hash),
				  v_text(account->email)) != 1) {
		(void)fprintf(stderr, "The demo account %s could not be given a password.\n",
		    account->email);
		return false;
	}
	buf_printf(list, "%s\t%s\t%s", account->role, account->email, account->password);
	if (account->second_factor)
		buf_printf(list, "\t%s", secret_give(schema, account->email));
	buf_char(list, '\n');
	return db_status(schema->db) == OK;
}

/* Replaces the content of RUN/demo-accounts.tsv, which only its owner may read. */
static bool
list_write(const char *path, const struct buf *list)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = fd >= 0 && fchmod(fd, 0600) == 0 &&
		  write(fd, list->p, list->n) == (ssize_t)list->n && fsync(fd) == 0;

	if (!ok)
		(void)fprintf(stderr, "%s cannot be written: %m.\n", path);
	if (fd >= 0)
		(void)close(fd);
	return ok;
}

static bool
accounts_give(struct schema *schema, const char *path)
{
	struct cli *cli = schema->cli;
	struct buf list = buf_new(cli->arena);
	struct bytes text;
	size_t n, fields;

	if (!cli_file(cli,
		text_printf(cli->arena, "%s/core/demo_accounts.tsv", config_text(CONFIG_SQL)),
		&text))
		return false;
	char **lines = text_split(cli->arena, (const char *)text.p, '\n', &n);
	struct account *accounts = arena_array_of(cli->arena, struct account, n);
	size_t found = 0;
	for (size_t i = 0; i < n; i++) {
		char **cells = text_split(cli->arena, lines[i], '\t', &fields);
		if (!text_empty(lines[i]) && fields >= 2)
			accounts[found++] =
			    (struct account){ cells[0], cells[1], password_new(cli->arena),
				    fields >= 3 && text_is(cells[2], "totp"), NULL };
	}
	hash_all(cli->arena, accounts, found);
	for (size_t i = 0; i < found; i++)
		if (!account_give(schema, &accounts[i], &list))
			return false;
	return list_write(path, &list);
}

static int
demo_load(struct schema *schema)
{
	const char *path =
	    text_printf(schema->cli->arena, "%s/demo-accounts.tsv", config_text(CONFIG_RUN));
	struct stat info;
	bool loaded = db_int(schema->db, &IS_LOADED, 0) > 0;
	unsigned char sum[SHA256_BYTES];

	if (loaded && stat(path, &info) == 0 && info.st_size > 0)
		return 0;
	(void)printf("Loading the demo organisation...\n");
	(void)fflush(stdout);
	if (!loaded && !data_load(schema)) {
		/* Half of it stands: the next start begins anew. */
		db_write(schema->db, &FORGET);
		return 1;
	}
	if (!accounts_give(schema, path))
		return 1;
	crypto_sha256(bytes_of(LOADED), sum);
	if (!loaded)
		db_write(schema->db, &MARK, v_text(LOADED), v_bytes(sum, sizeof sum),
		    v_instant(time_now()));
	return db_status(schema->db) == OK ? 0 : 1;
}

int
demo_run(struct cli *cli)
{
	struct schema *schema = arena_new_of(cli->arena, struct schema);

	if (!schema_read(cli, schema) || !schema_open(schema))
		return 1;
	return schema->demo ? demo_load(schema) : first_link(schema);
}
