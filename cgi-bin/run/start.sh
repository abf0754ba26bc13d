#!/bin/sh
# start.sh [front]: starts everything of one run: MariaDB, schema and demo data on first use, the
# plugins, their workers, nginx; prints the address and what to try. With "front" it stays until
# Ctrl-C and stops all that it started. What is built is used as it is; make builds before.
set -eu
. "$(dirname "$0")/lib.sh"
. "$ROOT/cgi-bin/run/database.sh"
. "$ROOT/cgi-bin/run/nginx.sh"
settings
front= word=start
[ "${1:-}" != front ] || front=1 word=run

DB_POOL=${DB_POOL:-16}
cores=$(nproc)
[ "$cores" -le 4 ] || cores=4
BUILT=
for plugin in $PLUGINS; do
	[ ! -x "$BIN/$plugin" ] || BUILT="$BUILT $plugin"
done

# ---- Folders and what is served ----

folders() {
	umask 022
	mkdir -p "$RUN"
	mkdir -p "$RUN/app/bin" "$RUN/app/run" "$RUN/app/nginx" "$RUN/bin"
	for folder in sock keys audit-heads secrets log pid tmp tmp/db; do
		mkdir -p "$RUN/$folder"
		chmod 750 "$RUN/$folder"
	done
	chmod 700 "$RUN/keys" "$RUN/secrets"
	[ -e "$RUN/demo-accounts.tsv" ] || : >"$RUN/demo-accounts.tsv"
	chmod 600 "$RUN/demo-accounts.tsv"
	for path in sock keys audit-heads secrets log pid tmp tmp/db demo-accounts.tsv; do
		give "$RUN/$path"
	done
	as_server test -x "$RUN/sock" -a -r "$RUN/app" ||
		die "The user $SERVER cannot reach $RUN; choose a RUN below a folder that everybody may enter."
}

copy_file() { # FROM TO: replaced in one step, so what runs from TO goes on with the old one
	cmp -s "$1" "$2" || {
		cp "$1" "$2.new"
		mv "$2.new" "$2"
	}
}

copy_tree() { # FROM TO, whole; only when something differs
	diff -rq "$1" "$2" >/dev/null 2>&1 || {
		rm -rf "$2.new" "$2.old"
		cp -R "$1" "$2.new"
		[ ! -d "$2" ] || mv "$2" "$2.old"
		mv "$2.new" "$2"
		rm -rf "$2.old"
		chmod -R a+rX,go-w "$2"
	}
}

copy_app() {
	# Of a plugin that is no longer here nothing stays: its socket would be asked by /healthz.
	rm -f "$RUN"/sock/*.sock "$RUN"/bin/* "$RUN"/app/bin/*.new
	for program in "$RUN"/app/bin/*; do
		[ -x "$BIN/$(basename "$program")" ] || rm -f "$program"
	done
	for plugin in $BUILT; do
		copy_file "$BIN/$plugin" "$RUN/app/bin/$plugin"
		chmod 755 "$RUN/app/bin/$plugin"
		ln -sf ../app/run/plugin.sh "$RUN/bin/$plugin"
	done
	for script in plugin.sh child.sh; do
		copy_file "$ROOT/cgi-bin/run/$script" "$RUN/app/run/$script"
		chmod 755 "$RUN/app/run/$script"
	done
	copy_file "$ROOT/common/doc/fonts.conf" "$RUN/app/fonts.conf"
	copy_tree "${SITE:-$ROOT/build/site}" "$RUN/app/templates"
	copy_tree "$ROOT/sql" "$RUN/app/sql"
}

# ---- Settings of the run ----

quote() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }

# What the caller has in KEPTWORD_* counts, except for what the layout fixes.
write_env() {
	{
		echo "# The settings of this run, made by start.sh. RUN/bin/<plugin> reads them."
		env | LC_ALL=C sort | grep '^KEPTWORD_[A-Z_]*=' | while IFS='=' read -r key value; do
			echo "$key=$(quote "$value")"
		done
		if [ "$DEMO" = 1 ]; then
			[ -n "${KEPTWORD_ORGANISATION:-}" ] || echo "KEPTWORD_ORGANISATION='Lanternfield'"
			[ -n "${KEPTWORD_LEGAL_ENTITY:-}" ] || echo "KEPTWORD_LEGAL_ENTITY='Lanternfield Human Data Ltd'"
			[ -n "${KEPTWORD_LEGAL_ADDRESS:-}" ] || echo "KEPTWORD_LEGAL_ADDRESS='14 Ropewalk Lane, Bristol BS1 0XX, United Kingdom'"
			[ -n "${KEPTWORD_SECOND_FACTOR:-}" ] || echo "KEPTWORD_SECOND_FACTOR=optional"
			[ -n "${KEPTWORD_CONTACT:-}" ] || echo "KEPTWORD_CONTACT='access@lanternfield.example'"
		fi
		echo "KEPTWORD_RUN=$RUN"
		echo "KEPTWORD_TEMPLATES=$RUN/app/templates"
		echo "KEPTWORD_SQL=$RUN/app/sql"
		[ -n "${KEPTWORD_FONTS:-}" ] || echo "KEPTWORD_FONTS=$RUN/app/fonts.conf"
		echo "KEPTWORD_PUBLIC_URL=$(quote "$PUBLIC_URL")"
		[ -z "$STAFF_PORT" ] || echo "KEPTWORD_STAFF_URL=$(quote "$STAFF_URL")"
		echo "KEPTWORD_DEMO=$DEMO"
		echo "KEPTWORD_DB_SOCKET=$RUN/sock/db.sock"
		echo "KEPTWORD_DB_POOL=$DB_POOL"
		echo "KEPTWORD_THREADS=$THREADS"
		echo "KEPTWORD_KEYS=$RUN/keys"
		echo "KEPTWORD_AUDIT_HEADS=$RUN/audit-heads"
		echo "KEPTWORD_BACKUP_LAST=$RUN/backup/last"
	} >"$RUN/env.new"
	sed -n 's/^\(KEPTWORD_[A-Z_]*\)=.*/export \1/p' "$RUN/env.new" | LC_ALL=C sort -u >"$RUN/env.names"
	{ echo "ADDRESS=$ADDRESS"; cat "$RUN/env.new" "$RUN/env.names"; } >"$RUN/env"
	rm -f "$RUN/env.new" "$RUN/env.names"
}

