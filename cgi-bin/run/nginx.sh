# nginx.sh: nginx's configuration out of the pieces in nginx/, for a demo (start.sh) and for an
# installed system (system/install.sh, system/setup.sh). Read with `.`; writes where it is told.
#
# Reads: ROOT (the clone), CONF (folder that the finished pieces include each other from),
# TEMPLATES (what is served), LOG (access log), CONNECTIONS, GUESSES, API_RATE (limits of one address),
# SOCK (folder of the plugins' sockets), KEEP (kept connections of each nginx worker to a plugin).

NGINX_PIECES="http.conf.in base.conf.in server.conf.in errors.conf.in headers.conf fastcgi.conf"

nginx_fill() { # FILE: its text with the @names@ filled in
	sed -e "s|@CONF@|$CONF|g" -e "s|@TEMPLATES@|$TEMPLATES|g" -e "s|@LOG@|$LOG|g" \
		-e "s|@CONNECTIONS@|$CONNECTIONS|g" -e "s|@GUESSES@|$GUESSES|g" -e "s|@API_RATE@|$API_RATE|g" "$1"
}

nginx_upstreams() { # PLUGINS...
	for plugin in "$@"; do
		echo "upstream $plugin {"
		echo "	server unix:$SOCK/$plugin.sock max_fails=0;"
		echo "	keepalive $KEEP;"
		echo "	keepalive_timeout 2s;"
		echo "	keepalive_requests 100000;"
		echo "}"
	done
}

# In which language nginx's own error pages are: the one chosen here, else the first of ours that the
# browser asks for (browsers name them in the order of their weights; the weights themselves are not
# looked at). FOLDER: the templates, as they can be read now.
nginx_languages() {
	chosen='' asked='' ours=en
	for folder in "$1"/languages/*/; do
		[ ! -d "$folder" ] || ours="$ours|$(basename "$folder")"
	done
	# Languages before it that are none of ours; possessive, so that no header makes nginx try twice.
	others="^ *+(?:(?!(?:$ours)(?![a-z]))[^,]*+, *+)*+"
	for folder in "$1"/languages/*/; do
		[ -d "$folder" ] || continue
		tag=$(basename "$folder")
		chosen="$chosen \"~(?:^|; )__Host-language=$tag(?:;|$)\" languages/$tag/errors;"
		asked="$asked \"~*$others$tag(?![a-z])\" languages/$tag/errors;"
	done
	echo "map \$http_cookie \$error_chosen { default '';$chosen \"~(?:^|; )__Host-language=en(?:;|$)\" errors; }"
	echo "map \$http_accept_language \$error_asked { default errors;$asked }"
	echo "map \$error_chosen \$error_folder { default \$error_chosen; '' \$error_asked; }"
}

# How this nginx is told to speak HTTP/2: on the line of the address (until 1.25), or on one of its own.
nginx_is_old() {
	case $(nginx -v 2>&1) in */1.[0-9].* | */1.1[0-9].* | */1.2[0-4].*) return 0 ;; esac
	return 1
}

nginx_ssl() { # what stands behind an address that speaks TLS
	if nginx_is_old; then echo "ssl http2"; else echo ssl; fi
}

nginx_tls() { # CERTIFICATE KEY
	nginx_is_old || echo "http2 on;"
	echo "ssl_certificate $1;"
	echo "ssl_certificate_key $2;"
	echo "ssl_protocols TLSv1.2 TLSv1.3;"
	echo "ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;"
	echo "ssl_session_cache shared:tls:1m;"
	echo "ssl_session_tickets off;"
}

# FILE LISTEN...: whatever calls itself by a name that is not ours gets no answer there. FILE
# holds the TLS settings.
nginx_nobody() {
	tls=$1
	shift
	echo "server {"
	for listen in "$@"; do echo "	listen $listen default_server;"; done
	echo "	server_name _;"
	echo "	include $tls;"
	echo "	include $CONF/base.conf;"
	echo "	access_log off;"
	echo "	location / {"
	echo "		return 444;"
	echo "	}"
	echo "}"
}

# One face: KIND (public, staff; or one, where the site has no second one) NAMES FILE LISTEN...
# NETWORKS, for staff, is the file of those that may reach it.
nginx_face() {
	kind=$1 names=$2 tls=$3
	shift 3
	echo "server {"
	for listen in "$@"; do echo "	listen $listen;"; done
	echo "	server_name $names;"
	echo "	include $tls;"
	case $kind in
	one) echo "	set \$face '';" ;;
	public)
		echo "	set \$face public;"
		echo "	if (\$staff_page) {"
		echo "		return 404;"
		echo "	}" ;;
	staff)
		echo "	set \$face staff;"
		echo "	include $NETWORKS;" ;;
	esac
	echo "	include $CONF/server.conf;"
	echo "}"
}

# /metrics/<plugin> on a loopback port of its own, for whoever watches; without METRICS_PORT nowhere.
nginx_metrics() { # PLUGINS...
	[ -n "${METRICS_PORT:-}" ] || return 0
	echo "server {"
	echo "	listen 127.0.0.1:$METRICS_PORT;"
	echo "	access_log off;"
	echo "	location / { return 404; }"
	for plugin in "$@"; do
		echo "	location = /metrics/$plugin {"
		echo "		fastcgi_pass unix:$SOCK/$plugin.sock;"
		echo "		fastcgi_param REQUEST_METHOD GET;"
		echo "		fastcgi_param REQUEST_URI /-/metrics;"
		echo "		fastcgi_param REMOTE_ADDR 127.0.0.1;"
		echo "	}"
	done
	echo "}"
}
