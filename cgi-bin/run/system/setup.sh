# setup.sh: `keptword setup [PUBLIC-URL [STAFF-URL]]`: makes what is missing on this machine, in order: users
# and folders, settings, MariaDB's accounts, schema, nginx's site, services. May be run again at any
# time: what is there stays. Run by keptword, as root.
set -eu
. "$LIB/lib.sh"
. "$LIB/nginx.sh"
CONF=$SHARE/nginx

say() { printf '%s\n' "$*"; }

# ---- Settings ----

set_value() { # NAME VALUE in keptword.env
	sed -i "s|^$1=.*|$1=$2|" "$ETC/keptword.env"
	grep -q "^$1=" "$ETC/keptword.env" || echo "$1=$2" >>"$ETC/keptword.env"
}

addresses() {
	for pair in "KEPTWORD_PUBLIC_URL ${1:-}" "KEPTWORD_STAFF_URL ${2:-}"; do
		url=${pair#* }
		url=${url%/}
		[ -n "$url" ] || continue
		url_ok "$url" || die "\"$url\" cannot be an address of the site; give one like https://people.example.org."
		set_value "${pair%% *}" "$url"
	done
	settings_of "$LIB/layout.env" "$ETC/keptword.env"
	[ -n "${KEPTWORD_PUBLIC_URL:-}" ] ||
		die "Under which address do people reach the site? keptword setup https://people.example.org"
	url_ok "$KEPTWORD_PUBLIC_URL" ||
		die "KEPTWORD_PUBLIC_URL in $ETC/keptword.env is \"$KEPTWORD_PUBLIC_URL\"; it has to be like https://people.example.org."
	staff=${KEPTWORD_STAFF_URL:-}
	[ -z "$staff" ] || url_ok "$staff" ||
		die "KEPTWORD_STAFF_URL in $ETC/keptword.env is \"$staff\"; it has to be like https://staff.example.org."
	[ "$staff" != "$KEPTWORD_PUBLIC_URL" ] || die "KEPTWORD_STAFF_URL has to be another address than KEPTWORD_PUBLIC_URL, or empty."
}

# ---- Users, folders ----

people_and_folders() {
	systemd-sysusers keptword.conf
	systemd-tmpfiles --create "$(dirname "$(dirname "$SHARE")")/lib/tmpfiles.d/keptword.conf"
	chown root:root "$ETC"
	# Passwords of mail and sign-in services may stand in it.
	chgrp keptword "$ETC/keptword.env"
	chmod 640 "$ETC/keptword.env"
}

# ---- Database ----

ask() { mariadb --protocol=socket --socket="$KEPTWORD_DB_SOCKET" --batch --skip-column-names "$@"; }

# Accounts are let in by the user that asks (unix_socket), so there are no passwords.
database() {
	echo "SELECT 1" | ask >/dev/null 2>&1 ||
		die "MariaDB does not answer on $KEPTWORD_DB_SOCKET: apt-get install mariadb-server; systemctl start mariadb"
	[ "$(echo "SELECT @@innodb_snapshot_isolation + 0" | ask)" = 1 ] || {
		if booted; then systemctl restart mariadb; else die "Start MariaDB again: it has not read 60-keptword.cnf yet."; fi
		i=0
		until echo "SELECT 1" | ask >/dev/null 2>&1; do
			i=$((i + 1))
			[ $i -lt 100 ] || die "MariaDB does not come back; journalctl -u mariadb tells why."
			sleep 0.2
		done
	}
	{
		for user in $(plugins) migration; do
			echo "CREATE USER IF NOT EXISTS 'keptword_$user'@'localhost' IDENTIFIED VIA unix_socket;"
		done
		echo "GRANT ALL PRIVILEGES ON *.* TO 'keptword_migration'@'localhost' WITH GRANT OPTION;"
		echo "CREATE USER IF NOT EXISTS 'keptword_definer'@'localhost' ACCOUNT LOCK;"
	} | ask || die "The accounts of the database could not be made."
	migrate schema || die "The schema was not applied; the sentence above says why. Nothing else was changed."
}

# ---- nginx ----

certificate() { # CERTIFICATE KEY HOST -> FILE for nginx on standard output
	if [ -n "$1" ]; then
		[ -r "$1" ] && [ -r "$2" ] || die "The certificate $1 or its key $2 cannot be read."
		nginx_tls "$1" "$2"
		return
	fi
	made=$ETC/tls/$3
	if [ ! -s "$made.crt" ]; then
		mkdir -p "$ETC/tls"
		(umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 \
			-subj "/CN=$3" -addext "subjectAltName=DNS:$3" \
			-keyout "$made.key" -out "$made.crt" 2>/dev/null) || die "A certificate for $3 could not be made."
		say "A certificate for $3 was made here; browsers warn of it. Name a real one in $ETC/keptword.env (TLS_CERTIFICATE, TLS_KEY)." >&2
	fi
	nginx_tls "$made.crt" "$made.key"
}

site() {
	host=$(host_of "$KEPTWORD_PUBLIC_URL") port=$(port_of "$KEPTWORD_PUBLIC_URL")
	echo "# nginx's site of Keptword, made by keptword setup from $ETC/keptword.env; changes here are lost."
	echo "include $CONF/http.conf;"
	listens="$port" ssl=$(nginx_ssl)
	[ ! -e /proc/net/if_inet6 ] || listens="$port [::]:$port"
	set --
	for listen in $listens; do set -- "$@" "$listen $ssl"; done
	nginx_nobody "$CONF_ETC/tls-public.conf" "$@"
	if [ -z "$staff" ]; then
		nginx_face one "$host" "$CONF_ETC/tls-public.conf" "$@"
	else
		nginx_face public "$host" "$CONF_ETC/tls-public.conf" "$@"
		staff_listens=${STAFF_LISTEN:-}
		if [ -z "$staff_listens" ]; then
			staff_listens=$(port_of "$staff")
			[ ! -e /proc/net/if_inet6 ] || staff_listens="$staff_listens [::]:$staff_listens"
		fi
		set --
		for listen in $staff_listens; do set -- "$@" "$listen $ssl"; done
		[ "$staff_listens" = "$listens" ] || nginx_nobody "$CONF_ETC/tls-staff.conf" "$@"
		NETWORKS=$ETC/staff-networks.conf
		nginx_face staff "$(host_of "$staff")" "$CONF_ETC/tls-staff.conf" "$@"
	fi
	# shellcheck disable=SC2046 # words
	SOCK=/run/keptword/sock nginx_metrics $(plugins)
	if [ "$port" = 443 ]; then
		echo "server {"
		echo "	listen 80;"
		[ ! -e /proc/net/if_inet6 ] || echo "	listen [::]:80;"
		echo "	server_name $host;"
		echo "	access_log off;"
		echo "	return 308 https://$host\$request_uri;"
		echo "}"
	fi
}

nginx_site() {
	CONF_ETC=$ETC/nginx
	mkdir -p "$CONF_ETC"
	certificate "${TLS_CERTIFICATE:-}" "${TLS_KEY:-}" "$(host_of "$KEPTWORD_PUBLIC_URL")" >"$CONF_ETC/tls-public.conf"
	if [ -n "$staff" ]; then
		certificate "${STAFF_TLS_CERTIFICATE:-${TLS_CERTIFICATE:-}}" "${STAFF_TLS_KEY:-${TLS_KEY:-}}" \
			"$(host_of "$staff")" >"$CONF_ETC/tls-staff.conf"
	fi
	place=/etc/nginx/sites-available/keptword
	[ -d /etc/nginx/sites-available ] || die "nginx is not here: apt-get install nginx"
	site >"$place.new"
	before=
	[ ! -e "$place" ] || before=$(cat "$place")
	mv "$place.new" "$place"
	ln -sf ../sites-available/keptword /etc/nginx/sites-enabled/keptword
	nginx -t -q 2>"$CONF_ETC/check.log" || {
		cat "$CONF_ETC/check.log" >&2
		if [ -n "$before" ]; then printf '%s\n' "$before" >"$place"; else rm -f /etc/nginx/sites-enabled/keptword; fi
		die "nginx does not accept the site; the lines above say why. Its former configuration stays."
	}
	rm -f "$CONF_ETC/check.log"
}

# ---- Services ----

services() {
	booted || {
		say "systemd does not run here: the services are to be started in another way."
		return
	}
	systemctl daemon-reload
	# shellcheck disable=SC2046 # words
	systemctl enable -q keptword.target $(for plugin in $(plugins); do
		echo "keptword-$plugin.socket keptword-$plugin.service keptword-$plugin-work.service"
	done)
	systemctl enable -q --now keptword-backup.timer
	systemctl start keptword.target
	systemctl reload-or-restart nginx
}

addresses "$@"
people_and_folders
database
nginx_site
services
migrate demo
[ -n "${KEPTWORD_SIGN_CERTIFICATE:-}" ] ||
	say "Statements are signed with a certificate that signs itself; KEPTWORD_SIGN_CERTIFICATE in $ETC/keptword.env names a better one."
say "Keptword is set up for $KEPTWORD_PUBLIC_URL${staff:+ and, for staff, $staff}. keptword doctor checks it."
