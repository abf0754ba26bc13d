/*
 * crypto_test.c: published vectors (FIPS 180-2, RFC 4231, RFC 7914), tampering with each
 * byte of a sealed cell, key files, passwords and their slots.
 */
#include "base/config.h"
#include "base/time.h"
#include "data/crypto.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;
static char folder[64];

static int
start(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	(void)snprintf(folder, sizeof folder, "/tmp/crypto-test-XXXXXX");
	if (!arena || !mkdtemp(folder))
		return -1;
	config_set(CONFIG_KEYS, text_printf(arena, "%s/keys", folder));
	config_set(CONFIG_SCRYPT_LOG_N, "10");
	config_set(CONFIG_SCRYPT_SLOTS, "1");
	return crypto_start() == OK && crypto_start() == OK ? 0 : -1;
}

static int
stop(void **state)
{
	(void)state;
	rmdir(config_text(CONFIG_KEYS));
	rmdir(folder);
	arena_free(arena);
	return 0;
}

static const char *
sha256_hex(struct bytes data)
{
	unsigned char out[SHA256_BYTES];

	crypto_sha256(data, out);
	return hex_text(arena, (struct bytes){ out, sizeof out });
}

static const char *
hmac_hex(struct bytes key, struct bytes data)
{
	unsigned char out[SHA256_BYTES];

	crypto_hmac(key, data, out);
	return hex_text(arena, (struct bytes){ out, sizeof out });
}

static struct bytes
repeated(unsigned char c, size_t n)
{
	return (struct bytes){ memset(arena_alloc(arena, n), c, n), n };
}

