# What ./run needs from Debian and from .NET. Sourced by ./run.

base_packages=(mariadb-server-core mariadb-client-core libmariadb3 libsodium23 libunbound8 dns-root-data libicu72 openssl)
mail_packages=(postfix postfix-mysql dovecot-core dovecot-imapd dovecot-lmtpd dovecot-mysql dovecot-sieve
    dovecot-managesieved dovecot-pop3d)

install_missing_packages() {
    "$root/deploy/install-packages" "${base_packages[@]}" || fail "the panel cannot run without the packages above"
    [[ $mail == yes ]] || return 0
    if ((EUID != 0)); then
        missing_mail="Postfix and Dovecot start as root only: sudo ./run"
    elif [[ -z ${PANEL_MAIL_TREE:-} ]] && ! "$root/deploy/install-packages" "${mail_packages[@]}"; then
        missing_mail="Postfix and Dovecot are not installed, see above"
    elif closed=$(closed_to_postfix); then
        missing_mail="Postfix runs as the user postfix, who may not enter $closed: chmod o+x $closed, or choose another --var"
    fi
    [[ -z $missing_mail ]] || mail=no
}

# The first directory on the way to var that the user postfix may not enter; fails when there is none.
closed_to_postfix() {
    local path='' step
    local -a steps
    IFS=/ read -ra steps <<<"${var#/}"
    for step in "${steps[@]}"; do
        path+=/$step
        "${in_tree[@]}" setpriv --reuid=postfix --regid=postfix --clear-groups test -x "$path" || { printf '%s' "$path" && return 0; }
    done
    return 1
}
