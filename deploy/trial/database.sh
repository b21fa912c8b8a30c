# A private MariaDB: a unix socket and no network. Sourced by ./run.

database_socket=$var/run/db.sock

as_database_admin() { mariadb --no-defaults --socket="$database_socket" --user="$(id -un)" "$@"; }

start_database() {
    # A directory of its own for temporary tables: a starting server removes those it finds in /tmp, another's too.
    mkdir -p "$var/run/tmp"
    local data=$var/mysql as=()
    ((EUID != 0)) || as=(--user=root)
    # The account that ./run runs as is the database's administrator, by its unix socket and without a password.
    if [[ ! -d $data/mysql ]]; then
        mariadb-install-db --no-defaults "${as[@]}" --datadir="$data" --tmpdir="$var/run/tmp" --skip-test-db --skip-name-resolve \
            --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" >"$var/log/mariadb-install.log" 2>&1 \
            || fail "the database cannot be set up; see $var/log/mariadb-install.log"
    fi
    start mariadb mariadb.log mariadbd --no-defaults "${as[@]}" --datadir="$data" --socket="$database_socket" --pid-file="$var/run/mariadb.pid" \
        --skip-networking --skip-name-resolve --skip-log-bin --character-set-server=utf8mb4 --collation-server=utf8mb4_general_ci \
        --tmpdir="$var/run/tmp" --innodb-buffer-pool-size=64M --performance-schema=OFF ${PANEL_MARIADB_OPTIONS:-}
    await 60 as_database_admin -e 'SELECT 1' || fail "mariadbd does not start; see $var/log/mariadb.log"
}

# Random passwords, made once: the panel's account, one for each daemon, what lets in reports of sign-ins, and what lets the panel keep sieve scripts.
read_secrets() {
    local secrets=$var/private/secrets name
    for name in panel postfix dovecot report sieve; do
        grep -qs "^${name}_password=" "$secrets" || (umask 077 && printf '%s_password=%s\n' "$name" "$(openssl rand -hex 24)" >>"$secrets")
    done
    # shellcheck source=/dev/null
    . "$secrets"
}

migrate_database() {
    as_database_admin <<SQL
CREATE DATABASE IF NOT EXISTS adminpanel CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE USER IF NOT EXISTS 'adminpanel'@'localhost';
ALTER USER 'adminpanel'@'localhost' IDENTIFIED BY '${panel_password:?}';
GRANT ALL ON adminpanel.* TO 'adminpanel'@'localhost';
SQL
    panel db migrate >>"$var/log/panel.log" 2>&1 || fail "the database cannot be brought up to date; see $var/log/panel.log"
    # On a mail server the first apply makes it.
    panel dkim sealing-key >>"$var/log/panel.log" 2>&1 || fail "the key that DKIM keys are sealed to cannot be made; see $var/log/panel.log"
}
