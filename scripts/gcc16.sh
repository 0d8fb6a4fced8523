#!/usr/bin/env bash
# Runs a command where g++-16 and the peers that haft is measured against are: scripts/gcc16.sh CMD...
#
# That place is a chroot of Debian forky, made by mmdebstrap at the first call (a minute or two, about 800 MB) into
# build/gcc16. Without a command it is only made. The command runs from the project's root, which has the same path inside.
#
#   HAFT_GCC16=FOLDER        the chroot to use, so that several checkouts share one; "/" means this machine itself
#   HAFT_GCC16_SHOW=A:B      further folders to show inside under their own paths
#
# Where no such place can be had, one line says why and the exit code is 77.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
chroot=$(realpath -m "${HAFT_GCC16:-$root/build/gcc16}")

packages=(
    g++-16 cmake ninja-build ccache valgrind python3-minimal
    libboost-dev libsqlite3-dev catch2 nlohmann-json3-dev libjsoncons-dev libtomlplusplus-dev
    libbenchmark-dev libglaze-dev libsimdjson-dev
    libreflectcpp-dev libctre-dev libyyjson-dev # the last two are included by reflect-cpp, but its package lacks them
)

say() { printf 'gcc16: %s\n' "$*" >&2; }
unavailable() { say "$@"; exit 77; }
have() { command -v "$1" >/dev/null 2>&1; }

if [ "$chroot" = / ]; then
    have g++-16 || unavailable "this machine has no g++-16"
    [ $# -gt 0 ] || exit 0
    cd "$root"
    exec "$@"
fi

[ "$(id -u)" = 0 ] || unavailable "a chroot needs root"
unshare --mount true 2>/dev/null || unavailable "this machine lets us mount nothing"

# --- make it, once ----------------------------------------------------------------------------------------------------

# The list of packages stands in the chroot: a checkout that wants more than there is makes it anew.
complete() { [ -e "$chroot/packages" ] && ! printf '%s\n' "${packages[@]}" | grep -vqxFf "$chroot/packages"; }

mirror_of_this_machine() {
    # shellcheck disable=SC2016 # apt's variable, not the shell's
    apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Component: main' 'Origin: Debian' | head -n 1
}

# In a subshell, so that whatever ends it, nothing half-made stays.
make() (
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg log=$chroot.log new=$chroot.new
    trap 'rm -rf --one-file-system "$new" "$chroot.apt"' EXIT
    trap 'exit 130' INT TERM
    have apt-get || unavailable "a chroot is made with apt, which this machine lacks"
    [ -e $keyring ] || unavailable "missing: $keyring (package debian-archive-keyring)"
    mirror=$(mirror_of_this_machine)
    if [ -z "$mirror" ] || ! have mmdebstrap; then
        apt-get -q update >"$log" 2>&1 || unavailable "apt-get update failed, see $log"
        mirror=$(mirror_of_this_machine) # apt names a source only once it has its list
    fi
    [ -n "$mirror" ] || unavailable "apt knows no Debian mirror"
    have mmdebstrap || DEBIAN_FRONTEND=noninteractive apt-get -qy --no-install-recommends --no-remove install mmdebstrap \
        >"$log" 2>&1 </dev/null || unavailable "mmdebstrap cannot be installed, see $log"

    say "making $chroot (a minute or two, once)"
    rm -rf --one-file-system "$new" "$chroot.old" # of a run that was killed
    # In a mount namespace of its own: whatever ends this run ends its mounts. What apt says about proxies and
    # certificates goes along; forky's list may be older than it allows itself.
    apt-config dump Acquire::http Acquire::https >"$chroot.apt"
    unshare --mount mmdebstrap --mode=root --variant=apt --include="$(IFS=, && echo "${packages[*]}")" \
        --aptopt="$chroot.apt" --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Languages "none"' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
        forky "$new" "deb [signed-by=$keyring] $mirror forky main" >"$log" 2>&1 </dev/null ||
        unavailable "mmdebstrap failed, see $log"
    printf '%s\n' "${packages[@]}" >"$new/packages"
    if [ -e "$chroot" ]; then mv "$chroot" "$chroot.old"; fi
    mv "$new" "$chroot"
    rm -rf --one-file-system "$chroot.old" "$log"
)

if ! complete; then
    mkdir -p "$(dirname "$chroot")"
    exec 9>"$chroot.lock" # two at once would make it twice
    flock 9
    complete || make
    exec 9>&-
fi

# --- run in it --------------------------------------------------------------------------------------------------------

[ $# -gt 0 ] || exit 0
IFS=: read -ra shown <<<"$root${HAFT_GCC16_SHOW:+:$HAFT_GCC16_SHOW}"
cache=
if have ccache; then # one cache for both sides: a chroot that is made anew compiles nothing anew
    cache=$(ccache --get-config cache_dir)
    mkdir -p "$cache"
    shown+=("$cache")
fi
# The mounts are in a namespace that only this command sees, and end with it. Of the environment stays what does not
# name a place of the machine outside.
# shellcheck disable=SC2016 # expanded by the inner shell
exec unshare --mount bash -c '
    set -e
    chroot=$1 root=$2 cache=$3 count=$4
    shift 4
    for folder in /proc /sys /dev "${@:1:count}"; do
        mkdir -p "$chroot$folder"
        mount --rbind "$folder" "$chroot$folder"
    done
    shift "$count"
    exec env -u CCACHE_DIR -u TMPDIR -u LANGUAGE HOME=/root ${cache:+"CCACHE_DIR=$cache"} LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        chroot "$chroot" /bin/sh -c "cd \"\$0\" && exec \"\$@\"" "$root" "$@"
' gcc16 "$chroot" "$root" "$cache" "${#shown[@]}" "${shown[@]}" "$@"
