# restore_load.sh: the middle of a restore. Read with `.` after backup_lib.sh by start.sh (a run) and
# system/restore.sh (an installed system), when RESTORE_FROM is a backup that was checked, RESTORE_TMP
# a folder of the administrator's own, and `failed SENTENCE LOG` ends with a sentence. restore_load is for when the new,
# empty database answers, restore_tell for when everything serves.

restore_began=$(date +%s)

# Sessions and links of then end: one that was ended or used after the backup would live again.
restore_load() {
	echo "Loading the database..."
	# A file tells of a failure before the pipe's end.
	rm -f "$RESTORE_TMP/restore.failed"
	{
		echo "SET SESSION foreign_key_checks = 0, unique_checks = 0, sql_log_bin = 0;"
		gzip -dc "$RESTORE_FROM/database.sql.gz" || : >"$RESTORE_TMP/restore.failed"
	} | backup_ask >/dev/null || failed "The copy of the database could not be loaded." mariadbd
	[ ! -e "$RESTORE_TMP/restore.failed" ] || failed "The copy of the database is damaged." mariadbd
	{
		# Views are not in the copy, and rights are this host's: the schema command makes both.
		echo "DELETE FROM keptword_core.schema_file WHERE path LIKE '%/views.sql for %' OR path LIKE '%/grants.sql for %';"
		echo "UPDATE keptword_core.session SET revoked_at = UTC_TIMESTAMP(6) WHERE revoked_at IS NULL;"
		echo "UPDATE keptword_core.one_time_link SET used_at = UTC_TIMESTAMP(6) WHERE used_at IS NULL;"
	} | backup_ask || failed "Sessions and links of then could not be ended." mariadbd
	restore_orphans
}

# Loaded without checks: now every foreign key is looked at, so that what is restored is whole.
restore_orphans() {
	checks=$(echo "SELECT CONCAT('SELECT ''', table_schema, '.', constraint_name, ''' FROM ', table_schema, '.', table_name,
		' c LEFT JOIN ', referenced_table_schema, '.', referenced_table_name, ' p ON ',
		GROUP_CONCAT('p.', referenced_column_name, ' = c.', column_name SEPARATOR ' AND '), ' WHERE ',
		GROUP_CONCAT('c.', column_name, ' IS NOT NULL' SEPARATOR ' AND '), ' AND p.', MIN(referenced_column_name), ' IS NULL LIMIT 1;')
		FROM information_schema.key_column_usage
		WHERE table_schema LIKE 'keptword\\_%' AND referenced_table_name IS NOT NULL
		GROUP BY table_schema, table_name, constraint_name, referenced_table_schema, referenced_table_name" | backup_ask) ||
		failed "The foreign keys could not be listed." mariadbd
	orphans=$(echo "$checks" | backup_ask) || failed "The foreign keys could not be checked." mariadbd
	[ -z "$orphans" ] || failed "The copy is not whole: rows without what they belong to ($orphans)." mariadbd
}

restore_tell() {
	runs=0 answers=0
	for run in $(echo "SELECT LOWER(HEX(r.public_id)), (SELECT COUNT(*) FROM keptword_feedback.sealed_response s WHERE s.run_id = r.id)
		FROM keptword_feedback.survey_run r WHERE r.state = 'open'" | backup_ask | tr '\t' ':'); do
		[ "${run#*:}" != 0 ] || continue
		runs=$((runs + 1)) answers=$((answers + ${run#*:}))
	done
	waiting=$(for database in $(backup_databases); do
		echo "SELECT COUNT(*) FROM $database.outbox WHERE expires_at > UTC_TIMESTAMP(6);" | backup_ask
	done | awk '{ n += $1 } END { print n + 0 }')
	echo
	echo "Restored from $RESTORE_FROM in $(($(date +%s) - restore_began)) s. It stands as it was at $(manifest_value "$RESTORE_FROM/manifest.json" point)."
	echo "  What was entered after that is not in it."
	echo "  Everybody signs in again; links that were sent by mail then no longer work and are to be asked for anew."
	echo "  API tokens that were ended after the backup live again: end them again."
	echo "  Notices of that time: $waiting in the outboxes; those sent after the backup are sent once more."
	if [ "$runs" = 0 ]; then
		echo "  No anonymous survey with answers was open, so no answer is lost."
	else
		echo "  Lost by design: $answers answers of $runs open anonymous survey(s). Their keys are in no backup; ask these people again."
	fi
}
