#!/usr/bin/env bash
# Brings resources/translations/*.ts up to the texts of the program; with --check changes nothing and fails where one is missing,
# unfinished or no longer used. Needs a built groundwork-cli and Qt's lupdate.
# Usage: tools/translations.sh [--check] [GROUNDWORK-CLI]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
check=
if [ "${1:-}" = --check ]; then check=1; shift; fi
cli=${1:-$here/build/ci/bin/groundwork-cli}
for place in /usr/lib/qt6/bin/lupdate lupdate6 lupdate; do
    if command -v "$place" >/dev/null; then lupdate=$place; break; fi
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The texts of sheets are known to the program alone; those of the engine stand in GW_TEXT("...").
"$cli" texts > "$work/sheet_texts.cpp"
# A sentence may stand in several literals, one behind the other.
find "$here/core" -name '*.cpp' -o -name '*.h' | sort | xargs perl -0777 -ne \
    'while (/GW_TEXT\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)/g) { my $text = $1; $text =~ s/(?<!\\)"\s*"//g; $text =~ s/\s+$//; print "QT_TRANSLATE_NOOP(\"Core\", $text);\n" }' |
    sort -u > "$work/core_texts.cpp"
for ts in "$here"/resources/translations/*.ts; do
    out=$ts
    if [ -n "$check" ]; then out=$work/$(basename "$ts"); cp "$ts" "$out"; fi
    (cd "$here" && "${lupdate:?lupdate is not installed: apt install qt6-l10n-tools}" -silent -no-ui-lines -locations none -no-obsolete -I "$here" ui "$work" -ts "$out") >&2
    if [ -n "$check" ]; then
        cp "$ts" "$work/before"
        if grep -q 'type="unfinished"' "$out"; then
            echo "Texts without a translation in $(basename "$ts"):" >&2
            grep -B1 -h 'type="unfinished"' "$out" | grep '<source>' >&2
            exit 1
        fi
        # What is no longer used would stay for ever.
        was=$(grep -c '<source>' "$work/before"); is=$(grep -c '<source>' "$out")
        if [ "$was" != "$is" ]; then echo "$(basename "$ts") has $was texts, the program has $is: run tools/translations.sh" >&2; exit 1; fi
        echo "$(basename "$ts"): $is texts, all translated"
    else
        echo "$(basename "$ts"): $(grep -c '<source>' "$out") texts, $(grep -c 'type="unfinished"' "$out" || true) without a translation"
    fi
done
