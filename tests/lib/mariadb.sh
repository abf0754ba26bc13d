#!/bin/sh
# A private MariaDB for tests: no network, a socket in its own folder, gone by its pid.
#
#   mariadb.sh start DIR     makes DIR/data if needed, starts, prints the socket when it answers
#   mariadb.sh stop DIR      ends it cleanly
#   mariadb.sh kill DIR      ends it as a crash would; start goes on with the same data
#   mariadb.sh with CMD...   runs CMD with TEST_DB_SOCKET set to one made for it, then removes it
#
# The account root has no password. Started by root, the server runs as the user nobody.
# TEST_DB_OPTIONS: further options of mariadbd. DIR must be an absolute path and short: a
# socket's path has room for 107 bytes.
set -eu

fail() {
	echo "mariadb.sh: $*" >&2
	exit 1
}

as_user=
[ "$(id -u)" -ne 0 ] || as_user=nobody
daemon=$(command -v mariadbd || echo /usr/sbin/mariadbd)

alive() {
	[ -s "$1/pid" ] && kill -0 "$(cat "$1/pid")" 2>/dev/null
}

start() {
	dir=$1
	# A starting server removes every temporary table in its temporary folder, also those of
	# another server that runs: each has its own.
	mkdir -p "$dir/tmp"
	[ -z "$as_user" ] || chown "$as_user" "$dir" "$dir/tmp"
	if [ ! -d "$dir/data/mysql" ]; then
		sh "$(dirname "$0")/prepared.sh" mariadb "$dir" || fail "cannot make a database"
	fi
	alive "$dir" && fail "already running in $dir"
	rm -f "$dir/db.sock" "$dir/pid"
	# shellcheck disable=SC2086
	"$daemon" --no-defaults --datadir="$dir/data" --tmpdir="$dir/tmp" --socket="$dir/db.sock" \
		--pid-file="$dir/pid" --skip-networking ${as_user:+--user=$as_user} \
		--innodb-buffer-pool-size=64M --innodb-log-file-size=16M --key-buffer-size=1M \
		--performance-schema=OFF --max-connections=200 --character-set-server=utf8mb4 \
		--local-infile=OFF ${TEST_DB_OPTIONS:-} </dev/null >>"$dir/log" 2>&1 &
	started=$!
	tries=0
	until [ -s "$dir/pid" ] && mariadb --no-defaults --user=root \
		--socket="$dir/db.sock" --execute="SELECT 1" >/dev/null 2>&1; do
		kill -0 "$started" 2>/dev/null || fail "ended at once; see $dir/log"
		tries=$((tries + 1))
		[ "$tries" -lt 300 ] || fail "does not answer; see $dir/log"
		sleep 0.1
	done
	echo "$dir/db.sock"
}

# Signals it and waits until it is gone.
end() {
	dir=$1
	alive "$dir" || return 0
	pid=$(cat "$dir/pid")
	kill "-$2" "$pid"
	tries=0
	while kill -0 "$pid" 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 300 ] || fail "pid $pid does not end"
		sleep 0.1
	done
	rm -f "$dir/pid"
}

with() {
	home=$(mktemp -d "${TMPDIR:-/tmp}/kwdb.XXXXXX")
	trap 'end "$home" KILL; rm -rf "$home"' EXIT
	trap 'exit 1' INT TERM
	TEST_DB_SOCKET=$(start "$home")
	export TEST_DB_SOCKET
	code=0
	"$@" || code=$?
	exit "$code"
}

[ $# -ge 2 ] || fail "start DIR | stop DIR | kill DIR | with CMD..."
verb=$1
shift
case $verb in
start) start "$1" ;;
stop) end "$1" TERM ;;
kill) end "$1" KILL ;;
with) with "$@" ;;
*) fail "unknown word $verb" ;;
esac
