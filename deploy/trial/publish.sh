# The program: published when its sources are newer than what was published before. Sourced by ./run.

# PANEL_PUBLISHED names a directory with a published panel, which is then taken as it is: ./test publishes once.
published=${PANEL_PUBLISHED:-$root/artifacts/publish}

publish_panel() {
    command -v dotnet >/dev/null || fail "dotnet is not in PATH: install the .NET 10 SDK (https://dotnet.microsoft.com/download)"
    [[ -z ${PANEL_PUBLISHED:-} ]] || return 0
    mkdir -p "$root/artifacts"
    exec 7>"$root/artifacts/publish.lock"
    flock 7
    if published_is_old; then
        say "Building the panel (some minutes the first time) ..."
        local log=$var/log/build.log
        dotnet publish "$root/src/AdminWeb" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true \
            -o "$published" --nologo -v quiet >"$log" 2>&1 || { tail -n 20 "$log" >&2 && fail "the panel does not build; all of it is in $log"; }
        touch "$published/.published"
    fi
    exec 7>&-
}

published_is_old() {
    [[ -e $published/.published ]] || return 0
    local sources=("$root"/{src,migrations,sql-maps,wwwroot,global.json} "$root"/Directory.*.props)
    [[ -e $root/package.json ]] && sources+=("$root"/package*.json)
    [[ -n $(find "${sources[@]}" -newer "$published/.published" -type f -not -path '*/wwwroot/lib/*' -print -quit) ]]
}

panel() { dotnet "$published/AdminPanel.Web.dll" "$@"; }
