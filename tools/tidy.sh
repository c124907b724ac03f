#!/usr/bin/env bash
# Holds the code against .clang-tidy with clang-tidy 14; fails if there is a finding anywhere. Takes some minutes.
# Usage: tools/tidy.sh [FOLDER...]   (core/data, ui/plots...; by default the rooms of core/ that need no LibTorch)
# Clang 14 cannot read LibTorch's headers as C++20, so that the files that include them cannot be held against it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -gt 0 ] || set -- core/{util,schema,tokenize,data,store,compare,artifact}
groups=$(mktemp -d)
trap 'rm -rf "$groups"' EXIT

# Most of the time goes into headers, so files of a folder are read together, as in a unity build.
for folder; do
    find "$folder" -name '*.cpp' | sort | sed "s|.*|#include \"$PWD/&\"|" |
        split -l 40 --additional-suffix=.cpp - "$groups/${folder//\//_}-"
done
read -ra qt < <(pkg-config --cflags Qt6Widgets Qt6Svg Qt6PrintSupport | sed 's/-I/-isystem /g')
flags=(-std=c++20 -w -fPIC "-I$PWD" "-I$PWD/core" "-I$PWD/app" "${qt[@]}" -DQT_NO_KEYWORDS '-DGROUNDWORK_VERSION=""'
    -DFMT_SHARED -DSPDLOG_COMPILED_LIB -DSPDLOG_FMT_EXTERNAL)
printf '%s\n' "$groups"/*.cpp | xargs -P "$(nproc)" -I{} \
    clang-tidy --quiet --config-file=.clang-tidy --checks=-bugprone-suspicious-include {} -- "${flags[@]}"
