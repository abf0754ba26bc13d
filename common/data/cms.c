/*
 * cms.c: see cms.h. OpenSSL's CMS over memory; the content is never translated (CMS_BINARY),
 * the time of signing stands in the document (PAdES), not among the signed attributes.
 */
#include "data/cms.h"

#include "data/crypto.h"
#include "data/crypto_own.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FLAGS (CMS_PARTIAL | CMS_DETACHED | CMS_BINARY | CMS_CADES | CMS_NOSMIMECAP)
#define ATTRIBUTES_MAX 8
#define KEY_BITS 3072
#define MADE_FOR ((long)3653 * 86400)
#define CERTIFICATES_MAX 16
#define NAMES_ROOM ((size_t)16384)
#define NAME_MAX_BYTES 64 /* of a common name (X.520) */

struct sealer {
	STACK_OF(X509) * signing; /* the first one signs, the others did */
	STACK_OF(X509) * chain;
	const char *key_path;
	char *name;
	char fingerprint[2 * SHA256_BYTES + 1];
	pthread_mutex_t lock; /* of key */
	EVP_PKEY *key;        /* NULL until the first signature */
};

/* A file that may be read; group and others must have no rights to one with a key. */
static FILE *
open_file(const char *path, bool secret)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat info;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) ||
	    (secret && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0)) {
		(void)close(fd);
		errno = EPERM;
		return NULL;
	}
	return fdopen(fd, "r");
}

static void
set_names(struct sealer *sealer)
{
	X509 *first = sk_X509_value(sealer->signing, 0);
	X509_NAME *subject = X509_get_subject_name(first);
	int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
	unsigned char *text = NULL, digest[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	if (at >= 0)
		(void)ASN1_STRING_to_UTF8(
		    &text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
	sealer->name = strdup(text != NULL ? (const char *)text : "");
	OPENSSL_free(text);
	if (X509_digest(first, crypto_digest(), digest, &n) != 1 || n != SHA256_BYTES)
		memset(digest, 0, sizeof digest);
	for (size_t i = 0; i < SHA256_BYTES; i++)
		(void)snprintf(sealer->fingerprint + 2 * i, 3, "%02x", digest[i]);
}

static bool
read_certificates(FILE *file, struct sealer *sealer)
{
	X509 *x509;
	int n = 0;

	sealer->signing = sk_X509_new_null();
	sealer->chain = sk_X509_new_null();
	if (sealer->signing == NULL || sealer->chain == NULL)
		return false;
	while (
	    n++ < CERTIFICATES_MAX && (x509 = PEM_read_X509(file, NULL, NULL, NULL)) != NULL) {
		bool chain = n > 1 && X509_check_ca(x509) != 0;
		if (!sk_X509_push(chain ? sealer->chain : sealer->signing, x509))
			return false;
	}
	ERR_clear_error(); /* the end of the file is an error to OpenSSL */
	return sk_X509_num(sealer->signing) > 0;
}

enum status
sealer_open(
    const char *certificates, const char *key, struct sealer **ret, const char **ret_why)
{
	FILE *file = open_file(certificates, false);
	struct sealer *sealer = calloc(1, sizeof *sealer);
	enum status status = OK;

	*ret_why = "certificate";
	if (file == NULL)
		status = errno == ENOENT ? E_ABSENT : E_FAULT;
	else if (sealer == NULL || (sealer->key_path = strdup(key)) == NULL ||
		 !read_certificates(file, sealer))
		status = E_FAULT;
	if (file != NULL)
		(void)fclose(file);
	if (status != OK) {
		free(sealer);
		return status;
	}
	(void)pthread_mutex_init(&sealer->lock, NULL);
	set_names(sealer);
	*ret = sealer;
	return OK;
}

/* A certificate for a key, signed by it. */
static X509 *
self_signed(EVP_PKEY *key, const char *organisation, instant from)
{
	static const struct {
		int nid;
		const char *value;
	} extensions[] = { { NID_basic_constraints, "critical,CA:FALSE" },
		{ NID_key_usage, "critical,digitalSignature,nonRepudiation" },
		{ NID_subject_key_identifier, "hash" } };
	X509 *x509 = X509_new();
	unsigned char serial[16];
	char name[NAME_MAX_BYTES + 1];
	size_t n = strlen(organisation), room = NAME_MAX_BYTES - strlen(" (self-signed)");
	time_t start = (time_t)(from / SECOND) - 86400;

	n = n < room ? n : room;
	while (n > 0 && (organisation[n] & 0xc0) == 0x80)
		n--; /* not in the middle of a character */
	(void)snprintf(name, sizeof name, "%.*s (self-signed)", (int)n, organisation);
	crypto_random(serial, sizeof serial);
	serial[0] &= 0x7f;
	BIGNUM *number = BN_bin2bn(serial, sizeof serial, NULL);
	X509_NAME *subject = x509 != NULL ? X509_get_subject_name(x509) : NULL;
	bool fine = subject != NULL && number != NULL && X509_set_version(x509, 2) == 1 &&
		    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x509)) != NULL &&
		    X509_time_adj_ex(X509_getm_notBefore(x509), 0, 0, &start) != NULL &&
		    X509_time_adj_ex(X509_getm_notAfter(x509), 0, MADE_FOR, &start) != NULL &&
		    X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8,
			(const unsigned char *)name, -1, -1, 0) == 1 &&
		    X509_set_issuer_name(x509, subject) == 1 && X509_set_pubkey(x509, key) == 1;
	for (size_t i = 0; fine && i < sizeof extensions / sizeof *extensions; i++) {
		X509V3_CTX context;
		X509V3_set_ctx(&context, x509, x509, NULL, NULL, 0);
		X509_EXTENSION *extension =
		    X509V3_EXT_conf_nid(NULL, &context, extensions[i].nid, extensions[i].value);
		fine = extension != NULL && X509_add_ext(x509, extension, -1) == 1;
		X509_EXTENSION_free(extension);
	}
	BN_free(number);
	if (fine && X509_sign(x509, key, crypto_digest()) > 0)
		return x509;
	X509_free(x509);
	return NULL;
}

