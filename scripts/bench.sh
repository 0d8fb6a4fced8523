#!/usr/bin/env bash
# Measures haft beside its peers: scripts/bench.sh [PART…] [--quick] [--json FILE] [--plots] [--instructions]
#
#   PART             run, registry, stdio, compile, size; all of them (the default)
#   --quick          fewer rounds and approaches: for all about three minutes on a quiet machine, instead of twenty
#   --json FILE      all figures go there, too
#   --plots          draws docs/performance/*.svg
#   --instructions   counts those of registry and compile, too (valgrind): what decides where others use the machine
#
# Brings what it needs: scripts/deps.sh, and g++-16 with the peers in a chroot (scripts/gcc16.sh). Where that can't be
# had, haft is measured with this machine's g++, and the rest is skipped. scripts/deps.sh --node adds the TypeScript SDK.
# Ends with a line `ratio NAME VALUE` for each figure. Fails if a part broke off.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() { sed -n '2,7p' "$0" | cut -c3- >&2; exit 2; }

parts=() quick=() counted=() shown=()
while [ $# -gt 0 ]; do
    case $1 in
        run | registry | stdio | compile | size) parts+=("$1") ;;
        all) parts=(run registry stdio all_of_compile) ;;
        --quick) quick=(--quick) ;;
        --instructions) counted=(--instructions) ;;
        --plots) shown+=(--plots docs/performance) ;;
        --json) [ $# -gt 1 ] || usage; shown+=(--json "$2"); shift ;;
        *) usage ;;
    esac
    shift
done
[ ${#parts[@]} -gt 0 ] || parts=(run registry stdio all_of_compile)

say() { printf 'bench: %s\n' "$*" >&2; }

scripts/deps.sh
status=0
scripts/gcc16.sh || status=$?
case $status in
    0 | 77) ;; # 77: it has said why it can't be had
    *) say "scripts/gcc16.sh broke off with $status"; exit 1 ;;
esac

results=build/bench/results
mkdir -p $results
failed=0 files=()

# measure NAME FOLDER OPTION…: one part; its figures in results/NAME.json, what it says besides in results/NAME.log.
measure() {
    local name=$1 folder=$2 start=$SECONDS status=0
    shift 2
    say "$name"
    rm -f "$results/$name.json"
    python3 "bench/$folder/measure.py" --json "$results/$name.json" "$@" >"$results/$name.log" || status=$?
    if [ ! -s "$results/$name.json" ] || { [ $status != 0 ] && [ $status != 77 ]; }; then
        tail -n 20 "$results/$name.log" >&2
        say "$name broke off with $status"
        failed=1
        return
    fi
    files+=("$results/$name.json") # 77: it says there what was skipped
    say "$name took $((SECONDS - start)) s"
}

for part in "${parts[@]}"; do
    case $part in
        run) measure run run "${quick[@]}" "${counted[@]/#--instructions/--count}" ;;
        registry) measure registry registry "${quick[@]}" "${counted[@]}" ;;
        stdio) measure stdio stdio "${quick[@]}" ;;
        compile) measure compile compile --figures compile "${quick[@]}" "${counted[@]}" ;;
        size) measure size compile --figures size --rounds 1 "${quick[@]}" ;;
        all_of_compile) measure compile compile "${quick[@]}" "${counted[@]}" ;;
    esac
done
[ ${#files[@]} -gt 0 ] || exit 1
python3 bench/report/report.py "${shown[@]}" "${files[@]}"
exit $failed
