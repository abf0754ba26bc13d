# backup_places.sh: where an installed system has what backup.sh and restore.sh speak of (backup_lib.sh
# lists the variables). Read with `.` after ETC and the settings are known.
export BACKUP_LAYOUT=system
export BACKUP_DB_SOCKET="$KEPTWORD_DB_SOCKET" BACKUP_DB_USER=root
export BACKUP_SECRETS="$ETC /var/lib/keptword/*/keys"
export BACKUP_FILES="/var/lib/keptword/*/audit-heads"
export BACKUP_TO="${BACKUP_TO:-/var/backups/keptword}"
export BACKUP_KEYS_TO="${BACKUP_KEYS_TO:-/var/backups/keptword-keys}"
export BACKUP_KEEP="${BACKUP_KEEP:-14}" BACKUP_LAST="$KEPTWORD_BACKUP_LAST"