# ---- nginx ----

# Names that are ours, each once.
names() { printf '%s\n' "$host" 127.0.0.1 localhost "$PUBLIC_HOST" | LC_ALL=C sort -u | tr '\n' ' '; }

nginx_config() {
	CONF=$RUN/app/nginx TEMPLATES=$RUN/app/templates LOG=$RUN/log/nginx-access.log SOCK=$RUN/sock
	CONNECTIONS=${CLIENT_CONNECTIONS:-400} GUESSES=${GUESSES:-10} API_RATE=${API_RATE:-20}
	# At most half of a plugin's threads are held by idle connections of all nginx workers.
	KEEP=$((THREADS / cores / 2))
	[ "$KEEP" -ge 1 ] || KEEP=1
	listen_tls=
	: >"$CONF/tls.conf"
	if [ -n "$TLS" ]; then
		listen_tls=" $(nginx_ssl)"
		tls_files
		nginx_tls "$RUN/keys/tls.crt" "$RUN/keys/tls.key" >"$CONF/tls.conf"
	fi
	for piece in $NGINX_PIECES; do
		nginx_fill "$ROOT/nginx/$piece" >"$CONF/${piece%.in}"
	done
	nginx_fill "$ROOT/nginx/nginx.conf.in" | sed -e "s|@RUN@|$RUN|g" -e "s|@WORKERS@|$cores|g" \
		>"$CONF/nginx.conf"
	copy_tree "$ROOT/nginx/locations" "$CONF/locations"
	nginx_languages "$TEMPLATES" >"$CONF/languages.conf"
	# shellcheck disable=SC2086 # words
	nginx_upstreams $PLUGINS >"$CONF/upstreams.conf"
	nginx_faces >"$CONF/faces.conf"
	# shellcheck disable=SC2086 # words
	nginx_metrics $BUILT >"$CONF/metrics.conf"
}

# With STAFF_PORT the same names have a second face there, for staff.
nginx_faces() {
	first=$host:$PORT$listen_tls
	nginx_nobody "$CONF/tls.conf" "$first"
	if [ -z "$STAFF_PORT" ]; then
		nginx_face one "$(names)" "$CONF/tls.conf" "$first"
		return
	fi
	second=$host:$STAFF_PORT$listen_tls NETWORKS=$ROOT/nginx/staff-networks.conf
	cp "$NETWORKS" "$CONF/staff-networks.conf"
	NETWORKS=$CONF/staff-networks.conf
	nginx_face public "$(names)" "$CONF/tls.conf" "$first"
	nginx_nobody "$CONF/tls.conf" "$second"
	nginx_face staff "$(names)" "$CONF/tls.conf" "$second"
}