static void
hashes(void **state)
{
	(void)state;
	assert_string_equal(sha256_hex(bytes_of("abc")),
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(sha256_hex(bytes_of("")),
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_string_equal(sha256_hex(bytes_of(NULL)),
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_string_equal(sha256_hex(repeated('a', 1000000)),
	    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	/* RFC 4231, cases 1, 2, 3 and 6. */
	assert_string_equal(hmac_hex(repeated(0x0b, 20), bytes_of("Hi There")),
	    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	assert_string_equal(
	    hmac_hex(bytes_of("Jefe"), bytes_of("what do ya want for nothing?")),
	    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	assert_string_equal(hmac_hex(repeated(0xaa, 20), repeated(0xdd, 50)),
	    "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
	assert_string_equal(
	    hmac_hex(repeated(0xaa, 131),
		bytes_of("Test Using Larger Than Block-Size Key - Hash Key First")),
	    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
	assert_string_equal(hmac_hex(bytes_of(""), bytes_of("")),
	    "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

static void
ids(void **state)
{
	struct id id = { { 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF,
	    1 } };
	struct id back, other;
	char *text;

	(void)state;
	/* 11111 11100 00000 01111 11110 ..., worked out by hand. */
	text = id_text(arena, id);
	assert_int_equal(strlen(text), ID_TEXT);
	assert_memory_equal(text, "zw0fy", 5);
	assert_true(id_parse(text, &back));
	assert_memory_equal(&back, &id, sizeof id);
	memset(&id, 0, sizeof id);
	assert_string_equal(id_text(arena, id), "00000000000000000000000000");
	assert_true(id_parse("OoIi-lL00 0000000000000000 00", &other));
	assert_true(id_parse("0011-1100 0000000000000000 00", &back));
	assert_memory_equal(&back, &other, sizeof back);
	/* The first 40 bits are 00000 00000 00001 00001 00001 00001 00000 00000. */
	assert_memory_equal(back.b, "\x00\x02\x10\x84\x00", 5);
	back = (struct id){ { 7 } };
	assert_false(id_parse("0000000000000000000000000", &back));   /* 25 */
	assert_false(id_parse("000000000000000000000000000", &back)); /* 27 */
	assert_false(id_parse("u0000000000000000000000000", &back));
	assert_false(id_parse("0000000000000000000000000/", &back));
	assert_false(id_parse("00000000000000000000000001", &back)); /* not its only text */
	assert_false(id_parse("\xC3\xA9"
			      "000000000000000000000000",
	    &back));
	assert_false(id_parse("", &back));
	assert_false(id_parse(NULL, &back));
	assert_int_equal(back.b[0], 7);
	for (int i = 0; i < 1000; i++) {
		id = id_new();
		assert_true(id_parse(id_text(arena, id), &back));
		assert_memory_equal(&back, &id, sizeof id);
		assert_int_not_equal(memcmp(&id, &other, sizeof id), 0);
		other = id;
	}
	text = token_new(arena);
	assert_int_equal(strlen(text), 52);
	assert_int_equal(strspn(text, "0123456789abcdefghjkmnpqrstvwxyz"), 52);
	assert_string_not_equal(text, token_new(arena));
}

static void
constant_time(void **state)
{
	unsigned char secret[] = "secret";

	(void)state;
	assert_true(crypto_equal(bytes_of("abc"), bytes_of("abc")));
	assert_false(crypto_equal(bytes_of("abc"), bytes_of("abd")));
	assert_false(crypto_equal(bytes_of("abc"), bytes_of("abcd")));
	assert_true(crypto_equal(bytes_of(NULL), bytes_of("")));
	crypto_wipe(secret, sizeof secret);
	for (size_t i = 0; i < sizeof secret; i++)
		assert_int_equal(secret[i], 0);
}

static void
sealing(void **state)
{
	static const struct key key = { 3, "0123456789abcdef0123456789abcde" };
	static const struct key other_number = { 4, "0123456789abcdef0123456789abcde" };
	static const struct key other_secret = { 3, "0123456789abcdef0123456789abcdf" };
	static const char *const texts[] = { "", "x", "wheelchair access, no nuts", "żółć" };
	struct bytes sealed, again, plain = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_int_equal(
		    crypto_seal(arena, &key, "person/diet/7", bytes_of(texts[i]), &sealed), OK);
		assert_int_equal(sealed.n, strlen(texts[i]) + 30);
		assert_int_equal(sealed.p[0], 1);
		assert_int_equal(sealed.p[1], 3);
		assert_int_equal(crypto_open(arena, &key, "person/diet/7", sealed, &plain), OK);
		assert_int_equal(plain.n, strlen(texts[i]));
		assert_string_equal((const char *)plain.p, texts[i]);
		/* A new IV each time. */
		assert_int_equal(
		    crypto_seal(arena, &key, "person/diet/7", bytes_of(texts[i]), &again), OK);
		assert_memory_not_equal(sealed.p + 2, again.p + 2, 12);
		plain.n = 99;
		assert_int_equal(
		    crypto_open(arena, &key, "person/diet/8", sealed, &plain), E_INPUT);
		assert_int_equal(crypto_open(arena, &key, "", sealed, &plain), E_INPUT);
		assert_int_equal(
		    crypto_open(arena, &other_number, "person/diet/7", sealed, &plain),
		    E_INPUT);
		assert_int_equal(
		    crypto_open(arena, &other_secret, "person/diet/7", sealed, &plain),
		    E_INPUT);
		for (size_t at = 0; at < sealed.n; at++) {
			unsigned char *changed =
			    (unsigned char *)arena_copy(arena, sealed.p, sealed.n);

			for (int bit = 0; bit < 8; bit++) {
				changed[at] = sealed.p[at] ^ (unsigned char)(1 << bit);
				assert_int_equal(
				    crypto_open(arena, &key, "person/diet/7",
					(struct bytes){ changed, sealed.n }, &plain),
				    E_INPUT);
			}
		}
		for (size_t n = 0; n < sealed.n; n++)
			assert_int_equal(crypto_open(arena, &key, "person/diet/7",
					     (struct bytes){ sealed.p, n }, &plain),
			    E_INPUT);
		assert_int_equal(plain.n, 99);
	}
}

/* A cell sealed elsewhere (Python's cryptography, AES-256-GCM): the format itself. */
static void
a_sealed_cell_from_elsewhere(void **state)
{
	struct key key = { 1, "" };
	struct bytes sealed, plain;

	(void)state;
	for (unsigned char i = 0; i < 32; i++)
		key.secret[i] = i;
	assert_true(hex_bytes(arena,
	    "0101a0a1a2a3a4a5a6a7a8a9aaab8e7d10412ade2f2bb07e29d1d0fd744ae4467b1e59", &sealed));
	assert_int_equal(crypto_open(arena, &key, "t/c/1", sealed, &plain), OK);
	assert_string_equal((const char *)plain.p, "hello");
}

static const char *
key_path(const char *name)
{
	return text_printf(arena, "%s/%s.key", config_text(CONFIG_KEYS), name);
}

static size_t
files_in_keys(void)
{
	DIR *dir = opendir(config_text(CONFIG_KEYS));
	size_t n = 0;

	assert_non_null(dir);
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread reads this folder */
	for (struct dirent *item; (item = readdir(dir));)
		n += strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0;
	closedir(dir);
	return n;
}

static void
key_files(void **state)
{
	struct key key = { 0 }, again = { 0 }, second = { 0 };
	struct stat info;
	int fd;

	(void)state;
	assert_int_equal(crypto_key("care", false, &key), E_ABSENT);
	assert_int_equal(crypto_key_destroy("care"), E_ABSENT);
	assert_int_equal(crypto_key("care", true, &key), OK);
	assert_int_equal(key.number, 1);
	assert_int_equal(stat(key_path("care"), &info), 0);
	assert_int_equal(info.st_mode & 07777, 0600);
	assert_int_equal(info.st_size, 32);
	assert_int_equal(stat(config_text(CONFIG_KEYS), &info), 0);
	assert_int_equal(info.st_mode & 07777, 0700);
	assert_int_equal(crypto_key("care", false, &again), OK);
	assert_memory_equal(&key, &again, sizeof key);
	assert_int_equal(crypto_key("care", true, &again), OK);
	assert_memory_equal(&key, &again, sizeof key);
	assert_int_equal(crypto_key("care-2", true, &second), OK);
	assert_int_equal(second.number, 2);
	assert_memory_not_equal(key.secret, second.secret, 32);
	assert_int_equal(files_in_keys(), 2);

	/* Names that would lead elsewhere. */
	assert_int_equal(crypto_key("../care", true, &again), E_FAULT);
	assert_int_equal(crypto_key("", true, &again), E_FAULT);
	assert_int_equal(crypto_key(NULL, true, &again), E_FAULT);
	assert_int_equal(crypto_key_destroy("a/b"), E_FAULT);

	/* Others may read it: refused. */
	assert_int_equal(chmod(key_path("care"), 0640), 0);
	assert_int_equal(crypto_key("care", true, &again), E_FAULT);
	assert_int_equal(chmod(key_path("care"), 0600), 0);
	/* Too short: refused, and not replaced. */
	assert_int_equal(truncate(key_path("care-2"), 31), 0);
	assert_int_equal(crypto_key("care-2", true, &again), E_FAULT);
	assert_memory_equal(&key, &again, sizeof key);

	/* Destroyed: the file is gone, and what an open descriptor still sees is no key. */
	fd = open(key_path("care"), O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(crypto_key_destroy("care"), OK);
	assert_int_equal(read(fd, again.secret, 32), 32);
	close(fd);
	assert_memory_not_equal(key.secret, again.secret, 32);
	assert_int_equal(crypto_key("care", false, &again), E_ABSENT);
	assert_int_equal(crypto_key_destroy("care-2"), OK);
	assert_int_equal(files_in_keys(), 0);
}

static void *
make_same_key(void *arg)
{
	struct key *key = arg;

	if (crypto_key("race", true, key) != OK)
		key->number = 0;
	return NULL;
}

static void
keys_made_at_the_same_time(void **state)
{
	pthread_t threads[8];
	struct key keys[8];

	(void)state;
	for (int round = 0; round < 5; round++) {
		for (int i = 0; i < 8; i++)
			assert_int_equal(
			    pthread_create(&threads[i], NULL, make_same_key, &keys[i]), 0);
		for (int i = 0; i < 8; i++)
			pthread_join(threads[i], NULL);
		for (int i = 0; i < 8; i++) {
			assert_int_equal(keys[i].number, 1);
			assert_memory_equal(keys[i].secret, keys[0].secret, 32);
		}
		assert_int_equal(files_in_keys(), 1);
		assert_int_equal(crypto_key_destroy("race"), OK);
	}
}

static void
passwords(void **state)
{
	const char *stored = NULL, *again = NULL;

	(void)state;
	assert_int_equal(password_hash(arena, "correct horse", &stored), OK);
	assert_int_equal(password_hash(arena, "correct horse", &again), OK);
	assert_string_not_equal(stored, again);
	assert_memory_equal(stored, "scrypt$10$8$1$", 14);
	assert_int_equal(strlen(stored), 14 + 32 + 1 + 64);
	assert_int_equal(password_check("correct horse", stored), OK);
	assert_int_equal(password_check("correct horsf", stored), E_DENIED);
	assert_int_equal(password_check("", stored), E_DENIED);
	assert_int_equal(password_check("correct horse", NULL), E_DENIED);
	assert_int_equal(password_check("", NULL), E_DENIED);
	/* RFC 7914, section 12: N = 16384 and N = 1024 with p = 16, first 32 bytes. */
	assert_int_equal(
	    password_check("pleaseletmein",
		"scrypt$14$8$1$536f6469756d43686c6f72696465$"
		"7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"),
	    OK);
	/* ("NaCl" is shorter than a salt of ours may be.) */
	assert_int_equal(
	    password_check("password",
		"scrypt$10$8$16$4e61436c$"
		"fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"),
	    E_FAULT);
}

static void
stored_nonsense(void **state)
{
#define SALT "00112233445566778899aabbccddeeff"
#define HASH SALT SALT
	static const char *const bad[] = { "", "x", "scrypt", "scrypt$10$8$1$" SALT,
		"bcrypt$10$8$1$" SALT "$" HASH, "scrypt$0$8$1$" SALT "$" HASH,
		"scrypt$21$8$1$" SALT "$" HASH, "scrypt$20$9$1$" SALT "$" HASH,
		"scrypt$10$0$1$" SALT "$" HASH, "scrypt$10$8$17$" SALT "$" HASH,
		"scrypt$10$8$1$0011$" HASH, "scrypt$10$8$1$" SALT "$" SALT,
		"scrypt$10$8$1$" SALT "$" HASH "$",
		"scrypt$10$8$1$zz112233445566778899aabbccddeeff$" HASH,
		"scrypt$10$8$1$" SALT "$" HASH HASH };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(password_check("x", bad[i]), E_FAULT);
	assert_int_equal(password_check("x", "scrypt$10$8$1$" SALT "$" HASH), E_DENIED);
	assert_int_equal(password_check("x", (const char *)repeated('1', 5000).p), E_FAULT);
}

/* The one slot is held by slow checks: who waits over two seconds is told so. */
static void *
slow_check(void *arg)
{
	enum status *status = arg;

	*status = password_check("x", "scrypt$17$8$10$" SALT "$" HASH);
	return NULL;
}

static void
slots(void **state)
{
	pthread_t threads[6];
	enum status status[6];
	int busy = 0, denied = 0;
	int64_t ticks = time_ticks();

	(void)state;
	for (int i = 0; i < 6; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, slow_check, &status[i]), 0);
	for (int i = 0; i < 6; i++) {
		pthread_join(threads[i], NULL);
		busy += status[i] == E_BUSY;
		denied += status[i] == E_DENIED;
	}
	assert_int_equal(busy + denied, 6);
	assert_true(denied >= 1);
	assert_true(busy >= 1);
	assert_true(time_ticks() - ticks >= 2 * SECOND);
	/* The slot was given back. */
	assert_int_equal(password_check("x", "scrypt$10$8$1$" SALT "$" HASH), E_DENIED);
}

/* RFC 8032, 7.1, TEST 2. */
static void
signatures(void **state)
{
	struct bytes secret, public_key, signature;
	struct key key = { .number = 1 };
	unsigned char out[SIGNATURE_BYTES], half[PUBLIC_KEY_BYTES];

	(void)state;
	assert_true(hex_bytes(arena,
	    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", &secret));
	assert_true(hex_bytes(arena,
	    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", &public_key));
	assert_true(hex_bytes(arena,
	    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
	    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
	    &signature));
	memcpy(key.secret, secret.p, sizeof key.secret);
	assert_int_equal(crypto_public(&key, half), OK);
	assert_memory_equal(half, public_key.p, sizeof half);
	assert_int_equal(crypto_sign(&key, bytes_of("r"), out), OK);
	assert_memory_equal(out, signature.p, sizeof out);
	assert_true(crypto_verify(half, bytes_of("r"), out));
	assert_false(crypto_verify(half, bytes_of("s"), out));
	out[63] ^= 1;
	assert_false(crypto_verify(half, bytes_of("r"), out));
	const char *pem = crypto_public_pem(arena, half);
	assert_string_equal(pem,
	    "-----BEGIN PUBLIC KEY-----\n"
	    "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
	    "-----END PUBLIC KEY-----\n");
	memset(half, 0, sizeof half);
	assert_int_equal(crypto_public_read(pem, half), OK);
	assert_memory_equal(half, public_key.p, sizeof half);
	assert_int_equal(crypto_public_read("-----BEGIN PUBLIC KEY-----\nMCow", half), E_INPUT);
	assert_int_equal(crypto_public_read("", half), E_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes),
		cmocka_unit_test(ids),
		cmocka_unit_test(constant_time),
		cmocka_unit_test(sealing),
		cmocka_unit_test(a_sealed_cell_from_elsewhere),
		cmocka_unit_test(key_files),
		cmocka_unit_test(keys_made_at_the_same_time),
		cmocka_unit_test(passwords),
		cmocka_unit_test(stored_nonsense),
		cmocka_unit_test(slots),
		cmocka_unit_test(signatures),
	};

	return cmocka_run_group_tests_name("crypto", tests, start, stop);
}
