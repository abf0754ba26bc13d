# lib.sh: what start.sh, stop.sh, status.sh and the tests share; read with `.`, plain POSIX sh.
#
# Settings come from the environment (make hands its own variables on): PORT, LISTEN, RUN, TLS,
# DEMO, PUBLIC_URL, STAFF_PORT, THREADS, DB_POOL (connections of each process), DB_MEMORY (MariaDB's buffer
# pool), CLIENT_CONNECTIONS (of one address at a time), GUESSES (posts to the sign-in page from one
# address, a second), API_RATE (requests with an API token from one address, a second), BIN. The layout under RUN:
#
#   app/     what is served, copied from the clone (which the serving user may not be able to
#            read): bin, templates, sql, nginx, run. Owned by who started, read by all.
#   sock/    unix sockets of the plugins and of MariaDB; 0750
#   db/      MariaDB's data            keys/     key files             secrets/  passwords
#   audit-heads/   signed heads of the audit chains, to be copied off the host
#   log/     one file per process      pid/      what runs: "<pid> <start time>" per process
#   tmp/     nginx's and MariaDB's temporary files
#   bin/     the commands of each plugin with the settings of this run: RUN/bin/payments help
#   env      every KEPTWORD_* of this run as sh assignments
#   demo-accounts.tsv   role, address, password of each demo account; 0600

ROOT=$(cd "$(dirname "$0")/../.." && pwd)

# Every folder of cgi-bin with a main.c, as in the Makefile.
PLUGINS=$(cd "$ROOT/cgi-bin" && for file in */main.c; do printf '%s ' "${file%/main.c}"; done)
PLUGINS=${PLUGINS% }

# Where nginx and mariadbd are; an ordinary user's PATH lacks it.
PATH=$PATH:/usr/sbin:/sbin

# ---- Speaking ----

die() {
	printf '%s\n' "$*" >&2
	exit 1
}

# ---- Settings ----

# Sets every setting, or stops with a sentence that names the variable.
settings() {
	PORT=${PORT:-8080}
	LISTEN=${LISTEN:-127.0.0.1}
	DEMO=${DEMO:-1}
	TLS=${TLS:-}
	THREADS=${THREADS:-32}
	BIN=${BIN:-bin}
	case $BIN in /*) ;; *) BIN=$ROOT/$BIN ;; esac
	run_folder

	case $PORT in '' | *[!0-9]*) die "PORT is \"$PORT\"; it has to be a number from 1024 to 65535." ;; esac
	if [ "$PORT" -lt 1024 ] || [ "$PORT" -gt 65535 ]; then
		die "PORT is $PORT; nothing here runs as root, so it has to be from 1024 to 65535."
	fi
	case $THREADS in '' | *[!0-9]* | 0) die "THREADS is \"$THREADS\"; it has to be a number above 0." ;; esac
	case ${METRICS_PORT:-1024} in *[!0-9]* | "$PORT") die "METRICS_PORT is \"$METRICS_PORT\"; it has to be a number from 1024 to 65535, and not PORT." ;; esac
	case $DEMO in 0 | 1) ;; *) die "DEMO is \"$DEMO\"; it has to be 1 (demo organisation) or 0 (empty system)." ;; esac
	case $LISTEN in
	localhost) LISTEN=127.0.0.1 loopback=1 ;;
	127.*[!0-9.]*) die "LISTEN is \"$LISTEN\"; give an address, not a name." ;;
	127.* | ::1) loopback=1 ;;
	*[!0-9a-fA-F.:]* | '') die "LISTEN is \"$LISTEN\"; give an address, not a name." ;;
	*) loopback=0 ;;
	esac
	if [ $loopback = 0 ] && [ "$DEMO" = 1 ]; then
		die "LISTEN is $LISTEN, but the demo is for this machine only: it listens on 127.0.0.1 (DEMO=0 makes an empty system)."
	fi
	if [ $loopback = 0 ] && [ -z "$TLS" ]; then
		die "LISTEN is $LISTEN, which others can reach: give TLS=certificate.pem:key.pem, or TLS=self for a certificate made here."
	fi
	case $LISTEN in
	0.0.0.0 | ::) [ -n "${PUBLIC_URL:-}" ] || die "LISTEN is $LISTEN, every address of this machine: say under which one people reach it, PUBLIC_URL=https://people.example.org." ;;
	esac
	case $TLS in
	'' | self) ;;
	*:*)
		[ -r "${TLS%%:*}" ] || die "TLS names the certificate ${TLS%%:*}, which cannot be read."
		[ -r "${TLS#*:}" ] || die "TLS names the key ${TLS#*:}, which cannot be read." ;;
	*) die "TLS is \"$TLS\"; give certificate.pem:key.pem, or self." ;;
	esac
	case $LISTEN in *:*) host="[$LISTEN]" ;; *) host=$LISTEN ;; esac
	[ -n "$TLS" ] && scheme=https || scheme=http
	ADDRESS=$scheme://$host:$PORT
	PUBLIC_URL=${PUBLIC_URL:-$ADDRESS}
	PUBLIC_URL=${PUBLIC_URL%/}
	case $PUBLIC_URL in
	*[!0-9a-zA-Z.:/_\[\]-]* | http://*/* | https://*/*) die "PUBLIC_URL is \"$PUBLIC_URL\"; it has to be like https://people.example.org." ;;
	http://?* | https://?*) ;;
	*) die "PUBLIC_URL is \"$PUBLIC_URL\"; it has to be like https://people.example.org." ;;
	esac
	STAFF_PORT=${STAFF_PORT:-}
	case $STAFF_PORT in *[!0-9]* | "$PORT") die "STAFF_PORT is \"$STAFF_PORT\"; it has to be a number from 1024 to 65535, and not PORT." ;; esac
	STAFF_URL=${PUBLIC_URL%:"$PORT"}:$STAFF_PORT
	# Host without port; nginx compares that.
	PUBLIC_HOST=${PUBLIC_URL#*://}
	case $PUBLIC_HOST in
	\[*) PUBLIC_HOST=${PUBLIC_HOST%]*}] ;;
	*) PUBLIC_HOST=${PUBLIC_HOST%%:*} ;;
	esac
}

