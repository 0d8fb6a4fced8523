#!/usr/bin/env bash
# Measures haft beside its peers: scripts/bench.sh [PART…] [--quick] [--json FILE] [--plots] [--instructions]
#
#   PART             strict, run, registry, stdio, mcp, remote, compile, size; all of them (the default)
#   --quick          fewer rounds and approaches: for all about five minutes on a quiet machine, instead of twenty
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
        strict | run | registry | stdio | mcp | remote | compile | size) parts+=("$1") ;;
        all) parts=(strict run registry stdio mcp remote all_of_compile) ;;
        --quick) quick=(--quick) ;;
        --instructions) counted=(--instructions) ;;
        --plots) shown+=(--plots docs/performance) ;;
        --json) [ $# -gt 1 ] || usage; shown+=(--json "$2"); shift ;;
        *) usage ;;
    esac
    shift
done
[ ${#parts[@]} -gt 0 ] || parts=(strict run registry stdio mcp remote all_of_compile)

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

# strict FOLDER…: these unit tests, in the build that is measured: haft is not fast by letting anything pass.
strict() {
    local start=$SECONDS status=0 build=build/bench-strict log=$results/strict.log
    say strict
    scripts/gcc16.sh true 2>/dev/null || { say "strict was skipped: there is no g++-16"; return; }
    local shared=${HAFT_SHARED_DIR:-$(realpath -m ../shared)} shown=${HAFT_GCC16_SHOW:-}
    [ ! -d "$shared" ] || shown+=${shown:+:}$shared
    HAFT_GCC16_SHOW=$shown HAFT_SHARED_DIR=$shared scripts/gcc16.sh bash -ec '
        build=$1; shift
        cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_COMPILER=g++-16 "-DCMAKE_CXX_FLAGS=-O2 -DNDEBUG" \
            -DHAFT_BUILD_EXAMPLES=OFF -DHAFT_TEST_SUITES=unit
        cmake --build "$build" --target "${@/#/haft_unit_}"
        for folder; do "$build/tests/haft_unit_$folder"; done' bash "$build" "$@" >"$log" 2>&1 || status=$?
    grep -E "^(JSONTestSuite|All tests passed|test cases:)" "$log" || true
    if [ $status != 0 ]; then
        tail -n 20 "$log" >&2
        say "strict: tests failed in the build that is measured"
        failed=1
    fi
    say "strict took $((SECONDS - start)) s"
}

for part in "${parts[@]}"; do
    case $part in
        strict) if [ ${#quick[@]} -gt 0 ]; then strict faults json; else strict core faults format host json mcp schema tool; fi ;;
        run) measure run run "${quick[@]}" "${counted[@]/#--instructions/--count}" ;;
        registry) measure registry registry "${quick[@]}" "${counted[@]}" ;;
        stdio) measure stdio stdio "${quick[@]}" ;;
        mcp) measure mcp mcp "${quick[@]}" ;;
        remote) measure remote remote "${quick[@]}" ;;
        compile) measure compile compile --figures compile "${quick[@]}" "${counted[@]}" ;;
        size) measure size compile --figures size --rounds 1 "${quick[@]}" ;;
        all_of_compile) measure compile compile "${quick[@]}" "${counted[@]}" ;;
    esac
done
[ ${#files[@]} -gt 0 ] || exit $failed
python3 bench/report/report.py "${shown[@]}" "${files[@]}"
exit $failed
