/*
 * doctor_files.c: what lies on the disk: packages, templates, keys, sockets, room. Modes and
 * owners are read, never tried out, because the doctor may read what the programs may not.
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <curl/curl.h>
#include <openssl/crypto.h>

#include "base/config.h"
#include "portal/doctor.h"

#define STATUS_FILE "/var/lib/dpkg/status"
#define LINE_MOST 1000
#define OTHERS_WRITE (S_IWGRP | S_IWOTH)
#define MB ((unsigned long long)1024 * 1024)

/* ---- Packages ---- */

/* The version of an installed package, NULL when it is not installed (or this is not Debian).
 */
static const char *
package_version(struct doctor *doctor, const char *package)
{
	FILE *file = fopen(STATUS_FILE, "re");
	char line[LINE_MOST];
	const char *version = NULL;
	bool here = false;

	while (file && !version && fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		if (text_starts(line, "Package: "))
			here = text_is(line + 9, package);
		else if (here && text_starts(line, "Status: "))
			here = strstr(line, " installed") != NULL;
		else if (here && text_starts(line, "Version: "))
			version = text_copy(doctor->arena, line + 9);
	}
	if (file)
		(void)fclose(file);
	return version;
}

/* A crafted record overflowed libfcgi's heap before 2.4.5; Debian 12 mended its 2.4.2. */
static bool
fcgi_is_mended(const char *version)
{
	int major = 0, minor = 0, patch = 0;

	if (text_starts(version, "2.4.2-2+deb12u"))
		return true;
	/* NOLINTNEXTLINE(cert-err34-c): what is no number stays 0 and counts as old */
	(void)sscanf(version, "%d.%d.%d", &major, &minor, &patch);
	return major > 2 || (major == 2 && (minor > 4 || (minor == 4 && patch >= 5)));
}

void
doctor_packages(struct doctor *doctor)
{
	const char *version = package_version(doctor, "libfcgi0t64");

	if (!version)
		version = package_version(doctor, "libfcgi0ldbl");
	if (!version)
		doctor_say(doctor, LOOK, "libfcgi did not come as a Debian package.",
		    "See that it is 2.4.5 or later, or carries the fix of CVE-2025-23016.");
	else if (fcgi_is_mended(version))
		doctor_say(doctor, FINE,
		    text_printf(doctor->arena, "libfcgi %s, %s, libcurl %s", version,
			OpenSSL_version(OPENSSL_VERSION),
			curl_version_info(CURLVERSION_NOW)->version),
		    NULL);
	else
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena,
			"libfcgi %s can be broken into by who reaches a socket "
			"(CVE-2025-23016).",
			version),
		    "apt-get update && apt-get upgrade, then keptword upgrade");
}

/* ---- Settings ---- */

void
doctor_settings(struct doctor *doctor)
{
	static const char ENV[] = "/etc/keptword/keptword.env";
	const char *url = config_text(CONFIG_PUBLIC_URL),
		   *staff = config_text(CONFIG_STAFF_URL);
	struct stat info;

	if (config_on(CONFIG_DEMO)) {
		doctor_say(doctor, LOOK,
		    "This is a demo: its data and passwords are not for people.", NULL);
		return;
	}
	if (!text_starts(url, "https://") || (*staff && !text_starts(staff, "https://")))
		doctor_say(doctor, WRONG, "The site's address does not begin with https://.",
		    "Set KEPTWORD_PUBLIC_URL (and KEPTWORD_STAFF_URL), then keptword setup.");
	if (stat(ENV, &info) == 0 && info.st_mode & (S_IROTH | OTHERS_WRITE))
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena, "%s can be read or changed by others (mode %o).",
			ENV, (unsigned)(info.st_mode & 0777)),
		    text_printf(doctor->arena, "chmod 640 %s; chgrp keptword %s", ENV, ENV));
	doctor_say(doctor, FINE,
	    *staff ? text_printf(doctor->arena, "%s, and %s for staff", url, staff) : url,
	    NULL);
}

