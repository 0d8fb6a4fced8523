#!/usr/bin/env bash
# Builds and tests presets of CMakePresets.json: scripts/test.sh [--conformance] [PRESET…]     (default: dev)
#   --conformance   run the conformance suites with the preset dev as well; brings Node. Unit tests of several folders are then one program
# Ends with a table and the line "N passed, N failed". Fails if anything failed or nothing ran.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

conformance=OFF
presets=()
for argument in "$@"; do
    case $argument in
        --conformance) conformance=ON ;;
        -*) sed -n '2,4p' "$0" | cut -c3- >&2; exit 2 ;;
        *) presets+=("$argument") ;;
    esac
done
[ ${#presets[@]} -gt 0 ] || presets=(dev)

needs=()
case " ${presets[*]} " in *" clang "* | *" fuzz "*) needs+=(--clang) ;; esac
case " ${presets[*]} " in *" mingw "*) needs+=(--mingw) ;; esac
[ $conformance = OFF ] || needs+=(--node)
scripts/deps.sh ${needs[@]+"${needs[@]}"}

jobs=$(nproc)
export NINJA_STATUS='[%f/%t %es] ' CTEST_OUTPUT_ON_FAILURE=1
total_passed=0 total_failed=0 total_skipped=0
rows=() names=() said=

# attribute NAME FILE: a number in the head of a JUnit report.
attribute() { sed -nE "0,/<testcase/ s/^[[:space:]]*$1=\"([0-9]+)\".*/\1/p" "$2" | head -n 1; }

# What tests have counted, which ctest keeps to itself: lines such as "JSONTestSuite, must accept: 93 accepted" and "wire.frames: 21
# checks passed, 0 failed".
counts() {
    sed -nE 's/&apos;/'"'"'/g; s/&quot;/"/g; s/.*<system-out>//; /^(JSONTestSuite|JSON-Schema-Test-Suite|differential|-- Done|[a-z_.]+: [0-9]+ checks passed)/p' "$1" | sort -u
}

# What the tests that failed have said, its last lines: the log's end shows them again, since there may be thousands of lines between, and
# who reads it may have its end only. The names go to the file $2.
failures() {
    python3 - "$1" "$2" <<'PYTHON'
import sys
import xml.etree.ElementTree as xml
try:
    cases = xml.parse(sys.argv[1]).iter("testcase")
except xml.ParseError as e:  # of a test that prints what XML can't hold
    cases = []
    print(f"the report can't be read: {e}")
with open(sys.argv[2], "w") as names:
    for case in cases:
        if case.get("status") != "fail":
            continue
        print(case.get("name"), file=names)
        said = (case.findtext("system-out") or "").rstrip().split("\n")
        print(f"\n--- {case.get('name')}", *said[-40:], sep="\n")
PYTHON
}

# One line that is rewritten on a terminal; in a log one line per test, without the lines that announce them.
run_tests() { if [ -t 1 ]; then $place ctest --progress "$@"; else $place ctest "$@" | sed -u '/^ *Start  *[0-9]*: /d'; fi; }

for preset in "${presets[@]}"; do
    printf '\n=== %s\n' "$preset"
    report=$PWD/build/$preset/tests.xml
    rm -f "$report"
    options=(-DHAFT_CONFORMANCE=OFF)
    [ "$preset" != dev ] || options=("-DHAFT_CONFORMANCE=$conformance" "-DHAFT_TESTS_JOIN_FOLDERS=$conformance")

    # g++ 16 is in a place of its own. Where that can't be had it has said why, and the stage is counted as skipped.
    place=
    if [ "$preset" = cxx26 ]; then
        place=scripts/gcc16.sh status=0
        $place || status=$?
        if [ $status = 77 ]; then
            rows+=("$(printf '%-10s %8d %8d %8d %8d  %s' "$preset" 1 0 0 1 "skipped: no g++ 16 here")")
            total_skipped=$((total_skipped + 1))
            continue
        fi
        [ ! -d ../shared ] || export HAFT_GCC16_SHOW=$(realpath ../shared) HAFT_SHARED_DIR=$(realpath ../shared)
    fi

    step=ok
    $place cmake --preset "$preset" "${options[@]}" || step="configure failed"
    [ "$step" != ok ] || $place cmake --build --preset "$preset" --parallel "$jobs" || step="build failed"
    [ "$step" != ok ] || run_tests --preset "$preset" --parallel "$jobs" --output-junit "$report" || step="tests failed"

    tests=0 failed=0 skipped=0
    if [ -s "$report" ]; then
        counts "$report"
        tests=$(attribute tests "$report")
        failed=$(attribute failures "$report")
        said+=$(failures "$report" "$report.failed")$'\n'
        while read -r name; do names+=("$preset: $name"); done <"$report.failed"
        skipped=$(($(attribute skipped "$report") + $(attribute disabled "$report")))
    fi
    # What went wrong without a failed test (no build, no test, a fixture missing) counts as one failure.
    if [ "$step" != ok ] && [ "$failed" = 0 ]; then failed=1 tests=$((tests + 1)); fi
    passed=$((tests - failed - skipped))
    if [ "$step" = ok ] && [ $passed = 0 ]; then failed=1 tests=$((tests + 1)) step="no test ran"; fi
    note=
    [ "$step" = ok ] || note=$step
    rows+=("$(printf '%-10s %8d %8d %8d %8d  %s' "$preset" "$tests" "$passed" "$failed" "$skipped" "$note")")
    total_passed=$((total_passed + passed))
    total_failed=$((total_failed + failed))
    total_skipped=$((total_skipped + skipped))
done

[ ${#names[@]} = 0 ] || printf '\n=== what failed has said\n%s\n' "$said"
printf '\n%-10s %8s %8s %8s %8s\n' preset tests passed failed skipped
printf '%s\n' "${rows[@]}"
[ ${#names[@]} = 0 ] || printf '\nfailed:\n%s\n' "$(printf '  %s\n' "${names[@]}")"
line="$total_passed passed, $total_failed failed"
[ $total_skipped = 0 ] || line+=", $total_skipped skipped"
printf '\n%s\n' "$line"
[ $total_failed = 0 ] && [ $total_passed -gt 0 ]
