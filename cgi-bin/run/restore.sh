#!/bin/sh
# restore.sh FOLDER [KEYS.tar]: a backup of backup.sh becomes a run that serves (make restore
# FROM=… KEYS=…). KEYS: by default the archive of the same name in backup-keys beside FOLDER's parent.
#
# Everything is checked before anything is touched: manifest, sums, schema (an older one is brought
# up by its numbered steps, a newer or unknown one is refused), and that RUN holds nothing. Then
# start.sh makes a database with accounts of its own, loads the copy, applies the schema and starts.
set -eu
. "$(dirname "$0")/lib.sh"
. "$ROOT/cgi-bin/run/backup_lib.sh"
settings

[ $# -ge 1 ] && [ -n "$1" ] || die "Which backup? make restore FROM=/folder/of/20261125T083000Z [KEYS=/folder/20261125T083000Z.tar] RUN=$RUN"
FROM=$(realpath -m -- "$1")
KEYS=${2:-$(dirname "$(dirname "$FROM")")/backup-keys/$(basename "$FROM").tar}
manifest=$FROM/manifest.json

[ -r "$manifest" ] || die "$FROM has no manifest.json, so it is not a finished backup. Nothing was changed."
[ "$(manifest_value "$manifest" format)" = $BACKUP_FORMAT ] ||
	die "$manifest is of another format than $BACKUP_FORMAT: it was made by another version, which can restore it. Nothing was changed."
[ -r "$KEYS" ] || die "The keys of this backup are not at $KEYS; say where they are: KEYS=… Without them nothing that is encrypted could be read. Nothing was changed."

echo "Checking the backup of $(manifest_value "$manifest" point)..."
same() { # PART FILE
	[ -r "$2" ] && [ "$(sha256sum <"$2" | cut -d ' ' -f 1)" = "$(manifest_value "$manifest" "$1")" ] ||
		die "$2 is not what the manifest says: it was changed or is damaged. Nothing was changed; take another backup."
}
for part in database.sql.gz files.tar.gz schema.tsv; do same $part "$FROM/$part"; done
same keys.tar "$KEYS"

if anything_runs; then die "Something runs under $RUN: make stop RUN=$RUN, and restore into a RUN that is empty. Nothing was changed."; fi
for path in db keys secrets; do
	[ ! -d "$RUN/$path" ] || [ -z "$(ls -A "$RUN/$path")" ] ||
		die "$RUN/$path holds something already. A backup is restored into an empty RUN only: choose another one, or move this one away. Nothing was changed."
done
[ "$(manifest_value "$manifest" demo)" = "$DEMO" ] ||
	die "This backup is of $([ "$DEMO" = 1 ] && echo 'a real system: DEMO=0' || echo 'a demo: DEMO=1'). Nothing was changed."
KEPTWORD_SQL=$ROOT/sql KEPTWORD_DEMO=$DEMO "$BIN/portal" schema-fits "$FROM/schema.tsv" || exit 1
serving_user

export RESTORE_FROM="$FROM" RESTORE_KEYS="$KEYS"
exec sh "$ROOT/cgi-bin/run/start.sh"
