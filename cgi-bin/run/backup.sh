#!/bin/sh
# backup.sh: one backup of everything, while the system serves. Ends with one line that tells where.
#
#   BACKUP_TO/20261125T083000Z/
#     database.sql.gz   every database at one consistent point (one snapshot of one transaction)
#     files.tar.gz      heads of the audit chains
#     schema.tsv        which schema files it was made with, with their SHA-256
#     manifest.json     what this is, with the SHA-256 of each part; written last: a folder without
#                       it is not a backup
#   BACKUP_KEYS_TO/20261125T083000Z.tar   keys, accounts of a demo, configuration; 0600, so that who
#                       takes the first has nothing of the second. Keep them on different machines.
#
# Never in a backup: the keys of open anonymous surveys (run-*.key), so that nobody can join answers
# with people later; passwords of the database accounts, which every system makes for itself.
#
# Variables: see backup_lib.sh. Exit code 0: the backup is good.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${BACKUP_DB_SOCKET:-}" ]; then
	. "$here/lib.sh"
	run_folder
	[ -S "$RUN/sock/db.sock" ] || die "Nothing runs under $RUN; a backup is made of what runs: make start"
	SERVER=$(stat -c %U "$RUN/sock")
else
	die() {
		printf '%s\n' "$*" >&2
		exit 1
	}
fi
. "$here/backup_lib.sh"
backup_places
command -v mariadb-dump >/dev/null || die "mariadb-dump is missing: apt-get install mariadb-client"

umask 077
mkdir -p "$BACKUP_TO" "$BACKUP_KEYS_TO"
exec 9>"$BACKUP_TO/.lock"
flock -n 9 || die "Another backup is being made in $BACKUP_TO; wait for its end."

began=$(date +%s)
point=$(utc)
name=$(echo "$point" | tr -d ':-')
made=$BACKUP_TO/$name
[ ! -e "$made" ] || die "A backup of this second stands already: $made"
mkdir "$made"
trap 'rm -rf "$made" "$BACKUP_KEYS_TO/$name.tar.new"' EXIT
trap 'exit 130' INT TERM HUP

# ---- Files ----

archive() { # FILE PATHS...: those that are there, without the keys of open surveys
	file=$1
	shift
	for path in "$@"; do
		shift
		[ ! -e "$path" ] || set -- "$@" "${path#/}"
	done
	[ $# -gt 0 ] || set -- --files-from=/dev/null
	tar -C / --exclude='run-*.key' --exclude='.new-*' --warning=no-file-changed -cf "$file" "$@"
}
# The heads come before the rows that they sign: later ones would name rows that the copy lacks, as if
# somebody had cut them off.
# shellcheck disable=SC2086 # words
archive "$made/files.tar" $BACKUP_FILES
gzip -1 "$made/files.tar"

# ---- The database ----

# Views are left out: the schema command makes them again, and the rights that they need.
views() {
	echo "SELECT CONCAT('--ignore-table=', table_schema, '.', table_name) FROM information_schema.views
		WHERE table_schema LIKE 'keptword\\_%'" | backup_ask
}

# gzip stands behind a pipe, so what failed before it is told by a file; the dump's own last line
# tells whether it is whole.
dump() {
	# shellcheck disable=SC2046 # words
	backup_as mariadb-dump --no-defaults --protocol=socket --socket="$BACKUP_DB_SOCKET" --user="$BACKUP_DB_USER" \
		--default-character-set=utf8mb4 --single-transaction --quick --skip-lock-tables --routines \
		--triggers --hex-blob $(views) --databases $(backup_databases) || : >"$made/.failed"
}
dump | gzip -1 >"$made/database.sql.gz"
[ ! -e "$made/.failed" ] || die "The database could not be read; the lines above say why. No backup was made."
case $(gzip -dc "$made/database.sql.gz" | tail -n 1) in
"-- Dump completed"*) ;;
*) die "The copy of the database is cut off. No backup was made; is there room in $BACKUP_TO?" ;;
esac
# What the tables were made with; as little as the dump itself it changes without a command.
echo "SELECT path, LOWER(HEX(sum)) FROM keptword_core.schema_file ORDER BY path" | backup_ask >"$made/schema.tsv"

# ---- Keys: after the rows, so that each of them finds the key that sealed it ----

# shellcheck disable=SC2086
archive "$BACKUP_KEYS_TO/$name.tar.new" $BACKUP_SECRETS

# ---- The manifest ----

sum() { sha256sum <"$1" | cut -d ' ' -f 1; }
size() { stat -c %s "$1"; }
server=$(echo "SELECT VERSION()" | backup_ask)
open_runs=$(echo "SELECT COUNT(*) FROM keptword_feedback.survey_run WHERE state = 'open'" | backup_ask)
# Every part is on the disk before the manifest is.
sync -f "$made"
{
	echo "{"
	echo "  \"format\": $BACKUP_FORMAT,"
	echo "  \"layout\": \"$BACKUP_LAYOUT\","
	echo "  \"point\": \"$point\","
	echo "  \"finished\": \"$(utc)\","
	echo "  \"seconds\": $(($(date +%s) - began)),"
	echo "  \"mariadb\": \"$server\","
	echo "  \"demo\": ${KEPTWORD_DEMO:-$(echo "SELECT COUNT(*) FROM keptword_core.schema_file WHERE path = '(kind)' AND sum = UNHEX(SHA2('demo', 256))" | backup_ask)},"
	echo "  \"open_runs\": $open_runs,"
	for part in database.sql.gz files.tar.gz schema.tsv; do
		echo "  \"$part\": \"$(sum "$made/$part")\","
		echo "  \"$part bytes\": $(size "$made/$part"),"
	done
	echo "  \"keys.tar\": \"$(sum "$BACKUP_KEYS_TO/$name.tar.new")\","
	echo "  \"keys.tar bytes\": $(size "$BACKUP_KEYS_TO/$name.tar.new")"
	echo "}"
} >"$made/.manifest"
mv "$BACKUP_KEYS_TO/$name.tar.new" "$BACKUP_KEYS_TO/$name.tar"
sync -f "$BACKUP_KEYS_TO"
mv "$made/.manifest" "$made/manifest.json"
sync -f "$made"
trap - EXIT

# ---- What is too old ----

# The newest good one always stays. A folder without a manifest is what a killed backup left.
tidy() {
	limit=$(($(date +%s) - ${BACKUP_KEEP:-14} * 86400))
	for old in "$BACKUP_TO"/2*Z; do
		[ "$old" != "$made" ] && [ -d "$old" ] || continue
		if [ ! -e "$old/manifest.json" ] || { [ "${BACKUP_KEEP:-14}" != 0 ] && [ "$(stat -c %Y "$old/manifest.json")" -lt "$limit" ]; }; then
			rm -rf "$old" "$BACKUP_KEYS_TO/$(basename "$old").tar"
		fi
	done
}
tidy

# For whoever watches: doctor, the metric backup_age_seconds.
[ "$BACKUP_LAYOUT" = system ] || chmod 711 "$(dirname "$BACKUP_LAST")"
echo "$point $made" >"$BACKUP_LAST.new"
chmod 644 "$BACKUP_LAST.new"
mv "$BACKUP_LAST.new" "$BACKUP_LAST"
echo "Backup of $point: $made ($(du -sm "$made" | cut -f 1) MB, $(($(date +%s) - began)) s); its keys: $BACKUP_KEYS_TO/$name.tar"
