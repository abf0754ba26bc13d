# database.sh: MariaDB of one run: made on first use, started under the supervisor, accounts.
# Read by start.sh after lib.sh; the serving user is known and the folders stand.

# One account per plugin, one for the schema command, one that only owns views and procedures.
database_accounts() {
	for plugin in $PLUGINS; do echo "keptword_$plugin"; done
	echo keptword_migration
}

database_config() { # written by who started, read by the server
	sed -e "s|@RUN@|$RUN|g" -e "s|@DB_MEMORY@|${DB_MEMORY:-256M}|g" \
		-e "s|@CONNECTIONS@|$((10 * DB_POOL + 20))|g" \
		"$ROOT/cgi-bin/run/mariadb.cnf.in" "$ROOT/cgi-bin/run/mariadb-settings.cnf.in" \
		>"$RUN/app/mariadb.cnf"
}

# An interrupted first start leaves db.new, never a half-made db.
database_make() {
	[ ! -d "$RUN/db" ] || return 0
	echo "Making the database..."
	rm -rf "$RUN/db.new"
	mkdir -m 700 "$RUN/db.new"
	give "$RUN/db.new"
	# --force: a machine that cannot look up its own name is as good, nothing here does.
	as_server mariadb-install-db --no-defaults --force --datadir="$RUN/db.new" --skip-test-db \
		--auth-root-authentication-method=socket --auth-root-socket-user="$SERVER" \
		>"$RUN/log/mariadb-install.log" 2>&1 ||
		die "The database could not be made; $RUN/log/mariadb-install.log says why."
	mv "$RUN/db.new" "$RUN/db"
}

database_client() { # SQL on standard input, as the server's own administrator
	as_server mariadb --no-defaults --protocol=socket --socket="$RUN/sock/db.sock" \
		--user="$SERVER" --batch --skip-column-names "$@"
}

database_answers() {
	# A socket left by a killed server is there too: ask.
	echo "SELECT 1" | database_client
}

# Random passwords, one file each; made once. The accounts are made from them, also again when a
# start was interrupted between the two, or a plugin has come since: .made says for whom it was done.
database_accounts_make() {
	[ "$(cat "$RUN/secrets/.made" 2>/dev/null)" != "$(database_accounts)" ] || return 0
	for account in $(database_accounts); do
		file=$RUN/secrets/$account.password
		[ -s "$file" ] || (
			umask 077
			od -An -vtx1 -N24 /dev/urandom | tr -d ' \n' >"$file.new"
			give "$file.new"
			mv "$file.new" "$file"
		)
	done
	{
		for account in $(database_accounts); do
			password=$(cat "$RUN/secrets/$account.password")
			echo "CREATE USER IF NOT EXISTS '$account'@'localhost';"
			echo "ALTER USER '$account'@'localhost' IDENTIFIED BY '$password';"
		done
		echo "GRANT ALL PRIVILEGES ON *.* TO 'keptword_migration'@'localhost' WITH GRANT OPTION;"
		echo "CREATE USER IF NOT EXISTS 'keptword_definer'@'localhost' ACCOUNT LOCK;"
	} | database_client || die "The accounts of the database could not be made."
	database_accounts >"$RUN/secrets/.made"
}
