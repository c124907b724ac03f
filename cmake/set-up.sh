# Sourced by run.sh and test.sh: installs what is missing, configures and builds a preset.

# install_packages KIND...: the packages of packages.txt for these kinds that are not installed yet.
install_packages() {
    if ! command -v apt-get >/dev/null; then
        echo "This is no Debian system: install the packages of cmake/packages.txt in your system's way." >&2
        return 0
    fi
    local missing=() name kind
    while read -r name kind _; do
        case "$name" in ''|'#'*) continue ;; esac
        case " $* " in *" $kind "*) ;; *) continue ;; esac
        dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
    done < "$here/cmake/packages.txt"
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "Installing ${#missing[@]} packages: ${missing[*]}" >&2
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "Not root and no sudo here: install these packages as root, then call this again." >&2; return 1; }
        sudo=(sudo)
    fi
    local log=$here/build/install.log
    mkdir -p "$here/build"
    if ! { "${sudo[@]}" apt-get update -qq &&
           "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "The packages could not be installed; the whole log is $log" >&2
        return 1
    fi
}

# build_preset PRESET [CMAKE ARGUMENT...]: quiet unless it fails.
build_preset() {
    local preset=$1 log
    shift
    log=$here/build/$preset/build.log
    mkdir -p "$(dirname "$log")"
    echo "Building the $preset preset (the first time takes some minutes; log: build/$preset/build.log)" >&2
    if ! { cmake --preset "$preset" "$@" && cmake --build --preset "$preset"; } >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        echo "The build failed; the whole log is $log" >&2
        return 1
    fi
}
