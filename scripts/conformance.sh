#!/usr/bin/env bash
# The official MCP conformance suite against haft over HTTP.
#   scripts/conformance.sh serve PORT         the server that the suite wants, until Ctrl-C (PORT 0: one that is free)
#   scripts/conformance.sh server REVISION    the suite against it: 2025-11-25 or 2026-07-28
#   scripts/conformance.sh client REVISION    the suite and haft's client; what fails as expected is listed in
#                                             tests/conformance/suite/client_REVISION.yml
# After scripts/deps.sh --node and: cmake --preset dev -DHAFT_CONFORMANCE=ON && cmake --build --preset dev --target
# haft_conformance_suite_server haft_conformance_suite_client. HAFT_SUITE_SERVER and HAFT_SUITE_CLIENT name other programs,
# HAFT_PACKAGES another folder with the suite.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
usage() { sed -n '2,6p' "$0" | cut -c3- >&2; exit 2; }
[ $# = 2 ] || usage

export HAFT_SUITE_SERVER=${HAFT_SUITE_SERVER:-$PWD/build/dev/tests/conformance/haft_conformance_suite_server}
export HAFT_PACKAGES=${HAFT_PACKAGES:-$PWD/build/deps/npm}
export HAFT_SUITE_CLIENT=${HAFT_SUITE_CLIENT:-$PWD/build/dev/tests/conformance/haft_conformance_suite_client}
program=$HAFT_SUITE_SERVER
if [ "$1" = client ]; then program=$HAFT_SUITE_CLIENT; fi
[ -x "$program" ] || { echo "there is no $program; build it first" >&2; exit 1; }
export HAFT_FIXTURE=$program
node=build/deps/node22/node_modules/.bin/node
[ -x $node ] || node=node
case $1 in
    serve) exec "$HAFT_SUITE_SERVER" "$2" ;;
    server | client)
        test=tests/conformance/suite/$1_${2//-/_}.test.mjs
        [ -e "$test" ] || usage
        exec $node "$test"
        ;;
    *) usage ;;
esac
