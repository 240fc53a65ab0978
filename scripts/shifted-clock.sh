#!/usr/bin/env bash
# Runs a command with the clock of all its processes shifted, PostgreSQL and browsers included:
#   sudo bash scripts/shifted-clock.sh +375m npm test
# Linux, root and the package `faketime` are needed. The offset has one unit: `+375m`, not `+6h15m`. The system's own clock does not change:
# the library is preloaded in a mount namespace that ends with the command.
set -euo pipefail

if [ $# -lt 2 ]; then
  echo "Usage: $0 OFFSET COMMAND…, for example: $0 +375m npm test" >&2
  exit 2
fi
library=$(find /usr/lib -name libfaketimeMT.so.1 -print -quit)
if [ -z "$library" ]; then
  echo "libfaketime is missing: apt-get install faketime" >&2
  exit 2
fi

settings=$(mktemp -d)
trap 'rm -rf "$settings"' EXIT
# Processes of other users, such as PostgreSQL's, read the files too.
chmod 755 "$settings"
echo "$1" >"$settings/offset"
echo "$library" >"$settings/preload"
chmod 644 "$settings"/*
shift
# The files must exist to be mounted over; outside the namespace they stay empty.
touch /etc/ld.so.preload /etc/faketimerc

# Timers keep the real monotonic clock: only the time of day is shifted.
export DONT_FAKE_MONOTONIC=1 FAKETIME_DONT_FAKE_MONOTONIC=1
unshare --mount bash -c '
  settings=$1
  shift
  mount --bind "$settings/offset" /etc/faketimerc
  mount --bind "$settings/preload" /etc/ld.so.preload
  exec "$@"
' shifted "$settings" "$@"
