# The panel itself: its settings, its start, and what people read. Sourced by ./run.

# Everything the program is told, in the environment; ./adminpanel reads the same file.
write_settings() {
    read_secrets
    local settings=$var/private/environment
    (umask 077 && cat >"$settings.new") <<ENV
DOTNET_TieredPGO=0
ConnectionStrings__Panel='Socket=$database_socket;User=adminpanel;Password=$panel_password;Database=adminpanel'
ADMINPANEL__PANEL__LISTEN=http://localhost:$port
ADMINPANEL__PANEL__KEYFILE=$var/private/panel.key
ADMINPANEL__PANEL__LOG__FILE=$var/log/panel-.log
ADMINPANEL__MAILSERVER__HOST_NAME=mail.localhost
ADMINPANEL__MAILSERVER__HOST_RECIPIENT=postmaster@example.org
ADMINPANEL__MAILSERVER__RELAYHOST=[127.0.0.1]:$outbox
ADMINPANEL__MAILSERVER__RELAY_DOMAINS=yes
ADMINPANEL__MAILSERVER__MX_RELAYHOST=[127.0.0.1]:$outbox
ADMINPANEL__MAILSERVER__CLIENT_CONNECTION_RATE=none
ADMINPANEL__MAILSERVER__CLIENT_MESSAGE_RATE=none
ADMINPANEL__MAILSERVER__SMTP_LISTEN=127.0.0.1:$smtp
ADMINPANEL__MAILSERVER__SUBMISSION_LISTEN=127.0.0.1:$submission
ADMINPANEL__MAILSERVER__SUBMISSIONS_LISTEN=127.0.0.1:$submissions
ADMINPANEL__MAILSERVER__INTERNAL_SMTP_LISTEN=127.0.0.1:$internal_smtp
ADMINPANEL__MAILSERVER__IMAPS_LISTEN=127.0.0.1:$imaps
ADMINPANEL__MAILSERVER__POP3S_LISTEN=127.0.0.1:$pop3s
ADMINPANEL__MAILSERVER__MANAGESIEVE_LISTEN=127.0.0.1:$managesieve
ADMINPANEL__MAILSERVER__SIGN_IN_REPORT=127.0.0.1:$port
ADMINPANEL__MAILSERVER__SIGN_IN_REPORT_PASSWORD=$report_password
ADMINPANEL__MAILSERVER__PANEL_SIEVE_PASSWORD=$sieve_password
ADMINPANEL__MAILSERVER__TLS_CERTIFICATE=$var/tls/server.pem
ADMINPANEL__MAILSERVER__TLS_KEY=$var/tls/server.key
ADMINPANEL__MAILSERVER__MAIL_ROOT=$var/mail
ADMINPANEL__MAILSERVER__APPLY_DIRECTORY=$var/applied
ADMINPANEL__MAILSERVER__DKIM_DIRECTORY=$var/dkim
ADMINPANEL__MAILSERVER__SEALING_KEY=$var/private/sealing.key
ADMINPANEL__MAILSERVER__POSTFIX_DIRECTORY=$var/config/postfix
ADMINPANEL__MAILSERVER__RSPAMD_DIRECTORY=$var/config/rspamd
ADMINPANEL__MAILSERVER__OPENDKIM_DIRECTORY=$var/config
ADMINPANEL__MAILSERVER__REDIS_DIRECTORY=$var/config/redis
ADMINPANEL__MAILSERVER__POSTFIX_QUEUE_DIRECTORY=$var/postfix/queue
ADMINPANEL__MAILSERVER__POSTFIX_DATA_DIRECTORY=$var/postfix/data
ADMINPANEL__MAILSERVER__DOVECOT_DIRECTORY=$var/config/dovecot
ADMINPANEL__MAILSERVER__DOVECOT_RUN_DIRECTORY=$var/run/dovecot
ADMINPANEL__MAILSERVER__DOVECOT_STATE_DIRECTORY=$var/dovecot
ADMINPANEL__MAILSERVER__LOG_DIRECTORY=$var/log
ADMINPANEL__MAILSERVER__DATABASE_HOSTS=unix:$database_socket
ADMINPANEL__MAILSERVER__DATABASE_NAME=adminpanel
ADMINPANEL__MAILSERVER__POSTFIX_PASSWORD=$postfix_password
ADMINPANEL__MAILSERVER__DOVECOT_PASSWORD=$dovecot_password
PANEL_PUBLISHED=$published
ENV
    mv "$settings.new" "$settings"
    set -a
    # shellcheck source=/dev/null
    . "$settings"
    set +a
}

