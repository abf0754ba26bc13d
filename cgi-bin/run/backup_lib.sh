# backup_lib.sh: what backup.sh, restore.sh and start.sh (when it starts from a backup) share: where
# things are, and how the database is spoken to. Read with `.`; plain POSIX sh.
#
# Everything comes from variables, so that the same scripts serve a run of `make start` and an
# installed system:
#
#   BACKUP_DB_SOCKET   MariaDB's socket
#   BACKUP_DB_USER     its administrator, let in by the system user of that name
#   BACKUP_SECRETS     folders and files for the second archive: keys, configuration; blanks between
#   BACKUP_FILES       folders for the first archive: what is neither secret nor in the database
#   BACKUP_TO          where backups are put                 BACKUP_KEYS_TO   where their keys are put
#   BACKUP_LAST        file that tells the last good backup
#   BACKUP_KEEP        days for which backups are kept; 0: for ever
#   BACKUP_LAYOUT      run or system: where the paths in both archives belong
#
# With RUN and without BACKUP_DB_SOCKET they are those of the run; an installed system's stand in
# system/backup_places.sh.

BACKUP_FORMAT=1

backup_places() { # of a run
	[ -z "${BACKUP_DB_SOCKET:-}" ] || return 0
	BACKUP_DB_SOCKET=$RUN/sock/db.sock
	BACKUP_DB_USER=$SERVER
	BACKUP_SECRETS="$RUN/keys $RUN/demo-accounts.tsv $RUN/env"
	BACKUP_FILES="$RUN/audit-heads"
	BACKUP_TO=${BACKUP_TO:-$RUN/backup}
	BACKUP_KEYS_TO=${BACKUP_KEYS_TO:-$RUN/backup-keys}
	BACKUP_LAST=${BACKUP_LAST:-$BACKUP_TO/last}
	BACKUP_LAYOUT=run
}

backup_as() { # COMMAND...: as the user whom MariaDB takes for its administrator
	if [ "$(id -u)" = 0 ] && [ "$BACKUP_DB_USER" != root ]; then
		setpriv --reuid "$BACKUP_DB_USER" --regid "$BACKUP_DB_USER" --clear-groups --no-new-privs \
			--inh-caps=-all -- "$@"
	else
		"$@"
	fi
}

backup_ask() { # SQL on standard input, rows on standard output
	backup_as mariadb --no-defaults --protocol=socket --socket="$BACKUP_DB_SOCKET" \
		--user="$BACKUP_DB_USER" --default-character-set=utf8mb4 --batch --skip-column-names "$@"
}

backup_databases() {
	echo "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'keptword\\_%' ORDER BY 1" | backup_ask
}

# A value of a manifest, which has one field a line: manifest_value FILE NAME
manifest_value() {
	sed -n "s/^  \"$2\": \"\{0,1\}\([^\"]*[^\",]\)\"\{0,1\},\{0,1\}\$/\1/p" "$1" | head -n 1
}

utc() { date -u +%Y-%m-%dT%H:%M:%SZ; }
