#!/bin/sh
# What comes from outside Python: `system.sh browser` (Debian's chromium), `system.sh evidence` (the tools that
# police check evidence with), `system.sh fonts` (the letters of drawn screenshots), and from npm `system.sh pyodide`,
# `system.sh axe` (which looks for barriers in pages) and `system.sh engine` (what the tools of the site run on).
# What cannot be installed is skipped with one line; the tests that need it then skip with a reason.
set -u
cd "$(dirname "$0")/.."

case "$1" in
browser)
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null && exit 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "skipped: no chromium here, and only root can install it (apt-get install chromium); browser tests are skipped"
        exit 0
    fi
    echo "installing chromium for the browser tests ..."
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
        chromium fonts-dejavu-core fonts-noto-color-emoji; } >/dev/null 2>&1 ||
        echo "skipped: chromium could not be installed; browser tests are skipped"
    ;;
fonts)
    fonts="fonts-dejavu-core fonts-inter fonts-noto-color-emoji fonts-noto-core fonts-open-sans fonts-roboto-unhinted"
    # shellcheck disable=SC2086 # several words
    dpkg -s $fonts >/dev/null 2>&1 && exit 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "skipped: only root can install fonts ($fonts); drawn screenshots are not tested"
        exit 0
    fi
    echo "installing fonts for the drawn screenshots ..."
    # shellcheck disable=SC2086
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
        $fonts; } >/dev/null 2>&1 ||
        echo "skipped: fonts could not be installed; drawn screenshots are not tested"
    ;;
pyodide | axe | engine)
    case "$1" in
    engine) folder=tools/engine without="the site has no tools" ;;
    pyodide) folder=tests/pyodide without="the portable floor is tested in CPython only" ;;
    axe) folder=tests/site without="the pages are not tested for barriers" ;;
    esac
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        echo "skipped: no node and npm here; $without"
        exit 0
    fi
    if npm --prefix "$folder" ci --silent --no-audit --no-fund; then
        touch "$folder/node_modules/.done"
    else
        echo "skipped: npm could not install $1; $without"
    fi
    ;;
esac
