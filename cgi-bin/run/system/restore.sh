# restore.sh: `keptword restore [--replace] FOLDER [KEYS.tar]`: a backup of `keptword backup` becomes the
# system of this machine, on which `make install` has put the programs. KEYS: by default the archive of the
# same name in <folder>-keys beside FOLDER's parent. Run by keptword, as root.
#
# Everything is checked before anything is touched. What is here already stops it, unless --replace says
# that it goes: its keys and heads are put aside then, its database is gone. This machine's own settings
# stay; where none were made yet, those of the backup come with it.
set -eu
. "$LIB/lib.sh"
. "$LIB/backup_lib.sh"
. "$LIB/restore_check.sh"
. "$LIB/restore_load.sh"
HOME_OF=/var/lib/keptword

replace=
[ "${1:-}" != --replace ] || { replace=1 && shift; }
[ $# -ge 1 ] && [ -n "$1" ] || die "Which backup? keptword restore $BACKUP_TO/20261125T083000Z [KEYS.tar]"
RESTORE_FROM=$(realpath -m -- "$1")
keys=$(restore_keys_of "$RESTORE_FROM" "${2:-}")

failed() { # SENTENCE [LOG]
	die "$1 This machine has no whole system now: keptword restore --replace takes it from the beginning."
}

# ---- Before anything is touched ----

restore_check "$RESTORE_FROM" "$keys" system 0
(
	settings_all portal
	"$LIB/bin/portal" schema-fits "$RESTORE_FROM/schema.tsv"
) || exit 1
echo "SELECT 1" | backup_ask >/dev/null 2>&1 ||
	die "MariaDB does not answer on $BACKUP_DB_SOCKET: apt-get install mariadb-server; systemctl start mariadb. Nothing was changed."
databases=$(backup_databases)
if [ -z "$replace" ] && { [ -n "$databases" ] || [ -n "$(find "$HOME_OF" -name '*.key' 2>/dev/null | head -n 1)" ]; }; then
	die "This machine has a system already. To put the backup in its place: keptword restore --replace $RESTORE_FROM. Its database is lost then; keptword backup keeps it. Nothing was changed."
fi

# ---- What was here ----

aside=$HOME_OF/before-$(date -u +%Y%m%dT%H%M%SZ)
if [ -n "$replace" ]; then
	! booted || systemctl stop keptword.target keptword-backup.timer 2>/dev/null || true
	for folder in "$HOME_OF"/*/keys "$HOME_OF"/*/audit-heads; do
		[ -d "$folder" ] && [ -n "$(ls -A "$folder")" ] || continue
		mkdir -p -m 700 "$aside/$(basename "$(dirname "$folder")")"
		mv "$folder" "$aside/$(basename "$(dirname "$folder")")/"
	done
	for database in $databases; do echo "DROP DATABASE $database;"; done | backup_ask ||
		failed "The databases of before could not be taken away."
	[ ! -d "$aside" ] || echo "Keys and heads of before are in $aside; take them away when nobody needs them."
fi

# ---- Settings, keys, heads ----

RESTORE_TMP=$(mktemp -d)
trap 'rm -rf "$RESTORE_TMP"' EXIT
tar -C "$RESTORE_TMP" -xf "$keys" --no-same-owner --no-same-permissions
tar -C "$RESTORE_TMP" -xzf "$RESTORE_FROM/files.tar.gz" --no-same-owner --no-same-permissions
if [ -z "${KEPTWORD_PUBLIC_URL:-}" ]; then
	# nginx's pieces are written anew by setup.
	(cd "$RESTORE_TMP$ETC" && find . -type f ! -path './nginx/*') | while IFS= read -r file; do
		mkdir -p "$ETC/$(dirname "$file")"
		install -m 600 "$RESTORE_TMP$ETC/$file" "$ETC/$file"
	done
	chmod 644 "$ETC/staff-networks.conf"
	echo "Settings are those of the backup."
else
	echo "Settings of this machine stay; those of the backup are in its archive of keys."
fi
systemd-sysusers keptword.conf
systemd-tmpfiles --create "$(dirname "$(dirname "$SHARE")")/lib/tmpfiles.d/keptword.conf"
for folder in keys audit-heads; do
	for from in "$RESTORE_TMP$HOME_OF"/*/$folder; do
		[ -d "$from" ] || continue
		plugin=$(basename "$(dirname "$from")")
		[ -d "$HOME_OF/$plugin/$folder" ] || continue
		find "$from" -maxdepth 1 -type f -exec install -m 600 -o "keptword_$plugin" -g "keptword_$plugin" -t "$HOME_OF/$plugin/$folder" {} +
	done
done

# ---- Database, services ----

restore_load
sh "$LIB/setup.sh" || failed "The data is loaded, but the services do not run: mend what the lines above say, then \"keptword setup\"."
restore_tell
