#!/bin/sh
# Runs every test of a built tree, part by part; what each part says stands in build/test/. The
# last line is `N passed, N failed, N skipped`; the exit code is 0 when none failed. PARTS names
# the parts to run (default: all); FULL=1 is handed on to the parts.
#
#   checks   the house's own checkers (each first shows that it finds what it is for), clang-tidy
#   unit     tests/unit, then the same under the address and undefined-behaviour sanitizers
#   integration   on an instance of its own
#   browser       journeys, keyboard, weight and the crawl, the same (tests/browser/run.sh)
#
# Integration and browser run beside each other and beside all the rest; compilers and clang-tidy
# give way to what is tested (nice) and take what it leaves of the processors. What depends on
# clocks comes before clang-tidy. The ten files that took longest are told at the end.
set -eu
cd "$(dirname "$0")/.."
PARTS=${PARTS:-unit asan checks integration browser}
OUT=build/test
DATA=${DATA:-../shared/data}
export DATA FULL="${FULL:-}"
mkdir -p "$OUT"
jobs=$(nproc)

# What a part ends with: NAME PASSED FAILED SKIPPED SECONDS
tell() {
	echo "$2 $3 $4" >>"$OUT/counts"
	printf '%-14s %5d passed %4d failed %4d skipped  %4d s\n' "$1" "$2" "$3" "$4" "$5"
}

# One check: NAME COMMAND... ; its words are shown when it fails.
check() {
	said=$OUT/$1.log
	title=$1
	shift
	if "$@" >"$said" 2>&1; then
		good=$((good + 1))
	else
		bad=$((bad + 1))
		echo "FAILED: $title"
		tail -n 40 "$said"
	fi
}

checks() {
	good=0 bad=0 began=$(date +%s)
	for file in tests/checks/*.py; do
		name=$(basename "$file" .py)
		check "$name-self-test" python3 "$file" --self-test
		check "$name" python3 "$file"
	done
	for file in tests/checks/*_check.sh; do
		[ ! -e "$file" ] || check "$(basename "$file" .sh)" sh "$file"
	done
	check tidy nice -n 15 make -k -s "-j$jobs" tidy
	tell checks $good $bad 0 $(($(date +%s) - began))
}

# The sum of what cmocka says in the files given: passed failed skipped. A file whose set-up failed
# runs no test and counts as a failure, as does one that a sanitizer ends.
cmocka_sum() {
	awk '/^\[  PASSED  \] [0-9]+ test/ { p += $4 } /^\[  FAILED  \] [0-9]+ test/ { f += $4 }
		/^\[  SKIPPED \] [0-9]+ test/ { s += $4 } /^died: / || /^\[  FAILED  \] GROUP/ || /ERROR: [A-Za-z]*Sanitizer|runtime error:/ { f++ }
		END { print p + 0, f + 0, s + 0 }' "$@"
}

# NAME FOLDER: runs every unit test that stands there, with one database for all.
unit() {
	began=$(date +%s)
	# shellcheck disable=SC2016 # the inner shell expands
	sh tests/lib/mariadb.sh with sh -c '
		for test in "$1"/*_test; do
			began=$(date +%s%N)
			"$test" 2>&1; code=$?
			awk -v ns=$(($(date +%s%N) - began)) -v name="${test##*/}" "BEGIN { printf \"took %.1f s: %s\n\", ns / 1e9, name }"
			[ $code -lt 100 ] || echo "died: $test ($code)"
		done' unit "$2" >"$OUT/$1.log" 2>&1 || echo "died: the whole part" >>"$OUT/$1.log"
	grep -aE '^died: |^\[  FAILED  \]|ERROR: |runtime error' "$OUT/$1.log" | head -n 60 || true
	set -- "$1" $(cmocka_sum "$OUT/$1.log")
	tell "$@" $(($(date +%s) - began))
}

# The counts in the last line of a log; a part that ends without one has failed.
last_line() {
	sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p' "$1" | tail -n 1
}

