#!/usr/bin/env bash
# UNTESTED recipe: one file that holds the window, the command line and every library they need.
# Build on the oldest system that it is to run on. Needs linuxdeploy and linuxdeploy-plugin-qt (https://github.com/linuxdeploy) on the
# PATH, and build/release as ./run.sh --build-only or installer/build.sh leave it.
# Usage: installer/appimage/build.sh [FILE]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=$(realpath -m "${1:-$here/build/packages/Groundwork-$(uname -m).AppImage}")
build=$here/build/release
for tool in linuxdeploy linuxdeploy-plugin-qt; do
    command -v "$tool" >/dev/null || { echo "build.sh: $tool is not on the PATH: see https://github.com/linuxdeploy" >&2; exit 1; }
done
[ -x "$build/bin/groundwork" ] || { echo "build.sh: nothing is built: ./run.sh --build-only" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
app=$work/AppDir
cmake --install "$build" --component engine --prefix "$app/usr" --strip
cmake --install "$build" --component window --prefix "$app/usr" --strip
cp "$here/installer/appimage/AppRun" "$work/AppRun"

# The launchers look for the OpenBLAS that uses OpenMP here; by its soname alone linuxdeploy would take whichever this system prefers.
blas=/usr/lib/$(uname -m)-linux-gnu/openblas-openmp
if [ -d "$blas" ]; then
    mkdir -p "$app/usr/lib"
    cp -a "$blas" "$app/usr/lib/openblas-openmp"
fi

export QMAKE=${QMAKE:-$(command -v qmake6)}
export EXTRA_PLATFORM_PLUGINS="libqoffscreen.so;libqwayland-generic.so"
export LDAI_OUTPUT=$out LD_LIBRARY_PATH=$blas${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
mkdir -p "$(dirname "$out")"
deploy=()
for program in groundwork groundwork-cli groundwork-tokenizer; do deploy+=(--deploy-deps-only "$app/usr/libexec/groundwork/$program"); done
cd "$work"
linuxdeploy --appdir "$app" "${deploy[@]}" --plugin qt --custom-apprun "$work/AppRun" \
    --desktop-file "$app/usr/share/applications/groundwork.desktop" --icon-file "$app/usr/share/icons/hicolor/scalable/apps/groundwork.svg" \
    --output appimage
ls -l "$out"