run_folder() {
	if [ -z "${RUN:-}" ]; then
		[ "$(id -u)" = 0 ] && RUN=/var/lib/keptword/demo || RUN=$ROOT/run
	fi
	RUN=$(realpath -m -- "$RUN")
	case $RUN in
	/ | *[!0-9a-zA-Z/._+-]*) die "RUN is \"$RUN\"; letters, digits and / . _ + - only." ;;
	esac
	# A unix socket's path holds 107 bytes; the longest of ours is RUN/sock/<the longest name>.sock.
	room=80
	for plugin in $PLUGINS; do
		[ $((97 - ${#plugin})) -ge $room ] || room=$((97 - ${#plugin}))
	done
	[ ${#RUN} -le $room ] || die "RUN is $RUN, which is too long for the sockets below it ($room characters)."
}

# ---- The serving user ----

# Started by root, everything that listens runs as the system user keptword; otherwise as who started.
serving_user() {
	if [ "$(id -u)" != 0 ]; then
		SERVER=$(id -un)
		return
	fi
	SERVER=keptword
	if ! id keptword >/dev/null 2>&1; then
		useradd --system --user-group --home-dir /var/lib/keptword --no-create-home \
			--shell /usr/sbin/nologin keptword ||
			die "The system user keptword could not be made."
	fi
}

# Runs a command as the serving user, with no way back.
as_server() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid "$SERVER" --regid "$SERVER" --clear-groups --no-new-privs \
			--inh-caps=-all -- "$@"
	else
		"$@"
	fi
}

# Hands files of the run over to the serving user.
give() {
	[ "$(id -u)" != 0 ] || chown "$SERVER:$SERVER" "$@"
}

# ---- Processes: a file RUN/pid/NAME holds the pid and the start time of what was started, so a
# number that the system has given to somebody else is never taken for ours. ----

start_time() { # PID -> its start time in ticks since boot, nothing when it does not run
	[ -r "/proc/$1/stat" ] || return 0
	sed 's/^.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" { print $20 }'
}

pid_of() { # NAME -> pid while it runs, nothing otherwise
	[ -r "$RUN/pid/$1" ] || return 0
	read -r pid began <"$RUN/pid/$1" || return 0
	[ -n "$pid" ] && [ "$(start_time "$pid")" = "$began" ] && echo "$pid" || true
}

remember() { # NAME PID
	echo "$2 $(start_time "$2")" >"$RUN/pid/$1"
}

# Everything that can run, in the order in which it is stopped.
process_names() {
	echo nginx
	for plugin in $PLUGINS; do echo "$plugin.work"; done
	for plugin in $PLUGINS; do echo "$plugin"; done
	echo mariadbd
}

anything_runs() {
	for name in $(process_names); do
		[ -z "$(pid_of "$name")" ] || return 0
	done
	return 1
}

# Waits until a command succeeds: wait_for TENTHS command...
wait_for() {
	tries=$1
	shift
	while ! "$@" >/dev/null 2>&1; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || return 1
		sleep 0.1
	done
}
