#!/usr/bin/env bash
# Installs each component into a prefix with a space in its name and looks at what lies there: the files one by one, that the programs
# start and find their parts wherever the prefix is, that pages and completions say what the program says, that the entry for desktops
# is sound. Usage: tree.sh CMAKE BUILD SOURCE VERSION GUI
set -euo pipefail
cmake=$1 build=$2 source=$3 version=$4 gui=$5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() { echo "FAILED: $*" >&2; failed=1; }
have() { command -v "$1" >/dev/null; }

prefix="$work/some where"
install_component() { "$cmake" --install "$build" --component "$1" --prefix "$prefix" >"$work/log" || { cat "$work/log" >&2; exit 1; }; }
# Pictures of fixed sizes are there only where rsvg-convert was at hand, and zsh's folder is the system's choice.
files() { (cd "$prefix" && find . -type f ! -name '*.png' | sed 's,^\./,,; s,share/zsh/[a-z-]*/,share/zsh/,' | sort); }
same_files() { diff <(printf '%s\n' "$@" | sort) <(files) >&2 || fail "the files of the component differ (< expected, > installed)"; }

engine=(bin/groundwork-cli libexec/groundwork/groundwork-cli libexec/groundwork/groundwork-tokenizer
    share/man/man1/groundwork-cli.1.gz share/man/man5/groundwork-settings.5.gz
    share/bash-completion/completions/groundwork-cli share/zsh/_groundwork-cli
    share/doc/groundwork-engine/copyright share/doc/groundwork-engine/changelog.gz)
for recipe in "$source"/resources/recipes/*.json; do engine+=("share/groundwork/recipes/$(basename "$recipe")"); done
install_component engine
same_files "${engine[@]}"

# Without the environment of the tests, as a person starts it; also through a link from elsewhere.
person() { env -i PATH=/usr/bin:/bin HOME="$work" LC_ALL=C.UTF-8 "$@"; }
ln -s "$prefix/bin/groundwork-cli" "$work/linked"
for cli in "$prefix/bin/groundwork-cli" "$work/linked"; do
    [ "$(person "$cli" --version)" = "Groundwork $version" ] || fail "$cli --version"
    # Not `| grep -q`, which hangs up before all is said.
    recipes=$(person "$cli" recipes)
    grep -q '^quick-start ' <<<"$recipes" || fail "$cli finds no recipes"
done
for i in $(seq 40); do echo "the cat sat on mat number $i by the lake"; done >"$work/text.txt"
person "$prefix/bin/groundwork-cli" --workspace "$work/workspace" tokenizer train --data "$work/text.txt" --kind sentencepiece --set vocabulary=40 --set byte_fallback=false --set algorithm=bpe \
    --out "$work/tokenizer" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "the tokenizer's helper is not found"; }

# The page names every verb and every section; man has nothing to complain of.
page() { gzip -dc "$prefix/share/man/man${1##*.}/$1.gz"; }
page groundwork-cli.1 >"$work/groundwork-cli.1"
page groundwork-settings.5 >"$work/groundwork-settings.5"
"$build/bin/groundwork-cli" --help | sed -n '/^Subcommands:/,$s/^  \([a-z-]*\) .*/\1/p' >"$work/verbs"
[ -s "$work/verbs" ] || fail "--help lists no verbs"
while read -r verb; do
    grep -qx "\.SS ${verb//-/\\\\-}" "$work/groundwork-cli.1" || fail "groundwork-cli(1) lacks $verb"
done <"$work/verbs"
grep -o '^## .* (`[a-z_]*`)' "$source/docs/manual.md" | sed 's/.*`\(.*\)`.*/\1/' >"$work/sections"
[ -s "$work/sections" ] || fail "docs/manual.md has no sections"
while read -r section; do
    grep -q "^Section .fB$section.fR\." "$work/groundwork-settings.5" || fail "groundwork-settings(5) lacks $section"
done <"$work/sections"
"$build/bin/groundwork-cli" manual --man commands | cmp - "$work/groundwork-cli.1" || fail "groundwork-cli(1) is not what the program says"
"$build/bin/groundwork-cli" manual --man settings | cmp - "$work/groundwork-settings.5" || fail "groundwork-settings(5) is not what the program says"

# bash completes as a person would see it.
completed() {
    env -i PATH=/usr/bin:/bin bash -c '
        source "$1"; shift
        compopt() { :; }
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _groundwork_cli
        echo "${COMPREPLY[*]}"' _ "$prefix/share/bash-completion/completions/groundwork-cli" groundwork-cli "$@"
}
completes() {
    local expected=$1 said
    shift
    said=$(completed "$@")
    [ "$said" = "$expected" ] || fail "\"$*\" is completed as \"$said\", not \"$expected\""
}
completes "finetune" fine
completes "all head last lora" finetune --train ''
completes "shakespeare-cpu shakespeare-lstm" run --recipe shak
completes "shakespeare-cpu" run --recipe shakespeare-c
completes "optimizer.weight_decay=" run --set optimizer.weight
completes "objective optimizer" describe o
completes "add" queue a
completes "--recipe" queue add --rec
completes "" run --name ''

[ "$(gzip -dc "$prefix/share/doc/groundwork-engine/changelog.gz" | head -n 1 | cut -d' ' -f2)" = "($version)" ] ||
    fail "installer/debian/changelog.in begins with another version than $version"
grep -q "<release version=\"$version\"" "$source/installer/groundwork.metainfo.xml" || fail "groundwork.metainfo.xml knows no release $version"

if [ "$gui" = ON ]; then
    install_component window
    same_files "${engine[@]}" bin/groundwork libexec/groundwork/groundwork share/applications/groundwork.desktop \
        share/metainfo/groundwork.metainfo.xml share/man/man1/groundwork.1.gz share/icons/hicolor/scalable/apps/groundwork.svg \
        share/doc/groundwork/copyright share/doc/groundwork/changelog.gz
    [ "$(person QT_QPA_PLATFORM=offscreen "$prefix/bin/groundwork" --version 2>/dev/null)" = "groundwork $version" ] || fail "groundwork --version"
    page groundwork.1 >"$work/groundwork.1"
    for option in $(person QT_QPA_PLATFORM=offscreen "$prefix/bin/groundwork" --help 2>/dev/null | grep -o '^  [^ ].*' | grep -o -- '--[a-z-]*'); do
        grep -qF -- "${option//-/\\-}" "$work/groundwork.1" || fail "groundwork(1) lacks $option"
    done
fi

# What only some systems have.
if have man; then
    for page in "$work"/*.[15]; do
        LC_ALL=C.UTF-8 man --warnings -l "$page" >/dev/null 2>"$work/warnings"
        [ ! -s "$work/warnings" ] || { cat "$work/warnings" >&2; fail "$(basename "$page")"; }
    done
fi
if have zsh; then zsh -n "$prefix"/share/zsh/*/_groundwork-cli || fail "the completion for zsh"; fi
if have desktop-file-validate; then desktop-file-validate "$source/installer/groundwork.desktop" || fail "groundwork.desktop"; fi
if have appstreamcli; then appstreamcli validate --no-net "$source/installer/groundwork.metainfo.xml" || fail "groundwork.metainfo.xml"; fi
exit $failed
