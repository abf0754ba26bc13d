#!/bin/sh
# status.sh: what runs under RUN and how often it was started again. Exit code 0 when all
# runs and answers, 1 when something is missing, 3 when nothing runs.
set -eu
. "$(dirname "$0")/lib.sh"
run_folder

if [ ! -r "$RUN/env" ] || ! anything_runs; then
	echo "Nothing runs under $RUN."
	exit 3
fi
code=0
printf '%-16s %-9s %8s %9s\n' name state pid restarts
for name in $(process_names); do
	case $name in
	nginx | mariadbd) ;;
	*) [ -x "$RUN/app/bin/${name%.work}" ] || continue ;;
	esac
	supervisor=$(pid_of "$name")
	child=$(pid_of "$name.child")
	state=runs
	[ -n "$supervisor" ] || state=gone
	[ "$state" = gone ] || [ -n "$child" ] || state=starting
	[ "$state" = runs ] || code=1
	starts=1
	[ ! -r "$RUN/pid/$name.starts" ] || starts=$(wc -l <"$RUN/pid/$name.starts")
	printf '%-16s %-9s %8s %9s\n' "$name" "$state" "${child:--}" $((starts - 1))
done
. "$RUN/env"
if command -v curl >/dev/null; then
	health=$(curl -skm 5 -o /dev/null -w '%{http_code}' "$ADDRESS/healthz" || true)
	case $health in
	200) echo "healthz answers 200: every plugin reaches its database." ;;
	*) echo "healthz answers $health: $RUN/log tells why."; code=1 ;;
	esac
fi
echo "$ADDRESS"
exit $code
