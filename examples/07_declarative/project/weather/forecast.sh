#!/bin/sh
# forecast.sh CITY [DAYS]: what a real one would ask a server.
case "$HAFT_PLUGIN_CONFIG" in
*'"unit":"F"'*) warm=68F ;;
*) warm=20C ;;
esac
case "$1" in
Atlantis) echo "no such city: $1" >&2 && exit 4 ;;
esac
echo "$1: sunny, $warm${2:+, for $2 days}"
