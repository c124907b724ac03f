#!/usr/bin/env bash
# Makes the Debian packages groundwork-engine and groundwork for this system and looks at them with lintian.
# DEBFULLNAME and DEBEMAIL in the environment say who answers for them.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"
. cmake/set-up.sh

usage() {
    cat <<'TEXT'
Usage: installer/build.sh [--no-gui] [FOLDER]

Installs what is missing, builds, and writes the packages to FOLDER (build/packages by default).

  --no-gui   the engine alone, built without Qt
TEXT
}

gui=ON
out=$here/build/packages
while [ $# -gt 0 ]; do
    case "$1" in
        --no-gui) gui=OFF ;;
        --help|-h) usage; exit 0 ;;
        -*) echo "build.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
        *) mkdir -p "$1"; out=$(cd "$1" && pwd) ;;
    esac
    shift
done

if [ "$gui" = ON ]; then install_packages build gui package; else install_packages build package; fi
# Found anew at each build: whoever's name and address it was last time.
build_preset release -DGROUNDWORK_GUI="$gui" -UGROUNDWORK_MAINTAINER -URSVG_CONVERT
mkdir -p "$out"
made=$(mktemp -d "$out/.making.XXXXXX")
trap 'rm -rf "$made"' EXIT
log=$here/build/release/package.log
if ! (cd build/release && cpack -B "$made") >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "The packages could not be made; the whole log is $log" >&2
    exit 1
fi
lintian --fail-on error "$made"/groundwork*.deb
mv -f "$made"/groundwork*.deb "$out"
ls -l "$out"/groundwork*.deb
