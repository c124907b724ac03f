#!/usr/bin/env bash
# Installs what is missing, builds, and starts Groundwork. See --help.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here"
. cmake/set-up.sh

usage() {
    cat <<'TEXT'
Usage: ./run.sh [OPTION] [-- ARGUMENT...]

Installs what is missing (Debian packages), builds, and starts Groundwork.
With a display the window opens with the quick-start recipe ready to launch;
without one the quick-start recipe is trained here in the terminal.

  --window         open the window (the default with a display)
  --headless       train the quick-start recipe without a window
  --cli            call groundwork-cli with the arguments after --
  --no-gui         build without Qt and the window (servers, clusters)
  --build-only     install and build, start nothing
  --help           this text

Everything after -- goes to the program that is started, for example
  ./run.sh --cli -- run --recipe shakespeare-cpu --data input.txt
TEXT
}

mode=auto
gui=ON
while [ $# -gt 0 ]; do
    case "$1" in
        --window|--headless|--cli|--build-only) mode=${1#--} ;;
        --no-gui) gui=OFF ;;
        --help|-h) usage; exit 0 ;;
        --) shift; break ;;
        *) echo "run.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
    esac
    shift
done
if [ "$mode" = auto ]; then
    if [ "$gui" = ON ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then mode=window; else mode=headless; fi
fi

bin=$here/build/release/bin
stamp=$here/build/release/built-from
# A second call starts at once: nothing is configured or built while no source is newer than the last build.
current() {
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "gui=$gui" ] &&
        [ -z "$(find CMakeLists.txt CMakePresets.json cmake app core ui resources -newer "$stamp" -type f -print -quit)" ]
}
if ! current; then
    if [ "$gui" = ON ]; then install_packages build gui; else install_packages build; fi
    build_preset release -DGROUNDWORK_GUI="$gui"
    echo "gui=$gui" > "$stamp"
fi

case "$mode" in
    build-only) echo "Built: $bin" ;;
    window) exec "$bin/groundwork" --recipe quick-start "$@" ;;
    cli) exec "$bin/groundwork-cli" "$@" ;;
    headless) exec "$bin/groundwork-cli" run --recipe quick-start "$@" ;;
esac
