#!/bin/sh
# child.sh NAME COMMAND...: what the supervisor (multiwatch) starts again and again. Notes the pid,
# clears away what a killed predecessor left behind, and waits a moment when starts come too
# quickly, so that a program which cannot start does not eat the machine. Needs RUN.
set -eu
name=$1
shift

# Six starts within ten seconds: wait two seconds.
now=$(date +%s)
starts=$RUN/pid/$name.starts
echo "$now" >>"$starts"
early=$(tail -n 6 "$starts" | head -n 1)
if [ "$(wc -l <"$starts")" -ge 6 ] && [ $((now - early)) -lt 10 ]; then
	echo "{\"level\":\"warn\",\"event\":\"starts_too_often\",\"plugin\":\"$name\"}" >&2
	sleep 2
fi

# The workers of a killed nginx keep its listening socket: they are ended, found as members of the
# process group that our nginx leads.
if [ "$name" = nginx ] && [ -r "$RUN/pid/nginx.child" ]; then
	read -r group _ <"$RUN/pid/nginx.child" || group=
	if [ -n "$group" ]; then
		for pid in $(pgrep -g "$group" -x nginx || true); do
			kill -9 "$pid" 2>/dev/null || true
		done
	fi
fi
# exec keeps the pid; the start time is not changed by it either.
echo "$$ $(sed 's/^.*) //' /proc/$$/stat | awk '{ print $20 }')" >"$RUN/pid/$name.child.new"
mv "$RUN/pid/$name.child.new" "$RUN/pid/$name.child"
exec "$@"