/* ---- Templates ---- */

const char *
doctor_writable(struct doctor *doctor, const char *path)
{
	struct stat info;

	for (char *at = text_copy(doctor->arena, path); *at;) {
		char *slash = strrchr(at, '/');

		/* A folder in which each may only touch their own (as /tmp) is no danger. */
		if (stat(at, &info) == 0 && info.st_mode & OTHERS_WRITE &&
		    !(S_ISDIR(info.st_mode) && info.st_mode & S_ISVTX))
			return at;
		if (!slash || slash == at)
			break;
		*slash = '\0';
	}
	return NULL;
}

/* The first thing below a folder that others may change, or that not all may read. */
static const char *
tree_flaw(struct doctor *doctor, const char *folder, int depth)
{
	DIR *dir = opendir(folder);
	const char *flaw = NULL;
	struct dirent *entry;
	struct stat info;

	if (!dir)
		return folder;
	/* One thread only. NOLINTNEXTLINE(concurrency-mt-unsafe) */
	while (!flaw && (entry = readdir(dir)) != NULL) {
		const char *path = text_printf(doctor->arena, "%s/%s", folder, entry->d_name);

		if (entry->d_name[0] == '.')
			continue;
		if (lstat(path, &info) != 0 || info.st_mode & OTHERS_WRITE ||
		    !(info.st_mode & S_IROTH))
			flaw = path;
		else if (S_ISDIR(info.st_mode) && depth > 0)
			flaw = tree_flaw(doctor, path, depth - 1);
	}
	(void)closedir(dir);
	return flaw;
}

void
doctor_templates(struct doctor *doctor)
{
	const enum config_key folders[] = { CONFIG_TEMPLATES, CONFIG_SQL };
	static const char ADVICE[] =
	    "Give it to root with mode 644 (folders 755), or make install.";

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		const char *folder = config_text(folders[i]);
		const char *flaw = doctor_writable(doctor, folder);

		if (!flaw)
			flaw = tree_flaw(doctor, folder, 5);
		if (flaw)
			doctor_say(doctor, WRONG,
			    text_printf(doctor->arena,
				"%s can be changed by others, or not be read by the programs.",
				flaw),
			    ADVICE);
		else
			doctor_say(doctor, FINE,
			    text_printf(doctor->arena,
				"%s: readable, and nobody else's to change", folder),
			    NULL);
	}
}

/* ---- Keys ---- */

/* One folder of keys: the keys are 32 bytes, its owner's alone. */
static void
keys_check(struct doctor *doctor, const char *folder)
{
	DIR *dir = opendir(folder);
	struct stat home, info;
	struct dirent *entry;
	unsigned n = 0, bad = 0;

	if (!dir || stat(folder, &home) != 0) {
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena, "The folder %s of keys cannot be read.", folder),
		    "systemd-tmpfiles --create keptword.conf makes it; were keys lost, restore "
		    "them "
		    "from where they are kept.");
		if (dir)
			(void)closedir(dir);
		return;
	}
	if (home.st_mode & (S_IRWXG | S_IRWXO)) {
		bad++;
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena, "The folder %s is open to others (mode %o).",
			folder, (unsigned)(home.st_mode & 0777)),
		    text_printf(doctor->arena, "chmod 700 %s", folder));
	}
	/* One thread only. NOLINTNEXTLINE(concurrency-mt-unsafe) */
	while ((entry = readdir(dir)) != NULL) {
		size_t length = strlen(entry->d_name);
		const char *path;

		if (length < 5 || !text_is(entry->d_name + length - 4, ".key"))
			continue;
		path = text_printf(doctor->arena, "%s/%s", folder, entry->d_name);
		if (text_is(entry->d_name, "tls.key") || lstat(path, &info) != 0)
			continue; /* a demo's certificate */
		n++;
		if (S_ISREG(info.st_mode) && !(info.st_mode & (S_IRWXG | S_IRWXO)) &&
		    info.st_uid == home.st_uid)
			continue;
		bad++;
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena,
			"The key %s is not its program's alone (owner %u, mode %o).", path,
			(unsigned)info.st_uid, (unsigned)(info.st_mode & 0777)),
		    text_printf(doctor->arena, "chmod 600 %s; chown --reference=%s %s", path,
			folder, path));
	}
	(void)closedir(dir);
	if (!bad)
		doctor_say(doctor, FINE,
		    text_printf(doctor->arena, "%s: %u keys, its owner's alone", folder, n),
		    NULL);
}

