# Shared by the parts of ./run: words, waiting, ports, and stopping what was started. Sourced, never started.

# What was started, in the order of starting: "name pid" each, or "name file" with the file that says it. Stopped in the
# opposite order.
started=()
missing_mail=

say() { printf '%s\n' "$*"; }

fail() {
    printf './run: %s\n' "$*" >&2
    exit 3
}

refuse() {
    printf './run: %s\n' "$*" >&2
    exit 1
}

# The state directory: made, absolute, with a plain name, and ours alone while we run.
claim_var() {
    mkdir -p "$var" || refuse "cannot make $var"
    var=$(cd "$var" && pwd -P)
    # The daemons' configuration takes no path that would need quoting, and a unix socket's name ends at 107 octets.
    [[ $var =~ ^[A-Za-z0-9._/@+-]+$ ]] || refuse "$var: use a directory of letters, digits and . _ @ + - for --var"
    ((${#var} <= 64)) || refuse "$var: use a directory with a name of at most 64 characters for --var"
    mkdir -p "$var/log" "$var/run" "$var/outbox"
    mkdir -p -m 0700 "$var/private"
    exec 9>"$var/private/lock"
    flock -n 9 || refuse "another ./run uses $var; stop it with Ctrl-C, or choose another --var"
    rm -f "$var/run.json"
}

# await SECONDS COMMAND...: until the command succeeds; fails when it has not in that time.
await() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < deadline)) || return 1
        sleep 0.1
    done
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# next_free PORT: that port, or the next above it that nobody listens on and that was not given out before.
given_out=" "
next_free() {
    free=$1
    while listens "$free" || [[ $given_out == *" $free "* ]]; do ((++free)); done
    given_out+="$free "
}

# Ports are chosen and taken under one lock, so that two ./run side by side do not choose the same.
choose_ports() {
    exec 8>"${TMPDIR:-/tmp}/adminpanel-ports.$EUID.lock"
    flock 8
    if [[ -n $port ]]; then
        ! listens "$port" || refuse "port $port is taken; choose another with --port"
        given_out+="$port "
    else
        next_free 8080 && port=$free
    fi
    next_free 2525 && smtp=$free
    next_free 2587 && submission=$free
    next_free 2465 && submissions=$free
    next_free 2993 && imaps=$free
    next_free 2995 && pop3s=$free
    next_free 2419 && managesieve=$free
    next_free 2526 && internal_smtp=$free
    next_free 2527 && outbox=$free
}

# start NAME LOG COMMAND...: in the background, out of the terminal's reach, so that Ctrl-C lets us stop it in order.
start() {
    local name=$1 log=$2
    shift 2
    setsid "$@" </dev/null >>"$var/log/$log" 2>&1 8>&- 9>&- &
    started+=("$name $!")
}

pid_of() {
    local entry
    for entry in "${started[@]}"; do
        if [[ ${entry% *} == "$1" ]]; then printf '%s' "$(process "${entry#* }")" && return; fi
    done
    printf 'null'
}

# process PID-OR-FILE: the number itself, or what the file says now: an apply may have started the daemon anew.
process() { if [[ $1 == /* ]]; then tr -d ' ' 2>/dev/null <"$1" || true; else printf '%s' "$1"; fi; }

alive() {
    local pid
    pid=$(process "$1")
    [[ -n $pid ]] && kill -0 "$pid" 2>/dev/null
}

gone() { ! alive "$1"; }

stop_everything() {
    local status=$? i name pid
    trap '' INT TERM HUP
    for ((i = ${#started[@]} - 1; i >= 0; i--)); do
        read -r name pid <<<"${started[i]}"
        alive "$pid" || continue
        pid=$(process "$pid")
        kill -TERM "$pid" 2>/dev/null || true
        if ! await 20 gone "$pid"; then
            say "$name does not stop: killing it"
            kill -KILL "$pid" 2>/dev/null || true
        fi
    done
    leave_tree
    rm -f "$var/run.json"
    exit "$status"
}

watch_everything() {
    local entry
    while true; do
        for entry in "${started[@]}"; do
            # Between its end and its new start a daemon that is restarted is away.
            alive "${entry#* }" || { [[ ${entry#* } == /* ]] && await 20 alive "${entry#* }"; } || fail "${entry% *} has stopped by itself; its log is in $var/log"
        done
        # A signal ends a wait at once, a sleep only when it is over.
        sleep 1 &
        wait $! || true
    done
}
