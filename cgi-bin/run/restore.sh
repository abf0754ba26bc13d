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
. "$ROOT/cgi-bin/run/restore_check.sh"
settings

[ $# -ge 1 ] && [ -n "$1" ] || die "Which backup? make restore FROM=/folder/of/20261125T083000Z [KEYS=/folder/20261125T083000Z.tar] RUN=$RUN"
FROM=$(realpath -m -- "$1")
KEYS=$(restore_keys_of "$FROM" "${2:-}")
restore_check "$FROM" "$KEYS" run "$DEMO"

if anything_runs; then die "Something runs under $RUN: make stop RUN=$RUN, and restore into a RUN that is empty. Nothing was changed."; fi
for path in db keys secrets; do
	[ ! -d "$RUN/$path" ] || [ -z "$(ls -A "$RUN/$path")" ] ||
		die "$RUN/$path holds something already. A backup is restored into an empty RUN only: choose another one, or move this one away. Nothing was changed."
done
KEPTWORD_SQL=$ROOT/sql KEPTWORD_DEMO=$DEMO "$BIN/portal" schema-fits "$FROM/schema.tsv" || exit 1
serving_user

export RESTORE_FROM="$FROM" RESTORE_KEYS="$KEYS"
exec sh "$ROOT/cgi-bin/run/start.sh"
