#!/bin/sh
# install.sh install|uninstall: puts what was built where a Debian server has it, under DESTDIR. What
# is made on the machine itself (users, database, keys, nginx's site) is made by `keptword setup`.
#
#   PREFIX/lib/keptword/bin        the programs          PREFIX/sbin/keptword    the command
#   PREFIX/lib/keptword/*.sh       setup, backup …      PREFIX/lib/keptword/env  one file a program
#   PREFIX/share/keptword          templates, sql, nginx, fonts.conf, *.md
#   PREFIX/lib/{systemd/system,sysusers.d,tmpfiles.d}
#   ETC/keptword/keptword.env      settings; ETC/keptword/staff-networks.conf: left as they are when there
#   ETC/logrotate.d/keptword       ETC/mysql/mariadb.conf.d/60-keptword.cnf
#
# Reads DESTDIR, PREFIX (/usr), ETC (/etc), BIN, SITE, PLUGINS, from make.
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
DESTDIR=${DESTDIR:-}
PREFIX=${PREFIX:-/usr}
ETC=${ETC:-/etc}
BIN=${BIN:-$ROOT/bin}
SITE=${SITE:-$ROOT/build/site}
case $BIN in /*) ;; *) BIN=$ROOT/$BIN ;; esac
case $SITE in /*) ;; *) SITE=$ROOT/$SITE ;; esac
LIB=$PREFIX/lib/keptword SHARE=$PREFIX/share/keptword
UNITS=$PREFIX/lib/systemd/system
. "$ROOT/cgi-bin/run/nginx.sh"
umask 022

fill() { # FILE PLUGIN SPEAKS
	sed -e "s|@PLUGIN@|${2:-}|g" -e "s|@SPEAKS@|${3:-}|g" -e "s|@LIB@|$LIB|g" -e "s|@SHARE@|$SHARE|g" \
		-e "s|@ETC@|$ETC/keptword|g" -e "s|@PREFIX@|$PREFIX|g" "$1"
}

# Standard input becomes DESTDIR/PATH in one step, with these rights: PATH [MODE]
put() {
	mkdir -p "$DESTDIR$(dirname "$1")"
	cat >"$DESTDIR$1.new"
	chmod "${2:-644}" "$DESTDIR$1.new"
	mv "$DESTDIR$1.new" "$DESTDIR$1"
}

# A file that belongs to the machine from then on.
put_once() {
	if [ -e "$DESTDIR$1" ]; then cat >/dev/null; else put "$@"; fi
}

# The tree FROM at TO, in one step or file by file. What stands there under a name that holds its content's hash stays for pages
# that people have open; other files that are gone are taken away.
put_tree() { # FROM TO
	if [ ! -d "$DESTDIR$2" ]; then
		mkdir -p "$DESTDIR$(dirname "$2")"
		rm -rf "$DESTDIR$2.new"
		cp -R "$1" "$DESTDIR$2.new"
		rm -f "$DESTDIR$2.new/.made"
		chmod -R u=rwX,go=rX "$DESTDIR$2.new"
		mv "$DESTDIR$2.new" "$DESTDIR$2"
		return
	fi
	(cd "$1" && find . -type f ! -name '.made') | while IFS= read -r file; do
		cmp -s "$1/$file" "$DESTDIR$2/$file" || put "$2/${file#./}" <"$1/$file"
	done
	(cd "$DESTDIR$2" && find . -type f ! -name '*.[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f].*') |
		while IFS= read -r file; do
			[ -e "$1/$file" ] || rm -f "$DESTDIR$2/$file"
		done
}

programs() {
	for plugin in $PLUGINS; do
		put "$LIB/bin/$plugin" 755 <"$BIN/$plugin"
		database=$plugin
		[ "$plugin" != portal ] || database=core
		put "$LIB/env/$plugin.env" <<-END
			# Made by "make install": what is $plugin's alone.
			KEPTWORD_DB_USER=keptword_$plugin
			KEPTWORD_DB_NAME=keptword_$database
			KEPTWORD_KEYS=/var/lib/keptword/$plugin/keys
			KEPTWORD_AUDIT_HEADS=/var/lib/keptword/$plugin/audit-heads
		END
	done
	fill "$HERE/layout.env.in" | put "$LIB/layout.env"
	for script in lib.sh setup.sh upgrade.sh backup_places.sh restore.sh; do put "$LIB/$script" <"$HERE/$script"; done
	for script in nginx.sh backup.sh backup_lib.sh restore_check.sh restore_load.sh; do
		put "$LIB/$script" <"$ROOT/cgi-bin/run/$script"
	done
	fill "$HERE/keptword.sh.in" | put "$PREFIX/sbin/keptword" 755
}

pages() {
	put_tree "$SITE" "$SHARE/templates"
	put_tree "$ROOT/sql" "$SHARE/sql"
	put "$SHARE/fonts.conf" <"$ROOT/common/doc/fonts.conf"
	for page in "$ROOT"/cgi-bin/run/*.md; do put "$SHARE/$(basename "$page")" <"$page"; done
}

nginx_pieces() {
	CONF=$SHARE/nginx TEMPLATES=$SHARE/templates LOG=/var/log/nginx/keptword-access.log SOCK=/run/keptword/sock
	CONNECTIONS=${CLIENT_CONNECTIONS:-100} GUESSES=${GUESSES:-2} API_RATE=${API_RATE:-20} KEEP=4
	for piece in $NGINX_PIECES; do
		nginx_fill "$ROOT/nginx/$piece" | put "$CONF/${piece%.in}"
	done
	put_tree "$ROOT/nginx/locations" "$CONF/locations"
	nginx_languages "$SITE" | put "$CONF/languages.conf"
	# shellcheck disable=SC2086 # words
	nginx_upstreams $PLUGINS | put "$CONF/upstreams.conf"
	put_once "$ETC/keptword/staff-networks.conf" <"$ROOT/nginx/staff-networks.conf"
}

# Portal speaks to mail servers, providers and webhooks; nobody else to anybody.
hardening() { # PLUGIN
	if [ "$1" = portal ]; then
		fill "$HERE/hardening.conf.in" "$1" " and to other servers"
		cat "$HERE/network-out.conf"
	else
		fill "$HERE/hardening.conf.in" "$1" ""
		cat "$HERE/network-none.conf"
	fi
}

units() {
	wants=
	for plugin in $PLUGINS; do
		fill "$HERE/plugin.socket.in" "$plugin" | put "$UNITS/keptword-$plugin.socket"
		{ fill "$HERE/plugin.service.in" "$plugin"; hardening "$plugin"; printf '\n[Install]\nWantedBy=keptword.target\n'; } |
			put "$UNITS/keptword-$plugin.service"
		{ fill "$HERE/plugin-work.service.in" "$plugin"; hardening "$plugin"; printf '\n[Install]\nWantedBy=keptword.target\n'; } |
			put "$UNITS/keptword-$plugin-work.service"
		wants="$wants keptword-$plugin.socket keptword-$plugin.service keptword-$plugin-work.service"
	done
	put "$UNITS/keptword.target" <"$HERE/keptword.target"
	fill "$HERE/backup.service.in" | put "$UNITS/keptword-backup.service"
	put "$UNITS/keptword-backup.timer" <"$HERE/backup.timer"
	{
		echo "# The users of Keptword: one for each program, one that changes the schema. Who is in the"
		echo "# group keptword may speak to the programs' sockets."
		echo "g keptword -"
		for user in $PLUGINS migration; do
			echo "u keptword_$user - \"Keptword $user\" /var/lib/keptword -"
		done
		echo "m keptword_portal keptword"
		echo "m www-data keptword"
	} | put "$PREFIX/lib/sysusers.d/keptword.conf"
	{
		echo "d /run/keptword 0755 root root -"
		echo "d /run/keptword/sock 0750 root keptword -"
		echo "d /var/lib/keptword 0755 root root -"
		for plugin in $PLUGINS; do
			echo "d /var/lib/keptword/$plugin 0700 keptword_$plugin keptword_$plugin -"
			echo "d /var/lib/keptword/$plugin/keys 0700 keptword_$plugin keptword_$plugin -"
			echo "d /var/lib/keptword/$plugin/audit-heads 0700 keptword_$plugin keptword_$plugin -"
		done
	} | put "$PREFIX/lib/tmpfiles.d/keptword.conf"
}

# What the layout, the program or keptword.env.head has said already, or what is for demos.
FIXED="RUN TEMPLATES SQL PUBLIC_URL STAFF_URL DB_SOCKET DB_USER DB_PASSWORD DB_NAME KEYS AUDIT_HEADS FONTS DEMO
BACKUP_LAST CLOCK_SHIFT TEST_HOOKS"

# The table of `portal config` as a file of settings; what the layout fixes is left out.
settings() {
	cat "$HERE/keptword.env.head"
	"$BIN/portal" config | awk -F ' [|] |^[|] |[|]$' -v fixed="$FIXED" '
		BEGIN { n = split(fixed, names, " "); for (i = 1; i <= n; i++) skip["KEPTWORD_" names[i]] = 1 }
		/^\| `KEPTWORD_/ {
			name = $2; value = $3; limits = $4; sentence = $5
			gsub(/[` ]/, "", name); gsub(/`/, "", value); gsub(/^ +| +$/, "", value)
			gsub(/^ +| +$/, "", limits); gsub(/ +$/, "", sentence)
			if (name in skip) next
			print "# " sentence (limits == "" ? "" : " (" limits ")")
			print "#" name "=" value "\n"
		}'
}

# Connections: each program and its worker with a pool of its own, and fifty to spare.
database() {
	sed -e "s|@CONNECTIONS@|250|g" -e "s|@DB_MEMORY@|${DB_MEMORY:-512M}|g" \
		"$ROOT/cgi-bin/run/mariadb-settings.cnf.in" | put "$ETC/mysql/mariadb.conf.d/60-keptword.cnf"
}

case ${1:-} in
install)
	for plugin in $PLUGINS; do
		[ -x "$BIN/$plugin" ] || { echo "$BIN/$plugin is not built yet: make all." >&2; exit 1; }
	done
	programs
	pages
	nginx_pieces
	units
	settings | put "$SHARE/keptword.env.example"
	put_once "$ETC/keptword/keptword.env" <"$DESTDIR$SHARE/keptword.env.example"
	put "$ETC/logrotate.d/keptword" <"$HERE/logrotate.conf"
	database
	[ -n "$DESTDIR" ] || [ -e "$ETC/nginx/sites-enabled/keptword" ] || {
		echo "Installed. What is made on this machine (users, database, nginx's site) comes with:"
		echo "  keptword setup https://people.example.org"
	}
	[ ! -e "$ETC/nginx/sites-enabled/keptword" ] || [ -n "$DESTDIR" ] ||
		echo "Installed. keptword upgrade brings what runs up to it, without a failed request." ;;
uninstall)
	for plugin in $PLUGINS; do
		rm -f "$DESTDIR$UNITS/keptword-$plugin.socket" "$DESTDIR$UNITS/keptword-$plugin.service" \
			"$DESTDIR$UNITS/keptword-$plugin-work.service"
	done
	rm -f "$DESTDIR$UNITS/keptword.target" "$DESTDIR$UNITS"/keptword-backup.* "$DESTDIR$PREFIX/sbin/keptword" \
		"$DESTDIR$PREFIX/lib/sysusers.d/keptword.conf" "$DESTDIR$PREFIX/lib/tmpfiles.d/keptword.conf" \
		"$DESTDIR$ETC/logrotate.d/keptword" "$DESTDIR$ETC/mysql/mariadb.conf.d/60-keptword.cnf" \
		"$DESTDIR$ETC/nginx/sites-enabled/keptword" "$DESTDIR$ETC/nginx/sites-available/keptword"
	rm -rf "$DESTDIR$LIB" "$DESTDIR$SHARE"
	echo "Taken away: programs, pages, units, nginx's site. Left: $ETC/keptword, /var/lib/keptword (keys), backups, the"
	echo "database and the users." ;;
*)
	echo "usage: install.sh install|uninstall" >&2
	exit 2 ;;
esac
