#!/bin/sh
# Runs all of argmap's checks and tests, from nothing: sh tests/run.sh [arguments for pytest]
#
# Needs Python 3.11 or newer, as python3 or as $PYTHON. Makes a virtual environment in .venv, installs argmap there with
# what its tests need, and, where apt-get may, Chromium with its driver for the tests of the page; where it may not, those
# tests are skipped, as are those with other programs that cannot be installed. Ends with 0 if everything passed.
set -eu
cd "$(dirname "$0")/.."

as_root() {  # runs a command as root, or fails where that would ask for a password
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}
install() {  # installs Debian packages, without questions
    as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}

python=${PYTHON:-python3}
if [ ! -x .venv/bin/pip ]; then
    # Debian keeps the part of venv that makes pip in a package of its own.
    "$python" -m venv .venv || { install python3-venv && "$python" -m venv --clear .venv; }
fi
.venv/bin/pip install --quiet --disable-pip-version-check --editable ".[test,dev]"

if ! command -v chromedriver >/dev/null || ! { command -v chromium || command -v google-chrome; } >/dev/null; then
    install chromium chromium-driver >/dev/null || echo "no Chromium and none could be installed: the tests of the page are skipped" >&2
fi
# The font that the tests of the page draw in.
[ -e /usr/share/fonts/truetype/liberation ] || fc-list 2>/dev/null | grep -q "Liberation Sans" || install fonts-liberation >/dev/null \
    || echo "no Liberation fonts: tests of the page that measure text may fail" >&2

# Tools that read what argmap writes: Argdown's from npm, where there is npm; arguebuf apart, for it wants an older lxml than
# argmap does. Without them their tests are skipped.
[ -d .venv/arguebuf ] || .venv/bin/pip install --quiet --disable-pip-version-check --target .venv/arguebuf "arguebuf>=2.7,<3" 2>/dev/null \
    || { rm -rf .venv/arguebuf; echo "no arguebuf: its tests are skipped" >&2; }
[ -d .venv/node_modules ] || ! command -v npm >/dev/null || npm install --silent --no-audit --no-fund --prefix .venv "@argdown/cli@1.7.5" >/dev/null \
    || echo "no Argdown: its tests are skipped" >&2

# One thread a process: small matrices gain nothing from more, and the tests of speed mean one.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
failed=
check() {
    echo "== $*"
    ".venv/bin/$@" || failed="$failed $1"
}
check ruff check .
check mypy
check lint-imports
check pytest "$@"
[ -z "$failed" ] || { echo "failed:$failed" >&2; exit 1; }
