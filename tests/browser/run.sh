#!/bin/sh
# Runs the browser tests on an instance of their own: tests/browser/run.sh [FILE.test.mjs ...].
# The last line is `N passed, N failed, N skipped`; the exit code is 0 when none failed.
#
# Nothing runs as root: the tests, and with them Chromium under its own sandbox, run as the serving
# user, on a copy that it can read. With BASE_URL, ACCOUNTS and TEST_RUN an instance that stands
# already is used and left running; openid.test.mjs has another one of its own, which knows the
# provider that it starts on OPENID_PORT. TRANSLATIONS is the folder in which tests find the translators' files
# (copied, too). SHOTS (default tests/browser/shots) gets the screenshots and what
# the crawl has seen; PICTURES=0 takes no screenshots. FULL, CRAWL_LANGS and CRAWL_ROLES reach the crawl (crawl.test.mjs).
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
TOP=$(cd "$HERE/../.." && pwd)
SHOTS=${SHOTS:-$HERE/shots}

WORK=$(mktemp -d /tmp/kw-browser.XXXXXX)
chmod 755 "$WORK"
ours=
openid=
finish() {
	[ -z "$openid" ] || RUN=$WORK/openid sh "$TOP/cgi-bin/run/stop.sh" quiet || true
	[ -z "$ours" ] || RUN=$TEST_RUN sh "$TOP/cgi-bin/run/stop.sh" quiet || true
	[ -n "${KEEP:-}" ] || rm -rf "$WORK"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# start RUN PORT VARIABLE=VALUE...: an instance for tests. Many people sign in from one address;
# each sign-in at full cost would be half of the time.
start() {
	run=$1 port=$2
	shift 2
	sh "$TOP/tests/lib/prepared.sh" demo "$run" || exit 1
	env RUN="$run" PORT="$port" LISTEN=127.0.0.1 DEMO=1 TLS= PUBLIC_URL= GUESSES=1000 \
		KEPTWORD_SCRYPT_LOG_N=14 "$@" sh "$TOP/cgi-bin/run/start.sh" >"$WORK/start.log" 2>&1 || {
		cat "$WORK/start.log"
		echo "0 passed, 1 failed, 0 skipped"
		exit 1
	}
}

# An instance that signs people in by the provider which openid.test.mjs starts.
start_openid() {
	openid=yes
	OPENID_PORT=$(free_port)
	openid_site=$(free_port)
	printf 'a secret of tests only\n' >"$WORK/openid.secret"
	printf '# claim, value, role\ngroups\tkeepers\tbenchmark_keeper\ngroups\tmoney\tfinance\n' >"$WORK/openid.roles"
	printf 'groups\tcarers\tcare_officer\n' >>"$WORK/openid.roles"
	start "$WORK/openid" "$openid_site" "KEPTWORD_OIDC_ISSUER=http://127.0.0.1:$OPENID_PORT" \
		KEPTWORD_OIDC_NAME="Lanternfield ID" KEPTWORD_OIDC_SCOPES="openid email groups" \
		KEPTWORD_OIDC_CLIENT_SECRET="$WORK/openid.secret" KEPTWORD_OIDC_ROLES="$WORK/openid.roles"
}

if [ -z "${BASE_URL:-}" ]; then
	PORT=$(free_port)
	TEST_RUN=$WORK/run BASE_URL=http://127.0.0.1:$PORT ACCOUNTS=$WORK/run/demo-accounts.tsv
	export TEST_RUN BASE_URL ACCOUNTS
	ours=yes
	start "$TEST_RUN" "$PORT"
fi

# The languages that the instance has, for the crawl.
CRAWL_LANGS=${CRAWL_LANGS:-en $(ls "$TEST_RUN/app/templates/languages" 2>/dev/null | tr '\n' ' ')}
export CRAWL_LANGS
mkdir -p "$WORK/tests" "$WORK/home" "$WORK/shots" "$WORK/languages"
cp "$TOP"/templates/languages/*.po "$WORK/languages/"
(cd "$HERE" && tar -cf - --exclude node_modules --exclude shots .) | (cd "$WORK/tests" && tar -xf -)
if ! (cd "$WORK/tests" && npm ci --omit=dev --no-audit --no-fund --loglevel=error) >"$WORK/npm.log" 2>&1; then
	cat "$WORK/npm.log"
	echo "0 passed, 1 failed, 0 skipped"
	exit 1
fi
chmod -R a+rX "$WORK/tests" "$WORK/languages"
as=
if [ "$(id -u)" = 0 ]; then
	server=$(stat -c %U "$TEST_RUN/sock")
	chown -R "$server" "$WORK/home" "$WORK/shots"
	as="setpriv --reuid $server --regid $(id -g "$server") --clear-groups --"
fi

cd "$WORK/tests"
# The crawl comes last: by then the journeys have brought things into states that the demo has not.
[ $# -gt 0 ] || set -- $(ls -- *.test.mjs | grep -vx crawl.test.mjs) crawl.test.mjs
passed=0 failed=0 skipped=0
for file in "$@"; do
	file=$(basename "$file")
	own=
	if [ "$file" = openid.test.mjs ]; then
		[ -n "$openid" ] || start_openid
		own="BASE_URL=http://127.0.0.1:$openid_site TEST_RUN=$WORK/openid OPENID_PORT=$OPENID_PORT"
		own="$own ACCOUNTS=$WORK/openid/demo-accounts.tsv"
	fi
	began=$(date +%s)
	# shellcheck disable=SC2086 # as and own are words
	env $own HOME="$WORK/home" TRANSLATIONS="$WORK/languages" SHOTS="$WORK/shots" $as node --test --test-reporter=tap "$file" >"$WORK/$file.tap" 2>&1 || true
	echo "took $(($(date +%s) - began)) s: $file"
	# What node counts: tests, of which one that has subtests counts too.
	counts=$(awk '/^# pass / { p = $3 } /^# fail / { f = $3 } /^# cancelled / { c = $3 } /^# skipped / { s = $3 }
		/^# todo / { t = $3 } END { if (p == "" || p + f + c == 0) print 0, 1, 0; else print p, f + c, s + t }' "$WORK/$file.tap")
	# shellcheck disable=SC2086
	set -- $counts "$@"
	passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
	[ "$2" = 0 ] || cat "$WORK/$file.tap"
	[ "$2" != 0 ] || grep -E '^ *ok |duration_ms|^ *# (crawl|weight): ' "$WORK/$file.tap" || true
	shift 3
done
rm -rf "$SHOTS"
mkdir -p "$SHOTS"
cp -R "$WORK/shots/." "$SHOTS/"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
