#!/usr/bin/env bash
# Proves the packages in a clean Debian system of their own: the engine without Qt 6, then the window, a run launched in it by keys,
# and that nothing stays behind when both are removed. Needs root, a network to Debian's mirror, and debootstrap, xvfb and xdotool here.
set -euo pipefail

usage() {
    cat <<'TEXT'
Usage: installer/check.sh [--root FOLDER] [--suite NAME] [--mirror URL] [--picture FILE] PACKAGES

PACKAGES is the folder that installer/build.sh wrote to. FOLDER is a root of Debian to install into and must not have Groundwork;
without one a new one is made by debootstrap and removed again. FILE becomes a picture of the window while the run goes on.
TEXT
}

root= suite=bookworm mirror=http://deb.debian.org/debian picture= packages=
while [ $# -gt 0 ]; do
    case "$1" in
        --root) root=$2; shift ;;
        --suite) suite=$2; shift ;;
        --mirror) mirror=$2; shift ;;
        --picture) picture=$2; shift ;;
        --help|-h) usage; exit 0 ;;
        -*) echo "check.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
        *) packages=$(cd "$1" && pwd) ;;
    esac
    shift
done
[ -n "$packages" ] || { usage >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "check.sh: only root can make and enter a system" >&2; exit 1; }
engine=$(ls "$packages"/groundwork-engine_*.deb)
window=$(ls "$packages"/groundwork_*.deb)

# Mounts of its own, which go with this process however it ends.
if [ -z "${GROUNDWORK_CHECK_INSIDE:-}" ]; then
    made=
    if [ -z "$root" ]; then
        made=$(mktemp -d)
        root=$made
        trap 'rm -rf --one-file-system "$made"' EXIT
        echo "== a clean $suite in $root"
        debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log" 2>&1 || { tail -n 5 "$root.log" >&2; exit 1; }
        rm -f "$root.log"
    fi
    GROUNDWORK_CHECK_INSIDE=1 unshare --mount --pid --fork --kill-child "$0" --root "$root" ${picture:+--picture "$picture"} "$packages"
    exit
fi

root=$(cd "$root" && pwd)
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/tmp"
mount --rbind /dev "$root/dev"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
cp "$engine" "$window" "$root/tmp/"
engine=/tmp/$(basename "$engine") window=/tmp/$(basename "$window")

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# As a person without rights, whose files stay theirs when the packages go.
person() {
    chroot --userspec=1000:1000 "$root" env -i PATH=/usr/bin:/bin HOME=/tmp/home XDG_RUNTIME_DIR=/tmp/home LC_ALL=C.UTF-8 ${DISPLAY:+DISPLAY="$DISPLAY"} "$@"
}
fail() { echo "check.sh: $*" >&2; exit 1; }
# Runs quietly; what was said is shown when it fails.
quietly() { "$@" >"$root/tmp/said" 2>&1 || { tail -n 20 "$root/tmp/said" >&2; fail "failed: $*"; }; }
# All that lies in the system, but for what every installation writes: logs, apt's and dpkg's books, caches that others keep.
listed() {
    (cd "$root" && find . -xdev -path ./var/log -prune -o -path ./var/cache -prune -o -path ./var/lib/dpkg -prune -o -path ./var/lib/apt -prune -o \
        ! -name icon-theme.cache ! -name mimeinfo.cache ! -name ld.so.cache -print | sort)
}
depends() { inside dpkg-deb -f "$1" Depends | sed 's/groundwork-engine ([^)]*)\(, \)\?//'; }
mkdir -p "$root/tmp/home"
chown 1000:1000 "$root/tmp/home"
began=$SECONDS
say() { echo "== $* ($((SECONDS - began)) s)"; }

