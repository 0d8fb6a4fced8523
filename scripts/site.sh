#!/usr/bin/env bash
# Builds the documentation site into build/site/html: scripts/site.sh [--look]
#   --look   then looks at its pages in a browser, wide and narrow; the screenshots -> build/site/screenshots
# A warning is an error, and so is a link within the site that leads nowhere. What it needs scripts/deps.sh --site brings; without that
# nothing is built and the exit status is 77.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
deps=$root/build/deps/site
site=$root/build/site

look=no
for argument in "$@"; do
    case $argument in
        --look) look=yes ;;
        *) sed -n '2,5p' "$0" | cut -c3- >&2; exit 2 ;;
    esac
done

if [ ! -x "$deps/bin/sphinx-build" ]; then
    echo "site: SKIPPED, Sphinx is not there: scripts/deps.sh --site brings it" >&2
    exit 77
fi

# All of it each time: of a page that was not read again Sphinx keeps the warnings to itself.
rm -rf "$site/html" "$site/doctrees"
python3 -B "$root/scripts/site/sources.py"
"$deps/bin/python" -B -m sphinx --fail-on-warning --keep-going -q -j "$(nproc)" -c "$root/scripts/site" -d "$site/doctrees" \
    -b html "$site/source" "$site/html"
python3 -B "$root/scripts/site/links.py" "$site/html"
[ $look = no ] || python3 -B "$root/scripts/site/look.py" "$site/html" "$site/screenshots"