static bool
write_both(const char *path, EVP_PKEY *key, X509 *x509)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;

	if (file == NULL) {
		if (fd >= 0)
			(void)close(fd);
		return false;
	}
	bool fine = PEM_write_X509(file, x509) == 1 &&
		    PEM_write_PKCS8PrivateKey(file, key, NULL, NULL, 0, NULL, NULL) == 1 &&
		    fflush(file) == 0 && fsync(fd) == 0;
	return fclose(file) == 0 && fine;
}

enum status
sealer_make(const char *path, const char *organisation, instant from)
{
	struct arena *arena;
	unsigned char random[8];
	struct stat info;

	if (stat(path, &info) == 0)
		return OK;
	arena = arena_new(NAMES_ROOM);
	if (arena == NULL)
		return E_FAULT;
	crypto_random(random, sizeof random);
	const char *other = text_printf(
	    arena, "%s.new-%s", path, hex_text(arena, (struct bytes){ random, sizeof random }));
	EVP_PKEY *key = EVP_RSA_gen(KEY_BITS);
	X509 *x509 = key != NULL ? self_signed(key, organisation, from) : NULL;
	/* Linked to its name when whole: of two that are made at the same time one wins. */
	bool fine = x509 != NULL && write_both(other, key, x509) &&
		    (link(other, path) == 0 || errno == EEXIST);
	(void)unlink(other);
	arena_free(arena);
	X509_free(x509);
	EVP_PKEY_free(key);
	ERR_clear_error();
	return fine ? OK : E_FAULT;
}

/* The key, read at the first call; NULL when it cannot be read or is another's. */
static EVP_PKEY *
key_of(struct sealer *sealer)
{
	(void)pthread_mutex_lock(&sealer->lock);
	if (sealer->key == NULL) {
		FILE *file = open_file(sealer->key_path, true);
		EVP_PKEY *key =
		    file != NULL ? PEM_read_PrivateKey(file, NULL, NULL, NULL) : NULL;
		if (file != NULL)
			(void)fclose(file);
		if (key != NULL &&
		    X509_check_private_key(sk_X509_value(sealer->signing, 0), key) != 1) {
			EVP_PKEY_free(key);
			key = NULL;
		}
		sealer->key = key;
	}
	EVP_PKEY *key = sealer->key;
	(void)pthread_mutex_unlock(&sealer->lock);
	return key;
}