quietly inside apt-get update
say "dependencies of the engine"
quietly inside apt-get satisfy -y --no-install-recommends "$(depends "$engine")"
listed >"$root/tmp/before-engine"
quietly inside dpkg -i "$engine"
if inside dpkg-query -W -f='${db:Status-Status} ${Package}\n' | grep '^installed libqt6'; then fail "the engine brings Qt 6 along"; fi
person groundwork-cli --version
person groundwork-cli recipes --json | grep -q '"quick-start"' || fail "the recipes are not found"
say "a tiny run from the command line, with a tokenizer that the helper trains"
quietly person groundwork-cli run --recipe quick-start --name tiny --set dataset.stories=500 --set training.budget=5 \
    --set backbone.layers=1 --set backbone.width=32 --set backbone.context=32
quietly inside dpkg --purge groundwork-engine
listed | diff "$root/tmp/before-engine" - || fail "the engine leaves traces"

say "dependencies of the window"
quietly inside apt-get satisfy -y --no-install-recommends "$(depends "$window")"
listed >"$root/tmp/before"
quietly inside apt-get install -y --no-install-recommends "$engine" "$window"

say "the window"
display=97
while [ -e /tmp/.X11-unix/X$display ]; do display=$((display + 1)); done
Xvfb :$display -screen 0 1440x900x24 >/dev/null 2>&1 &
export DISPLAY=:$display
mkdir -p "$root/tmp/.X11-unix"
for _ in $(seq 50); do [ -e /tmp/.X11-unix/X$display ] && break; sleep 0.2; done
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
person groundwork --language en --size 1440x900 --recipe quick-start >"$root/tmp/window.log" 2>&1 &
program=$!
seen=
for _ in $(seq 120); do
    kill -0 $program 2>/dev/null || { cat "$root/tmp/window.log" >&2; fail "the window did not start"; }
    seen=$(xdotool search --onlyvisible --name Groundwork 2>/dev/null | tail -n 1) && [ -n "$seen" ] && break
    sleep 1
done
[ -n "$seen" ] || fail "no window after two minutes"
sleep 5
keys() { xdotool windowfocus "$seen" 2>/dev/null || true; xdotool key --clearmodifiers "$@"; sleep 1; }
runs() { person groundwork-cli runs --filter "$1" 2>/dev/null | sed -n 's/^\([0-9a-f]\{8\}\) .*/\1/p'; }
# wait_for MINUTES FILTER: the id of a run that fits, once there is one. Asked seldom: it takes time from the training.
wait_for() {
    local id until=$((SECONDS + 60 * $1))
    while [ $SECONDS -lt $until ]; do
        id=$(runs "$2" | head -n 1)
        if [ -n "$id" ]; then echo "$id"; return 0; fi
        sleep 5
    done
    person groundwork-cli runs >&2
    cat "$root/tmp/window.log" >&2
    return 1
}
keys Escape  # the tour of a first start
say "a run launched by Ctrl+Enter"
keys ctrl+Return
id=$(wait_for 20 'status:running steps>=5') || fail "no run goes on in the window"
if [ -n "$picture" ]; then import -window root "$picture" || echo "check.sh: no picture without ImageMagick's import" >&2; fi
person groundwork-cli stop "$id"
wait_for 10 'status:stopped' >/dev/null || fail "the run did not stop"
person groundwork-cli runs
quietly person groundwork-cli checkpoints "$id"
keys ctrl+q
for _ in $(seq 30); do kill -0 $program 2>/dev/null || break; sleep 1; done
kill -0 $program 2>/dev/null && fail "the window does not close"
wait $program || fail "the window ended with an error: $(cat "$root/tmp/window.log")"

say "both packages removed"
quietly inside dpkg --purge groundwork groundwork-engine
listed | diff "$root/tmp/before" - || fail "the packages leave traces"
if inside dpkg-query -W 'groundwork*' 2>/dev/null | grep .; then fail "dpkg still knows the packages"; fi
[ -d "$root/tmp/home/.local/share/groundwork/workspace/runs" ] || fail "the person's runs went with the packages"
say "installed, used and removed without a trace"
