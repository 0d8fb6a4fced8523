#!/usr/bin/env bash
# Does literally what docs/start.md says, in an empty folder, and compares what it prints: scripts/newcomer.sh [PREFIX...]
#
# A block of ```sh is run, a block of ```text after it must be its output. haft is taken from the first PREFIX, where it is installed;
# further ones are places of Boost. Without arguments this checkout is installed into a place of its own first, as the page says.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
page=$root/docs/start.md
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

if [ $# = 0 ]; then
    "$root/scripts/deps.sh"
    set -- "$place/prefix" "$root/build/deps/usr"
    cmake -S "$root" -B "$place/package" -DCMAKE_PREFIX_PATH="$root/build/deps/usr" \
        -DHAFT_BUILD_TESTS=OFF -DHAFT_BUILD_EXAMPLES=OFF -DHAFT_BUILD_COMMAND=OFF >"$place/log" 2>&1 &&
        cmake --install "$place/package" --prefix "$1" >>"$place/log" 2>&1 || { cat "$place/log"; exit 1; }
fi
CMAKE_PREFIX_PATH=$(IFS=: && echo "$*")
export CMAKE_PREFIX_PATH
mkdir "$place/empty"
cd "$place/empty"

failed=0 run=0 compared=0 number=0 began=0 kind='' block='' said=''
while IFS= read -r line; do
    number=$((number + 1))
    case $kind:$line in
        :'```sh' | :'```text') kind=${line#\`\`\`} block='' began=$number ;;
        :'```'?*) kind=other ;;
        sh:'```')
            run=$((run + 1))
            status=0
            said=$(bash -euo pipefail -c "$block" 2>&1 </dev/null) || status=$?
            if [ $status != 0 ]; then
                printf 'docs/start.md:%s: exit code %s of\n%s\n%s\n' "$began" "$status" "$block" "$said"
                exit 1 # what follows builds on it
            fi
            kind='' ;;
        text:'```')
            compared=$((compared + 1))
            if [ "$said" != "${block%$'\n'}" ]; then
                printf 'docs/start.md:%s: the page shows something else than what is printed\n' "$began"
                diff <(printf '%s' "$block") <(printf '%s\n' "$said") || failed=1
            fi
            kind='' ;;
        ?*:'```') kind='' ;;
        sh:* | text:*) block+=$line$'\n' ;;
    esac
done <"$page"
echo "docs/start.md: $run blocks run, $compared outputs compared"
[ $run -gt 0 ] && [ $compared -gt 0 ] && [ $failed = 0 ]