start_panel() {
    start panel panel.log dotnet "$published/AdminPanel.Web.dll" serve
    await 60 ready_or_ended && alive "$(pid_of panel)" || fail "the panel does not start; see $var/log/panel.log"
}

ready_or_ended() { gone "$(pid_of panel)" || is_ready; }

is_ready() (
    exec 3<>"/dev/tcp/127.0.0.1/$port"
    printf 'GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
    read -r status <&3
    [[ $status == *' 200 '* ]]
)

endpoint_or_null() { if [[ $mail == yes ]]; then printf '"127.0.0.1:%s"' "$1"; else printf 'null'; fi; }

write_run_json() {
    cat >"$var/run.json.new" <<JSON
{
  "panel": "http://localhost:$port",
  "smtp": $(endpoint_or_null "$smtp"),
  "submission": $(endpoint_or_null "$submission"),
  "submissions": $(endpoint_or_null "$submissions"),
  "imaps": $(endpoint_or_null "$imaps"),
  "pop3s": $(endpoint_or_null "$pop3s"),
  "managesieve": $(endpoint_or_null "$managesieve"),
  "database_socket": "$database_socket",
  "outbox": "$var/outbox",
  "mail_root": "$var/mail",
  "ca_file": "$var/tls/ca.pem",
  "config": "$var/config",
  "log": "$var/log",
  "pids": {
    "run": $$,
    "mariadb": $(pid_of mariadb),
    "outbox": $(pid_of outbox),
    "dovecot": $(pid_of dovecot),
    "postfix": $(pid_of postfix),
    "sessions": $(pid_of sessions),
    "panel": $(pid_of panel)
  }
}
JSON
    mv "$var/run.json.new" "$var/run.json"
    # Everything listens now: another ./run may look for free ports.
    exec 8>&-
}

show_where_everything_is() {
    say "Panel        http://localhost:$port"
    if [[ $mail == yes ]]; then
        say "SMTP         127.0.0.1:$smtp"
        say "Submission   127.0.0.1:$submission (STARTTLS), 127.0.0.1:$submissions (TLS)"
        say "IMAP         127.0.0.1:$imaps (TLS)"
        say "CA           $var/tls/ca.pem"
        say "Outbox       $var/outbox: mail for other hosts ends there"
    elif [[ -n $missing_mail ]]; then
        say "No mail: $missing_mail"
    fi
    local link
    link=$(panel admin setup-link 2>>"$var/log/panel.log") || link=
    if [[ -n $link ]]; then
        say "Open this once to make your account:"
        say "  $link"
    fi
    say "Ctrl-C stops everything; $var keeps it."
}

# A few things to look at, once: an instance that has a domain keeps what it has.
fill_demo() {
    [[ $(panel domain list --json) == '[]' ]] || return 0
    local password
    password=$(openssl rand -base64 15)
    say "Filling the demo ..."
    {
        panel domain add demo.example --mailbox-limit 50 --default-quota 5G
        panel domain add club.example --description "A club with a catch-all"
        panel alias-domain add demo.test demo.example
        local name
        for name in anna ben carla; do panel mailbox add "$name@demo.example" --password-stdin <<<"$password"; done
        panel mailbox add secretary@club.example --password-stdin --forward anna@demo.example <<<"$password"
        panel alias add info@demo.example anna@demo.example ben@demo.example
        panel alias add postmaster@demo.example anna@demo.example
        panel alias add @club.example secretary@club.example
    } >>"$var/log/panel.log" 2>&1 || fail "the demo cannot be filled; see $var/log/panel.log"
    (umask 077 && printf '%s\n' "$password" >"$var/private/demo-password")
    say "The demo's mailboxes have the password $password (kept in $var/private/demo-password)."
}
