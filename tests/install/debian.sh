#!/bin/sh
# An installed Keptword that boots: a bare Debian from debootstrap, the packages, make install, systemd in
# it (systemd-nspawn -b, with a network of its own that nobody reaches), keptword setup, the doctor, signing
# in over TLS on two faces, an upgrade under load, and the browser journeys of the demo.
#
#   tests/install/debian.sh bookworm|trixie      as root; needs debootstrap and systemd-container
#
# WORK (/var/tmp/keptword-SUITE) is the system's folder; it is used again when it is there, and left. Not part
# of make test: ten minutes the first time, three after that. MIRROR, SECURITY name other mirrors.
# PART=check does not start the browser. Exit code 0 when all was as it should be.
set -eu
SUITE=${1:?usage: debian.sh bookworm|trixie}
TOP=$(cd "$(dirname "$0")/../.." && pwd)
WORK=${WORK:-/var/tmp/keptword-$SUITE}
# The mirrors that this machine itself uses.
mirrors() { apt-get indextargets --format '$(REPO_URI)' | sort -u; }
MIRROR=${MIRROR:-$(mirrors | grep -v security | head -n 1)}
SECURITY=${SECURITY:-$(mirrors | grep security | head -n 1)}
[ -n "$MIRROR" ] && [ -n "$SECURITY" ] || { echo "Name MIRROR and SECURITY: apt knows none here." >&2; exit 2; }
PUBLIC=https://people.example.org STAFF=https://staff.example.org
[ "$(id -u)" = 0 ] || { echo "This has to be run as root." >&2; exit 2; }

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

# ---- The system, not yet running ----

root() { # a command in it
	chroot "$WORK" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"
}
mounted() {
	for place in proc dev; do mountpoint -q "$WORK/$place" || mount --bind "/$place" "$WORK/$place"; done
}
unmounted() {
	for place in dev proc; do ! mountpoint -q "$WORK/$place" || umount "$WORK/$place"; done
}

leader() { # pid of the init in it, as we see it
	outer=$(pgrep -f -o "^systemd-nspawn .*-D $WORK( |\$)") || return 1
	pgrep -P "$outer" | head -n 1
}
inside() {
	nsenter -t "$(leader)" -a -- /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"
}
halt() {
	if leader >/dev/null 2>&1; then
		outer=$(pgrep -f -o "^systemd-nspawn .*-D $WORK( |\$)")
		inside systemctl poweroff >/dev/null 2>&1 || true
		i=0
		while kill -0 "$outer" 2>/dev/null && [ $i -lt 150 ]; do sleep 0.2; i=$((i + 1)); done
		kill -KILL "$outer" 2>/dev/null || true
	fi
	unmounted
}
trap halt EXIT
trap 'exit 130' INT TERM HUP

say "A bare $SUITE in $WORK"
halt
if [ ! -e "$WORK/etc/debian_version" ]; then
	debootstrap --variant=minbase --include=ca-certificates,systemd,systemd-sysv,dbus "$SUITE" "$WORK" "$MIRROR" >"$WORK.log" 2>&1 ||
		fail "debootstrap: $(tail -n 2 "$WORK.log")"
fi
cp /etc/resolv.conf "$WORK/etc/resolv.conf"
cp /etc/ssl/certs/ca-certificates.crt "$WORK/etc/ssl/certs/ca-certificates.crt"
printf '%s\n' "deb $MIRROR $SUITE main" "deb $MIRROR $SUITE-updates main" "deb $SECURITY $SUITE-security main" \
	>"$WORK/etc/apt/sources.list"
mounted
printf '#!/bin/sh\nexit 101\n' >"$WORK/usr/sbin/policy-rc.d"
chmod 755 "$WORK/usr/sbin/policy-rc.d"
list=$(sh "$TOP/cgi-bin/run/packages.sh" needed | sed 's/-server-core/-server/; /^mariadb-client-core$/d')
# shellcheck disable=SC2086 # words
root sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$@"' apt $list logrotate \
	>"$WORK.apt.log" 2>&1 || fail "apt: $(tail -n 3 "$WORK.apt.log")"
rm -f "$WORK/usr/sbin/policy-rc.d"
root sh -c 'cat /etc/debian_version; nginx -v; mariadbd --version; gcc --version | head -n 1' 2>&1 | grep -v MAC

say "Build and make install"
mkdir -p "$WORK/src"
(cd "$TOP" && { git ls-files; git ls-files -o --exclude-standard; } | sort -u | while IFS= read -r file; do
	[ ! -e "$file" ] || printf '%s\n' "$file"
done | tar -cf - -T -) | tar -xf - -C "$WORK/src"
root sh -c 'cd /src && nice make -j2 all && make install' >"$WORK.build.log" 2>&1 || fail "build: $(grep -E 'error|Error' "$WORK.build.log" | head -n 3)"
for unit in "$WORK"/usr/lib/systemd/system/keptword*; do
	said=$(root systemd-analyze verify "/usr/lib/systemd/system/$(basename "$unit")" 2>&1 | grep -i keptword || true)
	[ -z "$said" ] || fail "systemd-analyze verify: $said"
