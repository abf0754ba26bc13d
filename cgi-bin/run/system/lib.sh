# lib.sh: what keptword, setup.sh and upgrade.sh share. Read with `.` after LIB, SHARE and ETC are set.

die() {
	printf '%s\n' "$*" >&2
	exit 1
}

plugins() { ls "$LIB/bin"; }

# Exports the settings of environment files, read as systemd reads them: NAME=value, a value
# perhaps in quotes, # at the beginning for a comment. Nothing in them is run.
settings_of() {
	for file in "$@"; do
		[ -r "$file" ] || continue
		while IFS= read -r line || [ -n "$line" ]; do
			case $line in
			[A-Z]*=*) ;;
			*) continue ;;
			esac
			key=${line%%=*} value=${line#*=}
			case $key in *[!A-Z0-9_]*) continue ;; esac
			case $value in
			\"*\") value=${value#\"} value=${value%\"} ;;
			\'*\') value=${value#\'} value=${value%\'} ;;
			esac
			export "$key=$value"
		done <"$file"
	done
}

settings_all() { # PLUGIN
	settings_of "$LIB/layout.env" "$LIB/env/$1.env" "$ETC/keptword.env" "$ETC/$1.env"
}

# Runs a command as a user, with nothing of root's but reading files that are named to it.
as_user() {
	user=$1
	shift
	setpriv --reuid "$user" --regid "$user" --init-groups --no-new-privs \
		--inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search \
		--bounding-set=-all,+dac_read_search -- "$@"
}

# A command of portal that changes the schema, as the account that may.
migrate() { # COMMAND...
	(
		settings_all portal
		export KEPTWORD_DB_USER=keptword_migration
		as_user keptword_migration "$LIB/bin/portal" "$@"
	)
}

# Host without scheme and port of an address; its port, 443 without one.
host_of() {
	host=${1#*://}
	echo "${host%%:*}"
}
port_of() {
	case ${1#*://} in *:*) echo "${1##*:}" ;; *) echo 443 ;; esac
}

url_ok() { # URL: https, a host, perhaps a port
	case $1 in
	https://*[!0-9a-zA-Z.:-]*) return 1 ;;
	https://?*.?* | https://localhost | https://localhost:*) return 0 ;;
	*) return 1 ;;
	esac
}

booted() { [ -d /run/systemd/system ]; }