tls_files() {
	if [ "$TLS" != self ]; then
		(umask 077 && cat "${TLS#*:}" >"$RUN/keys/tls.key" && cat "${TLS%%:*}" >"$RUN/keys/tls.crt")
	elif [ ! -s "$RUN/keys/tls.crt" ]; then
		case $PUBLIC_HOST in *[!0-9.]*) name=DNS:$PUBLIC_HOST ;; *) name=IP:$PUBLIC_HOST ;; esac
		(umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
			-days 365 -subj "/CN=Keptword" -addext "subjectAltName=$name,DNS:localhost,IP:127.0.0.1" \
			-keyout "$RUN/keys/tls.key" -out "$RUN/keys/tls.crt" 2>"$RUN/log/tls.log") ||
			die "A certificate could not be made; $RUN/log/tls.log says why."
	fi
	give "$RUN/keys/tls.key" "$RUN/keys/tls.crt"
}

# ---- Processes ----

# supervise NAME SIGNAL SOCKET COMMAND...: starts multiwatch in a session of its own, as the serving
# user, with nothing of the caller's environment; what it watches comes back when it dies. SIGNAL
# ends it gracefully (multiwatch 1.0 sends QUIT for TERM: nginx and MariaDB end cleanly on both, the
# plugins listen to USR1). SOCKET, if not empty, is made by spawn-fcgi and stays open across restarts.
supervise() {
	name=$1 signal=$2 socket=$3
	shift 3
	rm -f "$RUN/pid/$name.starts" "$RUN/pid/$name.child"
	set -- "$(command -v multiwatch)" -f 1 -r 1000000 -t 10000 -s "$signal" -- \
		"$RUN/app/run/child.sh" "$name" "$@"
	[ -z "$socket" ] || set -- spawn-fcgi -n -s "$socket" -M 0660 -b $((4 * THREADS)) -- "$@"
	drop=
	[ "$(id -u)" != 0 ] || drop="setpriv --reuid $SERVER --regid $SERVER --clear-groups \
		--no-new-privs --inh-caps=-all --bounding-set=-all --"
	# shellcheck disable=SC2086 # drop is words
	env -i PATH="$PATH" LANG=C.UTF-8 HOME="$RUN/tmp" RUN="$RUN" \
		setsid $drop "$@" >>"$RUN/log/$name.log" 2>&1 </dev/null &
	remember "$name" $!
}

start_database() {
	database_config
	database_make
	supervise mariadbd TERM "" "$(command -v mariadbd)" --defaults-file="$RUN/app/mariadb.cnf"
	wait_for 600 database_answers ||
		failed "The database does not answer." mariadbd
	database_accounts_make
}

start_plugins() {
	for plugin in $BUILT; do
		rm -f "$RUN/sock/$plugin.sock"
		supervise "$plugin" USR1 "$RUN/sock/$plugin.sock" "$RUN/app/run/plugin.sh" "$plugin"
	done
	for plugin in $BUILT; do
		supervise "$plugin.work" USR1 "" "$RUN/app/run/plugin.sh" "$plugin" work
	done
}

start_nginx() {
	as_server nginx -t -q -e "$RUN/log/nginx-error.log" -p "$RUN/tmp" \
		-c "$RUN/app/nginx/nginx.conf" 2>"$RUN/log/nginx-check.log" ||
		failed "nginx does not accept its configuration." nginx-check
	supervise nginx TERM "" setsid "$(command -v nginx)" -e "$RUN/log/nginx-error.log" \
		-p "$RUN/tmp" -c "$RUN/app/nginx/nginx.conf"
}

# Is somebody listening on the port already? From the kernel's table, so no tool is needed.
port_taken() {
	cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
		awk -v port=":$(printf '%04X' "$PORT")" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 }
			END { exit !found }'
}

ready() {
	[ "$(curl -skm 5 -o /dev/null -w '%{http_code}' "$ADDRESS/healthz")" = 200 ]
}

# Stops what was started and says why: SENTENCE LOG
failed() {
	echo "$1 The last lines of $RUN/log/$2.log:" >&2
	tail -n 12 "$RUN/log/$2.log" >&2
	sh "$ROOT/cgi-bin/run/stop.sh" quiet
	exit 1
}