done
echo "$(ls "$WORK"/usr/lib/systemd/system/keptword* | wc -l) units pass systemd-analyze verify"

# ---- The system, running ----

say "Boot"
unmounted
# The command's words follow -D, by which it is found again. Where this machine has the older control
# groups, systemd in it would not take them.
SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 setsid systemd-nspawn --register=no --keep-unit --private-network -b \
	--console=pipe -D "$WORK" </dev/null >"$WORK.boot.log" 2>&1 &
i=0
until state=$(inside systemctl is-system-running 2>/dev/null) || [ "$state" = degraded ]; do
	i=$((i + 1))
	[ $i -lt 120 ] || fail "it does not boot: $(tail -n 3 "$WORK.boot.log")"
	sleep 0.5
done
echo "systemd $(inside systemctl --version | awk 'NR == 1 { print $2 }'): $state"

# As a new machine has it: whatever an earlier time has left is thrown away.
inside sh -c '
	systemctl stop keptword.target nginx
	journalctl --rotate --vacuum-time=1s
	systemctl start mariadb
	for database in $(mariadb -BNe "SHOW DATABASES LIKE \"keptword\_%\""); do mariadb -e "DROP DATABASE $database"; done
	for user in $(mariadb -BNe "SELECT user FROM mysql.user WHERE user LIKE \"keptword\_%\""); do mariadb -e "DROP USER \"$user\"@localhost"; done
	rm -rf /etc/keptword/nginx /etc/keptword/tls /etc/nginx/sites-*/keptword /var/lib/keptword
	cp /usr/share/keptword/keptword.env.example /etc/keptword/keptword.env' >/dev/null 2>&1 || true

site() { # PYTHON SCRIPT ARGUMENTS... in its network
	nsenter -t "$(leader)" -n -- python3 "$TOP/tests/install/visit.py" "$@"
}
secure() {
	for plugin in onboarding payments feedback hdm; do
		inside systemd-analyze security --no-pager "keptword-$plugin.service" | tail -n 1 | sed "s/^/$plugin: /"
	done
	inside systemd-analyze security --no-pager keptword-portal.service | tail -n 1 | sed "s/^/portal: /"
}

# A certificate as a real one: an authority of our own, which the doctor is told to trust.
inside sh -c '
	mkdir -p /etc/keptword/tls && cd /etc/keptword/tls
	ec="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
	openssl req -x509 $ec -days 60 -subj "/CN=Test authority" -keyout ca.key -out ca.pem
	openssl req $ec -subj "/CN=people.example.org" -keyout site.key -out site.req
	printf "subjectAltName=DNS:people.example.org,DNS:staff.example.org\n" >ext
	openssl x509 -req -in site.req -CA ca.pem -CAkey ca.key -CAcreateserial -days 50 -extfile ext -out site.pem
	sed -i -e "s|^TLS_CERTIFICATE=.*|TLS_CERTIFICATE=/etc/keptword/tls/site.pem|" \
		-e "s|^TLS_KEY=.*|TLS_KEY=/etc/keptword/tls/site.key|" /etc/keptword/keptword.env
	echo KEPTWORD_CA_FILE=/etc/keptword/tls/ca.pem >>/etc/keptword/keptword.env' >/dev/null 2>&1 || fail "a certificate could not be made"

say "keptword setup $PUBLIC $STAFF"
inside keptword setup "$PUBLIC" "$STAFF" >"$WORK.setup.log" 2>&1 || fail "setup: $(cat "$WORK.setup.log")"
tail -n 3 "$WORK.setup.log" | sed 's|/set-up/.*|/set-up/...|'
link=$(sed -n 's|^ *https://people.example.org\(/set-up/[0-9a-z]*\)$|\1|p' "$WORK.setup.log")
inside keptword setup >"$WORK.setup2.log" 2>&1 || fail "setup again: $(cat "$WORK.setup2.log")"
link2=$(sed -n 's|^ *https://people.example.org\(/set-up/[0-9a-z]*\)$|\1|p' "$WORK.setup2.log")
[ -n "$link" ] && [ -n "$link2" ] || fail "no link for the first administrator"

say "keptword doctor"
inside keptword doctor || fail "the doctor finds something wrong"
secure

say "Signing in over TLS, two faces, an upgrade under load"
site first "$PUBLIC" "$STAFF" "$link2" || fail "signing in"
loading=${TMPDIR:-/tmp}/keptword-visit.loading
rm -f "$loading"
site load "$PUBLIC" "$STAFF" 200 &
load=$!
i=0
until [ -e "$loading" ]; do
	i=$((i + 1))
	[ $i -lt 200 ] || fail "the load does not begin"
	sleep 0.5
