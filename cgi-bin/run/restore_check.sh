# restore_check.sh: what a restore looks at before it touches anything. Read with `.` after
# backup_lib.sh by restore.sh (a run) and system/restore.sh (an installed system).

# FROM (a backup's folder), its keys, and what the place is that it is restored into: run or system,
# demo (1) or not (0). Ends with a sentence when something does not fit.
restore_check() { # FROM KEYS LAYOUT DEMO
	manifest=$1/manifest.json
	[ -r "$manifest" ] || die "$1 has no manifest.json, so it is not a finished backup. Nothing was changed."
	[ "$(manifest_value "$manifest" format)" = $BACKUP_FORMAT ] ||
		die "$manifest is of another format than $BACKUP_FORMAT: it was made by another version, which can restore it. Nothing was changed."
	case $(manifest_value "$manifest" layout) in
	"$3") ;;
	system) die "This backup is of an installed system: \"make install\" and \"keptword restore\" on a machine of its own. Nothing was changed." ;;
	*) die "This backup is of a run of \"make start\": \"make restore\" brings it back. Nothing was changed." ;;
	esac
	[ -r "$2" ] || die "The keys of this backup are not at $2; say where they are. Without them nothing that is encrypted could be read. Nothing was changed."

	echo "Checking the backup of $(manifest_value "$manifest" point)..."
	for part in database.sql.gz files.tar.gz schema.tsv; do restore_same $part "$1/$part"; done
	restore_same keys.tar "$2"
	[ "$(manifest_value "$manifest" demo)" = "$4" ] ||
		die "This backup is of $([ "$4" = 1 ] && echo 'a real system: DEMO=0' || echo 'a demo: DEMO=1'). Nothing was changed."
}

restore_same() { # PART FILE
	[ -r "$2" ] && [ "$(sha256sum <"$2" | cut -d ' ' -f 1)" = "$(manifest_value "$manifest" "$1")" ] ||
		die "$2 is not what the manifest says: it was changed or is damaged. Nothing was changed; take another backup."
}

# The keys of a backup stand beside its folder, unless they are named.
restore_keys_of() { # FROM [KEYS]
	echo "${2:-$(dirname "$(dirname "$1")")/$(basename "$(dirname "$1")")-keys/$(basename "$1").tar}"
}
