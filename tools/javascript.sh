#!/usr/bin/env bash
# Lints the pages' JavaScript and its format with Biome, where there is npx: `check` tells what is wrong, `write` mends it.
set -euo pipefail
cd "$(dirname "$0")/.."

biome=@biomejs/biome@2.6.8  # The version of the schema in biome.jsonc.

if ! command -v npx >/dev/null; then
  echo "JavaScript was not checked: there is no npx; install Node.js"
elif ! npx --yes "$biome" --version >/dev/null 2>&1; then
  echo "JavaScript was not checked: npx could not get $biome from npm's registry"
elif [ "$1" = write ]; then
  npx --yes "$biome" check --write
else
  npx --yes "$biome" check
fi
