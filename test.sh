#!/usr/bin/env bash
# Installs what is missing, builds the ci preset and runs every test; needs no display, GPU or network once installed.
# Arguments go to ctest, for example: ./test.sh -R engine
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here"
. cmake/set-up.sh
install_packages build gui test
build_preset ci
exec ctest --test-dir build/ci --output-on-failure --no-tests=error -j "$(nproc)" "$@"
