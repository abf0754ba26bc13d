#!/bin/sh
# schema_freeze.sh [SQL]: writes sql/<database>/steps/0000-base.sql of every database that has none: its table
# files (those of common/ before its own) as they are. After that they change by steps; see backup.md.
set -eu
cd "${1:-$(dirname "$0")/../../sql}"
for folder in */; do
	folder=${folder%/}
	[ "$folder" != common ] || continue
	base=$folder/steps/0000-base.sql
	[ ! -e "$base" ] || continue
	mkdir -p "$folder/steps"
	for file in common/*.sql "$folder"/*.sql; do
		case $(basename "$file") in
		views.sql | grants.sql | generate.sql | demo*) continue ;;
		esac
		echo "-- ==== $file"
		cat "$file"
	done >"$base"
	echo "sql/$base"
done