void
doctor_keys(struct doctor *doctor)
{
	static const char HOME[] = "/var/lib/keptword";
	const char *own = config_text(CONFIG_KEYS);
	struct dirent *entry;
	struct stat info;
	DIR *dir;

	/* An installed system has a folder for each program beside portal's; a run has one. */
	if (!text_starts(own, "/var/lib/keptword/portal/")) {
		keys_check(doctor, own);
		return;
	}
	dir = opendir(HOME);
	/* One thread only. NOLINTNEXTLINE(concurrency-mt-unsafe) */
	while (dir && (entry = readdir(dir)) != NULL) {
		const char *folder =
		    text_printf(doctor->arena, "%s/%s/keys", HOME, entry->d_name);

		/* stat(), because access() leaves the right to read everything aside. */
		if (entry->d_name[0] != '.' && stat(folder, &info) == 0)
			keys_check(doctor, folder);
	}
	if (dir)
		(void)closedir(dir);
}

/* ---- Sockets ---- */

void
doctor_sockets(struct doctor *doctor)
{
	const char *folder = text_printf(doctor->arena, "%s/sock", config_text(CONFIG_RUN));
	DIR *dir = opendir(folder);
	struct dirent *entry;
	struct stat info;
	unsigned n = 0, bad = 0;

	/* One thread only. NOLINTNEXTLINE(concurrency-mt-unsafe) */
	while (dir && (entry = readdir(dir)) != NULL) {
		const char *path = text_printf(doctor->arena, "%s/%s", folder, entry->d_name);

		if (entry->d_name[0] == '.' || text_is(entry->d_name, "db.sock") ||
		    lstat(path, &info) != 0 || !S_ISSOCK(info.st_mode))
			continue;
		n++;
		if (!(info.st_mode & S_IRWXO))
			continue;
		bad++;
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena,
			"Everybody may connect to %s (mode %o) and could end its program.",
			path, (unsigned)(info.st_mode & 0777)),
		    text_printf(doctor->arena, "chmod 660 %s", path));
	}
	if (dir)
		(void)closedir(dir);
	if (n == 0)
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena, "No program listens under %s.", folder),
		    "systemctl start keptword.target");
	else if (!bad)
		doctor_say(doctor, FINE,
		    text_printf(
			doctor->arena, "%u programs listen, for nginx and portal alone", n),
		    NULL);
}

/* ---- Disk ---- */

void
doctor_disk(struct doctor *doctor)
{
	const char *const places[] = { "/var/lib/mysql", config_text(CONFIG_KEYS), "/var/log" };
	struct statvfs room;
	struct stat info;
	dev_t seen = 0;

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		unsigned long long mb;
		unsigned inodes = 100;
		const char *found;

		if (stat(places[i], &info) != 0 || info.st_dev == seen ||
		    statvfs(places[i], &room) != 0)
			continue;
		seen = info.st_dev;
		mb = (unsigned long long)room.f_bavail * room.f_frsize / MB;
		if (room.f_files)
			inodes =
			    (unsigned)((unsigned long long)room.f_ffree * 100 / room.f_files);
		found = text_printf(doctor->arena, "%s: %llu MB free, %u %% of the inodes",
		    places[i], mb, inodes);
		doctor_say(doctor,
		    mb < 512 || inodes < 3     ? WRONG
		    : mb < 4096 || inodes < 10 ? LOOK
					       : FINE,
		    found,
		    mb < 4096 || inodes < 10
			? "Make room: MariaDB stops writing when it is full."
			: NULL);
	}
}
