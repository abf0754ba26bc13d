#!/bin/sh
# plugin.sh: runs a plugin with the settings of the run that it stands in.
#
#   RUN/bin/payments ARGUMENTS...        (a link to this file): a person's command line
#   RUN/app/run/plugin.sh NAME [work]    what the supervisor starts
#
# Started by root it goes on as the serving user, but may still read the files that root can, so
# "payments import-time FILE" works wherever FILE lies.
set -eu
case $0 in
*/plugin.sh)
	RUN=$(cd "$(dirname "$0")/../.." && pwd)
	name=$1
	shift ;;
*)
	RUN=$(cd "$(dirname "$0")/.." && pwd)
	name=$(basename "$0") ;;
esac
. "$RUN/env"
# The portal owns core; every other plugin has a database of its own name.
database=$name
[ "$name" != portal ] || database=core
export KEPTWORD_DB_USER="keptword_$name" KEPTWORD_DB_NAME="keptword_$database" \
	KEPTWORD_DB_PASSWORD="$RUN/secrets/keptword_$name.password"
case $name:${1:-}:${2:-} in
portal:schema:* | portal:demo:* | portal:doctor:* | *:retention:--delete)
	# The only commands that may change tables, the one that sees all rights, and the one that deletes
	# what programs must keep.
	export KEPTWORD_DB_USER=keptword_migration \
		KEPTWORD_DB_PASSWORD="$RUN/secrets/keptword_migration.password" ;;
esac
if [ "$(id -u)" = 0 ]; then
	server=$(stat -c %U "$RUN/sock")
	exec setpriv --reuid "$server" --regid "$server" --clear-groups --no-new-privs \
		--inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search \
		--bounding-set=-all,+dac_read_search -- "$RUN/app/bin/$name" "$@"
fi
exec "$RUN/app/bin/$name" "$@"
