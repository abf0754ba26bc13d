#!/bin/sh
# stop.sh [quiet]: ends what start.sh started under RUN, and nothing else: nginx first (what it has
# begun is finished), then workers, plugins, the database; each is waited for.
set -eu
. "$(dirname "$0")/lib.sh"
run_folder

gone() { [ -z "$(pid_of "$1")" ]; }

# Asks, waits, asks again harshly: NAMES...
end() {
	for name in "$@"; do
		pid=$(pid_of "$name")
		[ -z "$pid" ] || kill -TERM "$pid" 2>/dev/null || true
	done
	for name in "$@"; do
		limit=80
		[ "$name" != mariadbd ] || limit=600
		wait_for $limit gone "$name" || {
			echo "$name does not end by itself and is killed." >&2
			# The supervisor first, or it would start the child again.
			for part in "$name" "$name.child"; do
				pid=$(pid_of "$part")
				[ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || true
			done
			wait_for 50 gone "$name" || true
		}
		# A supervisor that was killed has left its child alone.
		pid=$(pid_of "$name.child")
		if [ -n "$pid" ]; then
			kill -TERM "$pid" 2>/dev/null || true
			wait_for $limit gone "$name.child" || kill -KILL "$pid" 2>/dev/null || true
		fi
		rm -f "$RUN/pid/$name" "$RUN/pid/$name.child" "$RUN/pid/$name.starts"
	done
}

if [ ! -d "$RUN/pid" ] || { ! anything_runs && [ -z "$(ls "$RUN/pid")" ]; }; then
	[ "${1:-}" = quiet ] || echo "Nothing runs under $RUN."
	exit 0
fi
workers=
for plugin in $PLUGINS; do workers="$workers $plugin.work"; done
end nginx
# shellcheck disable=SC2086 # words
end $workers
# shellcheck disable=SC2086
end $PLUGINS
end mariadbd
[ "${1:-}" = quiet ] || echo "Everything under $RUN has been stopped."