integration() {
	began=$(date +%s)
	KEPTWORD_SITE_RUN=$TEST_RUN SAMPLE=$PWD/build/sample python3 tests/run.py >"$OUT/integration.log" 2>&1 || true
	grep -aE '^(FAIL|ERROR): ' -A 30 "$OUT/integration.log" | head -n 200 || true
	counts=$(last_line "$OUT/integration.log")
	[ -n "$counts" ] || tail -n 20 "$OUT/integration.log"
	# shellcheck disable=SC2086
	tell integration ${counts:-0 1 0} $(($(date +%s) - began))
}

# On an instance and as a user of its own. Nobody looks at pictures here: make browser takes them.
browser() {
	began=$(date +%s)
	PICTURES=0 env -u BASE_URL sh tests/browser/run.sh >"$OUT/browser.log" 2>&1 || true
	grep -aE '^ *not ok ' -A 30 "$OUT/browser.log" | head -n 200 || true
	grep -aE '^# crawl: ' "$OUT/browser.log" || true
	counts=$(last_line "$OUT/browser.log")
	[ -n "$counts" ] || tail -n 20 "$OUT/browser.log"
	# shellcheck disable=SC2086
	tell browser ${counts:-0 1 0} $(($(date +%s) - began))
}

# One part by its name.
part() {
	case $1 in
	checks) checks ;;
	unit)
		nice make -s -k "-j$jobs" unit-build >"$OUT/unit-build.log" 2>&1 ||
			{ tail -n 30 "$OUT/unit-build.log"; tell unit-build 0 1 0 0; }
		unit unit build/unit ;;
	asan)
		nice make -s -k "-j$jobs" SAN=asan unit-build >"$OUT/asan-build.log" 2>&1 ||
			{ tail -n 30 "$OUT/asan-build.log"; tell asan-build 0 1 0 0; }
		unit asan build/asan/unit ;;
	browser) browser ;;
	integration)
		if [ -z "${BASE_URL:-}" ]; then
			trap 'sh tests/lib/instance.sh stop' EXIT
			trap 'exit 130' INT TERM HUP
			if ! sh tests/lib/instance.sh start >"$OUT/instance" 2>"$OUT/instance.log"; then
				cat "$OUT/instance.log"
				tell instance 0 1 0 0
				return
			fi
			. "$OUT/instance"
			export BASE_URL ACCOUNTS TEST_RUN
		fi
		integration ;;
	esac
}

# The ten files that took longest, of all parts.
slowest() {
	for name in unit asan integration browser; do
		[ ! -e "$OUT/$name.log" ] || sed -n "s/^took \([0-9.]*\) s: /$name \1 /p" "$OUT/$name.log"
	done | LC_ALL=C sort -k2,2nr | head -n 10 | awk 'NR == 1 { print "Slowest files:" } { printf "%7.1f s  %-12s %s\n", $2, $1, $3 }'
}

began_all=$(date +%s)
: >"$OUT/counts"
rest=''
for name in $PARTS; do
	case $name in
	integration | browser) ;;
	checks | unit | asan) rest="$rest $name" ;;
	*) echo "There is no part $name." >&2; exit 2 ;;
	esac
	rm -f "$OUT/$name.log"
done
# What several lanes build or start from is there before they part.
make -s "-j$jobs" build/sample >"$OUT/sample-build.log" 2>&1 || true
lanes=
lane() { # PARTS of one lane, one after the other, in the background
	(for name; do part "$name"; done) &
	lanes="$lanes $!"
}
tree() { # a process and all that it started, the youngest first
	for child in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do tree "$child"; done
	echo "$1"
}
stop_lanes() {
	for pid in $lanes; do
		for one in $(tree "$pid"); do kill "$one" 2>/dev/null || true; done
	done
	wait
	exit 130
}
trap stop_lanes INT TERM HUP
for name in $PARTS; do
	case $name in integration | browser) lane "$name" ;; esac
done
# shellcheck disable=SC2086 # words
[ -z "$rest" ] || lane $rest
for pid in $lanes; do
	wait "$pid" || tell "a lane" 0 1 0 0
done
slowest
echo "took $(($(date +%s) - began_all)) s"
awk '{ p += $1; f += $2; s += $3 } END { print p + 0 " passed, " f + 0 " failed, " s + 0 " skipped"
	exit f > 0 || NR == 0 }' "$OUT/counts"