done
inside sh -c 'cd /src && make install' >/dev/null
inside keptword upgrade || fail "upgrade"
inside systemctl reload nginx
sleep 1
inside keptword upgrade >/dev/null || fail "second upgrade"
[ -e "$loading" ] || fail "the upgrades took longer than the load"
sleep 1
rm "$loading"
wait $load || fail "requests failed while everything was started anew"
failed=$(inside systemctl --failed --no-legend --no-pager)
[ -z "$failed" ] || fail "$failed"
inside journalctl --no-pager -u 'keptword-*' -o cat | grep -E '"level":"(error|fatal|panic)"' && fail "the journal tells of errors" || true

say "A backup by its timer's service, and the machine from it"
inside systemctl is-active --quiet keptword-backup.timer || fail "the timer does not run"
inside systemctl start keptword-backup.service || fail "the backup: $(inside journalctl --no-pager -u keptword-backup -o cat | tail -n 3)"
inside journalctl --no-pager -u keptword-backup.service -o cat | grep "^Backup of"
made=$(inside sh -c 'ls -d /var/backups/keptword/2*Z | tail -n 1')
inside keptword doctor | grep -E '^ok +backup' || fail "the doctor does not see the backup"
! inside keptword restore "$made" >/dev/null 2>&1 || fail "a restore over what is here was not refused"
# What comes after the backup is not in it; what was in it comes back, with settings and keys.
inside mariadb -e "UPDATE keptword_core.person SET preferred_name = 'Later'"
inside sh -c 'cp -p /etc/keptword/keptword.env /root/env && sed -i "s|^KEPTWORD_PUBLIC_URL=.*|KEPTWORD_PUBLIC_URL=|" /etc/keptword/keptword.env'
inside keptword restore --replace "$made" | tail -n 7
inside cmp /root/env /etc/keptword/keptword.env || fail "the settings did not come back"
[ "$(inside mariadb -BNe 'SELECT preferred_name FROM keptword_core.person')" = Ada ] || fail "the data did not come back"
site again "$PUBLIC" "$STAFF" || fail "signing in after the restore"
inside keptword portal check-audit || fail "the audit after the restore"
inside keptword doctor >"$WORK.doctor.log" || fail "the doctor after the restore: $(grep ^fail "$WORK.doctor.log")"
tail -n 1 "$WORK.doctor.log"

# ---- The journeys, on the demo's data ----

[ "${PART:-}" != check ] || { say "All well."; exit 0; }
say "The demo, installed: browser journeys"
inside sh -c '
	systemctl stop keptword.target
	for database in $(mariadb -BNe "SHOW DATABASES LIKE \"keptword\_%\""); do mariadb -e "DROP DATABASE $database"; done
	sed -i "s/^\(KEPTWORD_STAFF_URL\|TLS_CERTIFICATE\|TLS_KEY\)=.*/\1=/" /etc/keptword/keptword.env
	printf "KEPTWORD_DEMO=1\nKEPTWORD_SECOND_FACTOR=optional\nKEPTWORD_SCRYPT_LOG_N=14\n" >>/etc/keptword/keptword.env
	sed -i "s|rate=[0-9]*r/s|rate=1000r/s|" /usr/share/keptword/nginx/http.conf
	install -m 600 -o keptword_migration -g keptword_migration /dev/null /run/keptword/demo-accounts.tsv
	keptword setup https://localhost:8443' >"$WORK.demo.log" 2>&1 || fail "demo: $(tail -n 5 "$WORK.demo.log")"
run=$(mktemp -d /tmp/kw-installed.XXXXXX)
chmod 755 "$run"
mkdir -p "$run/sock" "$run/app"
ln -s "$TOP/build/site" "$run/app/templates"
id keptword >/dev/null 2>&1 || useradd --system --user-group --no-create-home --shell /usr/sbin/nologin keptword
cp "$WORK/run/keptword/demo-accounts.tsv" "$run/demo-accounts.tsv" 2>/dev/null ||
	inside cat /run/keptword/demo-accounts.tsv >"$run/demo-accounts.tsv"
chown -R keptword:keptword "$run/sock" "$run/demo-accounts.tsv"
nsenter -t "$(leader)" -n -- env BASE_URL=https://localhost:8443 ACCOUNTS="$run/demo-accounts.tsv" TEST_RUN="$run" \
	npm_config_prefer_offline=true SHOTS="$run/shots" sh "$TOP/tests/browser/run.sh" \
	${FILES:-journey.test.mjs journey_plain.test.mjs} || fail "the journeys"
rm -rf "$run"
say "All well."
