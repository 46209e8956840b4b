#!/usr/bin/env bash
# A production install stays light: at most 200 MB and 12 direct dependencies, and the process starts from it.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r package.json package-lock.json src app.json "$folder/"
(cd "$folder" && npm ci --omit=dev --no-audit --no-fund --loglevel=error)
megabytes=$(du -sm "$folder/node_modules" | cut -f1)
direct=$(node -p "Object.keys(require('./package.json').dependencies).length")
echo "production install: ${megabytes} MB, ${direct} direct dependencies"
[ "$megabytes" -le 200 ] || { echo 'more than 200 MB'; exit 1; }
[ "$direct" -le 12 ] || { echo 'more than 12 direct dependencies'; exit 1; }
# Without settings the start is refused with every fault listed: that shows that all modules load.
node_bin=$(npx --no-install node -p process.execPath)
faults=$(cd "$folder" && env -i PATH="$PATH" "$node_bin" src/main.ts 2>&1 || true)
echo "$faults" | grep -q 'Service check-in cannot start' || { echo "$faults"; exit 1; }
echo 'production install starts'
