# Postfix and Dovecot of another Debian than this machine's, in a tree of it that PANEL_MAIL_TREE names: tests run the
# daemons of a release in it that cannot be installed beside this one's. Sourced by ./run.

# What starts a program where the daemons are: nothing, or chroot(8).
in_tree=()

# In a mount namespace of our own, so that what is mounted into the tree ends with the last of our processes, however
# that ends, and nobody else sees it. The process id stays.
own_mounts() {
    [[ -n ${PANEL_MAIL_TREE:-} && ${PANEL_MAIL_TREE_OF:-} != "$$" ]] || return 0
    ((EUID == 0)) || fail "PANEL_MAIL_TREE needs root: chroot(8) and mount(8) do"
    export PANEL_MAIL_TREE_OF=$$
    exec unshare --mount --propagation private "$root/run" "$@"
}

# The state directory is in the tree under the same name: all paths and sockets are the same inside and outside.
enter_tree() {
    [[ -n ${PANEL_MAIL_TREE:-} ]] || return 0
    in_tree=(chroot "$PANEL_MAIL_TREE")
    mkdir -p "$PANEL_MAIL_TREE$var"
    mount --bind "$var" "$PANEL_MAIL_TREE$var" || fail "cannot mount $var into $PANEL_MAIL_TREE"
    # What the panel starts of Dovecot's programs, which have to be of the same release as the daemon.
    printf '#!/bin/sh\nexec /usr/sbin/chroot %q /usr/bin/doveadm "$@"\n' "$PANEL_MAIL_TREE" >"$var/run/doveadm"
    chmod 0755 "$var/run/doveadm"
    mount --bind "$var/run/doveadm" /usr/bin/doveadm || fail "cannot put the tree's doveadm in place of /usr/bin/doveadm, which dovecot-core brings"
}

leave_tree() {
    [[ -n ${PANEL_MAIL_TREE:-} ]] || return 0
    umount /usr/bin/doveadm || true
    umount "$PANEL_MAIL_TREE$var" && rmdir "$PANEL_MAIL_TREE$var" || true
}
