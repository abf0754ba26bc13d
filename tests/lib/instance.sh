#!/bin/sh
# A whole running Keptword for tests, on its own port and RUN, beside whatever else runs.
#
#   instance.sh start   makes it anew and prints BASE_URL, ACCOUNTS and TEST_RUN as sh assignments
#   instance.sh stop    ends it
#
# TEST_PORT (a free one) and TEST_RUN (under build/, or under /var/lib/keptword when started by root,
# since what is served has to be readable by the serving user; one for each tree) say where. BIN
# names the executables. FRESH=1 makes everything as a first start does, instead of on a copy of what
# prepared.sh keeps.
set -eu
TOP=$(cd "$(dirname "$0")/../.." && pwd)
if [ -z "${TEST_RUN:-}" ]; then
	if [ "$(id -u)" = 0 ]; then
		TEST_RUN=/var/lib/keptword/test-$(echo "$TOP" | cksum | cut -d' ' -f1)
	else
		TEST_RUN=$TOP/build/test-run
	fi
fi
TEST_PORT=${TEST_PORT:-$(python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')}
export RUN="$TEST_RUN" PORT="$TEST_PORT" DEMO=1 LISTEN=127.0.0.1 TLS= PUBLIC_URL=

case ${1:-} in
start)
	sh "$TOP/cgi-bin/run/stop.sh" quiet
	# Only what an earlier start of ours has made is thrown away.
	if [ -e "$RUN/env" ] || [ -d "$RUN/pid" ]; then
		rm -rf "$RUN"
	fi
	[ "${FRESH:-}" = 1 ] || [ -e "$RUN" ] || sh "$TOP/tests/lib/prepared.sh" demo "$RUN"
	# The tests sign in often, and all from one address.
	GUESSES=1000 KEPTWORD_SCRYPT_LOG_N=14 sh "$TOP/cgi-bin/run/start.sh" >&2
	echo "BASE_URL=http://127.0.0.1:$TEST_PORT"
	echo "ACCOUNTS=$RUN/demo-accounts.tsv"
	echo "TEST_RUN=$RUN" ;;
stop) sh "$TOP/cgi-bin/run/stop.sh" quiet ;;
*)
	echo "usage: instance.sh start|stop" >&2
	exit 2 ;;
esac
