#!/bin/sh
# Runs Bihuan from the folder this file lies in: ./bihuan serve, ./bihuan backup …
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd) || exit 1
if [ -x "$here/bin/node" ]; then
  node=$here/bin/node
elif ! node=$(command -v node); then
  echo "Expected Node 20.19 or newer as \"node\", but there is none. Install it, or use an archive made with --with-node." >&2
  exit 1
fi
# 64 MB for young objects: with Node's own 16 MB those of the requests in flight are copied again and again.
exec "$node" --max-semi-space-size=64 "$here/runtime/src/main.js" "$@"
