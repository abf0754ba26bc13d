#!/bin/sh
# Debian packages: what building and running needs, what testing and measuring need besides.
#
#   packages.sh run     checks the first list
#   packages.sh test    checks both
#   packages.sh bench   checks all three: what the measurements compare with, too
#   packages.sh needed  names the first list;  packages.sh list  names both
#
# What is missing is named in one apt line. As root, or where sudo asks for no password, it is
# installed; otherwise this stops with that line. No service is started or enabled by it.
# Names are those of Debian 12 and 13.
set -eu

RUN_PACKAGES="gcc g++ make pkg-config libfcgi-dev libmariadb-dev libctemplate-dev libxml2-dev
libssl-dev libcairo2-dev libpango1.0-dev libicu-dev libjansson-dev libseccomp-dev libcurl4-openssl-dev
libcjose-dev libqrencode-dev zlib1g-dev nginx mariadb-server-core mariadb-client-core mariadb-client spawn-fcgi
multiwatch python3 fonts-noto-core fonts-droid-fallback fonts-nanum curl openssl procps"

TEST_PACKAGES="libcmocka-dev gettext nodejs npm chromium-headless-shell chromium-sandbox
clang-tidy clang-format poppler-utils qpdf libxml2-utils wrk file oathtool python3-cryptography"

# php-fpm, php-mysql: Debian 12 has PHP 8.2, 13 has 8.4; OPcache comes with either.
BENCH_PACKAGES="php-fpm php-mysql golang-go golang-github-go-sql-driver-mysql-dev"

# The names that are neither installed as packages nor there as commands of that name (so another
# maker's nodejs that brings its own npm will do).
missing() {
	installed=" $(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null |
		sed -n 's/^.i *//p' | tr '\n' ' ')"
	for name in "$@"; do
		case $installed in *" $name "*) continue ;; esac
		command -v "$name" >/dev/null || printf '%s ' "$name"
	done
}

# Keeps packages from starting services while they are installed, unless the machine already
# has a rule of its own.
install_packages() {
	policy=/usr/sbin/policy-rc.d
	ours=
	if ! $SUDO test -e $policy; then
		ours=1
		printf '#!/bin/sh\nexit 101\n' | $SUDO tee $policy >/dev/null
		$SUDO chmod 755 $policy
		trap '$SUDO rm -f $policy' EXIT
		trap 'exit 130' INT TERM HUP
	fi
	had_nginx=$(dpkg-query -W -f '${db:Status-Abbrev}' nginx 2>/dev/null || true)
	$SUDO apt-get update -qq || {
		echo "apt-get update failed; the lists that are here are used." >&2
	}
	$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
		--no-install-recommends -o Dpkg::Use-Pty=0 "$@" >"$LOG" 2>&1 || {
		tail -n 20 "$LOG" >&2
		echo "Packages could not be installed; the lines above say why." >&2
		exit 1
	}
	case $had_nginx in
	?i*) ;;
	*)	# It came for our own use: the system's copy shall not start with the machine.
		if command -v update-rc.d >/dev/null; then
			$SUDO update-rc.d nginx disable >/dev/null 2>&1 || true
		fi ;;
	esac
	if [ -n "$ours" ]; then
		$SUDO rm -f $policy
		trap - EXIT INT TERM HUP
	fi
}

case ${1:-run} in
run) list=$RUN_PACKAGES ;;
test) list="$RUN_PACKAGES $TEST_PACKAGES" ;;
bench) list="$RUN_PACKAGES $TEST_PACKAGES $BENCH_PACKAGES" ;;
needed) echo "$RUN_PACKAGES" | tr ' ' '\n'; exit 0 ;;
list) echo "$RUN_PACKAGES $TEST_PACKAGES" | tr ' ' '\n'; exit 0 ;;
*) echo "usage: packages.sh run|test|bench|list" >&2; exit 2 ;;
*) echo "usage: packages.sh run|test|needed|list" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null; then
	echo "This is not Debian; these have to be here under whatever name:" $list >&2
	exit 0
fi
# shellcheck disable=SC2086 # words are meant to part
need=$(missing $list)
need=${need% }
[ -n "$need" ] || exit 0

echo "Missing packages:"
echo "  apt-get install --no-install-recommends $need"
if [ "$(id -u)" = 0 ]; then
	SUDO=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
	SUDO="sudo -n"
else
	echo "Install them as root with the line above, then start again." >&2
	exit 1
fi
LOG=$(mktemp)
echo "Installing them..."
# shellcheck disable=SC2086
install_packages $need
rm -f "$LOG"
# shellcheck disable=SC2086
still=$(missing $need)
if [ -n "$still" ]; then
	echo "Still missing: $still" >&2
	exit 1
fi
echo "Installed."
