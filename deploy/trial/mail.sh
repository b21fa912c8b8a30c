# A private Postfix and Dovecot, from the files the panel renders. Sourced by ./run.

config=$var/config
vmail_id=5000

# An authority of its own and a certificate from it, renewed when a month is left.
make_certificate() {
    local tls=$var/tls
    mkdir -p "$tls"
    ! openssl x509 -in "$tls/server.pem" -noout -checkend 2592000 >/dev/null 2>&1 || return 0
    local log=$var/log/openssl.log
    (
        umask 077
        openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=Mail trial on this machine" \
            -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
            -keyout "$tls/ca.key" -out "$tls/ca.pem"
        openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" -keyout "$tls/server.key" -out "$tls/server.csr"
        openssl x509 -req -in "$tls/server.csr" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -CAcreateserial -days 825 -out "$tls/server.pem" \
            -extfile <(printf 'subjectAltName=DNS:localhost,DNS:mail.localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n')
    ) >"$log" 2>&1 || fail "openssl cannot make a certificate; see $log"
    chmod 0644 "$tls/ca.pem" "$tls/server.pem"
}

render_mail_server() {
    # What runs in a tree is asked there; otherwise the panel asks what is installed.
    local versions=()
    ((${#in_tree[@]} == 0)) || versions=(--dovecot "$("${in_tree[@]}" dovecot --version)" --postfix "$("${in_tree[@]}" postconf -d -h mail_version)")
    panel render --out "$config" "${versions[@]}" >>"$var/log/panel.log" || fail "the mail server's configuration cannot be rendered"
    # Who must own what stands in manifest.json: the daemons read their passwords by their groups.
    "${in_tree[@]}" chgrp postfix "$config"/postfix/sql/*.cf
    "${in_tree[@]}" chgrp dovecot "$config"/dovecot/*.conf.ext
    as_database_admin <"$config/grants.sql" || fail "the daemons' database accounts cannot be made"
}

start_mail_server() {
    rm -f "$var/run/dovecot/master.pid"
    mkdir -p "$var/mail" "$var/postfix/queue" "$var/postfix/data" "$var/dovecot"
    chown "$vmail_id:$vmail_id" "$var/mail"
    chmod 0700 "$var/mail"
    "${in_tree[@]}" chown postfix "$var/postfix/data"

    start outbox outbox.log dotnet "$published/AdminPanel.Web.dll" outbox --listen "127.0.0.1:$outbox" --dir "$var/outbox"
    await 30 listens "$outbox" || fail "the outbox does not start; see $var/log/outbox.log"

    "${in_tree[@]}" dovecot -c "$config/dovecot/dovecot.conf" 8>&- 9>&- || fail "Dovecot does not start; see $var/log/dovecot.log"
    note_daemon dovecot "$var/run/dovecot/master.pid"
    await 30 listens "$imaps" || fail "Dovecot does not listen; see $var/log/dovecot.log"

    "${in_tree[@]}" postfix -c "$config/postfix" start 8>&- 9>&- >>"$var/log/postfix.log" 2>&1 || fail "Postfix does not start; see $var/log/postfix.log"
    note_daemon postfix "$var/postfix/queue/pid/master.pid"
    await 30 listens "$smtp" || fail "Postfix does not listen; see $var/log/postfix.log"
}

# Ends the sessions of whoever loses a right. Tests that are not about it go without: who has just got another password
# and signs in at once would be sent away once more.
start_session_agent() {
    [[ ${PANEL_SESSION_AGENT:-yes} == yes ]] || return 0
    start sessions sessions.log dotnet "$published/AdminPanel.Web.dll" sessions watch
}

# note_daemon NAME FILE: it went into the background by itself and writes its process id there.
note_daemon() {
    await 30 test -s "$2" || fail "$1 does not say its process id in $2"
    started+=("$1 $2")
}
