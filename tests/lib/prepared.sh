#!/bin/sh
# What every new instance of the tests would make anew in the same way is made once and copied:
#
#   prepared.sh demo RUN       puts database, passwords, keys and accounts of a demo that was started
#                              once and stopped under RUN, which must not exist; start.sh goes on there
#   prepared.sh mariadb DIR    puts an empty MariaDB's DIR/data (mariadb.sh)
#
# It stands in build/prepared under a sum of all that it is made from (programs, sql, templates, scripts,
# user, and the hour, since the demo tells of today) and is made by who first needs it; each caller
# gets a copy of its own. Hours that have passed are removed.
set -eu
TOP=$(cd "$(dirname "$0")/../.." && pwd)
HOME_OF_ALL=$TOP/build/prepared
what=${1:-} to=${2:-}
[ -n "$to" ] || { echo "usage: prepared.sh demo RUN | mariadb DIR" >&2; exit 2; }

# A line for each file that counts: name, size, time.
stamps() { find -L "$@" -type f -printf '%p %s %T@\n' 2>/dev/null | LC_ALL=C sort; }

key() {
	{
		id -un
		command -v mariadbd || echo /usr/sbin/mariadbd
		stamps "$0"
		case $what in
		demo)
			date -u +%Y%m%d%H
			cd "$TOP"
			stamps "${BIN:-bin}" sql build/site cgi-bin/run ;;
		mariadb) stamps "$(command -v mariadb-install-db)" ;;
		esac
	} | sha256sum | cut -c1-16
}

# As start.sh makes it at a first start. Sign-ins of tests are many: the cheaper hashes.
make_demo() {
	home=$(mktemp -d /tmp/kwp.XXXXXX)
	chmod 755 "$home"
	# shellcheck disable=SC2064 # this home
	trap "RUN=$home/r sh '$TOP/cgi-bin/run/stop.sh' quiet || true; rm -rf '$home'" EXIT
	trap 'exit 1' INT TERM HUP
	port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
	env RUN="$home/r" PORT="$port" LISTEN=127.0.0.1 DEMO=1 TLS= PUBLIC_URL= STAFF_PORT= METRICS_PORT= \
		KEPTWORD_SCRYPT_LOG_N=14 sh "$TOP/cgi-bin/run/start.sh" >"$home/said" 2>&1 || {
		cat "$home/said" >&2
		exit 1
	}
	RUN=$home/r sh "$TOP/cgi-bin/run/stop.sh" quiet
	mkdir -p "$1"
	(cd "$home/r" && copy db secrets keys audit-heads demo-accounts.tsv "$1")
}

# Files with holes: most of a new log is empty.
copy() { cp -a --reflink=auto --sparse=always "$@"; }

make_mariadb() {
	home=$(mktemp -d /tmp/kwp.XXXXXX)
	# shellcheck disable=SC2064 # this home
	trap "rm -rf '$home'" EXIT
	as_user=
	[ "$(id -u)" -ne 0 ] || as_user=nobody
	[ -z "$as_user" ] || chown "$as_user" "$home"
	TMPDIR=$home mariadb-install-db --no-defaults --force --datadir="$home/data" --skip-test-db \
		--auth-root-authentication-method=normal ${as_user:+--user=$as_user} \
		--innodb-log-file-size=16M >"$home/said" 2>&1 || {
		cat "$home/said" >&2
		exit 1
	}
	mkdir -p "$1"
	copy "$home/data" "$1/"
}

mkdir -p "$HOME_OF_ALL"
ready=$HOME_OF_ALL/$what-$(key)
if [ ! -d "$ready" ]; then
	# One makes it, others wait; what it starts must not keep the lock.
	exec 9>"$HOME_OF_ALL/lock"
	flock 9
	if [ ! -d "$ready" ]; then
		find "$HOME_OF_ALL" -mindepth 1 -maxdepth 1 -name "$what-*" -mmin +90 -exec rm -rf {} +
		rm -rf "$ready.new"
		(exec 9>&-; "make_$what" "$ready.new") >&2
		mv "$ready.new" "$ready"
	fi
	exec 9>&-
fi
case $what in
demo)
	(umask 022 && mkdir -p "$(dirname "$to")" && mkdir "$to")
	copy "$ready/." "$to/" ;;
mariadb) copy "$ready/data" "$to/" ;;
esac