size_t
sealer_room(const struct sealer *sealer)
{
	/* Names, attributes and the signature of a key of up to 8,192 bits; the certificates.
	 */
	size_t room = 4096;

	room += (size_t)i2d_X509(sk_X509_value(sealer->signing, 0), NULL);
	for (int i = 0; i < sk_X509_num(sealer->chain); i++)
		room += (size_t)i2d_X509(sk_X509_value(sealer->chain, i), NULL);
	return room;
}

static void
free_cms(void *cms)
{
	CMS_ContentInfo_free(cms);
}

static void
free_digest(void *context)
{
	EVP_MD_CTX_free(context);
}

static int
by_bytes(const void *a, const void *b)
{
	const struct bytes *x = a, *y = b;
	int order = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);

	return order != 0 ? order : (x->n > y->n) - (x->n < y->n);
}

/* The signed attributes as what is signed: the DER of their set, in its order (X.690, 11.6). */
static bool
attributes_of(struct arena *arena, const CMS_SignerInfo *info, struct buf *ret)
{
	struct bytes parts[ATTRIBUTES_MAX];
	int n = CMS_signed_get_attr_count(info);
	size_t all = 0;

	if (n <= 0 || n > ATTRIBUTES_MAX)
		return false;
	for (int i = 0; i < n; i++) {
		unsigned char *der = NULL;
		int length = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(info, i), &der);
		if (length <= 0)
			return false;
		parts[i] =
		    (struct bytes){ (unsigned char *)arena_copy(arena, der, (size_t)length),
			    (size_t)length };
		OPENSSL_free(der);
		all += parts[i].n;
	}
	if (all > 0xFFFF)
		return false;
	qsort(parts, (size_t)n, sizeof *parts, by_bytes);
	*ret = buf_new(arena);
	buf_char(ret, 0x31);
	if (all > 0xFF)
		buf_add(ret, (const unsigned char[]){ 0x82, (unsigned char)(all >> 8) }, 2);
	else if (all > 0x7F)
		buf_add(ret, (const unsigned char[]){ 0x81 }, 1);
	buf_add(ret, (const unsigned char[]){ (unsigned char)all }, 1);
	for (int i = 0; i < n; i++)
		buf_add(ret, parts[i].p, parts[i].n);
	return true;
}

/* Digest and type of the content become signed attributes, beside the certificate's digest that
 * CMS_CADES has put there; then the attributes are signed. OpenSSL's own way (CMS_final) would
 * add the machine's time, which PAdES wants in the document alone. */
static bool
sign_attributes(struct arena *arena, CMS_SignerInfo *info, EVP_PKEY *key, struct bytes head,
    struct bytes tail)
{
	unsigned char digest[SHA256_BYTES];
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	struct buf attributes = { 0 };
	size_t n = 0;

	arena_hook(arena, free_digest, context);
	bool fine =
	    context != NULL && EVP_DigestInit_ex(context, crypto_digest(), NULL) == 1 &&
	    EVP_DigestUpdate(context, head.p, head.n) == 1 &&
	    EVP_DigestUpdate(context, tail.p, tail.n) == 1 &&
	    EVP_DigestFinal_ex(context, digest, NULL) == 1 &&
	    CMS_signed_add1_attr_by_NID(info, NID_pkcs9_contentType, V_ASN1_OBJECT,
		OBJ_nid2obj(NID_pkcs7_data), -1) == 1 &&
	    CMS_signed_add1_attr_by_NID(info, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING,
		digest, sizeof digest) == 1 &&
	    attributes_of(arena, info, &attributes) && EVP_MD_CTX_reset(context) == 1 &&
	    EVP_DigestSignInit(context, NULL, crypto_digest(), NULL, key) == 1 &&
	    EVP_DigestSign(context, NULL, &n, (unsigned char *)attributes.p, attributes.n) == 1;
	unsigned char *signature = arena_alloc(arena, n);
	fine =
	    fine &&
	    EVP_DigestSign(
		context, signature, &n, (unsigned char *)attributes.p, attributes.n) == 1 &&
	    ASN1_OCTET_STRING_set(CMS_SignerInfo_get0_signature(info), signature, (int)n) == 1;
	return fine;
}

