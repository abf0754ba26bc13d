# upgrade.sh: `keptword upgrade`: brings what runs up to what is installed, without a failed request. The
# schema first (what is old still runs with it), then one program after the other: systemd holds the
# sockets, so who asks meanwhile waits a moment. nginx last. Run by keptword, as root.
set -eu
. "$LIB/lib.sh"
booted || die "systemd does not run here; start the programs anew in the way they were started."
[ -e /etc/nginx/sites-enabled/keptword ] || die "Nothing is set up yet: keptword setup"

systemd-sysusers keptword.conf
systemd-tmpfiles --create "$(dirname "$(dirname "$SHARE")")/lib/tmpfiles.d/keptword.conf"
systemctl daemon-reload
migrate schema || die "The schema was not applied; nothing was started anew."

# Does the program answer on its socket? Portal asks for all of them.
well() {
	settings_of "$LIB/layout.env" "$ETC/keptword.env"
	host=${KEPTWORD_PUBLIC_URL#*://}
	case $host in *:*) port=${host##*:} host=${host%%:*} ;; *) port=443 ;; esac
	[ "$(curl -skm 5 -o /dev/null -w '%{http_code}' --resolve "$host:$port:127.0.0.1" "https://$host:$port/healthz")" = 200 ]
}

for plugin in $(plugins); do
	printf '%s: ' "$plugin"
	systemctl start "keptword-$plugin.socket"
	systemctl restart "keptword-$plugin.service"
	i=0
	until well; do
		i=$((i + 1))
		[ $i -lt 100 ] || {
			echo "does not answer."
			die "journalctl -u keptword-$plugin tells why; the other programs were left as they are."
		}
		sleep 0.1
	done
	systemctl restart "keptword-$plugin-work.service"
	echo "runs."
done
nginx -t -q && systemctl reload nginx
echo "Everything runs in its installed version. keptword doctor checks it."