# The first plugin (or nginx) whose log tells of a trouble, for the message of a failed start.
troubled() {
	for name in $BUILT nginx-error; do
		if grep -qE '"(fatal|panic|error)"|\[(emerg|alert|crit)\]|starts_too_often' "$RUN/log/$name.log" 2>/dev/null; then
			echo "$name"
			return
		fi
	done
	echo portal
}

# ---- A restore ----

# Only names below the archive's folder "keys", and the list of a demo's accounts: a RUN's place and
# passwords are this host's own.
restore_keys() {
	mkdir "$RUN/tmp/restore"
	tar -C "$RUN/tmp/restore" -xf "$RESTORE_KEYS" --no-same-owner --no-same-permissions
	find "$RUN/tmp/restore" -type f -name '*.key' -path '*/keys/*' -exec cp {} "$RUN/keys/" \;
	find "$RUN/tmp/restore" -type f -name demo-accounts.tsv -exec cp {} "$RUN/demo-accounts.tsv" \;
	tar -C "$RUN/tmp/restore" -xzf "$RESTORE_FROM/files.tar.gz" --no-same-owner --no-same-permissions
	heads=$(find "$RUN/tmp/restore" -type d -name audit-heads | head -n 1)
	[ -z "$heads" ] || cp -R "$heads" "$RUN/"
	rm -rf "$RUN/tmp/restore"
	chmod 600 "$RUN/demo-accounts.tsv"
	find "$RUN/keys" -type f -exec chmod 600 {} +
	[ "$(id -u)" != 0 ] || chown -R "$SERVER:$SERVER" "$RUN/keys" "$RUN/demo-accounts.tsv"
	[ ! -d "$RUN/audit-heads" ] || give -R "$RUN/audit-heads"
}

# ---- What a person is told ----

tell() {
	echo
	echo "Keptword is ready: $PUBLIC_URL"
	if [ "$DEMO" = 1 ] && [ -s "$RUN/demo-accounts.tsv" ]; then
		echo
		echo "Sign in as (addresses and passwords stand in $RUN/demo-accounts.tsv):"
		while IFS="$(printf '\t')" read -r role email password _; do
			hint=$(awk -F '\t' -v role="$role" '$1 == role { print $2; exit }' "$ROOT/cgi-bin/run/tour.tsv")
			# One line per role: the first account of each.
			case " ${told:-} " in *" $role "*) continue ;; esac
			told="${told:-} $role"
			printf '  %-16s %-32s %-20s %s\n' "$role" "$email" "$password" "$hint"
		done <"$RUN/demo-accounts.tsv"
	fi
	echo
	echo "Commands of a plugin: $RUN/bin/payments help (and so on). Logs: $RUN/log."
}

# ---- The way of a start ----

serving_user
if anything_runs; then
	if [ -z "$front" ] && ready; then
		echo "Keptword is running already: $ADDRESS (make status tells more, make stop ends it)."
		exit 0
	fi
	die "Something of this run ($RUN) is still there: make stop RUN=$RUN ends it."
fi
! port_taken || die "Port $PORT is in use by something else; choose another: make $word PORT=8090"
[ -n "$BUILT" ] || die "Nothing is built yet: make all."

folders
copy_app
write_env
nginx_config

if [ -n "$front" ]; then
	trap 'sh "$ROOT/cgi-bin/run/stop.sh"; exit 130' INT
	trap 'sh "$ROOT/cgi-bin/run/stop.sh"; exit 143' TERM HUP
fi

if [ -n "${RESTORE_FROM:-}" ]; then
	. "$ROOT/cgi-bin/run/backup_lib.sh"
	. "$ROOT/cgi-bin/run/restore_load.sh"
	backup_places
	RESTORE_TMP=$RUN/tmp
	restore_keys
fi
start_database
[ -z "${RESTORE_FROM:-}" ] || restore_load
if [ -x "$RUN/app/bin/portal" ]; then
	as_server "$RUN/bin/portal" schema || {
		sh "$ROOT/cgi-bin/run/stop.sh" quiet
		die "The schema was not applied; nothing was started."
	}
	as_server "$RUN/bin/portal" demo || {
		sh "$ROOT/cgi-bin/run/stop.sh" quiet
		die "The first data could not be loaded; nothing was started."
	}
fi
start_plugins
start_nginx
wait_for 200 ready || failed "The pages do not answer." "$(troubled)"
tell
[ -z "${RESTORE_FROM:-}" ] || restore_tell

if [ -n "$front" ]; then
	echo "Ctrl-C stops everything."
	while anything_runs; do
		sleep 2 &
		wait $! || true
	done
	echo "Everything has been stopped from elsewhere."
fi