enum status
sealer_sign(struct arena *arena, struct sealer *sealer, struct bytes head, struct bytes tail,
    struct bytes *ret)
{
	EVP_PKEY *key = key_of(sealer);
	CMS_ContentInfo *cms =
	    key != NULL ? CMS_sign(NULL, NULL, sealer->chain, NULL, FLAGS) : NULL;
	arena_hook(arena, free_cms, cms);
	CMS_SignerInfo *info = cms != NULL
				   ? CMS_add1_signer(cms, sk_X509_value(sealer->signing, 0),
					 key, crypto_digest(), FLAGS)
				   : NULL;
	unsigned char *der = NULL;
	int n = info != NULL && sign_attributes(arena, info, key, head, tail)
		    ? i2d_CMS_ContentInfo(cms, &der)
		    : -1;

	ERR_clear_error();
	if (n <= 0)
		return E_FAULT;
	ret->p = (const unsigned char *)arena_copy(arena, der, (size_t)n);
	ret->n = (size_t)n;
	OPENSSL_free(der);
	return OK;
}

/* Head and tail as one thing to read. */
static BIO *
both_of(struct bytes head, struct bytes tail)
{
	BIO *content = BIO_new(BIO_s_mem());

	if (content == NULL || head.n > INT32_MAX || tail.n > INT32_MAX ||
	    (head.n > 0 && BIO_write(content, head.p, (int)head.n) != (int)head.n) ||
	    (tail.n > 0 && BIO_write(content, tail.p, (int)tail.n) != (int)tail.n)) {
		BIO_free(content);
		return NULL;
	}
	return content;
}

/* Whose signature is it? The certificate of ours that the one signer names; NULL: none. */
static X509 *
signer_of(const struct sealer *sealer, CMS_ContentInfo *cms)
{
	STACK_OF(CMS_SignerInfo) *infos = CMS_get0_SignerInfos(cms);

	if (infos == NULL || sk_CMS_SignerInfo_num(infos) != 1)
		return NULL;
	CMS_SignerInfo *info = sk_CMS_SignerInfo_value(infos, 0);
	for (int i = 0; i < sk_X509_num(sealer->signing); i++) {
		X509 *x509 = sk_X509_value(sealer->signing, i);
		if (CMS_SignerInfo_cert_cmp(info, x509) == 0)
			return x509;
	}
	return NULL;
}

enum status
sealer_verify(
    const struct sealer *sealer, struct bytes head, struct bytes tail, struct bytes der)
{
	const unsigned char *at = der.p;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)der.n);
	X509 *x509 = cms != NULL ? signer_of(sealer, cms) : NULL;
	STACK_OF(X509) *certificates = x509 != NULL ? sk_X509_new_null() : NULL;
	BIO *content = NULL;
	enum status status = cms == NULL ? E_INPUT : x509 == NULL ? E_DENIED : E_CONFLICT;

	/* Whether the certificate is still good today is not asked: who signed is known by the
	 * certificate itself, which stands in our own list. */
	if (certificates != NULL && sk_X509_push(certificates, x509) > 0 &&
	    (content = both_of(head, tail)) != NULL &&
	    CMS_verify(cms, certificates, NULL, content, NULL,
		CMS_DETACHED | CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY | CMS_NOINTERN) == 1)
		status = OK;
	BIO_free(content);
	sk_X509_free(certificates);
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	return status;
}

const char *
sealer_name(const struct sealer *sealer)
{
	return sealer->name;
}

const char *
sealer_fingerprint(const struct sealer *sealer)
{
	return sealer->fingerprint;
}

bool
sealer_self_signed(const struct sealer *sealer)
{
	X509 *first = sk_X509_value(sealer->signing, 0);

	return X509_NAME_cmp(X509_get_subject_name(first), X509_get_issuer_name(first)) == 0;
}

int
sealer_days(const struct sealer *sealer)
{
	time_t now = (time_t)(time_now() / SECOND);
	ASN1_TIME *today = ASN1_TIME_set(NULL, now);
	int days = 0, seconds = 0;

	if (today == NULL || ASN1_TIME_diff(&days, &seconds, today,
				 X509_get0_notAfter(sk_X509_value(sealer->signing, 0))) != 1)
		days = 0;
	ASN1_TIME_free(today);
	return seconds < 0 && days == 0 ? -1 : days;
}
