#!/usr/bin/env bash
# Builds the demo and runs it with the arguments given: scripts/demo.sh [list | call … | serve | …]
# The demo can be an MCP server on standard input and output, so the build reads and writes neither.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=build/demo
log=$build/build.log
mkdir -p $build

exec 9>$build/.lock # two first runs at once, say of two MCP clients, would build over each other

build_demo() {
    [ -e $build/build.ninja ] || cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Release -DHAFT_BUILD_TESTS=OFF \
        "-DCMAKE_PREFIX_PATH=$PWD/build/deps/usr" || return
    cmake --build $build --target haft_demo
}

scripts/deps.sh </dev/null >&2
{ flock 9 && build_demo; } </dev/null >$log 2>&1 &
builder=$!
for _ in {1..40}; do kill -0 $builder 2>/dev/null || break; sleep 0.05; done
if kill -0 $builder 2>/dev/null; then echo "building the demo, once (log: $log) ..." >&2; fi
wait $builder || { cat $log >&2; exit 1; }

exec 9>&- $build/examples/haft_demo "$@"
